"""What is planted, how much of it, and that the truth agrees with itself."""

from __future__ import annotations

from collections import Counter

from .conftest import CLAIMS, Written


def test_every_row_names_its_claimant_and_every_death_its_victim(usual: Written) -> None:
    persons = usual.truth("persons")
    claimants = [row for row in persons if row["role"] == "claimant"]
    assert len(claimants) == CLAIMS == len({(row["source"], row["row"]) for row in claimants})
    victims = [row for row in persons if row["role"] == "victim"]
    assert 0.1 * CLAIMS < len(victims) < 0.25 * CLAIMS  # death 12 %, missing 6 %


def test_a_clean_sample_has_nothing_planted(clean: Written) -> None:
    assert clean.truth("overlaps") == clean.truth("quarantine") == clean.truth("ghosts") == []
    assert set(clean.summary.planted.values()) == {0}


def test_about_six_claims_in_a_hundred_are_filed_a_second_time(usual: Written) -> None:
    kinds = Counter(row["kind"] for row in usual.truth("overlaps"))
    assert 0.045 < kinds["same_person"] / CLAIMS < 0.075
    assert kinds["two_heads"] > 0
    assert 0.008 < len(usual.truth("quarantine")) / CLAIMS < 0.025


def test_same_person_pairs_are_one_claimant_and_the_other_kinds_mostly_are_not(usual: Written) -> None:
    claimants = {(row["source"], row["row"]): row["person"] for row in usual.truth("persons") if row["role"] == "claimant"}
    for row in usual.truth("overlaps"):
        same = claimants[row["source"], row["row"]] == claimants[row["other_source"], row["other_row"]]
        assert same or row["kind"] != "same_person"
        assert not (same and row["kind"] == "relatives")


def test_relatives_share_their_victim(nasty: Written) -> None:
    victims = {(row["source"], row["row"]): row["person"] for row in nasty.truth("persons") if row["role"] == "victim"}
    pairs = [row for row in nasty.truth("overlaps") if row["kind"] == "relatives"]
    assert pairs
    assert all(victims[row["source"], row["row"]] == victims[row["other_source"], row["other_row"]] for row in pairs)


def test_the_nasty_level_plants_damage_of_the_file_itself(nasty: Written) -> None:
    reasons = {row["reason"] for row in nasty.truth("quarantine")}
    assert {"row.quote", "row.not_json", "value.missing", "date.unreadable"} <= reasons
    assert len(nasty.truth("quarantine")) > 0.02 * CLAIMS


def test_ghosts_stand_in_rings_of_strangers(nasty: Written) -> None:
    claimants = {(row["source"], row["row"]): row["person"] for row in nasty.truth("persons") if row["role"] == "claimant"}
    ghosts = nasty.truth("ghosts")
    assert ghosts
    assert len({claimants[row["source"], row["row"]] for row in ghosts}) == len(ghosts)
