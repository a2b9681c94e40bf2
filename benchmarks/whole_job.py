"""Measures the whole job on a generated sample: seconds, claims/s, peak memory, and the time of each stage.

Usage: python benchmarks/whole_job.py [--claims N] [--folder bench]. The sample is written first and not counted. The job runs in a
process of its own, so that its peak memory is its own. Figures are printed, and kept in FOLDER/whole_job.json.
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

ALJABR = [sys.executable, "-m", "aljabr"]


def main() -> None:
    """Write the sample, run the job, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, default=Path("bench"))
    options = parser.parse_args()
    shutil.rmtree(options.folder, ignore_errors=True)
    options.folder.mkdir(parents=True)
    sample = options.folder / "sample"
    started = time.perf_counter()
    _aljabr("sample", "--claims", str(options.claims), "--out", str(sample))
    sampled = time.perf_counter() - started
    files = sorted(str(path) for path in sample.iterdir())
    started = time.perf_counter()
    out = _aljabr(
        "run", "IQ-LAW20", *files, "--out", str(options.folder / "out"), "--as-of", "2024-12-31", "--fund", "demo", "--json"
    )
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1024**2 if sys.platform != "darwin" else 1024**3)
    started = time.perf_counter()
    _aljabr("verify", str(options.folder / "out"), "--json")
    verified = time.perf_counter() - started
    report(json.loads(out), options, seconds=seconds, peak=peak, sampled=sampled, verified=verified)


def report(summary: dict, options: argparse.Namespace, *, seconds: float, peak: float, sampled: float, verified: float) -> None:
    """Print the figures and keep them as JSON."""
    rows, stages = summary["rows"], summary["seconds"]
    slowest = max(stages, key=stages.get)
    print(f"{rows:,} claims on {os.cpu_count()} cores: {seconds:.1f} s, {rows / seconds:,.0f} claims/s, peak memory {peak:.2f} GiB")
    for name, spent in stages.items():
        print(f"  {name:<8} {spent:7.2f} s  {100 * spent / seconds:5.1f} %  {rows / max(spent, 0.001):>12,.0f} claims/s")
    print(f"  {'start':<8} {seconds - sum(stages.values()):7.2f} s  start-up, request, assembling")
    without = seconds - stages[slowest]
    print(f"The slowest stage is {slowest}: were it free, the job would take {without:.1f} s; to halve the job it needs", end=" ")
    need = stages[slowest] - seconds / 2
    print(f"{stages[slowest] / need:.1f} times its speed." if need > 0 else "more than itself: it is less than half of the whole.")
    print(f"Writing the sample took {sampled:.1f} s, verifying the output {verified:.1f} s.")
    figures = {"claims": rows, "seconds": seconds, "peak_gib": peak, "stages": stages, "verify_seconds": verified}
    (options.folder / "whole_job.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")


def _aljabr(*arguments: str) -> str:
    done = subprocess.run([*ALJABR, *arguments], check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"aljabr {arguments[0]} ended with status {done.returncode}")
    return done.stdout


if __name__ == "__main__":
    main()
