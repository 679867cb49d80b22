"""Texts as libraries can take them."""

from __future__ import annotations


def storable(text: str) -> str:
    """The text with lone surrogates, which UTF-8 cannot hold, replaced one for one."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
    return text
