"""A list to choose from: the shape of the library, the problems, the contents and the help."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, TypeVar

from rich.text import Text
from textual import on
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui_reader.text.width import cells
from tui_reader.tui.keymap import LIST_COMMANDS, first_keys
from tui_reader.tui.language import tr
from tui_reader.tui.themes import strong
from tui_reader.tui.wording import fitted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

if TYPE_CHECKING:
    from tui_reader.tui.app import ReaderApp

T = TypeVar("T")
MARGIN = 3
"""Cells at either side of a row."""
_GAP = "  "


@dataclass(frozen=True, slots=True)
class ListRow(Generic[T]):
    """A row that can be chosen, or a heading that cannot (no value)."""

    value: T | None
    prompt: Text
    """What is shown, on one line or more."""
    words: str = ""
    """What a filter looks in; by default what is shown."""


class Order(NamedTuple):
    """A way of sorting rows."""

    name: str
    key: Callable[[Any], Any] | None
    """Of a row's value; None for the order in which the rows were given."""


class ListScreen(ModalScreen[T | None]):
    """Rows over the whole screen, filtered by what is typed after ``/``; the result is the value of the one chosen.

    Args:
        chosen: value of the row to begin at.
    """

    app: ReaderApp
    BINDINGS: ClassVar[list[BindingType]] = [command.binding for command in LIST_COMMANDS]
    ORDERS: ClassVar[tuple[Order, ...]] = ()
    """What the key ``s`` cycles through; the first is in force at first."""

    DEFAULT_CSS = """
    ListScreen {
        background: $background;
        & > #title { height: 1; padding: 0 3; width: 100%; background: $panel; text-style: bold; }
        & > OptionList {
            width: 100%; height: 1fr; padding: 0; border: none; background: $background; scrollbar-size-vertical: 0;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
        & > OptionList:focus { border: none; background-tint: $background 0%; }
        & .option-list--option { padding: 0 3; }
        & > OptionList > .option-list--option-disabled { color: $foreground; }
        & .option-list--option-highlighted { background: $accent 25%; color: $foreground; }
        & > OptionList:focus > .option-list--option-highlighted { background: $accent 25%; color: $foreground; }
        & > #hints { height: 1; dock: bottom; width: 100%; padding: 0 3; background: $panel; color: $foreground 60%; }
        & > Input {
            dock: bottom; height: 1; border: none; background: $panel; width: 100%; display: none;
        }
        & > Input:focus { border: none; }
        & > Input.-textual-compact { padding: 0 3; }
        & > Input.-open { display: block; }
    }
    """

    def __init__(self, chosen: T | None = None) -> None:
        super().__init__()
        self._chosen = chosen
        self._order = 0
        self._shown: list[ListRow[T]] = []

    @abstractmethod
    def heading(self) -> str:
        """The line above the list."""

    @abstractmethod
    def rows(self) -> Sequence[ListRow[T]]:
        """All rows, unsorted and unfiltered."""

    def section(self, title: str, *, first: bool) -> ListRow[T]:
        """The heading of a group of rows, with an empty line before it unless it is the first."""
        text = Text("" if first else "\n")
        return ListRow(None, text.append(title, style=strong(self.app.theme_variables)))

    def hints(self) -> list[str]:
        """What stands below the list, as far as there is room: the last always, then the others from the first on."""
        order = [self.hint(tr("{keys} sort"), "list.sort")] if self.ORDERS else []
        return [*self.basic_hints(tr("enter choose")), *order, self.hint(tr("{keys} close"), "list.leave")]

    def basic_hints(self, choose: str) -> list[str]:
        """What to do in every list, `choose` among it."""
        move = self.hint(tr("{keys} move"), "list.next", "list.previous")
        return [choose, move, self.hint(tr("{keys} filter"), "list.filter")]

    def hint(self, words: str, *ids: str) -> str:
        """A few words about the first key of some commands; empty where a person has left these without a key."""
        keys = first_keys(ids, self.app.keys)
        return words.format(keys=keys) if keys else ""

    def compose(self) -> ComposeResult:
        """Heading, list, filter, hints."""
        yield Static(id="title", markup=False)
        yield OptionList()
        yield Static(id="hints", markup=False)
        yield Input(placeholder=tr("filter"), compact=True)

    def on_resize(self, event: events.Resize) -> None:
        """Name as many keys as there is room for."""
        shown = [hint for hint in self.hints() if hint]
        room = max(1, event.size.width - 2 * MARGIN)
        while len(shown) > 1 and cells(_GAP.join(shown)) > room:
            del shown[-2]
        self.query_one("#hints", Static).update(fitted(_GAP.join(shown), room))

    def on_mount(self) -> None:
        """Begin at the row asked for."""
        self.show_rows()
        self.query_one(OptionList).focus()

    @property
    def options(self) -> OptionList:
        """The list."""
        return self.query_one(OptionList)

    @property
    def highlighted(self) -> T | None:
        """Value of the row under the cursor."""
        at = self.options.highlighted
        return None if at is None else self._shown[at].value

    def show_rows(self) -> None:
        """Show the rows that the filter lets through, in the order in force; the cursor stays on its row."""
        at = self._chosen or (self.highlighted if self._shown else None)
        self._chosen = None
        before = self.options.highlighted or 0
        rows = self.rows()
        self._shown = self._sorted([row for row in rows if self._passes(row)])
        if rows and not self._shown:
            self._shown = [ListRow(None, Text(tr("no row matches ⋅ esc clears the filter"), style="dim"))]
        self.options.clear_options()
        self.options.add_options(Option(row.prompt, disabled=row.value is None) for row in self._shown)
        places = [place for place, row in enumerate(self._shown) if row.value is not None]
        same = (place for place in places if self._shown[place].value == at)
        beside = min(places, key=lambda place: abs(place - before), default=None)
        self.options.highlighted = next(same, beside)
        order = f"  ⋅  {tr(self.ORDERS[self._order].name)}" if self.ORDERS else ""
        self.query_one("#title", Static).update(self.heading() + order)

    def _passes(self, row: ListRow[T]) -> bool:
        from tui_reader.text.normalise import fold  # noqa: PLC0415 - only a filter needs it

        query = fold(self.query_one(Input).value)[0].strip()
        if not query:
            return True
        return row.value is not None and query in fold(row.words or row.prompt.plain)[0]

    def _sorted(self, rows: list[ListRow[T]]) -> list[ListRow[T]]:
        key = self.ORDERS[self._order].key if self.ORDERS else None
        return rows if key is None else sorted(rows, key=lambda row: key(row.value))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        value = self._shown[event.option_index].value
        if value is not None:
            self.choose(value)

    def choose(self, value: T) -> None:
        """What choosing a row does: it closes the list."""
        self.dismiss(value)

    @on(Input.Changed)
    def _typed(self) -> None:
        self.show_rows()

    @on(Input.Submitted)
    def _filtered(self) -> None:
        self.options.focus()

    def action_filter(self) -> None:
        """Let a filter be typed."""
        box = self.query_one(Input)
        box.add_class("-open")
        box.focus()

    def action_sort(self) -> None:
        """The next order."""
        if self.ORDERS:
            self._order = (self._order + 1) % len(self.ORDERS)
            self.show_rows()

    def action_help(self) -> None:
        """What the keys do."""

        async def do(action: str | None) -> None:
            if action is not None:
                await self.run_action(action)

        self.app.help_for(self.heading(), LIST_COMMANDS, then=do)

    def action_cursor(self, direction: int) -> None:
        """Next or previous row."""
        if direction > 0:
            self.options.action_cursor_down()
        else:
            self.options.action_cursor_up()

    def action_leave(self) -> None:
        """Forget the filter, or else close the list."""
        box = self.query_one(Input)
        if box.has_class("-open"):
            box.remove_class("-open")
            box.value = ""
            self.options.focus()
        else:
            self.leave()

    def leave(self) -> None:
        """What closing does."""
        self.dismiss(None)
