"""Make the pictures of the reader: ``python docs/make_pictures.py``.

The bundled documents are opened in the reader at the sizes below and checked for real; what is on the screen is written
to ``docs/pictures`` as PNG. Needs ``rsvg-convert`` (Debian: librsvg2-bin), the font Noto Sans Mono CJK JP and Pillow
(extra ``plots``).
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image

from tui_reader.corpus import corpus_path
from tui_reader.formats import read
from tui_reader.settings import CheckSettings, ReaderSettings, Settings
from tui_reader.tui.app import ReaderApp
from tui_reader.tui.screens.library import LibraryScreen
from tui_reader.tui.screens.reading import ReadingScreen
from tui_reader.tui.services import default_check
from tui_reader.tui.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

PICTURES = Path(__file__).parent / "pictures"
FONT = "Noto Sans Mono CJK JP"
FONT_SIZE = 24.4
"""Pixels: two of the cells that Textual draws, so that a Japanese character takes exactly two."""
WIDTH = 1300
COLOURS = 128
LARGEST = 300_000
"""Bytes that a picture may have."""
CHECK = default_check(CheckSettings())
"""One checker for all: the second picture of a document costs nothing."""


class Picture(NamedTuple):
    """A screen to be shown."""

    name: str
    size: tuple[int, int]
    keys: tuple[str, ...]
    document: str | None = "carrow-bay"
    """A folder of the corpus, None for the library."""
    settings: ReaderSettings = ReaderSettings()


PICTURES_TO_MAKE = (
    Picture("reader", (140, 36), ("right_square_bracket", "enter")),
    Picture("reader-narrow", (80, 24), ("right_square_bracket",)),
    Picture("reader-words", (140, 30), ("right_curly_bracket", "l", "l", "l", "l", "d")),
    Picture("reader-folded", (140, 30), ("z", "right_square_bracket"), settings=ReaderSettings(theme="light")),
    Picture("overview", (110, 34), ("i",)),
    Picture("problems", (120, 24), ("p",)),
    Picture("library", (100, 30), (), document=None),
    Picture("reader-ja", (120, 30), ("r", "right_square_bracket", "enter"), settings=ReaderSettings(language="ja")),
)


async def screenshot(picture: Picture) -> str:
    """The SVG of a picture."""
    folders = sorted(path.parent for path in corpus_path().glob("*/document.toml"))
    things = folders if picture.document is None else read(corpus_path() / picture.document)
    app = ReaderApp(things, Settings(reader=picture.settings), CHECK, store=Store(None))
    async with app.run_test(size=picture.size) as pilot:
        await _until(lambda: _is_ready(app))
        for key in picture.keys:
            await pilot.press(key)
            # Words and readings are looked up in the background.
            await asyncio.sleep(4)
        await pilot.pause()
        return app.export_screenshot(title="tui-reader")


def _is_ready(app: ReaderApp) -> bool:
    screen = app.screen
    if isinstance(screen, ReadingScreen):
        return not screen.footer.state and screen.reading.score is not None
    return isinstance(screen, LibraryScreen) and all(row.value and row.value.document for row in screen.rows())


async def _until(condition: Callable[[], bool]) -> None:
    while not condition():
        await asyncio.sleep(0.1)


def write(svg: str, path: Path) -> None:
    """Turn an SVG into a PNG, in a font that has both languages and gives Japanese two cells."""
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: [^;]+;", f"font-family: '{FONT}';", svg)
    # This font has no glyph for the spaces that do not break.
    svg = svg.replace("&#160;", " ").replace("<svg ", '<svg xml:space="preserve" ', 1)
    svg = re.sub(r"font-size: 20px;", f"font-size: {FONT_SIZE}px;", svg)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "screen.svg"
        source.write_text(svg, encoding="utf-8")
        subprocess.run(["rsvg-convert", "--width", str(WIDTH), "--output", str(path), str(source)], check=True)  # noqa: S603, S607 - our own program
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)
    if path.stat().st_size > LARGEST:
        sys.exit(f"{path}: {path.stat().st_size:,} bytes are too many")


def main(names: list[str]) -> None:
    """Make all pictures, or those named."""
    PICTURES.mkdir(exist_ok=True)
    for picture in PICTURES_TO_MAKE:
        if not names or picture.name in names:
            write(asyncio.run(screenshot(picture)), PICTURES / f"{picture.name}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
