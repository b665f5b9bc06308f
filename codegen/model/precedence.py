"""How tightly the parts of an expression bind, so that one within another has no needless brackets.

Expressions are text here: what stands for a value in them is one letter (``variables.mark``), and
operators have spaces around them but ``**``, as ruff formats them.
"""

from __future__ import annotations

import re
from typing import Final

LOOSEST: Final = 0
"""That of arguments: anything stands there without brackets."""
_CONDITION, _LOGIC, _COMPARISON, _SUM, _PRODUCT, _SIGN, _POWER, TIGHTEST = 1, 2, 3, 7, 8, 9, 10, 11
_BINARY: Final = {
    "if": _CONDITION, "else": _CONDITION, "or": _LOGIC, "and": _LOGIC,
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), _COMPARISON),
    "|": 4, "^": 5, "&": 6,
    "+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "//": _PRODUCT, "%": _PRODUCT,
    "@": _PRODUCT, "**": _POWER,
}  # fmt: skip
_TOKENS: Final = re.compile(r" (if|else|or|and|[-+*/%@&|^<>]|//|[=!<>]=) |(\*\*)|([(\[{])|([)\]}])")


def binding(expression: str) -> int:
    """Return how tightly the loosest operation of an expression binds its operands."""
    found = (
        _SIGN if expression[0] in "-~" else _LOGIC if expression.startswith("not ") else TIGHTEST
    )
    depth = 0
    for token in _TOKENS.finditer(expression):
        depth += bool(token[3]) - bool(token[4])
        if depth == 0 and (operator := token[1] or token[2]):
            found = min(found, _BINARY[operator])
    return found


def demanded(expression: str, value: str) -> int:
    """Return how tightly what takes the place of a value must bind to stand without brackets."""
    before, _, after = expression.partition(value)
    if after[:1] in {".", "["}:
        return TIGHTEST
    found = LOOSEST
    if before.endswith(("**", "-", "~")):
        found = _SIGN
    elif operator := re.search(r" (\S+) $", before):
        # Operators of one kind go from left to right: what stands at the right needs brackets.
        found = _BINARY.get(operator[1], LOOSEST - 1) + 1
    if after.startswith("**"):
        found = TIGHTEST
    elif operator := re.match(r" (\S+) ", after):
        loosest = _BINARY.get(operator[1], LOOSEST)
        is_chain = loosest == _COMPARISON  # ``a == b == c`` means another thing
        found = max(found, loosest + is_chain)
    return found


def put(expression: str, value: str, part: str) -> str:
    """Return an expression with a part in the place of a value, in brackets where it needs them."""
    needs = binding(part) < demanded(expression, value)
    return expression.replace(value, f"({part})" if needs else part)
