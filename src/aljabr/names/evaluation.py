"""How well the keys do on published spelling variants, what they cost, and how other ways do at the same cost.

Reads ``token_spelling_variants.csv`` and ``token_romanisations.csv`` in one folder (either may be missing),
``token_counts.csv`` in the folder ``iraq-name-tokens`` beside it (or in it) for the reduction ratio, and ``ar2en-
eval.txt`` in ``arabic-names-translit-google`` beside it (or in it): names of the whole world in Arabic and Latin letters,
held against no bar. Span pairs of which one side is empty are not spellings of one span: they are counted and left out.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from aljabr.errors import SourceBroken
from aljabr.names.closeness import NEAR, spelling_cost
from aljabr.names.meeting import meeting_keys
from aljabr.names.rivals import (
    WAYS,
    Keys,
    Weighed,
    false_meets,
    in_ascii,
    joined,
    kept_apart,
    kept_apart_across,
    meeting_by,
    rigour_keys,
    share_met,
    similar_from,
    threshold_keeping_apart,
)

BARS = {"key_meets": 0.99, "romanisations_meet": 0.95, "reduction_ratio": 0.995}
_SPANS, _ROMANISED, _FOREIGN = "token_spelling_variants.csv", "token_romanisations.csv", "ar2en-eval.txt"


@dataclass(frozen=True, kw_only=True)
class WayFigures:
    """What one way of bringing spellings together reaches, every figure a share between 0 and 1 and None where not measured.

    Parameters
    ----------
    spans, distinct_spans : float
        Share of span pairs that meet, weighted by how often seen, and each counted once.
    romanisations, distinct_romanisations, foreign : float
        The same of romanised tokens; and of the names of the whole world.
    reduction_ratio, reduction_ratio_across : float
        Share of pairs of distinct Iraqi tokens, and of an Arabic token with a Latin one, that do not meet.
    false_meets : float
        Chance that two people of different names meet.
    thresholds : tuple of float
        Of a similarity: within Arabic letters, and across scripts.
    """

    spans: float
    distinct_spans: float
    romanisations: float
    distinct_romanisations: float
    foreign: float | None = None
    reduction_ratio: float | None = None
    reduction_ratio_across: float | None = None
    false_meets: float | None = None
    thresholds: tuple[float, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """What the keys reach on a folder of variants; every share lies between 0 and 1.

    Parameters
    ----------
    spans, span_pairs_seen, spans_left_out : int
        Distinct span pairs, how often they were seen, and how many had an empty side.
    folding_meets, folding_without_alef_meets, key_meets : float
        Share of the pairs seen that meet by folding alone, by mended folding without alef, and by the meeting keys.
    romanisations : int
        Distinct (Arabic token, Latin spelling, system).
    romanisations_meet, distinct_romanisations_meet : float
        Share of romanisations whose keys meet, weighted by how often seen, and each counted once.
    variants_near : float
        Share of the pairs seen, of both kinds, that also have a spelling cost of a variant at most.
    tokens : int
        Distinct tokens of the reduction ratio.
    reduction_ratio : float
        1 - pairs of distinct tokens that share a key / all pairs of distinct tokens.
    false_meets, false_meets_near : float
        Chance that two people of different names share a key; and that they are also near in spelling. None without a list
        of how often tokens are borne: the variants are spellings of the same names.
    ways : dict of str to WayFigures
        The same for every way compared.
    not_compared : tuple of str
        Ways that are not installed.
    bars_met : bool
        Whether every bar in ``bars`` whose file is there is reached.
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
    variants_near: float
    tokens: int
    reduction_ratio: float
    false_meets: float | None
    false_meets_near: float | None
    foreign_names: int
    ways: dict[str, WayFigures] = field(default_factory=dict)
    not_compared: tuple[str, ...] = ()
    bars_met: bool
    bars: dict[str, float]

    def to_dict(self) -> dict[str, object]:
        """Return the figures as plain values, for JSON."""
        return asdict(self)

    def lines(self) -> list[str]:
        """Return the figures as lines for a person to read."""
        head = f"{'':<24}{'spans':>9}{'romanised':>11}{'distinct':>10}{'world':>8}{'apart':>9}{'across':>9}{'false':>9}"
        return [
            f"Spelling variants: {self.span_pairs_seen} pairs seen, {self.spans_left_out} with an empty side left out. "
            f"Romanisations: {self.romanisations} distinct. Names of the whole world: {self.foreign_names}.",
            f"Bars: spans {self.bars['key_meets']:.0%}, romanised {self.bars['romanisations_meet']:.0%}, tokens apart "
            f"{self.bars['reduction_ratio']:.1%} ({self.tokens} distinct).",
            head,
            *(_line(name, figures) for name, figures in self.ways.items()),
            *(f"{name} is not installed: not compared." for name in self.not_compared),
            f"Of the pairs seen, {self.variants_near:.2%} meet and are near in spelling"
            + ("." if self.false_meets_near is None else f"; of people of different names, {self.false_meets_near:.3%} do."),
            "spans, romanised: share of the pairs seen that meet; distinct: each romanisation counted once; apart: pairs of "
            "distinct "
            "tokens that do not meet; across: the same of an Arabic with a Latin token; false: two people of different names "
            "that meet.",
            "All bars are met." if self.bars_met else "A bar is missed.",
        ]


def _line(name: str, figures: WayFigures) -> str:
    shares = (figures.spans, figures.romanisations, figures.distinct_romanisations, figures.foreign)
    costs = (figures.reduction_ratio, figures.reduction_ratio_across, figures.false_meets)
    shown = [
        f"{share:>{width}.2%}" if share is not None else f"{'':>{width}}"
        for share, width in zip(shares, (9, 11, 10, 8), strict=True)
    ]
    return f"{name:<24}" + "".join(shown + [f"{cost:>9.4%}"[:9] if cost is not None else f"{'':>9}" for cost in costs])


@dataclass(frozen=True, kw_only=True)
class _Variants:
    """What was read: pairs with how often they were seen, and how often each Iraqi token is borne."""

    spans: Weighed
    left_out: int
    romanised: Weighed
    foreign: Weighed
    counts: dict[str, int]
    counted: bool


def evaluate(folder: Path) -> Evaluation:
    """Measure the keys on published spelling variants, beside other ways.

    Parameters
    ----------
    folder : Path
        Holds ``token_spelling_variants.csv`` (span_a, span_b, pairs_seen) or ``token_romanisations.csv`` (token_ar, romanised,
        seen), or both, or ``ar2en-eval.txt`` alone.

    Returns
    -------
    Evaluation
        The figures, and whether the bars are met.

    Raises
    ------
    SourceBroken
        When there is none of the files, or one is not CSV in UTF-8 or lacks a column.
    """
    variants = _read(folder)
    ways = {name: _figures(variants, keys) for name, keys in WAYS.items()}
    others = rigour_keys()
    if others is not None:
        ways["rigour"] = _figures(variants, others)
    ours = ways["meeting keys"]
    ways["RapidFuzz, same cost"] = _similarity(variants, ours)
    reached = {
        "key_meets": ours.spans if variants.spans else 1.0,
        "romanisations_meet": ours.romanisations if variants.romanised else 1.0,
        "reduction_ratio": ours.reduction_ratio or 0.0,
    }
    pairs = [*variants.spans, *variants.romanised]
    return Evaluation(
        spans=len(variants.spans),
        span_pairs_seen=sum(seen for _, _, seen in variants.spans),
        spans_left_out=variants.left_out,
        folding_meets=ways["plain folding"].spans,
        folding_without_alef_meets=ways["folding without alef"].spans,
        key_meets=ours.spans,
        romanisations=len(variants.romanised),
        romanisations_meet=ours.romanisations,
        distinct_romanisations_meet=ours.distinct_romanisations,
        variants_near=share_met(pairs, _meets_and_is_near),
        tokens=len(variants.counts),
        reduction_ratio=ours.reduction_ratio or 0.0,
        false_meets=ours.false_meets,
        false_meets_near=false_meets(variants.counts, meeting_keys, also=_near) if variants.counted else None,
        foreign_names=len(variants.foreign),
        ways=ways,
        not_compared=() if others is not None else ("rigour",),
        bars_met=all(reached[name] >= bar for name, bar in BARS.items()),
        bars=dict(BARS),
    )


def reduction_ratio(tokens: Iterable[str]) -> float:
    """Return the share of pairs of distinct tokens that share no meeting key."""
    return kept_apart(tokens, meeting_keys)


def _near(left: str, right: str) -> bool:
    return spelling_cost(left, right.replace("-", " ")) <= NEAR


def _meets_and_is_near(left: str, right: str) -> bool:
    return _near(left, right) and meeting_by(meeting_keys)(left, right)


def _figures(variants: _Variants, keys: Keys) -> WayFigures:
    meets = meeting_by(keys)
    return WayFigures(
        spans=share_met(variants.spans, meets),
        distinct_spans=share_met(variants.spans, meets, distinct=True),
        romanisations=share_met(variants.romanised, meets),
        distinct_romanisations=share_met(variants.romanised, meets, distinct=True),
        foreign=share_met(variants.foreign, meets) if variants.foreign else None,
        reduction_ratio=kept_apart(variants.counts, keys),
        reduction_ratio_across=_across(variants, keys) if variants.romanised else None,
        false_meets=false_meets(variants.counts, keys) if variants.counted else None,
    )


def _across(variants: _Variants, keys: Keys) -> float:
    return kept_apart_across((ar for ar, _, _ in variants.romanised), (latin for _, latin, _ in variants.romanised), keys)


def _similarity(variants: _Variants, ours: WayFigures) -> WayFigures:
    """Return the figures of Jaro-Winkler at the thresholds that keep as many tokens apart as ours."""
    folded = [joined(token) for token in variants.counts]
    within = threshold_keeping_apart(folded, folded, ours.reduction_ratio or 0.0)
    arabic, latin = {in_ascii(ar) for ar, _, _ in variants.romanised}, {in_ascii(name) for _, name, _ in variants.romanised}
    across = threshold_keeping_apart(arabic, latin, ours.reduction_ratio_across or 0.0) if variants.romanised else within
    near, near_across = similar_from(within, joined), similar_from(across, in_ascii)
    return WayFigures(
        spans=share_met(variants.spans, near),
        distinct_spans=share_met(variants.spans, near, distinct=True),
        romanisations=share_met(variants.romanised, near_across),
        distinct_romanisations=share_met(variants.romanised, near_across, distinct=True),
        foreign=share_met(variants.foreign, near_across) if variants.foreign else None,
        reduction_ratio=ours.reduction_ratio,
        reduction_ratio_across=ours.reduction_ratio_across,
        thresholds=(within, across),
    )


def _read(folder: Path) -> _Variants:
    foreign = _foreign(folder)
    names = [name for name in (_SPANS, _ROMANISED) if (folder / name).exists()]
    if not names and not (folder / _FOREIGN).exists():
        names = [_SPANS]
    rows = _rows(folder / _SPANS, ["span_a", "span_b", "pairs_seen"]) if _SPANS in names else []
    kept = [row for row in rows if row["span_a"].strip() and row["span_b"].strip()]
    romanised = _rows(folder / _ROMANISED, ["token_ar", "romanised", "seen"]) if _ROMANISED in names else []
    spans = _weighed(folder / _SPANS, kept, ("span_a", "span_b", "pairs_seen"))
    latin = _weighed(folder / _ROMANISED, romanised, ("token_ar", "romanised", "seen"))
    counts = _counts(folder)
    return _Variants(
        spans=spans,
        left_out=len(rows) - len(kept),
        romanised=latin,
        foreign=foreign,
        counts=counts or _tokens([*spans, *latin, *foreign]),
        counted=bool(counts),
    )


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


def _weighed(path: Path, rows: list[dict[str, str]], columns: tuple[str, str, str]) -> Weighed:
    left, right, seen = columns
    try:
        return [(row[left], row[right], int(row[seen])) for row in rows]
    except ValueError as error:
        raise SourceBroken(f"{path}: {seen} is not a whole number: {error}.", "Take the published file.") from error


def _foreign(folder: Path) -> Weighed:
    for path in (folder / _FOREIGN, folder.parent / "arabic-names-translit-google" / _FOREIGN):
        if path.exists():
            lines = path.read_text(encoding="utf-8").splitlines()
            return [(arabic, latin, 1) for arabic, tab, latin in (line.partition("\t") for line in lines) if tab]
    return []


def _counts(folder: Path) -> dict[str, int]:
    """Return how often each Iraqi token is borne; empty without the list."""
    counts: Counter[str] = Counter()
    for path in (folder / "token_counts.csv", folder.parent / "iraq-name-tokens" / "token_counts.csv"):
        if path.exists():
            for row in _rows(path, ["token", "count"]):
                counts[row["token"]] += int(row["count"])
            break
    return dict(counts)


def _tokens(pairs: Weighed) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for left, right, seen in pairs:
        counts[left] += seen
        counts[right] += seen
    return dict(counts)
