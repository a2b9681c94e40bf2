"""Times the registry's pages over many claims: queues, search by every kind of key, the page of a claim.

Usage: python benchmarks/registry_pages.py [--claims N] [--rounds N] [--bar MS] [--folder F]. Claims are invented and written
past the triggers by the superuser, names drawn with the skew real ones have; a folder given keeps them for the next time.
Every page goes through all of Django as it would for a browser, as the application's role. Prints the best, p50, p95 and queries
of each page; exit 1 when a p95 is over the bar, 300 ms unless told.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
_NAMES = """
    محمد أحمد علي حسين عبدالله محمود إبراهيم خالد عمر حسن يوسف سالم ياسين جاسم فاطمة زينب مريم خليل عادل كريم ناصر وليد سعد طه حازم
    بشار صالح فارس قاسم رعد نوري هيثم لؤي مروان زياد سعاد أمل نادية رنا ليلى هدى سلمى عائشة خديجة سارة نور دلشاد ئازاد سۆران ڕێبوار
    شيلان نازدار إلياس داود يونس متي بطرس خدر شمو ميرزا
"""
GIVEN = _NAMES.split()
_LETTERS = "بتجحخدرزسشصضطعغفقكلمنهو"


def main() -> None:
    """Fill, time, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--bar", type=float, default=300, help="milliseconds a p95 may take")
    parser.add_argument("--folder", type=Path, help="where the database stays for the next time")
    options = parser.parse_args()
    from tests.registry.servers import django_on, started_server

    with tempfile.TemporaryDirectory(prefix="aljabr-pages-", ignore_cleanup_errors=True) as passing:
        folder = options.folder or Path(passing)
        folder.mkdir(exist_ok=True)
        with started_server(folder) as server:
            django_on(server)
            users = _users(server, options.claims)
            slow = _measure(users, options.claims, options.rounds, options.bar)
    sys.exit(1 if slow else 0)


def _users(server: object, claims: int) -> dict[str, object]:
    from tests.registry.commission import found_commission
    from tests.registry.walks import committed

    from aljabr.registry.accounts.models import User

    if not User.objects.exists():
        committed(lambda: found_commission(on=date(2018, 1, 1)))
        started = time.perf_counter()
        fill(server.url("postgres"), claims)
        print(f"{claims:,} claims written in {time.perf_counter() - started:.0f} s, load {os.getloadavg()[0]:.1f}", flush=True)
    return {user.name: user for user in User.objects.all()}


def fill(url: str, claims: int) -> None:
    """Write the claims."""
    import psycopg

    from aljabr.registry.parties.keys import name_keys

    draw = random.Random(7)
    families = sorted({"ال" + "".join(draw.choices(_LETTERS, k=4)) + "ي" for _ in range(4000)})
    text = (Path(__file__).parent / "registry_pages.sql").read_text(encoding="utf-8")
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("SET maintenance_work_mem = '512MB'")
        for table, names in (("given", GIVEN), ("family", families)):
            admin.execute(f"CREATE TEMP TABLE {table} (n int, name text, key text)")
            with admin.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                for number, name in enumerate(names, start=1):
                    copy.write_row((number, name, min(name_keys(name), default=f"n:{number}")))
        filled = text.replace(":names", str(len(GIVEN))).replace(":families", str(len(families))).replace(":claims", str(claims))
        for statement in filled.split(";\n"):
            if statement.strip():
                admin.execute(statement)
        admin.execute("VACUUM ANALYZE")


def pages(claims: int, draw: random.Random) -> dict[str, tuple[str, list[str]]]:
    """Return what is asked for: the role that asks, and addresses."""
    from urllib.parse import quote

    def claim() -> str:
        import hashlib

        number = draw.randrange(1, claims)
        return f"clm_{number:08x}{hashlib.md5(str(number).encode(), usedforsecurity=False).hexdigest()}"

    def many(make: object, times: int = 20) -> list[str]:
        return [make() for _ in range(times)]  # type: ignore[operator]

    def asked(text: str) -> str:
        return f"/claims?q={quote(text)}"

    waiting = "/queues/ninewa_sub_committee/assessment"
    return {
        "work": ("secretary", ["/"]),
        "work of all": ("auditor", ["/"]),
        "queue": ("secretary", [waiting, f"{waiting}?state=open"]),
        "queue, deep": ("secretary", [f"{waiting}?after=2021-05-05/{claims // 2}", f"{waiting}?state=open&after=2023-01-01/1"]),
        "search محمد": ("secretary", [asked("محمد"), asked("Mohammed")]),
        "search محمد, deep": ("secretary", [asked("محمد") + f"&after={claim()}"]),
        "search two names": ("secretary", many(lambda: asked(" ".join(draw.sample(GIVEN, 2))))),
        "search three rare names": ("secretary", many(lambda: asked(" ".join(draw.sample(GIVEN[-15:], 3))))),
        "search nobody": ("secretary", [asked("زبرجد"), asked("محمد زبرجد")]),
        "search reference": ("secretary", many(lambda: asked(f"C-{draw.randrange(1, claims):08}"))),
        "search phone": ("secretary", many(lambda: asked(f"0770{draw.randrange(1, claims):07}"))),
        "claim": ("secretary", many(lambda: f"/claims/{claim()}")),
        "claim of the auditor": ("auditor", many(lambda: f"/claims/{claim()}")),
        "claim of a reviewer": ("reviewer_1", many(lambda: f"/claims/{claim()}")),
    }


def _noting(said: list[tuple[float, str]]) -> Callable[..., object]:
    def noted(execute: Callable[..., object], statement: str, *rest: object) -> object:
        started = time.perf_counter()
        try:
            return execute(statement, *rest)
        finally:
            said.append((time.perf_counter() - started, statement))

    return noted


def _measure(users: dict[str, object], claims: int, rounds: int, bar: float) -> list[str]:
    from django.db import connection
    from tests.registry.signing import signed_in

    slow = []
    for name, (who, addresses) in pages(claims, random.Random(3)).items():
        client = signed_in(users[who])
        said: list[tuple[float, str]] = []
        with connection.execute_wrapper(_noting(said)):
            first = client.get(addresses[0])
        milliseconds = []
        for number in range(rounds):
            started = time.perf_counter()
            response = client.get(addresses[number % len(addresses)])
            milliseconds.append((time.perf_counter() - started) * 1000)
            assert response.status_code in (200, 404), (name, response.status_code)
        p95 = statistics.quantiles(milliseconds, n=20)[-1]
        median, load = statistics.median(milliseconds), os.getloadavg()[0]
        times = f"best {min(milliseconds):6.1f} ms  p50 {median:7.1f} ms  p95 {p95:7.1f} ms"
        print(f"  {name:26} {times}  {len(said):3} queries  {first.status_code}  load {load:.1f}", flush=True)
        slow += [name] if p95 > bar else []
        if os.environ.get("SLOWEST"):
            for seconds, statement in sorted(said, reverse=True)[:2]:
                print(f"      {seconds * 1000:.0f} ms {statement[:300]}")
    return slow


if __name__ == "__main__":
    main()
