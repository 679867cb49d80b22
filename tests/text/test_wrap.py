"""Line breaking: the rules of kinsoku, and what holds for any text and width."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui_reader.model import Span
from tui_reader.text.width import cells, clusters
from tui_reader.text.wrap import Manner, wrap

NO_START = "。、，．！？」』）】〉》〕ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々…・％"
HANGS = tuple("。、．，｡､")
NO_END = "「『（【〈《〔￥"


def _lines(content: str, width: int, *, hanging: bool = False, phrases: bool = False) -> list[str]:
    return [line.of(content) for line in wrap(content, width, manner=Manner(hanging, phrases))]


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


@pytest.mark.parametrize(
    ("content", "width", "expected"),
    [
        ("灯台の光が消えた。", 16, ["灯台の光が消えた。"]),
        ("灯台の光、波の音、", 8, ["灯台の光、", "波の音、"]),
        ("灯台の光」と言う", 8, ["灯台の", "光」と言", "う"]),
        ("灯台の光。」と言う", 8, ["灯台の", "光。」と", "言う"]),
        ("灯台の光は消えた", 8, ["灯台の光", "は消えた"]),
        ("see the light.", 13, ["see the", "light."]),
    ],
)
def test_full_stops_and_commas_hang(content: str, width: int, expected: list[str]) -> None:
    """Japanese ones alone, one of them, and only where the line has no room: no other mark leaves the column."""
    assert expected == _lines(content, width, hanging=True)


@pytest.mark.parametrize(
    ("content", "width", "expected"),
    [
        ("灯台は六月まで閉鎖します", 12, ["灯台は", "六月まで", "閉鎖します"]),
        ("工事の費用は町が負担する", 14, ["工事の費用は", "町が負担する"]),
        ("the keeper's old lamp", 12, ["the keeper's", "old lamp"]),
        ("ああああああああああああ", 8, ["ああああ", "ああああ", "ああああ"]),
    ],
)
def test_lines_break_where_phrases_begin(content: str, width: int, expected: list[str]) -> None:
    """A phrase stays whole where that leaves no line less than half full; words of Latin script break as ever."""
    assert expected == _lines(content, width, phrases=True)


@settings(deadline=None)
@given(ANY_TEXT, st.integers(2, 30), st.sampled_from([1, 2]), st.booleans(), st.booleans())
@example("      あ", 4, 1, False, False)
@example("\u202eあ", 4, 1, False, False)
@example("ああ。い", 4, 1, True, False)
def test_lines_fit_and_lose_nothing(content: str, width: int, ambiguous: int, hanging: bool, phrases: bool) -> None:
    """For any string: lines in order, within the width but for one mark that hangs, and all but space is in them."""
    found = wrap(content, width, None, ambiguous, Manner(hanging, phrases))
    assert all(before.end <= after.start for before, after in pairwise(found))
    for line in found:
        text = line.of(content)
        inside = text[:-1] if hanging and text.endswith(HANGS) else text
        assert cells(inside, ambiguous) <= width or len(list(clusters(inside, ambiguous))) == 1
        assert not text.endswith((" ", "　", "\t"))
    assert "".join(content.split()) == "".join("".join(line.of(content).split()) for line in found)


@settings(deadline=None)
@given(ANY_TEXT, st.integers(2, 30), st.booleans(), st.booleans())
def test_no_cluster_is_cut(content: str, width: int, hanging: bool, phrases: bool) -> None:
    """Lines begin and end between characters as people see them."""
    borders = {cluster.start for cluster in clusters(content)} | {len(content)}
    found = wrap(content, width, manner=Manner(hanging, phrases))
    assert all(line.start in borders and line.end in borders for line in found)


@settings(deadline=None)
@given(
    st.text(st.sampled_from("漢字仮名かなカナ" + NO_START + NO_END), max_size=60),
    st.integers(20, 40),
    st.booleans(),
    st.booleans(),
)
def test_kinsoku_holds_wherever_there_is_room(content: str, width: int, hanging: bool, phrases: bool) -> None:
    """No line starts or ends with a character that may not, unless a run of such characters fills whole lines."""
    for before, after in pairwise(wrap(content, width, manner=Manner(hanging, phrases))):
        if content[after.start] in NO_START or content[before.end - 1] in NO_END:
            run = before.of(content)
            assert sum(character in NO_START + NO_END for character in run) > width // 8
