"""Makes figures of counted effects and transitions, withholding what is small together with what would give it away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from aljabr.report.figures import OUTCOMES
from aljabr.report.simulation_figures import BreakdownFigure, EffectFigure, TransitionFigure
from aljabr.report.suppression import withheld_cells

WAYS = ("gain", "lose", "unchanged")
# Group, direction, persons, money before, money after.
Effect = tuple[str | None, str, int, int, int]
# Outcome before, outcome after, items, persons, money before, money after.
Transition = tuple[str, str, int, int, int, int]
# Sorts after every group, and stands for "not known".
_UNKNOWN = "\uffff"


def total_effect(effects: Iterable[Effect], *, threshold: int) -> EffectFigure:
    """Return the effects on everybody."""
    counts, money = _counted(effects)
    cells = counts.get("", [0, 0, 0])
    hidden = {place for _, place in withheld_cells({"": cells}, threshold=threshold)}
    before, after = money.get("", (0, 0))
    return _figure("", cells, (before, after), hidden=hidden, persons=sum(cells), money_hidden=bool(hidden))


def breakdown(column: str, effects: Iterable[Effect], *, total: EffectFigure, threshold: int) -> BreakdownFigure:
    """Return the effects by group, protected against being worked out from one another or from the total.

    Parameters
    ----------
    column : str
        What the groups are.
    effects : iterable of Effect
        Counted.
    total : EffectFigure
        The effects on everybody, as shown.
    threshold : int
        The smallest number of persons shown.
    """
    counts, money = _counted(effects)
    sizes = {group: [sum(cells)] for group, cells in counts.items()}
    small = {group for group, _ in withheld_cells(sizes, threshold=threshold)} if len(sizes) > 1 else set()
    hidden_totals = [place for place, way in enumerate(WAYS) if getattr(total, way) is None]
    hidden = withheld_cells(counts, threshold=threshold, hidden_totals=hidden_totals, hidden_rows=small)
    secret = _money_hidden({group for group, _ in hidden} | small, sizes, total_hidden=total.after_minor is None)
    rows = [
        _figure(
            None if group == _UNKNOWN else group,
            cells,
            money[group],
            hidden={place for row, place in hidden if row == group},
            persons=None if group in small else sum(cells),
            money_hidden=group in secret,
        )
        for group, cells in sorted(counts.items())
    ]
    return BreakdownFigure(column=column, rows=tuple(rows))


def outcome_counts(transitions: Sequence[Transition], *, after: bool, threshold: int) -> dict[str, int | None]:
    """Return the items with each outcome, under the change or under the law in force."""
    place = 1 if after else 0
    items: dict[str, int] = {}
    persons: dict[str, int] = {}
    for row in transitions:
        items[str(row[place])] = items.get(str(row[place]), 0) + row[2]
        persons[str(row[place])] = persons.get(str(row[place]), 0) + row[3]
    judged = {"": [_judged(items[code], persons[code], threshold) for code in items]}
    hidden = {list(items)[place] for _, place in withheld_cells(judged, threshold=threshold)}
    return {code: None if code in hidden else items[code] for code in ordered(items)}


def transition_figures(
    transitions: Sequence[Transition], *, before: dict[str, int | None], after: dict[str, int | None], threshold: int
) -> tuple[TransitionFigure, ...]:
    """Return outcome by outcome what becomes of items; ``before`` and ``after`` are the margins as shown."""
    counted = {(row[0], row[1]): row for row in transitions}
    judged = {one: [_judged(*counted.get((one, other), (one, other, 0, 0))[2:4], threshold) for other in after] for one in before}
    hidden = withheld_cells(
        judged,
        threshold=threshold,
        hidden_totals=[place for place, other in enumerate(after) if after[other] is None],
        hidden_rows=[one for one in before if before[one] is None],
    )
    return tuple(
        TransitionFigure(before=one, after=other, items=None if (one, place) in hidden else counted.get((one, other), (0, 0, 0))[2])
        for one in before
        for place, other in enumerate(after)
    )


def ordered(codes: Collection[str]) -> list[str]:
    """Return outcomes in the fixed order, others after them."""
    return [*(code for code in OUTCOMES if code in codes), *sorted(set(codes) - set(OUTCOMES))]


def _judged(items: int, persons: int, threshold: int) -> int:
    """Many items of few persons are few."""
    return persons if 0 < persons < threshold else items


def _counted(effects: Iterable[Effect]) -> tuple[dict[str, list[int]], dict[str, tuple[int, int]]]:
    counts: dict[str, list[int]] = {}
    money: dict[str, tuple[int, int]] = {}
    for group, way, persons, before, after in effects:
        name = _UNKNOWN if group is None else group
        counts.setdefault(name, [0, 0, 0])[WAYS.index(way)] += persons
        earlier = money.get(name, (0, 0))
        money[name] = (earlier[0] + before, earlier[1] + after)
    return counts, money


def _money_hidden(hidden: set[str], sizes: dict[str, list[int]], *, total_hidden: bool) -> set[str]:
    """The groups whose money is withheld: one alone could be taken from the total; none at all would give a withheld total."""
    wanted = 1 if total_hidden else 2 if hidden else 0
    others = sorted(set(sizes) - hidden, key=lambda group: (sizes[group][0], group))
    return hidden | set(others[: max(wanted - len(hidden), 0)])


def _figure(
    group: str | None,
    cells: Sequence[int],
    money: tuple[int, int],
    *,
    hidden: Collection[int],
    persons: int | None,
    money_hidden: bool,
) -> EffectFigure:
    gain, lose, unchanged = (None if place in hidden else count for place, count in enumerate(cells))
    return EffectFigure(
        group=group,
        persons=persons,
        gain=gain,
        lose=lose,
        unchanged=unchanged,
        before_minor=None if money_hidden else money[0],
        after_minor=None if money_hidden else money[1],
    )
