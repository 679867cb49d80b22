"""Where settings come from.

Later ones win: the user's file, the project's file (``tui-reader.toml``, or ``[tool.tui-reader]`` in
``pyproject.toml``, searched upward from the working directory), its overrides for some paths, environment variables
(``TUI_READER_CHECK_ENCODER``), flags.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.errors import SettingsError
from tui_reader.settings_file import PYPROJECT, checked, file_overrides, file_values, known, nearest, tool_tables
from tui_reader.settings_tables import (
    KEYS_TABLE,
    LARGEST_NUMBER,
    RULES_TABLE,
    CheckSettings,
    Key,
    Override,
    ReaderSettings,
    RuleLevel,
    Sensitivity,
    Settings,
    keys,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "DEFAULT_ORIGIN",
    "ENVIRONMENT_PREFIX",
    "KEYS_TABLE",
    "LARGEST_NUMBER",
    "PROJECT_FILE",
    "PYPROJECT",
    "RULES_TABLE",
    "CheckSettings",
    "Key",
    "Loaded",
    "Override",
    "ReaderSettings",
    "RuleLevel",
    "Sensitivity",
    "Settings",
    "keys",
    "load",
    "load_with_origins",
    "project_path",
    "user_path",
]

PROJECT_FILE = "tui-reader.toml"
ENVIRONMENT_PREFIX = "TUI_READER_"
_RULE_VARIABLES = f"{ENVIRONMENT_PREFIX}RULES_"
DEFAULT_ORIGIN = "default"


class Loaded(NamedTuple):
    """Settings, and for each key where its value comes from."""

    settings: Settings
    origins: dict[str, str]
    """For ``check.encoder`` and so on: a file, an environment variable, ``flag`` or ``default``."""


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
    here = cwd or Path.cwd()
    settings, origins = Settings(), dict.fromkeys(keys(), DEFAULT_ORIGIN)
    project = project_path(here)
    for key, value, origin in _file_layers(project):
        settings = settings.having(key, checked(key, value, origin))
        origins[str(key)] = origin
    fixed = set()
    for key, value, origin in (*_environment_values(), *_flags(overrides or {})):
        settings = settings.having(key, checked(key, value, origin))
        origins[str(key)] = origin
        fixed.add(str(key))
    special = () if project is None else tuple(file_overrides(project))
    return Loaded(replace(settings, overrides=special, fixed=frozenset(fixed)), origins)


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
        if pyproject.is_file() and "tui-reader" in tool_tables(pyproject):
            return pyproject
    return None


def _file_layers(project: Path | None) -> Iterator[tuple[Key, object, str]]:
    for path in (user_path(), project):
        if path is not None and path.is_file():
            yield from ((key, value, str(path)) for key, value in file_values(path))


def _flags(overrides: Mapping[str, object]) -> Iterator[tuple[Key, object, str]]:
    for name, value in overrides.items():
        if value is not None:
            yield known(name, "flag"), value, "flag"


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
            near = nearest(variable, variables)
            raise SettingsError(f"environment: unknown setting {variable}; did you mean {near}?")
