"""Determines claims that a register holds: relations go in as one snapshot gave them, determinations and overlaps come out.

Steps: link the people and find what may be claimed twice; take out the pairs that people judged to be different;
build ``facts``; let a stated relation stand where the victim has no name yet; determine; write the letters' text. Nothing
goes to disk.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from aljabr.linkage import find_overlaps, link_persons
from aljabr.programmes import Programme
from aljabr.relations import Database
from aljabr.report import letter_texts
from aljabr.rules import amount_inputs, assess
from aljabr.runs.facts import build_facts

Progress = Callable[[str], None]

_JUDGED = """
DELETE FROM item_overlaps o USING _judged j
WHERE j.item_id = o.item_id AND j.other_item_id = o.other_item_id AND j.kind = o.kind AND j.verdict = 'different'
"""
_STATED = "UPDATE facts SET relation = s.relation FROM _stated s WHERE s.item_id = facts.item_id"


def determine_registered(db: Database, programme: Programme, *, as_of: date, progress: Progress = lambda stage: None) -> None:
    """Fill ``item_overlaps`` and ``determinations``.

    Parameters
    ----------
    db : Database
        With ``claims``, ``claim_items``, ``person_records``, ``relationships``, ``exhibits``, ``_stated`` (``item_id``,
        ``relation`` where one was stated) and ``_judged`` (pairs with the ``verdict`` people gave).
    as_of : date
        The ``decided_on`` of every determination.
    progress : callable
        Told the name of each stage as it begins: ``link``, ``assess``.
    """
    progress("link")
    if db.value("SELECT count(*) FROM person_records") > 1:
        link_persons(db)
        find_overlaps(db, programme)
        db.execute(_JUDGED)
    else:
        db.create("item_overlaps")
    progress("assess")
    build_facts(db, programme, as_of=as_of.isoformat())
    db.execute(_STATED)
    amount_inputs(db, programme)
    assess(db, programme)
    letter_texts(db, programme, as_of=as_of)
