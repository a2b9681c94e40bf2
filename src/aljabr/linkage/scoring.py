"""How alike two records are: runs Splink with given, fixed parameters over given pairs, and explains every score.

No parameter is estimated here: a score depends on the pair, the scorer and the term frequencies handed over, never on how
many threads computed it. Weights are rounded to six decimals before anything is decided on them.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from sqlglot import exp

from aljabr.relations import Database

Settings = dict[str, Any]

SCORED = "linkage_scored"
_COMPARED = "linkage_compared"


def score_pairs(
    db: Database,
    settings: Settings,
    *,
    records: str,
    frequencies: Mapping[str, str],
    threshold_weight: float,
    pairs: str = "linkage_pairs",
    scored: str = SCORED,
) -> None:
    """Fill the temporary table ``scored`` (n_l, n_r, match_weight, probability, explanation) from ``pairs``.

    Parameters
    ----------
    db : Database
        Holds ``records`` (one row per ``n``) and ``pairs``.
    settings : dict
        Splink settings with every m and u given; see ``scorers``.
    records : str
        The table whose columns the comparisons read.
    frequencies : mapping of column to table
        Term frequencies: a table with the column and ``tf_COLUMN`` for every column the settings adjust.
    threshold_weight : float
        Pairs below this match weight are dropped.
    pairs, scored : str
        The table of pairs to score (join_key_l, join_key_r, match_key) and the table to make.
    """
    from splink import DuckDBAPI, Linker  # loaded here: the command line must start without it

    silence_splink()
    api: Any = DuckDBAPI(connection=db.connection)
    linker = Linker(api.register(records), {**settings, "linker_uid": "aljabr"}, log_level=None, validate_settings=False)
    for column, table in frequencies.items():
        linker.table_management.register_term_frequency_lookup(api.register(table), column)
    linker.table_management.register_blocked_pairs_for_predict(api.register(pairs))
    predicted = linker.inference.predict(threshold_match_weight=threshold_weight, warning_mode="never")
    db.execute(f"CREATE OR REPLACE TEMP VIEW {_COMPARED} AS SELECT * FROM {predicted.physical_name}")
    db.execute(_explained(settings, scored).sql(dialect="duckdb"))
    db.execute(f"DROP VIEW {_COMPARED}")
    api.delete_tables_created_by_splink_from_db()


def silence_splink() -> None:
    """Keep Splink's progress messages and advice off the terminal; its errors still rise as exceptions."""
    logging.getLogger("splink").setLevel(logging.CRITICAL)


def _explained(settings: Settings, scored: str) -> exp.Create:
    parts = exp.Array(expressions=[_part(comparison) for comparison in settings["comparisons"]])
    told = f"list_filter({parts.sql(dialect='duckdb')}, part -> part.level IS NOT NULL)"
    explanation: exp.Expr = exp.maybe_parse(f"CAST(to_json({told}) AS VARCHAR)", dialect="duckdb")
    select = exp.select(
        exp.column("n_l"),
        exp.column("n_r"),
        exp.func("round", exp.column("match_weight"), exp.Literal.number(6)).as_("match_weight"),
        exp.func("round", exp.column("match_probability"), exp.Literal.number(6)).as_("probability"),
        explanation.as_("explanation"),
    ).from_(_COMPARED)
    return exp.Create(this=exp.to_table(scored), kind="TABLE", replace=True, expression=select, properties=_temporary())


def _temporary() -> exp.Properties:
    return exp.Properties(expressions=[exp.TemporaryProperty()])


def _part(comparison: Mapping[str, Any]) -> exp.Expr:
    """Return a struct of comparison, level label (null when a side is unknown) and weight in bits."""
    name = str(comparison["output_column_name"])
    levels = comparison["comparison_levels"]
    told = [level for level in levels if not level.get("is_null_level")]
    gamma = exp.column(f"gamma_{name}")
    label = exp.Case()
    for value, level in zip(range(len(told) - 1, -1, -1), told, strict=True):
        label = label.when(gamma.copy().eq(exp.Literal.number(value)), exp.Literal.string(str(level["label_for_charts"])))
    weight: exp.Expr = exp.column(f"mw_{name}")
    if any(level.get("tf_adjustment_column") for level in told):
        weight = weight + exp.column(f"mw_tf_adj_{name}")
    weight = exp.func("round", weight, exp.Literal.number(3))
    return exp.func(
        "struct_pack",
        exp.PropertyEQ(this=exp.to_identifier("comparison"), expression=exp.Literal.string(name)),
        exp.PropertyEQ(this=exp.to_identifier("level"), expression=label),
        exp.PropertyEQ(this=exp.to_identifier("weight"), expression=weight),
    )
