"""Rules of words that a project has settled: its glossary, and words that it does without."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from tui_reader.checks.family import Family
from tui_reader.checks.rules import Example, Rule
from tui_reader.checks.wording.glossary import SEPARATOR, read_glossary
from tui_reader.checks.wording.phrases import PhraseIndex
from tui_reader.errors import SettingsError
from tui_reader.model import Severity, Side, Span
from tui_reader.text.normalise import find

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui_reader.checks.family import BeadView
    from tui_reader.checks.wording.glossary import Term
    from tui_reader.model import Finding
    from tui_reader.settings import CheckSettings

TERMINOLOGY = Rule(
    "terminology",
    "Not the term of the glossary",
    None,
    Severity.ERROR,
    "terminology",
    0.5,
    "The source has a word of the glossary (setting check.glossary), and the translation has none of the words that "
    "the glossary allows for it, or one that it forbids.",
    good=Example("The harbour master rang the bell.", "港長が鐘を鳴らした。"),
    bad=Example("The harbour master rang the bell.", "港の主任が鐘を鳴らした。"),
    cure="Use the glossary's word, or add the one that stands here to its row.",
)
FORBIDDEN_WORD = Rule(
    "forbidden-word",
    "Forbidden word",
    Side.TARGET,
    Severity.WARNING,
    "style",
    0.5,
    "The translation has a word that the setting check.forbidden names.",
    good=Example("He looked at the calm sea.", "彼は穏やかな海を眺めた。"),
    bad=Example("He looked at the calm sea.", "彼は穏やかな大海原を眺めた。"),
    cure="Say it in another word.",
)


class Terms(Family):
    """Looks words up in what the project has settled.

    Raises:
        InputError: the glossary is missing, malformed or contradicts itself.
        SettingsError: the setting of forbidden words names none.
    """

    rules = (TERMINOLOGY, FORBIDDEN_WORD)

    def __init__(self, settings: CheckSettings) -> None:
        super().__init__(settings)
        self._terms = read_glossary(Path(settings.glossary)).terms if settings.glossary else ()
        self._forbidden = [word.strip() for word in settings.forbidden.split(SEPARATOR) if word.strip()]
        if settings.forbidden and not self._forbidden:
            raise SettingsError(f"settings: check.forbidden names no word; separate words by {SEPARATOR}")
        self._indexes: dict[tuple[str, str], PhraseIndex] = {}

    @property
    def signature(self) -> str:
        """A short hash of the glossary and the forbidden words."""
        if not (self._terms or self._forbidden):
            return ""
        said = repr((self._terms, self._forbidden)).encode("utf-8", "surrogatepass")
        return f"terms:{hashlib.sha256(said).hexdigest()[:8]}"

    def find(self, view: BeadView) -> Iterable[Finding]:
        """Terms that are not translated as they should be, and forbidden words."""
        yield from self._term_findings(view)
        for number, span in self._index("words", self._forbidden, view.target.language).find(view.target):
            message = f"“{self._forbidden[number]}” is a word to do without."
            yield view.finding(FORBIDDEN_WORD, Side.TARGET, span, message, confidence=0.95)

    def _term_findings(self, view: BeadView) -> Iterator[Finding]:
        sources = [(term, word) for term in self._terms for word in term.source]
        index = self._index("source", [word for _, word in sources], view.source.language)
        met: set[int] = set()
        for number, span in _longest(index.find(view.source)):
            term = sources[number][0]
            if term.line not in met:
                met.add(term.line)
                yield from self._one_term(view, term, span)

    def _one_term(self, view: BeadView, term: Term, source: Span) -> Iterator[Finding]:
        word = source.of(view.source.content)
        language = view.target.language
        wrong = list(self._index(f"forbidden {term.line}", term.forbidden, language).find(view.target))
        allowed = self._allowed(view, term)
        for number, span in wrong:
            if not any(span.overlaps(right) for right in allowed):
                message = f"“{term.forbidden[number]}” is not the glossary's word for “{word}”{_instead(term)}."
                yield view.finding(TERMINOLOGY, Side.TARGET, span, message, confidence=0.95, counterpart=source)
        if term.targets and not allowed and not wrong:
            message = f"The glossary translates “{word}”{_instead(term)}."
            yield view.finding(TERMINOLOGY, Side.SOURCE, source, message, confidence=0.9)

    def _allowed(self, view: BeadView, term: Term) -> list[Span]:
        """Where the translation has a word that the glossary allows; inside a longer word will do."""
        index = self._index(f"target {term.line}", term.targets, view.target.language)
        found = [span for _, span in index.find(view.target)]
        if view.target.language == "ja":
            found += [span for target in term.targets for span in find(view.target.content, target)]
        return found

    def _index(self, name: str, phrases: Iterable[str], language: str) -> PhraseIndex:
        """The index of some phrases, made once for each language."""
        key = name, language
        if key not in self._indexes:
            self._indexes[key] = PhraseIndex(list(phrases), language)
        return self._indexes[key]


def _longest(found: Iterable[tuple[int, Span]]) -> Iterator[tuple[int, Span]]:
    """Without those inside a longer one: *harbour* is no term of its own in *harbour master*."""
    reached = -1
    for number, span in sorted(found, key=lambda match: (match[1].start, -match[1].end)):
        if span.end > reached:
            reached = span.end
            yield number, span


def _instead(term: Term) -> str:
    words = " or ".join(f"“{target}”" for target in term.targets)
    return f" as {words}" if words else ""
