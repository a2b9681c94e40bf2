"""Kills the parts of a running ``aljabr serve`` and its PostgreSQL at random, while clients file and act over HTTP.

Usage: python benchmarks/registry_kills.py [--kills N] [--seed N] [--clients N] [--no-control]. Clients repeat a filing under its
key, and an act, until it is answered. After each kill: no answered act is lost or doubled, every claim has its event, the places
of the log have no gap, every checkpoint's signature and root hold. The control kills PostgreSQL with synchronous_commit=off, which
must lose.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def main() -> None:
    """Prepare, kill, audit, print; then the control."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clients", type=int, default=3)
    parser.add_argument("--no-control", action="store_true")
    options = parser.parse_args()
    from tests.registry.accidents import SECRET, free_port, torture

    os.environ["ALJABR_SECRET_KEY"] = SECRET
    wrong = torture(options.kills, options.seed, options.clients, free_port(), durable=True)
    if not options.no_control:
        lost = torture(10, options.seed, options.clients, free_port(), durable=False)
        wrong += [] if lost else ["the control lost nothing: these kills would not notice"]
    for line in wrong:
        print(line)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
