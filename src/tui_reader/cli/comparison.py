"""What is new since an older report in JSON or JSON lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tui_reader.cli.diagnostics import note
from tui_reader.cli.narrowing import keeping
from tui_reader.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tui_reader.model import Report

SHOWN_GONE = 5
_MAKE = "make it with check --format json --output FILE"


class Comparison:
    """Leaves in reports what an older report does not have, and counts what is gone.

    Args:
        path: the older report.

    Raises:
        InputError: it cannot be read or is no report.
    """

    def __init__(self, path: Path):
        self._path = path
        self._signatures: set[str] = set()
        self._old: dict[str, str] = {}
        self._scores: list[float] = []
        for record in _records(path):
            self._signatures.add(str(record["signature"]))
            if isinstance(record.get("score"), int | float):
                self._scores.append(float(record["score"]))
            for finding in record["findings"]:
                self._old[finding["fingerprint"]] = f"{finding['fingerprint']} ({finding['rule']})"
        self._new_scores: list[float] = []
        self._seen: set[str] = set()
        self._new = 0

    def of(self, report: Report) -> Report:
        """A report without the findings that the older one has too.

        Raises:
            InputError: the older report was made by another check, so that its findings have other names.
        """
        # Some paths may have settings of their own, and so a signature.
        if self._signatures and str(report.signature) not in self._signatures:
            other = min(self._signatures)
            raise InputError(
                f"this report was made by another check ({other}; this one is {report.signature})",
                path=self._path,
                cure=f"{_MAKE} from the older texts",
            )
        self._new_scores += [checked.score for checked in report.beads]
        fingerprints = {finding.fingerprint for _, finding in report.findings}
        self._seen |= fingerprints
        self._new += len(fingerprints - self._old.keys())
        return keeping(report, lambda _, finding: finding.fingerprint not in self._old)

    def close(self) -> None:
        """Tell a person what has become of the findings."""
        gone = [shown for fingerprint, shown in self._old.items() if fingerprint not in self._seen]
        named = f": {', '.join(gone[:SHOWN_GONE])}{', …' if len(gone) > SHOWN_GONE else ''}" if gone else ""
        still = len(self._old) - len(gone)
        note(
            f"compared with {self._path}: {self._new} new, {still} still there, {len(gone)} gone{named}{self._change()}"
        )

    def _change(self) -> str:
        if not (self._scores and self._new_scores):
            return ""
        before, now = (sum(scores) / len(scores) for scores in (self._scores, self._new_scores))
        return f"; mean score of a line {before:.1f}, now {now:.1f}"


def _records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a report, one a bead or pair, checked for what is needed of them."""
    try:
        content = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"it cannot be read as a report: {error}", path=path, cure=_MAKE) from error
    for number, value in _values(content, path):
        for record in _flattened(value):
            if not _is_record(record):
                raise InputError("this is no report of tui-reader", path=path, line=number, cure=_MAKE)
            yield record


def _values(content: str, path: Path) -> Iterator[tuple[int, Any]]:
    try:
        yield 1, json.loads(content)
    except (ValueError, RecursionError):
        for number, line in enumerate(content.split("\n"), 1):
            if line.strip():
                try:
                    yield number, json.loads(line)
                except (ValueError, RecursionError) as error:
                    raise InputError("this line is not valid JSON", path=path, line=number, cure=_MAKE) from error


def _flattened(value: Any) -> Iterator[Any]:
    documents = value.get("documents") if isinstance(value, dict) else None
    if not isinstance(documents, list):
        yield value
        return
    for document in documents:
        if not isinstance(document, dict) or not isinstance(document.get("results"), list):
            yield None
        else:
            yield from document["results"]


def _is_record(record: Any) -> bool:
    if not isinstance(record, dict) or "signature" not in record or not isinstance(record.get("findings"), list):
        return False
    return all(
        isinstance(finding, dict) and isinstance(finding.get("fingerprint"), str) and "rule" in finding
        for finding in record["findings"]
    )
