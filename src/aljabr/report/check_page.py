"""Renders what a check of a programme found as one self-contained page in Arabic and English, without scripts.

Findings stand under the part of the programme they concern, those that must be mended first; a counter-example is a small table of
facts in the programme's own words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aljabr.programmes import Finding, Programme
from aljabr.programmes.findings import by_part
from aljabr.report import wording
from aljabr.report.finding_words import finding_text
from aljabr.report.speaking import Voice, page_languages
from aljabr.report.templating import template


def render_check(programme: Programme, findings: Sequence[Finding]) -> str:
    """Return the findings as one HTML page.

    Parameters
    ----------
    programme : Programme
        The one checked; its labels say what facts and codes are called.
    findings : sequence of Finding
        As ``aljabr.programmes.check`` gives them.

    Returns
    -------
    str
        HTML with inline style; no script, no outside resource. The same findings give the same text.
    """
    languages = page_languages(programme.languages)
    voices = [CheckVoice(programme=programme, findings=tuple(findings), language=language) for language in languages]
    return template("check.html").render(programme=programme, voices=voices)


@dataclass(frozen=True, kw_only=True)
class CheckVoice(Voice):
    """A check spoken in one language: what the template calls."""

    programme: Programme
    findings: tuple[Finding, ...]

    def text(self, text: str) -> str:
        """Return a sentence of a check in this language."""
        return finding_text(text, self.language)

    def count(self, severity: str) -> int:
        """Return how many findings have a severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def parts(self) -> list[tuple[str, list[Finding]]]:
        """Return the findings by part of the programme."""
        return list(by_part(self.findings).items())

    def example(self, shown: Mapping[str, object]) -> list[tuple[str, str, str]]:
        """Return a counter-example: each name, what it is called, and its value in words."""
        called = {name: wording.name_label(self.programme, name, self.language) for name in shown}
        return [(name, called[name], self.value(name, value)) for name, value in shown.items()]

    def value(self, name: str, value: object) -> str:
        """Return a value in words: yes or no, a date, money, a code's label."""
        return wording.value_text(self.programme, name, value, self.language) or self.say("check_missing")
