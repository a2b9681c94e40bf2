"""Writes the report and the letters asked for, out of what all other stages left."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aljabr.errors import CheckFailed
from aljabr.report import collect_figures, letter_rows, render_letters, render_report

if TYPE_CHECKING:
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
    figures = collect_figures(db, programme, as_of=as_of, fund=context.request.fund, alarms=tuple(assessed["notes"]["alarms"]))
    (context.folder / "report.html").write_text(render_report(figures), encoding="utf-8")
    if not programme.letters:
        return {"letters": 0}
    rows = letter_rows(db, context.request.letters)
    folder, refused = context.folder / "letters", ""
    try:
        render_letters(rows, folder, programme=programme, as_of=as_of)
    except CheckFailed as failure:  # one name in a script without a font must not stop the run; its HTML letter is there
        refused = failure.what
    unknown = sorted(set(context.request.letters) - {row.reference for row in rows})
    return {"letters": len(rows), "refused": refused, "unknown": unknown}
