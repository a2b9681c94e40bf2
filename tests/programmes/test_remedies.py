"""A check finds ceilings, remedies and gaps that name what there is not, and mappings that would infer a protected attribute."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from aljabr.programmes import check, describe, load_programme, shipped_programmes

HEAD, MAPPING = "programme.yaml", "intake/questionnaire.yaml"


def errors(folder: Path) -> str:
    return "\n".join(
        f"{found.where}: {found.what} {found.way_out}" for found in check(load_programme(folder)) if found.severity == "error"
    )


def edited(tmp_path: Path, name: str, file: str, old: str, new: str) -> Path:
    folder = tmp_path / name
    shutil.copytree(shipped_programmes()[name], folder)
    before = (folder / file).read_text(encoding="utf-8")
    assert old in before
    (folder / file).write_text(before.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "file", "old", "new", "says"),
    [
        ("UN-UNCC", HEAD, "harms: [b_death]", "harms: [b_deaths]", "It caps 'b_deaths', which is no harm"),
        ("UN-UNCC", HEAD, "amount: b_family_ceiling_minor", "amount: family_minor", "There is no amount 'family_minor'"),
        ("UN-UNCC", "amounts/category_c.yaml", "decided_on", "filed_on", "selected by filed_on"),
        (
            "UN-UNCC",
            HEAD,
            'reference: {instrument: Decision 8, article: "overall ceiling"',
            'reference: {instrument: Decision 9, article: "overall ceiling"',
            "'Decision 9' is not declared",
        ),
        (
            "IQ-SURVIVORS",
            HEAD,
            "grounds: [woman_survivor, child_survivor",
            "grounds: [woman_survivors, child_survivor",
            "No table gives the ground 'woman_survivors'",
        ),
        (
            "IQ-SURVIVORS",
            HEAD,
            "    kind: in_kind\n",
            "    kind: in_kind\n    amount: monthly_salary_minor\n",
            "Only a monthly remedy has one",
        ),
        ("IQ-SURVIVORS", HEAD, "assess, remedy, award", "assess, award", "no stage gives them"),
        ("IQ-SURVIVORS", HEAD, ', kmr: "vegera xwendinê bê şertê temen û noteyan"', "", "not in every language"),
        (
            "IQ-SURVIVORS",
            MAPPING,
            "codes:\n",
            "constants: {facts.stated_community: yazidi}\ncodes:\n",
            "A constant states facts.stated_community for everybody",
        ),
        (
            "IQ-SURVIVORS",
            MAPPING,
            "as: code, codes: community}",
            "as: name, codes: community}",
            "nobody's community follows from it",
        ),
        (
            "IQ-SURVIVORS",
            HEAD,
            "    protected: true\n    legal_basis:",
            "    protected: true\n    kept_for: x\n    legal_basis:",
            "",
        ),
    ],
    ids=["harm", "amount", "selected", "instrument", "ground", "in-kind", "stage", "language", "constant", "name", "sound"],
)
def test_what_makes_no_sense_is_found(tmp_path: Path, name: str, file: str, old: str, new: str, says: str) -> None:
    found = errors(edited(tmp_path, name, file, old, new))
    assert says in found if says else not found


def test_gaps_and_the_refusal_of_real_claims_are_shown_to_whoever_asks() -> None:
    law = load_programme("IQ-SURVIVORS")
    page = describe(law)
    assert page["takes invented claims only"] == "yes"
    assert list(page["gaps between law and life"]) == [gap.key for gap in law.gaps]
    notes = [found.where for found in check(law) if found.severity == "note"]
    assert "programme.yaml, gap investigation_papers" in notes and "programme.yaml, synthetic_only" in notes


def test_what_a_remedy_or_a_ceiling_rests_on_is_open_until_somebody_saw_it() -> None:
    opened = [found.where for found in check(load_programme("UN-UNCC")) if found.severity == "open"]
    assert "programme.yaml, ceiling b_family" in opened and "programme.yaml, ceiling c_claimant" not in opened
