"""Folding for search."""

from __future__ import annotations

import re
from array import array

from hypothesis import given
from hypothesis import strategies as st

from tui_reader.model import Span
from tui_reader.text.normalise import find, fold


def test_forms_that_mean_the_same_fold_alike() -> None:
    """Width, case, kana, composition and typographic quotes make no difference."""
    assert fold("ガイド")[0] == fold("ｶﾞｲﾄﾞ")[0] == fold("がいど")[0] == fold("カ\u3099イト\u3099")[0]
    assert fold("Ａｌｐｈａ’s")[0] == fold("ALPHA's")[0]


def test_each_folded_character_knows_its_origin() -> None:
    """One character may become several and several one; the offsets say which."""
    assert fold("ｶﾞ㍿ß") == ("が株式会社ss", array("q", [0, 2, 2, 2, 2, 3, 3, 4]))


def test_find_gives_spans_of_the_original() -> None:
    """Spans cover whole original characters, also where the match ends inside what one character became."""
    assert [Span(2, 5), Span(6, 11), Span(12, 15)] == list(find("第三ガイド ｶﾞｲﾄﾞ がいど", "ガイド"))
    assert [Span(1, 2)] == list(find("a㍿b", "株式"))
    assert [Span(0, 4)] == list(find("li\u200bght", "LIG"))
    assert list(find("abc", "")) == []


@given(st.text(st.one_of(st.sampled_from("ｶﾞガが㍿ßİ\u3099\u0301\u200b’"), st.characters()), max_size=60))
def test_offsets_go_with_the_characters(content: str) -> None:
    """For any string there is one offset per folded character and one more, never falling, and folding ends there."""
    folded, offsets = fold(content)
    assert len(folded) + 1 == len(offsets)
    assert list(offsets) == sorted(offsets)
    assert offsets[-1] == len(content)


@given(st.text(st.sampled_from("ab AéＢガｶﾞ、。灯台\u3099\u0301ー！"), max_size=40))
def test_runs_fold_as_their_characters_do(content: str) -> None:
    """Folding many characters at once gives what folding them one by one gives, unless a mark joins them."""
    marks = "\u3099\u0301ﾞ"
    pieces = [piece for piece in re.split(f"(?<=.)(?![{marks}])", content, flags=re.DOTALL) if piece]
    assert fold(content)[0] == "".join(fold(piece)[0] for piece in pieces)
    assert [fold(character) for character in "Ａガー、灯!"] == [
        (folded, array("q", [0, 1])) for folded in ("a", "が", "ー", "、", "灯", "!")
    ]


@given(st.text(max_size=40), st.integers(0, 40), st.integers(1, 10))
def test_a_piece_of_a_text_is_found_in_it(content: str, start: int, length: int) -> None:
    """What one selects and searches for is found, if folding leaves anything of it."""
    piece = content[start : start + length]
    if fold(piece)[0] and fold(piece)[0] in fold(content)[0]:
        spans = list(find(content, piece))
        assert spans
        assert all(0 <= span.start < span.end <= len(content) for span in spans)
