"""Judgements: added and taken back, never lost, never rewritten."""

from __future__ import annotations

import multiprocessing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aljabr.errors import CheckFailed, UsageError
from aljabr.linkage.judgements import FILE, TORN, load_judgements, read_judgements, record_judgement, withdraw_judgement

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)


def judge(folder, verdict, by="Hana", records=("rec_b", "rec_a")):
    return record_judgement(folder, records, verdict, judged_by=by, judged_at=NOON, reason="same card")


def test_a_judgement_is_one_canonical_line_with_the_smaller_record_left(tmp_path):
    made = judge(tmp_path, "positive")
    assert (tmp_path / FILE).read_text() == (
        f'{{"act":"judge","after":"","at":"2025-03-01T12:00:00Z","by":"Hana","id":"{made.judgement_id}","left_record":"rec_a",'
        '"reason":"same card","right_record":"rec_b","verdict":"positive"}\n'
    )
    assert read_judgements(tmp_path).judgements == (made,)


def test_taking_back_is_an_act_of_its_own_and_the_judgement_stays(tmp_path):
    made = judge(tmp_path, "negative")
    before = (tmp_path / FILE).read_bytes()
    back = withdraw_judgement(tmp_path, made.judgement_id, withdrawn_by="Hana", withdrawn_at=NOON)
    assert (tmp_path / FILE).read_bytes().startswith(before)
    book = read_judgements(tmp_path)
    assert (back.withdrawn_at, book.judgements, book.verdicts()) == ("2025-03-01T12:00:00Z", (back,), {})


def test_a_judgement_is_taken_back_once(tmp_path):
    made = judge(tmp_path, "negative")
    withdraw_judgement(tmp_path, made.judgement_id, withdrawn_by="Hana", withdrawn_at=NOON)
    with pytest.raises(UsageError, match="taken back before"):
        withdraw_judgement(tmp_path, made.judgement_id, withdrawn_by="Hana", withdrawn_at=NOON)


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ({"Hana": "positive", "Karwan": "negative"}, "disputed"),
        ({"Hana": "positive", "Karwan": "positive"}, "positive"),
        ({"Hana": "unsure", "Karwan": "negative"}, "negative"),
        ({"Hana": "unsure"}, "unsure"),
    ],
    ids=["they disagree", "they agree", "one is unsure", "only unsure"],
)
def test_two_reviewers_stand_beside_each_other(tmp_path, said, stands):
    for who, verdict in said.items():
        judge(tmp_path, verdict, by=who)
    book = read_judgements(tmp_path)
    assert book.verdicts() == {("rec_a", "rec_b"): stands}
    assert [j.judged_by for j in book.standing()["rec_a", "rec_b"]] == list(said)


def test_a_reviewer_who_changes_their_mind_is_not_in_dispute_with_themselves(tmp_path):
    judge(tmp_path, "positive")
    judge(tmp_path, "negative")
    book = read_judgements(tmp_path)
    assert (len(book.judgements), book.verdicts()) == (2, {("rec_a", "rec_b"): "negative"})


def test_a_torn_last_line_is_set_aside_and_told(tmp_path):
    judge(tmp_path, "positive")
    with (tmp_path / FILE).open("ab") as stream:
        stream.write(b'{"act":"judge","af')
    assert read_judgements(tmp_path).torn == '{"act":"judge","af'
    judge(tmp_path, "unsure", by="Karwan")
    assert (tmp_path / TORN).read_bytes() == b'{"act":"judge","af\n'
    assert (len(read_judgements(tmp_path).judgements), read_judgements(tmp_path).torn) == (2, "")


@pytest.mark.parametrize("change", [lambda lines: [lines[0].replace(b"positive", b"negative"), lines[1]], lambda lines: lines[1:]])
def test_a_changed_or_removed_line_is_found(tmp_path, change):
    judge(tmp_path, "positive")
    judge(tmp_path, "positive", by="Karwan")
    path = tmp_path / FILE
    path.write_bytes(b"\n".join(change(path.read_bytes().splitlines())) + b"\n")
    with pytest.raises(CheckFailed, match="Line 1"):
        read_judgements(tmp_path)


def _judge_ten(folder: str, who: str) -> None:
    for number in range(10):
        record_judgement(Path(folder), ("rec_a", f"rec_{who}{number}"), "positive", judged_by=who, judged_at=NOON)


def test_reviewers_who_write_at_once_lose_nothing(tmp_path):
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=_judge_ten, args=(str(tmp_path), who)) for who in ("Hana", "Karwan")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(read_judgements(tmp_path).judgements) == 20


@pytest.mark.parametrize(
    ("records", "verdict", "by"), [(("a", "a"), "positive", "Hana"), (("a", "b"), "maybe", "Hana"), (("a", "b"), "positive", " ")]
)
def test_what_says_nothing_is_refused(tmp_path, records, verdict, by):
    with pytest.raises(UsageError):
        record_judgement(tmp_path, records, verdict, judged_by=by, judged_at=NOON)


def test_the_relation_has_everything_judged_with_when_it_was_taken_back(tmp_path, db):
    judge(tmp_path, "positive")
    made = judge(tmp_path, "negative", by="Karwan")
    withdraw_judgement(tmp_path, made.judgement_id, withdrawn_by="Hana", withdrawn_at=NOON)
    load_judgements(db, tmp_path)
    assert db.rows("SELECT judged_by, verdict, withdrawn_at IS NULL FROM judgements ORDER BY ALL") == [
        ("Hana", "positive", True),
        ("Karwan", "negative", False),
    ]
    load_judgements(db, None)
    assert db.rows("FROM judgements") == []
