"""How the reader's times grow with the text: ``python tests/benchmarks/reader.py``.

Processor time up to the first frame with text (against an empty Textual app), of a page, of going to the end, and of
another width, at 1,000 and at 100,000 segments, and the memory that a segment takes. The check is replaced by a list:
it is not the reader's. Each figure is the median of several runs in processes of their own.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.strip import Strip

    from tui_reader.tui.widgets.bilingual_view import BilingualView

SIZES = (1_000, 100_000)
RUNS = 5
PAGES = 20
SCREEN = (160, 50)

EMPTY = """
import asyncio, time
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

asyncio.run(run())
"""


def measure(segments: int) -> dict[str, float]:
    """All figures for one size, in seconds and bytes."""
    started = time.process_time()
    from tui_reader.model import Alignment, Bead, Document, Passage, Source, Span, Text  # noqa: PLC0415
    from tui_reader.text.blocks import plain_blocks  # noqa: PLC0415
    from tui_reader.tui.app import ReaderApp  # noqa: PLC0415
    from tui_reader.tui.screens.reading import ReadingScreen  # noqa: PLC0415
    from tui_reader.tui.widgets.bilingual_view import BilingualView  # noqa: PLC0415

    imported = time.process_time() - started
    english, japanese = (
        "\n\n".join(f"{words} {number}." for number in range(segments))
        for words in (
            "The lighthouse will stay closed until the summer of the year",
            "灯台は次の夏まで閉鎖されるそうです、第",
        )
    )
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
            started = time.process_time()
            await pilot.resize_terminal(100, 40)
            await pilot.pause()
            figures["resize"] = time.process_time() - started

    asyncio.run(run())
    return figures


def main() -> None:
    """Print medians and ratios."""
    empty = statistics.median(float(_python("-c", EMPTY)) for _ in range(RUNS))
    _say(f"empty Textual app: {empty:.2f} s")
    runs = {size: [json.loads(_python(__file__, str(size))) for _ in range(RUNS)] for size in SIZES}
    medians = {
        size: {name: statistics.median(run[name] for run in found) for name in found[0]} for size, found in runs.items()
    }
    small, large = (medians[size] for size in SIZES)
    for size, figures in medians.items():
        _say(f"{size:,} segments: first frame {figures['first frame'] / empty:.2f} times the empty app, ", end="")
        _say(", ".join(f"{name} {figures[name] * 1000:.0f} ms" for name in ("page", "end", "back", "resize")))
    _say(
        "ratios: " + ", ".join(f"{name} {large[name] / small[name]:.2f}" for name in ("first frame", "page", "resize"))
    )
    growth = (large["peak"] - small["peak"]) / (SIZES[1] - SIZES[0])
    _say(f"memory: {growth:,.0f} bytes a segment, texts and alignment included")


def _say(words: str, end: str = "\n") -> None:
    sys.stdout.write(words + end)


def _python(*arguments: str) -> str:
    return subprocess.run([sys.executable, *arguments], check=True, capture_output=True, encoding="utf-8").stdout


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        import resource

        found = measure(int(sys.argv[1]))
        found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0
        _say(json.dumps(found))
