"""The state of reading: cursor, problems, progress."""

from __future__ import annotations

from lighthouse import JAPANESE, PAIRS, make_alignment, make_checked, make_document

from tui_reader.tui.items import ItemKind
from tui_reader.tui.layout import aligned_layout
from tui_reader.tui.reading import Reading


def aligned_reading() -> Reading:
    """A reading whose alignment is known."""
    document, alignment = make_document(), make_alignment()
    reading = Reading(document)
    reading.align(alignment, aligned_layout(document, alignment))
    return reading


def everything_shown(item: int) -> bool:
    """A view that hides nothing."""
    return item >= 0


def test_the_cursor_stays_at_its_text_when_the_alignment_arrives() -> None:
    """Whoever has begun to read is not thrown back."""
    document = make_document()
    reading = Reading(document)
    paragraph = next(n for n, i in enumerate(reading.items) if i.target and "ご不便" in i.target.of(JAPANESE))
    reading.move_to(paragraph)
    reading.align(make_alignment(), aligned_layout(document, make_alignment()))
    assert reading.item is not None
    assert reading.item.target is not None
    assert reading.item.target.of(JAPANESE) == PAIRS[-1][1]


def test_steps_pass_over_headings_and_what_the_view_hides() -> None:
    """The cursor stands only on what can be read."""
    reading = aligned_reading()
    kinds = [reading.items[reading.cursor].kind]
    while reading.step(1, lambda item: reading.items[item].kind is not ItemKind.UNQUOTED):
        kinds.append(reading.items[reading.cursor].kind)
    assert kinds == [ItemKind.COMMENTARY] * 2 + [ItemKind.BEAD] * 5 + [ItemKind.COMMENTARY]
    assert not reading.step(1, everything_shown)


def test_problems_are_walked_in_text_order_and_around_the_end() -> None:
    """Next and previous problem, and whether the walk went around."""
    reading = aligned_reading()
    assert reading.step_problem(1) is None
    reading.add(make_checked())
    assert [reading.step_problem(1) for _ in range(4)] == [False, False, False, True]
    assert reading.problem == 0
    assert reading.step_problem(-1) is True
    assert reading.finding is not None
    assert reading.finding.rule == "addition"


def test_late_findings_leave_the_problem_under_the_cursor() -> None:
    """A finding further up must not change what the reader looks at."""
    reading = aligned_reading()
    checked = make_checked()
    reading.add(checked[3:])
    reading.step_problem(1)
    before = reading.finding
    reading.add(checked[:3])
    assert reading.finding == before
    assert reading.problem == 2
    assert reading.checked == 5


def test_the_problem_on_the_cursors_bead_becomes_current() -> None:
    """Findings for the bead one is reading show at once."""
    reading = aligned_reading()
    reading.step_problem(1)
    bead = next(n for n, item in enumerate(reading.items) if item.bead == 3)
    reading.move_to(bead)
    reading.add(make_checked())
    assert reading.finding is not None
    assert reading.finding.rule == "addition"


def test_the_position_is_counted_in_beads_and_characters() -> None:
    """Bead numbers count from 1, the share of the text reaches 100% at its end."""
    reading = aligned_reading()
    assert reading.bead_number == (0, 5)
    reading.move_to(next(n for n, item in enumerate(reading.items) if item.bead == 2))
    assert reading.bead_number == (3, 5)
    assert 0 < reading.progress < 1
    reading.move_to(len(reading.items))
    assert reading.bead_number == (5, 5)
    assert reading.progress == 1


def test_passages_are_reached_by_their_first_bead() -> None:
    """The key goes to the first bead, and nowhere where there is no further passage."""
    reading = aligned_reading()
    assert reading.step_passage(1)
    assert reading.items[reading.cursor].bead == 0
    assert not reading.step_passage(1)
    assert not reading.step_passage(-1)
