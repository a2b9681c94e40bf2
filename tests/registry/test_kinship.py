"""Recusals the registry finds itself: certain by document number, a question by names; respondents never sit."""

from __future__ import annotations

import pytest

from aljabr.registry.bodies.kinship import names_agree, note_conflicts
from aljabr.registry.bodies.models import Interest, KinshipDoubt, Recusal
from aljabr.registry.decisions.actions import cast_vote, open_motion
from aljabr.registry.decisions.sittings import declare_interest, settle_doubt
from aljabr.registry.events.models import Event
from aljabr.registry.procedure.actions import draw_reviewer
from aljabr.registry.procedure.filing import StatedPerson
from aljabr.registry.viewers import Conflict, NotAllowed
from tests.registry.commission import SUB, house_claim
from tests.registry.test_walk import ask_and_answer, review

CLAIMANT = StatedPerson(full_name="أحمد محمود سالم الجبوري", role="claimant", relation="self", id_number="199012345678")
BROTHER, STRANGER = "خالد محمود سالم الجبوري", "سمير يونس داود الحمداني"
MEMBER = f"{SUB}_1"


@pytest.fixture
def people(commission, monkeypatch):
    monkeypatch.setattr("aljabr.registry.procedure.actions.first_checkpoint", lambda after: ("ab" * 32, 7))
    return commission


def motion_on(people, *persons):
    item = house_claim(people.viewer("intake"), people=(CLAIMANT, *persons)).items.get()
    ask_and_answer(people, item, "form_issued", "answered")
    review(people, item, outcome="granted", amount_minor=1_000, ground="x")
    return open_motion(people.viewer("secretary"), item, outcome="granted", amount_minor=1_000, ground="x")


def vote(people, motion, name=MEMBER):
    return cast_vote(people.viewer(name), motion, seat=people.seat(name), choice="for")


def test_a_member_whose_kin_has_the_claimants_document_is_recused_at_once(people):
    declare_interest(people.viewer(MEMBER), relation="in_law", full_name=STRANGER, id_number="1990 1234 5678")
    motion = motion_on(people)
    assert Recusal.objects.get(claim_id=motion.claim_id).automatic
    with pytest.raises(Conflict, match="recused"):
        vote(people, motion)
    assert vote(people, motion, f"{SUB}_2")


def test_the_database_refuses_the_vote_even_when_nobody_looked(people):
    motion = motion_on(people)
    declare_interest(people.viewer(MEMBER), relation="spouse", full_name=STRANGER, id_number="199012345678")
    with pytest.raises(Conflict, match="party of this claim or kin"):
        vote(people, motion)


def test_agreeing_names_are_a_question_for_the_secretary_and_not_an_answer(people):
    declare_interest(people.viewer(MEMBER), relation="self", full_name=BROTHER)
    motion = motion_on(people)
    doubt = KinshipDoubt.objects.get(claim_id=motion.claim_id)
    assert not Recusal.objects.filter(claim_id=motion.claim_id).exists()
    with pytest.raises(Conflict, match="name agrees"):
        vote(people, motion)
    with pytest.raises(NotAllowed):
        settle_doubt(people.viewer(f"{SUB}_2"), doubt, kin=False, because="I know him.")
    settle_doubt(people.viewer("secretary"), doubt, kin=False, because="Both civil records were seen: no kin.")
    assert vote(people, motion)
    assert Event.objects.filter(name="doubt.settled", claim_id=motion.claim_id).count() == 1
    with pytest.raises(Conflict, match="settled already"):
        settle_doubt(people.viewer("secretary"), doubt, kin=True, because="x")


def test_a_confirmed_doubt_is_a_recusal(people):
    declare_interest(people.viewer(MEMBER), relation="self", full_name=BROTHER)
    motion = motion_on(people)
    settle_doubt(people.viewer("secretary"), KinshipDoubt.objects.get(), kin=True, because="He is the brother.")
    with pytest.raises(Conflict, match="recused"):
        vote(people, motion)


def test_a_respondent_never_sits(people):
    declare_interest(people.viewer(MEMBER), relation="self", full_name=STRANGER)
    motion = motion_on(people, StatedPerson(full_name="Samir Younis Dawood al-Hamdani", role="respondent"))
    assert Recusal.objects.get(claim_id=motion.claim_id).reason.startswith("respondent")


def test_a_member_without_kin_in_the_claim_votes(people):
    declare_interest(people.viewer(MEMBER), relation="self", full_name=STRANGER, id_number="198011112222")
    motion = motion_on(people)
    assert vote(people, motion)
    assert (Recusal.objects.count(), KinshipDoubt.objects.count()) == (0, 0)


@pytest.mark.parametrize(("strictness", "expected"), [("whole_name", 0), ("father_and_family", 1), ("family", 1)])
def test_how_far_names_must_agree_is_a_setting(people, settings_of, strictness, expected):
    settings_of(RECUSAL_NAMES=strictness)
    declare_interest(people.viewer(MEMBER), relation="self", full_name=BROTHER)
    claim = house_claim(people.viewer("intake"), people=(CLAIMANT,))
    assert len(note_conflicts(claim.pk)[1]) == expected


@pytest.fixture
def settings_of():
    from django.test import override_settings

    stack = []

    def change(**values):
        stack.append(override_settings(**values))
        stack[-1].enable()

    yield change
    for one in stack:
        one.disable()


def test_the_lot_passes_over_a_reviewer_who_may_be_kin(people):
    declare_interest(people.viewer("reviewer_1"), relation="self", full_name=BROTHER)
    item = house_claim(people.viewer("intake"), people=(CLAIMANT,)).items.get()
    ask_and_answer(people, item, "form_issued", "answered")
    assert draw_reviewer(people.viewer("secretary"), item).eligible == [people.users["reviewer_2"].pk]


def test_only_members_and_reviewers_declare_interests(people):
    with pytest.raises(NotAllowed):
        declare_interest(people.viewer("auditor"), relation="self", full_name=STRANGER)
    assert not Interest.objects.exists()


def test_a_missing_part_never_agrees():
    assert not names_agree("أحمد", "أحمد", strictness="father_and_family")
    assert not names_agree("أحمد محمود", "خالد محمود", strictness="father_and_family")
