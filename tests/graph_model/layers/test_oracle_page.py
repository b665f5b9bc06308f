"""The page of oracles says what comes out of the comparison with torch."""

from __future__ import annotations

import pytest

from tests.graph_model.layers.oracle_page import PAGE, page
from tests.graph_model.layers.stricter import STRICTER
from tests.graph_model.layers.test_operation_samples import ENTRY_NAMES, REFUSED, outcomes

pytestmark = pytest.mark.filterwarnings("ignore")  # torch's, on its own samples


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_refusal_of_a_sample_has_its_reason() -> None:
    codes = {each.partition(": ")[2] for name in ENTRY_NAMES for each in outcomes(name)} - {""}
    assert codes <= STRICTER.keys()
    assert len(codes) > 10, REFUSED
