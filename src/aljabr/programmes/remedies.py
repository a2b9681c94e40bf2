"""Checks ceilings, remedies and gaps: that they name harms, grounds and amounts there are, and rest on a reference.

A ceiling or a monthly remedy has one amount for everybody decided on one day, so its amount is selected by ``decided_on``.
"""

from __future__ import annotations

from collections.abc import Iterator

from aljabr.programmes.codes import output_codes
from aljabr.programmes.findings import Finding, error, note, still_open
from aljabr.programmes.records import Programme, Reference, in_english


def check_remedies(programme: Programme) -> Iterator[Finding]:
    """Yield ceilings and remedies that name what there is not, absent languages, and what nobody has seen in a source."""
    harms = {harm.code for harm in programme.harms}
    for ceiling in programme.ceilings:
        where = f"programme.yaml, ceiling {ceiling.key}"
        for harm in sorted(set(ceiling.harms) - harms):
            yield error(where, f"It caps {harm!r}, which is no harm.", f"Harms are {', '.join(sorted(harms))}.")
        yield from _amount(programme, ceiling.amount, where)
        yield from _cited(programme, ceiling.reference, where)
    grounds = set(output_codes(programme, programme.determination.get("ground", "")))
    for remedy in programme.remedies:
        where = f"programme.yaml, remedy {remedy.key}"
        for ground in sorted(set(remedy.grounds) - grounds):
            yield error(where, f"No table gives the ground {ground!r}.", f"Grounds are {', '.join(sorted(grounds))}.")
        if remedy.amount and remedy.kind != "monthly":
            yield error(where, f"It is {remedy.kind} and has an amount.", "Only a monthly remedy has one.")
        if remedy.amount:
            yield from _amount(programme, remedy.amount, where)
        if set(programme.languages) - remedy.label.keys():
            yield error(where, "Its label is not in every language of the programme.", "Add the label in each language.")
        yield from _cited(programme, remedy.reference, where)
    if programme.remedies and "remedy" not in programme.stages:
        yield error("programme.yaml, stages", "Remedies are listed and no stage gives them.", "Add remedy after assess.")
    for gap in programme.gaps:
        yield note(f"programme.yaml, gap {gap.key}", gap.text.get("en") or next(iter(gap.text.values()), ""))
        yield from _cited(programme, gap.reference, f"programme.yaml, gap {gap.key}")
    if programme.synthetic_only:
        yield note("programme.yaml, synthetic_only", "It takes invented claims only.")


def _amount(programme: Programme, key: str, where: str) -> Iterator[Finding]:
    found = next((amount for amount in programme.amounts if amount.key == key), None)
    if found is None:
        yield error(where, f"There is no amount {key!r}.", f"Amounts are {', '.join(amount.key for amount in programme.amounts)}.")
    elif found.unit != "minor" or found.selects_by != "decided_on":
        yield error(
            where, f"{key} is in {found.unit}, selected by {found.selects_by}.", "It must be minor, selected by decided_on."
        )


def _cited(programme: Programme, reference: Reference, where: str) -> Iterator[Finding]:
    instruments = {instrument.key for instrument in programme.instruments}
    if reference.instrument not in instruments:
        way_out = f"Instruments are {', '.join(sorted(instruments))}; declare it in programme.yaml."
        yield error(where, f"The instrument {reference.instrument!r} is not declared.", way_out)
    elif not (reference.article or reference.url):
        yield error(where, "The reference names neither article nor source.", "Add article: or url: to the reference.")
    if reference.state == "unverified":
        about = f" {in_english(reference.note)}" if reference.note else ""
        cited = f"{reference.instrument} {reference.article}".strip()
        yield still_open(where, f"Unverified: {cited}.{about}", "Check it against the law's text, then state: verified.")
