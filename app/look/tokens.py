"""The colours, sizes and spacings of the application as named values, for light and for dark."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtGui import QColor

from graph_model.frozen import frozen

SPACE: Final = 8
"""The step of the grid on which everything lies, in device-independent pixels."""

RADIUS: Final = 6
"""The corner radius of controls and cards."""

CONTROL_HEIGHT: Final = 28
"""The height of buttons and fields."""

BODY: Final = 13
"""The size of ordinary text in device-independent pixels."""

SMALL: Final = 12
"""The size of captions, units and chips."""


@frozen
class Theme:
    """One set of colours, each ``#RRGGBB``.

    ``text``, ``text_muted``, ``accent_text``, ``error``, ``warning`` and ``success`` are legible
    on each of :data:`BACKGROUNDS`, and ``on_accent`` on the three accents, at 4.5:1 or better.
    """

    name: str
    is_dark: bool
    # Grounds, from the back to the front
    canvas: str
    window: str
    surface: str
    raised: str
    field: str
    hover: str
    pressed: str
    selection: str
    # Lines
    border: str
    border_strong: str
    grid: str
    grid_strong: str
    # Text
    text: str
    text_muted: str
    text_disabled: str
    # The one accent
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_text: str
    # States, as text and line on any ground; the soft ones are grounds for text
    error: str
    warning: str
    success: str
    error_soft: str
    warning_soft: str
    success_soft: str
    shadow: str
    # Meanings
    families: Mapping[str, str]
    dtypes: Mapping[str, str]
    curves: tuple[str, ...]
    syntax: Mapping[str, str]

    def color(self, token: str) -> QColor:
        """Return the colour called ``token``, such as ``"text_muted"``.

        Raises ``AttributeError`` where there is none of that name.
        """
        return QColor(getattr(self, token))

    def family(self, family: str) -> QColor:
        """Return the colour of a layer family; grey where it is not known."""
        return QColor(self.families.get(family, self.text_muted))

    def dtype(self, dtype: str) -> QColor:
        """Return the colour of wires that carry ``dtype``; grey where it is not known."""
        return QColor(self.dtypes.get(dtype, self.text_muted))


BACKGROUNDS: Final = (
    "canvas",
    "window",
    "surface",
    "raised",
    "field",
    "hover",
    "pressed",
    "selection",
)
"""The tokens that text may stand on."""


LIGHT: Final = Theme(
    name="light",
    is_dark=False,
    canvas="#F3F4F7",
    window="#ECEEF2",
    surface="#FAFBFC",
    raised="#FFFFFF",
    field="#FFFFFF",
    hover="#EDEFF4",
    pressed="#E4E7EE",
    selection="#E3E6FA",
    border="#DDE0E7",
    border_strong="#C3C8D3",
    grid="#E4E7EC",
    grid_strong="#D6DAE2",
    text="#1A1E27",
    text_muted="#586072",
    text_disabled="#9097A6",
    accent="#4F5BD5",
    accent_hover="#444FC6",
    accent_pressed="#3A44AF",
    on_accent="#FFFFFF",
    accent_text="#434EC4",
    error="#B7222F",
    warning="#8A5200",
    success="#156C3B",
    error_soft="#FCE9EA",
    warning_soft="#FBF0DA",
    success_soft="#E2F4E8",
    shadow="#1B2333",
    families=MappingProxyType(
        {
            "input_output": "#6E7581",
            "linear": "#2D74CA",
            "convolution": "#1A8A51",
            "pooling": "#12867C",
            "padding": "#5B7D24",
            "normalisation": "#9D6800",
            "dropout": "#AF5A21",
            "activation": "#C43F3E",
            "recurrent": "#8459C3",
            "attention": "#B5418B",
            "embedding": "#797A08",
            "shape": "#3C7D9A",
            "arithmetic": "#6769BF",
            "comparison": "#9A6B3F",
            "reduction": "#008399",
            "distance": "#8A6A52",
            "loss": "#A6375F",
            "constant": "#6F7A1E",
            "block": "#A23BCB",
            "custom": "#A8483C",
        }
    ),
    dtypes=MappingProxyType(
        {
            "float32": "#707A8F",
            "float64": "#2D74CA",
            "float16": "#12867C",
            "bfloat16": "#1A8A51",
            "complex64": "#8459C3",
            "complex128": "#8459C3",
            "int64": "#B3691A",
            "int32": "#B3691A",
            "int16": "#B3691A",
            "int8": "#9D6800",
            "uint8": "#9D6800",
            "bool": "#B5418B",
        }
    ),
    curves=("#4F5BD5", "#D9622B", "#1A8A51", "#B5418B", "#008399", "#9D6800", "#8459C3", "#6E7581"),
    syntax=MappingProxyType(
        {
            "keyword": "#8A3FB0",
            "name": "#1A1E27",
            "function": "#2A5FC0",
            "class": "#8A5200",
            "builtin": "#0C6C7E",
            "string": "#1B6E42",
            "number": "#A8480F",
            "operator": "#586072",
            "comment": "#586072",
            "line": "#EEF0FB",
        }
    ),
)

DARK: Final = Theme(
    name="dark",
    is_dark=True,
    canvas="#15171B",
    window="#101216",
    surface="#1A1D22",
    raised="#23272E",
    field="#14161A",
    hover="#262A32",
    pressed="#2C313A",
    selection="#2A3057",
    border="#2B2F38",
    border_strong="#424855",
    grid="#1F2228",
    grid_strong="#292D35",
    text="#E5E8EE",
    text_muted="#A0A8B7",
    text_disabled="#666E7E",
    accent="#5B67D8",
    accent_hover="#5460CC",
    accent_pressed="#4A55B8",
    on_accent="#FFFFFF",
    accent_text="#A3ADFF",
    error="#FF8A8F",
    warning="#E6B65C",
    success="#66CC93",
    error_soft="#3A1F24",
    warning_soft="#37291A",
    success_soft="#18301F",
    shadow="#000000",
    families=MappingProxyType(
        {
            "input_output": "#ABB1BC",
            "linear": "#7AB4FE",
            "convolution": "#74C692",
            "pooling": "#64C5B9",
            "padding": "#A5C96F",
            "normalisation": "#DAA75C",
            "dropout": "#EA9C70",
            "activation": "#FD8B83",
            "recurrent": "#BF9CFA",
            "attention": "#F189C6",
            "embedding": "#B5B768",
            "shape": "#84BAD4",
            "arithmetic": "#A3A9F6",
            "comparison": "#D3AC84",
            "reduction": "#63C0D6",
            "distance": "#D2B09A",
            "loss": "#F59AB0",
            "constant": "#BCC662",
            "block": "#D68CF5",
            "custom": "#F0A495",
        }
    ),
    dtypes=MappingProxyType(
        {
            "float32": "#8D96A8",
            "float64": "#7AB4FE",
            "float16": "#64C5B9",
            "bfloat16": "#74C692",
            "complex64": "#B99CF0",
            "complex128": "#B99CF0",
            "int64": "#E2A561",
            "int32": "#E2A561",
            "int16": "#E2A561",
            "int8": "#DAA75C",
            "uint8": "#DAA75C",
            "bool": "#F189C6",
        }
    ),
    curves=("#8E99FF", "#F0945F", "#74C692", "#F189C6", "#63C0D6", "#DAA75C", "#BF9CFA", "#ABB1BC"),
    syntax=MappingProxyType(
        {
            "keyword": "#CF9BF2",
            "name": "#E5E8EE",
            "function": "#86B6FF",
            "class": "#E6C27A",
            "builtin": "#7CCBDC",
            "string": "#8FD0A5",
            "number": "#F0A878",
            "operator": "#A0A8B7",
            "comment": "#A0A8B7",
            "line": "#23283F",
        }
    ),
)
