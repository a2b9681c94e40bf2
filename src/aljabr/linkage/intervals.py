"""How sure the measures of a grouping are: intervals by drawing whole true clusters again, and the choice of a threshold by folds.

Clusters, not records or pairs, are drawn, because the records of one person stand and fall together. What a wrong pair costs is
halved between the two true clusters it joins. Draws are seeded, so that the same input gives the same interval.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from aljabr.linkage.evaluation import Scores, evaluate_pairs

__all__ = ["Intervals", "Tuned", "best_threshold", "cluster_intervals", "tuned_by_folds"]

DRAWS = 500
FOLDS = 5
Weighed = Sequence[tuple[str, str, float]]


@dataclass(frozen=True, kw_only=True)
class Intervals:
    """95 % intervals (low, high) of the measures of :class:`~aljabr.linkage.evaluation.Scores`.

    ``cluster_count_error`` is (predicted clusters - true clusters) / true clusters: below 0, people were taken for one another.
    """

    precision: tuple[float, float]
    recall: tuple[float, float]
    f1: tuple[float, float]
    bcubed_precision: tuple[float, float]
    bcubed_recall: tuple[float, float]
    bcubed_f1: tuple[float, float]
    cluster_count_error: tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Tuned:
    """A threshold chosen on four fifths of the persons and judged on the fifth that did not choose it.

    Parameters
    ----------
    precision, recall, f1 : float
        Over the pairs of all held-out fifths together.
    thresholds : tuple of float
        The match weight chosen for each fifth, in bits.
    """

    precision: float
    recall: float
    f1: float
    thresholds: tuple[float, ...]


def cluster_intervals(predicted: Mapping[str, Hashable], true: Mapping[str, Hashable], *, seed: int = 1) -> Intervals:
    """Return bootstrap intervals of a grouping's measures.

    Parameters
    ----------
    predicted, true : mapping of record to cluster
        Two groupings of the same records.
    seed : int
        Of the draws.
    """
    told = _contributions(predicted, true)
    random = np.random.default_rng(seed)
    weights = random.multinomial(len(told), np.full(len(told), 1 / len(told)), size=DRAWS) @ told
    shared, wrong, missed, records, b_precision, b_recall, clusters, persons = weights.T
    precision, recall = _ratio(shared, shared + wrong), _ratio(shared, shared + missed)
    b_p, b_r = b_precision / records, b_recall / records
    return Intervals(
        precision=_middle(precision),
        recall=_middle(recall),
        f1=_middle(_harmonic(precision, recall)),
        bcubed_precision=_middle(b_p),
        bcubed_recall=_middle(b_r),
        bcubed_f1=_middle(_harmonic(b_p, b_r)),
        cluster_count_error=_middle(clusters / persons - 1),
    )


def _contributions(predicted: Mapping[str, Hashable], true: Mapping[str, Hashable]) -> npt.NDArray[np.float64]:
    """Return one row per true cluster: shared, wrong and missed pairs, records, B-cubed sums, its share of clusters, 1."""
    sizes: defaultdict[Hashable, int] = defaultdict(int)
    both: defaultdict[Hashable, defaultdict[Hashable, int]] = defaultdict(lambda: defaultdict(int))
    for record, cluster in predicted.items():
        sizes[cluster] += 1
        both[true[record]][cluster] += 1
    rows = []
    for parts in both.values():
        size = sum(parts.values())
        shared = sum(n * (n - 1) / 2 for n in parts.values())
        wrong = sum(n * (sizes[cluster] - n) / 2 for cluster, n in parts.items())
        precision = sum(n * n / sizes[cluster] for cluster, n in parts.items())
        recall = sum(n * n / size for n in parts.values())
        clusters = sum(n / sizes[cluster] for cluster, n in parts.items())
        rows.append((shared, wrong, size * (size - 1) / 2 - shared, size, precision, recall, clusters, 1.0))
    return np.array(rows, dtype=np.float64)


def tuned_by_folds(scored: Weighed, true: Mapping[str, Hashable], *, thresholds: Sequence[float]) -> Tuned:
    """Choose the threshold by cross-validation over persons.

    Parameters
    ----------
    scored : sequence of (record, record, match weight)
        The compared pairs.
    true : mapping of record to person
        Persons are dealt to ``FOLDS`` folds by a checksum of their label.
    thresholds : sequence of float
        Match weights to choose from; records are grouped by connected components of the pairs at or above one.
    """
    fold_of = {record: crc32(str(person).encode()) % FOLDS for record, person in true.items()}
    counts = {threshold: _by_fold(_components(scored, true, threshold), true, fold_of) for threshold in thresholds}
    total, chosen = np.zeros(3), []
    for held in range(FOLDS):
        rest = {t: _f1(np.sum([counts[t][fold] for fold in range(FOLDS) if fold != held], axis=0)) for t in thresholds}
        best = max(sorted(thresholds), key=rest.__getitem__)
        total += counts[best][held]
        chosen.append(best)
    shared, predicted, wanted = (float(value) for value in total)
    precision, recall = (shared / predicted if predicted else 1.0), (shared / wanted if wanted else 1.0)
    f1 = round(2 * precision * recall / (precision + recall), 6) if precision + recall else 0.0
    return Tuned(precision=round(precision, 6), recall=round(recall, 6), f1=f1, thresholds=tuple(chosen))


def best_threshold(scored: Weighed, true: Mapping[str, Hashable], *, thresholds: Sequence[float]) -> tuple[float, Scores]:
    """Return the threshold at which connected components agree best with the truth, and how well: what hindsight could reach."""
    scores = [(threshold, evaluate_pairs(_components(scored, true, threshold), true)) for threshold in thresholds]
    return max(scores, key=lambda found: (found[1].f1, -found[0]))


def _components(scored: Weighed, records: Iterable[str], threshold: float) -> dict[str, str]:
    root = {record: record for record in records}

    def find(record: str) -> str:
        while root[record] != record:
            root[record] = root[root[record]]
            record = root[record]
        return record

    for left, right, weight in scored:
        if weight >= threshold:
            first, second = sorted((find(left), find(right)))
            root[second] = first
    return {record: find(record) for record in root}


def _by_fold(
    predicted: Mapping[str, Hashable], true: Mapping[str, Hashable], fold_of: Mapping[str, int]
) -> list[npt.NDArray[np.float64]]:
    found = []
    for fold in range(FOLDS):
        inside = [record for record in true if fold_of[record] == fold]
        scores = evaluate_pairs({record: predicted[record] for record in inside}, {record: true[record] for record in inside})
        found.append(np.array([scores.shared_pairs, scores.predicted_pairs, scores.true_pairs], dtype=np.float64))
    return found


def _f1(counts: npt.NDArray[np.float64]) -> float:
    shared, predicted, true = (float(value) for value in counts)
    return 2 * shared / (predicted + true) if predicted + true else 1.0


def _ratio(part: npt.NDArray[np.float64], whole: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.divide(part, whole, out=np.ones_like(part), where=whole > 0)


def _harmonic(left: npt.NDArray[np.float64], right: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.divide(2 * left * right, left + right, out=np.zeros_like(left), where=left + right > 0)


def _middle(values: npt.NDArray[np.float64]) -> tuple[float, float]:
    low, high = np.quantile(values, [0.025, 0.975])
    return round(float(low), 6), round(float(high), 6)
