"""Breaks the compiler of decision tables in listed ways, one at a time, and tells which test noticed each.

Every way in ``compiler_mutants.yaml`` is one change of text, applied to a copy of the package; a fast subset of the tests then runs
on the copy until one fails. A way of which the text is no longer found exactly once is stale, and an error. What is heavy to import
is imported once: each way runs in a process forked from there, with the package of its own copy.

    python benchmarks/compiler_mutants.py [--count N] [--seed N] [--only ID …]
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import shutil
import sys
import tempfile
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
LISTED = Path(__file__).with_suffix(".yaml")
SUBSET = (
    "tests/feel/test_evaluation.py",
    "tests/feel/test_checking.py",
    "tests/feel/test_chains.py",
    "tests/feel/test_decisions.py",
    "tests/rules/test_nodes.py",
    "tests/rules/test_plan.py",
    "tests/rules/test_amounts.py",
    "tests/rules/test_assess.py",
    "tests/rules/test_compiled_equals_interpreted.py",
    "tests/rules/test_three_ways.py",
    "tests/rules/test_operations.py",
)
PRELOADED = ("duckdb", "pyarrow.parquet", "sqlglot", "lark", "pydantic", "lxml.etree", "yaml")
ALLOWED_TO_SURVIVE = 2
SECONDS = 900


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One way to break the compiler."""

    id: str
    file: str
    find: str
    replace: str
    first: str

    def apply(self, package: Path) -> None:
        """Change the text in a copy of the package.

        Raises
        ------
        SystemExit
            When the text is not there exactly once.
        """
        path = package / self.file
        text = path.read_text(encoding="utf-8")
        if text.count(self.find) != 1:
            raise SystemExit(
                f"{self.id} is stale: {self.file} has {text.count(self.find)} times {self.find!r}. Mend {LISTED.name}."
            )
        path.write_text(text.replace(self.find, self.replace), encoding="utf-8")


class _Watcher:
    """Remembers the first test that fails."""

    def __init__(self) -> None:
        self.noticed = ""

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Note a failure."""
        if report.failed and not self.noticed:
            self.noticed = report.nodeid

    def pytest_collectreport(self, report: Any) -> None:
        """Note a module that no longer imports."""
        if report.failed and not self.noticed:
            self.noticed = report.nodeid


def listed() -> list[Mutant]:
    """Return every way, in the order of the file."""
    return [Mutant(**entry) for entry in yaml.safe_load(LISTED.read_text(encoding="utf-8"))]


def copied(folder: Path) -> Path:
    """Return a copy of the package in a folder, with the programmes beside it."""
    package = folder / "src" / "aljabr"
    shutil.copytree(ROOT / "src" / "aljabr", package, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "programmes").symlink_to(ROOT / "programmes")
    return package


def noticed_by(mutant: Mutant | None, tests: tuple[str, ...]) -> str:
    """Return the test that notices a way, empty when none does; without a way, the test that fails as it is."""
    with tempfile.TemporaryDirectory() as folder:
        package = copied(Path(folder))
        if mutant:
            mutant.apply(package)
        receiver, sender = get_context("fork").Pipe(duplex=False)
        child = get_context("fork").Process(target=_watch, args=(package.parent, tests, sender))
        child.start()
        sender.close()
        try:
            found = json.loads(receiver.recv()) if receiver.poll(SECONDS) else "it ran too long"
        except EOFError:
            raise SystemExit(
                f"{mutant.id if mutant else 'as it is'}: the tests did not run. Run them on the package as it is."
            ) from None
        child.kill()
        child.join()
    return str(found)


def _watch(source: Path, tests: tuple[str, ...], sender: Any) -> None:
    """In a process of its own: run the tests on the copy."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    os.chdir(ROOT)
    os.environ["PYTHONPATH"] = str(source)
    sys.path[:0] = [str(source), str(ROOT)]
    watcher = _Watcher()
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:xdist", "--hypothesis-seed=0"]
    pytest.main([*options, *tests], plugins=[watcher])
    used = sys.modules["aljabr"].__file__ or ""
    if not used.startswith(str(source)):
        watcher.noticed = ""
        raise SystemExit(f"the tests ran on {used}, not on the copy")
    sender.send(json.dumps(watcher.noticed))


def main() -> int:
    """Run the ways that are asked for; 1 when too many go unnoticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=0, help="so many of them, drawn with the seed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="*", default=[])
    asked = parser.parse_args()
    mutants = [mutant for mutant in listed() if mutant.id in asked.only or not asked.only]
    if asked.count:
        mutants = random.Random(asked.seed).sample(mutants, asked.count)
    for name in PRELOADED:
        importlib.import_module(name)
    survivors, noticing = [], []
    for mutant in mutants:
        noticed = noticed_by(mutant, (mutant.first, *(test for test in SUBSET if test != mutant.first)))
        print(f"{mutant.id:<22} {mutant.file:<22} {noticed or 'NOBODY NOTICED'}", flush=True)
        survivors += [] if noticed else [mutant.id]
        noticing += [noticed] if noticed else []
    if failing := noticed_by(None, tuple(dict.fromkeys(noticing))):
        raise SystemExit(f"{failing} fails as it is, so that it noticed nothing. Mend it first.")
    print(f"{len(mutants) - len(survivors)} of {len(mutants)} noticed" + (f"; not: {', '.join(survivors)}" if survivors else ""))
    return int(len(survivors) > (ALLOWED_TO_SURVIVE if len(mutants) == len(listed()) else 0))


if __name__ == "__main__":
    raise SystemExit(main())
