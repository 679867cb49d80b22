"""Numbers, dates and units are read as values, however they are written."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_reader.checks.facts.figures import Figure, Kind, equal, units_clash
from tui_reader.checks.facts.numbers import figures_of, match
from tui_reader.checks.family import SideView
from tui_reader.model import Span
from tui_reader.text.kanji_numerals import value_of

ONES: list[str] = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
)
TENS: list[str] = re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety")


def figures(text: str, language: str) -> list[Figure]:
    """The figures of a text."""
    return figures_of(SideView(text, language))


def in_words(number: int) -> str:
    """A number as English spells it out."""
    for scale, word in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = f" and {in_words(number % scale)}" if scale == 100 else f" {in_words(number % scale)}"
            return f"{in_words(number // scale)} {word}" + (rest if number % scale else "")
    if number < 20:
        return ONES[number]
    return TENS[number // 10 - 2] + (f"-{ONES[number % 10]}" if number % 10 else "")


def in_kanji(number: int) -> str:
    """A number as Japanese writes it in full."""
    written = ""
    for scale, numeral in ((10**12, "兆"), (10**8, "億"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= scale:
            count, number = divmod(number, scale)
            written += (in_kanji(count) if count > 1 or scale >= 10**4 else "") + numeral
    return written + ("一二三四五六七八九"[number - 1] if number else "")


def in_myriads(number: int) -> str:
    """A number as newspapers write it: 3億5,000万."""
    parts = []
    for scale, numeral in ((10**8, "億"), (10**4, "万"), (1, "")):
        count, number = divmod(number, scale)
        parts += [f"{count:,}{numeral}"] if count else []
    return "".join(parts)


@settings(deadline=None, max_examples=50)
@given(st.integers(2, 999_999_999_999))
def test_a_number_means_the_same_however_it_is_written(number: int) -> None:
    """In digits and words, in kanji, in 万 and 億, in either width, it is one figure of one value."""
    wide = str.maketrans("0123456789,", "０１２３４５６７８９，")
    english = [f"We saw {number:,} stars.", f"We saw {in_words(number)} stars.", f"We saw {number} stars."]
    japanese = [
        f"星が{written}個見えた。" for written in (str(number), f"{number:,}".translate(wide), in_myriads(number))
    ]
    if number > 10:
        japanese.append(f"星が{in_kanji(number)}個見えた。")
    read = [figures(text, "en") for text in english] + [figures(text, "ja") for text in japanese]
    assert [[figure.value for figure in found] for found in read] == [[number]] * len(read)


@given(st.integers(1, 10**15))
def test_kanji_numerals_have_their_value(number: int) -> None:
    """Any number written in full is read back."""
    assert value_of(in_kanji(number)) == number


@settings(deadline=None)  # the first call loads a dictionary
@given(st.text(max_size=80), st.sampled_from(["ja", "en"]))
def test_any_text_is_read_without_error_and_in_order(text: str, language: str) -> None:
    """Figures lie in the text, in order and apart, whatever it holds."""
    reached = 0
    for figure in figures(text, language):
        assert reached <= figure.span.start < figure.span.end <= len(text)
        reached = figure.span.end


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        ("30 percent", "3割"), ("three-quarters", "75％"), ("2019", "令和元年"), ("3:30 p.m.", "15時半"),
        ("half past three", "午後3時30分"), ("a year and a half", "18か月"), ("two dozen", "24個"),
        ("1½ days", "1.5日間"),
        ("10 to 12 million", "1000万〜1200万"), ("nineteen eighty-four", "一九八四年"), ("$2.5bn", "25億ドル"),
        ("the twenty-first of May", "5月21日"), ("quarter to five", "16:45"), ("Heisei 31", "2019年"),
    ],
)  # fmt: skip
def test_what_says_the_same_is_equal(english: str, japanese: str) -> None:
    """No figure of either text is left over."""
    matched = match(figures(english, "en"), figures(japanese, "ja"))
    assert matched.pairs
    assert [figure for figure in (*matched.source, *matched.target) if figure.weight] == []


@pytest.mark.parametrize(
    "text", ["統一された", "四国と九州へ", "一般の一部", "十分に", "二酸化炭素", "数百人", "何千年も", "三角"]
)
def test_words_that_hold_numerals_are_no_numbers(text: str) -> None:
    """Kanji that merely look like numbers would be reported as missing from every translation."""
    assert [figure for figure in figures(text, "ja") if figure.weight] == []


def test_figures_in_addresses_code_and_list_marks_are_not_read() -> None:
    """They belong to other rules, or to nobody."""
    text = "1. See https://salt.example/2031/05, `row 7`, {3} and <h2>."
    assert figures(text, "en") == []


def test_a_conversion_is_no_clash_and_a_swapped_unit_is() -> None:
    """Rounded conversions are told from another unit behind the same number."""
    (miles,), (right,), (wrong,) = (
        figures("5 miles", "en"),
        figures("約8キロメートル", "ja"),
        figures("5キロメートル", "ja"),
    )
    assert equal(miles, right)
    assert not units_clash(miles, right)
    assert units_clash(miles, wrong)
    (day,), (week,) = figures("14 days", "en"), figures("2週間", "ja")
    assert equal(day, week)


def test_a_repeated_number_explains_itself() -> None:
    """A text that names a figure twice may be translated by naming it once."""
    matched = match(figures("9 boats left and 9 boats came", "en"), figures("9隻が出て同じ数が来た", "ja"))
    assert (matched.source, matched.target) == ([], [])


def test_kinds_keep_apart_what_only_looks_equal() -> None:
    """The third of March is not March the fifth because a 3 stands in both."""
    march, day = figures("March 3", "en")
    assert (march.kind, march.value, day.value) == (Kind.MONTH, Fraction(3), Fraction(3))
    (third,) = figures("三日", "ja")
    assert not equal(march, third)


FIGURES = st.lists(
    st.builds(
        Figure,
        st.just(Span(0, 1)),
        st.lists(st.integers(0, 14).map(Fraction), min_size=1, max_size=2).map(tuple),
        st.sampled_from(Kind),
        unit=st.sampled_from(["", "", "km", "mile", "hour", "minute"]),
    ),
    max_size=8,
)


@given(FIGURES, FIGURES)
def test_every_figure_that_may_say_the_same_is_found(source: list[Figure], target: list[Figure]) -> None:
    """Looking figures up by value loses none that comparing each with each would find."""
    matched = match(source, target)
    assert all(equal(one, other) for one, other in matched.pairs)
    assert len(matched.pairs) <= min(len(source), len(target))
    alone = [one for one in source if not any(equal(one, other) for other in target)]
    assert sorted(map(repr, matched.source)) == sorted(map(repr, alone))
    lonely = [other for other in target if not any(equal(one, other) for one in source)]
    assert sorted(map(repr, matched.target)) == sorted(map(repr, lonely))


def test_digits_of_data_are_no_numbers() -> None:
    """What a data address holds is copied, and nothing in it is counted."""
    assert [
        figure.value for figure in figures("3 icons: data:image/png;base64,iVBORw0KGgo4AAAA7N+/8== here", "en")
    ] == [3]
