"""Determinations as workbooks for the committees: split by body, nothing lost, only on request where there are too many."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.runs.conftest import AS_OF

from aljabr.programmes import load_programme
from aljabr.relations import Database
from aljabr.report.committee_lists import COLUMNS, committee_lists
from aljabr.runs import committees as written_lists
from aljabr.runs import run_job, summarise, verify
from aljabr.runs.job import RunResult
from aljabr.runs.manifest import read_manifest

KEYS = [key for key, _, _ in COLUMNS]


def rows_of(path: Path) -> list[dict[str, object]]:
    head, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert all(" / " in heading for heading in head), "heads stand in Arabic and English"
    return [dict(zip(KEYS, row, strict=True)) for row in rows]


def determined(out: Path) -> list[dict[str, object]]:
    with Database() as db:
        for name in ("determinations", "claims", "source_records", "item_overlaps"):
            db.read(name, out / "private" / "relations")
        return db.dicts(
            "SELECT d.*, c.reference, s.source, s.line, o.other_item_id FROM determinations d JOIN claims c USING (claim_id) "
            "JOIN source_records s ON s.record_id = c.record_id "
            "LEFT JOIN (SELECT item_id, min(other_item_id) AS other_item_id FROM item_overlaps GROUP BY item_id) o USING (item_id)"
        )


def test_every_determination_stands_in_the_list_of_its_body(finished):
    found = {
        row["determination_id"]: (row, path.stem)
        for path in sorted((finished / "private" / "determinations").iterdir())
        for row in rows_of(path)
    }
    stated = determined(finished)
    assert found.keys() == {d["determination_id"] for d in stated}
    for d in stated:
        row, body = found[d["determination_id"]]
        assert (body, row["claim_id"], row["item_id"]) == (d["body"], d["claim_id"], d["item_id"])
        assert (row["reference"], row["source"], row["row"]) == (d["reference"] or d["claim_id"], d["source"], d["line"])
        assert bool(row["missing"]) == (d["missing_facts"] != "[]")
        assert row["unsigned"] and row["article"] and row["claimant"] and row["rule"].startswith("Outcome/")
        assert (row["amount"] or 0) * 1000 == (d["amount_minor"] or 0)
        assert bool(row["held_with"]) >= bool(d["other_item_id"])
        assert row["currency"] == ("IQD" if row["amount"] != "" else "")


def test_what_is_held_names_with_whom(finished):
    held = [row for path in (finished / "private" / "determinations").iterdir() for row in rows_of(path) if row["held_with"]]
    assert held
    assert all((": " in row["held_with"] and "نفسه" in row["held_with"]) or "طلب" in row["held_with"] for row in held)


def test_the_report_and_the_summary_lead_to_the_lists_and_a_check_writes_them_again(finished):
    page = (finished / "report.html").read_text(encoding="utf-8")
    names = sorted(path.name for path in (finished / "private" / "determinations").iterdir())
    assert all(page.count(f'href="private/determinations/{name}"') == 2 for name in names)
    told = summarise(RunResult(out=finished, manifest=read_manifest(finished))).lines()
    assert any("private/determinations" in line and f"{len(names)} files" in line for line in told)
    assert verify(finished, progress=lambda *_: None).problems == ()


@pytest.mark.parametrize(
    ("asked", "most", "files", "left"), [("auto", 100, 0, True), ("all", 100, 4, False), ("none", 10**6, 0, False)]
)
def test_too_many_are_written_only_when_asked_for(sample, key_file, tmp_path, monkeypatch, asked, most, files, left):
    monkeypatch.setattr(written_lists, "MOST_ROWS", most)
    portal = tuple(path for path in sample if path.name == "portal.jsonl")
    result = run_job("IQ-LAW20", portal, tmp_path / "out", as_of=AS_OF, fund="demo-small", key_file=key_file, workbooks=asked)
    folder = tmp_path / "out" / "private" / "determinations"
    written = sorted(folder.iterdir()) if folder.exists() else []
    assert len(written) >= files and bool(written) == bool(files)
    assert sum(len(rows_of(path)) for path in written) == (len(determined(tmp_path / "out")) if files else 0)
    assert any("--workbooks all" in line for line in summarise(result).lines()) == left
    assert result.manifest.get("workbooks", "auto") == asked
    assert verify(tmp_path / "out", progress=lambda *_: None).problems == ()


def test_workbooks_to_mend_are_linked_and_survive_a_check(sample, key_file, tmp_path, monkeypatch):
    """Whoever writes them: the report names what lies in ``private/mend``, and a check without the sources gives the same page."""
    from aljabr.runs import stages

    taken = stages._intake

    def with_books(context):
        notes = taken(context)
        (context.folder / "mend").mkdir(exist_ok=True)
        (context.folder / "mend" / "extra.xlsx").write_bytes(b"a workbook")
        return notes

    changed = tuple(
        stages.Stage(name=s.name, reads=s.reads, writes=s.writes, run=with_books) if s.name == "intake" else s
        for s in stages.STAGES
    )
    monkeypatch.setattr("aljabr.runs.job.STAGES", changed)
    portal = tuple(path for path in sample if path.name == "portal.jsonl")
    run_job("IQ-LAW20", portal, tmp_path / "out", as_of=AS_OF, fund="demo-small", key_file=key_file)
    assert 'href="private/mend/extra.xlsx"' in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert verify(tmp_path / "out", progress=lambda *_: None).problems == ()


def test_two_bodies_never_share_a_file(tmp_path):
    programme = load_programme("IQ-LAW20")
    with Database() as db:
        db.create("determinations")
        for number, body in enumerate(("a b", "a_b", "a/b", "", "لجنة")):
            db.execute("INSERT INTO determinations (determination_id, body) VALUES ($1, $2)", [f"det_{number}", body])
        stems = [one.stem for one in committee_lists(db, programme, most=50_000)]
    assert len(set(stems)) == 5
    assert all("/" not in stem and " " not in stem for stem in stems)


def test_dates_in_the_workbooks_are_the_runs(finished, tmp_path):
    path = next((finished / "private" / "determinations").iterdir())
    shutil.unpack_archive(path, tmp_path / "book", "zip")
    assert f"{AS_OF.isoformat()}T00:00:00Z" in (tmp_path / "book/docProps/core.xml").read_text()
    assert date(2024, 12, 31) == AS_OF
