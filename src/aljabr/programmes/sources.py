"""Checks that everything rests on something: references to instruments, dated amounts without gaps, sign-offs of tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from aljabr.programmes.findings import Finding, error, note, still_open
from aljabr.programmes.records import Amount, DatedValue, Programme, Reference, in_english


def check_references(programme: Programme) -> Iterator[Finding]:
    """Yield references to unknown instruments or to nothing, and those nobody has verified against a source."""
    instruments = {instrument.key for instrument in programme.instruments}
    for where, reference in _references(programme):
        if reference.instrument not in instruments:
            way_out = f"Instruments are {', '.join(sorted(instruments))}; declare it in programme.yaml."
            yield error(where, f"The instrument {reference.instrument!r} is not declared.", way_out)
        elif not (reference.article or reference.url):
            yield error(where, "The reference names neither article nor source.", "Add article: or url: to the reference.")
        if reference.state == "unverified":
            about = f" {in_english(reference.note)}" if reference.note else ""
            yield still_open(
                where, f"Unverified: {_cited(reference)}.{about}", "Check it against the law's text, then state: verified."
            )
    for instrument in programme.instruments:
        if instrument.state == "unverified":
            what = "The instrument's text was not seen."
            yield still_open(f"programme.yaml, instrument {instrument.key}", what, "Add its url and state: verified.")


def check_articles(programme: Programme) -> Iterator[Finding]:
    """Yield rules that cite no article, and tables with rows that rest on something nobody has seen."""
    for table in programme.tables:
        where = f"tables/{table.file}, {table.name}"
        for rule in table.rules:
            if not rule.annotations.get("article"):
                yield error(where, f"The rule {rule.id} cites no article.", "Add an annotation called article to the row.")
        unverified = sum(rule.annotations.get("state") != "verified" for rule in table.rules)
        if unverified:
            what = f"{unverified} of {len(table.rules)} rows rest on something not seen in a source."
            yield still_open(where, what, "Check them, then set their annotation state to verified.")


def check_amounts(programme: Programme) -> Iterator[Finding]:
    """Yield amounts without values, overlapping or interrupted periods, and what they do not cover."""
    first = min((instrument.from_on for instrument in programme.instruments), default=date.max)
    for amount in programme.amounts:
        where = f"amounts, {amount.key}"
        if not amount.values:
            yield error(where, "It has no dated value.", "Add a value with from_on, value and reference.")
            continue
        if amount.unit == "minor" and not amount.key.endswith("_minor"):
            yield error(where, "It is money and its key does not end in _minor.", f"Call it {amount.key}_minor.")
        yield from _periods(amount, where)
        start = min(value.from_on for value in amount.values)
        if start > first:
            yield note(where, f"It has no value before {start}; what falls before is decided as incomplete, not guessed.")


def check_sign_off(programme: Programme) -> Iterator[Finding]:
    """Yield tables without an entry, entries without a table or signature, and sign-offs still open."""
    tables = {table.name for table in programme.tables}
    for name in sorted(tables - programme.sign_off.keys()):
        yield error(
            f"programme.yaml, sign_off.{name}",
            "The table has no sign-off entry.",
            "Add it with state: open, or signed with by and on.",
        )
    for name, entry in programme.sign_off.items():
        where = f"programme.yaml, sign_off.{name}"
        if name not in tables:
            yield error(where, "No table has that name.", f"Tables are {', '.join(sorted(tables))}.")
        elif entry.state == "open":
            yield still_open(
                where,
                f"No lawyer has signed this table off. {in_english(entry.why)}".strip(),
                "Everything decided with it says so.",
            )
        elif not (entry.by and entry.on):
            yield error(where, "It is signed by nobody or on no day.", "Add by: and on:.")


def _cited(reference: Reference) -> str:
    return f"{reference.instrument} {reference.article}".strip()


def _periods(amount: Amount, where: str) -> Iterator[Finding]:
    for value in amount.values:
        if value.until_on is not None and value.until_on <= value.from_on:
            yield error(
                where, f"The value from {value.from_on} ends on {value.until_on}.", "End it after it begins, or remove until_on."
            )
    for one, following in pairwise(sorted(amount.values, key=lambda value: value.from_on)):
        yield from _neighbours(one, following, where)


def _neighbours(one: DatedValue, following: DatedValue, where: str) -> Iterator[Finding]:
    if one.from_on == following.from_on:
        yield error(
            where, f"Two values begin on {one.from_on}.", "Keep one; published values are superseded by date, never edited."
        )
    elif one.until_on is not None and one.until_on > following.from_on:
        yield error(
            where, f"The value from {one.from_on} overlaps the one from {following.from_on}.", f"End it on {following.from_on}."
        )
    elif one.until_on is not None and one.until_on < following.from_on:
        what = f"There is no value from {one.until_on} to {following.from_on}."
        yield error(where, what, "Add one, or let the earlier run until the later.")


def _references(programme: Programme) -> Iterator[tuple[str, Reference]]:
    for harm in programme.harms:
        yield f"programme.yaml, harm {harm.code}", harm.reference
    for fact in programme.facts:
        if fact.legal_basis:
            yield f"programme.yaml, fact {fact.name}", fact.legal_basis
    for body in programme.bodies:
        yield f"programme.yaml, body {body.key}", body.reference
    for deadline in programme.deadlines:
        yield f"programme.yaml, deadline {deadline.key}", deadline.reference
    for amount in programme.amounts:
        for value in amount.values:
            yield f"amounts, {amount.key} from {value.from_on}", value.reference
    for step in programme.procedure:
        yield f"procedure.yaml, step {step.key}", step.reference
    for fund in programme.funds:
        if fund.reference:
            yield f"funds, {fund.key}", fund.reference
