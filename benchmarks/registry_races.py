"""Races every act of the procedure: 4 threads do each at the same moment, on as many claims as asked, in a PostgreSQL of its own.

Usage: python benchmarks/registry_races.py [--claims N] [--threads N]. Exit 1 when an act was won by none or by two, when a loser
met anything but a Conflict, or when events, votes and decisions do not add up.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def main() -> None:
    """Race, add up, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=200)
    parser.add_argument("--threads", type=int, default=4)
    options = parser.parse_args()
    from tests.registry.servers import django_on, started_server

    with (
        tempfile.TemporaryDirectory(prefix="aljabr-races-", ignore_cleanup_errors=True) as folder,
        started_server(folder) as server,
    ):
        django_on(server)
        wrong = _race(options.claims, options.threads)
    sys.exit(1 if wrong else 0)


def _race(claims: int, threads: int) -> list[str]:
    from tests.registry import walks

    people, second = walks.committed(lambda: walks.settle_offices(on=date(2024, 1, 1)))
    racers, walked, started = walks.Racers(threads), {}, time.perf_counter()
    for number in range(claims):
        appealed = number % 2 == 1
        walked[walks.walk(racers, people, second, appealed=appealed)] = appealed
        walks.race_offices(racers, people)
    spent, tally = time.perf_counter() - started, racers.tally
    racers.close()
    sums = walks.committed(
        lambda: [line for claim, appealed in walked.items() for line in walks.wrong_sums(claim, appealed=appealed)]
    )
    wrong = [*tally.violations, *sums]
    for line in wrong[:20]:
        print(line)
    print(f"{claims} claims, {threads} threads: {tally.races} races, {tally.acts} acts, {tally.lost} lost with a Conflict,")
    print(f"{len(tally.violations)} violations, {len(sums)} wrong sums, {spent:.0f} s, load {os.getloadavg()[0]:.1f}")
    for name, number in sorted(Counter(tally.names).items()):
        print(f"  {name}: {number}")
    return wrong


if __name__ == "__main__":
    main()
