"""What PO and MO files share: messages, their plural forms, the languages of a catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui_reader.errors import InputError, LanguageError
from tui_reader.formats.pairs import Pair, pair_language
from tui_reader.formats.passing_over import Passed
from tui_reader.formats.protected import protected_runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from polib import MOEntry, POEntry

    from tui_reader.formats.ignores import Remark
    from tui_reader.formats.input import Input
    from tui_reader.model import Locator

_KNOWN = {"en": "ja", "ja": "en"}
_LONGEST_ID = 60


class Form(NamedTuple):
    """A text of a message and the text that it translates."""

    suffix: str
    """Tells the forms of one message apart."""
    source_keyword: str
    source: str
    target_keyword: str
    target: str


class Catalogue:
    """Turns messages into pairs, and counts what it passes over.

    Args:
        file: where they come from.
    """

    def __init__(self, file: Input) -> None:
        self._file = file
        self._languages = ("en", "ja")
        self._remarks: tuple[Remark, ...] = ()
        self._seen: dict[tuple[str | None, str], int] = {}
        self.passed = Passed(file)

    def describe(self, header: Mapping[str, str], line: int, remarks: tuple[Remark, ...] = ()) -> None:
        """Take note of the header.

        Raises:
            LanguageError: its languages cannot be checked.
        """
        said = header.get("Language", "")
        target = pair_language(said, "ja", self._file, line)
        if target not in _KNOWN:
            what = f"the translation is in {said!r}; what can be checked is Japanese and English"
            raise LanguageError(what, path=self._file.name, line=line)
        source = pair_language(header.get("X-Source-Language", ""), _KNOWN[target], self._file, line)
        self._languages = (source, target)
        self._remarks = tuple(one for one in remarks if one.whole_file)

    def pairs(
        self, entry: POEntry | MOEntry, line: int, locator: Callable[[str], Locator], remarks: tuple[Remark, ...] = ()
    ) -> Iterator[Pair]:
        """The pairs that a message makes up; a message that was there before is a fault.

        Args:
            entry: as polib reads it.
            line: where it stands.
            locator: of the text after a keyword (``msgid``, ``msgstr[0]``).
            remarks: in its comments.
        """
        key = (entry.msgctxt, entry.msgid)
        if key in self._seen:
            what = f"the same message stands in line {self._seen[key]} already"
            self._file.listener.fault(InputError(what, path=self._file.name, line=line, cure="keep one of them"))
        self._seen.setdefault(key, line)
        if getattr(entry, "fuzzy", False):  # what is compiled has no flags
            self.passed.count("fuzzy")
            return
        for form in forms(entry):
            if form.target:
                yield Pair(
                    _name(entry) + form.suffix,
                    form.source,
                    form.target,
                    *self._languages,
                    line,
                    locator(form.source_keyword),
                    locator(form.target_keyword),
                    source_protected=protected_runs(form.source),
                    target_protected=protected_runs(form.target),
                    remarks=(*self._remarks, *remarks),
                )
            else:
                self.passed.count("untranslated")


def forms(entry: POEntry | MOEntry) -> Iterator[Form]:
    """What stands against what in a message, with its plural forms.

    The one form of a language without number says what the plural says; elsewhere form 0 is the singular.
    """
    plural = {int(number): text for number, text in (entry.msgstr_plural or {}).items()}
    if not plural:
        yield Form("", "msgid", entry.msgid, "msgstr", entry.msgstr)
    for number, text in sorted(plural.items()):
        target = f"msgstr[{number}]"
        if number == 0 and len(plural) > 1:
            yield Form("[0]", "msgid", entry.msgid, target, text)
        else:
            yield Form(f"[{number}]", "msgid_plural", entry.msgid_plural, target, text)


def _name(entry: POEntry | MOEntry) -> str:
    """Context and message as far as they fit in a line."""
    shown = " ".join(f"{entry.msgctxt}|{entry.msgid}".split() if entry.msgctxt else entry.msgid.split())
    return shown if len(shown) <= _LONGEST_ID else shown[: _LONGEST_ID - 1] + "…"
