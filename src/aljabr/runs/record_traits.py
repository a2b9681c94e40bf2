"""What each row of a list shows of the groups that recall is told by: script and build of its name, region, sex as given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pyarrow as pa

from aljabr.linkage import ColumnReading
from aljabr.linkage.groups import naming_tradition, script_of


def record_traits(lists: Sequence[tuple[str, pa.Table]], columns: Sequence[ColumnReading]) -> dict[str, dict[str, str]]:
    """Return the groups of every row, by ``source:row``.

    Parameters
    ----------
    lists : sequence of (source name, table)
    columns : sequence of ColumnReading
        How the columns were understood.
    """
    told: dict[str, dict[str, str]] = {}
    for source, table in lists:
        found = {reading.meaning: reading.column for reading in columns if reading.source == source}
        parts = ("full_name",) if "full_name" in found else ("given_name", "father_name", "surname")
        named = [found[part] for part in parts if part in found]
        values = {meaning: table.column(found[meaning]).to_pylist() for meaning in ("region", "sex") if meaning in found}
        names = [table.column(column).to_pylist() for column in named]
        common = Counter(values.get("region", []))
        for row in range(table.num_rows):
            name = " ".join(str(column[row] or "") for column in names).strip()
            traits = {"script": script_of(name), "naming tradition": naming_tradition(name)}
            for meaning, cells in values.items():
                traits[meaning] = str(cells[row] or "").strip() if meaning == "sex" or common[cells[row]] > 1 else ""
            told[f"{source}:{row + 1}"] = traits
    return told
