"""``tui-reader evaluate``: how far the checker agrees with gold annotations."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui_reader.cli.diagnostics import Progress
from tui_reader.cli.inputs import encoder_option, rule_option, sensitivity_option, settings, threads_option
from tui_reader.cli.signals import clearing_up
from tui_reader.errors import InputError
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

    PATH is a document folder with a gold.jsonl, a file of evaluation data in JSON lines (pairs with spans, assessments,
    error spans, critical errors, perturbations, word links, sentence beads: its keys tell), or a folder of either;
    without one, the bundled corpus.
    """
    if format_name == "html":
        import_module("tui_reader.evaluation.html_page").require_plots()
    comparing = import_module("tui_reader.evaluation.comparison")
    older = comparing.read_evaluation(compare) if compare else None
    chosen = settings(encoder, sensitivity, rules=rules).check
    data = _data(paths)
    if older and not any(one.kind.spans for one in data):
        raise InputError(
            "there is nothing to compare", path=data[0].path, cure="--compare takes omissions and additions"
        )
    measured = list(_measured(data, chosen, gold_beads=gold_beads))
    found = [item for one in measured for item in one.evaluated]
    figures = import_module("tui_reader.evaluation.figures").figures(found, gold_beads=gold_beads) if found else None
    comparison = comparing.compare(older, figures) if older else None
    if cases:
        lines = import_module("tui_reader.evaluation.mistakes").mistakes(found)
        _write(cases, map(to_json, lines))
    _write(output, _page(format_name, figures, comparison, measured))


def _data(paths: tuple[Path, ...]) -> list[Any]:
    """What there is to evaluate, read."""
    if not paths:
        from tui_reader.corpus import corpus_path  # noqa: PLC0415 - only where nothing is named

        paths = (corpus_path(),)
    return list(import_module("tui_reader.evaluation.kit").read_data(paths))


def _measured(data: list[Any], chosen: CheckSettings, *, gold_beads: bool) -> Iterator[Any]:
    setup = import_module("tui_reader.evaluation.kinds.kind").Setup(chosen, gold_beads)
    with Progress() as progress:
        for one in data:
            progress.start(one.kind.unit)
            progress.expect(len(one.items))
            yield one.measured(setup, progress.advance)


def _page(format_name: str, figures: Any, comparison: Any, measured: list[Any]) -> Iterator[str]:
    if format_name == "json":
        findings = import_module("tui_reader.evaluation.figures")
        plain = findings.as_json(figures) if figures else {"signature": measured[0].signature}
        plain["data"] = [one.as_json() for one in measured if one.table]
        yield to_json(plain | ({"comparison": comparison.as_json()} if comparison else {}))
    elif format_name == "html":
        yield import_module("tui_reader.evaluation.html_page").page(figures, comparison, measured)
    else:
        yield from import_module("tui_reader.evaluation.text_page").lines(figures, comparison, measured)


def _write(path: Path | None, lines: Iterator[str]) -> None:
    if path is None:
        for line in lines:
            click.echo(line)
        return
    with clearing_up(), replacing(path) as stream:
        stream.writelines(line + "\n" for line in lines)
