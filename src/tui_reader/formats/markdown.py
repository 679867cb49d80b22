"""Markdown with YAML front matter (`markdown_blocks` finds its structure)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.errors import InputError
from tui_reader.formats.decode import LineLocator, decode
from tui_reader.formats.format import Format, TextFile
from tui_reader.formats.front_matter import parse_front_matter
from tui_reader.formats.ignores import markup_ignores
from tui_reader.formats.markdown_blocks import parse_markdown
from tui_reader.formats.text_file import opener
from tui_reader.model import Text

if TYPE_CHECKING:
    from tui_reader.formats.input import Input


def read_markdown(file: Input, language: str | None) -> TextFile:
    """The text in a Markdown file; front matter stays in the content but in no block.

    Raises:
        InputError: missing, unreadable, binary or empty, or bad front matter.
    """
    from tui_reader.text.language import detect  # noqa: PLC0415 - only where nobody says the language

    content = decode(file.beginning(), file.name)
    about = parse_front_matter(content, file.name, strict=True)
    if not content[about.end :].strip():
        raise InputError("the text is empty", path=file.name)
    blocks, marks = parse_markdown(content, about.end)
    code = language or about.language or detect(content[about.end :])
    ignores = markup_ignores(content, blocks)
    return TextFile(Text(content, code, blocks, file.path, LineLocator(content), ignores, marks), about)


FORMAT = Format(
    name="markdown",
    suffixes=frozenset({".md", ".markdown"}),
    open=opener(read_markdown),
    read_text=read_markdown,
    has_beginning=True,
)
