"""How good a grouping of records is against a known truth.

Counts pairs, record-weighted B-cubed and exact clusters from two groupings of the same records. It judges groupings only:
it does not read relations and knows nothing of how they were made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import asdict, dataclass

from aljabr.errors import UsageError


@dataclass(frozen=True, kw_only=True)
class Scores:
    """Agreement of predicted clusters with true ones; every ratio lies in [0, 1].

    Parameters
    ----------
    precision, recall, f1 : float
        Over unordered pairs of records that share a cluster. With no predicted (true) pair, precision (recall) is 1:
        nothing was asserted (asked for), so nothing is wrong (missing).
    bcubed_precision, bcubed_recall, bcubed_f1 : float
        B-cubed, averaged over records (not over clusters).
    exact_clusters : int
        Predicted clusters that are exactly a true cluster.
    predicted_clusters, true_clusters : int
        Number of clusters on each side.
    predicted_pairs, true_pairs, shared_pairs : int
        Number of pairs on each side and in both.
    """

    precision: float
    recall: float
    f1: float
    bcubed_precision: float
    bcubed_recall: float
    bcubed_f1: float
    exact_clusters: int
    predicted_clusters: int
    true_clusters: int
    predicted_pairs: int
    true_pairs: int
    shared_pairs: int

    def to_dict(self) -> dict[str, float | int]:
        """Return the measures for machines, ratios rounded to six decimals."""
        return {name: round(value, 6) if isinstance(value, float) else value for name, value in asdict(self).items()}

    def text(self) -> str:
        """Return the measures in one line for people."""
        return (
            f"Pairs: precision {self.precision:.4f}, recall {self.recall:.4f}, F1 {self.f1:.4f}; B-cubed: precision "
            f"{self.bcubed_precision:.4f}, recall {self.bcubed_recall:.4f}; {self.exact_clusters:,} of {self.true_clusters:,} "
            "persons exactly right."
        )


def evaluate_pairs(predicted_clusters: Mapping[str, Hashable], true_clusters: Mapping[str, Hashable]) -> Scores:
    """Compare two groupings of the same records.

    Parameters
    ----------
    predicted_clusters, true_clusters : mapping of record to cluster
        One entry per record; the cluster labels of the two sides need not correspond.

    Returns
    -------
    Scores
        Pairwise, B-cubed and exact-cluster measures.

    Raises
    ------
    UsageError
        When the two sides do not cover the same records.

    References
    ----------
    Bagga and Baldwin (1998), Algorithms for scoring coreference chains (record-weighted B-cubed).

    Examples
    --------
    >>> truth = {"a": 1, "b": 1, "c": 2}
    >>> evaluate_pairs({"a": 9, "b": 9, "c": 9}, truth).recall
    1.0
    >>> round(evaluate_pairs({"a": 9, "b": 9, "c": 9}, truth).precision, 4)
    0.3333
    """
    if predicted_clusters.keys() != true_clusters.keys():
        strays = predicted_clusters.keys() ^ true_clusters.keys()
        raise UsageError(
            f"The two groupings do not cover the same records: {len(strays)} are only on one side, for example {min(strays)!r}.",
            "Give both sides one cluster for every record.",
        )
    predicted = Counter(predicted_clusters.values())
    true = Counter(true_clusters.values())
    both = Counter((cluster, true_clusters[record]) for record, cluster in predicted_clusters.items())
    records = len(true_clusters)
    predicted_pairs, true_pairs, shared_pairs = (sum(_pairs(n) for n in sizes.values()) for sizes in (predicted, true, both))
    precision, recall = _ratio(shared_pairs, predicted_pairs), _ratio(shared_pairs, true_pairs)
    bcubed_precision = _ratio(sum(n * n / predicted[cluster] for (cluster, _), n in both.items()), records)
    bcubed_recall = _ratio(sum(n * n / true[cluster] for (_, cluster), n in both.items()), records)
    return Scores(
        precision=precision,
        recall=recall,
        f1=_harmonic(precision, recall),
        bcubed_precision=bcubed_precision,
        bcubed_recall=bcubed_recall,
        bcubed_f1=_harmonic(bcubed_precision, bcubed_recall),
        exact_clusters=sum(n == predicted[p] == true[t] for (p, t), n in both.items()),
        predicted_clusters=len(predicted),
        true_clusters=len(true),
        predicted_pairs=predicted_pairs,
        true_pairs=true_pairs,
        shared_pairs=shared_pairs,
    )


def _pairs(records: int) -> int:
    return records * (records - 1) // 2


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
