"""Published scorers: every parameter of a score as data, frozen under a name.

A scorer is never edited once results were made with it; a better one stands beside it under the next name, so that an old score can
be computed again. The files lie in ``scorers/``; how their numbers came about stands in them.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from importlib import resources
from typing import Any

from pydantic import BaseModel, ConfigDict

from aljabr.errors import UsageError
from aljabr.linkage.scoring import Settings
from aljabr.linkage.telling import written

SHARED_U = 2.0**-24
_NEEDS = re.compile(r"(\w+)_l IS NULL OR \1_r IS NULL(?: OR |$)")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ScorerLevel(_Frozen):
    """One level of one comparison: when it holds and how many bits it adds to the evidence that two mentions are one person.

    A weight of 3 bits makes a match 8 times as likely as before, -3 bits an eighth. ``frequency_of`` names the column whose value's
    frequency is set against its typical one: sharing a value twice as rare adds one bit more.
    """

    label: str
    when: str
    weight: float
    frequency_of: str = ""


class ScorerComparison(_Frozen):
    """One thing compared; ``unknown`` says when it cannot be, which counts neither way."""

    name: str
    unknown: str
    levels: tuple[ScorerLevel, ...]

    @property
    def needs(self) -> str:
        """The column without which nothing can be compared; empty when ``unknown`` does not begin with one."""
        found = _NEEDS.match(self.unknown)
        return found[1] if found else ""


class Scorer(_Frozen):
    """One frozen scorer; ``estimated`` says how its numbers came about.

    ``matches_per_mention`` is how many pairs of mentions are of one person, per mention. ``typical_frequency`` is, per column, how
    often two different persons share a value: sharing a value commoner than that weighs less. Weights are in bits; a pair is kept
    for review from ``review_weight`` and linked from ``link_weight``. No pairs are made in blocks above ``block_bound``, unless
    one of the columns of ``splits`` parts them. ``features`` says how the records are read (1: ``mentions``, 2: ``features``, 3:
    with
    the names of every pair told by ``telling``).
    ``readings`` weighs that names were left out of a short name, where lists hold little else (see ``readings``);
    ``blocking_of_lists`` are more rules for such lists.
    ``company`` weighs who stands beside two mentions (see ``company``); pairs far below review are kept until it is weighed.
    """

    name: str
    title: str
    estimated: str
    matches_per_mention: float
    review_weight: float
    link_weight: float
    block_bound: int
    features: int = 1
    splits: tuple[str, ...] = ()
    company: dict[str, float] = {}
    readings: dict[str, float] = {}
    blocking_of_lists: dict[str, tuple[str, ...]] = {}
    typical_frequency: dict[str, float]
    blocking: dict[str, tuple[str, ...]]
    comparisons: tuple[ScorerComparison, ...]

    @property
    def kept_weight(self) -> float:
        """The weight from which a scored pair is kept: further evidence may still lift it to review."""
        return self.review_weight - max(self.company.values(), default=0.0)

    def prior(self, mentions: int) -> float:
        """Return the share of all pairs of mentions that are matches: other mentions of a person grow in number with the intake."""
        return min(self.matches_per_mention / max(mentions - 1, 1), self.matches_per_mention / 20)

    def compared(self, absent: Collection[str]) -> tuple[ScorerComparison, ...]:
        """Return the comparisons that can say anything when nobody has a value in these columns."""
        return tuple(comparison for comparison in self.comparisons if comparison.needs not in absent)

    def settings(self, mentions: int, *, absent: Collection[str] = ()) -> Settings:
        """Return the Splink settings of this scorer for so many mentions, of which none has a value in ``absent``."""
        return {
            "link_type": "dedupe_only",
            "unique_id_column_name": "n",
            "probability_two_random_records_match": self.prior(mentions),
            "retain_matching_columns": True,
            "retain_intermediate_calculation_columns": True,
            "comparisons": [_comparison(comparison, shared_u=self.features > 1) for comparison in self.compared(absent)],
            "blocking_rules_to_generate_predictions": [],
        }

    def base_frequency(self, column: str) -> float:
        """Return u of the level "both sides have the same value of the column", against which Splink holds its frequencies."""
        if self.features > 1:
            return SHARED_U
        agreement = f"{column}_l = {column}_r"
        levels = [level for comparison in self.comparisons for level in comparison.levels]
        return next(_odds(level.weight)[1] for level in levels if level.when == agreement)


def scorer_named(name: str) -> Scorer:
    """Return the scorer of that name.

    Raises
    ------
    UsageError
        When there is none.
    """
    file = resources.files("aljabr.linkage") / "scorers" / f"{name}.json"
    if not file.is_file():
        raise UsageError(f"There is no scorer {name!r}.", "Use person_v3.")
    return _read(name)


@cache
def _read(name: str) -> Scorer:
    return Scorer.model_validate_json((resources.files("aljabr.linkage") / "scorers" / f"{name}.json").read_text(encoding="utf-8"))


def _comparison(comparison: ScorerComparison, *, shared_u: bool) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {"sql_condition": written(comparison.unknown), "label_for_charts": "unknown", "is_null_level": True}
    ]
    for level in comparison.levels:
        adjusted: dict[str, Any] = {"tf_adjustment_column": level.frequency_of, "tf_adjustment_weight": 1.0}
        if shared_u:
            adjusted["disable_tf_exact_match_detection"] = True
        levels.append(
            {
                "sql_condition": written(level.when),
                "label_for_charts": level.label,
                "m_probability": _odds(level.weight, shared_u=shared_u)[0],
                "u_probability": _odds(level.weight, shared_u=shared_u)[1],
                **(adjusted if level.frequency_of else {}),
            }
        )
    return {"output_column_name": comparison.name, "comparison_levels": levels}


def _odds(weight: float, *, shared_u: bool = False) -> tuple[float, float]:
    """Return m and u whose ratio is the weight in bits; Splink knows nothing but their ratio.

    With ``shared_u`` every level has the same u, so that one table of frequencies serves all levels of a comparison.
    """
    if shared_u:
        return SHARED_U * 2.0**weight, SHARED_U
    return (1.0, 2.0**-weight) if weight > 0 else (2.0**weight, 1.0)
