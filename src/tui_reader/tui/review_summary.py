"""The review of a document as Markdown, to send or to keep."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui_reader.baseline import Status
from tui_reader.reports.finding_text import percent
from tui_reader.tui.language import tr, tr_count
from tui_reader.tui.review import STATUS_WORDS, side_of
from tui_reader.tui.wording import document_title, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.tui.problem_list import Problem
    from tui_reader.tui.reading import Reading
    from tui_reader.tui.review import ReviewDesk

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")
_ORDER = (Status.CONFIRMED, Status.OPEN, Status.IGNORED, Status.ACCEPTED)


def summary(reading: Reading, desk: ReviewDesk) -> str:
    """What was confirmed, noted and ignored, then what nobody has looked at, each with both sentences."""
    return "\n".join(_lines(reading, desk)) + "\n"


def _lines(reading: Reading, desk: ReviewDesk) -> Iterator[str]:
    problems = reading.found.everything
    groups: dict[Status | None, list[Problem]] = {}
    for problem in problems:
        review = desk.lookup(problem.finding)
        groups.setdefault(None if review is None else review.status, []).append(problem)
    yield f"# {_plain(document_title(reading.document))}"
    yield ""
    decided = sum(not desk.is_open(problem.finding) for problem in problems)
    counted = tr_count("{n} problem", "{n} problems", len(problems))
    score = "" if reading.score is None else tr(", score {score:.0f}").format(score=reading.score)
    yield tr("{problems}, {decided} of them decided{score}.").format(problems=counted, decided=decided, score=score)
    for status in (*_ORDER, None):
        found = groups.get(status, [])
        if found:
            yield ""
            yield f"## {tr(STATUS_WORDS[status]) if status else tr('not reviewed')} ({len(found)})"
            for problem in found:
                yield ""
                yield from _item(reading, desk, problem)


def _item(reading: Reading, desk: ReviewDesk, problem: Problem) -> Iterator[str]:
    finding, item = problem.finding, reading.items[problem.item]
    words = reading.text_of(problem.item, finding.side, finding.span)
    yield f"- **{_plain(words)}** ({finding.rule}, {side_of(finding)}, {percent(finding.confidence)})"
    for span, text in (
        (item.source, "" if item.source is None else reading.source_content(item.source_id or "")),
        (item.target, reading.document.text.content),
    ):
        if span is not None:
            yield f"  - {_plain(span.of(text))}"
    review = desk.lookup(finding)
    for label, said in (
        (tr("reason"), review.reason if review else ""),
        (tr("note"), review.note if review else ""),
    ):
        if said:
            yield f"  - {label}: {_plain(said)}"


def _plain(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", one_line(words))
