"""Which texts can stand beside which sources.

One side must be Japanese and the other English:

- a Japanese text needs at least one English source (or no source at all, to be read only);
- an English text needs at least one Japanese source;
- anything else has no Japanese in it and is refused.

Sources in a third language are kept beside a fitting one (a short English post is easily mistaken for Dutch).
Of the files of a folder, those in the text's own language are no sources and are passed over.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tui_reader.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from tui_reader.model import Document, Source, Text

_NAMES = {"ja": "Japanese", "en": "English"}
_KANA = re.compile("[\u3041-\u30ff\uff66-\uff9f]")
_KANJI = "[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"  # compiled only where there are no kana: it takes long
_LATIN = re.compile(r"[A-Za-z]")


def matched(document: Document, named: Collection[Path] = ()) -> Document:
    """The document with the sources that fit it.

    Args:
        document: a text with everything that may be a source of it.
        named: source files that a person named one by one: these must not be in the text's own language.

    Raises:
        InputError: there is no Japanese, or no English in the sources of a Japanese text.
    """
    text = _with_certain_language(document.text)
    sources = [replace(source, text=_with_certain_language(source.text)) for source in document.sources]
    if text.language != "ja" and not (text.language == "en" and any(s.text.language == "ja" for s in sources)):
        raise InputError(
            f"there is no Japanese in this text{_looks_like(text.language)}",
            path=_name(text),
            cure="give a Japanese text (or an English text with --sources in Japanese)",
        )
    kept = [source for source in sources if _other_language(source, text, named)]
    wanted = "en" if text.language == "ja" else "ja"
    if sources and not any(source.text.language == wanted for source in kept):
        raise _no_source(document, wanted, sources)
    return replace(document, text=text, sources=tuple(kept))


def _with_certain_language(text: Text) -> Text:
    if text.language not in {"ja", "und"} or _has_japanese(text.content):
        return text
    if text.language == "ja":
        return replace(text, language="und")
    return replace(text, language="en") if _LATIN.search(text.content) else text


def _has_japanese(content: str) -> bool:
    return _KANA.search(content) is not None or re.search(_KANJI, content) is not None


def _other_language(source: Source, text: Text, named: Collection[Path]) -> bool:
    if source.text.language != text.language:
        return True
    if source.text.path in named:
        language = _NAMES.get(text.language, text.language)
        raise InputError(f"this source is in {language}, as the text is", path=_name(source.text))
    return False


def _no_source(document: Document, wanted: str, sources: list[Source]) -> InputError:
    place = _name(sources[0].text) if len(sources) == 1 else _name(document.text)
    return InputError(
        f"there is no {_NAMES[wanted]} in the sources of this text{_looks_like(sources[0].text.language)}",
        path=place,
        cure=f"if it is {_NAMES[wanted]}, write language: {wanted} in its front matter",
    )


def _looks_like(language: str) -> str:
    return "" if language in {"und", "ja"} else f" (it looks like {_NAMES.get(language, language)!s})"


def _name(text: Text) -> str:
    return "<stdin>" if text.path is None else str(text.path)
