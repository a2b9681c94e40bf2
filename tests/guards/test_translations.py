"""Keeps the registry's catalogues: every sentence a person may read is in Arabic, Sorani and Kurmanji, and compiled."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from aljabr.registry.web.catalogues import LANGUAGES, LOCALE, compiled, read_po, sentences
from aljabr.registry.web.said import SENTENCES, said
from aljabr.registry.web.untranslated import programme_texts

MESSAGES, REFUSALS = sentences(programme_texts())
VALUES = re.compile(r"%\(\w+\)s|\{\w*\}")


def catalogue(language):
    return LOCALE / language / "LC_MESSAGES" / "django.po"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language):
    known = read_po(catalogue(language))
    assert [message for message in MESSAGES if not known.get(message)] == [], "run make messages, then translate what is empty"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_values_of_its_sentence(language):
    for message, text in read_po(catalogue(language)).items():
        assert sorted(VALUES.findall(message)) == sorted(VALUES.findall(text)), message


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_written_one(language):
    path = catalogue(language)
    assert "#, fuzzy" not in path.read_text(encoding="utf-8")
    assert path.with_suffix(".mo").read_bytes() == compiled(language, read_po(path)), "run make messages"


def test_the_list_of_refusals_is_of_today():
    assert SENTENCES.read_text(encoding="utf-8").splitlines() == REFUSALS, "run make messages"


def test_a_refusal_is_said_in_the_language_of_the_page_with_its_values():
    with translation.override("ar"):
        assert said("The quorum is not met.") == "لم يكتمل النصاب."
        assert said("This says neither yes nor no.") == "لا يُفهم من هذا نعم ولا لا."
        assert said("It is for: secretary, member.") == "هذا من شأن: أمين سرّ هيئة، عضو هيئة."
    with translation.override("kmr"):
        assert said("You have voted.") == "We deng daye."
    assert said("Nobody translated this.") == "Nobody translated this."


def test_a_day_is_written_with_the_names_of_months_used_in_iraq():
    from datetime import date

    from aljabr.registry.web.dates import written

    day = date(2024, 3, 1)
    for language, expected in {"ar": "1 آذار 2024", "ckb": "1ی ئازاری 2024", "kmr": "1 Adar 2024", "en": "1 March 2024"}.items():
        with translation.override(language):
            assert written(day) == expected
