"""Coverage of beads measured before: a document that is checked again after a change costs what has changed.

Within a process results are in memory; where vectors are kept on disk, so are results, for the next one.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING

from tui_reader.checks.coverage.measure import Coverage, measure
from tui_reader.checks.coverage.storage import CoverageStore
from tui_reader.model import Side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.checks.coverage.findings import BeadText
    from tui_reader.encoders import EncoderSet
    from tui_reader.model import Finding

_SIZE = 4096
"""Beads that are remembered: a long book's."""


class CoverageMemory:
    """Measures beads, each only once as long as it is remembered, wherever its text stands.

    Args:
        encoders: what measures; where they have a cache results are kept there too.
    """

    def __init__(self, encoders: EncoderSet) -> None:
        self._encoders = encoders
        self._known: OrderedDict[tuple[BeadText, BeadText], Coverage] = OrderedDict()
        self._store = CoverageStore(encoders.cache, encoders) if encoders.cache else None

    def measure(self, beads: Sequence[tuple[BeadText, BeadText]]) -> list[Coverage]:
        """The same as `coverage.measure.measure`."""
        keys = [(replace(source, offset=0), replace(target, offset=0)) for source, target in beads]
        new = list(dict.fromkeys(key for key in keys if key not in self._known))
        if self._store:
            self._known |= self._store.get(new)
            new = [key for key in new if key not in self._known]
        made = dict(zip(new, measure(new, self._encoders), strict=True))
        if self._store:
            self._store.put(made)
        self._known |= made
        found = [
            _shifted(self._known[key], {Side.SOURCE: source.offset, Side.TARGET: target.offset})
            for key, (source, target) in zip(keys, beads, strict=True)
        ]
        for key in keys:
            self._known.move_to_end(key)
        while len(self._known) > _SIZE:
            self._known.popitem(last=False)
        return found


def _shifted(coverage: Coverage, offsets: dict[Side, int]) -> Coverage:
    losses = {
        side: tuple(loss._replace(start=loss.start + offsets[side], end=loss.end + offsets[side]) for loss in found)
        for side, found in coverage.losses.items()
    }
    findings = tuple(_moved(finding, offsets) for finding in coverage.findings)
    return replace(coverage, losses=losses, findings=findings)


def _moved(finding: Finding, offsets: dict[Side, int]) -> Finding:
    evidence, other = finding.evidence, finding.side.other
    if evidence.counterpart is not None:
        evidence = replace(evidence, counterpart=evidence.counterpart.shifted(offsets[other]))
    return replace(finding, span=finding.span.shifted(offsets[finding.side]), evidence=evidence)
