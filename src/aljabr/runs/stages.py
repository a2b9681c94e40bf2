"""The stages of the job as a table: what each reads, what it writes, and the function that does it.

A stage says in ``notes`` what a manifest should keep of it: whole numbers, text and lists, never a clock or a float.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aljabr.programmes.records import Fund, Programme
from aljabr.relations import Database
from aljabr.runs.request import RunRequest, sheet_of

Notes = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class StageContext:
    """What a stage works with: a fresh database with its inputs loaded, and a folder of its own."""

    db: Database
    programme: Programme
    request: RunRequest
    folder: Path
    work: Path
    paths: dict[str, Path]
    key: bytes
    tell: Callable[[str], None] = lambda _text: None

    def read_inputs(self, stage: Stage) -> None:
        """Load every relation the stage reads from the stage that wrote it; one that no stage of this programme wrote is empty."""
        written = {name: other.name for other in STAGES if other.name in self.programme.stages for name in other.writes}
        for name in stage.reads:
            if name in written:
                self.db.read(name, self.work / "stages" / written[name])
            else:
                self.db.create(name)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One step of the job."""

    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    run: Callable[[StageContext], Notes | None]


def _intake(context: StageContext) -> Notes:
    from aljabr.runs.intake import take_in
    from aljabr.runs.mend_output import write_mend_books
    from aljabr.runs.mending import mending_of

    overrides = {key: context.paths[name] for key, name in context.request.overrides.items()}
    named = {sheet_of(path)[0].name for path in overrides.values()}
    files = [context.paths[name] for name in context.request.inputs if name not in named]
    mending, tell = mending_of({context.paths[f"mend/{digest}"]: digest for digest in context.request.mend}), context.tell
    sources = take_in(
        context.db,
        context.programme,
        files,
        overrides=overrides,
        mending=mending,
        progress=lambda source, rows: tell(f"{source}, {rows:,} rows"),
    )
    write_mend_books(context.db, context.programme, mending, context.folder / "mend", as_of=context.request.as_of)
    notes: Notes = {"sources": [source.manifest_entry() for source in sources]}
    return notes | ({"mend": mending.entries()} if context.request.mend else {})


def _link(context: StageContext) -> Notes:
    from aljabr.linkage import find_overlaps, link_persons

    context.tell("who is who")
    summary = link_persons(context.db)
    context.tell("what was claimed twice")
    find_overlaps(context.db, context.programme)
    return {"scorer": summary.scorer}


def _assess(context: StageContext) -> Notes:
    from aljabr.report import letter_texts
    from aljabr.rules import amount_inputs, assess, selectivity
    from aljabr.runs.facts import build_facts

    db, programme, as_of = context.db, context.programme, context.request.as_of
    context.tell("facts")
    build_facts(db, programme, as_of=as_of.isoformat())
    amount_inputs(db, programme)
    context.tell(f"rules over {db.value('SELECT count(*) FROM facts'):,} items")
    assess(db, programme)
    context.tell("texts of letters")
    letter_texts(db, programme, as_of=as_of)
    found = selectivity(db, programme)
    rules = [{"table": share.table, "rule": share.rule, "hits": share.hits, "items": share.items} for share in found]
    return {"alarms": [share.text() for share in found], "alarm_rules": rules}


def _remedy(context: StageContext) -> Notes:
    from aljabr.awards import make_remedies

    return {"remedies": make_remedies(context.db, context.programme, as_of=context.request.as_of)}


def _award(context: StageContext) -> Notes:
    from aljabr.awards import make_awards

    if any(ceiling.per == "household" for ceiling in context.programme.ceilings):
        context.db.read("person_records", context.work / "stages" / "intake")
    summary = make_awards(context.db, context.programme, _fund(context), as_of=context.request.as_of)
    return {"fund": summary.manifest_entry()}


def _pay(context: StageContext) -> Notes:
    from aljabr.awards import make_payment_orders
    from aljabr.runs.payments import write_payment_files

    make_payment_orders(context.db, context.programme, as_of=context.request.as_of)
    fund = _fund(context)
    return write_payment_files(context.db, context.programme, context.folder / "payments", fund=fund, as_of=context.request.as_of)


def _publish(context: StageContext) -> Notes:
    from aljabr.runs.publication import publish

    return publish(context.db, context.programme, context.folder / "public", key=context.key)


def _report(context: StageContext) -> Notes:
    from aljabr.runs.reporting import write_report

    return write_report(context)


def _fund(context: StageContext) -> Fund:
    return next(fund for fund in context.programme.funds if fund.key == context.request.fund)


_CASE = ("source_records", "issues", "person_records", "relationships", "claims", "claim_items", "exhibits")
_LINKED = ("pair_scores", "person_members", "persons", "item_overlaps")

STAGES: tuple[Stage, ...] = (
    Stage(name="intake", reads=(), writes=_CASE, run=_intake),
    Stage(name="link", reads=("person_records", "relationships", "claims", "claim_items", "exhibits"), writes=_LINKED, run=_link),
    Stage(
        name="assess",
        reads=("claims", "claim_items", "relationships", "item_overlaps", "exhibits", "person_records"),
        writes=("facts", "determinations"),
        run=_assess,
    ),
    Stage(name="remedy", reads=("determinations", "claims", "person_members"), writes=("remedies",), run=_remedy),
    Stage(
        name="award",
        reads=("determinations", "claims", "person_members"),
        writes=("awards", "allocations"),
        run=_award,
    ),
    Stage(
        name="pay",
        reads=("awards", "allocations", "determinations", "claims", "person_records"),
        writes=("payment_orders",),
        run=_pay,
    ),
    Stage(
        name="publish",
        reads=(*_CASE, *_LINKED, "facts", "determinations", "awards", "allocations", "payment_orders"),
        writes=("commitments",),
        run=_publish,
    ),
    Stage(
        name="report",
        reads=(*_CASE, *_LINKED, "facts", "determinations", "awards", "allocations", "payment_orders", "commitments"),
        writes=(),
        run=_report,
    ),
)
