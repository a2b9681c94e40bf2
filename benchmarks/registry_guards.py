"""Takes every guard of the database away, one at a time, and shows which probe tells.

Usage: python benchmarks/registry_guards.py [--list]. Guards: not null, unique, foreign key, check and exclusion constraints of the
models, triggers, row-level security and its policies, the application's missing rights. Exit 1 when a guard does not refuse, or is
not missed when it is gone.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def main() -> None:
    """Probe every guard with and without it."""
    import psycopg

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true", help="print every guard and the act that tells")
    options = parser.parse_args()
    from tests.registry.servers import django_on, started_server

    with (
        tempfile.TemporaryDirectory(prefix="aljabr-guards-", ignore_cleanup_errors=True) as folder,
        started_server(folder) as server,
    ):
        django_on(server)
        from tests.registry.stage import fill_empty_tables, set_stage

        set_stage()
        with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
            fill_empty_tables(admin)
            wrong = _probe(admin, show=options.list)
    sys.exit(1 if wrong else 0)


def _probe(admin: object, *, show: bool) -> list[str]:
    from tests.registry import acts, probes

    every = [*probes.constraints(admin), *acts.triggers(), *acts.policies(admin), *acts.rights(admin)]
    started, wrong = time.perf_counter(), [f"no probe: {name}" for name in acts.unprobed(admin, every)]
    for probe in every:
        if show:
            print(f"{probe.guard}: {probe.act}")
        if not probes.holds(admin, probe):
            wrong.append(f"does not refuse: {probe.guard}")
        elif probes.holds(admin, probe, without=True):
            wrong.append(f"not missed when gone: {probe.guard}")
    for line in wrong:
        print(line)
    kinds = Counter(probe.guard.split(" ")[0] for probe in every)
    spent = time.perf_counter() - started
    print(f"{len(every)} guards taken away, {len(wrong)} not noticed, {spent:.0f} s, load {os.getloadavg()[0]:.1f}")
    print(", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items())))
    return wrong


if __name__ == "__main__":
    main()
