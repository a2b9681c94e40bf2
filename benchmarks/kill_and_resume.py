"""Kills a run at random points, starts it again, and compares every byte with an undisturbed run.

Usage: python benchmarks/kill_and_resume.py [--kills N] [--claims N] [--folder bench/kills] [--seed N]. A round starts the job,
sends SIGKILL after a random delay, and repeats with longer delays until the job ends; then the trees are compared.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path


def main() -> None:
    """Run undisturbed once, then the rounds; exit 1 when a tree differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--claims", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path("bench/kills"))
    options = parser.parse_args()
    shutil.rmtree(options.folder, ignore_errors=True)
    options.folder.mkdir(parents=True)
    aljabr = [sys.executable, "-m", "aljabr"]
    sample = options.folder / "sample"
    subprocess.run(
        [*aljabr, "sample", "--claims", str(options.claims), "--out", str(sample)], check=True, stdout=subprocess.DEVNULL
    )
    command = [*aljabr, "run", "IQ-LAW20", *sorted(map(str, sample.iterdir())), "--as-of", "2024-12-31", "--fund", "demo", "--out"]
    started = time.perf_counter()
    subprocess.run([*command, str(options.folder / "whole")], check=True, **_quiet())
    whole = time.perf_counter() - started
    expected, draw, killed, differing = tree(options.folder / "whole"), random.Random(options.seed), 0, 0
    rounds = 0
    while killed < options.kills:
        out = options.folder / f"killed-{rounds}"
        killed += interrupted(command, out, draw, whole, limit=options.kills - killed)
        differing += tree(out) != expected
        rounds += 1
        shutil.rmtree(out)
        shutil.rmtree(out.with_name(out.name + ".work"))
    print(f"{killed} kills in {rounds} runs of {whole:.1f} s each: {differing} ended in other bytes")
    sys.exit(1 if differing else 0)


def interrupted(command: list[str], out: Path, draw: random.Random, whole: float, *, limit: int) -> int:
    """Start the job again and again, killing it, until it ends by itself; return how often it was killed."""
    killed = 0
    while True:
        process = subprocess.Popen([*command, str(out)], **_quiet())
        try:
            delay = draw.uniform(0.1, whole) if killed < min(limit, 5) else None
            if process.wait(timeout=delay):
                sys.exit(f"the job ended with status {process.returncode} after {killed} kills: {' '.join(command)} {out}")
            return killed
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            killed += 1


def tree(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file by path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _quiet() -> dict:
    return {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


if __name__ == "__main__":
    main()
