"""What people judged is an edge that wins over every score and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from aljabr.linkage import LinkSummary, link_persons
from aljabr.relations import Database
from tests.linkage.conftest import Filing, Intake, Mention

TakeIn = Callable[[Sequence[Filing]], Intake]
ALI = Mention(name="علي حسين محمود الجبوري", born="1975-03-14", sex="male", id_number="197512345678")
OTHER = Mention(name="سعد كريم ناصر الدليمي", born="1961-01-30", sex="male", id_number="196100002222")
NOON = datetime(2024, 5, 1, 12)


def _judged(db: Database, intake: Intake, *edges: tuple[int, int, str, datetime, datetime | None]) -> tuple[list[str], LinkSummary]:
    db.create("judgements")
    for left, right, verdict, judged_at, withdrawn_at in edges:
        row = (intake.claimants[left], intake.claimants[right], verdict, "clerk", judged_at, withdrawn_at, "seen the papers")
        db.execute("INSERT INTO judgements VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    summary = link_persons(db)
    found = dict(db.rows("SELECT person_record_id, person_id FROM person_members"))
    return [found[claimant] for claimant in intake.claimants], summary


def test_a_positive_judgement_joins_what_no_score_would(db: Database, take_in: TakeIn) -> None:
    intake = take_in([Filing(claimant=ALI), Filing(claimant=replace(OTHER, sex="female"))])
    (first, second), summary = _judged(db, intake, (0, 1, "positive", NOON, None))
    assert first == second
    assert summary.judged.positive == 1


@pytest.mark.parametrize("verdict", ["negative", "unsure"])
def test_a_negative_or_unsure_judgement_undoes_a_link(db: Database, take_in: TakeIn, verdict: str) -> None:
    intake = take_in([Filing(claimant=ALI), Filing(claimant=ALI)])
    (first, second), _ = _judged(db, intake, (1, 0, verdict, NOON, None))
    assert first != second


def test_a_negative_judgement_keeps_two_apart_though_a_third_is_like_both(db: Database, take_in: TakeIn) -> None:
    intake = take_in([Filing(claimant=ALI)] * 3)
    (first, second, third), summary = _judged(db, intake, (0, 1, "negative", NOON, None))
    assert first != second
    assert third in {first, second}
    assert summary.refused_links == 1


def test_a_withdrawn_judgement_counts_no_more_and_the_latest_standing_one_does(db: Database, take_in: TakeIn) -> None:
    intake = take_in([Filing(claimant=ALI), Filing(claimant=ALI)])
    later = NOON.replace(hour=13)
    (first, second), _ = _judged(db, intake, (0, 1, "negative", NOON, later))
    assert first == second
    (first, second), _ = _judged(db, intake, (0, 1, "negative", NOON, None), (0, 1, "positive", later, None))
    assert first == second
    (first, second), _ = _judged(db, intake, (0, 1, "negative", NOON, None), (0, 1, "positive", later, later))
    assert first != second


def test_a_judgement_of_a_record_that_is_not_at_hand_is_counted(db: Database, take_in: TakeIn) -> None:
    intake = take_in([Filing(claimant=ALI)])
    db.create("judgements")
    row = (intake.claimants[0], "prs_gone", "positive", "clerk", NOON, None, "")
    db.execute("INSERT INTO judgements VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    assert link_persons(db).judged.absent == 1


def test_a_pair_that_reviewers_dispute_is_left_alone_until_they_agree(db: Database, take_in: TakeIn) -> None:
    intake = take_in([Filing(claimant=ALI), Filing(claimant=ALI)])
    db.create("judgements")
    for who, verdict in (("first reviewer", "positive"), ("second reviewer", "negative")):
        row = (intake.claimants[0], intake.claimants[1], verdict, who, NOON, None, "")
        db.execute("INSERT INTO judgements VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    summary = link_persons(db)
    assert (summary.judged.disputed, summary.persons) == (1, 2)
