"""Writes the determinations as workbooks for the committees: one for each deciding body, up to 50,000 rows a file.

A run that proposes more than 50,000 determinations in all writes them only when asked to: a workbook of a million rows opens in no
office, and writing it takes longer than the job.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aljabr.formats.office_tables import OfficeColumn, write_office_table
from aljabr.programmes.records import Programme
from aljabr.relations import Database
from aljabr.report.committee_lists import COLUMNS, ListVoice, committee_lists, list_rows
from aljabr.report.wording import direction
from aljabr.runs.request import RunRequest

FOLDER = "determinations"
MOST_ROWS = 50_000


def write_committee_lists(db: Database, programme: Programme, folder: Path, *, request: RunRequest) -> dict[str, Any]:
    """Write ``folder/BODY.xlsx`` for every deciding body.

    Returns
    -------
    dict
        ``files`` in order with their ``body`` and ``rows``; ``left_out``, the number of determinations not written because there
        are more than are written unasked (0 when all were).
    """
    rows = int(db.value("SELECT count(*) FROM determinations"))
    if request.workbooks == "none" or not rows:
        return {"files": [], "left_out": 0}
    if request.workbooks == "auto" and rows > MOST_ROWS:
        return {"files": [], "left_out": rows}
    folder.mkdir(parents=True)
    written = []
    for wanted in committee_lists(db, programme, most=MOST_ROWS):
        heads = ListVoice(programme, wanted.language).headings()
        columns = [OfficeColumn(heading=h, width=width, kind=kind) for h, (_, width, kind) in zip(heads, COLUMNS, strict=True)]
        name = f"{wanted.stem}.xlsx"
        count = write_office_table(
            folder / name,
            columns,
            list_rows(db, programme, wanted, most=MOST_ROWS),
            as_of=request.as_of,
            title=wanted.title,
            rtl=direction(wanted.language) == "rtl",
            exponent=programme.currency.exponent,
            notice=wanted.notice,
        )
        written.append({"body": wanted.body, "name": name, "rows": count})
    return {"files": written, "left_out": 0}
