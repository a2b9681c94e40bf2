"""The page on which a person judges one pair: both records side by side, where they differ, and why the pair was proposed.

One page shows one pair in one language (ar, ckb, en). Values keep their own direction whatever the page's. The page is private;
its style and script come from the same local server, and nothing from anywhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from aljabr.report import wording
from aljabr.report.linkage_wording import LANGUAGES, code_text, level_text, meaning_text, place_text, say_linkage
from aljabr.report.pair_differences import NAME_MEANINGS, Compared, compare_values, direction_of
from aljabr.report.templating import template
from aljabr.report.waterfall import Evidence, Waterfall, waterfall

VERDICTS = (("positive", "y"), ("negative", "n"), ("unsure", "u"))
SHOWN = ("open", "all", "judged", "disputed")
_CODED = frozenset({"sex_code", "role"})
_UNNAMED = frozenset({"ignored", "record_key"})


@dataclass(frozen=True, kw_only=True)
class ReviewRecord:
    """One record of the pair: where it stands and its fields (column, meaning, value) as given."""

    record_id: str
    source: str
    row: int
    person_id: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Said:
    """One judgement of the pair: ``mine`` when it is this reviewer's, ``standing`` unless taken back or changed later."""

    judgement_id: str
    verdict: str
    judged_by: str
    judged_at: str
    reason: str
    mine: bool
    standing: bool
    withdrawn: bool


@dataclass(frozen=True, kw_only=True)
class ReviewPair:
    """Everything shown of one pair; ``verdict`` is what stands: one of the verdicts, ``disputed`` or ``open``."""

    left: ReviewRecord
    right: ReviewRecord
    match_weight: float
    probability: float
    link_weight: float
    evidence: tuple[Evidence, ...]
    said: tuple[Said, ...]
    verdict: str
    cluster_size: int


@dataclass(frozen=True, kw_only=True)
class ReviewState:
    """Where the reviewer stands: progress over all pairs, the list they walk, and what the page needs to speak to its server."""

    reviewer: str
    csrf: str
    show: str
    cluster: str
    clusters: tuple[tuple[str, str, int], ...]
    judged: int
    pairs: int
    left_out: int = 0
    place: int = 0
    listed: int = 0
    previous: str = ""
    next: str = ""
    torn: str = ""


@dataclass(frozen=True, kw_only=True)
class FieldRow:
    """One line of the comparison: what the field is called on either side, and the marked values."""

    name: str
    columns: tuple[str, str]
    compared: Compared
    directions: tuple[str, str]
    words: bool


@dataclass(frozen=True, kw_only=True)
class ReviewVoice:
    """One page in one language: what the template calls."""

    language: str
    state: ReviewState
    pair: ReviewPair | None
    rows: tuple[FieldRow, ...] = field(default=())

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return wording.direction(self.language)

    def say(self, key: str, **values: object) -> str:
        """Return a fixed text."""
        return say_linkage(key, self.language, **values)

    def isolate(self, text: str) -> str:
        """Return a text kept apart from the direction around it."""
        return wording.isolate(text)

    def languages(self) -> list[tuple[str, str]]:
        """Return the languages of the page with their own names."""
        return [(language, say_linkage("language_name", language)) for language in LANGUAGES]

    def query(self, **changed: str) -> str:
        """Return the query that keeps the list one walks, with some of it changed."""
        kept = {"show": self.state.show, "cluster": self.state.cluster, "lang": self.language, **changed}
        return "?" + "&".join(f"{name}={value}" for name, value in kept.items() if value)

    def address(self, pair: str) -> str:
        """Return the address of a pair given as ``LEFT/RIGHT``."""
        return f"/pair/{pair}{self.query()}"

    def drawn(self) -> Waterfall:
        """Return the evidence of the pair as a waterfall."""
        assert self.pair is not None
        evidence = [
            Evidence(
                comparison=meaning_text(part.comparison, self.language),
                level=level_text(part.level, self.language),
                weight=part.weight,
            )
            for part in self.pair.evidence
        ]
        return waterfall(
            evidence,
            match_weight=self.pair.match_weight,
            link_weight=self.pair.link_weight,
            rtl=self.direction == "rtl",
            first=self.say("prior"),
            last=self.say("final"),
        )

    def chance(self) -> str:
        """Return the pair's probability in percent, never rounded to certainty."""
        assert self.pair is not None
        percent = self.pair.probability * 100
        return "> 99.9 %" if percent > 99.9 else "< 0.1 %" if percent < 0.1 else f"{percent:.1f} %"


def render_review(pair: ReviewPair | None, state: ReviewState, language: str) -> str:
    """Return the page of one pair, or of an empty list.

    Parameters
    ----------
    pair : ReviewPair or None
        The pair; None when the list holds none.
    state : ReviewState
        Where the reviewer stands.
    language : {"ar", "ckb", "en"}
        The language of the page.
    """
    rows = field_rows(pair, language) if pair else ()
    voice = ReviewVoice(language=language, state=state, pair=pair, rows=rows)
    return template("review.html").render(v=voice, verdicts=VERDICTS, shown=SHOWN)


@cache
def review_asset(name: str) -> bytes:
    """Return the page's style sheet or script."""
    return files("aljabr.report").joinpath("templates", name).read_bytes()


def field_rows(pair: ReviewPair, language: str) -> tuple[FieldRow, ...]:
    """Pair the fields of both records by what they mean, else by the column's name; fields empty on both sides are left out."""
    right = {_joint(column, meaning): (column, meaning, value) for column, meaning, value in pair.right.fields}
    rows = []
    for column, meaning, value in pair.left.fields:
        other = right.pop(_joint(column, meaning), ("", meaning, ""))
        rows.append(_row((column, value), (other[0], other[2]), meaning, language))
    for column, meaning, value in right.values():
        rows.append(_row(("", ""), (column, value), meaning, language))
    return tuple(row for row in rows if row.compared.left or row.compared.right)


def _joint(column: str, meaning: str) -> str:
    return f"column {column}" if meaning in _UNNAMED else meaning


def _row(left: tuple[str, str], right: tuple[str, str], meaning: str, language: str) -> FieldRow:
    values = left[1].strip(), right[1].strip()
    if meaning in _CODED:
        values = code_text(values[0], language), code_text(values[1], language)
    if meaning == "place_code":
        values = place_text(values[0]), place_text(values[1])
    name = (left[0] or right[0]) if meaning in _UNNAMED else meaning_text(meaning, language)
    return FieldRow(
        name=name,
        columns=(left[0], right[0]),
        compared=compare_values(*values, meaning),
        directions=(direction_of(values[0]), direction_of(values[1])),
        words=meaning in NAME_MEANINGS,
    )


def evidence_of(parts: Sequence[dict[str, object]]) -> tuple[Evidence, ...]:
    """Return a pair's stored explanation as evidence."""
    return tuple(
        Evidence(comparison=str(part["comparison"]), level=str(part["level"]), weight=float(str(part["weight"]))) for part in parts
    )
