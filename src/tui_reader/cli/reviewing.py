"""Baselines at work: findings that somebody has reviewed are left out, and new baselines are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.baseline import Baseline, Status, path_beside
from tui_reader.cli.diagnostics import note
from tui_reader.cli.narrowing import keeping
from tui_reader.errors import InputError
from tui_reader.reports.places import finding_text
from tui_reader.reports.text import counted

if TYPE_CHECKING:
    from pathlib import Path

    from tui_reader.model import CheckedBead, Document, Finding, Report

SHOWN_STALE = 5
"""So many stale lines are named, the rest counted."""


class Reviewing:
    """Takes reviewed findings out of reports.

    Args:
        baseline: one file for all documents; None for the file beside each.
        write: where a new baseline is to be written, None for nowhere. It takes over what the other one says.
        beside: whether files beside the documents count.

    Raises:
        InputError: the baseline is missing or malformed.
    """

    def __init__(self, baseline: Path | None, write: Path | None, *, beside: bool = True):
        if baseline is not None and not baseline.exists() and baseline != write:
            raise InputError(
                "there is no such baseline", path=baseline, cure=f"make one with --write-baseline {baseline}"
            )
        given = baseline if write is None else write
        self._shared = None if given is None else Baseline.load(given)
        if self._shared is not None and baseline is not None and baseline != given:
            self._shared.adopt(Baseline.load(baseline))
        self._writing = write is not None
        self._beside = beside
        self._by_path: dict[Path, Baseline | None] = {}
        """The baseline beside each document, None where there is none."""
        self._fingerprints: set[str] = set()
        self._signatures: set[str] = set()
        self._documents: dict[Path, set[str]] = {}
        self._hidden = 0

    def of(self, report: Report) -> Report:
        """A report without the findings that were reviewed and found to be none, or accepted.

        Raises:
            InputError: the baseline was made with another signature.
        """
        baseline = self._baseline(report.document)
        if baseline is None:
            return report
        self._signatures.add(str(report.signature))
        if not self._writing:
            cure = f"write it again with --write-baseline {baseline.path}; what people have said in it stays"
            baseline.require(str(report.signature), cure)
        self._documents.setdefault(baseline.path, set()).add(baseline.document_name(report.document))
        return keeping(report, lambda checked, finding: not self._hides(baseline, report, checked, finding))

    def close(self) -> None:
        """Save what is to be written, and tell a person about the rest."""
        known = self._by_path.values() if self._shared is None else [self._shared]
        for baseline in (one for one in known if one is not None):
            documents = self._documents.get(baseline.path, set())
            stale = baseline.stale(self._fingerprints, documents)
            if self._writing:
                baseline.forget(review for review in stale if not review.by_person)
                baseline.checked_by(self._signatures, documents)
                baseline.save(even_empty=True)
                note(f"{baseline.path}: holds {counted(self._hidden, 'finding')} of this check now")
            elif stale:
                note(_stale(baseline, [f"{review.finding} ({review.rule}: {review.words})" for review in stale]))

    def _hides(self, baseline: Baseline, report: Report, checked: CheckedBead, finding: Finding) -> bool:
        self._fingerprints.add(finding.fingerprint)
        if self._writing:
            text = finding_text(report, checked, finding)
            baseline.accept(baseline.entry(finding, text, report.document, Status.ACCEPTED))
        hidden = baseline.hides(finding)
        self._hidden += hidden
        return hidden

    def _baseline(self, document: Document) -> Baseline | None:
        if self._shared is not None:
            return self._shared
        path = document.text.path
        if not self._beside or path is None:
            return None
        if path not in self._by_path:
            place = path_beside(path)
            self._by_path[path] = Baseline.load(place) if place.is_file() else None
        return self._by_path[path]


def _stale(baseline: Baseline, shown: list[str]) -> str:
    more = f", and {len(shown) - SHOWN_STALE} more" if len(shown) > SHOWN_STALE else ""
    what = "finding is" if len(shown) == 1 else "findings are"
    return (
        f"{baseline.path}: {len(shown)} {what} no longer there: {', '.join(shown[:SHOWN_STALE])}{more}; "
        f"--write-baseline {baseline.path} drops those that nobody has reviewed"
    )
