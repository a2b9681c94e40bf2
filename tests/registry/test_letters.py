"""Letters of decisions: every language, the exception and the notice shown, kept with their hash."""

from __future__ import annotations

import hashlib

import pytest
from django.db import DatabaseError, connection, transaction

from aljabr.registry import law
from aljabr.registry.letters.actions import write_letters
from aljabr.registry.letters.models import Letter
from aljabr.registry.procedure.filing import StatedPerson
from aljabr.registry.viewers import Conflict, NotAllowed
from tests.registry.commission import SUB, house_claim
from tests.registry.test_walk import ask_and_answer, decide, review


@pytest.fixture
def decided(commission, monkeypatch):
    monkeypatch.setattr("aljabr.registry.procedure.actions.first_checkpoint", lambda after: ("ab" * 32, 7))
    people = commission
    person = StatedPerson(full_name="أحمد {amount} \u202eسالم", role="claimant")
    item = house_claim(people.viewer("intake"), people=(person,)).items.get()
    ask_and_answer(people, item, "form_issued", "answered")
    review(people, item, outcome="granted", amount_minor=30_000_000_000, ground="Two witnesses.")
    return people, decide(people, item, SUB, "secretary", outcome="granted", amount_minor=30_000_000_000, ground="Two witnesses.")


def test_a_decision_has_a_letter_in_every_language_of_its_programme_with_its_hash(decided):
    people, decision = decided
    letters = write_letters(people.viewer("secretary"), decision)
    assert [letter.language for letter in letters] == list(law.programme("IQ-LAW20").languages)
    assert all(letter.sha256 == hashlib.sha256(letter.text.encode()).hexdigest() for letter in letters)
    with pytest.raises(Conflict, match="already"):
        write_letters(people.viewer("secretary"), decision)
    with pytest.raises(NotAllowed):
        write_letters(people.viewer("court_secretary"), decision)


def test_a_letter_shows_amount_appeal_exception_notice_and_version(decided):
    people, decision = decided
    text = next(letter.text for letter in write_letters(people.viewer("secretary"), decision) if letter.language == "en")
    assert "30,000,000\u00a0IQD" in text, "30,000,000,000 fils are 30,000,000 dinars: exponent 3"
    assert decision.statutory_exception.split()[0] in text
    assert "not been signed off by a lawyer" in text
    assert law.programme("IQ-LAW20").hash in text
    assert "appeal" in text


def test_what_a_claimant_stated_neither_fills_a_placeholder_nor_turns_a_line(decided):
    people, decision = decided
    text = write_letters(people.viewer("secretary"), decision)[0].text
    assert "{amount}" in text
    assert "\u202e" not in text


def test_a_kept_letter_never_changes(decided):
    people, decision = decided
    letter = write_letters(people.viewer("secretary"), decision)[0]
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE letters SET text = 'x' WHERE id = %s", [letter.pk])
    assert Letter.objects.get(pk=letter.pk).text == letter.text
