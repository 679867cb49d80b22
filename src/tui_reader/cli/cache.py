"""``tui-reader cache``: where vectors are kept, and forgetting them."""

from __future__ import annotations

import click


@click.group(no_args_is_help=False)
def command() -> None:
    """Show or clear the vectors kept on disk."""


@command.command()
def path() -> None:
    """Print the file that vectors are kept in."""
    from tui_reader.encoders.cache import default_path  # noqa: PLC0415 - sqlite3 only where it is used

    click.echo(default_path())


@command.command()
def clear() -> None:
    """Forget all kept vectors; the next check encodes anew."""
    from tui_reader.encoders.cache import VectorCache  # noqa: PLC0415 - sqlite3 only where it is used

    cache = VectorCache()
    size = cache.size()
    cache.clear()
    cache.close()
    click.echo(f"{size / 2**20:.1f} MB of vectors forgotten", err=True)
