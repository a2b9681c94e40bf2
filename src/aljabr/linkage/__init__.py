"""Who is who, and what was claimed twice: blocking, comparison, frozen scores, clusters, overlaps.

Splink is loaded only when something is scored, so that importing this room stays cheap.
"""

from aljabr.linkage.evaluation import Scores, evaluate_pairs
from aljabr.linkage.files import FileLinks, link_tables
from aljabr.linkage.overlaps import find_overlaps
from aljabr.linkage.persons import LinkSummary, link_persons
from aljabr.linkage.recognition import ColumnReading

__all__ = ["ColumnReading", "FileLinks", "LinkSummary", "Scores", "evaluate_pairs", "find_overlaps", "link_persons", "link_tables"]
