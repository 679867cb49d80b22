"""Looking closer and from further off: evidence, views, copying, lists, help."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual import on

from tui_reader.tui.actions.base import ReadingBase, no_problems
from tui_reader.tui.clipboard import copy_natively
from tui_reader.tui.keymap import COMMANDS
from tui_reader.tui.language import tr, tr_count
from tui_reader.tui.position import spot
from tui_reader.tui.reading import Outcome
from tui_reader.tui.rule_wording import rule_name
from tui_reader.tui.widgets.bilingual_view import BilingualView

if TYPE_CHECKING:
    from tui_reader.tui.position import Spot
    from tui_reader.tui.problem_list import Problem


class Looking(ReadingBase):
    """The keys that show something."""

    def action_why(self) -> None:
        """Show the evidence, then what there was no room for, then hide it; on a folded run, unfold it."""
        item = self.reading.item
        if item is not None and self.view.is_fold(self.reading.cursor):
            self.view.fold(self.reading.cursor)
        elif self.why.topic is not None:
            self.why.explain(None)
            self.why.show(open_=True)
        elif not self.why.roll():
            self.why.show(open_=not self.explains)
            self.call_after_refresh(self.moved)

    def action_rule(self) -> None:
        """The page of the rule that has found the problem under the cursor."""
        finding = self.reading.finding
        if finding is None:
            here = tr("no problem here: ] goes to the next one")
            self.tell(here if self.reading.problems else no_problems(self.reading))
            return

        from tui_reader.tui.screens.rule_page import RulePage  # noqa: PLC0415 - not for the first frame

        self.app.push_screen(RulePage(finding))

    def action_copy(self) -> None:
        """Copy what is selected, or else the words of the finding, or else the bead's on the active side."""
        finding, item = self.reading.finding, self.reading.item
        if self.view.selection is not None:
            words = self.view.selected_words()
        elif self.reading.word_span is not None:
            words = self.reading.text(self.active, self.reading.word_span)
        elif finding is not None:
            words = self.reading.text(finding.side, finding.span)
        else:
            span = None if item is None else item.span(self.active)
            words = "" if span is None else self.reading.text(self.active, span)
        if not words:
            self.tell(tr("nothing to copy on this side"))
            return
        # A clipboard takes no lone surrogates, and a file may hold some.
        safe = words.encode("utf-8", "replace").decode("utf-8")
        self.app.copy_to_clipboard(safe)
        native = copy_natively(safe, os.environ)
        copied = tr_count("copied {n} character", "copied {n} characters", len(words))
        self.tell(copied if native else copied + tr(", if the terminal passes it on (OSC 52)"))

    @on(BilingualView.Selected)
    def _selected(self) -> None:
        count = len(self.view.selected_words())
        select = tr_count("{n} character selected: y copies it", "{n} characters selected: y copies them", count)
        self.tell(select)

    def action_problems(self) -> None:
        """Choose from the list of problems."""
        if not self.reading.found.everything:
            self.tell(no_problems(self.reading))
            return

        def chosen(problem: Problem | None) -> None:
            now = None if problem is None else self.reading.found.again(problem)
            if now is None:
                self.tell("" if problem is None else tr("what you chose is gone"))
            elif now in self.reading.problems:
                self.reading.go_to_problem(self.reading.problems.index(now))
                self.moved(jump=True)
            else:
                self._go_to(spot(self.reading, now.item))

        from tui_reader.tui.screens.problems import ProblemsScreen  # noqa: PLC0415 - not for the first frame

        self.app.push_screen(ProblemsScreen(self.reading, self.desk), chosen)

    def action_filter(self) -> None:
        """Show the problems of the next rule only; after the last, of all."""
        choices = [None, *self.reading.found.rules]
        if len(choices) == 1:
            self.tell(no_problems(self.reading))
            return
        now = self.reading.found.rule
        rule = choices[(choices.index(now) + 1) % len(choices)] if now in choices else None
        self.reading.choose_problems(rule=rule)
        self.tell(tr("problems of all rules") if rule is None else tr("only: {rule}").format(rule=rule_name(rule)))
        self.view.rearrange()
        self.moved(reveal=False)

    def action_contents(self) -> None:
        """Choose from the headings and passages."""
        from tui_reader.tui.contents import contents  # noqa: PLC0415 - not for the first frame

        if not contents(self.reading):
            soon = self.reading.alignment is None and self.reading.outcome is Outcome.RUNNING
            self.tell(tr("no headings or passages so far") if soon else tr("no headings or passages"))
            return
        from tui_reader.tui.screens.contents import ContentsScreen  # noqa: PLC0415

        self.app.push_screen(ContentsScreen(self.reading), self._go_to)

    def action_overview(self) -> None:
        """The document in figures."""
        from tui_reader.tui.screens.overview import OverviewScreen  # noqa: PLC0415 - not for the first frame

        self.app.push_screen(OverviewScreen(self.reading), self._go_to)

    def _go_to(self, chosen: Spot | None) -> None:
        """Go where somebody has chosen to, be it in another layout by now."""
        item = None if chosen is None else chosen.now(self.reading)
        if item is not None:
            self.leap()
            self.reading.move_to(item)
            self.moved(jump=True)
        elif chosen is not None:
            self.tell(tr("what you chose is gone"))

    def action_help(self) -> None:
        """What the keys do."""
        self.app.help_for(tr("Reading"), COMMANDS, signs=True, then=self._do)

    async def _do(self, action: str | None) -> None:
        if action is not None:
            await self.run_action(action)
