"""What the keys do where one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from tui_reader.tui.keymap import Command, groups, keys_of
from tui_reader.tui.language import later, tr
from tui_reader.tui.screens.list_screen import ListRow, ListScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIGNS = (
    ("O", "underline", later("omission: the translation does not say this")),
    ("A", "reverse", later("addition: the source does not say this")),
    ("N", "strike", later("another rule, by its first letter: negation, number, name and so on; enter names it")),
    ("m", "italic", later("moved: the translation has this sentence at another place")),
)


_MAP_SIGNS = later(
    "in the column at the right: the lowest score there is doubtful (d) or as low as unrelated texts (u); i says more"
)


class HelpScreen(ListScreen[str]):
    """The keys of the screen it is called from, by what they are for; choosing one does what it does.

    Args:
        title: what the help is for.
        commands: its keys.
        signs: whether the signs in the texts are explained too.
    """

    def __init__(self, title: str, commands: Sequence[Command], *, signs: bool = False) -> None:
        super().__init__()
        self._title, self._commands, self._signs = title, commands, signs

    def heading(self) -> str:
        """What the help is for."""
        return self._title

    def rows(self) -> Sequence[ListRow[str]]:
        """A heading for each group, a row for each key; last the signs."""
        rows: list[ListRow[str]] = []
        for group, commands in groups(self._commands).items():
            rows.append(self.section(tr(group), first=not rows))
            rows += [ListRow(command.action, _line(command, self._keys_of(command))) for command in commands]
        if self._signs:
            rows.append(self.section(tr("Signs"), first=False))
            rows += [ListRow(None, _sign(*sign)) for sign in _SIGNS]
            rows.append(ListRow(None, Text.assemble(("d u  ", "bold"), tr(_MAP_SIGNS), no_wrap=True)))
        return rows

    def _keys_of(self, command: Command) -> str:
        return " ".join(keys_of(command, self.app.keys))


def _line(command: Command, keys: str) -> Text:
    line = Text(no_wrap=True, overflow="ellipsis")
    line.append(f"{keys:<12}", style="bold")
    return line.append(tr(command.description))


def _sign(sign: str, style: str, meaning: str) -> Text:
    return Text.assemble((f"{sign:<4}", "bold"), (tr("words"), style), f"   {tr(meaning)}", no_wrap=True)
