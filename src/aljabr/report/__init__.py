"""Pages and letters: what a run found and what it says to each claimant, in every language a person reads."""

from aljabr.report.aggregates import public_aggregates
from aljabr.report.collect import collect_figures
from aljabr.report.figures import ReportFigures
from aljabr.report.letter_files import LetterRow, letter_rows, render_letters
from aljabr.report.letters import letter_texts
from aljabr.report.page import render_report

__all__ = [
    "LetterRow",
    "ReportFigures",
    "collect_figures",
    "letter_rows",
    "letter_texts",
    "public_aggregates",
    "render_letters",
    "render_report",
]
