"""Which entries of two mappings differ."""

from hypothesis import given
from hypothesis import strategies as st

from graph_model.mappings import differing, is_continued, with_entries, without

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


@given(st.lists(st.integers(0, 300)), st.lists(st.integers(280, 320)))
def test_what_is_noted_of_a_mapping_made_from_another_is_what_a_comparison_finds(gone, put) -> None:
    old = {key: VALUES[key % 3] for key in range(300)}
    new = with_entries(without(old, set(gone)), dict.fromkeys(put, VALUES[0]))
    for late, early in ((new, old), (without(old, set(gone)), old)):
        copies = dict(late), dict(early)
        assert set(differing(late, early)) == set(differing(*copies))
        assert is_continued(late, early) == is_continued(*copies)


def test_of_a_mapping_that_differs_at_few_keys_nothing_else_is_looked_at() -> None:
    class Counting(dict):
        looked = 0

        def values(self):
            Counting.looked += 1
            return super().values()

    old = Counting(dict.fromkeys(range(1000), VALUES[0]))
    new = with_entries(old, {7: VALUES[1]})
    assert differing(new, old) == [7]
    assert differing(without(old, [9]), old) == [9]
    assert not Counting.looked
