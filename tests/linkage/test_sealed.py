"""Overlap with a sealed programme: yes or no to its custodian, tokens and nothing else between the two."""

from __future__ import annotations

import pytest

from aljabr.errors import UsageError
from aljabr.linkage.sealed import SealedPerson, answer_tokens, person_tokens

SECRET = b"0123456789abcdef0123456789abcdef"
ASKED = [
    SealedPerson(record="1", full_name="عبد الله حسين احمد الجبوري", birth_year=1975, phone="+9647701234567"),
    SealedPerson(record="2", full_name="سعد كريم ناصر الدليمي", birth_year=1961, id_number="196100002222"),
    SealedPerson(record="3", full_name="نبيل طه ياسين العاني", birth_year=1990),
]
HELD = [
    SealedPerson(record="x", full_name="Abdullah Hussein Ahmed Al-Jubouri", birth_year=1976),
    SealedPerson(record="y", full_name="س", id_number="١٩٦١٠٠٠٠٢٢٢٢"),
]


def _answers(asked: list[SealedPerson], held: list[SealedPerson]) -> dict[str, tuple[bool, str]]:
    tokens = [person_tokens(people, SECRET, exchange="e1") for people in (asked, held)]
    return {answer.record: (answer.known, answer.by) for answer in answer_tokens(*tokens)}


def test_the_custodian_learns_yes_or_no_and_by_which_key() -> None:
    assert _answers(ASKED, HELD) == {
        "1": (True, "name, father, family and year of birth"),
        "2": (True, "document"),
        "3": (False, ""),
    }


def test_tokens_hold_nothing_of_the_person_and_differ_between_exchanges() -> None:
    first, second = (person_tokens(ASKED, SECRET, exchange=name) for name in ("e1", "e2"))
    assert all(len(token) == 64 and set(token) <= set("0123456789abcdef") for _, _, token in first)
    assert {token for _, _, token in first}.isdisjoint(token for _, _, token in second)


def test_another_secret_meets_nobody() -> None:
    held = person_tokens(HELD, SECRET[::-1], exchange="e1")
    assert not any(answer.known for answer in answer_tokens(person_tokens(ASKED, SECRET, exchange="e1"), held))


@pytest.mark.parametrize(("secret", "exchange"), [(b"short", "e1"), (SECRET, "")], ids=["secret", "exchange"])
def test_a_short_secret_or_a_nameless_exchange_is_refused(secret: bytes, exchange: str) -> None:
    with pytest.raises(UsageError):
        person_tokens(ASKED, secret, exchange=exchange)
