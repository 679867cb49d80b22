"""Line breaking: the rules of kinsoku, and what holds for any text and width."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui_reader.model import Span
from tui_reader.text.width import cells, clusters
from tui_reader.text.wrap import wrap

NO_START = "。、，．！？」』）】〉》〕ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々…・％"
NO_END = "「『（【〈《〔￥"


def _lines(content: str, width: int) -> list[str]:
    return [line.of(content) for line in wrap(content, width)]


@pytest.mark.parametrize(
    ("content", "width", "expected"),
    [
        ("灯台の光が消えた。", 16, ["灯台の光が消え", "た。"]),
        ("彼は「はい」と言う", 6, ["彼は", "「は", "い」と", "言う"]),
        ("きょうは", 2, ["き", "ょ", "う", "は"]),
        ("東京きょうは", 6, ["東京", "きょう", "は"]),
        ("コーヒーを飲む", 8, ["コーヒー", "を飲む"]),
        ("あの日……と", 7, ["あの", "日……と"]),
        ("価格は1,000円だ", 8, ["価格は", "1,000円", "だ"]),
        ("三割は30％だ", 8, ["三割は", "30％だ"]),
        ("新しいlighthouseの光", 12, ["新しい", "lighthouseの", "光"]),
        ("the keeper's old lamp", 12, ["the keeper's", "old lamp"]),
        ("a smarter-than-human lamp", 10, ["a smarter-", "than-human", "lamp"]),
        ("model GPT-4 is", 9, ["model", "GPT-4 is"]),
        ("one  two", 4, ["one", "two"]),
        ("  indented line", 10, ["  indented", "line"]),
        ("see f(x) and (y)", 8, ["see f(x)", "and (y)"]),
        ("責任者（Head of it）は", 12, ["責任者（Head", "of it）は"]),
        ("a\n\nb\r\nc\n", 5, ["a", "", "b", "c"]),
        ("終わる！　次", 8, ["終わる！", "次"]),
        ("", 5, []),
    ],
)
def test_lines_break_where_a_typesetter_would(content: str, width: int, expected: list[str]) -> None:
    """Forbidden starts and ends, numbers with units, words, hyphens, spaces and newlines."""
    assert expected == _lines(content, width)


def test_a_long_address_is_broken_and_leaves_no_hole() -> None:
    """A word that fits on no line starts on the current one and is broken after its slashes."""
    found = _lines("見よ https://example.org/lanterns/and/boats/of/the/harbour だ", 24)
    assert found[0].startswith("見よ https://")
    assert all(cells(line) <= 24 for line in found)
    assert found[1].endswith("/")


def test_hostile_characters_are_measured_as_they_are_shown() -> None:
    """Lines fit in their visible form: a bidi override takes the eight cells of its mark."""
    content = "あ\u202eい\x1bう" * 5
    assert all(cells(line) <= 12 for line in _lines(content, 12))


def test_a_part_of_a_text_is_wrapped_in_its_own_offsets() -> None:
    """Spans count from the start of the whole text."""
    assert [Span(3, 5), Span(5, 7)] == wrap("前の文灯台の光後", 4, Span(3, 7))


def test_a_line_must_have_room_for_a_wide_character() -> None:
    """A width below two is the caller's mistake."""
    with pytest.raises(ValueError, match="at least 2"):
        wrap("あ", 1)


ANY_TEXT = st.text(
    st.one_of(
        st.sampled_from("あア漢ーょ。、「」（）…―a b1-.,()\"'％円￥/\n　\t\u3099👨‍👩❤️🇯🇵"), st.characters(codec=None)
    ),
    max_size=80,
)


@given(ANY_TEXT, st.integers(2, 30), st.sampled_from([1, 2]))
@example("      あ", 4, 1)
@example("\u202eあ", 4, 1)
def test_lines_fit_and_lose_nothing(content: str, width: int, ambiguous: int) -> None:
    """For any string: lines in order, within the width, and all but white space is in them."""
    found = wrap(content, width, ambiguous=ambiguous)
    assert all(before.end <= after.start for before, after in pairwise(found))
    for line in found:
        text = line.of(content)
        assert cells(text, ambiguous) <= width or len(list(clusters(text, ambiguous))) == 1
        assert not text.endswith((" ", "　", "\t"))
    assert "".join(content.split()) == "".join("".join(line.of(content).split()) for line in found)


@given(ANY_TEXT, st.integers(2, 30))
def test_no_cluster_is_cut(content: str, width: int) -> None:
    """Lines begin and end between characters as people see them."""
    borders = {cluster.start for cluster in clusters(content)} | {len(content)}
    assert all(line.start in borders and line.end in borders for line in wrap(content, width))


@given(st.text(st.sampled_from("漢字仮名かなカナ" + NO_START + NO_END), max_size=60), st.integers(20, 40))
def test_kinsoku_holds_wherever_there_is_room(content: str, width: int) -> None:
    """No line starts or ends with a character that may not, unless a run of such characters fills whole lines."""
    for before, after in pairwise(wrap(content, width)):
        if content[after.start] in NO_START or content[before.end - 1] in NO_END:
            run = before.of(content)
            assert sum(character in NO_START + NO_END for character in run) > width // 8
