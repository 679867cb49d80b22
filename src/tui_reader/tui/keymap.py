"""Every key of the reader, in one place: the bindings, the help screen and the footer are made from it."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Command:
    """Something a key does.

    Its `id` is the name under which a person may bind other keys to it.
    """

    id: str
    keys: str
    """Textual's names of the keys, separated by commas."""
    shown: str
    """The keys as people write them."""
    action: str
    description: str
    group: str
    hint: str = ""
    """One word for the footer, none where the key is not worth a place there."""

    @property
    def binding(self) -> Binding:
        """The same for Textual."""
        return Binding(self.keys, self.action, self.description, show=False, key_display=self.shown, id=self.id)


_MOVE, _PROBLEMS, _LOOK, _PROGRAM = "Moving", "Problems", "Looking", "Program"

COMMANDS = (
    Command("bead.next", "j,down", "j down", "step(1)", "next bead or commentary", _MOVE, "bead"),
    Command("bead.previous", "k,up", "k up", "step(-1)", "the one before", _MOVE),
    Command("page.down", "space,pagedown", "space", "page(1.0)", "a page down", _MOVE),
    Command("page.up", "b,pageup", "b", "page(-1.0)", "a page up", _MOVE),
    Command("half.down", "ctrl+d", "ctrl+d", "page(0.5)", "half a page down", _MOVE),
    Command("half.up", "ctrl+u", "ctrl+u", "page(-0.5)", "half a page up", _MOVE),
    Command("top", "g,home", "g home", "top", "to the top", _MOVE),
    Command("bottom", "G,end", "G end", "bottom", "to the bottom", _MOVE),
    Command("passage.next", "right_curly_bracket", "}", "passage(1)", "next quoted passage", _MOVE),
    Command("passage.previous", "left_curly_bracket", "{", "passage(-1)", "the passage before", _MOVE),
    Command("problem.next", "right_square_bracket", "]", "problem(1)", "next problem", _PROBLEMS, "problem"),
    Command("problem.previous", "left_square_bracket", "[", "problem(-1)", "the problem before", _PROBLEMS),
    Command("why", "enter", "enter", "why", "why: the evidence (or unfold what is not quoted)", _PROBLEMS, "why"),
    Command("problems", "p", "p", "problems", "list of all problems", _PROBLEMS),
    Command("copy", "y", "y", "copy", "copy the problem's words, or the bead", _PROBLEMS),
    Command("search", "slash", "/", "search", "search both languages", _LOOK, "search"),
    Command("match.next", "n", "n", "match(1)", "next match", _LOOK),
    Command("match.previous", "N", "N", "match(-1)", "the match before", _LOOK),
    Command("view", "v", "v", "view", "side by side, stacked, translation only", _LOOK),
    Command("side", "tab", "tab", "side", "the other text (for copying)", _LOOK),
    Command("close", "escape", "esc", "close", "close the evidence, forget the search", _LOOK),
    Command("library", "o", "o", "library", "back to the list of documents", _PROGRAM),
    Command("help", "question_mark,f1", "? F1", "help", "this help", _PROGRAM, "help"),
    Command("palette", "colon", ": ctrl+p", "app.command_palette", "all commands, themes among them", _PROGRAM),
    Command("quit", "q", "q", "app.quit", "quit", _PROGRAM),
)


def bindings() -> list[Binding]:
    """All keys of the reading screen."""
    return [command.binding for command in COMMANDS]


def groups() -> dict[str, list[Command]]:
    """The commands by what they are for, in the order of the registry."""
    grouped: dict[str, list[Command]] = {}
    for command in COMMANDS:
        grouped.setdefault(command.group, []).append(command)
    return grouped


def hints() -> tuple[tuple[str, str], ...]:
    """The few keys that the footer names, with a word for each, the first to go where there is no room last."""
    shown = [command for command in COMMANDS if command.hint]
    pairs = {"bead.next": "j k", "problem.next": "] ["}
    return tuple(
        (pairs.get(command.id, command.shown.split()[0]), command.hint)
        for command in sorted(shown, key=lambda command: command.id == "search")
    )
