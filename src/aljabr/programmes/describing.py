"""Says what a programme says, as plain nested objects for printing, in English where it has it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from aljabr.programmes.records import Amount, Body, DecisionTable, Fund, Programme, Reference, Tier
from aljabr.programmes.records import in_english as _said


def describe(programme: Programme) -> dict[str, Any]:
    """Return a programme as headings, lists and texts.

    Parameters
    ----------
    programme : Programme
        Any.

    Returns
    -------
    dict
        Only dicts, lists, texts, whole numbers and booleans, so that it prints and serialises as it is.

    Examples
    --------
    >>> from aljabr.programmes import load_programme
    >>> describe(load_programme("IQ-LAW20"))["harms"]["death"]["source"]
    'Law 20/2009 head of harm 1 (verified)'
    """
    return {
        "programme": programme.key,
        "title": _said(programme.title),
        "issuer": _said(programme.issuer),
        "content": programme.hash,
        "currency": f"{programme.currency.code}, {programme.currency.exponent} decimal places",
        "time zone": programme.time_zone,
        **{name: ", ".join(getattr(programme, name)) for name in ("languages", "stages")},
        "instruments": {
            instrument.key: f"{_said(instrument.title)}, from {instrument.from_on} ({instrument.state})"
            for instrument in programme.instruments
        },
        "harms": {
            harm.code: {"label": _said(harm.label), "may claim": ", ".join(harm.may_claim), "source": _source(harm.reference)}
            for harm in programme.harms
        },
        "facts": {fact.name: _fact(fact.type, fact.source, fact.kept_for) for fact in programme.facts},
        "amounts": {amount.key: _amount(amount) for amount in programme.amounts},
        "tables": {table.name: _table(programme, table) for table in programme.tables},
        "determination": dict(programme.determination),
        "bodies": {body.key: _body(body) for body in programme.bodies},
        "deadlines": {
            deadline.key: f"{deadline.days} days from {deadline.runs_from}, {_source(deadline.reference)}"
            for deadline in programme.deadlines
        },
        "procedure": [f"{step.key}: {_said(step.title)} ({step.body})" for step in programme.procedure],
        "ceilings": {
            ceiling.key: f"{_said(ceiling.label)}: {ceiling.amount} for each {ceiling.per}, {_source(ceiling.reference)}"
            for ceiling in programme.ceilings
        },
        "remedies": {
            remedy.key: f"{_said(remedy.label)} ({remedy.kind}), {_source(remedy.reference)}" for remedy in programme.remedies
        },
        "gaps between law and life": {gap.key: f"{_said(gap.text)} {_source(gap.reference)}" for gap in programme.gaps},
        "takes invented claims only": "yes" if programme.synthetic_only else "",
        "funds": {fund.key: _fund(fund) for fund in programme.funds},
        "sources of claims": [mapping.key for mapping in programme.mappings],
        "letters": sorted({letter.outcome for letter in programme.letters}),
        "worked cases": len(programme.cases),
        "not signed off": [name for name, entry in programme.sign_off.items() if entry.state == "open"],
    }


def _source(reference: Reference) -> str:
    return f"{reference.instrument} {reference.article}".strip() + f" ({reference.state})"


def _fact(kind: str, source: str, kept_for: str) -> str:
    return f"{kind}, from {source}" + (f"; read by no table, kept for: {kept_for}" if kept_for else "")


def _amount(amount: Amount) -> dict[str, Any]:
    values = {
        f"from {value.from_on}": f"{value.value} {amount.unit}, {_source(value.reference)}"
        for value in sorted(amount.values, key=lambda value: value.from_on)
    }
    return {"label": _said(amount.label), "selected by": amount.selects_by, **values}


def _table(programme: Programme, table: DecisionTable) -> dict[str, Any]:
    entry = programme.sign_off.get(table.name)
    return {
        "file": table.file,
        "hit policy": table.hit_policy,
        "reads": ", ".join(clause.expression for clause in table.inputs),
        "gives": ", ".join(clause.name for clause in table.outputs),
        "rows": len(table.rules),
        "sign-off": entry.state if entry else "none",
    }


def _body(body: Body) -> dict[str, Any]:
    seats = Counter(seat.principal for seat in body.seats)
    return {
        "title": _said(body.title),
        "seats": ", ".join(f"{count} {principal}" for principal, count in sorted(seats.items())),
        "statutory exception": body.statutory_exception,
        "source": _source(body.reference),
    }


def _fund(fund: Fund) -> dict[str, Any]:
    return {
        "available": f"{fund.available_minor} minor units of {fund.currency}",
        "instalments": _instalments(fund),
        "tiers": [f"{tier.key} pays {', '.join(tier.pays)}: {tier.rule}, {_bound(fund, tier)}" for tier in fund.tiers],
    }


def _instalments(fund: Fund) -> str:
    if fund.phased:
        return "each tier is a phase"
    return f"{fund.months} months" if fund.months else ", ".join(f"{part} percent" for part in fund.instalments)


def _bound(fund: Fund, tier: Tier) -> str:
    if not fund.phased:
        return f"floor {tier.floor_minor}"
    return f"at most {tier.up_to_minor} for each claimant" if tier.up_to_minor else "the rest"
