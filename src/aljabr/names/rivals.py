"""The ways of bringing spellings together that are compared: folding, the keys of this room, RapidFuzz and rigour.

A way is either keys (two spellings meet when they share one) or a similarity with a threshold. A similarity is compared
at the threshold at which it keeps as many pairs of different tokens apart as the keys do, because any recall can be had
for nothing by a low threshold. Nothing here is used outside the evaluation, and rigour is not needed to run anything.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

from aljabr.names.folding import fold, repair
from aljabr.names.meeting import meeting_keys
from aljabr.names.parts import key

Keys = Callable[[str], Iterable[str]]
Weighed = Sequence[tuple[str, str, int]]

# Tokens of which every pair is compared to find the threshold of a similarity; evenly spread over the alphabet.
_SAMPLED = 3000
_BINS = 10_000


def joined(text: str) -> str:
    """Return a text folded, without spaces."""
    return fold(text).replace(" ", "")


def without_alef(text: str) -> str:
    """Return a text mended and folded, without spaces and alef."""
    return joined(repair(text)).replace("ا", "")


def in_ascii(text: str) -> str:
    """Return a folded text in ASCII letters, as a general transliterator writes them."""
    return anyascii(fold(text)).lower().replace(" ", "")


WAYS: Mapping[str, Keys] = {
    "plain folding": lambda text: (joined(text),),
    "folding without alef": lambda text: (without_alef(text),),
    "published key": lambda text: (key(text),),
    "meeting keys": meeting_keys,
}


def rigour_keys() -> Keys | None:
    """Return the keys of rigour: its normal form, and the metaphone of its transliteration; None when it is not installed."""
    try:
        from rigour.names import normalize_name
        from rigour.text import ascii_text, metaphone
    except ImportError:
        return None

    def keys(text: str) -> Iterable[str]:
        form = (normalize_name(text) or "").replace(" ", "")
        sound = metaphone((ascii_text(form) or "").replace("?", ""))
        return tuple(found for found in (form, sound) if found)

    return keys


def share_met(pairs: Weighed, meets: Callable[[str, str], bool], *, distinct: bool = False) -> float:
    """Return the share of pairs that meet, weighted by how often seen or each counted once; 0 without a pair."""
    weights = [1 if distinct else seen for _, _, seen in pairs]
    met = sum(weight for (left, right, _), weight in zip(pairs, weights, strict=True) if meets(left, right))
    return round(met / sum(weights), 6) if pairs else 0.0


def meeting_by(keys: Keys) -> Callable[[str, str], bool]:
    """Return the test whether two spellings share a key."""
    return lambda left, right: not set(keys(left)).isdisjoint(keys(right))


def meeting_pairs(tokens: Iterable[str], keys: Keys) -> set[tuple[str, str]]:
    """Return the pairs of distinct tokens that share a key, each once."""
    blocks: defaultdict[str, set[str]] = defaultdict(set)
    for token in tokens:
        for found in keys(token):
            blocks[found].add(token)
    return {pair for block in blocks.values() for pair in combinations(sorted(block), 2)}


def kept_apart(tokens: Iterable[str], keys: Keys) -> float:
    """Return the reduction ratio: the share of pairs of distinct tokens that share no key."""
    distinct = set(tokens)
    pairs = len(distinct) * (len(distinct) - 1) // 2
    return round(1 - len(meeting_pairs(distinct, keys)) / pairs, 6) if pairs else 1.0


def kept_apart_across(left: Iterable[str], right: Iterable[str], keys: Keys) -> float:
    """Return the share of pairs of a token of one script and one of the other that share no key."""
    blocks: defaultdict[str, set[str]] = defaultdict(set)
    others = set(right)
    for token in others:
        for found in keys(token):
            blocks[found].add(token)
    ones = set(left)
    met = sum(len(set().union(*(blocks[found] for found in keys(token) if found in blocks))) for token in ones)
    return round(1 - met / (len(ones) * len(others)), 6) if ones and others else 1.0


def false_meets(counts: Mapping[str, int], keys: Keys, *, also: Callable[[str, str], bool] | None = None) -> float:
    """Return the chance that two people drawn at random who bear different names share a key, and pass a further test if given.

    Names are different when they differ after mending and folding without alef; variants that this misses count as false
    meets, so the figure is an upper bound.
    """
    total = sum(counts.values())
    names = Counter[str]()
    for token, count in counts.items():
        names[without_alef(token)] += count
    different = 1 - sum((count / total) ** 2 for count in names.values())
    met = sum(
        2 * counts[one] * counts[other] / total**2
        for one, other in sorted(meeting_pairs(counts, keys))
        if without_alef(one) != without_alef(other) and (also is None or also(one, other))
    )
    return round(met / different, 6) if different else 0.0


def threshold_keeping_apart(left: Iterable[str], right: Iterable[str], share: float) -> float:
    """Return the least Jaro-Winkler similarity at which a share of the pairs of one list with the other stays apart."""
    import numpy as np  # loaded here: every room imports names, and only this needs it
    from rapidfuzz.process import cdist

    ones, others = (_spread(sorted(set(tokens))) for tokens in (left, right))
    histogram = np.zeros(_BINS + 1, dtype=np.int64)
    for start in range(0, len(ones), 500):
        scores = cdist(ones[start : start + 500], others, scorer=JaroWinkler.similarity, dtype=np.float32)
        histogram += np.bincount(np.ceil(scores * _BINS).astype(np.int64).ravel(), minlength=_BINS + 1)
    histogram[_BINS] -= len(set(ones) & set(others))
    above = np.cumsum(histogram[::-1])[::-1]
    allowed = (1 - share) * int(above[0])
    return float(np.argmax(above <= allowed)) / _BINS if (above <= allowed).any() else 1.0


def _spread(tokens: list[str]) -> list[str]:
    return tokens[:: max(len(tokens) // _SAMPLED, 1)]


def similar_from(threshold: float, written: Callable[[str], str]) -> Callable[[str, str], bool]:
    """Return the test whether two spellings, written one way, are as similar as the threshold or more."""
    return lambda left, right: JaroWinkler.similarity(written(left), written(right)) >= threshold
