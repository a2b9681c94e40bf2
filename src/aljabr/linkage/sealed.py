"""Overlap with a sealed programme, computed by its custodian and answered with yes or no: neither side hands over its list.

The two sides agree on a secret and an id of the exchange out of band. The asking side turns each claim into keyed tokens
(HMAC-SHA256 over a person's keys) and sends tokens alone. The custodian makes the same tokens of its own people, looks, and keeps
the answer: yes or no per asked claim, for the custodian's eyes; what the asking side is told is the custodian's decision, by its
own law. A token is made of keys that spellings share (the alignment keys of given, father's and family name with birth year; a
document's number; a telephone with the given name), so that a name spelt otherwise still meets.

What it leaks, to whom: the custodian learns how many claims are asked about, how many tokens each has, and which match its own
people. The asking side learns nothing from the exchange. Whoever holds the secret can test guesses (a name, a year) against the
tokens, because names have little entropy: the secret is as sensitive as the lists. Without it, tokens are noise; a new secret for
each exchange keeps two exchanges from being joined. A yes is a proposal, never proof: common names meet by chance, and each answer
says by which key it came.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from aljabr.errors import UsageError
from aljabr.names import key, split_name
from aljabr.names.documents import read_document

__all__ = ["Answer", "SealedPerson", "answer_tokens", "person_tokens"]

SHORTEST_SECRET = 32
# From the surest to the least: what a token is made of.
KINDS = ("document", "telephone and given name", "name, father and year of birth", "name, father, family and year of birth")


@dataclass(frozen=True, kw_only=True)
class SealedPerson:
    """What a token may be made of: one person of one record. Empty values make no token."""

    record: str
    full_name: str = ""
    birth_year: int | None = None
    id_number: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The custodian's answer on one asked record.

    Parameters
    ----------
    record : str
        As it was asked.
    known : bool
        Whether the sealed programme has somebody with one of its tokens.
    by : str
        The surest kind of token that met; empty when none did.
    """

    record: str
    known: bool
    by: str


def person_tokens(people: Iterable[SealedPerson], secret: bytes, *, exchange: str) -> list[tuple[str, str, str]]:
    """Return (record, kind, token) rows, ordered, to hand to the custodian or to hold against what was handed.

    Parameters
    ----------
    people : iterable of SealedPerson
    secret : bytes
        Shared by both sides, 32 bytes or more, made for this exchange.
    exchange : str
        Its id; part of every token.

    Raises
    ------
    UsageError
        When the secret is short or the exchange has no id.
    """
    if len(secret) < SHORTEST_SECRET:
        raise UsageError(f"The secret has {len(secret)} bytes.", f"Make one of at least {SHORTEST_SECRET} random bytes.")
    if not exchange:
        raise UsageError("The exchange has no id.", "Agree on one with the custodian, for example survivors-2024-11.")
    rows = {
        (person.record, kind, hmac.new(secret, f"{exchange}\x1f{kind}\x1f{told}".encode(), sha256).hexdigest())
        for person in people
        for kind, told in _told(person)
    }
    return sorted(rows)


def answer_tokens(asked: Sequence[tuple[str, str, str]], held: Sequence[tuple[str, str, str]]) -> list[Answer]:
    """Return yes or no for every asked record; run on the custodian's side.

    Parameters
    ----------
    asked, held : sequence of (record, kind, token)
        Of the asking side and of the sealed programme.
    """
    sealed = {(kind, token) for _, kind, token in held}
    met: dict[str, list[str]] = {record: [] for record, _, _ in asked}
    for record, kind, token in asked:
        if (kind, token) in sealed:
            met[record].append(kind)
    return [
        Answer(record=record, known=bool(kinds), by=min(kinds, key=KINDS.index, default=""))
        for record, kinds in sorted(met.items())
    ]


def _told(person: SealedPerson) -> Iterable[tuple[str, str]]:
    parts: Mapping[str, str] = _keys(person.full_name)
    number = read_document(person.id_number).number if person.id_number else None
    if number:
        yield KINDS[0], number
    if person.phone and parts.get("given"):
        yield KINDS[1], f"{person.phone} {parts['given']}"
    if person.birth_year and parts.get("given") and parts.get("father"):
        # A year is often wrong by one: with its own and the next year on both sides, neighbouring years meet and others do not.
        for year in (person.birth_year, person.birth_year + 1):
            if parts.get("family"):
                yield KINDS[3], f"{parts['given']} {parts['father']} {parts['family']} {year}"
        yield KINDS[2], f"{parts['given']} {parts['father']} {parts.get('grandfather', '')} {person.birth_year}"


def _keys(full_name: str) -> dict[str, str]:
    parts = split_name(full_name)
    family = parts.family or (parts.tokens[3] if len(parts.tokens) > 3 else None)
    told = {"given": parts.given, "father": parts.father, "grandfather": parts.grandfather, "family": family}
    return {name: key(text) for name, text in told.items() if text}
