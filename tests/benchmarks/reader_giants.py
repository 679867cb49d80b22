"""What nobody should have to read, read all the same: ``python tests/benchmarks/reader_giants.py [SEGMENTS]``.

A text of 500,000 paragraphs beside its source, from files, and one line of a megabyte: processor time of all threads
until the beginning is on the screen, until all of it is there, to the end and back, and of a search for the last
paragraph; how long leaving takes; and the memory a paragraph takes. The check is one that never answers: it is not the
reader's. The program runs in a process of its own on a terminal's measures, all its parts but the terminal real.
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from on_terminal import SCREEN, installed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui_reader.model import Alignment, CheckedBead, Document, Report

SEGMENTS = 500_000
LINE = ("The lighthouse stays closed until June. ", "灯台は六月まで閉鎖します。")
LINE_CHARACTERS = 350_000


def write_texts(folder: Path, segments: int) -> dict[str, tuple[Path, str]]:
    """The files by what they are, each with words that only its last paragraph has."""
    from reader import texts_of  # noqa: PLC0415 - beside this script

    last = LINE[1].replace("六月", "七月")
    ends = ("This is July.", last)
    lines = [words * (LINE_CHARACTERS // len(LINE[1])) + end for words, end in zip(LINE, ends, strict=True)]
    found = {}
    for name, texts, words in (("paragraphs", texts_of(segments), str(segments - 1)), ("line", lines, "七月")):
        for language, content in zip(("en", "ja"), texts, strict=True):
            (folder / f"{name}.{language}.txt").write_text(content, encoding="utf-8")
        found[name] = folder / f"{name}.ja.txt", words
    return found


def measure(path: Path, words: str) -> dict[str, float]:
    """All figures of one file, in seconds and bytes."""
    started = time.process_time()
    from dataclasses import replace  # noqa: PLC0415

    from tui_reader.formats import read  # noqa: PLC0415
    from tui_reader.formats.beginning import read_beginning  # noqa: PLC0415
    from tui_reader.tui.app import ReaderApp  # noqa: PLC0415
    from tui_reader.tui.screens.reading import ReadingScreen  # noqa: PLC0415

    hanging = threading.Event()

    def check(_: Document) -> Iterator[Alignment | CheckedBead | Report]:
        hanging.wait()
        yield from ()

    figures: dict[str, float] = {}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    async def run() -> None:
        begun = read_beginning(path)
        assert begun is not None
        app = ReaderApp(begun.document, check=check)
        app.services = replace(app.services, whole=lambda: read(path))
        async with app.run_test(size=SCREEN) as pilot:
            await pilot.pause()
            screen = app.screen
            assert isinstance(screen, ReadingScreen)

            def is_at(item: int) -> bool:
                return screen.reading.cursor == item and screen.view.cursor_row() is not None

            async def timed(name: str, keys: list[str], done: Callable[[], bool]) -> None:
                began = time.process_time()
                await pilot.press(*keys)
                while not done():
                    await asyncio.sleep(0.02)
                figures[name] = time.process_time() - began

            figures["first"] = time.process_time() - started
            await timed("whole", [], lambda: screen.reading.layout.whole)
            await timed("end", ["G"], lambda: is_at(len(screen.reading.items) - 1))
            await timed("back", ["g"], lambda: is_at(screen.reading.index.near(0) or 0))
            await timed("page", ["space"], lambda: True)
            await timed("search", ["slash", *words, "enter"], lambda: "match 1/" in screen.footer.notice)
            await timed("quit", ["q"], lambda: True)

    asyncio.run(run())
    hanging.set()
    figures["memory"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024.0
    return figures


def main(segments: int) -> None:
    """Print the figures of both files."""
    with tempfile.TemporaryDirectory() as folder:
        for name, (path, words) in write_texts(Path(folder), segments).items():
            found = subprocess.run(
                [sys.executable, __file__, str(path), words],
                check=True, capture_output=True, encoding="utf-8", env=installed(Path(folder)),
            ).stdout  # fmt: skip
            figures = json.loads(found)
            memory = figures.pop("memory")
            times = ", ".join(f"{what} {seconds * 1000:,.0f} ms" for what, seconds in figures.items())
            count = segments if name == "paragraphs" else 1
            sys.stdout.write(f"{name}: {times}; {memory / count:,.0f} bytes a paragraph\n")
            sys.stdout.flush()


if __name__ == "__main__":
    if len(sys.argv) == 3:
        sys.stdout.write(json.dumps(measure(Path(sys.argv[1]), sys.argv[2])))
    else:
        main(int(sys.argv[1]) if len(sys.argv) == 2 else SEGMENTS)
