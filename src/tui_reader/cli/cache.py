"""``tui-reader cache``: where vectors are kept, and forgetting them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tui_reader.errors import InputError
from tui_reader.text.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

_MEGABYTE = 2**20


@click.group(no_args_is_help=False)
def command() -> None:
    """Show or clear the vectors kept on disk."""


@command.command()
def path() -> None:
    """Print the file that vectors are kept in."""
    from tui_reader.encoders.cache import default_path  # noqa: PLC0415 - sqlite3 only where it is used

    where = str(default_path())
    # A program gets the path as it is; a terminal would obey what stands in it.
    click.echo(visible(where) if sys.stdout.isatty() else where)


@command.command()
def info() -> None:
    """Print where vectors are kept, how many there are, and the room that they take and may take."""
    for name, value in contents():
        click.echo(f"{name:<10}{value}")


def contents() -> Iterator[tuple[str, str]]:
    """What there is to say of the cache, without making one where there is none."""
    from tui_reader.encoders.cache import LIMIT, VectorCache, default_path  # noqa: PLC0415 - sqlite3

    where = default_path()
    yield "path", visible(str(where))
    if not where.exists():
        yield "entries", "0 (nothing is kept yet)"
        yield "size", f"0.0 MB of at most {LIMIT / _MEGABYTE:.0f} MB"
        return
    cache = VectorCache(where)
    entries, size = cache.entries(), cache.size()
    cache.close()
    if cache.note is not None:
        yield "state", visible(cache.note)
    yield "entries", f"{entries:,}"
    yield "size", f"{size / _MEGABYTE:.1f} MB of at most {LIMIT / _MEGABYTE:.0f} MB"


@command.command()
def clear() -> None:
    """Forget all kept vectors; the next check encodes anew."""
    from tui_reader.encoders.cache import VectorCache  # noqa: PLC0415 - sqlite3 only where it is used

    cache = VectorCache()
    size = cache.size()
    cache.clear()
    cache.close()
    if cache.note is not None:
        raise InputError(cache.note, cure="delete what lies there, or make it writable")
    click.echo(f"{size / _MEGABYTE:.1f} MB of vectors forgotten", err=True)
