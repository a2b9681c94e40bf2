"""Writes the report and the letters asked for, out of what all other stages left."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aljabr.errors import CheckFailed
from aljabr.report import collect_figures, letter_rows, render_letters, render_report
from aljabr.report.figures import RuleFigure, WorkbookFigure
from aljabr.runs.committees import FOLDER, write_committee_lists

if TYPE_CHECKING:
    from aljabr.programmes.records import Programme
    from aljabr.runs.stages import StageContext


def write_report(context: StageContext) -> dict[str, Any]:
    """Write ``report.html`` and, for the claims asked for or one determination of each kind, the letters.

    Returns
    -------
    dict
        How many letters were written, why a PDF was not, and which references no claim has.
    """
    db, programme, as_of = context.db, context.programme, context.request.as_of
    assessed = json.loads((context.work / "stages" / "assess" / "done.json").read_text(encoding="utf-8"))
    context.tell("lists for the committees")
    lists = write_committee_lists(db, programme, context.folder / FOLDER, request=context.request)
    context.tell("the report")
    figures = collect_figures(
        db,
        programme,
        as_of=as_of,
        fund=context.request.fund,
        alarms=tuple(RuleFigure(**rule) for rule in assessed["notes"]["alarm_rules"]),
        lists=tuple(_listed(programme, entry) for entry in lists["files"]),
        lists_left_out=lists["left_out"],
        mend=_mend(context),
    )
    (context.folder / "report.html").write_text(render_report(figures), encoding="utf-8")
    if not programme.letters:
        return {"letters": 0, "lists": lists}
    rows = letter_rows(db, context.request.letters)
    context.tell(f"{len(rows):,} letters")
    folder, refused = context.folder / "letters", ""
    try:
        render_letters(rows, folder, programme=programme, as_of=as_of)
    except CheckFailed as failure:  # one name in a script without a font must not stop the run; its HTML letter is there
        refused = failure.what
    unknown = sorted(set(context.request.letters) - {row.reference for row in rows})
    return {"letters": len(rows), "lists": lists, "refused": refused, "unknown": unknown}


def _listed(programme: Programme, entry: dict[str, Any]) -> WorkbookFigure:
    title = next((body.title for body in programme.bodies if body.key == entry["body"]), {})
    return WorkbookFigure(path=f"private/{FOLDER}/{entry['name']}", title=title, rows=entry["rows"])


def _mend(context: StageContext) -> tuple[WorkbookFigure, ...]:
    """Return the workbooks in which what was set aside is mended, whichever stage wrote them."""
    folders = (context.work / "stages" / "intake" / "mend", context.folder / "mend")
    names = sorted({path.name for folder in folders if folder.is_dir() for path in folder.glob("*.xlsx")})
    return tuple(WorkbookFigure(path=f"private/mend/{name}", title={}) for name in names)
