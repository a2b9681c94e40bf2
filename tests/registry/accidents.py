"""A running ``aljabr serve``, what is below it, and what kill -9 does to it while clients work."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.registry.clients import Crowd, answers, prepare

SECRET = "of tests and benchmarks only, and as long as one of an installation"


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def torture(kills: int, seed: int, clients: int, port: int, *, durable: bool) -> list[str]:
    """Kill that often; return what was wrong. Without durability, stop at the first loss."""
    draw, wrong, started = random.Random(seed), [], time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="aljabr-kills-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        cookies = prepare(Path(folder), durable=durable)
        served = Served(Path(folder), port)
        crowd = Crowd(port, cookies, clients)
        try:
            served.wait()
            crowd.start()
            killed: dict[str, int] = {}
            for number in range(kills):
                time.sleep(draw.uniform(0.5, 3))
                name, pid = served.victim(draw, only=None if durable else "postgres")
                os.kill(pid, signal.SIGKILL)
                killed[name] = killed.get(name, 0) + 1
                served.wait()
                crowd.wait_for_answer()
                found = crowd.audit(Path(folder))
                wrong += [f"after kill {number + 1} ({name}): {line}" for line in found]
                if found and not durable:
                    break
        finally:
            crowd.stop()
            served.stop()
        print(
            f"{'durable' if durable else 'control, synchronous_commit=off'}: {sum(killed.values())} kills {killed}, "
            f"{len(crowd.filed)} filings and {len(crowd.acted)} acts answered, {crowd.repeated} repeated, {len(wrong)} wrong, "
            f"{time.perf_counter() - started:.0f} s, load {os.getloadavg()[0]:.1f}"
        )
    if not durable and wrong:
        print(f"  for example {wrong[0][:160]}")
    return wrong


class Served:
    """A running ``aljabr serve`` and the processes below it."""

    def __init__(self, folder: Path, port: int, **environment: str) -> None:
        self.folder, self.port = folder, port
        command = [sys.executable, "-m", "aljabr", "serve", "--data", str(folder), "--port", str(port)]
        with (folder / "served.log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **environment})

    def wait(self) -> None:
        """Wait until it answers."""
        until = time.monotonic() + 180
        while not answers(self.port):
            if self.process.poll() is not None or time.monotonic() > until:
                said = (self.folder / "served.log").read_text(encoding="utf-8", errors="replace")
                raise RuntimeError(f"aljabr serve does not answer any more ({self.process.poll()}): {said[-3000:]}")
            time.sleep(0.1)

    def victim(self, draw: random.Random, only: str | None) -> tuple[str, int]:
        """Return a process of those below it, drawn by what it is."""
        postmaster = int((self.folder / "postgres/cluster/postmaster.pid").read_text().split()[0])
        children = _children(self.process.pid)
        kinds = {
            "postgres": [postmaster],
            "backend": _children(postmaster),
            "web": [pid for pid in children if "granian" in _command(pid)],
            "web worker": [pid for parent in children if "granian" in _command(parent) for pid in _children(parent)],
            "run worker": [pid for pid in children if "django work" in _command(pid)],
            "sequencer": [pid for pid in children if "publish_log" in _command(pid)],
        }
        name = only or draw.choice([name for name, pids in kinds.items() if pids])
        return name, draw.choice(kinds[name])

    def below(self) -> list[int]:
        """Return every process below it."""
        found, deeper = [], [self.process.pid]
        while deeper:
            children = _children(deeper.pop())
            found += children
            deeper += children
        return found

    def stop(self) -> None:
        """Stop it as a service manager does."""
        self.process.terminate()
        self.process.wait(60)


def _children(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(word) for task in tasks for word in (task / "children").read_text().split()]
    except FileNotFoundError:
        return []


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except FileNotFoundError:
        return ""
