"""Names and shapes of the weights that torchvision publishes, in their order.

Written from what is publicly known of those files, those of torchvision 0.13 and later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

Named: TypeAlias = Iterator[tuple[str, tuple[int, ...]]]


def conv(name: str, to: int, of: int, *kernel: int, bias: bool = False) -> Named:
    yield f"{name}.weight", (to, of, *(kernel * 2 if len(kernel) == 1 else kernel))
    if bias:
        yield f"{name}.bias", (to,)


def norm(name: str, size: int) -> Named:
    for each in ("weight", "bias", "running_mean", "running_var"):
        yield f"{name}.{each}", (size,)
    yield f"{name}.num_batches_tracked", ()


def linear(name: str, to: int, of: int) -> Named:
    yield f"{name}.weight", (to, of)
    yield f"{name}.bias", (to,)


def resnet(counts: tuple[int, ...], *, is_deep: bool) -> Named:
    yield from (*conv("conv1", 64, 3, 7), *norm("bn1", 64))
    of, expansion = 64, 4 if is_deep else 1
    for stage, count in enumerate(counts, 1):
        width = 64 * 2 ** (stage - 1)
        to = width * expansion
        for index in range(count):
            name = f"layer{stage}.{index}"
            kernels = ((1, width), (3, width), (1, to)) if is_deep else ((3, width), (3, width))
            size = of
            for at, (kernel, made) in enumerate(kernels, 1):
                yield from conv(f"{name}.conv{at}", made, size, kernel)
                yield from norm(f"{name}.bn{at}", made)
                size = made
            if of != to:
                yield from conv(f"{name}.downsample.0", to, of, 1)
                yield from norm(f"{name}.downsample.1", to)
            of = to
    yield from linear("fc", 1000, of)


def alexnet() -> Named:
    sizes = {0: (64, 3, 11), 3: (192, 64, 5), 6: (384, 192, 3), 8: (256, 384, 3), 10: (256, 256, 3)}
    for place, (to, of, kernel) in sizes.items():
        yield from conv(f"features.{place}", to, of, kernel, bias=True)
    yield from linear("classifier.1", 4096, 9216)
    yield from linear("classifier.4", 4096, 4096)
    yield from linear("classifier.6", 1000, 4096)


def vgg16() -> Named:
    of, place = 3, 0
    for to, count in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)):
        for _ in range(count):
            yield from conv(f"features.{place}", to, of, 3, bias=True)
            of, place = to, place + 2
        place += 1
    yield from linear("classifier.0", 4096, 25088)
    yield from linear("classifier.3", 4096, 4096)
    yield from linear("classifier.6", 1000, 4096)


def squeezenet() -> Named:
    yield from conv("features.0", 96, 3, 7, bias=True)
    fires = {3: (96, 16, 64), 4: (128, 16, 64), 5: (128, 32, 128), 7: (256, 32, 128)}
    fires |= {8: (256, 48, 192), 9: (384, 48, 192), 10: (384, 64, 256), 12: (512, 64, 256)}
    for place, (of, squeezed, to) in fires.items():
        yield from conv(f"features.{place}.squeeze", squeezed, of, 1, bias=True)
        yield from conv(f"features.{place}.expand1x1", to, squeezed, 1, bias=True)
        yield from conv(f"features.{place}.expand3x3", to, squeezed, 3, bias=True)
    yield from conv("classifier.1", 1000, 512, 1, bias=True)


def densenet121() -> Named:
    yield from (*conv("features.conv0", 64, 3, 7), *norm("features.norm0", 64))
    of = 64
    for block, count in enumerate((6, 12, 24, 16), 1):
        for index in range(1, count + 1):
            name = f"features.denseblock{block}.denselayer{index}"
            yield from (*norm(f"{name}.norm1", of), *conv(f"{name}.conv1", 128, of, 1))
            yield from (*norm(f"{name}.norm2", 128), *conv(f"{name}.conv2", 32, 128, 3))
            of += 32
        if block < 4:
            name = f"features.transition{block}"
            yield from (*norm(f"{name}.norm", of), *conv(f"{name}.conv", of // 2, of, 1))
            of //= 2
    yield from (*norm("features.norm5", of), *linear("classifier", 1000, of))


def googlenet() -> Named:
    def basic(name: str, to: int, of: int, kernel: int) -> Named:
        yield from (*conv(f"{name}.conv", to, of, kernel), *norm(f"{name}.bn", to))

    yield from basic("conv1", 64, 3, 7)
    yield from (*basic("conv2", 64, 64, 1), *basic("conv3", 192, 64, 3))
    sizes = {
        "3a": (192, 64, 96, 128, 16, 32, 32), "3b": (256, 128, 128, 192, 32, 96, 64),
        "4a": (480, 192, 96, 208, 16, 48, 64), "4b": (512, 160, 112, 224, 24, 64, 64),
        "4c": (512, 128, 128, 256, 24, 64, 64), "4d": (512, 112, 144, 288, 32, 64, 64),
        "4e": (528, 256, 160, 320, 32, 128, 128), "5a": (832, 256, 160, 320, 32, 128, 128),
        "5b": (832, 384, 192, 384, 48, 128, 128),
    }  # fmt: skip
    for name, (of, one, narrow3, three, narrow5, five, pooled) in sizes.items():
        block = f"inception{name}"
        yield from basic(f"{block}.branch1", one, of, 1)
        yield from basic(f"{block}.branch2.0", narrow3, of, 1)
        yield from basic(f"{block}.branch2.1", three, narrow3, 3)
        yield from basic(f"{block}.branch3.0", narrow5, of, 1)
        yield from basic(f"{block}.branch3.1", five, narrow5, 3)  # 3, where the paper has 5
        yield from basic(f"{block}.branch4.1", pooled, of, 1)
    for name, of in (("aux1", 512), ("aux2", 528)):
        yield from basic(f"{name}.conv", 128, of, 1)
        yield from (*linear(f"{name}.fc1", 1024, 2048), *linear(f"{name}.fc2", 1000, 1024))
    yield from linear("fc", 1000, 1024)


def mobilenet_v2() -> Named:
    yield from (*conv("features.0.0", 32, 3, 3), *norm("features.0.1", 32))
    of, place = 32, 1
    for times, to, count in (
        (1, 16, 1), (6, 24, 2), (6, 32, 3), (6, 64, 4), (6, 96, 3), (6, 160, 3), (6, 320, 1),
    ):  # fmt: skip
        for _ in range(count):
            name, hidden, at = f"features.{place}.conv", of * times, 0
            if times > 1:
                yield from (*conv(f"{name}.0.0", hidden, of, 1), *norm(f"{name}.0.1", hidden))
                at = 1
            yield from (*conv(f"{name}.{at}.0", hidden, 1, 3), *norm(f"{name}.{at}.1", hidden))
            yield from conv(f"{name}.{at + 1}", to, hidden, 1)
            yield from norm(f"{name}.{at + 2}", to)
            of, place = to, place + 1
    yield from (*conv("features.18.0", 1280, 320, 1), *norm("features.18.1", 1280))
    yield from linear("classifier.1", 1000, 1280)


def efficientnet_b0() -> Named:
    yield from (*conv("features.0.0", 32, 3, 3), *norm("features.0.1", 32))
    of = 32
    for stage, (times, kernel, to, count) in enumerate((
        (1, 3, 16, 1), (6, 3, 24, 2), (6, 5, 40, 2), (6, 3, 80, 3), (6, 5, 112, 3),
        (6, 5, 192, 4), (6, 3, 320, 1),
    ), 1):  # fmt: skip
        for index in range(count):
            name, hidden, at = f"features.{stage}.{index}.block", of * times, 0
            if times > 1:
                yield from (*conv(f"{name}.0.0", hidden, of, 1), *norm(f"{name}.0.1", hidden))
                at = 1
            yield from conv(f"{name}.{at}.0", hidden, 1, kernel)
            yield from norm(f"{name}.{at}.1", hidden)
            squeezed = max(1, of // 4)
            yield from conv(f"{name}.{at + 1}.fc1", squeezed, hidden, 1, bias=True)
            yield from conv(f"{name}.{at + 1}.fc2", hidden, squeezed, 1, bias=True)
            yield from conv(f"{name}.{at + 2}.0", to, hidden, 1)
            yield from norm(f"{name}.{at + 2}.1", to)
            of = to
    yield from (*conv("features.8.0", 1280, 320, 1), *norm("features.8.1", 1280))
    yield from linear("classifier.1", 1000, 1280)


def vit_b_16() -> Named:
    yield "class_token", (1, 1, 768)
    yield from conv("conv_proj", 768, 3, 16, bias=True)
    yield "encoder.pos_embedding", (1, 197, 768)
    for index in range(12):
        name = f"encoder.layers.encoder_layer_{index}"
        yield from (((f"{name}.ln_1.weight", (768,))), (f"{name}.ln_1.bias", (768,)))
        yield f"{name}.self_attention.in_proj_weight", (2304, 768)
        yield f"{name}.self_attention.in_proj_bias", (2304,)
        yield from linear(f"{name}.self_attention.out_proj", 768, 768)
        yield from (((f"{name}.ln_2.weight", (768,))), (f"{name}.ln_2.bias", (768,)))
        yield from linear(f"{name}.mlp.0", 3072, 768)
        yield from linear(f"{name}.mlp.3", 768, 3072)
    yield from (("encoder.ln.weight", (768,)), ("encoder.ln.bias", (768,)))
    yield from linear("heads.head", 1000, 768)


PUBLISHED: Final[Mapping[str, Callable[[], Named]]] = {
    "resnet-18": lambda: resnet((2, 2, 2, 2), is_deep=False),
    "resnet-50": lambda: resnet((3, 4, 6, 3), is_deep=True),
    "resnet-152": lambda: resnet((3, 8, 36, 3), is_deep=True),
    "alexnet": alexnet,
    "vgg-16": vgg16,
    "squeezenet-1-0": squeezenet,
    "densenet-121": densenet121,
    "googlenet": googlenet,
    "mobilenet-v2": mobilenet_v2,
    "efficientnet-b0": efficientnet_b0,
    "vit-b-16": vit_b_16,
}
"""By the names of the examples."""
