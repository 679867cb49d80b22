"""A page that holds everything: both texts side by side, findings, filters, scores. No request leaves it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter as Tally
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from tui_reader import __version__
from tui_reader.model import Severity
from tui_reader.reports.located import one_line, portable
from tui_reader.reports.page_rows import Counter, Row, document_rows, heat, pair_rows
from tui_reader.reports.places import file_name, pair_scores
from tui_reader.reports.text import counted, score, severities

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jinja2 import Environment

    from tui_reader.model import Report
    from tui_reader.reports.report import ReportOptions

HEADING = "Translation check"
LONGEST_STRIP = 600
"""Cells of a heat strip; a longer text has several sentence pairs in one."""
_COLONS = re.compile(r"^([^\S\n]*)::", re.MULTILINE)
_BRACKET = re.compile(r"##(\w*)\[")
CLEAN_PAIRS = 1000
"""So many pairs without findings are shown of each file of pairs."""


class _Cell(NamedTuple):
    anchor: str
    heat: int
    title: str


@dataclass
class _Section:
    """A document, or a file of pairs."""

    title: str
    name: str
    scores: list[tuple[str, float]] = field(default_factory=list)
    """Anchor and score of every bead that is shown."""
    rendered: list[str] = field(default_factory=list)
    severities: Tally[Severity] = field(default_factory=Tally)
    total: float = 0.0
    pairs: int = 0
    clean: int = 0
    score: float | None = None


class HtmlReport:
    """Renders each document as it comes, and the page around them at the end."""

    def __init__(self, _options: ReportOptions) -> None:
        self._sections: dict[str, _Section] = {}
        self._counter = Counter()
        self._rules: Tally[str] = Tally()
        self._bins: Tally[int] = Tally()
        self._signatures: dict[str, None] = {}
        """In the order of the texts: some paths may have settings of their own."""
        self._left_out = 0

    def write(self, report: Report) -> Iterator[str]:
        """Nothing yet: sums and filters stand first."""
        self._signatures[str(report.signature)] = None
        self._rules.update(finding.rule for _, finding in report.findings)
        self._bins.update(heat(checked.score) for checked in report.beads)
        section = self._section(report)
        section.severities.update(finding.severity for _, finding in report.findings)
        if report.document.is_pairs:
            self._add_pair(section, report)
        else:
            section.score = report.score
            self._add_rows(section, document_rows(report, self._counter))
        return iter(())

    def close(self) -> Iterator[str]:
        """The whole page."""
        style, script = (_asset(name) for name in ("report.css", "report.js"))
        from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

        found: Tally[Severity] = sum((section.severities for section in self._sections.values()), Tally())
        documents = [section for section in self._sections.values() if not section.pairs]
        pairs = sum(section.pairs for section in self._sections.values())
        compared = [counted(len(documents), "document")] * bool(documents) + [counted(pairs, "pair")] * bool(pairs)
        page = self._templates.get_template("report.html.j2")
        yield page.render(
            title=f"{documents[0].title}: translation check" if len(self._sections) == 1 and documents else HEADING,
            heading=HEADING,
            version=__version__,
            # Written by us, so they are not escaped.
            style=Markup(style),  # noqa: S704
            script=Markup(script),  # noqa: S704
            style_hash=_hash(style),
            script_hash=_hash(script),
            counts=severities(found),
            compared=" and ".join(compared),
            hidden=f"{self._left_out:,} pairs without findings are not shown." if self._left_out else "",
            histogram=_histogram(self._bins),
            severities=[(one.value, found[one]) for one in Severity if found[one]],
            rules=sorted(self._rules.items()),
            sections=[_shown(section) for section in self._sections.values()],
            signature=", ".join(self._signatures),
        )

    def _section(self, report: Report) -> _Section:
        document = report.document
        name = portable(file_name(document.text), document.text.path)
        key = name if document.is_pairs else f"{len(self._sections)} {name}"
        title = one_line(document.title or name) if not document.is_pairs else name
        return self._sections.setdefault(key, _Section(title, name))

    def _add_pair(self, section: _Section, report: Report) -> None:
        scores = pair_scores(report)
        section.pairs += len(scores)
        section.total += sum(scores)
        if not report.findings:
            section.clean += len(scores)
            if section.clean > CLEAN_PAIRS:
                self._left_out += len(scores)
                return
        self._add_rows(section, pair_rows(report, self._counter))

    def _add_rows(self, section: _Section, rows: Iterable[Row]) -> None:
        made = list(rows)
        section.scores += [(row.anchor, float(row.score)) for row in made if row.kind == "bead"]
        section.rendered.append(_disarmed(self._templates.get_template("rows.html.j2").render(rows=made)))

    @cached_property
    def _templates(self) -> Environment:
        from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415 - other formats do without

        return Environment(loader=FunctionLoader(_asset), autoescape=True, undefined=StrictUndefined)


def _disarmed(markup: str) -> str:
    """The same page to a browser, but no command to a build server that prints it (see `log_commands`)."""
    return _BRACKET.sub(r"##\1&#91;", _COLONS.sub(r"\1&#58;:", markup))


def _asset(name: str) -> str:
    return files("tui_reader.reports").joinpath("page", name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    """What the page's policy lets run: exactly this and nothing else."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


def _shown(section: _Section) -> dict[str, Any]:
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    mean = section.total / section.pairs if section.pairs else section.score
    what = f"{counted(section.pairs, 'pair')}, mean {score(mean)}" if section.pairs else score(mean)
    return {
        "title": section.title,
        "about": f"{section.name}: {what}; {severities(section.severities)}",
        "strip": _strip(section),
        "rows": Markup("\n").join(Markup(part) for part in section.rendered),  # noqa: S704 - rendered and escaped above
    }


def _strip(section: _Section) -> dict[str, Any] | None:
    """The scores in text order; where there are too many, the lowest of each stretch."""
    if len(section.scores) < 2:
        return None
    size = -(-len(section.scores) // LONGEST_STRIP)
    stretches = [section.scores[first : first + size] for first in range(0, len(section.scores), size)]
    lowest = [min(stretch, key=lambda one: one[1]) for stretch in stretches]
    cells = [_Cell(anchor, heat(value), f"score {value:.0f}") for anchor, value in lowest]
    worst = min(value for _, value in section.scores)
    return {
        "cells": cells,
        "label": f"Scores of {len(section.scores):,} sentence pairs in text order, the lowest {worst:.0f}",
    }


def _histogram(bins: Tally[int]) -> dict[str, Any] | None:
    if not bins:
        return None
    highest = max(bins.values())
    bars = [{"count": bins[k], "height": round(46 * bins[k] / highest, 1)} for k in range(10)]
    told = ", ".join(f"{bins[k]:,} from {k * 10} to {k * 10 + 10}" for k in range(10) if bins[k])
    return {"bars": bars, "label": f"Distribution of scores: {told}"}
