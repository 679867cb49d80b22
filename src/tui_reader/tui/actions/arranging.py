"""How the two texts share the screen, and which runs of them are folded."""

from __future__ import annotations

from tui_reader.tui.actions.base import ReadingBase
from tui_reader.tui.columns import View
from tui_reader.tui.language import tr


class Arranging(ReadingBase):
    """The keys that arrange the screen."""

    def action_view(self) -> None:
        """The next way of sharing the screen."""
        self.view.chosen_view = self.view.view.following
        self.view.rearrange()
        self.tell(tr(self.view.view.value))

    def action_fold(self) -> None:
        """Fold runs of beads without problems, or unfold them."""
        self.view.folding, self.view.opened = not self.view.folding, frozenset()
        self.view.rearrange()
        folded = sum(not note for note in self.view.viewport.rows.options.folds.values())
        if not self.view.folding:
            self.tell(tr("everything is shown"))
        else:
            self.tell(tr("sentences without problems are folded") if folded else tr("nothing to fold so far"))
        self.moved()

    def action_sync(self) -> None:
        """Scroll the two texts independently, or in step again."""
        if self.view.view is not View.SIDE_BY_SIDE:
            self.tell(tr("independent scrolling works side by side only: v changes the view"))
            return
        self.view.step_apart()
        apart = tr("scrolling independently: tab changes sides, = brings them level")
        self.tell(apart if self.view.apart else tr("the texts are in step"))
        self.moved()

    def action_resync(self) -> None:
        """Bring the other text level with the cursor."""
        self.view.realign()
        self.tell(tr("level again") if self.view.is_apart else tr("the texts are in step"))

    def action_split(self, cells: int) -> None:
        """Give the source's column more room, or less."""
        if self.view.view is not View.SIDE_BY_SIDE:
            self.tell(tr("only side by side: v changes the view"))
            return
        self.view.widen(cells)
        columns = self.view.viewport.rows.columns
        self.tell(tr("columns of {source} and {target} cells").format(source=columns.source, target=columns.target))
        self.moved(reveal=False)

    def action_measure(self, cells: int) -> None:
        """Make the columns wider, or narrower (a negative number)."""
        changed = self.view.narrow(-cells)
        columns = self.view.viewport.rows.columns
        if not changed:
            self.tell(tr("no wider here") if cells > 0 else tr("no narrower"))
        elif columns.side_by_side:
            self.tell(tr("columns of {source} and {target} cells").format(source=columns.source, target=columns.target))
        else:
            self.tell(tr("a column of {n} cells").format(n=columns.target))
        self.moved(reveal=False)
