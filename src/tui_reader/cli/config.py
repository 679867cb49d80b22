"""``tui-reader config``: where the settings are, what they are, and whether they are valid."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path

import click

from tui_reader.cli.inputs import glossaries, valid_settings
from tui_reader.errors import SettingsError
from tui_reader.settings import KEYS_TABLE, RULES_TABLE, Settings, keys, load_with_origins, project_path, user_path
from tui_reader.text.json_line import to_json
from tui_reader.text.visible import visible

_HALVES = re.compile(r"\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}")


@click.group(no_args_is_help=False)
def command() -> None:
    """Show or validate the settings."""


@command.command()
def path() -> None:
    """Print where settings are read from, the strongest last."""
    mine = user_path()
    project = str(project_path() or "(none: tui-reader.toml or [tool.tui-reader] in pyproject.toml)")
    click.echo(f"user     {visible(str(mine))}{'' if mine.is_file() else ' (not there)'}")
    click.echo(f"project  {visible(project)}")


@command.command()
@click.argument("document", required=False, type=click.Path(path_type=Path), metavar="[PATH]")
@click.option("--origin", is_flag=True, help="Show after each value where it comes from.")
def show(document: Path | None, origin: bool) -> None:
    """Print all settings as TOML; with PATH, those that hold for this document."""
    loaded = load_with_origins()
    settings, origins = loaded.settings.at(document), dict(loaded.origins)
    if document is not None:
        origins |= _overridden(loaded.settings, document)
    _print(settings, origins if origin else {})
    if settings.overrides and document is None:
        click.echo("\n# some paths have other values: tui-reader config show PATH")


def _print(settings: Settings, origins: dict[str, str]) -> None:
    table = ""
    for name, key in keys().items():
        if key.table != table:
            click.echo(f"{'' if not table else chr(10)}[{key.table}]")
            table = key.table
        click.echo(_line(key.name, getattr(getattr(settings, key.table), key.name), origins.get(name)))
    if settings.check.rules:
        click.echo(f"\n[{RULES_TABLE}]")
    for code, level in settings.check.rules:
        click.echo(_line(code, level, origins.get(f"{RULES_TABLE}.{code}")))
    if settings.reader.keys:
        click.echo(f"\n[{KEYS_TABLE}]")
    for name, chosen in settings.reader.keys:
        click.echo(_line(_toml(name), chosen, origins.get(f"{KEYS_TABLE}.{name}")))


def _line(name: str, value: object, origin: str | None) -> str:
    return f"{name} = {_toml(value)}" + (f"  # {visible(origin)}" if origin else "")


def _toml(value: object) -> str:
    """A value of TOML that is safe to look at: JSON is, but for characters that it writes as two halves."""
    return _HALVES.sub(_whole, to_json(value))


def _whole(halves: re.Match[str]) -> str:
    character = json.loads(f'"{halves[0]}"')
    return f"\\U{ord(character):08x}"


def _overridden(settings: Settings, document: Path) -> dict[str, str]:
    """Origins of the values that overrides give for a document."""
    return {
        str(key): f"{override.file}, override {number}"
        for number, override in enumerate(settings.overrides, 1)
        if override.matches(document)
        for key, _ in override.values
        if str(key) not in settings.fixed
    }


def _require_commands(settings: Settings) -> None:
    """Refuse keys for commands that the reader does not have, and one key for two commands."""
    if not settings.reader.keys:
        return
    try:
        import_module("tui_reader.tui.keymap").chosen_keys(settings.reader.keys)
    except SettingsError as error:
        origin = load_with_origins().origins.get(str(error).partition(":")[0])
        raise SettingsError(f"{origin}: {error}" if origin else str(error)) from error


@command.command()
def schema() -> None:
    """Print the JSON Schema of settings files, for editors."""
    from tui_reader.settings_schema import settings_schema  # noqa: PLC0415 - nothing else needs it

    click.echo(json.dumps(settings_schema(), indent=2, ensure_ascii=False))


@command.command()
def validate() -> None:
    """Check the settings that hold here, and the files of terms that they name.

    Where they are not valid, the file, the key and the nearest valid one are named, and the exit code is 2.
    """
    chosen = valid_settings()
    _require_commands(chosen)
    for glossary in glossaries(chosen):
        from tui_reader.checks.wording.glossary import read_glossary  # noqa: PLC0415 - mostly there is none

        read_glossary(glossary)
    click.echo("the settings are valid")
