"""How often each rule was hit, and the rules that matched (nearly) all items or none.

A rule that nothing meets may be misspelt; one that everything meets may test nothing. Either is for a person to look at.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from aljabr.programmes import Programme
from aljabr.relations import Database
from aljabr.rules.determination import read_programme


@dataclass(frozen=True, kw_only=True)
class RuleShare:
    """One rule's hits among the items determined.

    Parameters
    ----------
    table, rule : str
        The decision's name and the rule's id.
    hits : int
        Determinations in which the rule was hit.
    items : int
        Determinations in all.
    """

    table: str
    rule: str
    hits: int
    items: int

    @property
    def alarm(self) -> Literal["", "none", "nearly all"]:
        """Whether the rule matched nothing, or more than 99 of 100 items."""
        if self.items and not self.hits:
            return "none"
        return "nearly all" if self.hits * 100 > self.items * 99 else ""

    def text(self) -> str:
        """Return one line for a report."""
        return f"{self.table}, rule {self.rule}: matched {self.alarm or 'some'} ({self.hits} of {self.items} items)"


def hit_counts(db: Database, programme: Programme) -> tuple[RuleShare, ...]:
    """Return one share for every rule of the chain, in chain order.

    Parameters
    ----------
    db : Database
        With ``determinations``.
    programme : Programme
        The one they were made under.
    """
    counted: Counter[tuple[str, str]] = Counter()
    items = 0
    for rule_hits, count in db.rows("SELECT rule_hits, count(*) FROM determinations GROUP BY rule_hits"):
        items += count
        counted.update({(hit["table"], hit["rule"]): count for hit in json.loads(rule_hits)})
    rules = [(table.name, rule.id) for table in read_programme(programme).chain.tables for rule in table.rules]
    return tuple(RuleShare(table=table, rule=rule, hits=counted[table, rule], items=items) for table, rule in rules)


def selectivity(db: Database, programme: Programme) -> tuple[RuleShare, ...]:
    """Return the shares that raise an alarm: rules that matched no item, or more than 99 of 100.

    Parameters
    ----------
    db : Database
        With ``determinations``.
    programme : Programme
        The one they were made under.
    """
    return tuple(share for share in hit_counts(db, programme) if share.alarm)
