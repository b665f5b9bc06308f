"""Operators of ONNX that change the height and width of pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from codegen.archives.sketch import sizes_of
from codegen.archives.step import Step
from graph_model.dims import Dim


def _pad(step: Step) -> Any:
    given = step.given[1] if step.has(1) else np.array(step.attribute("pads") or [])
    pads = sizes_of(given)
    axes = [int(each) for each in step.fixed(3)] if step.has(3) else [*range(len(pads) // 2)]
    pairs: list[tuple[Any, Any]] = [(0, 0)] * step.rank
    for place, axis in enumerate(axes):
        pairs[axis % step.rank] = (pads[place], pads[place + len(axes)])
    while pairs and pairs[0] == (0, 0):
        pairs.pop(0)
    if not pairs:
        return step.x
    mode = step.attribute("mode", "constant")
    modes = {"constant": "constant", "reflect": "reflect", "edge": "replicate", "wrap": "circular"}
    arguments: dict[str, Any] = {
        "pad": tuple(each for pair in reversed(pairs) for each in pair),
        "mode": modes[mode],
    }
    if mode == "constant":
        arguments["value"] = float(step.number(2, step.attribute("value", 0.0)))
    return step.one("Pad", arguments, input=step.x)


def _resize(step: Step) -> Any:
    """Draw a change of height and width, where torch has the same rule of coordinates."""
    shape, rank = step.spec(0).shape, step.rank
    is_old = step.operation.kind == "Upsample"
    scales_at = 1 if is_old or step.version < 11 else 2
    scales = step.given[scales_at] if step.has(scales_at) else step.attribute("scales")
    sizes = step.given[3] if step.has(3) and not is_old else None
    axes = [int(each) % rank for each in step.attribute("axes") or range(rank)]
    listed: list[Any] = [1] * rank
    if sizes is not None:
        for axis, size in zip(axes, sizes_of(sizes), strict=True):
            listed[axis] = _factor(step, size, shape[axis])
    elif scales is not None:
        numbers = np.asarray(scales, np.float64).reshape(-1)
        for axis, factor in zip(axes, numbers, strict=True):
            listed[axis] = float(factor)
    factors = listed[2:]
    _need_rule(step, factors, is_old=is_old)
    mode = {"nearest": "nearest", "linear": "linear", "cubic": "bicubic"}[step.attribute("mode")]
    if mode == "linear":
        mode = {3: "linear", 4: "bilinear", 5: "trilinear"}[rank]
    if any(each != 1 for each in listed[:2]) or len(set(factors)) > 1:
        if sizes is None or any(each != 1 for each in listed[:2]):
            raise step.unfit("its factors differ")
        return step.one("Interpolate", {"size": tuple(sizes_of(sizes)[-rank + 2 :]),
                                        "mode": mode}, input=step.x)  # fmt: skip
    corners = step.attribute("coordinate_transformation_mode") == "align_corners"
    arguments = {"scale_factor": factors[0], "mode": mode, "align_corners": corners}
    return step.one("Upsample", arguments, input=step.x)


def _factor(step: Step, size: Dim, own: Dim) -> float:
    for factor in (1, 2, 4, 8, 3, 16):
        if own * factor == size:
            return float(factor)
    if isinstance(size, int) and isinstance(own, int):
        return size / own
    raise step.unfit("its size is not known")


def _need_rule(step: Step, factors: list[float], *, is_old: bool) -> None:
    """Refuse coordinates that torch reckons otherwise."""
    mode, rule = step.attribute("mode", "nearest"), step.attribute(
        "coordinate_transformation_mode", "asymmetric" if is_old or step.version < 11
        else "half_pixel"
    )  # fmt: skip
    is_whole = all(each >= 1 and float(each).is_integer() for each in factors)
    if mode == "nearest":
        is_floor = step.attribute("nearest_mode", "round_prefer_floor") == "floor"
        is_fine = (rule == "asymmetric" and (is_floor or is_old)) or (
            is_whole and rule in ("half_pixel", "pytorch_half_pixel")
        )
    else:
        is_fine = rule in ("half_pixel", "pytorch_half_pixel", "align_corners")
        if mode == "cubic" and abs(step.attribute("cubic_coeff_a", -0.75) + 0.75) > 1e-6:
            is_fine = False
    if not is_fine or step.attribute("antialias", 0) or step.attribute("exclude_outside", 0):
        raise step.unfit(f"its coordinates are by the rule {rule}")


def _depth_to_space(step: Step) -> Any:
    block = int(step.attribute("blocksize"))
    if step.attribute("mode", "DCR") == "CRD":
        return step.one("PixelShuffle", {"upscale_factor": block}, input=step.x)
    batch, channels, height, width = step.spec(0).shape
    if not isinstance(channels, int):
        raise step.unfit("its channels are not known")
    depth = channels // block**2
    x = step.call("reshape", step.x, (batch, block, block, depth, height, width))
    x = step.one("Permute", {"dims": (0, 3, 1, 2, 4, 5)}, input=x)
    x = step.call("reshape", x, (batch, depth * block**2, height, width))
    return step.one("PixelShuffle", {"upscale_factor": block}, input=x)


def _space_to_depth(step: Step) -> Any:
    block = int(step.attribute("blocksize"))
    x = step.one("PixelUnshuffle", {"downscale_factor": block}, input=step.x)
    batch, channels, height, width = step.calls.known(None, x).shape  # type: ignore[arg-type]
    if not isinstance(channels, int):
        raise step.unfit("its channels are not known")
    depth = channels // block**2
    x = step.call("reshape", x, (batch, depth, block**2, height, width))
    x = step.one("Transpose", {"dim0": 1, "dim1": 2}, input=x)
    return step.call("reshape", x, (batch, channels, height, width))


SPATIAL: Final[Mapping[str, Callable[[Step], Any]]] = {
    "Pad": _pad,
    "Resize": _resize,
    "Upsample": _resize,
    "DepthToSpace": _depth_to_space,
    "SpaceToDepth": _space_to_depth,
}
"""What draws each operator."""
