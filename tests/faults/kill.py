"""Kills checks of a data set at random points, and compares what they come to with an undisturbed run.

    python tests/faults/kill.py --kills 50 --seed 1 --checker cheap

Each run is started with two workers; at a random moment the main process, one worker or all of them get SIGKILL. Then
the same command runs again, and may be killed again. In the end every file of the output must have the bytes of an
undisturbed run, so that no pair is lost or doubled, and no finished shard may have been done again. What a kill costs
is what was begun and not finished: at most a shard of each worker. ``--checker cheap`` makes up what it says of pairs
(``tests/scale/cheap_check.py``), so that most of a run is writing and not reading weights.
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
    """Seconds, from the start or from the last shard that it waited for."""
    finished_before: int
    """Shards that were whole on disk when it struck."""
    begun: int
    """Shards that were begun and not whole when everything had ended."""


def write_pairs(path: Path, count: int) -> None:
    """A table of short pairs in documents of three."""
    rows = ["id\tsource\ttarget\tdocument"]
    rows += [f"p{n}\t{ENGLISH[n % 4].format(n=n)}\t{JAPANESE[n % 4].format(n=n)}\td{n // 3}" for n in range(count)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def contents(output: Path) -> dict[str, bytes]:
    """Every file of an output, by its name."""
    found = (path for path in output.rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(output)): path.read_bytes() for path in found}


USE = ("-m", "tui_reader")
CHEAP = (str(Path(__file__).parents[1] / "scale" / "cheap_check.py"),)
"""How Python starts the command with the real checker, and with one that costs little."""


class Check(NamedTuple):
    """The check of a data set."""

    data: Path
    program: tuple[str, ...] = USE

    def command(self, output: Path) -> list[str]:
        """Its words."""
        flags = ["--encoder", "use", "--workers", str(WORKERS), "--shard-pairs", "32", "--format", "jsonl"]
        return [sys.executable, *self.program, "check", self.data.name, *flags, "--output", str(output)]

    def start(self, output: Path) -> subprocess.Popen[str]:
        """Start it."""
        environment = {**os.environ, "CHEAP_CHECK_ROUNDS": "4000"}
        return subprocess.Popen(
            self.command(output),
            cwd=self.data.parent,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )


def run(check: Check, output: Path) -> None:
    """Run a check to its end.

    Raises:
        RuntimeError: it did not end as it should.
    """
    process = check.start(output)
    said = process.communicate()[1]
    if process.returncode not in {0, 1}:
        raise RuntimeError(f"exit {process.returncode}: {said}")


def kill_once(check: Check, output: Path, chance: random.Random, shards: int) -> Killed | None:
    """Start a check, kill something of it at a random moment, and wait until all of it is gone.

    None where it had ended before.

    Args:
        check: what is run.
        output: where its results are.
        chance: decides the moment and the victim.
        shards: how many there are in all. The moment is told in shards and not in seconds, which would mean something
            else on another machine: some strike while it starts, the others within a shard after a random one.
    """
    process = check.start(output)
    before = len(finished(output))
    wanted = chance.randint(min(before, shards - 1), shards - 1)
    moment = chance.uniform(0, 2.0)
    if chance.random() > 0.2:
        moment /= 50
        while len(finished(output)) <= wanted and process.poll() is None:
            time.sleep(0.005)
    time.sleep(moment)
    victim = chance.choice(["main", "main", "worker", "workers"])
    workers = children(process.pid)
    struck = len(finished(output))
    if process.poll() is not None:
        process.communicate()
        return None
    if victim == "main" or not workers:
        kill([process.pid])
    else:
        kill(workers[:1] if victim == "worker" else workers)
    process.communicate()
    deadline = time.monotonic() + 60
    while any(is_running(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    return Killed(victim, moment, struck, begun(output))


def begun(output: Path) -> int:
    """Parts on disk, whole or not, without a receipt."""
    receipts = {path.stem for path in (output / "receipts").glob("*.json")}
    return sum(path.stem not in receipts for path in (output / "parts").glob("*"))


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


class Figures(NamedTuple):
    """What many kills came to."""

    kills: list[Killed]
    shards: int
    """Of an output."""
    runs: int
    different: int
    """Outputs that are not those of the undisturbed run."""
    again: int
    """Finished shards that were done again."""

    @property
    def sound(self) -> bool:
        """Whether everything is as it must be."""
        return not self.different and not self.again and max(one.begun for one in self.kills) <= WORKERS

    def __str__(self) -> str:
        struck = sum(0 < one.finished_before < self.shards for one in self.kills)
        lost = [one.begun for one in self.kills]
        return (
            f"{len(self.kills)} kills ({struck} between the first shard and the last), {self.runs} outputs: "
            f"{self.different} differ from the undisturbed one, {self.again} finished shards were done again; "
            f"a kill cost {sum(lost) / len(lost):.1f} shards, at most {max(lost)}"
        )


def kill_many(check: Check, folder: Path, kills: int, each: int, chance: random.Random) -> Figures:
    """Kill, resume and compare; `each` kills strike an output before it may be finished."""
    run(check, folder / "undisturbed")
    expected = contents(folder / "undisturbed")
    shards = len(finished(folder / "undisturbed"))
    done: list[Killed] = []
    different = runs = again = 0
    while len(done) < kills:
        output = folder / f"output-{runs}"
        runs += 1
        for _ in range(min(each, kills - len(done))):
            before = finished(output)
            killed = kill_once(check, output, chance, shards)
            again += repeated(before, output)
            if killed is not None:
                done.append(killed)
                print(*killed, sep="\t", flush=True)  # noqa: T201 - a script
        before = finished(output)
        run(check, output)
        again += repeated(before, output)
        different += contents(output) != expected
    return Figures(done, shards, runs, different, again)


def main() -> None:
    """Kill, resume, compare, and print figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checker", choices=("cheap", "use"), default="cheap")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--pairs", type=int, default=640)
    parser.add_argument("--each", type=int, default=3, help="kills before a run is let finish")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        check = Check(Path(folder) / "pairs.tsv", CHEAP if given.checker == "cheap" else USE)
        write_pairs(check.data, given.pairs)
        figures = kill_many(check, Path(folder), given.kills, given.each, random.Random(given.seed))
    print(figures)  # noqa: T201 - a script
    sys.exit(not figures.sound)


if __name__ == "__main__":
    main()
