"""Answers that are remembered with what they are about, and go when that goes.

A cache of a module keeps what it was asked about: after some projects were opened and closed, it
held thousands of networks that nobody had any more. See decision 0108.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial, wraps
from typing import Concatenate, ParamSpec, TypeVar

_Owner = TypeVar("_Owner")
_Arguments = ParamSpec("_Arguments")
_Answer = TypeVar("_Answer")
_Asked = Callable[Concatenate[_Owner, _Arguments], _Answer]


def with_its_owner(
    most: int,
) -> Callable[[_Asked[_Owner, _Arguments, _Answer]], _Asked[_Owner, _Arguments, _Answer]]:
    """Remember the answers of a function with its first argument, at most so many for each."""

    def remembering(
        function: _Asked[_Owner, _Arguments, _Answer],
    ) -> _Asked[_Owner, _Arguments, _Answer]:
        name = f"answers of {function.__module__}.{function.__qualname__}"

        @wraps(function)
        def ask(
            owner: _Owner, /, *arguments: _Arguments.args, **named: _Arguments.kwargs
        ) -> _Answer:
            known = vars(owner)
            if name not in known:
                known[name] = lru_cache(most)(partial(function, owner))
            answer: _Answer = known[name](*arguments, **named)
            return answer

        return ask

    return remembering
