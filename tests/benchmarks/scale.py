"""What a data set costs: seconds, processor time and memory of whole runs of the command.

    python tests/benchmarks/scale.py --encoder use --workers 1 --pairs 2 100 500

    python tests/benchmarks/scale.py --cheap --shard-pairs 1024 --pairs 1024 5000 50000 500000

    python tests/benchmarks/scale.py --short --encoder use --shard-pairs 1024 --pairs 2 5000 50000

The smallest run tells what starting costs; the rest is divided by the number of pairs. The pairs are made of two
sentences each, every tenth lacks one of them. With ``--short`` they are phrases of three words, so that many can be
checked in little time. With ``--cheap`` nothing is encoded: what is left is cutting, reading, writing, the manifest and
the summary, which are what could grow with the number of pairs. A larger run begins with the pairs of a smaller one.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import NamedTuple

CHEAP = Path(__file__).parents[1] / "scale" / "cheap_check.py"
ENGLISH = (
    "The harbour opens at {k} every morning",
    "She repaired {k} clocks before winter",
    "Nobody answered the letter of Mr. Ode",
    "The bridge was closed because of the storm",
    "We counted {k} herons near the mill",
)
JAPANESE = (
    "港は毎朝{k}時に開きます",
    "彼女は冬の前に時計を{k}個直しました",
    "オード氏の手紙には誰も答えませんでした",
    "嵐のため橋は閉鎖されました",
    "私たちは水車小屋の近くでサギを{k}羽数えました",
)
PLACES = {"gate": "門", "mill": "水車", "tower": "塔", "cellar": "地下室", "garden": "庭", "bridge": "橋"}
PLACES |= {"pier": "桟橋"}
THINGS = {"rope": "縄", "bell": "鐘", "lamp": "灯", "barrel": "樽", "chair": "椅子", "mirror": "鏡", "ladder": "梯子"}
COLOURS = {"Red": "赤い", "White": "白い", "Old": "古い", "Heavy": "重い", "New": "新しい", "Small": "小さい"}


def write_short_pairs(path: Path, count: int) -> None:
    """A table of pairs of phrases; every tenth lacks a word."""
    chance = random.Random(1)
    rows = ["id\tsource\ttarget"]
    for number in range(count):
        colour, thing, place = (chance.choice(list(words.items())) for words in (COLOURS, THINGS, PLACES))
        k = chance.randrange(2, 9000)
        first = "" if chance.random() < 0.1 else colour[1]
        rows.append(f"p{number}\t{colour[0]} {thing[0]}, {place[0]} {k}\t{place[1]}{k}の{first}{thing[1]}")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def write_pairs(path: Path, count: int) -> None:
    """A table of pairs of some 80 characters and 40 kana and kanji."""
    chance = random.Random(1)
    rows = ["id\tsource\ttarget"]
    for number in range(count):
        one, other, k = chance.randrange(5), chance.randrange(5), chance.randrange(2, 900)
        source = f"{ENGLISH[one].format(k=k)}. {ENGLISH[other].format(k=k + 1)}."
        rest = "" if chance.random() < 0.1 else f"{JAPANESE[other].format(k=k + 1)}。"
        rows.append(f"p{number}\t{source}\t{JAPANESE[one].format(k=k)}。{rest}")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


class Cost(NamedTuple):
    """What a run of the command took."""

    seconds: float
    processor: float
    """Seconds, of all processes."""
    main: int
    """Peak memory of the main process in bytes, 0 where the machine does not say (Linux does)."""
    worker: int
    """That of the largest worker."""


def measure(folder: Path, pairs: int, program: list[str], flags: list[str]) -> Cost:
    """Run the command on the first pairs of ``pairs.tsv``."""
    with (
        (folder / "pairs.tsv").open(encoding="utf-8") as every,
        (folder / "some.tsv").open("w", encoding="utf-8") as some,
    ):
        some.writelines(islice(every, 1 + pairs))
    output = folder / f"output-{pairs}"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    words = [sys.executable, *program, "check", "some.tsv", *flags, "--output", str(output)]
    process = subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    main = worker = 0
    while process.poll() is None:
        main = max(main, peak(process.pid))
        worker = max([worker, *(peak(child) for child in children(process.pid))])
        time.sleep(0.1)
    took = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    shutil.rmtree(output)
    return Cost(took, used, main, worker)


def peak(pid: int) -> int:
    """The most memory that a process has had, in bytes (Linux)."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((1024 * int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)


def children(pid: int) -> list[int]:
    """The processes that a process has started (Linux)."""
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    except OSError:
        return []


def main() -> None:
    """Print a row for each run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", default="use")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--cluster")
    parser.add_argument("--shard-pairs", type=int, default=64)
    parser.add_argument("--cheap", action="store_true", help="make up what is said of pairs: the cost of all the rest")
    parser.add_argument("--short", action="store_true", help="phrases in the place of sentences")
    parser.add_argument("--pairs", type=int, nargs="+", default=[2, 100, 500])
    given = parser.parse_args()
    flags = ["--cluster", given.cluster] if given.cluster else ["--workers", str(given.workers)]
    flags += ["--encoder", given.encoder, "--shard-pairs", str(given.shard_pairs)]
    program = [str(CHEAP)] if given.cheap else ["-m", "tui_reader"]
    start: tuple[float, int] | None = None
    print(" ".join(flags))  # noqa: T201 - a script
    print("pairs\tseconds\tprocessor s\tms a pair\tmain MB\tworker MB")  # noqa: T201 - a script
    with tempfile.TemporaryDirectory() as folder:
        (write_short_pairs if given.short else write_pairs)(Path(folder, "pairs.tsv"), max(given.pairs))
        for pairs in given.pairs:
            cost = measure(Path(folder), pairs, program, flags)
            start = start or (cost.processor, pairs)
            each = 1000 * (cost.processor - start[0]) / max(pairs - start[1], 1)
            row = (pairs, f"{cost.seconds:.1f}", f"{cost.processor:.1f}", f"{each:.3f}")
            print(*row, f"{cost.main / 1e6:.0f}", f"{cost.worker / 1e6:.0f}", sep="\t", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
