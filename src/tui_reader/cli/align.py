"""``tui-reader align``: sentence beads of two texts, or word links of pairs."""

from __future__ import annotations

import sys
from itertools import tee
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui_reader.cli.diagnostics import Progress, note
from tui_reader.cli.inputs import STDIN, encoder_option, require_files, settings, threads_option
from tui_reader.encoders import choose
from tui_reader.formats import Input
from tui_reader.reports.beads import SENTENCE_WRITERS, WORD_WRITERS, SentenceBead, WordLinks
from tui_reader.text.visible import visible

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from tui_reader.alignment.words import Tokenized
    from tui_reader.encoders import EncoderSet
    from tui_reader.encoders.base import AdditiveEncoder, TextSum
    from tui_reader.formats.pairs import Pair

FORMATS = tuple(dict.fromkeys([*SENTENCE_WRITERS, *WORD_WRITERS]))


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="SOURCE TARGET | --words PAIRS.tsv")
@click.option("--presegmented", is_flag=True, help="Each line of SOURCE and TARGET is a sentence.")
@click.option("--words", is_flag=True, help="Link the words of each pair in a file of pairs.")
@click.option("--pretokenized", is_flag=True, help="The words in the file of pairs are separated by spaces.")
@click.option("--format", "format_name", type=click.Choice(FORMATS), help="tsv by default.")
@encoder_option
@threads_option
def command(  # noqa: PLR0913, PLR0917 - one parameter a flag
    paths: tuple[str, ...],
    presegmented: bool,
    words: bool,
    pretokenized: bool,
    format_name: str | None,
    encoder: str | None,
) -> None:
    """Align two texts sentence by sentence, or the pairs of a TSV file word by word."""
    _check_usage(paths, words, presegmented, pretokenized, format_name)
    require_files(paths)
    inputs = [Input.stdin() if path == STDIN else Input.of(Path(path)) for path in paths]
    chosen = settings(encoder).check
    encoders = choose(chosen.encoder, chosen.threads)
    if words:
        lines = WORD_WRITERS[format_name or "tsv"](_word_links(inputs[0], pretokenized, encoders))
    else:
        names = inputs[0].name, inputs[1].name
        source, target = (_sentences(file, presegmented) for file in inputs)
        lines = SENTENCE_WRITERS[format_name or "tsv"](_beads(source, target, names, encoders), source, target)
    # A program gets the texts as they are; a terminal would obey what stands in them.
    shown = _visible_cells if sys.stdout.isatty() else str
    for line in lines:
        click.echo(shown(line))


def _visible_cells(line: str) -> str:
    return "\t".join(map(visible, line.split("\t")))


def _check_usage(
    paths: Sequence[str], words: bool, presegmented: bool, pretokenized: bool, format_name: str | None
) -> None:
    writers = WORD_WRITERS if words else SENTENCE_WRITERS
    if len(paths) != (1 if words else 2):
        raise click.UsageError("--words takes one file of pairs" if words else "give one source and one target text")
    if (words and presegmented) or (pretokenized and not words):
        raise click.UsageError("--presegmented is for two texts, --pretokenized for --words")
    if format_name is not None and format_name not in writers:
        raise click.BadParameter(
            f"{format_name} cannot hold {'word links' if words else 'sentence beads'}; choose {', '.join(writers)}",
            param_hint="--format",
        )


def _sentences(file: Input, presegmented: bool) -> list[str]:
    from tui_reader.formats.decode import decode  # noqa: PLC0415 - word alignment does without
    from tui_reader.formats.text_file import read_text_file  # noqa: PLC0415
    from tui_reader.text.sentences import segments  # noqa: PLC0415

    if presegmented:
        content = decode(file.read(), file.name)
        # Only a line feed ends a line here: the numbers must be those of every other line-based tool.
        lines = content.removesuffix("\n").split("\n") if content else []
        return [line.removesuffix("\r") for line in lines]
    text = read_text_file(file).text
    return [segment.span.of(text.content) for segment in segments(text)]


def _beads(
    source: Sequence[str], target: Sequence[str], names: tuple[str, str], encoders: EncoderSet
) -> list[SentenceBead]:
    """The beads of two texts, with a note on stderr for whatever is odd about them."""
    from tui_reader.alignment.doubts import doubts_after, doubts_before  # noqa: PLC0415 - numpy only to align
    from tui_reader.alignment.texts import Side, align_texts  # noqa: PLC0415
    from tui_reader.alignment.vectors import sentence_vectors  # noqa: PLC0415

    for doubt in doubts_before(source, target, names):
        note(f"warning: {doubt}")
    encoder = encoders.sentences
    with Progress() as progress:
        progress.start("sentences encoded")
        progress.expect(len(source) + len(target))
        watched = _Watched(encoder, progress)
        one, other = (sentence_vectors(sentences, watched) for sentences in (source, target))
    beads = align_texts(Side(source.__getitem__, one), Side(target.__getitem__, other), encoder)
    for doubt in doubts_after(beads):
        note(f"warning: {doubt}")
    return [SentenceBead(b.source, b.target, float(b.similarity), float(b.cost), b.moved, b.confidence) for b in beads]


class _Watched:
    """An encoder that counts the sentences that it encodes."""

    def __init__(self, encoder: AdditiveEncoder, progress: Progress):
        self._encoder, self._progress = encoder, progress

    def __getattr__(self, name: str) -> Any:
        return getattr(self._encoder, name)

    def iter_sums(self, texts: Iterable[str]) -> Generator[TextSum]:
        """As the encoder's own."""
        for total in self._encoder.iter_sums(texts):
            self._progress.advance()
            yield total


def _word_links(file: Input, pretokenized: bool, encoders: EncoderSet) -> Iterator[WordLinks]:
    from tui_reader.alignment.words import link_pairs  # noqa: PLC0415 - numpy only where something is aligned
    from tui_reader.formats.pairs import directed  # noqa: PLC0415
    from tui_reader.formats.pairs_tsv import read_rows  # noqa: PLC0415

    with Progress() as progress:
        rows = progress.counted(directed(read_rows(file), file), "pairs linked")
        # Links come a few pairs behind, because they are found for several together.
        pairs, ahead = tee((row.id, _words(row, pretokenized)) for row in rows)
        for (name, (source, target)), links in zip(pairs, link_pairs((p for _, p in ahead), encoders), strict=True):
            yield WordLinks(name, source.words, target.words, links)


def _words(pair: Pair, pretokenized: bool) -> tuple[Tokenized, Tokenized]:
    from tui_reader.alignment.words import Tokenized  # noqa: PLC0415
    from tui_reader.text.words import split  # noqa: PLC0415 - loads a dictionary

    def tokenized(text: str, language: str) -> Tokenized:
        if pretokenized:
            return Tokenized(text.split(" ") if text else [], language)
        return Tokenized([word.span.of(text) for word in split(text, language)], language)

    return tokenized(pair.source, pair.source_language), tokenized(pair.target, pair.target_language)
