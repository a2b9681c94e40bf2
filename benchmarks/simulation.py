"""Measures a simulation on generated facts: seconds on the clock and of the processors, peak memory.

Usage: python benchmarks/simulation.py [--items N] [--folder bench]. One change of an amount and one of two cells, broken down by
five columns, with a waiting time; then the same with a sweep of eleven steps. The facts are written first and not counted; each
simulation runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

from law20_facts import write_facts

GRANT = "title: {en: Grant}\nset:\n  - {amount: death_grant_minor, to: 6_000_000_000, from: 2024-01-01}\n"
BAND = """title: {en: Band}
set:
  - {table: Tariff, rule: tar_disability_75, column: disability_percent, to: "[60..100]"}
  - {table: Tariff, rule: tar_disability_50, column: disability_percent, to: "[50..60)"}
"""
BY = ("harm", "cause", "governorate", "sex", "age=18:30:45:60")
SWEEP = ("--sweep", "property_share_percent=30:80:5")


def main() -> None:
    """Write the facts, run both simulations, print and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=Path("bench"))
    options = parser.parse_args()
    folder = options.folder / "simulation"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write_facts(folder / "facts.parquet", options.items)
    for name, text in (("grant", GRANT), ("band", BAND)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    figures = {name: run(folder, name, more) for name, more in (("two changes", ()), ("two changes and a sweep", SWEEP))}
    for name, found in figures.items():
        rate = options.items / found["seconds"]
        print(f"{options.items:,} items, {name}, {os.cpu_count()} cores: {found['seconds']:.1f} s, {rate:,.0f} items/s, ", end="")
        print(f"{found['processor_seconds']:.1f} s of processors, peak memory {found['peak_gib']:.2f} GiB")
    (options.folder / "simulation.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")


def run(folder: Path, name: str, more: tuple[str, ...]) -> dict[str, float]:
    """Run one simulation and return its seconds and memory."""
    by = [part for column in BY for part in ("--by", column)]
    changes = ["--change", str(folder / "grant.yaml"), "--change", str(folder / "band.yaml")]
    purse = ["--budget", "500000000000", "--capacity-per-month", "10000"]
    out = folder / name.replace(" ", "-")
    command = [
        sys.executable,
        "-m",
        "aljabr",
        "simulate",
        "IQ-LAW20",
        *changes,
        "--claims",
        str(folder / "facts.parquet"),
        *by,
        *purse,
    ]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    subprocess.run([*command, *more, "--out", str(out)], check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    peak = after.ru_maxrss / (1024**2 if sys.platform != "darwin" else 1024**3)
    return {"seconds": seconds, "processor_seconds": spent, "peak_gib": peak}


if __name__ == "__main__":
    main()
