"""Checks whether a programme makes sense as law: everything `load_programme` cannot see file by file.

Order: the tables as the expression language reads them (types, unknown names), the facts and amounts they read, protected
attributes, sources and sign-offs, bodies and procedure, mappings, letters, gaps and overlaps of the tables, sums written into
cells, worked cases. Nothing is mended here, and nothing but findings comes back: ``error`` must be mended, ``open`` waits for a
lawyer or a source, ``note`` is worth knowing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from aljabr.errors import ProgrammeBroken
from aljabr.feel import Chain
from aljabr.programmes.attributes import check_attributes
from aljabr.programmes.bodies import check_bodies
from aljabr.programmes.cases import Recompute, check_cases
from aljabr.programmes.decisions import typed_chain
from aljabr.programmes.findings import Finding, error, note
from aljabr.programmes.inputs import check_facts, check_mappings
from aljabr.programmes.letters import check_determination, check_letters
from aljabr.programmes.procedures import check_procedure
from aljabr.programmes.protected import check_protected
from aljabr.programmes.records import Programme
from aljabr.programmes.regions import check_regions
from aljabr.programmes.remedies import check_remedies
from aljabr.programmes.sources import check_amounts, check_articles, check_references, check_sign_off
from aljabr.programmes.written_sums import check_written_sums


def check(programme: Programme, *, recompute: Recompute | None = None, targets: Collection[str] = ()) -> list[Finding]:
    """Check a programme.

    Parameters
    ----------
    programme : Programme
        As `load_programme` gives it.
    recompute : callable, optional
        ``recompute(programme, facts)`` of a room above, which then must agree with the reference interpreter on every worked case.
    targets : collection of str
        The targets mappings may fill besides ``facts.NAME``; not checked when empty.

    Returns
    -------
    list of Finding
        Errors first, then what is open, then notes; within each in the order of the checks.
    """
    rank = ("error", "open", "note")
    return sorted(_findings(programme, recompute, targets), key=lambda finding: rank.index(finding.severity))


def _findings(programme: Programme, recompute: Recompute | None, targets: Collection[str]) -> Iterator[Finding]:
    if programme.folder.name != programme.key:
        yield note("programme.yaml, key", f"The programme {programme.key} lies in a folder called {programme.folder.name}.")
    chain, refusals = _chain(programme)
    yield from refusals
    yield from check_facts(programme, chain)
    yield from check_attributes(programme, chain)
    yield from _harms(programme)
    yield from check_references(programme)
    yield from check_articles(programme)
    yield from check_amounts(programme)
    yield from check_sign_off(programme)
    yield from check_bodies(programme)
    yield from check_procedure(programme)
    yield from check_mappings(programme, targets=targets)
    yield from check_protected(programme)
    yield from check_determination(programme)
    yield from check_letters(programme)
    yield from check_remedies(programme)
    if chain is not None:
        regions = list(check_regions(programme, chain))
        yield from regions
        yield from check_written_sums(programme, chain)
        # A table that contradicts itself is refused by every evaluator but the reference interpreter.
        contradicted = any(finding.severity == "error" for finding in regions)
        yield from check_cases(programme, chain, recompute=None if contradicted else recompute)


def _chain(programme: Programme) -> tuple[Chain | None, list[Finding]]:
    try:
        return typed_chain(programme), []
    except ProgrammeBroken as refusal:
        listed = refusal.details.get("problems")
        problems = [str(problem) for problem in listed] if isinstance(listed, list | tuple) else [refusal.what]
        return None, [error("tables", problem, refusal.way_out or "Mend that cell.") for problem in problems]


def _harms(programme: Programme) -> Iterator[Finding]:
    for harm in programme.harms:
        unknown = sorted(set(harm.may_claim) - {*programme.relations, "self"})
        if unknown:
            where = f"programme.yaml, harm {harm.code}"
            yield error(
                where, f"may_claim names {', '.join(unknown)}.", f"Relations are {', '.join(programme.relations) or 'self'}."
            )
    for code in programme.published_outcome:
        if code not in ("granted", "denied", "incomplete", "held"):
            yield error(
                "programme.yaml, published_outcome", f"{code!r} is no outcome.", "Write granted, denied, incomplete or held."
            )
    if programme.published_fact and programme.published_fact not in {fact.name for fact in programme.facts}:
        yield error("programme.yaml, published_fact", f"{programme.published_fact!r} is no fact.", "Name a declared fact.")
