"""JUnit XML, which nearly every build server shows: a suite a file, a case a sentence pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.reports.located import Located, located, one_line, portable
from tui_reader.reports.log_commands import disarmed
from tui_reader.reports.places import file_name, passage_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from junitparser import TestCase, TestSuite

    from tui_reader.model import Report
    from tui_reader.reports.report import ReportOptions


class JUnit:
    """Gathers cases; findings that make the check fail are failures, others are told as output."""

    def __init__(self, options: ReportOptions) -> None:
        self._fails = options.fails
        self._suites: dict[str, TestSuite] = {}

    def write(self, report: Report) -> Iterator[str]:
        """Nothing yet: an XML document has one root, and counts stand at its head."""
        from junitparser import TestSuite  # noqa: PLC0415 - other formats do without

        name = portable(file_name(report.document.text), report.document.text.path)
        if name not in self._suites:
            self._suites[name] = TestSuite(name)
            self._suites[name].add_property("signature", str(report.signature))
        found: dict[str, list[Located]] = {}
        for one in located(report):
            found.setdefault(one.finding.fingerprint, []).append(one)
        for checked in report.beads:
            own = [found[finding.fingerprint][0] for finding in checked.findings]
            title = one_line(passage_of(report, checked).id) if report.document.is_pairs else checked.bead.id
            self._suites[name].add_testcase(self._case(title, name, own))
        return iter(())

    def close(self) -> Iterator[str]:
        """The whole document."""
        from junitparser import JUnitXml  # noqa: PLC0415 - other formats do without

        whole = JUnitXml("tui-reader")
        for suite in self._suites.values():
            whole.add_testsuite(suite)
        whole.update_statistics()  # type: ignore[no-untyped-call]
        document: bytes = whole.tostring()  # type: ignore[no-untyped-call]
        yield from disarmed([document.decode("utf-8").rstrip("\n")])

    def _case(self, title: str, file: str, found: list[Located]) -> TestCase:
        from junitparser import Failure, TestCase  # noqa: PLC0415 - other formats do without

        case = TestCase(title, classname=file.replace(".", "_").replace("/", "."))
        failures = [one for one in found if self._fails(one.finding)]
        case.result = [Failure(f"{one.finding.rule}: {one.message}", one.finding.rule) for one in failures]
        for failure, one in zip(case.result, failures, strict=True):
            failure.text = _told(one)
        others = [_told(one) for one in found if one not in failures]
        if others:
            case.system_out = "\n\n".join(others)
        return case


def _told(one: Located) -> str:
    place = one.place
    closest = f"\nclosest on the other side: {one.counterpart.words}" if one.counterpart else ""
    return (
        f"{place.path}:{place.start.line}:{place.start.column}: {one.finding.severity}: {one.message} "
        f"({one.finding.rule}) [{one.finding.fingerprint}]{closest}"
    )
