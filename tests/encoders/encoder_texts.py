"""Texts that the tests of the encoders share."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from tui_reader.corpus import corpus_path
from tui_reader.text import sentences

AWKWARD = (
    "",
    " ",
    "\n\t",
    "\u3000",
    "🙂",
    "🙂🇯🇵👩‍🚀" * 5,
    "\ud83d",
    "a\udc00b",
    "\u200b",
    "\x00\x1b[0m",
    "e\u0301 か\u3099",
    "ＡＢＣ１２３ｶﾞ…㍿",
    "。",
    "-" * 300,
)
"""Texts that no sentence splitter gives, but that a file may hold."""

ANY_TEXT = st.text(
    st.one_of(
        st.sampled_from("abc de.,。、かなカナ漢字ー・（）「」①％　…"),
        st.characters(),
        st.characters(categories=["Cs", "Mn", "So", "Zs", "Cc"]),
    ),
    max_size=40,
)
"""Mostly what texts are made of, sometimes lone surrogates, combining marks, controls."""


@cache
def mixed_sentences() -> tuple[str, ...]:
    """Every sentence of two bundled documents, English and Japanese: all of them would take minutes."""
    found: list[str] = []
    for path in sorted(file for name in ("carrow-bay", "ember-moths") for file in (corpus_path() / name).rglob("*.md")):
        content = path.read_text(encoding="utf-8")
        language = "ja" if path.name.endswith(".ja.md") else "en"
        found += [span.of(content) for span in sentences.split(content, language)]
    return tuple(found)
