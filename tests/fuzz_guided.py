"""Attacks parsers and text functions with inputs that reach code which no input has reached before.

    pip install -e '.[dev,fuzz]'
    python tests/fuzz_guided.py --seconds 300 --only format:po

libFuzzer guides it by coverage (atheris, https://github.com/google/atheris, Linux). It begins with a sound file of each
format; the first byte of an input chooses what is attacked. The first input that breaks something ends it and is kept
in the current folder, and ``--input FILE`` runs that one again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from importlib import import_module
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent / "hostile")]


def main() -> None:
    """Attack until the time is over or something breaks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--only", default="", help="targets that begin with this: text, format:po …")
    parser.add_argument("--input", type=Path, help="one input")
    given = parser.parse_args()
    atheris = import_module("atheris")
    # Code that is imported earlier is not followed.
    with atheris.instrument_imports(include=["tui_reader"]):
        files = import_module("hostile_files")
        texts = import_module("hostile_texts")
        chosen = import_module("fuzz").targets(given.only)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hostile"

        def attack(data: bytes) -> None:
            kind, _, name = chosen[data[0] % len(chosen) if data else 0].partition(":")
            if kind == "text":
                texts.TEXT_TARGETS[name](data[1:].decode("utf-8", "replace"))
            else:
                files.attack(name, data[1:], path)

        if given.input:
            attack(given.input.read_bytes())
            return
        seeds = Path(folder) / "seeds"
        seeds.mkdir()
        for number, target in enumerate(chosen):
            kind, _, name = target.partition(":")
            sound = "雨が降った。It rained." if kind == "text" else files.seed_of(name)
            (seeds / str(number)).write_bytes(bytes([number]) + (sound.encode() if isinstance(sound, str) else sound))
        # libFuzzer ends the process, so that the folder stays: it lies among the system's temporary files.
        limits = [f"-max_total_time={given.seconds}", "-timeout=30", "-max_len=4096", "-print_final_stats=1"]
        atheris.Setup([sys.argv[0], *limits, str(seeds)], attack)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
