"""What can be set, and where settings come from.

Later ones win: the user's file, the project's file (``tui-reader.toml``, or ``[tool.tui-reader]`` in
``pyproject.toml``, searched upward from the working directory), environment variables
(``TUI_READER_CHECK_ENCODER``), flags.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from tui_reader.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Sensitivity = Literal["low", "normal", "high"]
RuleLevel = Literal["off", "on", "error", "warning", "info"]
RULES_TABLE = "rules"
"""The table of the levels of rules. Its keys are their codes, which only the layer of checks knows."""


@dataclass(frozen=True, slots=True)
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
    rules: tuple[tuple[str, RuleLevel], ...] = ()
    """The table ``[rules]``: level by code, for those rules that are not to be as they are by themselves."""


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """The table ``[reader]``."""

    ambiguous_width: Literal[1, 2] = 1
    """Cells that the terminal gives to characters such as … “ ” ① →."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set."""

    check: CheckSettings = field(default_factory=CheckSettings)
    reader: ReaderSettings = field(default_factory=ReaderSettings)


PROJECT_FILE = "tui-reader.toml"
PYPROJECT = "pyproject.toml"
ENVIRONMENT_PREFIX = "TUI_READER_"
_RULE_VARIABLES = f"{ENVIRONMENT_PREFIX}RULES_"
DEFAULT_ORIGIN = "default"
LARGEST_NUMBER = 1024
"""No setting that is a number makes sense above it."""


class Loaded(NamedTuple):
    """Settings, and for each key where its value comes from."""

    settings: Settings
    origins: dict[str, str]
    """For ``check.encoder`` and so on: a file, an environment variable, ``flag`` or ``default``."""


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


def keys() -> dict[str, Key]:
    """All keys by their dotted names, those of the table ``[rules]`` excepted."""
    found: dict[str, Key] = {}
    for table, kind in get_type_hints(Settings).items():
        hints = get_type_hints(kind)
        names = [item.name for item in fields(kind) if item.name != RULES_TABLE]
        found |= {f"{table}.{name}": Key(table, name, hints[name]) for name in names}
    return found


def load(cwd: Path | None = None, overrides: Mapping[str, object] | None = None) -> Settings:
    """The settings that hold here.

    Args:
        cwd: where the search for the project's file starts, by default the working directory.
        overrides: values given by flags, by dotted key; None stands for a flag that was not given.

    Raises:
        SettingsError: an unknown key, an impossible value, or a file that is no TOML.
    """
    return load_with_origins(cwd, overrides).settings


def load_with_origins(cwd: Path | None = None, overrides: Mapping[str, object] | None = None) -> Loaded:
    """`load`, with the origin of every value."""
    settings, origins = Settings(), dict.fromkeys(keys(), DEFAULT_ORIGIN)
    for key, value, origin in _all_values(cwd or Path.cwd(), overrides or {}):
        settings = _with(settings, key, _checked(key, value, origin))
        origins[str(key)] = origin
    return Loaded(settings, origins)


def _with(settings: Settings, key: Key, value: Any) -> Settings:
    if key.table == RULES_TABLE:
        levels = {**dict(settings.check.rules), key.name: value}
        return replace(settings, check=replace(settings.check, rules=tuple(sorted(levels.items()))))
    table = replace(getattr(settings, key.table), **{key.name: value})
    return replace(settings, **{key.table: table})


def user_path() -> Path:
    """The user's own settings file; it need not exist."""
    from platformdirs import user_config_path  # noqa: PLC0415 - kept out of the start of every command

    return user_config_path("tui-reader", appauthor=False) / "settings.toml"


def project_path(cwd: Path | None = None) -> Path | None:
    """The nearest settings file of a project, None where there is none.

    Raises:
        SettingsError: a ``pyproject.toml`` on the way is no TOML.
    """
    start = (cwd or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / PROJECT_FILE).is_file():
            return folder / PROJECT_FILE
        pyproject = folder / PYPROJECT
        if pyproject.is_file() and "tui-reader" in _tool(pyproject):
            return pyproject
    return None


def _all_values(cwd: Path, overrides: Mapping[str, object]) -> Iterator[tuple[Key, object, str]]:
    if user_path().is_file():
        yield from _file_values(user_path())
    project = project_path(cwd)
    if project is not None:
        yield from _file_values(project)
    yield from _environment_values()
    for name, value in overrides.items():
        if value is not None:
            yield _known(name, "flag"), value, "flag"


def _file_values(path: Path) -> Iterator[tuple[Key, object, str]]:
    tables = _tool(path)["tui-reader"] if path.name == PYPROJECT else _parse(path)
    if not isinstance(tables, dict):
        raise SettingsError(f"{path}: tui-reader must be a table; write [tool.tui-reader.check]")
    known_tables = {key.table for key in keys().values()} | {RULES_TABLE}
    for table, values in tables.items():
        if table not in known_tables:
            raise SettingsError(f"{path}: unknown table [{table}]; did you mean [{_nearest(table, known_tables)}]?")
        if not isinstance(values, dict):
            raise SettingsError(f"{path}: {table} must be a table; write [{table}]")
        for name, value in values.items():
            yield _known(f"{table}.{name}", str(path)), value, str(path)


def _environment_values() -> Iterator[tuple[Key, object, str]]:
    variables = {ENVIRONMENT_PREFIX + str(key).replace(".", "_").upper(): key for key in keys().values()}
    prefixes = tuple({f"{ENVIRONMENT_PREFIX}{key.table.upper()}_" for key in keys().values()})
    for variable, value in os.environ.items():
        if variable in variables:
            yield variables[variable], value, variable
        elif variable.startswith(_RULE_VARIABLES):
            code = variable.removeprefix(_RULE_VARIABLES).lower().replace("_", "-")
            yield Key(RULES_TABLE, code, RuleLevel), value, variable
        elif variable.startswith(prefixes):
            nearest = _nearest(variable, variables)
            raise SettingsError(f"environment: unknown setting {variable}; did you mean {nearest}?")


def _known(name: str, origin: str) -> Key:
    known = keys()
    table, _, code = name.partition(".")
    if table == RULES_TABLE and code:
        return Key(table, code, RuleLevel)
    if name not in known:
        raise SettingsError(f"{origin}: unknown key {name}; did you mean {_nearest(name, known)}?")
    return known[name]


def _checked(key: Key, value: object, origin: str) -> object:
    if key.type is int:
        return _number(key, value, origin)
    if key.choices is None:
        if isinstance(value, str) and value:
            return value
        raise SettingsError(f"{origin}: {key} must be a string in quotes, not {value!r}")
    for choice in key.choices:
        # True == 1 must not pass for a number; the environment knows strings only.
        if type(value) in {type(choice), str} and str(choice) == str(value):
            return choice
    allowed = ", ".join(str(choice) for choice in key.choices)
    nearest = _nearest(str(value), [str(choice) for choice in key.choices])
    raise SettingsError(f"{origin}: {key} cannot be {value!r}; it may be {allowed} (did you mean {nearest}?)")


def _number(key: Key, value: object, origin: str) -> int:
    # bool is a kind of int in Python, not in TOML; the environment knows strings only.
    if type(value) is int or (isinstance(value, str) and value.isascii() and value.isdecimal()):
        number = int(value)
        if 0 <= number <= LARGEST_NUMBER:
            return number
    raise SettingsError(f"{origin}: {key} must be a number from 0 to {LARGEST_NUMBER}, not {value!r}")


def _nearest(word: str, known: Any) -> str:
    from rapidfuzz import process  # noqa: PLC0415 - only a mistake pays for it

    return str(process.extractOne(word, sorted(known))[0])


def _tool(path: Path) -> dict[str, Any]:
    tool = _parse(path).get("tool", {})
    return tool if isinstance(tool, dict) else {}


def _parse(path: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - most runs have no settings file

    try:
        with path.open("rb") as stream:
            return tomllib.load(stream)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: this is not valid TOML: {error}") from error
    except OSError as error:
        raise SettingsError(f"{path}: it cannot be read: {error.strerror}") from error
