"""``tui-reader config``: where the settings are, what they are, and whether they are valid."""

from __future__ import annotations

import json

import click

from tui_reader.cli.inputs import valid_settings
from tui_reader.settings import RULES_TABLE, keys, load_with_origins, project_path, user_path


@click.group(no_args_is_help=False)
def command() -> None:
    """Show or validate the settings."""


@command.command()
def path() -> None:
    """Print where settings are read from, the strongest last."""
    mine = user_path()
    click.echo(f"user     {mine}{'' if mine.is_file() else ' (not there)'}")
    click.echo(f"project  {project_path() or '(none: tui-reader.toml or [tool.tui-reader] in pyproject.toml)'}")


@command.command()
def show() -> None:
    """Print all settings as TOML, each with where it comes from."""
    settings, origins = load_with_origins()
    table = ""
    for name, key in keys().items():
        if key.table != table:
            click.echo(f"{'' if not table else chr(10)}[{key.table}]")
            table = key.table
        value = getattr(getattr(settings, key.table), key.name)
        click.echo(f"{key.name} = {json.dumps(value, ensure_ascii=False)}  # {origins[name]}")
    if settings.check.rules:
        click.echo(f"\n[{RULES_TABLE}]")
    for code, level in settings.check.rules:
        click.echo(f"{code} = {json.dumps(level)}  # {origins[f'{RULES_TABLE}.{code}']}")


@command.command()
def validate() -> None:
    """Check the settings that hold here.

    Where they are not valid, the file, the key and the nearest valid one are named, and the exit code is 2.
    """
    valid_settings()
    click.echo("the settings are valid")
