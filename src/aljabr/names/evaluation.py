"""How well the keys do on published spelling variants, and what they cost: a figure for each claim the room makes.

Reads ``token_spelling_variants.csv`` and ``token_romanisations.csv`` in one folder, and ``token_counts.csv`` in the folder
``iraq-name-tokens`` beside it (or in it) for the reduction ratio. Span pairs of which one side is empty are not
spellings of one span: they are counted and left out.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from aljabr.errors import SourceBroken
from aljabr.names.folding import fold, repair
from aljabr.names.parts import key

BARS = {"key_meets": 0.99, "romanisations_meet": 0.95, "reduction_ratio": 0.995}


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """What the keys reach on a folder of variants; every share lies between 0 and 1.

    Parameters
    ----------
    spans, span_pairs_seen, spans_left_out : int
        Distinct span pairs, how often they were seen, and how many had an empty side.
    folding_meets, folding_without_alef_meets, key_meets : float
        Share of the pairs seen that meet by folding alone, by mended folding without alef, and by the key.
    romanisations : int
        Distinct (Arabic token, Latin spelling, system).
    romanisations_meet, distinct_romanisations_meet : float
        Share of romanisations whose keys meet, weighted by how often seen, and each counted once.
    tokens : int
        Distinct tokens of the reduction ratio.
    reduction_ratio : float
        1 - pairs of distinct tokens that share a key / all pairs of distinct tokens.
    bars_met : bool
        Whether every bar in ``bars`` is reached.
    bars : dict of str to float
        The least value of each figure.
    """

    spans: int
    span_pairs_seen: int
    spans_left_out: int
    folding_meets: float
    folding_without_alef_meets: float
    key_meets: float
    romanisations: int
    romanisations_meet: float
    distinct_romanisations_meet: float
    tokens: int
    reduction_ratio: float
    bars_met: bool
    bars: dict[str, float]

    def to_dict(self) -> dict[str, object]:
        """Return the figures as plain values, for JSON."""
        return asdict(self)

    def lines(self) -> list[str]:
        """Return the figures as lines for a person to read."""
        return [
            f"Spelling variants that meet ({self.span_pairs_seen} pairs seen, {self.spans_left_out} with an empty side left out):",
            f"  by plain folding          {self.folding_meets:.1%}",
            f"  by folding without alef   {self.folding_without_alef_meets:.1%}",
            f"  by the key                {self.key_meets:.2%}  (bar {self.bars['key_meets']:.0%})",
            f"Romanisations that meet ({self.romanisations} distinct): {self.romanisations_meet:.2%} of those seen "
            f"(bar {self.bars['romanisations_meet']:.0%}), {self.distinct_romanisations_meet:.2%} of the distinct",
            f"Reduction ratio over {self.tokens} distinct tokens: {self.reduction_ratio:.4f} (bar {self.bars['reduction_ratio']})",
            "All bars are met." if self.bars_met else "A bar is missed.",
        ]


def _rows(path: Path, columns: Iterable[str]) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            missing = set(columns) - set(reader.fieldnames or ())
            if missing:
                raise SourceBroken(f"{path} lacks the columns {', '.join(sorted(missing))}.", "Take the published file.")
            return list(reader)
    except (OSError, UnicodeDecodeError) as error:
        raise SourceBroken(f"{path} cannot be read: {error}.", "Give the folder that holds the variants.") from error


def _counts(path: Path, column: str, rows: list[dict[str, str]]) -> list[int]:
    try:
        return [int(row[column]) for row in rows]
    except ValueError as error:
        raise SourceBroken(f"{path}: {column} is not a whole number: {error}.", "Take the published file.") from error


def _share(pairs: list[tuple[str, str]], weights: list[int], reduce: Callable[[str], str]) -> float:
    total = sum(weights)
    met = sum(weight for (left, right), weight in zip(pairs, weights, strict=True) if reduce(left) == reduce(right))
    return round(met / total, 6) if total else 0.0


def _joined(text: str) -> str:
    return fold(text).replace(" ", "")


def _without_alef(text: str) -> str:
    return _joined(repair(text)).replace("ا", "")


def reduction_ratio(tokens: Iterable[str]) -> float:
    """Return the share of pairs of distinct tokens that do not share a key."""
    distinct = set(tokens)
    pairs = len(distinct) * (len(distinct) - 1) // 2
    shared = sum(size * (size - 1) // 2 for size in Counter(map(key, distinct)).values())
    return round(1 - shared / pairs, 6) if pairs else 1.0


def _tokens(folder: Path, otherwise: list[tuple[str, str]]) -> set[str]:
    for path in (folder / "token_counts.csv", folder.parent / "iraq-name-tokens" / "token_counts.csv"):
        if path.exists():
            return {row["token"] for row in _rows(path, ["token"])}
    return {text for pair in otherwise for text in pair}


def evaluate(folder: Path) -> Evaluation:
    """Measure the keys on published spelling variants.

    Parameters
    ----------
    folder : Path
        Holds ``token_spelling_variants.csv`` (span_a, span_b, pairs_seen) and ``token_romanisations.csv`` (token_ar,
        romanised, seen).

    Returns
    -------
    Evaluation
        The figures, and whether the bars are met.

    Raises
    ------
    SourceBroken
        When a file is missing, is not CSV in UTF-8 or lacks a column.
    """
    spelling, latin = folder / "token_spelling_variants.csv", folder / "token_romanisations.csv"
    rows = _rows(spelling, ["span_a", "span_b", "pairs_seen"])
    kept = [row for row in rows if row["span_a"].strip() and row["span_b"].strip()]
    spans, seen = [(row["span_a"], row["span_b"]) for row in kept], _counts(spelling, "pairs_seen", kept)
    romanised_rows = _rows(latin, ["token_ar", "romanised", "seen"])
    romanised = [(row["token_ar"], row["romanised"]) for row in romanised_rows]
    tokens = _tokens(folder, [*spans, *romanised])
    reached = {
        "key_meets": _share(spans, seen, key),
        "romanisations_meet": _share(romanised, _counts(latin, "seen", romanised_rows), key),
        "reduction_ratio": reduction_ratio(tokens),
    }
    return Evaluation(
        spans=len(spans),
        span_pairs_seen=sum(seen),
        spans_left_out=len(rows) - len(kept),
        folding_meets=_share(spans, seen, _joined),
        folding_without_alef_meets=_share(spans, seen, _without_alef),
        key_meets=reached["key_meets"],
        romanisations=len(romanised),
        romanisations_meet=reached["romanisations_meet"],
        distinct_romanisations_meet=_share(romanised, [1] * len(romanised), key),
        tokens=len(tokens),
        reduction_ratio=reached["reduction_ratio"],
        bars_met=all(reached[name] >= bar for name, bar in BARS.items()),
        bars=dict(BARS),
    )
