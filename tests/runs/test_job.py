"""The whole job: nothing lost, the same bytes again, killed or not."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys

import pytest
from tests.runs.conftest import AS_OF

from aljabr.errors import MappingBroken, UsageError
from aljabr.relations import Database
from aljabr.runs import run_job, summarise, verify
from aljabr.runs.job import RunResult


def tree(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def relation(out, name):
    with Database() as db:
        db.read(name, out / "private" / "relations")
        return db.dicts(f'FROM "{name}"')


def test_every_row_is_accepted_or_set_aside_with_a_reason(finished):
    records, issues = relation(finished, "source_records"), relation(finished, "issues")
    aside = {record["record_id"] for record in records if record["status"] == "quarantined"}
    assert len(records) >= 2000
    assert {record["status"] for record in records} == {"accepted", "quarantined"}
    assert aside == {issue["record_id"] for issue in issues if issue["severity"] == "quarantine"}
    assert all(issue["reason"] and issue["line"] and (issue["cell"] or issue["code"]) for issue in issues)


def test_every_accepted_claim_is_determined_once_with_rule_article_and_letter(finished):
    accepted = [record for record in relation(finished, "source_records") if record["status"] == "accepted"]
    determinations = relation(finished, "determinations")
    assert len(determinations) == len({d["item_id"] for d in determinations}) == len(accepted)
    assert {d["outcome"] for d in determinations} == {"granted", "denied", "incomplete", "held"}
    assert all(d["letter_text"] and d["legal_basis"] and json.loads(d["rule_hits"]) for d in determinations)
    assert all(d["unsigned"] for d in determinations), "no table of the law has been signed off"


def test_money_is_conserved_from_fund_to_orders(finished):
    awards, orders = relation(finished, "awards"), relation(finished, "payment_orders")
    fund = json.loads((finished / "manifest.json").read_bytes())["checks"]["award"]["fund"]
    assert sum(a["awarded_minor"] for a in awards) == sum(o["amount_minor"] for o in orders) == int(fund["awarded_minor"])
    assert int(fund["awarded_minor"]) <= int(fund["available_minor"])
    assert all(0 <= a["awarded_minor"] <= a["entitled_minor"] for a in awards)


def test_nothing_held_for_judgement_is_paid(finished):
    held = {d["item_id"] for d in relation(finished, "determinations") if d["outcome"] != "granted"}
    by_determination = {d["determination_id"]: d["item_id"] for d in relation(finished, "determinations")}
    assert held
    assert not held & {by_determination[a["determination_id"]] for a in relation(finished, "awards")}


def test_two_runs_of_the_same_input_in_another_order_give_identical_trees(finished, sample, key_file, tmp_path):
    run_job("IQ-LAW20", tuple(reversed(sample)), tmp_path / "again", as_of=AS_OF, fund="demo-small", key_file=key_file)
    assert tree(tmp_path / "again") == tree(finished)


def test_a_run_killed_in_the_middle_and_started_again_ends_in_the_same_bytes(finished, sample, key_file, tmp_path):
    out = tmp_path / "killed"
    command = [sys.executable, "-m", "aljabr", "run", "IQ-LAW20", *map(str, sample)]
    command += ["--out", str(out), "--as-of", AS_OF.isoformat(), "--fund", "demo-small", "--key", str(key_file)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    while process.poll() is None and not (out.with_name("killed.work") / "stages" / "link" / "done.json").exists():
        pass
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert not out.exists()
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
    assert tree(out) == tree(finished)


def test_a_finished_run_given_again_says_the_same_and_changes_nothing(finished, sample, key_file):
    before = tree(finished)
    result = run_job("IQ-LAW20", sample, finished, as_of=AS_OF, fund="demo-small", key_file=key_file)
    assert tree(finished) == before
    assert result.seconds == {}


def test_another_request_into_the_same_folder_is_refused(finished, sample, key_file):
    with pytest.raises(UsageError, match="another run"):
        run_job("IQ-LAW20", sample[:2], finished, as_of=AS_OF, fund="demo-small", key_file=key_file)


def test_the_run_key_is_not_in_the_output(finished):
    key = (finished.with_name("out.work") / "run.key").read_text().strip()
    assert len(key) == 64
    assert not [path for path in finished.rglob("*") if path.is_file() and key.encode() in path.read_bytes()]


def test_the_public_part_holds_no_name_and_no_salt(finished):
    public = b"\n".join(path.read_bytes() for path in (finished / "public").rglob("*") if path.is_file()).decode(errors="replace")
    names = [person["full_name"] for person in relation(finished, "person_records")]
    assert not [name for name in names if name in public]
    assert not [row["salt_hex"] for row in relation(finished, "commitments") if row["salt_hex"] in public]


def test_the_summary_counts_what_the_relations_hold(finished):
    manifest = json.loads((finished / "manifest.json").read_bytes())
    figures = summarise(RunResult(out=finished, manifest=manifest)).to_dict()
    assert figures["rows"] == figures["accepted"] + figures["quarantined"] == len(relation(finished, "source_records"))
    assert sum(figures["outcomes"].values()) == figures["accepted"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"files": ("nowhere.csv",)}, "no file"),
        ({"programme": "IQ-LAW21"}, "IQ-LAW20"),
        ({"fund": "gold"}, "demo-small"),
        ({"fund": ""}, "demo-small"),
    ],
    ids=["path", "programme", "fund", "no-fund"],
)
def test_a_wrong_call_says_what_is_wrong_and_the_way_out(change, message, sample, tmp_path):
    from pathlib import Path

    files = tuple(Path(name) for name in change.get("files", sample))
    with pytest.raises(UsageError, match=message):
        run_job(change.get("programme", "IQ-LAW20"), files, tmp_path / "out", fund=change.get("fund", "demo-small"))
    shutil.rmtree(tmp_path)


def test_a_run_that_finished_no_stage_makes_room_for_the_mended_file(sample, key_file, tmp_path):
    broken = tmp_path / "portal.csv"
    broken.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(MappingBroken):
        run_job("IQ-LAW20", (broken,), tmp_path / "out", as_of=AS_OF, fund="demo-small", key_file=key_file)
    portal = next(path for path in sample if path.suffix == ".jsonl")
    mended = run_job(
        "IQ-LAW20", (portal,), tmp_path / "out", as_of=AS_OF, fund="demo-small", letters=("nobody",), key_file=key_file
    )
    said = mended.manifest["checks"]["report"]
    assert (said["letters"], said["refused"], said["unknown"]) == (0, "", ["nobody"])


def test_rules_that_match_nothing_reach_manifest_summary_and_report(finished):
    manifest = json.loads((finished / "manifest.json").read_text(encoding="utf-8"))
    alarms = manifest["checks"]["assess"]["alarms"]
    assert alarms
    assert all("matched none" in alarm or "matched nearly all" in alarm for alarm in alarms)
    summary = summarise(RunResult(out=finished, manifest=manifest, seconds={}))
    assert summary.to_dict()["alarms"] == alarms
    assert any(f"more than 99 of 100: {len(alarms)};" in line for line in summary.lines())
    page = (finished / "report.html").read_text(encoding="utf-8")
    rules = manifest["checks"]["assess"]["alarm_rules"]
    assert all(f"{rule['table']}, rule {rule['rule']}:" in alarm for rule, alarm in zip(rules, alarms, strict=True))
    assert all(page.count(f">({rule['rule']})<") == 2 for rule in rules), "once in each language"


def test_a_run_with_corrections_names_them_and_verifies(sample, key_file, tmp_path):
    from tests.runs.test_mending import TITLES, save, sheet

    source = next(path for path in sample if path.name == "committee.xlsx")
    settings = {"as_of": AS_OF, "fund": "demo-small", "key_file": key_file}
    first = run_job("IQ-LAW20", (source,), tmp_path / "first", **settings)
    book = first.out / "private" / "mend" / "committee.xlsx.mend.xlsx"
    rows = sheet(book)
    wrong = next(row for row in rows if row[TITLES["column"]] == "تاريخ الحادث")
    wrong[TITLES["correction"]] = "2015-06-01"
    done = save(tmp_path / "done.xlsx", rows)
    mended = [run_job("IQ-LAW20", (source,), tmp_path / name, mend=(done,), **settings) for name in ("second", "third")]
    assert tree(mended[0].out) == tree(mended[1].out)
    (entry,) = mended[0].manifest["mend"]
    assert (entry["name"], entry["applied"], entry["sha256"]) == ("done.xlsx", 1, hashlib.sha256(done.read_bytes()).hexdigest())
    accepted = [result.manifest["inputs"][0]["accepted"] for result in (first, mended[0])]
    assert accepted[1] == accepted[0] + 1
    claims = {row["claim_id"] for row in relation(first.out, "claims")}
    assert claims < {row["claim_id"] for row in relation(mended[0].out, "claims")}
    assert any("applied" in line for line in summarise(mended[0]).lines())
    assert verify(mended[0].out, progress=lambda *_: None).problems == ()
    (mended[0].out / "private" / "mend" / "one more.xlsx").write_bytes(b"")
    assert verify(mended[0].out, progress=lambda *_: None).problems == ("private/mend/one more.xlsx is not in the manifest",)
