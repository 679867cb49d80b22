"""What is said about texts that can hardly be aligned."""

from __future__ import annotations

import pytest

from tui_reader.alignment.doubts import agreement, doubts_after, doubts_before
from tui_reader.alignment.sentences import IndexBead

ENGLISH = ["The ferry leaves at noon and nobody knows when it will be back.", "The library is closed on Mondays."]
JAPANESE = ["船は正午に出るが、いつ戻るかは誰も知らない。", "図書館は月曜日が休みだ。"]
NAMES = ("a.txt", "b.txt")


def test_nothing_is_said_about_a_text_and_its_translation() -> None:
    """The usual case is silent."""
    assert list(doubts_before(ENGLISH, JAPANESE, NAMES)) == []


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ([], JAPANESE, "a.txt has no sentences"),
        (ENGLISH, [""], "b.txt has no sentences"),
        (ENGLISH, ENGLISH, "the same text"),
        (
            ENGLISH,
            [ENGLISH[1], "Nobody was there to ask about it when we came back from the island."],
            "same language (en)",
        ),
        (ENGLISH, JAPANESE * 80, "b.txt is "),
        ([*ENGLISH, "long " * 10_000], JAPANESE * 150, "sentence 3 of a.txt has 50,000 characters"),
    ],
)
def test_each_oddity_is_named(source: list[str], target: list[str], words: str) -> None:
    """One line each, with the file that is meant."""
    assert [doubt for doubt in doubts_before(source, target, NAMES) if words in doubt]


def test_texts_in_no_relation_are_told_with_the_figure() -> None:
    """Low agreement of many sentences is a doubt, of a few it is not, and good agreement never is."""

    def beads(similarity: float, count: int) -> list[IndexBead]:
        return [IndexBead((k,), (k,), similarity, 1 - similarity) for k in range(count)]

    (doubt,) = doubts_after([*beads(0.1, 6), IndexBead((6,), (), 0.0, 1.0)])
    assert "do not seem to be translations of each other" in doubt
    assert f"{agreement([*beads(0.1, 6), IndexBead((6,), (), 0.0, 1.0)]):.2f}" in doubt
    assert list(doubts_after(beads(0.1, 3))) == []
    assert list(doubts_after(beads(0.6, 6))) == []
