"""SARIF 2.1.0, the format of code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.

The log is plain JSON written finding by finding; a test validates it against the schema of OASIS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tui_reader import __version__
from tui_reader.model import Severity
from tui_reader.reports.located import Located, located, one_line
from tui_reader.reports.moved import moves
from tui_reader.text.json_line import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.checks.rules import Rule
    from tui_reader.model import Report
    from tui_reader.reports.located import Place
    from tui_reader.reports.moved import Move
    from tui_reader.reports.report import ReportOptions

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "tuiReaderFinding/v1"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


class Sarif:
    """Writes one log with one run."""

    def __init__(self, _options: ReportOptions) -> None:
        self._begun = False
        self._signatures: dict[str, None] = {}
        """In the order of the texts: some paths may have settings of their own."""
        self._rules: dict[str, int] = {}
        self._notes: list[dict[str, Any]] = []

    def write(self, report: Report) -> Iterator[str]:
        """The results of one document, a line each."""
        self._signatures[str(report.signature)] = None
        self._notes += [_note(one) for one in moves(report)]
        for one in located(report):
            number = self._rules.setdefault(one.finding.rule, len(self._rules))
            yield (", " if self._begun else _BEGINNING) + to_json(_result(one, number))
            self._begun = True

    def close(self) -> Iterator[str]:
        """The tool with the rules that were met, and the end of the log."""
        from tui_reader.checks.registry import rules  # noqa: PLC0415 - loaded by now where anything was checked

        run = {
            "tool": {
                "driver": {
                    "name": "tui-reader",
                    "version": __version__,
                    "semanticVersion": __version__,
                    "rules": [_rule(rules()[code]) for code in self._rules],
                }
            },
            # Columns count code points, as everywhere in this program.
            "columnKind": "unicodeCodePoints",
            "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": self._notes}],
            "automationDetails": {"id": "tui-reader/"},
            "properties": {"signature": ", ".join(self._signatures)},
        }
        yield f"{'' if self._begun else _BEGINNING}], {to_json(run)[1:-1]}}}]}}"


_BEGINNING = f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{"results": ['


def _result(one: Located, rule: int) -> dict[str, Any]:
    finding = one.finding
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": one.message},
        "locations": [_location(one.place)],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "rank": round(finding.confidence * 100, 1),
        "properties": {"confidence": finding.confidence, "side": finding.side, "pair": one.pair},
    }
    if one.counterpart is not None:
        closest = {"message": {"text": "the closest words on the other side"}}
        result["relatedLocations"] = [{"id": 1} | _location(one.counterpart) | closest]
    return result


def _note(move: Move) -> dict[str, Any]:
    """A moved sentence: no result, so that no scanner counts it as a fault."""
    return {
        "descriptor": {"id": "moved"},
        "level": "note",
        "message": {"text": move.message},
        "locations": [_location(move.target), _location(move.source)],
        "properties": {"pair": move.pair},
    }


def _location(place: Place) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(place.path)},
            "region": {
                "startLine": place.start.line,
                "startColumn": place.start.column,
                "endLine": place.end.line,
                "endColumn": place.end.column,
                "snippet": {"text": place.words},
            },
        }
    }


def _rule(rule: Rule) -> dict[str, Any]:
    example = f"{one_line(rule.bad.source)} → {one_line(rule.bad.target)}"
    help_text = " ".join(part for part in (rule.description, rule.cure) if part)
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.code.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.description},
        "help": {
            "text": f"{help_text} Reported, for example: {example}",
            "markdown": f"{help_text}\n\nReported, for example:\n\n> {example}",
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": ["translation", rule.category], "precision": "high" if rule.default else "medium"},
    }
