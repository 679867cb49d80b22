"""Saying what is thought of the findings: ignored for a reason, confirmed, noted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui_reader.errors import InputError
from tui_reader.tui.actions.base import ReadingBase, no_problems
from tui_reader.tui.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui_reader.baseline import Status
    from tui_reader.model import Finding

SUMMARY_SUFFIX = ".review.md"


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
        if not self._go_to_finding(self.desk.is_open):
            self.tell(tr("every problem is decided") if self.reading.found.everything else no_problems(self.reading))

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
        self.prompt.ask(tr("write the review to"), self._write, value=str(name))

    def _write(self, name: str | None) -> None:
        self.view.focus()
        if name is None:
            return
        from tui_reader.files import replacing  # noqa: PLC0415 - not for the first frame
        from tui_reader.tui.error_wording import told  # noqa: PLC0415
        from tui_reader.tui.review_summary import summary  # noqa: PLC0415

        try:
            with replacing(Path(name).expanduser()) as stream:
                stream.write(summary(self.reading, self.desk))
        except InputError as error:
            self.tell(told(error))
        else:
            self.tell(tr("written: {name}").format(name=name))
