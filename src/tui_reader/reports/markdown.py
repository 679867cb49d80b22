"""A summary in Markdown, for a pull request or ``$GITHUB_STEP_SUMMARY``."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from tui_reader.reports.finding_text import percent
from tui_reader.reports.located import Located, located, one_line, portable
from tui_reader.reports.moved import moves
from tui_reader.reports.places import file_name, pair_scores
from tui_reader.reports.text import bands, counted, score, severities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.model import Report, Severity
    from tui_reader.reports.report import ReportOptions

SHOWN = 200
"""Findings in the table; a step summary may hold a megabyte."""
MOVES = 20
"""Moved sentences that are named of each document."""
LONGEST = 120
"""Characters of the words in question."""


class MarkdownSummary:
    """Writes a line a document, then a table of findings."""

    def __init__(self, _options: ReportOptions) -> None:
        self._documents: list[str] = []
        self._pairs: dict[str, list[float]] = {}
        self._found: list[Located] = []
        self._severities: Counter[Severity] = Counter()
        self._signatures: dict[str, None] = {}
        """In the order of the texts: some paths may have settings of their own."""

    def write(self, report: Report) -> Iterator[str]:
        """Nothing yet: the sum stands first."""
        self._signatures[str(report.signature)] = None
        own = Counter(finding.severity for _, finding in report.findings)
        self._severities += own
        name = code(portable(file_name(report.document.text), report.document.text.path))
        if report.document.is_pairs:
            self._pairs.setdefault(name, []).extend(pair_scores(report))
        else:
            told = bands(report.beads)
            where = f" ({told})" if told else ""
            self._documents.append(f"- {name}: {score(report.score)}{where}; {severities(own)}")
        if not report.document.is_pairs:
            self._documents += [
                f"  - {code(f'{one.target.path}:{one.target.start.line}')} stands at another place than "
                f"{code(f'{one.source.path}:{one.source.start.line}')}"
                for one in islice(moves(report), MOVES)
            ]
        for one in located(report):
            if len(self._found) < SHOWN:
                self._found.append(one)
        return iter(())

    def close(self) -> Iterator[str]:
        """Everything."""
        yield f"## Translation check: {severities(self._severities)}"
        yield ""
        yield from self._documents
        for name, scores in self._pairs.items():
            yield f"- {name}: {counted(len(scores), 'pair')}, mean score {sum(scores) / len(scores):.1f}"
        yield from self._table()
        for signature in self._signatures:
            yield ""
            yield f"<sub>{code(signature)}</sub>"

    def _table(self) -> Iterator[str]:
        if not self._found:
            return
        yield ""
        yield "| Where | What | Words | Closest on the other side | Sure |"
        yield "|---|---|---|---|---|"
        order = sorted(self._found, key=lambda one: one.finding.severity.rank)
        yield from (_row(one) for one in order)
        left = self._severities.total() - len(self._found)
        if left > 0:
            yield ""
            yield f"{left:,} more findings are not shown."


def _row(one: Located) -> str:
    place, finding = one.place, one.finding
    closest = code(one.counterpart.words) if one.counterpart else ""
    where = code(f"{place.path}:{place.start.line}")
    what = f"{finding.severity} {code(finding.rule)}"
    return f"| {where} | {what} | {code(place.words)} | {closest} | {percent(finding.confidence)} |"


def code(text: str) -> str:
    """A text as a code span, where neither markup nor mentions, links or numbers of issues mean anything."""
    line = one_line(text)
    if len(line) > LONGEST:
        line = f"{line[:LONGEST]}…"
    if not line:
        return ""
    fence = "`" * (max((len(run) for run in re.findall("`+", line)), default=0) + 1)
    room = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{room}{line}{room}{fence}".replace("|", "\\|")
