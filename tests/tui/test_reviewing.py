"""Reviewing: x, c, a, u, U and S, and the file that keeps it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from driving import opened
from lighthouse import ADDED, MISSING, OMITTED, make_document

from tui_reader.baseline import Baseline, Status, path_beside
from tui_reader.tui.review import ReviewDesk

if TYPE_CHECKING:
    from pathlib import Path

    from tui_reader.model import Document


def filed(folder: Path) -> Document:
    """The lighthouse article, said to be a file."""
    document = make_document()
    return replace(document, text=replace(document.text, path=folder / "article.txt"))


def kept(folder: Path) -> Baseline:
    """What the file beside the article says."""
    return Baseline.load(path_beside(folder / "article.txt"))


async def test_x_hides_a_problem_for_a_reason_and_u_brings_it_back(tmp_path: Path) -> None:
    """The mark goes, the counter counts one less, the reason is in the file; undone, all is as before."""
    async with opened(document=filed(tmp_path)) as screen:
        await screen.finished()
        await screen.press("right_square_bracket", "x", *"said earlier", "enter")
        assert "2 problems" in screen.footer()
        assert "reviewed 1" in screen.footer()
        assert not screen.styled("as the inspectors advised").underline
        (review,) = kept(tmp_path)
        assert (review.status, review.reason, review.words) == (Status.IGNORED, "said earlier", OMITTED)
        await screen.press("u")
        assert "problem 1/3" in screen.footer()
        assert screen.styled("as the inspectors advised").underline
        assert len(kept(tmp_path)) == 0
        await screen.press("u")
        assert "nothing to take back" in screen.footer()


async def test_ignoring_needs_a_reason(tmp_path: Path) -> None:
    """Escape leaves everything as it is."""
    async with opened(document=filed(tmp_path)) as screen:
        await screen.finished()
        await screen.press("right_square_bracket", "x", "escape")
        assert "a reason is needed" in screen.footer()
        assert "problem 1/3" in screen.footer()
        assert not path_beside(tmp_path / "article.txt").exists()


async def test_what_was_said_is_there_the_next_time(tmp_path: Path) -> None:
    """An ignored problem stays away, a note is shown in the list and can be changed; U goes to what is undecided."""
    async with opened(document=filed(tmp_path)) as screen:
        await screen.finished()
        await screen.press("right_square_bracket", "x", *"no", "enter", "right_square_bracket", "c")
        await screen.press("a", *"ask her", "enter", "q")
    async with opened(document=filed(tmp_path)) as screen:
        await screen.finished()
        assert "2 problems" in screen.footer()
        await screen.press("U")
        finding = screen.reading.reading.finding
        assert finding is not None
        assert screen.reading.reading.text(finding.side, finding.span) == ADDED
        await screen.press("p")
        rows = "\n".join(screen.listed())
        assert "confirmed ⋅ ask her" in rows
        assert "ignored ⋅ no" in rows
        await screen.press("escape", "c", "U")
        assert "every problem has been decided" in screen.footer()
    review = next(review for review in kept(tmp_path) if review.words == MISSING)
    assert (review.status, review.note) == (Status.CONFIRMED, "ask her")


async def test_the_review_is_written_as_markdown(tmp_path: Path) -> None:
    """S asks for a file and writes what was said, grouped, with both sentences."""
    async with opened(document=filed(tmp_path)) as screen:
        await screen.finished()
        await screen.press("right_square_bracket", "x", *"said | earlier", "enter")
        await screen.press("right_square_bracket", "c", "S", "enter")
        assert "written:" in screen.footer()
    lines = (tmp_path / "article.txt.review.md").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# 灯台の記事"
    assert "3 problems, 2 of them decided" in lines[2]
    order = [line for line in lines if line.startswith("## ")]
    assert order == ["## confirmed (1)", "## ignored (1)", "## not reviewed (1)"]
    assert "  - reason: said \\| earlier" in lines
    assert "  - 灯台は六月まで閉鎖します。" in lines


async def test_a_summary_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """One line, and reading goes on."""
    async with opened(document=filed(tmp_path / "nowhere")) as screen:
        await screen.finished()
        await screen.press("S", "enter")
        assert "cannot be written" in screen.footer()


async def test_the_review_is_not_written_over_what_is_read(tmp_path: Path) -> None:
    """Neither the text, nor a source, nor the file of the reviews, whatever it is called by."""
    source = make_document().sources[0]
    filed_source = replace(source, text=replace(source.text, path=tmp_path / "mayor.txt"))
    document = replace(filed(tmp_path), sources=(filed_source,))
    names = ("article.txt", "mayor.txt", "article.txt.baseline.jsonl", "document.toml")
    async with opened(document=document) as screen:
        await screen.finished()
        await screen.press("right_square_bracket", "c")
        for name in names:
            path = tmp_path / name
            if not path.exists():
                path.write_text("what was there", encoding="utf-8")
            before = path.read_bytes()
            await screen.press("S")
            screen.reading.prompt.input.value = f"{tmp_path}/nowhere/../{name}"
            await screen.press("enter")
            assert "is a file of this document" in screen.reading.footer.notice
            assert path.read_bytes() == before


async def test_another_file_is_written_over_only_when_asked_twice(tmp_path: Path) -> None:
    """The review of an hour ago is replaced at once; what else has the name that was typed, after another enter."""
    other = tmp_path / "letter.txt"
    other.write_text("dear mayor", encoding="utf-8")
    async with opened(document=filed(tmp_path)) as screen:
        await screen.finished()
        for answer, kept_ in (("escape", True), ("enter", False)):
            await screen.press("S")
            screen.reading.prompt.input.value = str(other)
            await screen.press("enter")
            assert "it exists" in screen.seen().splitlines()[-1]
            await screen.press(answer)
            assert screen.reading.view.has_focus
            assert (other.read_text(encoding="utf-8") == "dear mayor") is kept_
        await screen.press("S", "enter", "S", "enter")
        assert "written:" in screen.footer()


async def test_a_user_who_does_not_exist_is_told(tmp_path: Path) -> None:
    """A name after ~ that is nobody's is a folder that cannot be written, not the end of the reader."""
    async with opened(document=filed(tmp_path)) as screen:
        await screen.finished()
        await screen.press("S", "ctrl+u", *"~nosuchuser/x.md", "enter")
        assert "~nosuchuser" in screen.reading.footer.notice
        assert "cannot be written" in screen.reading.footer.notice


async def test_u_gives_back_what_another_reader_has_said(tmp_path: Path) -> None:
    """Two readers of one document: taking back one's own word leaves what the other has said meanwhile."""
    document = filed(tmp_path)
    async with opened(document=document) as screen:
        await screen.finished()
        await screen.press("right_square_bracket")
        finding = screen.reading.reading.finding
        assert finding is not None
        other = ReviewDesk(document)
        other.say(finding, screen.reading.reading.side_text(finding.side), status=Status.IGNORED, reason="A says")
        said = [*kept(tmp_path)]
        await screen.press("c")
        (both,) = kept(tmp_path)
        assert (both.status, both.note) == (Status.CONFIRMED, "ignored: A says")
        await screen.press("u")
        assert [*kept(tmp_path)] == said


async def test_what_is_said_twice_is_taken_back_at_once(tmp_path: Path) -> None:
    """The second `c` changes nothing, so `u` is about the first; a note that stays as it was is no change either."""
    async with opened(document=filed(tmp_path)) as screen:
        await screen.finished()
        await screen.press("right_square_bracket", "c", "c", "a", "enter", "u")
        assert len(kept(tmp_path)) == 0
        await screen.press("u")
        assert "nothing to take back" in screen.footer()


async def test_a_notice_goes_with_the_problem_that_it_is_about(tmp_path: Path) -> None:
    """Whoever is led or clicks elsewhere reads there where that is, and nothing about the place before."""
    async with opened(size=(160, 14), document=filed(tmp_path)) as screen:
        await screen.finished()
        for go_on in ("U", "text", "map"):
            await screen.press("g", "right_square_bracket", "a", *"so", "enter")
            assert "noted" in screen.footer()
            if go_on == "U":
                await screen.press("U")
            elif go_on == "text":
                row = next(y for y, row in enumerate(screen.rows()) if "Safety comes" in row)
                await screen.pilot.click("#view", offset=(10, row))
            else:
                await screen.pilot.click("#map", offset=(1, 9))
            assert screen.reading.footer.notice == "", go_on


async def test_a_text_that_is_no_file_cannot_be_reviewed() -> None:
    """There is nowhere to keep it, and the key says so."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("right_square_bracket", "c")
        assert "no file" in screen.footer()


async def test_a_baseline_of_another_check_is_refused(tmp_path: Path) -> None:
    """Its lines are about other findings: nothing is hidden by them, nothing written over them."""
    path = path_beside(tmp_path / "article.txt")
    baseline = Baseline(path, "another signature")
    async with opened(document=filed(tmp_path)) as screen:
        await screen.finished()
        finding = screen.reading.reading.problems[0].finding
        text = screen.reading.reading.side_text(finding.side)
        baseline.review(finding, text, filed(tmp_path), status=Status.IGNORED, reason="no")
    baseline.save()
    before = path.read_bytes()
    async with opened(document=filed(tmp_path)) as screen:
        await screen.finished()
        assert "made by another check" in screen.footer()
        await screen.press("right_square_bracket", "c")
        assert "problem 1/3" in screen.footer() or "another check" in screen.footer()
    assert path.read_bytes() == before


async def test_a_broken_baseline_is_told(tmp_path: Path) -> None:
    """The reader opens all the same, and touches nothing."""
    path = path_beside(tmp_path / "article.txt")
    path.write_text("{broken", encoding="utf-8")
    async with opened(document=filed(tmp_path)) as screen:
        await screen.finished()
        assert path.name in screen.footer()
        await screen.press("right_square_bracket", "c")
    assert path.read_text(encoding="utf-8") == "{broken"


async def test_without_a_problem_there_is_nothing_to_say() -> None:
    """The keys of the review answer with words."""
    async with opened() as screen:
        await screen.finished()
        for key in ("x", "c", "a"):
            await screen.press("g", key)
            assert "no problem here" in screen.footer()
