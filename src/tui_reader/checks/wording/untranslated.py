"""Rules of text that is not in the language of the translation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui_reader.checks.family import Family
from tui_reader.checks.rules import Example, Rule
from tui_reader.model import Severity, Side, Span
from tui_reader.text.language import UNDETERMINED, detect
from tui_reader.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui_reader.checks.family import BeadView
    from tui_reader.model import Finding

UNTRANSLATED = Rule(
    "untranslated",
    "Not translated",
    Side.TARGET,
    Severity.ERROR,
    "untranslated",
    0.5,
    "The translation repeats the source, is still in the language of the source, or holds no words at all. "
    "One finding stands for all the omissions and additions of the pair. Names, numbers and code may stay as they are.",
    good=Example("Please lock the boathouse at dusk.", "夕暮れには艇庫に鍵をかけてください。"),
    bad=Example("Please lock the boathouse at dusk.", "Please lock the boathouse at dusk."),
    cure="Translate it.",
    says_all=True,
)
PARTLY_UNTRANSLATED = Rule(
    "partly-untranslated",
    "Words left in the language of the source",
    Side.TARGET,
    Severity.WARNING,
    "untranslated",
    0.5,
    "A run of words of the source stands untranslated in the translation. "
    "Names, titles, what stands in quotation marks or brackets, and code are left alone.",
    good=Example("We met at the Old Mill Café.", "私たちは Old Mill Café で会った。"),
    bad=Example("The museum is closed until the end of the month.", "博物館は until the end of the month 休館です。"),
    cure="Translate these words, or put them in quotation marks where they are meant to stay.",
)
WRONG_LANGUAGE = Rule(
    "wrong-language",
    "In a third language",
    Side.TARGET,
    Severity.ERROR,
    "untranslated",
    0.5,
    "The translation is in neither the language it should be in nor that of the source.",
    good=Example("Please lock the boathouse at dusk.", "夕暮れには艇庫に鍵をかけてください。"),
    bad=Example("Please lock the boathouse at dusk.", "Bitte schließen Sie das Bootshaus ab, sobald es dunkel wird."),
    cure="Look whether the right file stands here.",
    says_all=True,
)

_JAPANESE = re.compile(r"[ぁ-ゖァ-ヺー一-鿿々〆ヶ]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][A-Za-z]+)*")
_LOWER_WORD = re.compile(r"(?<![\w@#/.:])[a-zà-ɏ]+(?:['’][a-z]+)*(?![\w@/:]|\.\w)")
_QUOTED = re.compile(
    r"「[^」]*」|『[^』]*』|（[^）]*）|\([^)]*\)|“[^”]*”|\"[^\"]*\"|\[[^\]]*\]|`[^`]*`|《[^》]*》|〈[^〉]*〉|<[^>]*>"
)
_LATIN_RUN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’\-, ]*[A-Za-zÀ-ɏ]")
_JAPANESE_RUN = re.compile(r"[ぁ-ゖァ-ヺー一-鿿々〆ヶ]+(?:[、・][ぁ-ゖァ-ヺー一-鿿々〆ヶ]+)*")
_FEWEST_WORDS = 3
"""Lower-case words that make a Latin run language rather than a name."""
_LATIN_SHARE = 0.9
_ENOUGH_TO_TELL = 40
"""Letters from which a third language is told."""


class Untranslated(Family):
    """Looks at the languages of the translation's words, by their script first."""

    rules = (UNTRANSLATED, PARTLY_UNTRANSLATED, WRONG_LANGUAGE)

    def find(self, view: BeadView) -> Iterable[Finding]:
        """What was not translated: all of it, or runs."""
        if view.source.language == view.target.language or not _is_language(view.source.content, view.source.language):
            return
        whole = Span(0, len(view.target.content))
        said = _what_is_wrong(view)
        if said is not None:
            rule, message = said
            yield view.finding(
                rule, Side.TARGET, whole, message, confidence=0.95, counterpart=Span(0, len(view.source.content))
            )
            return
        for span in _foreign_runs(view):
            words = span.of(view.target.content)
            yield view.finding(
                PARTLY_UNTRANSLATED,
                Side.TARGET,
                span,
                f"“{words}” stands as in the source.",
                confidence=_certainty(words),
            )


def _what_is_wrong(view: BeadView) -> tuple[Rule, str] | None:
    """The rule that the whole of a translation breaks, and a sentence about it."""
    source, target = view.source.content, view.target.content
    if not any(map(str.isalnum, target)):
        return UNTRANSLATED, "The translation holds no words."
    if "".join(fold(source)[0].split()) == "".join(fold(target)[0].split()):
        return UNTRANSLATED, "The translation repeats the source."
    language = _language(target, view.target.language)
    if language == view.source.language:
        return UNTRANSLATED, "The translation is in the language of the source."
    if language != view.target.language:
        return WRONG_LANGUAGE, f"The translation is in another language ({language})."
    return None


def _is_language(content: str, language: str) -> bool:
    """Whether a source has words to translate: more than a name, a number or code."""
    if language == "ja":
        return _JAPANESE.search(content) is not None
    return len(_LOWER_WORD.findall(content)) >= _FEWEST_WORDS


def _language(content: str, expected: str) -> str:
    """Language of a text, the expected one where nothing speaks against it."""
    letters = len(_LETTER.findall(content))
    japanese = len(_JAPANESE.findall(content))
    if expected == "ja":
        if japanese > (1 - _LATIN_SHARE) * letters or len(_LOWER_WORD.findall(content)) < _FEWEST_WORDS:
            return expected
    elif japanese > letters / 2:
        return "ja"
    elif (
        expected == "en" and len(_ENGLISH.findall(content)) * 8 >= len(_WORD.findall(content))
    ) or letters < _ENOUGH_TO_TELL:
        return expected
    found = detect(content)
    return expected if found == UNDETERMINED else found


_ENGLISH = re.compile(
    r"\b(?:the|a|an|of|to|and|in|on|at|is|are|was|were|be|been|that|this|it|for|with|from|by|as|not|has|have|had|will|would"
    r"|he|she|they|we|you|i|his|her|their|its|which|who|or|but|about|into|than|there)\b",
    re.IGNORECASE,
)


def _foreign_runs(view: BeadView) -> Iterator[Span]:
    """Runs of the source's language in the translation that the source holds as well."""
    content = view.target.content
    source = " ".join(view.source.content.split()).casefold()
    quoted = [match.span() for match in _QUOTED.finditer(content)]
    pattern = _LATIN_RUN if view.target.language == "ja" else _JAPANESE_RUN
    for match in pattern.finditer(content):
        inside = any(start < match.end() and match.start() < end for start, end in quoted)
        if (
            not inside
            and _is_language(match[0], view.source.language)
            and " ".join(match[0].split()).casefold() in source
        ):
            yield Span(*match.span())


def _certainty(words: str) -> float:
    """A name written in small letters is the likeliest mistake, and has no function words."""
    return 0.9 if _ENGLISH.search(words) or _JAPANESE.search(words) else 0.6
