"""Recall by group, and when a gap is said aloud."""

from __future__ import annotations

from aljabr.linkage.groups import group_recall, loud_gaps, naming_tradition, script_of


def _records(found_latin: int) -> tuple[dict[str, str], dict[str, str], dict[str, dict[str, str]]]:
    """Return 50 persons in Arabic letters, all found, and 50 in Latin letters, of whom so many are found."""
    predicted, true, traits = {}, {}, {}
    for person in range(100):
        for side in ("a", "b"):
            record, latin = f"{side}{person}", person >= 50
            true[record] = str(person)
            predicted[record] = str(person) if not latin or person - 50 < found_latin else record
            traits[record] = {"script": "Latin letters" if latin else "Arabic letters"}
    return predicted, true, traits


def test_recall_is_told_for_every_group() -> None:
    arabic, latin = group_recall(*_records(40))
    assert (arabic.group, arabic.pairs, arabic.recall) == ("Arabic letters", 50, 1.0)
    assert (latin.group, latin.pairs, latin.recall) == ("Latin letters", 50, 0.8)


def test_a_gap_above_three_points_is_loud_and_a_smaller_one_is_not() -> None:
    (warning,) = loud_gaps(group_recall(*_records(48)))
    assert "96.0% of the matches of Latin letters are found and 100.0% of Arabic letters" in warning
    assert loud_gaps(group_recall(*_records(49))) == ()


def test_groups_are_what_a_name_shows() -> None:
    assert script_of("ܡܪܝܡ") == "Syriac letters"
    assert naming_tradition("علي") == "one name"
