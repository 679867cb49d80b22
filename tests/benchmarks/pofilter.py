"""Pairs with and without a deleted phrase: what pofilter and the ratio of lengths say, and what the check says.

    python tests/benchmarks/pofilter.py [--pofilter PATH] [--pairs 100] [--encoder auto] [--seed 1]

A phrase is taken out of translations in the bundled corpus (`tui_reader.evaluation.damage`), as one that a translator
forgot; the same pairs as they were show the false alarms. pofilter is a program of translate-toolkit (GPL), which is
run here and nowhere else.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Literal, cast

import polib
from corpus_pairs import Pair, clean_pairs

from tui_reader.alignment.words import link_tables
from tui_reader.checks.checker import Checker
from tui_reader.checks.coverage.measure import meaningful_words
from tui_reader.encoders import load
from tui_reader.evaluation.damage import Linked, delete_phrase
from tui_reader.formats import read_pairs
from tui_reader.settings import CheckSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FILTERS = {
    "pofilter": [],
    "pofilter --language=ja": ["--language=ja"],
    "pofilter --language=ja -t short": ["--language=ja", "-t", "short"],
}
Names = set[str]


def damaged(pairs: Iterable[Pair], count: int, random: Random) -> list[tuple[Pair, Pair]]:
    """Pairs as they were, and without a phrase of the translation."""
    found: list[tuple[Pair, Pair]] = []
    for pair in pairs:
        ours, theirs = meaningful_words(pair.target, "ja"), meaningful_words(pair.source, "en")
        words = [w.span.of(pair.target) for w in ours], [w.span.of(pair.source) for w in theirs]
        links = next(link_tables([words], load("use"), joints=("", " ")))
        made = delete_phrase(Linked(pair.target, ours, theirs, links, "ja"), random)
        if made is not None:
            found.append((pair._replace(id=f"{pair.id}=whole"), Pair(f"{pair.id}=cut", pair.source, made.text)))
        if len(found) == count:
            break
    return found


def write(pairs: Iterable[Pair], path: Path) -> None:
    """A PO file of pairs, their ids as contexts."""
    catalogue = polib.POFile()
    catalogue.metadata = {"Language": "ja", "Content-Type": "text/plain; charset=UTF-8"}
    for pair in pairs:
        catalogue.append(polib.POEntry(msgctxt=pair.id, msgid=pair.source, msgstr=pair.target))
    catalogue.save(str(path))


def flagged_by_pofilter(program: str, path: Path, options: list[str]) -> Names:
    """Contexts of the entries that pofilter puts out."""
    result = path.with_suffix(".out.po")
    result.unlink(missing_ok=True)
    command = [program, "--progress=none", *options, str(path), str(result)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return {entry.msgctxt for entry in polib.pofile(str(result)) if entry.msgctxt} if result.exists() else set()


def flagged_by_length(pairs: Iterable[Pair], least: float) -> Names:
    """Pairs whose translation has fewer characters than this share of the source's."""
    return {pair.id for pair in pairs if len(pair.target) < least * len(pair.source)}


def flagged_by_us(path: Path, encoder: str, sensitivity: str, wanted: Callable[[str], bool]) -> Names:
    """Pairs with a finding of a wanted rule."""
    level = cast("Literal['low', 'normal', 'high']", sensitivity)
    checker = Checker(CheckSettings(encoder=encoder, sensitivity=level))
    names = {}
    for entry in polib.pofile(str(path)):
        names[entry.msgid, entry.msgstr] = entry.msgctxt or ""
    found: Names = set()
    for report in checker.check_all(read_pairs(path)):
        if any(wanted(finding.rule) for _, finding in report.findings):
            found.add(names[report.document.sources[0].text.content, report.document.text.content])
    return found


def main() -> None:
    """Print for each tool how many of the cut pairs it flags, and how many of the whole ones."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pofilter", default=shutil.which("pofilter"))
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--encoder", default="auto")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random = Random(options.seed)
    pairs = list(clean_pairs())
    random.shuffle(pairs)
    made = damaged(pairs, options.pairs, random)
    rows = [pair for both in made for pair in both]
    sys.stdout.write(f"{len(made)} pairs whole and cut, seed {options.seed}\n{'':40}  caught  false alarms\n")

    def show(name: str, flagged: Names) -> None:
        whole, cut = (sum(pair.id in flagged for pair in column) for column in zip(*made, strict=True))
        sys.stdout.write(f"{name:40}{cut:8}{whole:14}\n")
        sys.stdout.flush()

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pairs.po"
        write(rows, path)
        for name, flags in FILTERS.items():
            if options.pofilter:
                show(name, flagged_by_pofilter(options.pofilter, path, flags))
        for least in (0.35, 0.30, 0.25):
            show(f"target shorter than {least:.0%} of the source", flagged_by_length(rows, least))
        for level in ("low", "normal", "high"):
            found = flagged_by_us(path, options.encoder, level, lambda rule: rule == "omission")
            show(f"tui-reader ({options.encoder}, {level}): omission", found)
        found = flagged_by_us(path, options.encoder, "normal", lambda rule: True)
        show(f"tui-reader ({options.encoder}): any rule", found)


if __name__ == "__main__":
    main()
