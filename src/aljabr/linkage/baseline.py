"""Plain Splink on the same columns, as its own documentation sets it up: what the room has to be better than.

The columns keep their values (lower case, trimmed); comparisons are the library's own for each meaning, with term frequencies where
it offers them; a file of up to ``ALL_PAIRS_RECORDS`` is compared without blocking, so that blocking costs the baseline nothing; the
parameters are estimated by random sampling and expectation maximisation. The caller may choose its threshold in hindsight.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlglot import exp

from aljabr.linkage.recognition import ColumnReading
from aljabr.linkage.scoring import silence_splink
from aljabr.relations import Database

__all__ = ["plain_splink"]

ALL_PAIRS_RECORDS = 2000
_NAMES = ("given_name", "surname", "full_name", "father_name", "mother_name")
_EXACT = ("sex", "id_number", "phone", "postcode", "house_number", "region", "locality", "street", "address")
_TRAINING = (("given_name", "surname"), ("born",), ("full_name",), ("email",), ("id_number",), ("surname", "locality"))
_BLOCKING = (
    *(("given_name",), ("surname",), ("born",), ("email",), ("id_number",), ("phone",), ("full_name",), ("father_name", "region")),
    *(("mother_name", "born"), ("postcode",)),
)


def plain_splink(db: Database, source: str, table: str, readings: Sequence[ColumnReading]) -> list[tuple[str, str, float]]:
    """Return (record, record, match weight) of every pair plain Splink scores above -10 bits; records are row numbers as text.

    Parameters
    ----------
    db : Database
        Holds the table.
    source, table : str
        The source whose readings are used, and its table with ``row``.
    readings : sequence of ColumnReading
        What the columns mean.
    """
    from splink import DuckDBAPI, Linker, SettingsCreator  # loaded here: the command line must start without it

    silence_splink()
    columns = {r.meaning: r.column for r in readings if r.source == source and r.meaning in (*_NAMES, *_EXACT, "born", "email")}
    values = [exp.func("nullif", exp.func("trim", exp.func("lower", exp.column(column, quoted=True))), exp.Literal.string(""))
              .as_(meaning) for meaning, column in columns.items()]  # fmt: skip
    select = exp.select(exp.cast(exp.column("row"), "BIGINT").as_("unique_id"), *values).from_(
        exp.to_identifier(table, quoted=True)
    )
    db.execute(f"CREATE OR REPLACE TEMP TABLE plain_records AS {select.sql(dialect='duckdb')}")
    records = int(db.value("SELECT count(*) FROM plain_records"))
    rules: list[Any] = ["1=1"] if records <= ALL_PAIRS_RECORDS else _rules(_BLOCKING, columns)
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="unique_id",
        comparisons=_comparisons(columns, _date_format(db)),
        blocking_rules_to_generate_predictions=rules,
    )
    api: Any = DuckDBAPI(connection=db.connection)
    linker = Linker(api.register("plain_records"), settings, log_level=None)
    _train(linker, columns)
    scored = linker.inference.predict(threshold_match_weight=-10, warning_mode="never")
    rows = db.rows(f"SELECT unique_id_l, unique_id_r, match_weight FROM {scored.physical_name} ORDER BY 1, 2")
    api.delete_tables_created_by_splink_from_db()
    db.execute("DROP TABLE plain_records")
    return [(str(left), str(right), float(weight)) for left, right, weight in rows]


def _date_format(db: Database) -> str:
    """Return how nearly all births are written, where Splink's own comparison of dates can read it; empty where it cannot."""
    if "born" not in db.columns("plain_records"):
        return ""
    for form in ("%Y-%m-%d", "%Y%m%d"):
        if db.value(f"SELECT count(try_strptime(born, '{form}')) >= 0.9 * count(born) FROM plain_records"):
            return form
    return ""


def _comparisons(columns: dict[str, str], date_format: str) -> list[Any]:
    import splink.comparison_library as library

    told: list[Any] = [library.NameComparison(name) for name in _NAMES if name in columns]
    if date_format:
        told.append(library.DateOfBirthComparison("born", input_is_string=True, datetime_format=date_format))
    elif "born" in columns:
        told.append(library.DamerauLevenshteinAtThresholds("born", [1, 2]))
    if "email" in columns:
        told.append(library.EmailComparison("email"))
    return told + [library.ExactMatch(name).configure(term_frequency_adjustments=True) for name in _EXACT if name in columns]


def _rules(wanted: Sequence[tuple[str, ...]], columns: dict[str, str]) -> list[Any]:
    from splink import block_on

    return [block_on(*rule) for rule in wanted if set(rule) <= columns.keys()]


def _train(linker: Any, columns: dict[str, str]) -> None:
    from splink.internals.exceptions import EMTrainingException

    certain = _rules([("given_name", "born"), ("surname", "born"), ("email",), ("id_number",), ("full_name",)], columns)
    if certain:
        linker.training.estimate_probability_two_random_records_match(certain, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in _rules(_TRAINING, columns):
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(
                rule, estimate_without_term_frequencies=True, max_pairs=2e6
            )
        except EMTrainingException:
            continue  # no pair agrees under this rule
