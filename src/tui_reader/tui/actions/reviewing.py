"""Saying what is thought of the findings: ignored for a reason, confirmed, noted."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tui_reader.errors import InputError
from tui_reader.tui.actions.base import ReadingBase, no_problems
from tui_reader.tui.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui_reader.baseline import Status
    from tui_reader.model import Document, Finding

SUMMARY_SUFFIX = ".review.md"


def _is_own(document: Document, path: Path) -> bool:
    """Whether a file is one that the document is read from, or the one that keeps its reviews."""
    from tui_reader.baseline import path_beside  # noqa: PLC0415 - not for the first frame
    from tui_reader.formats.folder import DESCRIPTION  # noqa: PLC0415

    own = [text.path for text in (document.text, *(source.text for source in document.sources)) if text.path]
    if document.text.path is not None:
        own += [path_beside(document.text.path), document.text.path.with_name(DESCRIPTION)]
    return os.path.realpath(path) in map(os.path.realpath, own)


class Reviewing(ReadingBase):
    """The keys of the review."""

    def _finding(self) -> Finding | None:
        finding = self.reading.finding
        if finding is None:
            self.tell(
                tr("no problem here: ] goes to the next one") if self.reading.problems else no_problems(self.reading)
            )
        return finding

    def action_ignore(self) -> None:
        """Ask why the problem under the cursor is none."""
        finding = self._finding()
        if finding is not None:

            def ignore(reason: str | None) -> None:
                self.view.focus()
                if reason is None:
                    self.tell(tr("not ignored: a reason is needed"))
                else:
                    from tui_reader.baseline import Status  # noqa: PLC0415 - not for the first frame

                    self._say(finding, tr("ignored, u takes it back"), status=Status.IGNORED, reason=reason)

            self.prompt.ask(tr("ignore, because"), ignore, value="")

    def action_confirm(self) -> None:
        """Say that the problem under the cursor is one."""
        finding = self._finding()
        if finding is not None:
            from tui_reader.baseline import Status  # noqa: PLC0415 - not for the first frame

            self._say(finding, tr("confirmed, u takes it back"), status=Status.CONFIRMED)

    def action_note(self) -> None:
        """Ask what else there is to say about the problem under the cursor."""
        finding = self._finding()
        if finding is not None:

            def note(words: str | None) -> None:
                self.view.focus()
                if words is not None:
                    self._say(finding, tr("noted, u takes it back"), note=words)

            review = self.desk.lookup(finding)
            self.prompt.ask(tr("note"), note, value=review.note if review else "")

    def _say(
        self,
        finding: Finding,
        told: str,
        *,
        status: Status | None = None,
        reason: str | None = None,
        note: str | None = None,
    ) -> None:
        text = self.reading.side_text(finding.side)
        said = self.desk.say(finding, text, status=status, reason=reason, note=note)
        self.review_changed()
        self.tell(self.desk.trouble or (told if said else ""))

    def action_undo(self) -> None:
        """Take back what was said last, and go to the problem it was about."""
        finding = self.desk.undo()
        if finding is None:
            self.tell(self.desk.trouble or tr("nothing to take back"))
            return
        self.review_changed()
        self._go_to_finding(lambda other: other.fingerprint == finding.fingerprint)
        self.tell(self.desk.trouble or tr("taken back"))

    def action_unreviewed(self) -> None:
        """To the next problem that nobody has decided about, around the end."""
        if self._go_to_finding(self.desk.is_open):
            self.tell("")
            return
        found = self.reading.found
        if any(self.desk.is_open(problem.finding) for problem in found.visible):
            decided = tr("every problem of this rule has been decided: f goes on to the others")
            self.tell(no_problems(self.reading) if found.only_others else decided)
        else:
            self.tell(
                tr("every problem has been decided") if self.reading.found.everything else no_problems(self.reading)
            )

    def _go_to_finding(self, wanted: Callable[[Finding], bool]) -> bool:
        problems = self.reading.problems
        here = self.reading.problem
        start = self.reading.found.after(self.reading.cursor) if here is None else here + 1
        for index in [*range(start, len(problems)), *range(min(start, len(problems)))]:
            if wanted(problems[index].finding):
                self.reading.go_to_problem(index)
                self.moved(jump=True)
                return True
        return False

    def review_changed(self) -> None:
        """Hide what is ignored now, show what is not any more."""
        self.reading.hide(self.desk.hidden)
        self.view.rearrange()
        self.moved(reveal=False)

    def action_summary(self) -> None:
        """Ask where to write the review."""
        path = self.reading.document.text.path
        name = Path(self.reading.document.id + SUMMARY_SUFFIX) if path is None else Path(f"{path}{SUMMARY_SUFFIX}")
        self._ask_where(tr("write the review to"), str(name))

    def _ask_where(self, question: str, proposed: str) -> None:
        def answer(name: str | None) -> None:
            self.view.focus()
            # Not `Path.expanduser`, which raises where there is no such user.
            path = Path(os.path.expanduser(name or ""))
            own = _is_own(self.reading.document, path)
            if name not in {None, proposed} and not own and os.path.isfile(path):
                self._ask_where(tr("it exists, enter overwrites:"), str(name))
            elif own:
                self.tell(tr("not written: {name} is a file of this document").format(name=name))
            elif name is not None:
                self._write(name, path)

        self.prompt.ask(question, answer, value=proposed)

    def _write(self, name: str, path: Path) -> None:
        from tui_reader.files import replacing  # noqa: PLC0415 - not for the first frame
        from tui_reader.tui.error_wording import told  # noqa: PLC0415
        from tui_reader.tui.review_summary import summary  # noqa: PLC0415

        try:
            with replacing(path) as stream:
                stream.write(summary(self.reading, self.desk))
        except InputError as error:
            self.tell(told(error))
        else:
            self.tell(tr("written: {name}").format(name=name))
