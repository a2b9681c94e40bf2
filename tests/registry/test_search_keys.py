"""The keys of a claim: every telephone of a cell finds it."""

from __future__ import annotations

import pytest

from aljabr.registry.parties.keys import keys_asked, keys_of


@pytest.mark.parametrize("typed", ["0770 123 4567 / 0780 765 4321", "07701234567-07807654321", "07701234567 و 07807654321"])
def test_a_claim_is_found_by_each_of_its_telephones(typed):
    keys = keys_of(phones=[typed])
    assert keys == ["p:+9647701234567", "p:+9647807654321"]
    for asked in ("07807654321", "٠٧٧٠١٢٣٤٥٦٧", "+964 780 765 4321"):
        assert any(set(wanted) <= set(keys) for wanted in keys_asked(asked))


def test_two_telephones_typed_find_the_claims_of_either():
    asked = keys_asked("07701234567, 07807654321")
    assert ["p:+9647701234567"] in asked and ["p:+9647807654321"] in asked
