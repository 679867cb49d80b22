"""The reader beside other Textual programs: ``python tests/benchmarks/reader_peers.py TOOLONG POSTING HARLEQUIN``.

Each argument is the folder of a virtual environment with one program, since they pin other versions of Textual:
``python -m venv PEERS/toolong``, then ``PEERS/toolong/bin/pip install toolong``, and the same for posting and
harlequin. Printed are, as medians by turns, the time until the text of a Japanese file of 1 MB is on the screen here
and in toolong, and the processor time that commands take to start, as multiples of ``python -c pass``.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from on_terminal import installed, until_shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

RUNS = 5
MEGABYTE = 1_000_000
PROGRAMS = {
    "toolong": ("tl", "--version"),
    "posting": ("posting", "--help"),  # it has no --version
    "harlequin": ("harlequin", "--version"),
}


def japanese_file(folder: Path) -> Path:
    """A text of 1 MB, a paragraph a line."""
    lines = (
        f"灯台は{number}年の夏まで閉鎖されるそうです。町の人々は別の道を探しています。" for number in range(MEGABYTE)
    )
    path, size, kept = folder / "text.ja.txt", 0, []
    for line in lines:
        kept.append(line)
        size += len(line.encode()) + 1
        if size >= MEGABYTE:
            break
    path.write_text("\n".join(kept), encoding="utf-8")
    return path


def print_opening(toolong: Path, environment: Mapping[str, str]) -> None:
    """Time until the text is on the screen, in both programs."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(japanese_file(Path(folder)))
        commands = {
            "tui-reader": [sys.executable, "-m", "tui_reader", "read", path],
            "toolong": [str(toolong / "bin" / "tl"), path],
        }
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for _ in range(RUNS + 1):
            for name, command in commands.items():
                times[name].append(until_shown(command, "年の夏まで閉鎖", environment))
    for name, found in times.items():
        wall, processor = (statistics.median(one[part] for one in found[1:]) for part in (0, 1))
        _say(
            f"1 MB of Japanese on the screen, {name}: {wall * 1000:.0f} ms, {processor * 1000:.0f} ms of processor time"
        )


def processor_seconds(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Processor time of one run to its end."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(environment))
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{command} ended with {child.returncode}")
    return used.ru_utime + used.ru_stime


def print_starts(peers: Mapping[str, Path], environment: Mapping[str, str]) -> None:
    """Processor time of ``--version`` and of each command's ``--help``."""
    from tui_reader.cli.main import COMMANDS  # noqa: PLC0415 - only here

    own = [sys.executable, "-m", "tui_reader"]
    commands = {"python -c pass": [sys.executable, "-c", "pass"], "tui-reader --version": [*own, "--version"]}
    commands |= {f"tui-reader {name} --help": [*own, name, "--help"] for name in COMMANDS}
    for name, path in peers.items():
        program, option = PROGRAMS[name]
        commands[f"{name} {option}"] = [str(path / "bin" / program), option]
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS + 1):
        for name, command in commands.items():
            times[name].append(processor_seconds(command, environment))
    medians = {name: statistics.median(found[1:]) for name, found in times.items()}
    for name, median in medians.items():
        _say(f"{name:32}{1000 * median:8.0f} ms  ×{median / medians['python -c pass']:.1f}")


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def main() -> None:
    """Compare."""
    if len(sys.argv) != 1 + len(PROGRAMS):
        sys.exit(__doc__)
    peers = dict(zip(PROGRAMS, map(Path, sys.argv[1:]), strict=True))
    environment = installed()
    print_opening(peers["toolong"], environment)
    print_starts(peers, environment)


if __name__ == "__main__":
    main()
