"""Checks what a claimant will read: a letter for every outcome in every language, known placeholders, a word for every code.

A letter may say what evidence is missing and how to appeal; it never says which answer would pay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aljabr.programmes.codes import fact_values, known_output, output_codes, wording
from aljabr.programmes.findings import Finding, error, note
from aljabr.programmes.records import Programme

PLACEHOLDERS = (
    "reference",
    "claimant",
    "harm",
    "amount",
    "article",
    "ground",
    "missing",
    "appeal_days",
    "date",
    "programme",
    "body",
)
DETERMINATION = ("outcome", "ground", "amount_minor", "tier", "body", "missing")
# What a letter cannot leave out: why, with the law, and what can be done about it.
NEEDED = {"granted": ("amount", "article"), "denied": ("article", "appeal_days"), "incomplete": ("missing",), "held": ()}


def check_letters(programme: Programme) -> Iterator[Finding]:
    """Yield missing letters, unknown or forgotten placeholders, codes without a word in a language."""
    if not programme.letters and "award" not in programme.stages:
        yield note("letters", "The programme writes no letters.")
        return
    written = {(letter.outcome, letter.language) for letter in programme.letters}
    outcomes = output_codes(programme, programme.determination.get("outcome", ""))
    for outcome in outcomes:
        for language in programme.languages:
            if (outcome, language) not in written:
                yield error(
                    f"letters/{language}.yaml", f"There is no letter for {outcome!r}.", f"Add {outcome}: with subject and body."
                )
    for letter in programme.letters:
        where = f"letters/{letter.language}.yaml, {letter.outcome}"
        if letter.outcome not in outcomes:
            yield error(where, "No table gives this outcome.", f"Outcomes are {', '.join(outcomes)}.")
        yield from _placeholders(where, f"{letter.subject}\n{letter.body}", outcome=letter.outcome)
    yield from _labels(programme)


def check_determination(programme: Programme) -> Iterator[Finding]:
    """Yield entries of ``determination`` that no table gives, and codes in outputs that nothing else knows."""
    for name, output in programme.determination.items():
        where = f"programme.yaml, determination.{name}"
        if name not in DETERMINATION:
            yield error(where, "A determination has no such part.", f"Its parts are {', '.join(DETERMINATION)}.")
        elif not known_output(programme, output):
            yield error(where, f"No table gives {output!r}.", "Write Decision.output, or Decision when it has one output.")
    if "outcome" not in programme.determination:
        yield error("programme.yaml, determination", "It names no outcome.", "Add outcome: and the output that gives it.")
    bodies = {body.key for body in programme.bodies}
    for code in output_codes(programme, programme.determination.get("body", "")):
        if code not in bodies:
            yield error("tables", f"The body {code!r} is not declared.", f"Bodies are {', '.join(sorted(bodies)) or 'none'}.")
    yield from _tiers(programme)


def _tiers(programme: Programme) -> Iterator[Finding]:
    tiers = output_codes(programme, programme.determination.get("tier", ""))
    for fund in programme.funds:
        paid = {tier for group in fund.tiers for tier in group.pays}
        for tier in [tier for tier in tiers if tier not in paid]:
            yield error(f"funds, {fund.key}", f"No tier of the fund pays awards of tier {tier!r}.", "Add it to a tier's pays.")
        for tier in sorted(paid - set(tiers)):
            yield error(f"funds, {fund.key}", f"No table gives the tier {tier!r}.", f"Tiers are {', '.join(tiers) or 'none'}.")
        if sum(fund.instalments) != 100:
            yield error(
                f"funds, {fund.key}", f"The instalments add up to {sum(fund.instalments)} percent.", "Let them add up to 100."
            )
        if fund.currency != programme.currency.code:
            yield error(f"funds, {fund.key}", f"It is in {fund.currency}.", f"The programme pays in {programme.currency.code}.")


def _placeholders(where: str, text: str, *, outcome: str) -> Iterator[Finding]:
    used = set(re.findall(r"\{([^{}]*)\}", text))
    for name in sorted(used - set(PLACEHOLDERS)):
        yield error(where, f"The placeholder {{{name}}} is not known.", f"Write one of {', '.join(PLACEHOLDERS)}.")
    for name in NEEDED.get(outcome, ()):
        if name not in used:
            yield error(where, f"The letter does not say {{{name}}}.", f"Say it: a letter for {outcome!r} needs it.")


def _labels(programme: Programme) -> Iterator[Finding]:
    words = wording(programme)
    for fact in programme.facts if programme.letters else ():
        for code in fact_values(programme, fact) if fact.name != "overlap" else ():
            if any(not words.get(code, {}).get(language, "").strip() for language in programme.languages):
                what = f"An explanation may say the code {code!r}, which has no label in every language."
                yield note(f"programme.yaml, fact {fact.name}", what, f"Add labels.{code} in each language.")
    for code in sorted(_printed(programme)):
        absent = [language for language in programme.languages if not words.get(code, {}).get(language, "").strip()]
        if absent:
            what = f"A letter may print the code {code!r}, which has no label in {', '.join(absent)}."
            yield error("programme.yaml, labels", what, f"Add labels.{code} in each language.")


def _printed(programme: Programme) -> set[str]:
    given = [output_codes(programme, programme.determination.get(part, "")) for part in ("ground", "missing", "body", "outcome")]
    inputs = {fact.name for fact in programme.facts} | {amount.key for amount in programme.amounts}
    harms = {harm.code for harm in programme.harms}
    cited = {rule.annotations.get("article", "") for table in programme.tables for rule in table.rules} - {""}
    return {code for codes in given for code in codes} | inputs | harms | cited
