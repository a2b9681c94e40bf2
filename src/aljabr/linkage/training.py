"""Learns the parameters of a model from the records themselves, in a way that gives the same numbers every time.

Non-matching frequencies (u) come from pairs drawn with a fixed seed, matching ones (m) from expectation maximisation over a few
training blocks. Everything runs on one thread and every parameter is rounded before it is used, because sums of floats depend on
the order in which threads add. A comparison that learnt nonsense (agreement counting against a match) keeps its starting values.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aljabr.linkage.models import CERTAIN, TRAINING
from aljabr.linkage.scoring import Settings, silence_splink
from aljabr.relations import Database

SMALLEST_TRAINED = 200
_SAMPLED_PAIRS = 1e6
_TRAINING_PAIRS = 2e6
_FOUND_BY_CERTAIN_RULES = 0.7
_LEAST = 1e-9


def train(db: Database, settings: Settings, *, records: str, seed: int) -> Settings:
    """Return the settings with learnt, rounded parameters.

    Parameters
    ----------
    db : Database
        Holds ``records``.
    settings : dict
        Splink settings with starting parameters.
    records : str
        The table to learn from; with fewer than ``SMALLEST_TRAINED`` rows the starting parameters are kept.
    seed : int
        For the random pairs.

    Returns
    -------
    dict
        Settings with every m and u given, and the share of matching pairs.
    """
    count = int(db.value(f"SELECT count(*) FROM {records}"))
    if count < SMALLEST_TRAINED:
        return {**settings, "probability_two_random_records_match": round(0.2 / max(count - 1, 1), 9)}
    with _one_thread(db):
        learnt = _learn(db, settings, records=records, seed=seed)
    return _settled(settings, learnt, pairs=count * (count - 1) // 2)


def _learn(db: Database, settings: Settings, *, records: str, seed: int) -> dict[str, Any]:
    from splink import DuckDBAPI, Linker, block_on  # loaded here: the command line must start without it
    from splink.internals.exceptions import EMTrainingException

    silence_splink()
    columns = set(db.columns(records))
    api: Any = DuckDBAPI(connection=db.connection)
    linker = Linker(api.register(records), {**settings, "linker_uid": "aljabr"}, log_level=None, validate_settings=False)
    certain: list[Any] = [block_on(*rule) for rule in CERTAIN if columns >= set(rule)]
    if certain:
        linker.training.estimate_probability_two_random_records_match(certain, recall=_FOUND_BY_CERTAIN_RULES)
    linker.training.estimate_u_using_random_sampling(max_pairs=_SAMPLED_PAIRS + 1, seed=seed)
    for rule in (rule for rule in TRAINING if columns >= set(rule)):
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(
                block_on(*rule), estimate_without_term_frequencies=True, max_pairs=_TRAINING_PAIRS
            )
        except EMTrainingException:
            continue  # no pair agrees under this rule: the others teach what it would have
    learnt: dict[str, Any] = linker.misc.save_model_to_json()
    api.delete_tables_created_by_splink_from_db()
    return learnt


def _settled(start: Settings, learnt: Settings, *, pairs: int) -> Settings:
    """Round what was learnt, take true matches out of u, and fall back to the start where a level was never seen."""
    prior = min(max(round(float(learnt["probability_two_random_records_match"]), 9), 1 / pairs), 0.5)
    comparisons = []
    for first, second in zip(start["comparisons"], learnt["comparisons"], strict=True):
        levels = [
            _level(a, b, prior=prior, pairs=pairs)
            for a, b in zip(first["comparison_levels"], second["comparison_levels"], strict=True)
        ]
        comparisons.append({**first, "comparison_levels": levels if _sensible(levels) else first["comparison_levels"]})
    return {**start, "comparisons": comparisons, "probability_two_random_records_match": prior}


def _level(start: dict[str, Any], learnt: dict[str, Any], *, prior: float, pairs: int) -> dict[str, Any]:
    if start.get("is_null_level"):
        return start
    m = float(learnt.get("m_probability", start["m_probability"]))
    u = float(learnt.get("u_probability", start["u_probability"]))
    unmatched = max((u - prior * m) / (1 - prior), 0.5 / pairs, _LEAST)
    return {**start, "m_probability": max(round(m, 6), 1e-4), "u_probability": float(f"{unmatched:.6g}")}


def _sensible(levels: list[dict[str, Any]]) -> bool:
    told = [level for level in levels if not level.get("is_null_level")]
    return bool(told[0]["m_probability"] > told[0]["u_probability"] and told[-1]["m_probability"] < told[-1]["u_probability"])


@contextmanager
def _one_thread(db: Database) -> Iterator[None]:
    threads = int(db.value("SELECT current_setting('threads')"))
    db.execute("SET threads = 1")
    try:
        yield
    finally:
        db.execute(f"SET threads = {threads}")
