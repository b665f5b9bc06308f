"""Loads the modules by which PySide6 describes its functions when one of them is asked for.

PySide6 keeps their text in a library and compiles it at every start: 2,800 lines, with regular
expressions that take a hundredth of a second, all for messages about wrong arguments, ``help()``
and the writing of stubs. While it is imported, these modules are made empty; the first who asks one
for a name has it loaded. See decision 0084.
"""

from __future__ import annotations

import builtins
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

_FOLDER: Final = "shibokensupport/signature/"
_LATE: Final = frozenset(
    f"{_FOLDER}{name}.py"
    for name in (
        "errorhandler",
        "layout",
        "mapping",
        "parser",
        "lib/enum_sig",
        "lib/pyi_generator",
        "lib/tool",
    )
)
_EMPTY: Final = f"""
def __getattr__(name):
    from {__name__} import asked_for
    return asked_for(__name__, name)
"""
_CALLED_FROM_C: Final = f"""
def update_mapping():
    from {__name__} import loaded
    loaded(__name__).update_mapping()
"""
"""What the library takes from the dictionary of the module, where nobody is asked for names."""
_compile: Final = builtins.compile
_loading: Final = threading.RLock()
_texts: Final[dict[str, Any]] = {}
"""The text of each module that was made empty, until it is loaded."""


@contextmanager
def signatures_late() -> Iterator[None]:
    """Make these modules empty where PySide6 compiles them within."""
    builtins.compile = _compile_or_keep  # type: ignore[assignment]
    try:
        yield
    finally:
        builtins.compile = _compile


def _compile_or_keep(source: Any, filename: Any, mode: str, *more: Any, **options: Any) -> Any:
    if filename in _LATE:
        _texts[filename.removesuffix(".py").replace("/", ".")] = source
        source = _EMPTY + _CALLED_FROM_C * filename.endswith("mapping.py")
    return _compile(source, filename, mode, *more, **options)


def asked_for(module_name: str, name: str) -> Any:
    """Return what one of these modules has by this name."""
    if name.startswith("__"):
        raise AttributeError(name)
    return getattr(loaded(module_name), name)


def loaded(module_name: str) -> Any:
    """Return one of these modules, loaded."""
    module = sys.modules[module_name]
    with _loading:
        source = _texts.pop(module_name, None)
        if source is not None:
            vars(module).pop("__getattr__")
            exec(_compile(source, module.__file__ or module_name, "exec"), vars(module))
    return module
