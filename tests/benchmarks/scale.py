"""What a data set costs: seconds, processor time and memory of whole runs of the command.

    python tests/benchmarks/scale.py --encoder use --workers 1 --pairs 2 100 500

The smallest run tells what starting costs; the rest is divided by the number of pairs. The pairs are made of two
sentences each, every tenth lacks one of them.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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


def measure(folder: Path, pairs: int, encoder: str, flags: list[str]) -> tuple[float, float, int]:
    """Seconds, seconds of processor time, and bytes of the largest process, of one run."""
    write_pairs(folder / "pairs.tsv", pairs)
    output = folder / f"output-{encoder}-{pairs}-{'-'.join(flags)}"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    words = [sys.executable, "-m", "tui_reader", "check", "pairs.tsv", "--encoder", encoder, "--shard-pairs", "64"]
    subprocess.run([*words, *flags, "--output", str(output)], cwd=folder, stdout=subprocess.DEVNULL, check=False)
    took = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return took, used, after.ru_maxrss * 1024


def main() -> None:
    """Print a row for each run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", default="use")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--cluster")
    parser.add_argument("--pairs", type=int, nargs="+", default=[2, 100, 500])
    given = parser.parse_args()
    flags = ["--cluster", given.cluster] if given.cluster else ["--workers", str(given.workers)]
    start: tuple[float, float, int] | None = None
    print("encoder\tflags\tpairs\tseconds\tprocessor s\tms a pair\tlargest MB")  # noqa: T201 - a script
    with tempfile.TemporaryDirectory() as folder:
        for pairs in sorted(given.pairs):
            took, used, memory = measure(Path(folder), pairs, given.encoder, flags)
            start = start or (took, used, pairs)
            each = 1000 * (used - start[1]) / max(pairs - start[2], 1)
            row = (given.encoder, " ".join(flags), pairs, f"{took:.1f}", f"{used:.1f}", f"{each:.1f}", memory // 10**6)
            print(*row, sep="\t", flush=True)  # noqa: T201 - a script


if __name__ == "__main__":
    main()
