"""What there is to say about a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.tui.language import later, tr, tr_count
from tui_reader.tui.word_links import phrase
from tui_reader.tui.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.model import Text
    from tui_reader.text.words import Word
    from tui_reader.tui.reading import Reading
    from tui_reader.tui.word_links import Usage

_PARTS = {
    "ADJ": later("adjective"),
    "ADP": later("particle or preposition"),
    "ADV": later("adverb"),
    "AUX": later("auxiliary"),
    "CCONJ": later("conjunction"),
    "DET": later("determiner"),
    "INTJ": later("interjection"),
    "NOUN": later("noun"),
    "NUM": later("numeral"),
    "PART": later("particle"),
    "PRON": later("pronoun"),
    "PROPN": later("name"),
    "SCONJ": later("conjunction"),
    "VERB": later("verb"),
}
_USAGES_SHOWN = 8


def word_explanation(reading: Reading, usages: Sequence[Usage] | None) -> list[tuple[str, str]]:
    """The word under the cursor: how it is read, what it is, and what stands for it here and elsewhere.

    Args:
        reading: the state.
        usages: what stands for it elsewhere, None while that is being looked up.
    """
    item, span = reading.item, reading.word_span
    if item is None or span is None or reading.word is None:
        return [("", tr("no word here ⋅ h and l go from word to word"))]
    text = reading.side_text(reading.active)
    word = reading.words[item].of(reading.active)[reading.word]
    fields = [("", one_line(span.of(text.content)) + _read(reading, text)), (tr("word"), _kind(word))]
    if item.bead is not None:
        fields.append((tr("here"), tr("looking…") if reading.words[item].links is None else _here(reading)))
    fields.append((tr("elsewhere"), tr("looking…") if usages is None else _elsewhere(usages)))
    return fields


def _read(reading: Reading, text: Text) -> str:
    item, span = reading.item, reading.word_span
    around = None if item is None else item.span(reading.active)
    if text.language != "ja" or span is None or around is None:
        return ""
    from tui_reader.text.readings import has_kanji, word_reading  # noqa: PLC0415 - loads a dictionary

    if not has_kanji(span.of(text.content)):
        return ""
    kana = word_reading(around.of(text.content), span.shifted(-around.start))
    return f"《{kana}》" if kana else ""


def _kind(word: Word) -> str:
    part = _PARTS.get(word.part_of_speech)
    lemma = tr("dictionary form {lemma}").format(lemma=one_line(word.lemma))
    return f"{tr(part)} ⋅ {lemma}" if part else lemma


def _here(reading: Reading) -> str:
    text = reading.side_text(reading.active.other)
    found = [one_line(span.of(text.content)) for span in reading.counterpart_spans()]
    return phrase(found, text.language) or tr("nothing stands for it in this sentence")


def _elsewhere(usages: Sequence[Usage]) -> str:
    if not usages:
        return tr("the word stands nowhere else")
    parts = [
        f"{one_line(usage.words) or tr('(nothing)')} {tr_count('{n} time', '{n} times', usage.times)}"
        for usage in usages[:_USAGES_SHOWN]
    ]
    rest = len(usages) - _USAGES_SHOWN
    return " ⋅ ".join(parts) + (tr_count(" ⋅ {n} other", " ⋅ {n} others", rest) if rest > 0 else "")
