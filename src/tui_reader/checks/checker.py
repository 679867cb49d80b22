"""The one function that does the work for every face: a document in, a report out."""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from tui_reader import __version__
from tui_reader.alignment.document import align_document
from tui_reader.checks.coverage.findings import BeadText
from tui_reader.checks.coverage.measure import measure
from tui_reader.checks.coverage.memory import CoverageMemory
from tui_reader.checks.coverage.parameters import parameters_hash
from tui_reader.checks.coverage.witness import CoverageWitness
from tui_reader.checks.family import BeadView, SideView
from tui_reader.checks.ignoring import without_ignored
from tui_reader.checks.ruleset import RuleSet
from tui_reader.checks.score import score
from tui_reader.checks.standing import standing
from tui_reader.encoders import choose, kept
from tui_reader.formats.arriving import next_is_at_hand
from tui_reader.model import CheckedBead, Report, Side, Signature
from tui_reader.settings import CheckSettings
from tui_reader.text.readable import readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui_reader.checks.ruleset import Reading
    from tui_reader.encoders import EncoderSet
    from tui_reader.model import Alignment, Bead, Document
    from tui_reader.settings import Settings

_FIRST_BATCH, _BATCH = 2, 16
"""Beads measured together: few at first, so that a reader sees something soon."""
_DOCUMENTS = 16
"""Documents (pairs) whose beads are measured together by `Checker.check_all`."""


class Checker:
    """Checks documents. Cheap to make: the encoder's weights are read on first use.

    Args:
        settings: the table ``[check]`` of the settings.

    Raises:
        SettingsError: no encoder or rule has the name that the settings ask for.
    """

    def __init__(self, settings: CheckSettings | None = None):
        self.settings = settings or CheckSettings()
        self._encoders = choose(self.settings.encoder, self.settings.threads)
        self._rules = RuleSet(self.settings)

    @cached_property
    def _kept(self) -> EncoderSet:
        """What documents are encoded with: people come back to them, so their vectors are kept."""
        return kept(self._encoders) if self.settings.cache == "on" else self._encoders

    @cached_property
    def _memory(self) -> CoverageMemory:
        """What was measured lately: a reader checks a document again whenever its file has changed."""
        return CoverageMemory(self._kept)

    def _encoders_for(self, documents: Iterable[Document]) -> EncoderSet:
        """Pairs come in millions and seldom twice: keeping their vectors would only wear out the disk."""
        return self._encoders if all(document.is_pairs for document in documents) else self._kept

    @property
    def encoder_name(self) -> str:
        """The choice of encoders in use; never ``auto``."""
        return self._encoders.name

    @property
    def signature(self) -> Signature:
        """Everything that changes a number."""
        return Signature(
            __version__,
            self._encoders.version,
            parameters_hash(),
            self.settings.sensitivity,
            self._rules.signature,
        )

    def align(self, document: Document) -> Alignment:
        """Passages and beads, without checking them."""
        encoders = self._encoders_for([document])
        return align_document(document, encoders.sentences, CoverageWitness(encoders))

    def check(self, document: Document) -> Report:
        """Check a document.

        Returns:
            The same report whatever else is checked before, after or beside it.
        """
        return next(self.check_all([document]))

    def iter_check(self, document: Document) -> Iterator[Alignment | CheckedBead | Report]:
        """Check a document bead by bead.

        Yields:
            The alignment, then every bead as it is ready, in text order, last the report, whose beads may hold further
            findings: those that need the whole document. Stop pulling to cancel.
        """
        alignment = self.align(document)
        yield alignment
        beads = list(alignment.beads)
        checked: list[CheckedBead] = []
        reading = self._rules.reading()
        size = _FIRST_BATCH
        while len(checked) < len(beads):
            part = range(len(checked), min(len(checked) + size, len(beads)))
            for view, result in self._checked([(document, alignment, place) for place in part]):
                reading.see(view)
                checked.append(result)
                yield result
            size = _BATCH
        yield self._report(document, alignment, reading, checked)

    def check_all(self, documents: Iterable[Document]) -> Iterator[Report]:
        """Check many documents, a few at a time: one report for each, in order, in bounded memory.

        Of a stream that somebody is still writing, only what has arrived is waited for.
        """
        remaining = iter(documents)
        while batch := _batch(remaining):
            aligned = [(document, self.align(document)) for document in batch]
            work = [
                (document, alignment, place) for document, alignment in aligned for place in range(len(alignment.beads))
            ]
            results = (
                one for first in range(0, len(work), _BATCH) for one in self._checked(work[first : first + _BATCH])
            )
            for document, alignment in aligned:
                reading, beads = self._rules.reading(), []
                for view, result in islice(results, len(alignment.beads)):
                    reading.see(view)
                    beads.append(result)
                yield self._report(document, alignment, reading, beads)

    def _checked(self, work: list[tuple[Document, Alignment, int]]) -> Iterator[tuple[BeadView, CheckedBead]]:
        texts = [_bead_texts(*item) for item in work]
        if all(document.is_pairs for document, _, _ in work):
            measured = measure(texts, self._encoders)
        else:
            measured = self._memory.measure(texts)
        for (document, alignment, place), sides, coverage in zip(work, texts, measured, strict=True):
            bead = alignment.beads[place]
            source, target = _side_views(document, alignment, place, sides)
            view = BeadView(source, target, coverage, place, document.is_pairs, bead.confidence)
            yield view, without_ignored([self._checked_bead(bead, view)], document, alignment, place)[0]

    def _checked_bead(self, bead: Bead, view: BeadView) -> CheckedBead:
        coverage, losses = view.coverage, view.coverage.losses
        findings = self._rules.findings(view)
        value = score(coverage, self._encoders.name, findings)
        where = standing(value, self._encoders.name) if all(losses.values()) else None
        return CheckedBead(bead, value, findings, losses[Side.SOURCE], losses[Side.TARGET], where)

    def _report(self, document: Document, alignment: Alignment, reading: Reading, beads: list[CheckedBead]) -> Report:
        def sides(place: int) -> tuple[SideView, SideView]:
            return _side_views(document, alignment, place, _bead_texts(document, alignment, place))

        finished = without_ignored(reading.finished(beads, sides), document, alignment)
        return Report(document, alignment, finished, self.signature)


def _batch(documents: Iterator[Document]) -> list[Document]:
    batch = list(islice(documents, 1))
    while batch and len(batch) < _DOCUMENTS and next_is_at_hand() and (more := next(documents, None)) is not None:
        batch.append(more)
    return batch


def _side_views(
    document: Document, alignment: Alignment, place: int, texts: tuple[BeadText, BeadText]
) -> tuple[SideView, SideView]:
    bead = alignment.beads[place]
    source = document.source(alignment.passages[bead.passage].source_id).text
    written = [
        span.of(text.content) if span and text.protected else None
        for span, text in ((bead.source_span, source), (bead.target_span, document.text))
    ]
    one, other = (
        SideView(text.content, text.language, text.offset, there) for text, there in zip(texts, written, strict=True)
    )
    return one, other


def _bead_texts(document: Document, alignment: Alignment, place: int) -> tuple[BeadText, BeadText]:
    """Both sides of a bead; an empty side brings the sentences around it, where its content may have gone."""
    bead = alignment.beads[place]
    source = document.source(alignment.passages[bead.passage].source_id).text
    texts = []
    for side, text in ((Side.SOURCE, source), (Side.TARGET, document.text)):
        span = bead.span(side)
        if span is not None:
            texts.append(BeadText(readable(text, span), span.start, text.language))
            continue
        around = [near.span(side) for near in _neighbours(alignment, place)]
        surroundings = " ".join(readable(text, near) for near in around if near)
        texts.append(BeadText("", 0, text.language, surroundings))
    return texts[0], texts[1]


def _neighbours(alignment: Alignment, place: int) -> list[Bead]:
    """The beads before and after one in its passage."""
    beads = alignment.beads
    near = [beads[k] for k in (place - 1, place + 1) if 0 <= k < len(beads)]
    return [bead for bead in near if bead.passage == beads[place].passage]


def check(document: Document, settings: Settings | None = None) -> Report:
    """Check a document.

    Args:
        document: of `tui_reader.read`, or one made by hand.
        settings: by default the defaults; what they say for the document's path holds.

    Raises:
        SettingsError: no encoder or rule has the name that the settings ask for.
    """
    return _checker(document, settings).check(document)


def iter_check(document: Document, settings: Settings | None = None) -> Iterator[Alignment | CheckedBead | Report]:
    """The same, bead by bead: see `Checker.iter_check`."""
    return _checker(document, settings).iter_check(document)


def align(document: Document, settings: Settings | None = None) -> Alignment:
    """Which runs of a document translate which runs of its sources, down to sentences; nothing is checked.

    Args:
        document: of `tui_reader.read`, or one made by hand.
        settings: by default the defaults; what they say for the document's path holds.

    Raises:
        SettingsError: no encoder or rule has the name that the settings ask for.
    """
    return _checker(document, settings).align(document)


def _checker(document: Document, settings: Settings | None) -> Checker:
    return Checker(settings.at(document.text.path).check if settings else None)
