"""Which lines of a file have changed since a revision that git knows."""

from __future__ import annotations

import re
import shutil
import subprocess
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.cli.narrowing import keeping
from tui_reader.errors import InputError
from tui_reader.model import Side
from tui_reader.reports.places import location, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from tui_reader.model import Report, Text

_HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_NO_LINES = re.compile(r"^(?:Binary files .* differ|GIT binary patch)$", re.MULTILINE)
"""What git says of a change in a file that it does not take for lines: UTF-16, a book, or told so by an attribute."""


_PLAIN = ("--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames")
"""Lines as the file has them, whatever a person has set up for their own eyes."""


class Lines(NamedTuple):
    """A run of lines of a file, both ends included, from 1."""

    first: int
    last: int


_ALL = Lines(1, 2**31)


class ChangedSince:
    """Leaves in a report what was found in sentence pairs of which either side has changed.

    Args:
        revision: anything that git resolves to a commit.

    Raises:
        InputError: git is not installed.
    """

    def __init__(self, revision: str):
        if shutil.which("git") is None:
            raise InputError(
                "--changed-since needs git, which is not installed", cure="install it or leave the flag out"
            )
        self._revision = revision
        self._changes = cache(self._changes_of)
        self._commit = cache(self._commit_of)

    def of(self, report: Report) -> Report:
        """The report on what has changed.

        Raises:
            InputError: a file lies in no repository, or the revision is unknown there.
        """
        places = {id(checked): number for number, checked in enumerate(report.beads)}
        return keeping(report, lambda checked, _: self._has_changed(report, places[id(checked)]))

    def _has_changed(self, report: Report, place: int) -> bool:
        return any(self._touches(report, place, side) for side in Side)

    def _touches(self, report: Report, place: int, side: Side) -> bool:
        text = text_of(report, report.beads[place], side)
        if text.path is None:
            return True
        changed = self._changes(text.path.resolve())
        first, last = _lines(report, place, side, text)
        at = bisect_left(changed, first, key=lambda lines: lines.last)
        return at < len(changed) and changed[at].first <= last

    def _changes_of(self, path: Path) -> list[Lines]:
        """The changed runs of lines, in order; of a file that git does not know or has no lines of, all of them."""
        commit = self._commit(path.parent)
        diff = _git(path.parent, "diff", *_PLAIN, commit, "--", path.name)
        if _NO_LINES.search(diff) or (not diff and not _git(path.parent, "ls-files", "--", path.name)):
            return [_ALL]
        return [_hunk(int(start), int(count or 1)) for start, count in _HUNK.findall(diff)]

    def _commit_of(self, folder: Path) -> str:
        try:
            return _git(
                folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{self._revision}^{{commit}}"
            ).strip()
        except subprocess.CalledProcessError as error:
            what = (
                "this folder is in no git repository"
                if error.returncode == 128
                else (f"git knows no revision {self._revision!r} here")
            )
            raise InputError(
                what, path=folder, cure="give --changed-since a commit, tag or branch; fetch it if need be"
            ) from error


def _hunk(start: int, count: int) -> Lines:
    # Nothing is left of lines that were deleted: those around them have changed.
    return Lines(start, start + count - 1) if count else Lines(start, start + 1)


def _lines(report: Report, place: int, side: Side, text: Text) -> Lines:
    """The lines of one side of a bead; of an empty side, of its neighbours and the gap between them."""
    span = report.beads[place].bead.span(side) or report.alignment.gap(place, side)
    if not span.length:
        return Lines(1, 0)
    return Lines(location(text, span.start).line, location(text, span.end - 1).line)


def _git(folder: Path, *arguments: str) -> str:
    return subprocess.run(  # noqa: S603 - no shell, and a revision is never taken for an option
        ["git", "-C", str(folder), "--literal-pathspecs", *arguments],  # noqa: S607 - the user's own git
        capture_output=True,
        check=True,
        encoding="utf-8",
        errors="replace",
    ).stdout
