"""Looking closer and from further off: evidence, views, copying, lists, help."""

from __future__ import annotations

from tui_reader.model import Side
from tui_reader.tui.actions.base import ReadingBase, no_problems
from tui_reader.tui.items import ItemKind
from tui_reader.tui.language import tr, tr_count
from tui_reader.tui.screens.help import HelpScreen
from tui_reader.tui.screens.problems import ProblemsScreen


class Looking(ReadingBase):
    """The keys that show something."""

    def action_why(self) -> None:
        """Show or hide the evidence; on a folded run, unfold it."""
        item = self.reading.item
        if item is not None and item.kind is ItemKind.UNQUOTED:
            self.view.fold(self.reading.cursor)
        else:
            self.why.show(open_=not self.why.is_open)
            self.call_after_refresh(self.moved)

    def action_view(self) -> None:
        """The next way of sharing the screen."""
        self.view.chosen_view = self.view.view.following
        self.view.rearrange()
        self.tell(tr(self.view.view.value))

    def action_side(self) -> None:
        """Make the other text the one that copying takes."""
        self.reading.active = self.active.other
        target = self.active is Side.TARGET
        self.tell(tr("copying takes the translation") if target else tr("copying takes the source"))
        self.moved(reveal=False)

    def action_copy(self) -> None:
        """Copy the words of the finding, or else the bead's on the active side."""
        finding, item = self.reading.finding, self.reading.item
        if finding is not None:
            words = self.reading.text(finding.side, finding.span)
        else:
            span = None if item is None else item.span(self.active)
            words = "" if span is None else self.reading.text(self.active, span)
        if words:
            # A clipboard takes no lone surrogates, and a file may hold some.
            self.app.copy_to_clipboard(words.encode("utf-8", "replace").decode("utf-8"))
        copied = tr_count("copied {n} character", "copied {n} characters", len(words))
        self.tell(copied if words else tr("nothing to copy on this side"))

    def action_problems(self) -> None:
        """Choose from the list of problems."""
        if not self.reading.problems:
            self.tell(no_problems(self.reading))
            return

        def chosen(index: int | None) -> None:
            if index is not None and index < len(self.reading.problems):
                self.reading.go_to_problem(index)
                self.moved(jump=True)

        self.app.push_screen(ProblemsScreen(self.reading), chosen)

    def action_help(self) -> None:
        """What the keys do."""
        self.app.push_screen(HelpScreen())

    def action_library(self) -> None:
        """Back to the list of documents."""
        if not self.app.return_to_library():
            self.tell(tr("this is the only document"))
