"""Columns, words of the reader's own, keys, themes: small pure parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lighthouse import make_alignment, make_checked, make_document

from tui_reader.model import Side
from tui_reader.text.width import cells
from tui_reader.tui.columns import GUTTER, LEAST_MEASURE, MEASURE, NARROW, RULE, Shape, View, arrange, fitting_view
from tui_reader.tui.keymap import COMMANDS, bindings, hints
from tui_reader.tui.layout import aligned_layout
from tui_reader.tui.marks import letter, marks_of, rule_style
from tui_reader.tui.reading import Reading
from tui_reader.tui.themes import fitting_theme
from tui_reader.tui.widgets.why_panel import explanation
from tui_reader.tui.wording import confidence_words, fitted, one_line


@given(st.integers(30, 400), st.sampled_from(View), st.sampled_from([0, 1, 30, MEASURE]), st.sampled_from([0, 2]))
def test_columns_fit_the_screen(width: int, view: View, measure: int, hang: int) -> None:
    """Gutters, texts, rule and margin never take more cells than there are, and no column is wider than the measure."""
    columns = arrange(width, view, Shape(measure, hang=hang))
    used = columns.margin + GUTTER + columns.target + hang
    assert columns.start(Side.TARGET) + columns.target + hang <= width
    if columns.side_by_side:
        used += GUTTER + columns.source + hang + RULE
        assert columns.start(Side.SOURCE) + columns.source + hang + RULE + GUTTER == columns.start(Side.TARGET)
    assert used <= width
    widest = max(LEAST_MEASURE, measure) if measure else width
    assert 1 <= columns.target <= widest
    assert 1 <= columns.source <= widest


@given(st.integers(100, 400))
def test_texts_stand_in_the_middle(width: int) -> None:
    """Where the screen is wider than the columns, what is left over stands on both sides."""
    columns = arrange(width, View.STACKED, Shape(40))
    behind = width - columns.start(Side.TARGET) - columns.target
    assert abs(columns.margin - behind) <= 2


def test_narrow_screens_stack_the_texts() -> None:
    """Two columns need room; and the key cycles through all views."""
    assert fitting_view(NARROW - 1) is View.STACKED
    assert fitting_view(NARROW) is View.SIDE_BY_SIDE
    view, seen = View.SIDE_BY_SIDE, []
    for _ in View:
        view = view.following
        seen.append(view)
    assert seen == [View.STACKED, View.TARGET_ONLY, View.SIDE_BY_SIDE]


@given(st.text(max_size=30), st.integers(1, 20), st.sampled_from([1, 2]))
def test_fitted_text_takes_exactly_its_cells(text: str, width: int, ambiguous: int) -> None:
    """Words of the reader's own never push what stands beside them."""
    assert cells(fitted(one_line(text), width, ambiguous), ambiguous) == width


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(1.0, "almost certain"), (0.83, "very likely"), (0.6, "likely"), (0.5, "possible"), (0.1, "a weak hint")],
)
def test_confidence_is_put_into_words(confidence: float, words: str) -> None:
    """A person reads words before figures."""
    assert confidence_words(confidence) == words


def test_keys_and_ids_are_unique() -> None:
    """No key does two things, and every command can be remapped by a name of its own."""
    keys = [key for command in COMMANDS for key in command.keys.split(",")]
    assert len(keys) == len(set(keys))
    assert len({command.id for command in COMMANDS}) == len(COMMANDS) == len(bindings())
    assert all(binding.id for binding in bindings())


def test_the_footer_names_about_five_keys() -> None:
    """A few keys are a help, many are noise."""
    assert [word for _, word in hints({})] == ["bead", "problem", "why", "help", "search"]


@pytest.mark.parametrize(
    ("background", "theme"), [("0;15", "paper"), ("15;default;7", "paper"), ("15;0", "lamplight"), ("", "lamplight")]
)
def test_the_theme_follows_the_terminals_background(background: str, theme: str) -> None:
    """Where the terminal says that it is light, the reader is."""
    assert fitting_theme({"COLORFGBG": background}) == theme


def test_every_rule_has_a_letter_and_a_style() -> None:
    """Rules that come later are shown as well."""
    assert [letter(rule) for rule in ("omission", "addition", "number")] == ["O", "A", "N"]
    assert [rule_style(rule) for rule in ("omission", "addition", "number")] == ["omission", "addition", "other"]


def checked_reading() -> Reading:
    """Everything is known, the cursor on the first problem."""
    document, alignment = make_document(), make_alignment()
    reading = Reading(document)
    reading.align(alignment, aligned_layout(document, alignment))
    reading.add(make_checked())
    reading.step_problem(1)
    return reading


def test_the_finding_under_the_cursor_lights_up_its_counterpart() -> None:
    """The closest words on the other side stand out, but only for the current finding."""
    reading = checked_reading()
    marks = marks_of(reading, reading.cursor, [], None)
    assert [(mark.side, mark.style) for mark in marks] == [
        (Side.SOURCE, "omission"),
        (Side.SOURCE, "current-finding"),
        (Side.TARGET, "counterpart"),
    ]
    assert [mark.style for mark in marks_of(reading, reading.problems[1].item, [], None)] == ["omission"]


def test_the_evidence_names_words_counterpart_and_signals() -> None:
    """What a person needs to judge a finding, in words and figures."""
    assert dict(explanation(checked_reading())) == {
        "": "no counterpart: , as the inspectors advised",
        "finding": "omission ⋅ error ⋅ very likely (83%) ⋅ w: the rule",
        "words": ", as the inspectors advised",
        "closest": "閉鎖 (similarity 0.31)",
        "signals": "phrase similarity 0.31 (for)",
        "score": "74 ⋅ free: 12 in 100 faithful translations score lower",
    }
