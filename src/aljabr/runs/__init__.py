"""The use cases: relations in, relations out, and a manifest of hashes."""

from aljabr.runs.assessment import assess_file
from aljabr.runs.demonstration import run_demo, write_sample_files
from aljabr.runs.job import run_job
from aljabr.runs.laws import check_programme, show_programme
from aljabr.runs.linking import link_files
from aljabr.runs.summary import summarise
from aljabr.runs.verification import verify, write_opening

__all__ = [
    "assess_file",
    "check_programme",
    "link_files",
    "run_demo",
    "run_job",
    "show_programme",
    "summarise",
    "verify",
    "write_opening",
    "write_sample_files",
]
