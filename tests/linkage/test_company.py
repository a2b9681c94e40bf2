"""Relations as evidence: people named beside the same person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from aljabr.linkage import link_persons
from aljabr.relations import Database
from tests.linkage.conftest import Filing, Intake, Mention

TakeIn = Callable[[Sequence[Filing]], Intake]
FATHER = Mention(name="حسين محمود صالح الجبوري", born="1950-02-03", sex="male", id_number="195011112222")
SON = Mention(name="سلطان حسين محمود الجبوري", sex="male", place=None)


def _found(db: Database, intake: Intake, relation: str) -> dict[str, str]:
    for number, (claimant, victim) in enumerate(zip(intake.claimants, intake.victims, strict=True)):
        record = db.value("SELECT record_id FROM person_records WHERE person_record_id = ?", [claimant])
        db.execute("INSERT INTO relationships VALUES (?, ?, ?, ?, ?)", (f"rel_{number}", record, claimant, relation, victim))
    link_persons(db, scorer="person_v2")
    return dict(db.rows("SELECT person_record_id, person_id FROM person_members"))


def test_a_victim_written_otherwise_gains_by_the_father_who_claims_for_him(db: Database, take_in: TakeIn) -> None:
    again = replace(SON, name="سلطان حسين الجبوري")
    intake = take_in([Filing(claimant=FATHER, victim=victim, harm="death") for victim in (SON, again)])
    found = _found(db, intake, "father")
    assert found[str(intake.victims[0])] == found[str(intake.victims[1])]
    assert db.rows("SELECT explanation FROM pair_scores WHERE explanation LIKE '%in the same relation to the same person%'")


def test_two_sons_of_one_father_stay_two(db: Database, take_in: TakeIn) -> None:
    brother = replace(SON, name="خالد حسين محمود الجبوري")
    intake = take_in([Filing(claimant=FATHER, victim=victim, harm="death") for victim in (SON, brother)])
    found = _found(db, intake, "father")
    assert found[str(intake.victims[0])] != found[str(intake.victims[1])]
