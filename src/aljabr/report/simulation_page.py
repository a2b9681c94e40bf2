"""Renders the figures of a simulation as one self-contained page in Arabic and English, in the look of the report.

No script and nothing from outside; the switch of languages is a pair of links read by the style sheet. A withheld number is
a word, never a blank.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from aljabr.money import money_text
from aljabr.report import wording
from aljabr.report.charts import Chart, Part, Row, draw
from aljabr.report.curves import Curves, draw_curves
from aljabr.report.simulation_cells import WAYS, ordered
from aljabr.report.simulation_figures import BreakdownFigure, DifferenceFigure, EffectFigure, ScenarioFigure, SimulationFigures
from aljabr.report.speaking import Voice, page_languages
from aljabr.report.templating import template

KINDS = ("s0", "s1", "s2", "s3", "s4", "s5")
ASSUMPTIONS = ("order", "money", "full", "closed")


def render_simulation(figures: SimulationFigures) -> str:
    """Return the page.

    Parameters
    ----------
    figures : SimulationFigures
        With small cells already withheld.

    Returns
    -------
    str
        HTML with inline style and SVG. The same figures give the same text.
    """
    voices = [SimulationVoice(figures=figures, language=name) for name in page_languages(figures.languages)]
    return template("simulation.html").render(figures=figures, voices=voices, assumptions=ASSUMPTIONS)


@dataclass(frozen=True, kw_only=True)
class SimulationVoice(Voice):
    """The figures spoken in one language: what the template calls."""

    figures: SimulationFigures

    def name(self, scenario: ScenarioFigure) -> str:
        """Return what a version is called: its title, else the name of its file."""
        if scenario is self.figures.in_force:
            return self.say("sim_in_force")
        return self.pick(scenario.title) or scenario.key.replace("_", " ").replace("-", " ")

    def column(self, name: str) -> str:
        """Return what a column is called."""
        key = f"sim_column_{name}"
        if key in wording.words():
            return wording.say(key, self.language)
        return wording.label(self.figures.labels, name, self.language)

    def group(self, code: str | None) -> str:
        """Return what a group is called."""
        if code is None:
            return self.say("sim_unknown")
        key = f"sim_value_{code}"
        return (
            wording.say(key, self.language) if key in wording.words() else wording.label(self.figures.labels, code, self.language)
        )

    def outcome(self, code: str) -> str:
        """Return the word for an outcome."""
        return wording.outcome_word(self.figures.labels, code, self.language)

    def day(self, day: date) -> str:
        """Return a date with the month's name."""
        return wording.long_date(day, self.language)

    def number(self, value: int | None) -> str:
        """Return a count, or the word for a withheld one."""
        return self.say("sim_withheld") if value is None else f"{value:,}"

    def money(self, amount_minor: int | None) -> str:
        """Return an amount without its currency, or the word for a withheld one."""
        if amount_minor is None:
            return self.say("sim_withheld")
        return money_text(amount_minor, exponent=self.figures.exponent)

    def signed(self, amount_minor: int | None) -> str:
        """Return a difference with its sign."""
        return ("+" if amount_minor and amount_minor > 0 else "") + self.sum(amount_minor)

    def sum(self, amount_minor: int | None) -> str:
        """Return a sum of a table, rounded half up to the scale the page says; the files have it exactly."""
        if amount_minor is None or not self.table_scale:
            return self.money(amount_minor)
        unit = 10 ** (self.figures.exponent + self.table_scale)
        rounded = (2 * abs(amount_minor) + unit) // (2 * unit)
        return money_text(rounded if amount_minor >= 0 else -rounded, exponent=0)

    @property
    def table_scale(self) -> int:
        """Power of ten, in major units, of the sums in tables: millions when the largest is a thousand of them."""
        sums = [scenario.money_minor or 0 for scenario in self.figures.scenarios]
        return 6 if max(sums, default=0) // 10**self.figures.exponent >= 10**9 else 0

    @property
    def currency(self) -> str:
        """The currency's name."""
        name, code = wording.currency_name(self.figures.currency, self.language), self.figures.currency
        return name if name == code else f"{name} ({code})"

    def written(self, difference: DifferenceFigure, text: str) -> str:
        """Return one side of a difference as people read it."""
        if not text:
            return self.say("sim_absent")
        if difference.unit == "minor":
            return money_text(int(text), exponent=self.figures.exponent)
        return f"{text} {wording.unit(int(text), difference.unit, self.language)}" if difference.unit else text

    def place(self, difference: DifferenceFigure) -> str:
        """Return where a difference is."""
        return wording.label(self.figures.labels, difference.place, self.language) if difference.unit else difference.place

    def outcomes(self) -> list[str]:
        """Return the outcomes that occur in any version, in the fixed order."""
        return ordered({code for scenario in self.figures.scenarios for code in scenario.outcomes})

    def overview_chart(self) -> Chart:
        """Return one bar for each change: gain, unchanged, lose."""
        rows = [(self.name(scenario), scenario.total) for scenario in self.figures.changes]
        return self._ways([(name, effect) for name, effect in rows if effect])

    def breakdown_chart(self, breakdown: BreakdownFigure) -> Chart:
        """Return one bar for each group of which everything is shown."""
        return self._ways([(self.group(row.group), row) for row in breakdown.rows])

    def outcome_chart(self) -> Chart:
        """Return one bar for each version, divided by outcome; withheld outcomes have no part."""
        rows = [
            Row(
                label=self.name(scenario),
                value=self.number(self.figures.items),
                parts=tuple(Part(amount=scenario.outcomes.get(code) or 0, kind=code) for code in self.outcomes()),
                outline=self.figures.items,
            )
            for scenario in self.figures.scenarios
        ]
        return draw(rows, rtl=self.direction == "rtl")

    def _ways(self, effects: list[tuple[str, EffectFigure]]) -> Chart:
        rows = [
            Row(
                label=name,
                value=self.number(effect.persons),
                parts=tuple(Part(amount=getattr(effect, way) or 0, kind=way) for way in ("gain", "unchanged", "lose")),
                outline=effect.persons or 0,
            )
            for name, effect in effects
            if all(getattr(effect, way) is not None for way in WAYS)
        ]
        return draw(rows, rtl=self.direction == "rtl")

    def sweep_curves(self, field: str) -> Curves:
        """Return the curves of a sweep: ``persons``, or ``money_minor`` at the scale of ``sweep_scale``."""
        sweep = self.figures.sweep
        assert sweep is not None
        unit = 10 ** (self.figures.exponent + self.sweep_scale) if field == "money_minor" else 1
        values: dict[str, list[int | None]] = {}
        for point in sweep.points:
            found = getattr(point, field)
            values.setdefault(self.kind(point.scenario), []).append(None if found is None else found // unit)
        return draw_curves([self._at(value) for value in self.sweep_steps()], values, now=self._at(sweep.now))

    def sweep_steps(self) -> list[str]:
        """Return the values of the sweep, in order."""
        return list(dict.fromkeys(point.value for point in self.figures.sweep.points)) if self.figures.sweep else []

    def swept(self) -> list[ScenarioFigure]:
        """Return the versions that have the number swept."""
        keys = {point.scenario for point in self.figures.sweep.points} if self.figures.sweep else set()
        return [scenario for scenario in self.figures.scenarios if scenario.key in keys]

    def sweep_value(self, value: str) -> str:
        """Return a value of the sweep as people read it."""
        is_money = self.figures.sweep is not None and self.figures.sweep.unit == "minor"
        return money_text(int(value), exponent=self.figures.exponent) if is_money else value

    def sweep_name(self) -> str:
        """Return what is moved."""
        sweep = self.figures.sweep
        return (
            wording.label(self.figures.labels, sweep.name, self.language) if sweep and sweep.unit else sweep.name if sweep else ""
        )

    def sweep_cell(self, scenario: ScenarioFigure, value: str, field: str) -> str:
        """Return one number of the sweep's table."""
        points = self.figures.sweep.points if self.figures.sweep else ()
        found = next(getattr(point, field) for point in points if (point.scenario, point.value) == (scenario.key, value))
        return self.sum(found) if field == "money_minor" else self.number(found)

    @property
    def sweep_scale(self) -> int:
        """Power of ten, in major units, of the money axis: the largest in which the curves still move."""
        points = self.figures.sweep.points if self.figures.sweep else ()
        sums = [point.money_minor for point in points if point.money_minor is not None] or [0]
        span = (max(sums) - min(sums)) // 10**self.figures.exponent
        return next((scale for scale in (9, 6, 3) if span >= 20 * 10**scale), 0)

    def kind(self, scenario: str) -> str:
        """Return the class of a version's curve in the style sheet."""
        keys = [one.key for one in self.figures.scenarios]
        return KINDS[keys.index(scenario) % len(KINDS)]

    def _at(self, value: str) -> Decimal:
        is_money = self.figures.sweep is not None and self.figures.sweep.unit == "minor"
        return Decimal(value) / 10**self.figures.exponent if is_money else Decimal(value)
