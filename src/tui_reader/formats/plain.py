"""Plain text, as copied from a web page or typed; front matter is understood there too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.errors import InputError
from tui_reader.formats.decode import LineLocator, decode
from tui_reader.formats.format import Format, TextFile
from tui_reader.formats.front_matter import parse_front_matter
from tui_reader.formats.text_file import opener
from tui_reader.model import Block, Text

if TYPE_CHECKING:
    from tui_reader.formats.input import Input


def read_plain(file: Input, language: str | None) -> TextFile:
    """The text in a plain text file.

    Raises:
        InputError: missing, unreadable, binary or empty.
    """
    from tui_reader.text.blocks import plain_blocks  # noqa: PLC0415 - other formats do without

    content = decode(file.beginning(), file.name)
    about = parse_front_matter(content, file.name, strict=False)
    body = content[about.end :]
    if not body.strip():
        raise InputError("the text is empty", path=file.name)
    blocks = plain_blocks(body)
    if about.end:
        blocks = tuple(Block(block.span.shifted(about.end), block.kind, block.paragraph) for block in blocks)
    code = language or about.language
    if not code:
        from tui_reader.text.language import detect  # noqa: PLC0415 - loads its rules

        code = detect(body)
    text = Text(content, code, blocks, file.path, LineLocator(content))
    return TextFile(text, about)


FORMAT = Format(
    name="text",
    suffixes=frozenset({".txt", ".text"}),
    open=opener(read_plain),
    read_text=read_plain,
    has_beginning=True,
)
