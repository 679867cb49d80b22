"""How long commands take to start, as ratios to ``python -c pass`` in the same run.

python tests/benchmarks/startup.py [RUNS]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "tui-reader --version": [sys.executable, "-m", "tui_reader", "--version"],
    "tui-reader --help": [sys.executable, "-m", "tui_reader", "--help"],
    "tui-reader check --help": [sys.executable, "-m", "tui_reader", "check", "--help"],
    "import textual.app": [sys.executable, "-c", "import textual.app"],
}


def seconds(command: list[str]) -> float:
    """Wall time of one run."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Run all commands in turn, again and again, and print medians and ratios."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(runs + 1):
        for name, command in COMMANDS.items():
            times[name].append(seconds(command))
    medians = {name: statistics.median(values[1:]) for name, values in times.items()}
    base = medians["python -c pass"]
    for name, median in medians.items():
        sys.stdout.write(f"{name:26}{1000 * median:8.1f} ms  ×{median / base:.2f}\n")


if __name__ == "__main__":
    main()
