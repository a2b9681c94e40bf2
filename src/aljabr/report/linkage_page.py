"""Renders the report on a linkage: one self-contained page in Arabic and English, without scripts, private."""

from __future__ import annotations

from dataclasses import dataclass

from aljabr.report import linkage_charts as charts
from aljabr.report import wording
from aljabr.report.linkage_figures import DOUBTFUL_SHOWN, LinkageFigures, ThresholdPoint
from aljabr.report.linkage_wording import level_text, linkage_words, meaning_text, say_linkage
from aljabr.report.speaking import Voice, page_languages
from aljabr.report.templating import template
from aljabr.report.waterfall import bits_text


def render_linkage(figures: LinkageFigures, *, first: str = "ar") -> str:
    """Return the page.

    Parameters
    ----------
    figures : LinkageFigures
        What ``collect_linkage`` returned.
    first : {"ar", "en"}
        The language in which the page opens.

    Returns
    -------
    str
        HTML with inline style and SVG; no script, no outside resource. The same figures give the same text.
    """
    voices = [LinkageVoice(figures=figures, language=language) for language in page_languages([first])]
    return template("linkage_report.html").render(figures=figures, voices=voices, charts=charts)


@dataclass(frozen=True, kw_only=True)
class LinkageVoice(Voice):
    """The figures spoken in one language: what the template calls."""

    figures: LinkageFigures

    def say(self, key: str, **values: object) -> str:
        """Return a fixed text."""
        return say_linkage(key, self.language, **values)

    def bits(self, weight: float) -> str:
        """Return a weight, kept apart from the direction around it."""
        return wording.isolate(bits_text(weight))

    def cards(self) -> list[tuple[str, int]]:
        """Return the first figures."""
        figures = self.figures
        shown = {
            "records": figures.records,
            "persons": figures.persons,
            "pairs": figures.pairs,
            "linked": figures.linked,
            "doubtful": figures.doubtful_pairs,
            "judged": sum(count for _, count in figures.judged),
        }
        return [(self.say(f"card_{name}"), value) for name, value in shown.items()]

    def weights(self) -> list[tuple[str, list[charts.WeightBar]]]:
        """Return every comparison with the bars of its levels, to one scale."""
        largest = max((abs(weight) for _, levels in self.figures.comparisons for _, weight in levels), default=1.0) or 1.0
        return [
            (
                meaning_text(name, self.language),
                charts.weight_bars(
                    [(level_text(label, self.language), weight) for label, weight in levels],
                    scale=largest,
                    rtl=self.direction == "rtl",
                ),
            )
            for name, levels in self.figures.comparisons
        ]

    def precision(self, point: ThresholdPoint) -> str:
        """Return the mean probability of the pairs a threshold links."""
        return "—" if not point.pairs else f"{point.right_micro / point.pairs / 10_000:.2f} %"

    def expected(self, micro: int) -> str:
        """Return an expected number of pairs with one decimal."""
        return f"{micro / 1_000_000:,.1f}"

    def curve(self) -> list[tuple[str, str, str]]:
        """Return the lines of the threshold plot: class, name, points."""
        points = self.figures.curve
        most = max((point.pairs for point in points), default=0) or 1
        lowest = min((point.right_micro / point.pairs / 1e6 for point in points if point.pairs), default=0.0)
        span = (1 - lowest) or 1.0
        precise = [(point.right_micro / point.pairs / 1e6 - lowest) / span if point.pairs else 1.0 for point in points]
        return [
            ("pairs", self._scaled("curve_pairs", "0", f"{most:,}"), charts.curve_line([point.pairs / most for point in points])),
            ("precise", self._scaled("curve_precision", f"{lowest:.1%}", "100%"), charts.curve_line(precise)),
        ]

    def _scaled(self, key: str, low: str, high: str) -> str:
        return self.say("scale", name=self.say(key), low=wording.isolate(low), high=wording.isolate(high))

    def title(self) -> str:
        """Return how the weights came about, or the scorer's name."""
        key = f"title_{self.figures.title}"
        return self.say(key) if key in linkage_words() else self.figures.title

    def used_x(self) -> int:
        """Return where the threshold in use stands in the plot of the curve."""
        place = next(number for number, point in enumerate(self.figures.curve) if point.used)
        return round(place * charts.PLOT_WIDTH / max(len(self.figures.curve) - 1, 1))

    def chance(self, probability: float) -> str:
        """Return a probability in percent, never rounded to certainty."""
        told = probability * 100
        return "> 99.9 %" if told > 99.9 else "< 0.1 %" if told < 0.1 else f"{told:.1f} %"

    def verdict(self, code: str) -> str:
        """Return what people said of a pair."""
        return self.say(f"verdict_{code or 'open'}")

    @property
    def doubtful_shown(self) -> int:
        """How many doubtful pairs the page lists."""
        return min(DOUBTFUL_SHOWN, len(self.figures.doubtful))
