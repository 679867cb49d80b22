"""How the reader's times grow with the text: python tests/benchmarks/reader.py

The first frame with text (against an empty Textual app), a page, the end and another width, at 1,000 and at 100,000
segments, and the memory a segment takes. The check is replaced by a list: it is not the reader's. Each figure is the
median of several runs in processes of their own.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

SIZES = (1_000, 100_000)
RUNS = 5
PAGES = 20
SCREEN = (160, 50)

EMPTY = """
import asyncio, time
started = time.perf_counter()
from textual.app import App
from textual.widgets import Static

class Empty(App[None]):
    def compose(self):
        yield Static("text")

async def run():
    app = Empty()
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.pause()
        print(time.perf_counter() - started)

asyncio.run(run())
"""


def measure(segments: int) -> dict[str, float]:
    """All figures for one size, in seconds and bytes."""
    started = time.perf_counter()
    from tui_reader.model import Alignment, Bead, Document, Passage, Source, Span, Text  # noqa: PLC0415
    from tui_reader.text.blocks import plain_blocks  # noqa: PLC0415
    from tui_reader.tui.app import ReaderApp  # noqa: PLC0415
    from tui_reader.tui.screens.reading import ReadingScreen  # noqa: PLC0415

    imported = time.perf_counter() - started
    english, japanese = (
        "\n\n".join(f"{words} {number}." for number in range(segments))
        for words in ("The lighthouse will stay closed until the summer of the year", "灯台は次の夏まで閉鎖されるそうです、第")
    )
    texts = [Text(content, language, plain_blocks(content)) for content, language in ((english, "en"), (japanese, "ja"))]
    document = Document("d", texts[1], (Source("s", texts[0]),))
    spans = [[block.span for block in text.blocks] for text in texts]
    beads = tuple(Bead(str(n), 0, (s,), (t,), 0.9) for n, (s, t) in enumerate(zip(*spans, strict=True)))
    whole = Passage("p", "s", Span(0, len(english)), Span(0, len(japanese)))

    def check(document: Document) -> Iterator[Alignment]:
        yield Alignment((whole,), beads)

    figures: dict[str, float] = {"import": imported}

    async def run() -> None:
        started = time.perf_counter()
        app = ReaderApp(document, check=check)  # type: ignore[arg-type]
        async with app.run_test(size=SCREEN) as pilot:
            await pilot.pause()
            assert isinstance(app.screen, ReadingScreen)
            assert any("灯台" in app.screen.view.render_line(y).text for y in range(5))
            figures["first frame"] = imported + time.perf_counter() - started
            while app.screen.reading.alignment is None:
                await pilot.pause()
            for name, key in (("page", "space"), ("end", "G"), ("back", "g")):
                times = []
                for _ in range(PAGES if name == "page" else 1):
                    started = time.perf_counter()
                    await pilot.press(key)
                    times.append(time.perf_counter() - started)
                figures[name] = statistics.median(times)
            started = time.perf_counter()
            await pilot.resize_terminal(100, 40)
            await pilot.pause()
            figures["resize"] = time.perf_counter() - started

    asyncio.run(run())
    return figures


def main() -> None:
    """Print medians and ratios."""
    empty = statistics.median(float(_python("-c", EMPTY)) for _ in range(RUNS))
    print(f"empty Textual app: {empty:.2f} s")
    runs = {size: [json.loads(_python(__file__, str(size))) for _ in range(RUNS)] for size in SIZES}
    medians = {
        size: {name: statistics.median(run[name] for run in found) for name in found[0]} for size, found in runs.items()
    }
    small, large = (medians[size] for size in SIZES)
    for size, figures in medians.items():
        print(f"{size:,} segments: first frame {figures['first frame'] / empty:.2f} times the empty app, ", end="")
        print(", ".join(f"{name} {figures[name] * 1000:.0f} ms" for name in ("page", "end", "back", "resize")))
    print("ratios: " + ", ".join(f"{name} {large[name] / small[name]:.2f}" for name in ("first frame", "page", "resize")))
    growth = (large["peak"] - small["peak"]) / (SIZES[1] - SIZES[0])
    print(f"memory: {growth:,.0f} bytes a segment, texts and alignment included")


def _python(*arguments: str) -> str:
    return subprocess.run([sys.executable, *arguments], check=True, capture_output=True, encoding="utf-8").stdout


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        import resource

        found = measure(int(sys.argv[1]))
        found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0
        print(json.dumps(found))
