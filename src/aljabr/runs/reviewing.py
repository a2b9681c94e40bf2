"""A reviewer's desk: the pairs that linking proposed, doubtful ones first, and what people have said of them.

The desk reads the output of ``link`` or ``run`` once and never writes to it; judgements go to their own folder, and everything
shown is read from there again after each act, so that several people may sit at desks of their own at one time.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from aljabr.errors import UsageError
from aljabr.linkage.judgements import (
    FILE,
    Judgement,
    JudgementBook,
    read_judgements,
    record_judgement,
    withdraw_judgement,
)
from aljabr.relations import Database
from aljabr.report.linkage_figures import name_in
from aljabr.report.review_page import ReviewPair, ReviewRecord, ReviewState, Said, evidence_of
from aljabr.runs.linkage_output import open_linkage

MOST_PAIRS = 20_000
MOST_CLUSTERS = 30
Pair = tuple[str, str]

_QUEUE = "SELECT left_id, right_id FROM review_pairs ORDER BY abs(match_weight - ?), left_id, right_id LIMIT ?"
_CLUSTERS = """
SELECT p.person_id, p.size, first.fields FROM (
  SELECT person_id, count(*) AS size, min(record_id) AS first FROM review_records GROUP BY person_id HAVING count(*) > 1
) AS p JOIN review_records AS first ON first.record_id = p.first
ORDER BY p.size DESC, p.person_id LIMIT ?
"""
_RECORD = "SELECT record_id, source, row, person_id, fields FROM review_records WHERE record_id = ?"
_PAIR = "SELECT match_weight, probability, explanation FROM review_pairs WHERE left_id = ? AND right_id = ?"


def now() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


class ReviewDesk:
    """One reviewer's view of one output; ``listed`` walks the pairs, ``judge``, ``undo`` and ``withdraw`` add acts.

    Parameters
    ----------
    db : Database
        Gets the tables of the output.
    out : Path
        What ``link`` or ``run`` wrote.
    judgements : Path
        Folder of the judgements.
    reviewer : str
        Who judges at this desk.
    clock : callable
        Returns the instant of an act.
    """

    def __init__(self, db: Database, out: Path, *, judgements: Path, reviewer: str, clock: Callable[[], datetime] = now) -> None:
        if not reviewer.strip():
            raise UsageError("Nobody is named as the reviewer.", "Give --reviewer NAME.")
        self._db, self._clock = db, clock
        self.folder, self.reviewer = judgements, reviewer.strip()
        self.weighing = open_linkage(db, out)
        self.pairs: list[Pair] = [(left, right) for left, right in db.rows(_QUEUE, [self.weighing.link_weight, MOST_PAIRS])]
        self._known = frozenset(self.pairs)
        self._left_out = int(db.value("SELECT count(*) FROM review_pairs")) - len(self.pairs)
        self._person = dict(db.rows("SELECT record_id, person_id FROM review_records"))
        self._sizes = Counter(self._person.values())
        self._book, self._book_at = JudgementBook(judgements=()), -1
        read_judgements(judgements)

    @property
    def book(self) -> JudgementBook:
        """Everything judged so far, read again when the file has grown."""
        path = self.folder / FILE
        size = path.stat().st_size if path.exists() else 0
        if size != self._book_at:
            self._book, self._book_at = read_judgements(self.folder), size
        return self._book

    @cached_property
    def clusters(self) -> tuple[tuple[str, str, int], ...]:
        """The largest clusters: id, a name in it, how many records."""
        found = self._db.rows(_CLUSTERS, [MOST_CLUSTERS])
        return tuple((person, name_in(fields)[:60], size) for person, size, fields in found)

    def listed(self, show: str, cluster: str) -> list[Pair]:
        """Return the pairs of a list (``open``, ``all``, ``judged``, ``disputed``) within a cluster, or everywhere."""
        verdicts = self.book.verdicts()
        found = [pair for pair in self.pairs if not cluster or self._touches(pair, cluster)]
        if show == "all":
            return found
        if show == "disputed":
            return [pair for pair in found if verdicts.get(pair) == "disputed"]
        return [pair for pair in found if (pair in verdicts) == (show == "judged")]

    def after(self, pair: Pair | None, show: str, cluster: str) -> Pair | None:
        """Return the pair of a list that comes next after one that may have left it; the first when none follows."""
        inside = set(self.listed(show, cluster))
        start = self.pairs.index(pair) + 1 if pair in self._known else 0
        return next((other for other in [*self.pairs[start:], *self.pairs[:start]] if other in inside), None)

    def state(self, pair: Pair | None, *, show: str, cluster: str, csrf: str) -> ReviewState:
        """Return where the reviewer stands at a pair."""
        listed = self.listed(show, cluster)
        place = listed.index(pair) if pair in listed else -1
        following = listed[place + 1] if -1 < place < len(listed) - 1 else None if place >= 0 else self.after(pair, show, cluster)
        verdicts = self.book.verdicts()
        return ReviewState(
            reviewer=self.reviewer,
            csrf=csrf,
            show=show,
            cluster=cluster,
            clusters=self.clusters,
            judged=sum(pair in self._known for pair in verdicts),
            pairs=len(self.pairs),
            left_out=self._left_out,
            place=place + 1,
            listed=len(listed),
            previous="/".join(listed[place - 1]) if place > 0 else "",
            next="/".join(following) if following else "",
            torn=self.book.torn,
        )

    def pair(self, pair: Pair) -> ReviewPair | None:
        """Return everything known of a pair; None when linking did not propose it."""
        found = self._db.rows(_PAIR, list(pair))
        if not found:
            return None
        weight, probability, explanation = found[0]
        left, right = (self._record(record) for record in pair)
        together = self._person[left.record_id] == self._person[right.record_id]
        return ReviewPair(
            left=left,
            right=right,
            match_weight=weight,
            probability=probability,
            link_weight=self.weighing.link_weight,
            evidence=evidence_of(json.loads(explanation)),
            said=self._said(pair),
            verdict=self.book.verdicts().get(pair, "open"),
            cluster_size=self._sizes[left.person_id] if together else 0,
        )

    def judge(self, pair: Pair, verdict: str, reason: str) -> None:
        """Add this reviewer's judgement of a pair that linking proposed."""
        if not self._db.rows(_PAIR, list(pair)):
            raise UsageError(f"The pair {'/'.join(pair)} was not proposed.", "Choose one of the list.")
        record_judgement(self.folder, pair, verdict, judged_by=self.reviewer, judged_at=self._clock(), reason=reason)

    def withdraw(self, judgement_id: str) -> Pair:
        """Take back one of this reviewer's judgements and return its pair."""
        mine = {judgement.judgement_id: judgement for judgement in self._mine()}
        if judgement_id not in mine:
            raise UsageError("That judgement is not yours or no longer stands.", "Ask whoever judged.")
        withdraw_judgement(self.folder, judgement_id, withdrawn_by=self.reviewer, withdrawn_at=self._clock())
        return mine[judgement_id].pair

    def undo(self) -> Pair | None:
        """Take back this reviewer's last standing judgement on this output and return its pair; None when there is none."""
        mine = [judgement for judgement in self._mine() if judgement.pair in self._known]
        return self.withdraw(mine[-1].judgement_id) if mine else None

    def _mine(self) -> list[Judgement]:
        return [j for j in self.book.judgements if j.judged_by == self.reviewer and j.withdrawn_at is None]

    def _touches(self, pair: Pair, cluster: str) -> bool:
        return cluster in (self._person[pair[0]], self._person[pair[1]])

    def _record(self, record: str) -> ReviewRecord:
        found, source, row, person, fields = self._db.rows(_RECORD, [record])[0]
        told = tuple((part["column"], part["meaning"], part["value"] or "") for part in json.loads(fields))
        return ReviewRecord(record_id=found, source=source, row=row, person_id=person, fields=told)

    def _said(self, pair: Pair) -> tuple[Said, ...]:
        standing = {judgement.judgement_id for judgement in self.book.standing().get(pair, ())}
        return tuple(
            Said(
                judgement_id=judgement.judgement_id,
                verdict=judgement.verdict,
                judged_by=judgement.judged_by,
                judged_at=judgement.judged_at,
                reason=judgement.reason,
                mine=judgement.judged_by == self.reviewer,
                standing=judgement.judgement_id in standing,
                withdrawn=judgement.withdrawn_at is not None,
            )
            for judgement in self.book.judgements
            if judgement.pair == pair
        )
