"""Attacks parsers and text functions with many hostile inputs, and says which of them broke something.

    python tests/fuzz.py --cases 1000000 --seed 1

A case is one input to one function; chance alone guides it (``tests/fuzz_guided.py`` looks at coverage too). Every
case has a limit of processor time. What breaks is printed with the seed that makes it again: ``--only TARGET --case
NUMBER``. Ctrl-C ends it with the counts so far.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent / "hostile"))

import hostile_files
import hostile_texts
from limits import within_limits


def attack(target: str, case: str, path: Path) -> str:
    """Run one case.

    Args:
        target: one of `targets`.
        case: what chance is seeded with.
        path: a file that may be overwritten.

    Returns:
        How it ended: for text ``held``, for files see `attack_format`.
    """
    chance = Random(case)
    kind, _, name = target.partition(":")
    if kind == "text":
        hostile_texts.TEXT_TARGETS[name](hostile_texts.text_of(chance))
        return "held"
    attacked = hostile_files.attack_format if kind == "format" else hostile_files.attack_other
    return attacked(name, hostile_files.file_of(chance, name), path)


def targets(only: str = "") -> list[str]:
    """``text:NAME``, ``format:NAME`` and ``file:NAME``, those that begin with a word."""
    found = [f"text:{name}" for name in hostile_texts.TEXT_TARGETS]
    found += [f"format:{name}" for name in hostile_files.FORMAT_NAMES]
    found += [f"file:{name}" for name in hostile_files.OTHER_FILES]
    return [name for name in found if name.startswith(only)]


def main() -> None:
    """Attack, and print counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long")
    parser.add_argument("--only", default="", help="targets that begin with this: text, format:po …")
    parser.add_argument("--case", type=int, help="one case of one target")
    given = parser.parse_args()
    chosen = targets(given.only)
    numbers = range(given.cases) if given.case is None else [given.case]
    ends: Counter[tuple[str, str]] = Counter()
    began, used = time.monotonic(), time.process_time()
    with tempfile.TemporaryDirectory() as folder, suppress(KeyboardInterrupt):
        for number in numbers:
            target = chosen[number % len(chosen)]
            try:
                with within_limits():
                    ends[target, attack(target, f"{given.seed}:{number}", Path(folder) / "hostile")] += 1
            except Exception as error:
                ends[target, f"BROKEN: {type(error).__name__}"] += 1
                print(f"--seed {given.seed} --only {target} --case {number}", file=sys.stderr)  # noqa: T201 - a script
                traceback.print_exc(limit=-4)
            if time.monotonic() - began > given.seconds:
                break
    for (target, end), count in sorted(ends.items()):
        print(f"{target:20} {end:30} {count:>9,}")  # noqa: T201 - a script
    took = time.process_time() - used
    print(f"{ends.total():,} cases in {took:.0f} s of processor time")  # noqa: T201 - a script
    sys.exit(any(end.startswith("BROKEN") for _, end in ends))


if __name__ == "__main__":
    main()
