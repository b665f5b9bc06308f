"""Which entries of two mappings differ."""

from hypothesis import given
from hypothesis import strategies as st

from graph_model.mappings import differing

VALUES = [object() for _ in range(3)]
MAPPINGS = st.dictionaries(st.integers(0, 9), st.sampled_from(VALUES), max_size=8)


@given(MAPPINGS, MAPPINGS)
def test_every_key_whose_value_is_another_object_is_found_once_and_in_order(new, old) -> None:
    mine = [key for key in new if new[key] is not old.get(key)]
    gone = [key for key in old if key not in new]
    assert differing(new, old) == mine + gone


def test_equal_values_that_are_not_the_same_object_differ() -> None:
    one, other = [1], [1]
    assert differing({"a": one}, {"a": other}) == ["a"]
    assert differing({"a": one}, {"a": one}) == []
