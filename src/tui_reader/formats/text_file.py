"""One file of text, plain or Markdown, with what its front matter says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui_reader.errors import InputError
from tui_reader.formats.decode import LineLocator, decode
from tui_reader.formats.front_matter import FrontMatter, parse_front_matter
from tui_reader.formats.ignores import markup_ignores
from tui_reader.formats.markdown_blocks import markdown_blocks
from tui_reader.model import Block, Text

if TYPE_CHECKING:
    from tui_reader.formats.input import Input

MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
PLAIN_SUFFIXES = frozenset({".txt", ".text"})


class TextFile(NamedTuple):
    """A text and what it says about itself."""

    text: Text
    front_matter: FrontMatter


def read_text_file(file: Input, language: str | None = None) -> TextFile:
    """A file's text with its blocks; front matter stays in the content but in no block.

    Args:
        file: the file; its suffix tells Markdown from plain text.
        language: ISO 639-1 code where a person gave it; else the front matter's, else what is detected.

    Raises:
        InputError: missing, unreadable, binary or empty, or bad front matter.
    """
    from tui_reader.text.language import detect  # noqa: PLC0415 - only where nobody says the language

    content = decode(file.read(), file.name)
    is_markdown = file.suffix in MARKDOWN_SUFFIXES
    about = parse_front_matter(content, file.name, strict=is_markdown)
    if not content[about.end :].strip():
        raise InputError("the text is empty", path=file.name)
    blocks = markdown_blocks(content, about.end) if is_markdown else _plain_blocks(content, about.end)
    code = language or about.language or detect(content[about.end :])
    ignores = markup_ignores(content, blocks) if is_markdown else ()
    return TextFile(Text(content, code, blocks, file.path, LineLocator(content), ignores), about)


def _plain_blocks(content: str, start: int) -> tuple[Block, ...]:
    from tui_reader.text.blocks import plain_blocks  # noqa: PLC0415 - Markdown does without

    return tuple(
        Block(block.span.shifted(start), block.kind, block.paragraph) for block in plain_blocks(content[start:])
    )
