"""The checker on sentences written for it: what it finds, what it leaves alone, and what never changes a result."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tui_reader.checks.checker import Checker
from tui_reader.corpus import corpus_path
from tui_reader.errors import SettingsError
from tui_reader.formats import read
from tui_reader.model import Alignment, Band, CheckedBead, Document, Finding, Passage, Report, Side, Source, Span, Text
from tui_reader.settings import CheckSettings
from tui_reader.text.blocks import plain_blocks
from tui_reader.text.words import split

if TYPE_CHECKING:
    from collections.abc import Sequence

ENGLISH = "The night ferry to the island was cancelled because of the storm."
JAPANESE = "島へ向かう夜のフェリーは、嵐のために欠航となった。"
LONGER_ENGLISH = (
    "The night ferry to the island was cancelled because of the storm, and a choir of retired firemen sang in the hall."
)
LONGER_JAPANESE = "島へ向かう夜のフェリーは、嵐のために欠航となり、引退した消防士たちの合唱団がホールで歌った。"


def pair(source: str, target: str, name: str = "p", languages: Sequence[str] = ("en", "ja")) -> Document:
    """A document of one pair."""
    texts = [
        Text(content, lang, plain_blocks(content)) for content, lang in zip((source, target), languages, strict=True)
    ]
    mark = Passage(name, name, Span(0, len(source)), Span(0, len(target)), marked=True)
    return Document(name, texts[1], (Source(name, texts[0]),), marked=(mark,), is_pairs=True)


def found(report: Report) -> list[tuple[str, str]]:
    """Rule and words of every finding."""
    return [(finding.rule, _words(report, finding)) for _, finding in report.findings]


def _words(report: Report, finding: Finding) -> str:
    text = report.document.text if finding.side is Side.TARGET else report.document.sources[0].text
    return finding.span.of(text.content)


@pytest.fixture(scope="module")
def checker() -> Checker:
    """With the default settings."""
    return Checker()


def test_a_score_says_where_it_stands(checker: Checker) -> None:
    """A close translation stands among the better ones, an unrelated text among such texts."""
    close, unrelated = (checker.check(pair(ENGLISH, text)).beads[0] for text in (JAPANESE, "猫は台所で牛乳を飲む。"))
    assert close.standing is not None
    assert unrelated.standing is not None
    assert close.standing.band is Band.CLOSE
    assert unrelated.standing.band is Band.UNRELATED
    assert close.standing.percentile > unrelated.standing.percentile


def test_a_clause_that_was_left_out_is_found_word_for_word(checker: Checker) -> None:
    """The omission is a finding on the source, in the words that are missing, and on nothing else."""
    rules = found(checker.check(pair(LONGER_ENGLISH, JAPANESE)))
    assert [rule for rule, _ in rules] == ["omission"]
    assert "choir of retired firemen" in rules[0][1]
    assert "storm" not in rules[0][1]


def test_a_clause_that_was_put_in_is_found_word_for_word(checker: Checker) -> None:
    """The addition is a finding on the translation."""
    rules = found(checker.check(pair(ENGLISH, LONGER_JAPANESE)))
    assert [rule for rule, _ in rules] == ["addition"]
    assert "消防士" in rules[0][1]
    assert "嵐" not in rules[0][1]


@pytest.mark.parametrize(("source", "target"), [(ENGLISH, JAPANESE), (LONGER_ENGLISH, LONGER_JAPANESE)])
def test_a_faithful_translation_has_no_finding(source: str, target: str, checker: Checker) -> None:
    """Silence where nothing is wrong, in either direction."""
    assert found(checker.check(pair(source, target))) == []
    assert found(checker.check(pair(target, source, languages=("ja", "en")))) == []


def test_the_other_direction_is_checked_by_the_same_code(checker: Checker) -> None:
    """A Japanese source whose English translation drops a clause."""
    rules = found(checker.check(pair(LONGER_JAPANESE, ENGLISH, languages=("ja", "en"))))
    assert [rule for rule, _ in rules] == ["omission"]
    assert "消防士" in rules[0][1]


def test_a_whole_sentence_left_out_is_one_finding(checker: Checker) -> None:
    """A sentence without partner is reported whole, from its first word to its last."""
    source = f"{ENGLISH} My neighbour grows lemons on the roof. The next ferry leaves tomorrow at noon."
    target = f"{JAPANESE}次のフェリーは明日の正午に出る。"
    rules = found(checker.check(pair(source, target)))
    assert rules == [("omission", "My neighbour grows lemons on the roof")]


def test_a_sentence_that_a_document_dropped_is_reported_whole(checker: Checker) -> None:
    """The aligner leaves it alone, and none of its neighbours says it."""
    report = checker.check(read(corpus_path() / "ember-moths"))
    assert ("omission", "Each flight will use less than a teaspoonful") in found(report)


def test_damage_lowers_the_score(checker: Checker) -> None:
    """The score orders intact, damaged and unrelated pairs, between 0 and 100."""
    scores = [
        checker.check(pair(source, target)).score or 0.0
        for source, target in (
            (LONGER_ENGLISH, LONGER_JAPANESE),
            (LONGER_ENGLISH, JAPANESE),
            (ENGLISH, "猫が三匹いる。"),
        )
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3
    assert all(0 <= score <= 100 for score in scores)


def test_results_do_not_depend_on_company(checker: Checker) -> None:
    """A pair gives the same report alone, among others and in another order."""
    documents = [
        pair(LONGER_ENGLISH, JAPANESE, "a"), pair(ENGLISH, LONGER_JAPANESE, "b"), pair("Yes.", "はい。", "c"),
        pair(LONGER_ENGLISH, LONGER_JAPANESE, "d"),
    ]  # fmt: skip
    together = list(checker.check_all(documents))
    backwards = list(checker.check_all(documents[::-1]))[::-1]
    for document, one, other in zip(documents, together, backwards, strict=True):
        alone = checker.check(document)
        assert found(alone) == found(one) == found(other)
        for field in ("source_losses", "target_losses"):
            for k, loss in enumerate(getattr(alone.beads[0], field)):
                assert math.isclose(loss.probability, getattr(one.beads[0], field)[k].probability, abs_tol=1e-4)
        assert math.isclose(alone.score or 0, other.score or 0, abs_tol=1e-2)


def test_the_iterator_gives_alignment_beads_and_report_in_that_order(checker: Checker) -> None:
    """A reader sees the alignment first, then every bead, and the report is made of those beads."""
    events = list(checker.iter_check(pair(f"{ENGLISH} It rained.", f"{JAPANESE}雨だった。")))
    assert isinstance(events[0], Alignment)
    assert isinstance(events[-1], Report)
    beads = [event for event in events if isinstance(event, CheckedBead)]
    assert len(beads) == len(events) - 2 == 2
    assert events[-1].beads == tuple(beads)


def test_every_finding_explains_itself(checker: Checker) -> None:
    """Message, confidence, severity, evidence with the closest counterpart inside the other text, fingerprint."""
    report = checker.check(pair(LONGER_ENGLISH, JAPANESE))
    _, finding = report.findings[0]
    assert "choir" in finding.message
    assert 0 < finding.confidence <= 1
    assert finding.evidence.counterpart is not None
    assert Span(0, len(JAPANESE)).contains(finding.evidence.counterpart)
    assert {signal.name for signal in finding.evidence.signals} >= {"word probability", "deletion gain"}
    assert len(finding.fingerprint) == 12


def test_the_closest_counterpart_says_something(checker: Checker) -> None:
    """What is shown as the closest words holds a content word, not a particle."""
    report = checker.check(pair(LONGER_ENGLISH, JAPANESE))
    _, finding = report.findings[0]
    assert finding.evidence.counterpart is not None
    assert any(word.content_word for word in split(JAPANESE, "ja", finding.evidence.counterpart))


def test_a_fingerprint_survives_moving_and_rewrapping(checker: Checker) -> None:
    """The same finding has the same name when its text moves down, is folded or changes width of its letters."""
    _, one = checker.check(pair(LONGER_ENGLISH, JAPANESE)).findings[0]
    moved = pair("\n\n" + LONGER_ENGLISH.replace(" of the storm", "\nof the storm"), JAPANESE)
    _, other = checker.check(moved).findings[0]
    assert one.fingerprint == other.fingerprint
    _, different = checker.check(pair(LONGER_ENGLISH.replace("retired", "young"), JAPANESE)).findings[0]
    assert different.fingerprint != one.fingerprint


def test_sensitivity_moves_the_threshold() -> None:
    """What is reported at low is reported at normal, and what at normal is at high."""
    document = pair(LONGER_ENGLISH, JAPANESE)
    low, normal, high = (
        {f.fingerprint for _, f in Checker(CheckSettings(sensitivity=s)).check(document).findings}
        for s in ("low", "normal", "high")
    )
    assert len(low) <= len(normal) <= len(high)


def test_the_signature_names_what_changes_numbers() -> None:
    """Encoder, parameters and sensitivity are in the signature; ``auto`` is not."""
    one, other = Checker().signature, Checker(CheckSettings(sensitivity="high")).signature
    assert "auto" not in str(one)
    assert one != other
    assert replace(other, sensitivity="normal") == one


def test_an_unknown_encoder_is_named() -> None:
    """A setting that no encoder answers to is an error that lists those that there are."""
    with pytest.raises(SettingsError, match="use"):
        Checker(CheckSettings(encoder="no-such-encoder"))


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("", ""), (ENGLISH, ""), ("", JAPANESE), ("!?", "……"), ("\ud800", "\udfff"), ("a", "あ"), ("😀" * 40, "🐈"),
        (ENGLISH, ENGLISH), (" ".join(["word"] * 5000), "語" * 900), ("x" * 5000, "あ" * 5000),
    ],
)  # fmt: skip
def test_strange_pairs_have_a_defined_result(source: str, target: str, checker: Checker) -> None:
    """Empty, punctuation, broken code points, emoji, untranslated, very long: a report, never an exception."""
    report = checker.check(pair(source, target))
    for checked in report.beads:
        assert 0 <= checked.score <= 100
        for losses, text in ((checked.source_losses, source), (checked.target_losses, target)):
            assert all(0 <= a < b <= len(text) and 0 <= p <= 1 for a, b, p in losses)
