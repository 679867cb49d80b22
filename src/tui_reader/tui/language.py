"""The language of the reader's own words: English in the code, others from catalogues beside it (gettext)."""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CATALOGUES = Path(__file__).with_name("locale")
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


class _Speaker:
    language = "en"
    catalogue = NullTranslations()


def speak(language: str) -> None:
    """Put the reader's words into this language from now on; English where there is no catalogue."""
    _Speaker.language = language
    _Speaker.catalogue = _loaded(CATALOGUES / f"{language}.po")


@cache
def _loaded(path: Path) -> NullTranslations:
    """A catalogue as translators edit it; compiled here, so that no compiled copy of it can be out of date."""
    if not path.is_file():
        return NullTranslations()
    from polib import pofile  # noqa: PLC0415 - English needs none

    return GNUTranslations(io.BytesIO(pofile(str(path), encoding="utf-8").to_binary()))


def language() -> str:
    """The code of the language in force."""
    return _Speaker.language


def speaks_english() -> bool:
    """Whether the reader's words are those of the code."""
    return type(_Speaker.catalogue) is NullTranslations


def tr(message: str) -> str:
    """A message in the language in force."""
    return _Speaker.catalogue.gettext(message)


def tr_count(one: str, many: str, count: int) -> str:
    """A message for a number of things, ``{n}`` in it replaced by that number."""
    return _Speaker.catalogue.ngettext(one, many, count).replace("{n}", str(count))


def tr_rule(text: str) -> str:
    """What a rule says of itself, in the language in force; as the rule says it where nobody has translated that.

    These texts are a catalogue of their own, because only the page of a rule shows them.
    """
    return _loaded(CATALOGUES / "rules" / f"{_Speaker.language}.po").gettext(text) if text else ""


def later(message: str) -> str:
    """Mark a message that is put into the language in force only when it is shown."""
    return message


def fitting_language(setting: str, environment: Mapping[str, str]) -> str:
    """The language that a setting asks for; ``auto`` follows the locale.

    Args:
        setting: ``auto``, ``en`` or ``ja``.
        environment: the variables of the environment.
    """
    if setting != "auto":
        return setting
    locale = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    return "ja" if locale.startswith("ja") else "en"
