"""Which layer a word means: names of PyTorch and Keras, abbreviations, Chinese, symbols."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import takewhile
from typing import Final

from app.quick_add.manners import Manner, told
from app.search.chinese_names import CHINESE_BLOCKS, CHINESE_NAMES
from graph_model.frozen import frozen
from graph_model.layers import LAYERS
from graph_model.layers.kind import LayerKind
from graph_model.layers.ranks import of_rank, stem_of

Kinds = Mapping[str, LayerKind]

_USUAL_RANK: Final = 2

_ALIASES: Final[Mapping[str, str]] = {
    "convolution": "Conv",
    "deconv": "ConvTranspose",
    "convt": "ConvTranspose",
    "transposedconv": "ConvTranspose",
    "upconv": "ConvTranspose",
    "pool": "MaxPool",
    "pooling": "MaxPool",
    "maxpooling": "MaxPool",
    "averagepool": "AvgPool",
    "averagepooling": "AvgPool",
    "avgpooling": "AvgPool",
    "globalaveragepooling": "AdaptiveAvgPool",
    "globalavgpool": "AdaptiveAvgPool",
    "globalpool": "AdaptiveAvgPool",
    "adaptiveaveragepool": "AdaptiveAvgPool",
    "adaptivepool": "AdaptiveAvgPool",
    "down": "MaxPool",
    "downsample": "MaxPool",
    "globalmaxpooling": "AdaptiveMaxPool",
    "globalmaxpool": "AdaptiveMaxPool",
    "gap": "AdaptiveAvgPool",
    "bn": "BatchNorm",
    "batchnormalization": "BatchNorm",
    "ln": "LayerNorm",
    "layernormalization": "LayerNorm",
    "gn": "GroupNorm",
    "instancenormalization": "InstanceNorm",
    "fc": "Linear",
    "dense": "Linear",
    "fullyconnected": "Linear",
    "lrelu": "LeakyReLU",
    "swish": "SiLU",
    "hswish": "Hardswish",
    "drop": "Dropout",
    "stochasticdepth": "DropPath",
    "spatialdropout": "Dropout",
    "mha": "MultiheadAttention",
    "selfattention": "MultiheadAttention",
    "attention": "MultiheadAttention",
    "encoderlayer": "TransformerEncoderLayer",
    "decoderlayer": "TransformerDecoderLayer",
    "sdpa": "ScaledDotProductAttention",
    "embed": "Embedding",
    "view": "Reshape",
    "viewas": "ReshapeLike",
    "reshapeas": "ReshapeLike",
    "cat": "Concatenate",
    "concat": "Concatenate",
    "mul": "Multiply",
    "sub": "Subtract",
    "div": "Divide",
    "bmm": "BatchMatMul",
    "upsampling": "Upsample",
    "up": "Upsample",
    "residual": "Add",
    "skip": "Add",
    "skipconnection": "Add",
    "residualconnection": "Add",
    "activation": "ReLU",
    "mae": "L1Loss",
    "meansquarederror": "MSELoss",
    "meanabsoluteerror": "L1Loss",
    "categoricalcrossentropy": "CrossEntropyLoss",
    "sparsecategoricalcrossentropy": "CrossEntropyLoss",
    "binarycrossentropy": "BCELoss",
    "negativeloglikelihood": "NLLLoss",
    "kl": "KLDivLoss",
    "kldivergence": "KLDivLoss",
    "triplet": "TripletMarginLoss",
    "cosineloss": "CosineEmbeddingLoss",
    "zeropadding": "ZeroPad",
}
"""Other names, in small letters and without spaces, for kinds or for stems such as ``Conv``."""

SYMBOLS: Final[Mapping[str, tuple[str, str]]] = {
    "+": ("Add", "AddNumber"),
    "-": ("Subtract", ""),
    "*": ("Multiply", "MultiplyByNumber"),
    "×": ("Multiply", "MultiplyByNumber"),
    "/": ("Divide", "DivideByNumber"),
    "÷": ("Divide", "DivideByNumber"),
    "@": ("MatMul", ""),
    "**": ("Power", "Power"),
    "^": ("Power", "Power"),
    "//": ("FloorDivide", "FloorDivide"),
    "%": ("Remainder", "Remainder"),
}
"""Signs, with the kind that takes two inputs and the one that takes a number after the sign."""

_MOST_WORDS: Final = 5
_SIZES: Final = re.compile(r"\d+(?:[x×]\d+)+")
_SAYS_LITTLE: Final = re.compile(r"(?<=.)(?:损失函数|损失|函数|运算|网络|层|激活|率|loss|layer)$")
_NORMS: Final = re.compile("规范化|标准化")
_DIMENSIONS_BEFORE: Final = re.compile(r"([123一二三])(?:维|d)(.+)")
_DIMENSIONS_BEHIND: Final = re.compile(r"(.+?)([123])d(.*)")
_DIGITS: Final[Mapping[str, int]] = {"一": 1, "二": 2, "三": 3}


@frozen
class Named:
    """A kind that words may mean: by the name nodes know, how well (less is better), of how many.

    ``follows_rank`` says that the number of dimensions was left open, as in ``maxpool``.
    ``glued`` holds what stood at the name without a space: ``3x3`` of ``conv3x3``.
    ``manner`` says how a convolution goes about, as in ``depthwise conv``.
    """

    kind_name: str
    score: int
    words: int = 1
    follows_rank: bool = False
    glued: str = ""
    manner: Manner = Manner.USUAL


EXACT: Final = 1
"""The highest score at which words name a kind, and not merely resemble its name."""

ALIKE: Final = 3
"""The highest score at which a name at least holds the word."""


def named(words: Sequence[str], kinds: Kinds, rank: int | None) -> list[Named]:
    """Return the kinds that the first of some words may mean, the likeliest first.

    ``rank`` is the number of spatial dimensions that a kind is given, where that is known.
    """
    exact = exactly(words, kinds, rank)
    taken = {each.kind_name for each in exact}
    alike = [
        (score, place, Named(name, score, _words_of(kind.name, words)))
        for place, (name, kind) in enumerate(kinds.items())
        if name not in taken and (score := _likeness(words[0], kind)) is not None
    ]
    return exact + [each for _, _, each in sorted(alike, key=lambda found: found[:2])]


def exactly(words: Sequence[str], kinds: Kinds, rank: int | None) -> list[Named]:
    """Return the kinds that are called as the first words say, the longest name first."""
    if len(words) > 1 and _SIZES.fullmatch(words[0]):  # 3x3 conv
        found = exactly(words[1:], kinds, rank)
        return [replace(each, words=each.words + 1, glued=words[0]) for each in found]
    plain = [*takewhile(lambda word: "." not in word, words[:_MOST_WORDS])]  # those of code are one
    for count in range(len(plain) or 1, 0, -1):
        found = _called("".join(words[:count]), kinds, rank, count)
        if found:
            return found
    return _glued(words[0], kinds, rank)


def _called(name: str, kinds: Kinds, rank: int | None, words: int) -> list[Named]:
    """Return the kinds of one name, several where it leaves the number of dimensions open."""
    for each, dimensions in _spellings(_plain(name)):
        target = _blocks_too(kinds).get(each) or _known_names().get(each)
        if target is not None and dimensions and target not in kinds:
            return [Named(of_rank(target, dimensions), 0, words)]
        if target is not None:
            return _of_name(target, kinds, rank, words)
    manner, plain = told(name)
    if manner is not Manner.USUAL:
        found = _called(plain, kinds, rank, words)
        grouped = (each for each in found if "groups" in kinds[each.kind_name].by_name)
        return [replace(each, manner=manner) for each in grouped]
    return []


def _spellings(plain: str) -> Iterator[tuple[str, int]]:
    """Yield a name, then what it is without words that say little; with its dimensions, or 0.

    They are told apart in ``二维卷积``, ``conv2dtranspose`` and ``upsampling2d``.
    """
    short = _SAYS_LITTLE.sub("", _NORMS.sub("归一化", plain))
    for each in (plain, short):
        yield each, 0
        before, behind = _DIMENSIONS_BEFORE.fullmatch(each), _DIMENSIONS_BEHIND.fullmatch(each)
        if before:
            yield before[2], _DIGITS.get(before[1]) or int(before[1])
        elif behind:
            yield behind[1] + behind[3], int(behind[2])


def _of_name(target: str, kinds: Kinds, rank: int | None, words: int) -> list[Named]:
    """Return the kind, or those of the stem, that a name stands for."""
    if target in kinds:
        return [Named(target, 0, words)]
    usual = _rank_of(target, rank)
    ranks = sorted((1, 2, 3), key=lambda each: (each != usual, each))
    return [
        Named(of_rank(target, each), EXACT, words, follows_rank=True)
        for each in ranks
        if of_rank(target, each) in kinds
    ]


def _rank_of(stem: str, rank: int | None) -> int:
    """Return the dimensions a kind of a stem should have: a batch norm of flat features has one."""
    if rank is None:
        return _USUAL_RANK
    return max(rank, 1) if rank or stem == "BatchNorm" else _USUAL_RANK


def _glued(word: str, kinds: Kinds, rank: int | None) -> list[Named]:
    """Read a name with sizes at it: ``conv3x3``, ``fc10``, ``3x3卷积``, ``卷积64``."""
    behind = re.fullmatch(r"(.*?[^\W\d_])(\d+(?:[x×]\d+)*|\d*\.\d+)[%倍]?", word)
    before = re.fullmatch(r"(\d+(?:[x×]\d+)+)([^\W\d_].*)", word)
    name, sizes = (behind[1], word[len(behind[1]) :].rstrip("倍")) if behind else ("", "")
    if before:
        name, sizes = before[2], before[1]
    found = _called(name, kinds, rank, 1) if name else []
    return [replace(each, words=1, glued=sizes) for each in found]


def _likeness(word: str, kind: LayerKind) -> int | None:
    """Return how well a word resembles the name of a kind; ``None`` for not at all."""
    word, name = word.lower(), kind.name.lower()
    if name.startswith(word) or kind.code_stem == word:
        return 2
    if word in name and len(word) > 1:
        return 3
    if any(keyword.startswith(word) for keyword in kind.keywords):
        return 4
    if any(word in each for each in CHINESE_NAMES.get(stem_of(kind.name), ())):
        return 4
    return 5 if len(word) > 2 and _abbreviates(word, kind.name) else None


def _words_of(name: str, words: Sequence[str]) -> int:
    """Return how many of the words belong to a name; that of a block may have several."""
    parts = name.lower().split()
    count = 1
    while count < min(len(words), len(parts)) and parts[count].startswith(words[count].lower()):
        count += 1
    return count


def _abbreviates(letters: str, name: str) -> bool:
    """Tell whether letters are beginnings of a name's parts: ``lrelu``, ``scdpa``, ``mhatt``."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)
    begun = "".join(f"(?:{_beginning(part.lower())})?" for part in parts)
    return bool(re.fullmatch(begun, letters))


def _beginning(part: str) -> str:
    """Return a pattern for the first letters of a part, as many as are there."""
    return part[0] + "".join(f"(?:{letter}" for letter in part[1:]) + ")?" * (len(part) - 1)


def _plain(name: str) -> str:
    """Return a name as names are compared: ``Batch-Norm`` and ``nn.BatchNorm`` are the same."""
    return re.sub(r"[\s_-]", "", name.rpartition(".")[2]).lower()


@cache
def _known_names() -> Mapping[str, str]:
    """Return all that layers are called, with the kind or the stem that it stands for."""
    ranked = {stem_of(name) for name in LAYERS if stem_of(name) != name}
    names = {_plain(word): target for target, words in CHINESE_NAMES.items() for word in words}
    names |= _ALIASES
    losses = [name for name in LAYERS if name.endswith("Loss")]
    names |= {_plain(name.removesuffix("Loss")): name for name in losses}
    names |= {_plain(kind.name): name for name, kind in LAYERS.items()}
    open_ranks = {_plain(stem): stem for stem in ranked if stem not in LAYERS}
    spelled = {
        f"{alias}{rank}d": of_rank(target, rank)
        for alias, target in {**_ALIASES, **open_ranks}.items()
        for rank in (1, 2, 3)
        if of_rank(target, rank) in LAYERS
    }
    return {**spelled, **names, **open_ranks}


def _blocks_too(kinds: Kinds) -> Mapping[str, str]:
    """Return the names of blocks and custom layers, those of the project before ready-made ones."""
    own = [
        (_plain(word), name)
        for name, kind in kinds.items()
        if name not in LAYERS
        for word in (kind.name, *CHINESE_BLOCKS.get(name, ()))
    ]
    return dict(reversed(own))
