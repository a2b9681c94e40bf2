"""Every fixed text exists in the languages it is read in."""

from __future__ import annotations

import re

import pytest

from aljabr.errors import AljabrError
from aljabr.formats.reasons import REASONS
from aljabr.programmes.records import Programme
from aljabr.report.figures import OUTCOMES
from aljabr.report.letters import PLACEHOLDERS
from aljabr.report.wording import label, programme_labels, say, words


def test_every_text_is_there_in_arabic_and_english() -> None:
    assert [key for key, text in words().items() if not {"ar", "en"} <= text.keys()] == []


def test_every_text_of_a_letter_is_there_in_four_languages() -> None:
    letters = ["harm", "outcome", "amount", "months", "list_comma", *(f"outcome_{name}" for name in OUTCOMES)]
    letters += [key for key in words() if key.startswith("letter_")]
    assert [key for key in letters if set(words()[key]) != {"ar", "ckb", "kmr", "en"}] == []


def test_a_text_has_the_same_placeholders_in_every_language() -> None:
    for key, text in words().items():
        assert len({tuple(sorted(re.findall(r"\{(\w+)\}", said))) for said in text.values()}) == 1, key


def test_twelve_months_in_every_language() -> None:
    assert {len(months.split()) for months in words()["months"].values()} == {12}


def test_every_reason_of_intake_has_a_text() -> None:
    assert [code for code in REASONS if f"issue_{code}" not in words()] == []


def test_an_unknown_text_is_refused() -> None:
    with pytest.raises(AljabrError, match="no text 'nothing'"):
        say("nothing", "en")


def test_a_code_without_a_label_is_said_in_plain_words(programme: Programme) -> None:
    labels = programme_labels(programme)
    assert label(labels, "death", "ckb") == "مردن"
    assert label(labels, "court_order", "ar") == "court order"
    assert "missing" in PLACEHOLDERS
