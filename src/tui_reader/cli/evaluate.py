"""``tui-reader evaluate``: how far the checker agrees with gold annotations."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui_reader.cli.diagnostics import Progress
from tui_reader.cli.inputs import encoder_option, rule_option, sensitivity_option, settings, threads_option
from tui_reader.files import replacing
from tui_reader.text.json_line import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tui_reader.settings import CheckSettings


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH...]")
@encoder_option
@sensitivity_option
@rule_option
@threads_option
@click.option("--gold-beads", is_flag=True, help="Hand the gold beads to the checks, so that only they are judged.")
@click.option("--format", "format_name", type=click.Choice(["text", "json", "html"]), default="text")
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to a file, not to stdout."
)
@click.option(
    "--compare",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OLD.json",
    help="Say what changed since an evaluation written with --format json, and whether that is chance.",
)
@click.option(
    "--cases",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write every false alarm and every miss to a file, one JSON object a line.",
)
def command(  # noqa: PLR0913, PLR0917 - one parameter a flag
    paths: tuple[Path, ...],
    encoder: str | None,
    sensitivity: str | None,
    rules: Mapping[str, str],
    gold_beads: bool,
    format_name: str,
    output: Path | None,
    compare: Path | None,
    cases: Path | None,
) -> None:
    """Say how far the checker agrees with gold annotations.

    PATH is a document folder with a gold.jsonl, a folder of such folders, or a file of pairs with spans (JSON lines);
    without one, the bundled corpus.
    """
    if format_name == "html":
        import_module("tui_reader.evaluation.html_page").require_plots()
    comparing = import_module("tui_reader.evaluation.comparison")
    older = comparing.read_evaluation(compare) if compare else None
    chosen = settings(encoder, sensitivity, rules=rules).check
    found = [item for measured in _measured(paths, chosen, gold_beads=gold_beads) for item in measured.evaluated]
    figures = import_module("tui_reader.evaluation.figures").figures(found, gold_beads=gold_beads)
    comparison = comparing.compare(older, figures) if older else None
    if cases:
        lines = import_module("tui_reader.evaluation.mistakes").mistakes(found)
        _write(cases, map(to_json, lines))
    _write(output, _page(format_name, figures, comparison))


def _measured(paths: tuple[Path, ...], chosen: CheckSettings, *, gold_beads: bool) -> Iterator[Any]:
    if not paths:
        from tui_reader.corpus import corpus_path  # noqa: PLC0415 - only where nothing is named

        paths = (corpus_path(),)
    setup = import_module("tui_reader.evaluation.kinds.kind").Setup(chosen, gold_beads)
    found = list(import_module("tui_reader.evaluation.kit").read_data(paths))
    with Progress() as progress:
        for data in found:
            progress.start(data.kind.unit)
            progress.expect(len(data.items))
            yield data.measured(setup, progress.advance)


def _page(format_name: str, figures: Any, comparison: Any) -> Iterator[str]:
    if format_name == "json":
        plain = import_module("tui_reader.evaluation.figures").as_json(figures)
        yield to_json(plain | ({"comparison": comparison.as_json()} if comparison else {}))
    elif format_name == "html":
        yield import_module("tui_reader.evaluation.html_page").page(figures, comparison)
    else:
        yield from import_module("tui_reader.evaluation.text_page").lines(figures, comparison)


def _write(path: Path | None, lines: Iterator[str]) -> None:
    if path is None:
        for line in lines:
            click.echo(line)
        return
    with replacing(path) as stream:
        stream.writelines(line + "\n" for line in lines)
