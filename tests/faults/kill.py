"""Kills checks of a data set at random points, and compares what they come to with an undisturbed run.

    python tests/faults/kill.py --kills 50 --seed 1

Each run is started with two workers; at a random moment the main process, one worker or all of them get SIGKILL. Then
the same command runs again, and may be killed again. In the end every file of the output must have the bytes of an
undisturbed run, and no finished shard may have been done again.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ENGLISH = ("Gate {n} is shut.", "Bring {n} ropes.", "The kettle sings.", "Rain fell on the {n} roofs of the mill.")
JAPANESE = ("{n}番の門は閉まっている。", "縄を{n}本持って来て。", "やかんが歌う。", "雨が降った。")
WORKERS = 2


class Killed(NamedTuple):
    """What one kill did."""

    victim: str
    after: float
    """Seconds."""
    finished_before: int
    """Shards that were whole on disk when it struck."""


def write_pairs(path: Path, count: int) -> None:
    """A table of short pairs in documents of three."""
    rows = ["id\tsource\ttarget\tdocument"]
    rows += [f"p{n}\t{ENGLISH[n % 4].format(n=n)}\t{JAPANESE[n % 4].format(n=n)}\td{n // 3}" for n in range(count)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def contents(output: Path) -> dict[str, bytes]:
    """Every file of an output, by its name."""
    found = (path for path in output.rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(output)): path.read_bytes() for path in found}


def command(data: Path, output: Path) -> list[str]:
    """The check of a data set."""
    flags = ["--encoder", "use", "--workers", str(WORKERS), "--shard-pairs", "32", "--format", "jsonl"]
    return [sys.executable, "-m", "tui_reader", "check", data.name, *flags, "--output", str(output)]


def run(data: Path, output: Path) -> None:
    """Run a check to its end.

    Raises:
        RuntimeError: it did not end as it should.
    """
    done = subprocess.run(command(data, output), cwd=data.parent, capture_output=True, text=True, check=False)
    if done.returncode not in {0, 1}:
        raise RuntimeError(f"exit {done.returncode}: {done.stderr}")


def kill_once(data: Path, output: Path, chance: random.Random, longest: float) -> Killed:
    """Start a check, kill something of it at a random moment, and wait until all of it is gone."""
    process = subprocess.Popen(
        command(data, output), cwd=data.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    moment = chance.uniform(0.2, longest)
    time.sleep(moment)
    victim = chance.choice(["main", "main", "worker", "workers"])
    workers = children(process.pid)
    before = finished(output)
    if victim == "main" or not workers:
        kill([process.pid])
    else:
        kill(workers[:1] if victim == "worker" else workers)
    process.wait()
    deadline = time.monotonic() + 60
    while any(is_running(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    return Killed(victim, moment, len(before))


def kill(pids: list[int]) -> None:
    """SIGKILL to each that is still there."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def finished(output: Path) -> dict[str, int]:
    """Receipts on disk with the times they were written: a shard that is done again gets another."""
    return {path.name: path.stat().st_mtime_ns for path in (output / "receipts").glob("*.json")}


def repeated(before: dict[str, int], output: Path) -> int:
    """How many finished shards were done again."""
    after = finished(output)
    return sum(after.get(name) != stamp for name, stamp in before.items())


def children(pid: int) -> list[int]:
    """The worker processes of a process (Linux)."""
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [int(child) for child in found if b"spawn_main" in command_line(int(child))]


def command_line(pid: int) -> bytes:
    """The words a process was started with."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def is_running(pid: int) -> bool:
    """Whether a process still computes; one that nobody has waited for does not."""
    return bool(command_line(pid))


def main() -> None:
    """Kill, resume, compare, and print figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--pairs", type=int, default=128)
    parser.add_argument("--each", type=int, default=3, help="kills before a run is let finish")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    done: list[Killed] = []
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "pairs.tsv"
        write_pairs(data, given.pairs)
        began = time.monotonic()
        run(data, Path(folder) / "undisturbed")
        took = time.monotonic() - began
        expected = contents(Path(folder) / "undisturbed")
        different = runs = again = 0
        while len(done) < given.kills:
            output = Path(folder) / f"output-{runs}"
            runs += 1
            for _ in range(min(given.each, given.kills - len(done))):
                before = finished(output)
                done.append(kill_once(data, output, chance, took))
                again += repeated(before, output)
                print(*done[-1], sep="\t", flush=True)  # noqa: T201 - a script
            before = finished(output)
            run(data, output)
            again += repeated(before, output)
            different += contents(output) != expected
    figures = f"{different} outputs differ from the undisturbed one, {again} finished shards were done again"
    print(f"{len(done)} kills, {runs} runs: {figures}")  # noqa: T201 - a script
    sys.exit(bool(different or again))


if __name__ == "__main__":
    main()
