"""What a settings file says, looked through: every key known, every value possible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui_reader.errors import SettingsError
from tui_reader.settings_tables import (
    EMPTY_KEYS,
    FILE_KEYS,
    KEYS_TABLE,
    LARGEST_NUMBER,
    RULES_TABLE,
    Key,
    Override,
    RuleLevel,
    keys,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PYPROJECT = "pyproject.toml"
OVERRIDE = "override"
_PATHS = "paths"


def file_values(path: Path) -> Iterator[tuple[Key, object]]:
    """The keys and values of a file's tables.

    Raises:
        SettingsError: an unknown table or key, or no TOML.
    """
    tables = dict(_tables(path))
    tables.pop(OVERRIDE, None)
    for key, value in _values(tables, str(path)):
        yield key, _beside(path, key, value)


def file_overrides(path: Path) -> Iterator[Override]:
    """The overrides of a file, their values looked through.

    Raises:
        SettingsError: one names no paths, or holds something unknown or impossible.
    """
    given = _tables(path).get(OVERRIDE, [])
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise SettingsError(f"{path}: override must be a list of tables; write [[override]]")
    for number, one in enumerate(given, 1):
        origin = f"{path}: override {number}"
        patterns = one.get(_PATHS)
        if not (isinstance(patterns, list) and patterns and all(isinstance(item, str) and item for item in patterns)):
            raise SettingsError(f'{origin}: it must name the files it is for; write paths = ["docs/legal/"]')
        rest = {table: values for table, values in one.items() if table != _PATHS}
        values = tuple(
            (key, checked(key, _beside(path, key, value), origin)) for key, value in _values(rest, origin, {_PATHS})
        )
        yield Override(path.resolve(), tuple(patterns), values)


def _beside(path: Path, key: Key, value: object) -> object:
    """A value of a settings file, which counts the files that it names from its own folder."""
    return str(path.parent / value) if str(key) in FILE_KEYS and isinstance(value, str) and value else value


def _tables(path: Path) -> dict[str, Any]:
    tables = tool_tables(path)["tui-reader"] if path.name == PYPROJECT else _parse(path)
    if not isinstance(tables, dict):
        raise SettingsError(f"{path}: tui-reader must be a table; write [tool.tui-reader.check]")
    return tables


def _values(
    tables: dict[str, Any], origin: str, also: frozenset[str] | set[str] = frozenset()
) -> Iterator[tuple[Key, object]]:
    known_tables = {key.table for key in keys().values()} | {RULES_TABLE, KEYS_TABLE}
    for table, values in tables.items():
        if table not in known_tables:
            near = nearest(table, known_tables | also | ({OVERRIDE} - also))
            raise SettingsError(f"{origin}: unknown table [{table}]; did you mean [{near}]?")
        if not isinstance(values, dict):
            raise SettingsError(f"{origin}: {table} must be a table; write [{table}]")
        for name, value in _flat(values) if table == KEYS_TABLE else values.items():
            yield known(f"{table}.{name}", origin), value


def _flat(values: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """The keys of a table with dots in their names, which TOML takes for tables in tables."""
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def known(name: str, origin: str) -> Key:
    """The key of this dotted name.

    Raises:
        SettingsError: there is none; the message names the nearest.
    """
    names = keys()
    table, _, code = name.partition(".")
    if table == RULES_TABLE and code:
        return Key(table, code, RuleLevel)
    if table == KEYS_TABLE and code:
        return Key(table, code, str)
    if name not in names:
        raise SettingsError(f"{origin}: unknown key {name}; did you mean {nearest(name, names)}?")
    return names[name]


def checked(key: Key, value: object, origin: str) -> object:
    """A value as the key has it.

    Raises:
        SettingsError: the key cannot have it.
    """
    if key.type is int:
        return _number(key, value, origin)
    if key.choices is None:
        if isinstance(value, str) and (value or str(key) in EMPTY_KEYS):
            return value
        raise SettingsError(f"{origin}: {key} must be a string in quotes, not {value!r}")
    for choice in key.choices:
        # True == 1 must not pass for a number; the environment knows strings only.
        if type(value) in {type(choice), str} and str(choice) == str(value):
            return choice
    allowed = ", ".join(str(choice) for choice in key.choices)
    near = nearest(str(value), [str(choice) for choice in key.choices])
    raise SettingsError(f"{origin}: {key} cannot be {value!r}; it may be {allowed} (did you mean {near}?)")


def _number(key: Key, value: object, origin: str) -> int:
    # bool is a kind of int in Python, not in TOML; the environment knows strings only.
    if type(value) is int or (isinstance(value, str) and value.isascii() and value.isdecimal()):
        number = int(value)
        if 0 <= number <= LARGEST_NUMBER:
            return number
    raise SettingsError(f"{origin}: {key} must be a number from 0 to {LARGEST_NUMBER}, not {value!r}")


def nearest(word: str, known_words: Any) -> str:
    """The word that was probably meant."""
    from rapidfuzz import process  # noqa: PLC0415 - only a mistake pays for it

    return str(process.extractOne(word, sorted(known_words))[0])


def tool_tables(path: Path) -> dict[str, Any]:
    """The table ``[tool]`` of a ``pyproject.toml``."""
    tool = _parse(path).get("tool", {})
    return tool if isinstance(tool, dict) else {}


def _parse(path: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - most runs have no settings file

    try:
        with path.open("rb") as stream:
            return tomllib.load(stream)
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{path}: this is not valid TOML: {error}") from error
    except OSError as error:
        raise SettingsError(f"{path}: it cannot be read: {error.strerror}") from error
