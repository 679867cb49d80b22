"""A hook of MkDocs: the site holds only docs/, so a link to another file of the repository becomes that file's name."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[1]
_LINK = re.compile(r"\[([^\]]+)\]\(((?:\.\./)+[^)#]+)(?:#[^)]*)?\)")


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """The page with links that leave docs/ as text."""
    home = (ROOT / "docs" / PurePosixPath(page.file.src_uri)).parent

    def named(link: re.Match[str]) -> str:
        target = (home / link[2]).resolve()
        if target.is_relative_to(ROOT / "docs"):
            return link[0]
        name = target.relative_to(ROOT).as_posix()
        return link[1] if name in link[1] else f"{link[1]} (`{name}` in the repository)"

    return _LINK.sub(named, markdown)
