"""Measures linkage on a generated sample against its truth: persons, losses claimed twice, quarantined rows, recall by group."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from aljabr.linkage import find_overlaps, link_persons
from aljabr.linkage.groups import group_recall, loud_gaps, naming_tradition, script_of
from aljabr.linkage.intervals import cluster_intervals
from aljabr.programmes import load_programme
from aljabr.relations import Database
from aljabr.runs.intake import take_in
from aljabr.samples import score_against_truth

# Asked of a sample at level nasty, in F1.
BARS = {"persons": 0.97, "duplicate losses": 0.95}
PROGRAMME = "IQ-LAW20"

_MENTIONS = """
SELECT p.person_record_id, t.person, m.person_id, p.full_name, p.sex, left(p.place, 5)
FROM truth_persons AS t ANTI JOIN truth_quarantine AS q ON q.source = t.source AND q.row = t.row
JOIN source_records AS s ON regexp_replace(s.source, '\\.[A-Za-z]+$', '') = t.source AND s.row = t.row
JOIN person_records AS p ON p.record_id = s.record_id AND p.role = t.role
JOIN person_members AS m ON m.person_record_id = p.person_record_id
"""


def samples_in(folder: Path) -> list[tuple[Path, Path]]:
    """Return the samples in a folder, or the folder itself, each with the folder of its truth."""
    candidates = [folder, *sorted(path for path in folder.iterdir() if path.is_dir())]
    found = [(path, path.parent / f"{path.name}-truth") for path in candidates]
    return [(path, truth) for path, truth in found if (truth / "persons.csv").is_file()]


def evaluate_sample(sample: Path, truth: Path) -> dict[str, Any]:
    """Take a sample in, link it, and compare with its truth.

    Parameters
    ----------
    sample, truth : Path
        As ``aljabr sample`` writes them.

    Returns
    -------
    dict
        Scores by name, F1 of persons with its interval, recall by group, warnings, bars and the lines for people.
    """
    with Database() as db:
        take_in(db, load_programme(PROGRAMME), sorted(path for path in sample.iterdir() if path.is_file()))
        summary = link_persons(db)
        find_overlaps(db, load_programme(PROGRAMME))
        scores = score_against_truth(db, truth)
        for name in ("persons", "quarantine"):
            db.execute(f"CREATE TEMP TABLE truth_{name} AS SELECT * FROM read_csv(?)", [str(truth / f"{name}.csv")])
        rows = db.rows(_MENTIONS)
    predicted, true = {row[0]: row[2] for row in rows}, {row[0]: row[1] for row in rows}
    traits = {
        row[0]: {
            "script": script_of(row[3] or ""),
            "naming tradition": naming_tradition(row[3] or ""),
            "sex": row[4] or "",
            "region": row[5] or "",
        }
        for row in rows
    }
    groups = group_recall(predicted, true, traits)
    told = {"persons": scores.persons, "duplicate losses": scores.any_overlap}
    f1 = {name: _f1(score.right, score.found, score.true) for name, score in told.items()}
    level = json.loads((truth / "summary.json").read_text(encoding="utf-8")).get("level", "")
    bars = BARS if level == "nasty" else {}
    interval = cluster_intervals(predicted, true).f1
    lines = [
        f"{sample.name} (level {level}): {len(rows):,} mentions, weighed by {summary.scorer}",
        *(_line(name, value, bars.get(name)) for name, value in f1.items()),
        f"  persons: 95 % interval {interval[0]:.4f} to {interval[1]:.4f}",
        *(f"  {line}" for line in scores.lines()),
        *(f"  {warning}" for warning in loud_gaps(groups)),
    ]
    return {
        "sample": sample.name,
        "level": level,
        "scorer": summary.scorer,
        "f1": f1,
        "persons_f1_interval": list(interval),
        "scores": scores.to_dict(),
        "groups": [group.to_dict() for group in groups],
        "warnings": list(loud_gaps(groups)),
        "bars": bars,
        "bars_met": all(f1[name] >= bar for name, bar in bars.items()),
        "doubts": summary.doubts,
        "lines": lines,
    }


def _f1(right: int, found: int, true: int) -> float:
    return round(2 * right / (found + true), 6) if found + true else 1.0


def _line(name: str, f1: float, bar: float | None) -> str:
    held = "" if bar is None else f"  bar {bar:.2f}: {'met' if f1 >= bar else 'MISSED'}"
    return f"  {name:<17} F1 {f1:.4f}{held}"
