"""The language of the reader's own words: English in the code, others from catalogues beside it (gettext)."""

from __future__ import annotations

from gettext import NullTranslations, translation
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CATALOGUES = Path(__file__).with_name("locale")
DOMAIN = "tui-reader"
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


class _Speaker:
    catalogue = NullTranslations()


def speak(language: str) -> None:
    """Put the reader's words into this language from now on; English where there is no catalogue."""
    _Speaker.catalogue = translation(DOMAIN, CATALOGUES, [language], fallback=True)


def tr(message: str) -> str:
    """A message in the language in force."""
    return _Speaker.catalogue.gettext(message)


def tr_count(one: str, many: str, count: int) -> str:
    """A message for a number of things, ``{n}`` in it replaced by that number."""
    return _Speaker.catalogue.ngettext(one, many, count).replace("{n}", str(count))


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
