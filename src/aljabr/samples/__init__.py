"""The generator of realistic, nasty intake with known truth, and the comparison of a run with that truth.

All people, households, addresses, numbers and accounts are invented; nobody's community is stored or can be read off a file.
"""

from __future__ import annotations

from aljabr.samples.evaluation import Score, TruthScores, score_against_truth
from aljabr.samples.sample import SampleSummary, write_sample

__all__ = ["SampleSummary", "Score", "TruthScores", "score_against_truth", "write_sample"]
