"""Attacks parsers and text functions with many hostile inputs, and says which of them broke something.

    python tests/fuzz.py --cases 1000000 --seed 1

A case is one input to one function; chance alone guides it. Every case has a limit of seconds. What breaks is printed
with the seed that makes it again: ``--only TARGET --case NUMBER``.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent / "hostile"))
from typing import TYPE_CHECKING

import hostile_inputs

if TYPE_CHECKING:
    from types import FrameType

LIMIT_SECONDS = 10


class TooSlowError(Exception):
    """A case has taken longer than its limit."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlowError


def attack(target: str, case: str, path: Path) -> str:
    """Run one case.

    Args:
        target: a name of `TEXT_TARGETS`, or ``format:NAME``.
        case: what chance is seeded with.
        path: a file that may be overwritten.

    Returns:
        How it ended: for text ``held``, for files see `attack_format`.
    """
    chance = Random(case)
    kind, _, name = target.partition(":")
    if kind == "format":
        return hostile_inputs.attack_format(name, hostile_inputs.file_of(chance, name), path)
    hostile_inputs.TEXT_TARGETS[target](hostile_inputs.text_of(chance))
    return "held"


def main() -> None:
    """Attack, and print counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long")
    parser.add_argument("--only", help="one target")
    parser.add_argument("--case", type=int, help="one case of it")
    given = parser.parse_args()
    targets = [*hostile_inputs.TEXT_TARGETS, *(f"format:{name}" for name in hostile_inputs.FORMAT_NAMES)]
    targets = [given.only] if given.only else targets
    numbers = range(given.cases) if given.case is None else [given.case]
    signal.signal(signal.SIGALRM, _stop)
    ends: Counter[tuple[str, str]] = Counter()
    began, used = time.monotonic(), time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            target = targets[number % len(targets)]
            signal.setitimer(signal.ITIMER_REAL, LIMIT_SECONDS)
            try:
                ends[target, attack(target, f"{given.seed}:{number}", Path(folder) / "hostile")] += 1
            except Exception as error:
                ends[target, f"BROKEN: {type(error).__name__}"] += 1
                print(f"--seed {given.seed} --only {target} --case {number}", file=sys.stderr)  # noqa: T201 - a script
                traceback.print_exc(limit=-4)
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
            if time.monotonic() - began > given.seconds:
                break
    for (target, end), count in sorted(ends.items()):
        print(f"{target:20} {end:30} {count:>9,}")  # noqa: T201 - a script
    took = time.process_time() - used
    print(f"{ends.total():,} cases in {took:.0f} s of processor time")  # noqa: T201 - a script
    sys.exit(any(end.startswith("BROKEN") for _, end in ends))


if __name__ == "__main__":
    main()
