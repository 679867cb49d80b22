"""Markdown with YAML front matter (`markdown_blocks` finds its structure)."""

from __future__ import annotations

from tui_reader.formats.format import Format
from tui_reader.formats.plain import open_text
from tui_reader.formats.text_file import MARKDOWN_SUFFIXES

FORMAT = Format(name="markdown", suffixes=MARKDOWN_SUFFIXES, open=open_text)
