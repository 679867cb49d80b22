"""Every key of the reader, in one place: the bindings, the help screen and the footer are made from it."""

from __future__ import annotations

from string import punctuation
from typing import TYPE_CHECKING, NamedTuple

from textual.binding import Binding
from textual.keys import _character_to_key

from tui_reader.errors import SettingsError
from tui_reader.settings_file import nearest
from tui_reader.tui.language import later

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class Command(NamedTuple):
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


_MOVE, _WORDS, _PROBLEMS = later("Moving"), later("Words"), later("Problems")
_REVIEW, _LOOK, _PROGRAM = later("Review"), later("Looking"), later("Program")

COMMANDS = (
    Command("bead.next", "j,down", "j down", "step(1)", later("next bead or commentary"), _MOVE, later("bead")),
    Command("bead.previous", "k,up", "k up", "step(-1)", later("the one before"), _MOVE),
    Command("page.down", "space,pagedown", "space", "page(1.0)", later("a page down"), _MOVE),
    Command("page.up", "b,pageup", "b", "page(-1.0)", later("a page up"), _MOVE),
    Command("half.down", "ctrl+d", "ctrl+d", "page(0.5)", later("half a page down"), _MOVE),
    Command("half.up", "ctrl+u", "ctrl+u", "page(-0.5)", later("half a page up"), _MOVE),
    Command("top", "g,home", "g home", "top", later("to the top"), _MOVE),
    Command("bottom", "G,end", "G end", "bottom", later("to the bottom"), _MOVE),
    Command("passage.next", "right_curly_bracket", "}", "passage(1)", later("next quoted passage"), _MOVE),
    Command("passage.previous", "left_curly_bracket", "{", "passage(-1)", later("the passage before"), _MOVE),
    Command("contents", "t", "t", "contents", later("table of contents"), _MOVE),
    Command("mark.set", "m", "m", "mark", later("set a mark: then type a letter"), _MOVE),
    Command(
        "mark.go", "apostrophe", "'", "go_to_mark", later("go to a mark: then type its letter ('' goes back)"), _MOVE
    ),
    Command("word.next", "l", "l", "word(1)", later("next word of the sentence; what stands for it lights up"), _WORDS),
    Command("word.previous", "h", "h", "word(-1)", later("the word before"), _WORDS),
    Command(
        "word.explain", "d", "d", "explain", later("the word explained: reading, part of speech, counterparts"), _WORDS
    ),
    Command("side", "tab", "tab", "side", later("the other text (for words and copying)"), _WORDS),
    Command("readings", "r", "r", "readings", later("how kanji are read: behind the words, above them, not"), _WORDS),
    Command(
        "problem.next", "right_square_bracket", "]", "problem(1)", later("next problem"), _PROBLEMS, later("problem")
    ),
    Command("problem.previous", "left_square_bracket", "[", "problem(-1)", later("the problem before"), _PROBLEMS),
    Command(
        "why", "enter", "enter", "why", later("why: the evidence (or unfold a folded run)"), _PROBLEMS, later("why")
    ),
    Command("rule", "w", "w", "rule", later("what the rule of this problem looks for: its page"), _PROBLEMS),
    Command("problems", "p", "p", "problems", later("list of all problems"), _PROBLEMS),
    Command("filter", "f", "f", "filter", later("problems of one rule only, the next rule, all"), _PROBLEMS),
    Command("overview", "i", "i", "overview", later("overview: scores, worst beads, counts"), _PROBLEMS),
    Command("copy", "y", "y", "copy", later("copy what is selected, the problem's words, or the bead"), _PROBLEMS),
    Command("review.ignore", "x", "x", "ignore", later("ignore this problem, with a reason"), _REVIEW),
    Command("review.confirm", "c", "c", "confirm", later("confirm this problem"), _REVIEW),
    Command("review.note", "a", "a", "note", later("a note on this problem"), _REVIEW),
    Command("review.undo", "u", "u", "undo", later("take back what was said last"), _REVIEW),
    Command("review.next", "U", "U", "unreviewed", later("next problem that is not decided"), _REVIEW),
    Command("review.summary", "S", "S", "summary", later("write the review as Markdown"), _REVIEW),
    Command("search", "slash", "/", "search", later("search both languages"), _LOOK, later("search")),
    Command("match.next", "n", "n", "match(1)", later("next match"), _LOOK),
    Command("match.previous", "N", "N", "match(-1)", later("the match before"), _LOOK),
    Command("view", "v", "v", "view", later("side by side, stacked, translation only"), _LOOK),
    Command("fold", "z", "z", "fold", later("fold sentences without problems, or unfold them"), _LOOK),
    Command("sync", "s", "s", "sync", later("scroll the two texts independently, or in step"), _LOOK),
    Command("resync", "equals_sign", "=", "resync", later("bring the other text level again"), _LOOK),
    Command("split.left", "left", "left", "split(-4)", later("less room for the source"), _LOOK),
    Command("split.right", "right", "right", "split(4)", later("more room for the source"), _LOOK),
    Command("width.less", "less_than_sign", "<", "measure(-4)", later("narrower lines"), _LOOK),
    Command("width.more", "greater_than_sign", ">", "measure(4)", later("wider lines"), _LOOK),
    Command(
        "close",
        "escape",
        "esc",
        "close",
        later("let go of the selection, the evidence, the search"),
        _LOOK,
    ),
    Command("edit", "e", "e", "edit", later("open the file in $EDITOR at this line"), _PROGRAM),
    Command("library", "o", "o", "library", later("back to the list of documents"), _PROGRAM),
    Command("help", "question_mark,f1", "? F1", "help", later("this help"), _PROGRAM, later("help")),
    Command("palette", "colon", ": ctrl+p", "app.command_palette", later("all commands, themes among them"), _PROGRAM),
    Command("quit", "q", "q", "app.quit", later("quit"), _PROGRAM),
)
"""The keys of the reading screen."""

LIST_COMMANDS = (
    Command("list.next", "j", "j down", "cursor(1)", later("next row"), _MOVE),
    Command("list.previous", "k", "k up", "cursor(-1)", later("the one before"), _MOVE),
    Command("list.filter", "slash", "/", "filter", later("show only rows with these words"), _LOOK),
    Command("list.sort", "s", "s", "sort", later("another order"), _LOOK),
    Command("list.help", "question_mark,f1", "? F1", "help", later("this help"), _PROGRAM),
    Command("list.leave", "escape,q", "esc q", "leave", later("close the list"), _PROGRAM),
)
"""The keys of every list."""

_WRITTEN = {_character_to_key(character): character for character in punctuation}
"""Keys as people write them (``]``) by Textual's names (``right_square_bracket``)."""
_BESIDE = {"bead.next": ["bead.previous"], "problem.next": ["problem.previous"]}
"""Commands whose keys the footer names together with those of another."""

BY_ID = {command.id: command for command in (*COMMANDS, *LIST_COMMANDS)}


def chosen_keys(settings: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Keys that a person has chosen, by the name of the command, as Textual names keys.

    Raises:
        SettingsError: there is no such command, or one key would do two things.
    """
    chosen = {}
    for name, keys in settings:
        if name not in BY_ID:
            near = nearest(name, BY_ID)
            raise SettingsError(f"keys.{name}: the reader has no such command; did you mean {near}?")
        chosen[name] = ",".join(_key(key.strip()) for key in keys.split(","))
    for commands in (COMMANDS, LIST_COMMANDS):
        _require_distinct(commands, chosen)
    return chosen


def _key(key: str) -> str:
    """A key as people write it (``]``) by Textual's name (``right_square_bracket``)."""
    return _character_to_key(key) if len(key) == 1 else key


def _require_distinct(commands: Sequence[Command], chosen: Mapping[str, str]) -> None:
    owners: dict[str, str] = {}
    for command in commands:
        for key in chosen.get(command.id, command.keys).split(","):
            other = owners.setdefault(key, command.id)
            if other != command.id and {other, command.id} & chosen.keys():
                raise SettingsError(f"keys.{command.id}: the key {key} is that of {other} already; choose another")


def bindings() -> list[Binding]:
    """All keys of the reading screen."""
    return [command.binding for command in COMMANDS]


def groups(commands: Sequence[Command] = COMMANDS) -> dict[str, list[Command]]:
    """Commands by what they are for, in the order of the registry."""
    grouped: dict[str, list[Command]] = {}
    for command in commands:
        grouped.setdefault(command.group, []).append(command)
    return grouped


def keys_of(command: Command, chosen: Mapping[str, str]) -> list[str]:
    """The keys of a command as people write them, those that a person has chosen where there are any."""
    if command.id not in chosen:
        return command.shown.split()
    return [_WRITTEN.get(key, key) for key in chosen[command.id].split(",") if key]


def first_keys(ids: Iterable[str], chosen: Mapping[str, str]) -> str:
    """The first key of each of some commands, as people write them; commands without a key are left out."""
    return " ".join(key for id_ in ids for key in keys_of(BY_ID[id_], chosen)[:1])


def hints(chosen: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The few keys that the footer names, with a word for each, the first to go where there is no room last.

    Args:
        chosen: the keys that a person has chosen.
    """
    shown = [command for command in COMMANDS if command.hint]
    named = (
        (first_keys([command.id, *_BESIDE.get(command.id, ())], chosen), command.hint)
        for command in sorted(shown, key=lambda command: command.id == "search")
    )
    return tuple((keys, word) for keys, word in named if keys)
