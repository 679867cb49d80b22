"""How the reader's times grow with the text: ``python tests/benchmarks/reader.py``.

Processor time up to the first frame with text (of the command on a terminal, and of the reader alone that is given a
document, against an empty Textual app), of a page, of going to the end, and of another width, at 1,000 and at 100,000
segments, and the memory that a segment takes. The check is replaced by a list where the command does not run: it is
not the reader's. Each figure is the median of several runs in processes of their own, the programs by turns; Python
finds all modules compiled, as those of installed packages are. ``python tests/benchmarks/reader.py 500000`` measures
one other size once.
"""

from __future__ import annotations

import asyncio
import gc
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from on_terminal import SCREEN, installed, until_shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual.strip import Strip

    from tui_reader.tui.widgets.bilingual_view import BilingualView

SIZES = (1_000, 100_000)
RUNS = 5
PAGES = 20

EMPTY = """
import asyncio, sys, time
started = time.process_time()
from textual.app import App
from textual.widgets import Static

class Empty(App[None]):
    def compose(self):
        yield Static("text")

async def run():
    app = Empty()
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.pause()
        print(time.process_time() - started)

if "--terminal" in sys.argv:
    Empty().run()
else:
    asyncio.run(run())
"""


SENTENCES = (
    ("They said that the lighthouse will stay closed until summer", "灯台は次の夏まで閉鎖されるそうです"),
    ("There were many people on the pier which you can see from here", "ここから見える桟橋には大勢の人がいました"),
)


def texts_of(segments: int) -> tuple[str, str]:
    """An English text and its translation, a segment a paragraph."""
    english, japanese = (
        "\n\n".join(f"{SENTENCES[number % len(SENTENCES)][side]} {number}." for number in range(segments))
        for side in (0, 1)
    )
    return english, japanese


def measure(segments: int) -> dict[str, float]:
    """All figures for one size, in seconds and bytes."""
    # As the command does, which looks for garbage from the first frame on.
    gc.disable()
    started = time.process_time()
    from tui_reader.model import Alignment, Bead, Document, Passage, Source, Span, Text  # noqa: PLC0415
    from tui_reader.text.blocks import plain_blocks  # noqa: PLC0415
    from tui_reader.tui.app import ReaderApp  # noqa: PLC0415
    from tui_reader.tui.screens.reading import ReadingScreen  # noqa: PLC0415
    from tui_reader.tui.widgets.bilingual_view import BilingualView  # noqa: PLC0415

    imported = time.process_time() - started
    english, japanese = texts_of(segments)
    texts = [
        Text(content, language, plain_blocks(content)) for content, language in ((english, "en"), (japanese, "ja"))
    ]
    document = Document("d", texts[1], (Source("s", texts[0]),))
    spans = [[block.span for block in text.blocks] for text in texts]
    beads = tuple(Bead(str(n), 0, (s,), (t,), 0.9) for n, (s, t) in enumerate(zip(*spans, strict=True)))
    whole = Passage("p", "s", Span(0, len(english)), Span(0, len(japanese)))

    def check(document: Document) -> Iterator[Alignment]:
        yield Alignment((whole,), beads)

    figures: dict[str, float] = {"import": imported}

    painted: list[float] = []
    paint = BilingualView.render_line

    def watched(view: BilingualView, y: int) -> Strip:
        strip = paint(view, y)
        if not painted and "灯台" in strip.text:
            painted.append(time.process_time())
        return strip

    BilingualView.render_line = watched  # type: ignore[assignment,method-assign]

    async def run() -> None:
        started = time.process_time()
        app = ReaderApp(document, check=check)
        async with app.run_test(size=SCREEN) as pilot:
            await pilot.pause()
            assert isinstance(app.screen, ReadingScreen)
            figures["first frame"] = imported + painted[0] - started
            while app.screen.reading.alignment is None or app.screen.background.is_alive():
                await pilot.pause()
            for name, key in (("page", "space"), ("end", "G"), ("back", "g")):
                times = []
                for _ in range(PAGES if name == "page" else 1):
                    started = time.process_time()
                    await pilot.press(key)
                    times.append(time.process_time() - started)
                figures[name] = statistics.median(times)
            assert gc.isenabled()
            started = time.process_time()
            await pilot.resize_terminal(100, 40)
            await pilot.pause()
            figures["resize"] = time.process_time() - started

    asyncio.run(run())
    return figures


def first_frames(folder: Path, environment: Mapping[str, str]) -> dict[str, float]:
    """Processor time until a command has its text on the screen, by what it shows; all by turns."""
    (folder / "empty.py").write_text(EMPTY, encoding="utf-8")
    commands = {"empty": ([sys.executable, str(folder / "empty.py"), "--terminal"], "text")}
    for size in SIZES:
        for language, content in zip(("en", "ja"), texts_of(size), strict=True):
            (folder / f"text{size}.{language}.txt").write_text(content, encoding="utf-8")
        path = str(folder / f"text{size}.ja.txt")
        commands[f"{size}"] = ([sys.executable, "-m", "tui_reader", "read", path], "次の夏")
    times: dict[str, list[float]] = {name: [] for name in commands}
    # The first turn compiles.
    for _ in range(RUNS + 1):
        for name, (command, words) in commands.items():
            times[name].append(until_shown(command, words, environment).processor)
    return {name: statistics.median(found[1:]) for name, found in times.items()}


def main() -> None:
    """Print medians and ratios."""
    with tempfile.TemporaryDirectory() as folder:
        environment = installed(Path(folder))
        frames = first_frames(Path(folder), environment)
        _say(f"an empty Textual app on a terminal: {frames['empty'] * 1000:.0f} ms")
        for size in SIZES:
            shown = frames[f"{size}"]
            ratio = shown / frames["empty"]
            _say(f"{size:,} segments from files: {shown * 1000:.0f} ms, {ratio:.2f} times the empty app")
        empty: list[float] = []
        runs: dict[int, list[dict[str, float]]] = {size: [] for size in SIZES}
        for _ in range(RUNS):
            empty.append(float(_python(environment, "-c", EMPTY)))
            for size, found in runs.items():
                found.append(json.loads(_python(environment, __file__, str(size))))
    _print_growth(statistics.median(empty), runs)


def _print_growth(empty: float, runs: Mapping[int, list[dict[str, float]]]) -> None:
    medians = {
        size: {name: statistics.median(run[name] for run in found) for name in found[0]} for size, found in runs.items()
    }
    small, large = (medians[size] for size in SIZES)
    for size, figures in medians.items():
        _say(f"{size:,} segments given: first frame {figures['first frame'] / empty:.2f} times the empty app, ", end="")
        _say(", ".join(f"{name} {figures[name] * 1000:.0f} ms" for name in ("page", "end", "back", "resize")))
    _say(
        "ratios: " + ", ".join(f"{name} {large[name] / small[name]:.2f}" for name in ("first frame", "page", "resize"))
    )
    growth = (large["peak"] - small["peak"]) / (SIZES[1] - SIZES[0])
    _say(f"memory: {growth:,.0f} bytes a segment, texts and alignment included")


def _say(words: str, end: str = "\n") -> None:
    sys.stdout.write(words + end)
    sys.stdout.flush()


def _python(environment: Mapping[str, str], *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, *arguments], check=True, capture_output=True, encoding="utf-8", env=dict(environment)
    ).stdout


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        import resource

        found = measure(int(sys.argv[1]))
        found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0
        _say(json.dumps(found))
