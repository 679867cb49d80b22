"""What can be set: the tables of a settings file as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from pathlib import Path

Sensitivity = Literal["low", "normal", "high"]
RuleLevel = Literal["off", "on", "error", "warning", "info"]
RULES_TABLE = "rules"
"""The table of the levels of rules. Its keys are their codes, which only the layer of checks knows."""
KEYS_TABLE = "keys"
"""The table of the reader's keys by the names of its commands, which only the reader knows."""
LARGEST_NUMBER = 1024
"""No setting that is a number makes sense above it."""
FILE_KEYS = frozenset({"check.glossary"})
"""Settings that name a file: in a settings file it stands beside that."""
EMPTY_KEYS = FILE_KEYS | {"check.forbidden"}
"""Settings that may be empty, which stands for nothing."""


@dataclass(frozen=True)
class CheckSettings:
    """The table ``[check]``."""

    encoder: str = "auto"
    """Which encoder measures similarity; ``auto`` takes the best that is installed."""
    sensitivity: Sensitivity = "normal"
    """How sure the checker must be: ``low`` reports less, ``high`` reports more."""
    fail_on: str = "error"
    """What makes ``check`` exit with 1: a severity with all graver ones, codes of rules, or ``never``; with commas."""
    cache: Literal["on", "off"] = "on"
    """Whether vectors of documents are kept on disk, so that a second check encodes nothing."""
    threads: int = 0
    """How many threads encode; 0 for one for each processor that the process may use."""
    glossary: str = ""
    """A file of terms (CSV or TSV) that the translation must use; in a settings file, a path beside it."""
    forbidden: str = ""
    """Words that the translation must not use, separated by ``|``."""
    rules: tuple[tuple[str, RuleLevel], ...] = ()
    """The table ``[rules]``: level by code, for those rules that are not to be as they are by themselves."""


@dataclass(frozen=True)
class ReaderSettings:
    """The table ``[reader]``."""

    ambiguous_width: Literal[1, 2] = 1
    """Cells that the terminal gives to characters such as … “ ” ① →."""
    width: int = 84
    """Cells of the widest column of text; 0 for as wide as the screen allows."""
    hanging: Literal["on", "off"] = "off"
    """Whether full stops and commas for which a line has no room hang beyond its column."""
    line_breaks: Literal["full", "phrases"] = "full"
    """Whether lines of Japanese are as full as they can be, or break where phrases begin."""
    readings: Literal["off", "after", "above"] = "off"
    """How kanji are read: behind the words, in a row above them, or not shown until the key ``r`` is pressed."""
    theme: Literal["auto", "dark", "light", "high-contrast", "ansi"] = "auto"
    """Colours; ``auto`` is dark, or light where the terminal says so; ``ansi`` takes the terminal's own."""
    language: Literal["auto", "en", "ja"] = "auto"
    """Language of the reader's own words; ``auto`` follows the locale."""
    keys: tuple[tuple[str, str], ...] = ()
    """The table ``[keys]``: other keys for commands of the reader, by their names."""


class Override(NamedTuple):
    """Other values for some files of a project: one ``[[override]]``."""

    file: Path
    """The settings file; the patterns are relative to its folder."""
    patterns: tuple[str, ...]
    """As in ``.gitignore``."""
    values: tuple[tuple[Key, Any], ...]

    def matches(self, path: Path) -> bool:
        """Whether it speaks of this file."""
        return _matches(self.file.parent, self.patterns, path)


@lru_cache(maxsize=1024)
def _matches(folder: Path, patterns: tuple[str, ...], path: Path) -> bool:
    """Kept, because every pair of a file asks."""
    from pathspec import PathSpec  # noqa: PLC0415 - most projects have no overrides

    resolved = path.resolve()
    if not resolved.is_relative_to(folder):
        return False
    return PathSpec.from_lines("gitignore", patterns).match_file(resolved.relative_to(folder).as_posix())


@dataclass(frozen=True)
class Settings:
    """Everything that can be set."""

    check: CheckSettings = field(default_factory=CheckSettings)
    reader: ReaderSettings = field(default_factory=ReaderSettings)
    overrides: tuple[Override, ...] = ()
    """What the project's file sets for some of its files, in its order; see `at`."""
    fixed: frozenset[str] = frozenset()
    """Keys that the environment or a flag has set, which no override changes."""

    def at(self, path: Path | None) -> Settings:
        """The settings that hold for a document.

        Args:
            path: its file, None for one that has none.
        """
        settings = self
        for override in self.overrides:
            if path is not None and override.matches(path):
                for key, value in override.values:
                    settings = settings if str(key) in self.fixed else settings.having(key, value)
        return settings

    def having(self, key: Key, value: Any) -> Settings:
        """The same with another value, which is not looked at."""
        if key.table == RULES_TABLE:
            levels = {**dict(self.check.rules), key.name: value}
            return replace(self, check=replace(self.check, rules=tuple(sorted(levels.items()))))
        if key.table == KEYS_TABLE:
            chosen = {**dict(self.reader.keys), key.name: value}
            return replace(self, reader=replace(self.reader, keys=tuple(sorted(chosen.items()))))
        table = replace(getattr(self, key.table), **{key.name: value})
        return replace(self, **{key.table: table})


class Key(NamedTuple):
    """One thing that can be set."""

    table: str
    name: str
    type: Any
    """``str``, ``int``, or a `Literal` of the values it may have."""

    def __str__(self) -> str:
        return f"{self.table}.{self.name}"

    @property
    def choices(self) -> tuple[object, ...] | None:
        """The values it may have, None where any string will do."""
        return get_args(self.type) if get_origin(self.type) is Literal else None


TABLES = {"check": CheckSettings, "reader": ReaderSettings}
"""The tables with fixed keys."""


@cache
def keys() -> dict[str, Key]:
    """All keys by their dotted names, those of the tables ``[rules]`` and ``[keys]`` excepted."""
    found: dict[str, Key] = {}
    for table, kind in TABLES.items():
        hints = get_type_hints(kind)
        names = [item.name for item in fields(kind) if item.name not in {RULES_TABLE, KEYS_TABLE}]
        found |= {f"{table}.{name}": Key(table, name, hints[name]) for name in names}
    return found
