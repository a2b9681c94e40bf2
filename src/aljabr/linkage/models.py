"""What is compared between two rows of arbitrary tables, by meaning, with the parameters a comparison starts from.

Starting values are used as they are where a table is too small to learn from. Weights say: how often matching (m) and
non-matching (u) rows stand in each level.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aljabr.linkage.meanings import TEXT

Level = tuple[str, str, float, float]

# Per meaning: (label, SQL condition, m, u), strongest first; the last level is "everything else".
_NAME = "jaro_winkler_similarity({0}_l, {0}_r)"
_CROSSED = "greatest(jaro_winkler_similarity(given_name_l, surname_r), jaro_winkler_similarity(surname_l, given_name_r))"
_DAYS = "abs(date_diff('day', CAST(try_strptime({0}_l, '%Y%m%d') AS DATE), CAST(try_strptime({0}_r, '%Y%m%d') AS DATE)))"
_EDIT = "damerau_levenshtein({0}_l, {0}_r)"
LEVELS: Mapping[str, tuple[Level, ...]] = {
    "given_name": (
        ("same", "{0}_l = {0}_r", 0.72, 0.008),
        ("given name and surname swapped", "given_name_l = surname_r and surname_l = given_name_r", 0.02, 0.00001),
        ("very alike", f"{_NAME} >= 0.92", 0.1, 0.002),
        ("alike", f"{_NAME} >= 0.8", 0.07, 0.01),
        ("given name and surname swapped, alike", f"{_CROSSED} >= 0.85", 0.01, 0.0001),
        ("different", "ELSE", 0.08, 0.97989),
    ),
    "surname": (
        ("same", "{0}_l = {0}_r", 0.75, 0.004),
        ("given name and surname swapped", "given_name_l = surname_r and surname_l = given_name_r", 0.02, 0.00001),
        ("very alike", f"{_NAME} >= 0.92", 0.1, 0.002),
        ("alike", f"{_NAME} >= 0.8", 0.06, 0.01),
        ("given name and surname swapped, alike", f"{_CROSSED} >= 0.85", 0.01, 0.0001),
        ("different", "ELSE", 0.06, 0.98389),
    ),
    "born": (
        ("same day", "{0}_l = {0}_r", 0.82, 0.0002),
        ("one slip", f"{_EDIT} <= 1", 0.09, 0.002),
        ("within a month", f"{_DAYS} <= 31", 0.015, 0.002),
        ("two slips", f"{_EDIT} <= 2", 0.03, 0.018),
        ("within a year", f"{_DAYS} <= 366", 0.015, 0.016),
        ("within ten years", f"{_DAYS} <= 3653", 0.01, 0.2),
        ("different", "ELSE", 0.02, 0.7618),
    ),
    "sex": (("same", "{0}_l = {0}_r", 0.97, 0.5), ("different", "ELSE", 0.03, 0.5)),
    "id_number": (
        ("same", "{0}_l = {0}_r", 0.86, 0.000005),
        ("one slip", f"{_EDIT} <= 1", 0.1, 0.00005),
        ("two slips", f"{_EDIT} <= 2", 0.02, 0.001),
        ("different", "ELSE", 0.02, 0.998945),
    ),
    "phone": (
        ("same", "{0}_l = {0}_r", 0.7, 0.0001),
        ("one slip", f"{_EDIT} <= 1", 0.1, 0.0005),
        ("different", "ELSE", 0.2, 0.9994),
    ),
    "email": (
        ("same", "{0}_l = {0}_r", 0.7, 0.0001),
        ("same name in front of @", "split_part({0}_l, '@', 1) = split_part({0}_r, '@', 1)", 0.05, 0.0002),
        ("very alike", f"{_NAME} >= 0.92", 0.1, 0.0007),
        ("alike", f"{_NAME} >= 0.85", 0.05, 0.003),
        ("different", "ELSE", 0.1, 0.996),
    ),
    "postcode": (
        ("same", "{0}_l = {0}_r", 0.8, 0.001),
        ("one slip", f"{_EDIT} <= 1", 0.12, 0.01),
        ("different", "ELSE", 0.08, 0.989),
    ),
    "house_number": (("same", "{0}_l = {0}_r", 0.8, 0.012), ("different", "ELSE", 0.2, 0.988)),
    "street": (
        ("same", "{0}_l = {0}_r", 0.7, 0.001),
        ("alike", f"{_NAME} >= 0.88", 0.17, 0.01),
        ("somewhat alike", f"{_NAME} >= 0.75", 0.03, 0.03),
        ("different", "ELSE", 0.1, 0.959),
    ),
    "middle_names": (
        ("same", "{0}_l = {0}_r", 0.7, 0.01),
        ("alike", f"{_NAME} >= 0.88", 0.2, 0.01),
        ("different", "ELSE", 0.1, 0.98),
    ),
    "region": (("same", "{0}_l = {0}_r", 0.9, 0.25), ("different", "ELSE", 0.1, 0.75)),
}
_LIKE_STREET = ("address", "locality")
# A column known by its values alone: where there is too little to learn from, it says little.
_TEXT_LEVELS: tuple[Level, ...] = (
    ("same", "{0}_l = {0}_r", 0.7, 0.05),
    ("alike", f"{_NAME} >= 0.88", 0.1, 0.02),
    ("different", "ELSE", 0.2, 0.93),
)
_WITH_FREQUENCY = ("given_name", "surname", "street", "address", "locality", "postcode", "region")

# Which columns together make two rows worth comparing, and which teach the model, most telling first.
BLOCKING: Mapping[str, tuple[str, ...]] = {
    "same id number": ("id_number",),
    "same e-mail": ("email",),
    "same phone": ("phone",),
    "same given name and surname": ("given_name", "surname"),
    "same given name and birth date": ("given_name", "born"),
    "same surname and birth date": ("surname", "born"),
    "same birth date and postcode": ("born", "postcode"),
    "same surname and postcode": ("surname", "postcode"),
    "same given name and postcode": ("given_name", "postcode"),
    "same house number and street": ("house_number", "street"),
    "same street and surname": ("street", "surname"),
    "same street and given name": ("street", "given_name"),
    "same birth date": ("born",),
    "same given name and locality": ("given_name", "locality"),
    "same surname and locality": ("surname", "locality"),
    "same given name and birth year": ("given_name", "born_year"),
    "same surname and birth year": ("surname", "born_year"),
    "names swapped": ("name_pair",),
    "names with the same consonants": ("given_name_key", "surname_key"),
    "given names with the same consonants and birth date": ("given_name_key", "born"),
    "same name beginnings and birth year": ("given_start", "surname_start", "born_year"),
}
TRAINING: tuple[tuple[str, ...], ...] = (
    ("born",),
    ("given_name", "surname"),
    ("id_number",),
    ("postcode", "house_number"),
    ("email",),
    ("phone",),
    ("surname", "locality"),
)
CERTAIN: tuple[tuple[str, ...], ...] = (
    ("id_number", "born"),
    ("id_number", "surname"),
    ("email", "surname"),
    ("given_name", "surname", "born"),
    ("given_name", "surname", "phone"),
    ("given_name", "surname", "street"),
)


def comparisons(columns: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return Splink comparisons for the meanings at hand, with starting parameters.

    Parameters
    ----------
    columns : tuple of str
        Meanings present in the records.

    Returns
    -------
    list of dict
        One comparison per compared meaning, in the order given.
    """
    return [_comparison(column, columns) for column in columns if _levels(column)]


def frequency_columns(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the meanings whose common values count for less than rare ones."""
    return tuple(column for column in columns if _weighed(column))


def compared(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the meanings that are compared."""
    return tuple(column for column in columns if _levels(column))


def blocking(columns: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the rules of blocking that these columns allow: a name and whatever else repeats make two rows worth comparing."""
    texts = [column for column in columns if column.startswith(TEXT)]
    further = {f"same {name} and {text}": (name, text) for text in texts for name in ("given_name", "surname")}
    return {name: rule for name, rule in {**BLOCKING, **further}.items() if set(columns) >= set(rule)}


def _weighed(column: str) -> bool:
    return column in _WITH_FREQUENCY or column.startswith(TEXT)


def _levels(column: str) -> tuple[Level, ...]:
    if column.startswith(TEXT):
        return _TEXT_LEVELS
    return LEVELS.get("street" if column in _LIKE_STREET else column, ())


def _comparison(column: str, columns: tuple[str, ...]) -> dict[str, Any]:
    both_names = {"given_name", "surname"} <= set(columns)
    levels: list[dict[str, Any]] = [
        {"sql_condition": f"{column}_l IS NULL OR {column}_r IS NULL", "label_for_charts": "unknown", "is_null_level": True}
    ]
    for label, condition, m, u in _levels(column):
        if "swapped" in label and not both_names:
            continue
        level: dict[str, Any] = {
            "sql_condition": condition.format(column),
            "label_for_charts": label,
            "m_probability": m,
            "u_probability": u,
        }
        if label == "same" and _weighed(column):
            level |= {"tf_adjustment_column": column, "tf_adjustment_weight": 1.0, "disable_tf_exact_match_detection": True}
        levels.append(level)
    return {"output_column_name": column, "comparison_levels": levels}
