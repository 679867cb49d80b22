"""The figures as text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.evaluation.figures import BOTH
from tui_reader.text.visible import visible
from tui_reader.text.width import cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tui_reader.evaluation.comparison import Comparison
    from tui_reader.evaluation.figures import ByRule, Figures
    from tui_reader.evaluation.kinds.kind import Measured, Table
    from tui_reader.evaluation.statistics import Counts, Difference

SPANS = ("", "precision", "recall", "F1", "right", "findings", "found", "gold")
GROUP = ("", "omission P", "R", "addition P", "R", "both P", "R", "F1", "gold")
TITLES = {"genre": "By genre", "direction": "By direction", "document": "By document"}


def lines(
    found: Figures | None, comparison: Comparison | None = None, measured: Sequence[Measured] = ()
) -> Iterator[str]:
    """The page, line by line, as it may be shown.

    Args:
        found: the figures of findings, None where no omissions and additions were marked.
        comparison: with an older run.
        measured: every file, with the figures of its kind.
    """
    if found:
        yield from _findings(found)
    elif measured:
        yield visible(measured[0].signature)
    for title, header, rows in measured_tables(measured):
        yield from _table(title, header, rows)
    if comparison:
        yield from _compared(comparison)


def _findings(found: Figures) -> Iterator[str]:
    beads = ", told the gold beads" if found.gold_beads else ""
    yield f"{found.documents:,} documents, {found.beads:,} beads, {found.findings:,} findings{beads}"
    yield visible(found.signature)
    for title, header, rows in tables(found):
        yield from _table(title, header, rows)
    yield f"  expected calibration error {number(found.calibration_error)}"
    yield ""
    yield (
        "Rank correlation of the score with the weight of the problems: "
        f"beads {number(found.score_of_beads)}, documents {number(found.score_of_documents)}"
    )


def measured_tables(measured: Iterable[Measured]) -> Iterator[tuple[str, Sequence[str], list[tuple[str, ...]]]]:
    """Title, header and rows of every file whose kind has figures of its own."""
    for one in measured:
        if one.table:
            header = _columns(one.table)
            rows = [(name, *(_cell(row, column) for column in header)) for name, row in one.table.items()]
            yield f"{one.kind.title}: {one.path} ({one.items:,} {one.kind.unit})", ("", *header), rows


def _columns(table: Table) -> list[str]:
    """Those of all rows in the order in which they come, numbers of things last."""
    values = {column: value for row in table.values() for column, value in row.items()}
    return sorted(values, key=lambda column: isinstance(values[column], int))


def _cell(row: Mapping[str, float | int | None], column: str) -> str:
    value = row.get(column)
    if column not in row:
        return ""
    return f"{value:,}" if isinstance(value, int) else number(value)


def tables(found: Figures) -> Iterator[tuple[str, Sequence[str], list[tuple[str, ...]]]]:
    """Title, header and rows of every table that has rows."""
    everything = (
        ("Omissions and additions (half overlap)", SPANS, spans_rows(found.spans)),
        ("The same, exact boundaries", SPANS, spans_rows(found.exact)),
        *((TITLES[name], GROUP, group_rows(part)) for name, part in found.by.items()),
        ("Recall", ("", "omission", "addition"), recall_rows(found)),
        ("Problems by type", ("", "found", "touched", "gold"), type_rows(found)),
        ("Findings by rule", ("", "right", "wrong", "uncounted"), rule_rows(found)),
        ("False alarms on freedoms", ("", "alarms", "marked"), freedom_rows(found)),
        ("Sentence beads", ("", "precision", "recall", "F1"), bead_rows(found)),
        ("Bands of the score", ("", "beads", "with a problem", "omission or addition"), band_rows(found)),
        ("Telling faulty beads", ("", "AUC score", "AUC suspicion", "faulty", "beads"), auc_rows(found)),
        ("Calibration", ("", "findings", "confidence", "right"), calibration_rows(found)),
    )
    yield from (table for table in everything if table[2])


def number(value: float | None) -> str:
    """A share or correlation, three decimals."""
    return "-" if value is None else f"{value:.3f}"


def spans_rows(counts: Mapping[str, Counts]) -> list[tuple[str, ...]]:
    """A row for each rule that has findings or gold."""
    return [
        (
            rule,
            number(c.precision),
            number(c.recall),
            number(c.f1),
            *(str(n) for n in (c.right, c.said, c.found, c.wanted)),
        )
        for rule, c in counts.items()
        if c.said or c.wanted
    ]


def group_rows(part: Mapping[str, ByRule]) -> list[tuple[str, ...]]:
    """A row for each group."""
    rows = []
    for key, counts in part.items():
        shares = [number(share) for one in counts.values() for share in (one.precision, one.recall)]
        rows.append((key, *shares, number(counts[BOTH].f1), str(counts[BOTH].wanted)))
    return rows


def recall_rows(found: Figures) -> list[tuple[str, ...]]:
    """Found of wanted by severity and by naturalness."""

    def cell(counts: ByRule, rule: str) -> str:
        return f"{counts[rule].found}/{counts[rule].wanted}"

    return [
        (key, cell(counts, "omission"), cell(counts, "addition"))
        for part in found.recall.values()
        for key, counts in part.items()
    ]


def type_rows(found: Figures) -> list[tuple[str, ...]]:
    """Problems by type."""
    return [(name, *map(str, seen)) for name, seen in found.types.items()]


def rule_rows(found: Figures) -> list[tuple[str, ...]]:
    """Findings by rule."""
    return [(rule, *map(str, verdicts)) for rule, verdicts in found.rules.items()]


def band_rows(found: Figures) -> list[tuple[str, ...]]:
    """What people marked, by band."""
    return [(name, *map(str, banded)) for name, banded in found.bands.items()]


def freedom_rows(found: Figures) -> list[tuple[str, ...]]:
    """Alarms on freedoms by kind."""
    return [(kind, str(alarms), str(there)) for kind, (alarms, there) in found.freedoms.items()]


def bead_rows(found: Figures) -> list[tuple[str, ...]]:
    """Agreement of the beads."""
    named = (("strict", found.strict), ("lax", found.lax), ("unmatched sentences", found.unmatched))
    return [(name, number(c.precision), number(c.recall), number(c.f1)) for name, c in named if c.said or c.wanted]


def auc_rows(found: Figures) -> list[tuple[str, ...]]:
    """How well faulty beads are told from the others."""
    return [
        (name, number(d.score), number(d.suspicion), str(d.positive), str(d.beads))
        for name, d in found.detection.items()
    ]


def calibration_rows(found: Figures) -> list[tuple[str, ...]]:
    """The calibration curve."""
    return [
        (f"{part.low:.1f}-{part.high:.1f}", str(part.findings), number(part.confidence), number(part.right))
        for part in found.calibration
    ]


def comparison_rows(comparison: Comparison) -> list[tuple[str, ...]]:
    """Differences with their intervals."""

    def cell(difference: Difference | None) -> str:
        if difference is None:
            return "-"
        return f"{difference.value:+.3f} ({difference.low:+.3f} to {difference.high:+.3f}, p {difference.p:.3f})"

    return [(rule, *(cell(part[f]) for f in part)) for rule, part in comparison.differences.items()]


def _compared(comparison: Comparison) -> Iterator[str]:
    yield from _table(
        f"Compared on {comparison.shared} documents (95 % interval, paired bootstrap)",
        ("", "precision", "recall", "F1"),
        comparison_rows(comparison),
    )
    yield f"  older: {visible(comparison.signature)}"
    if comparison.left_out:
        yield f"  left out, since they are in one of the two only: {comparison.left_out}"


def _table(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    body = [[visible(cell) for cell in row] for row in (header, *rows)]
    widths = [max(cells(row[k]) for row in body) for k in range(len(header))]
    yield ""
    yield visible(title)
    for row in body:
        padded = (_padded(cell, width, right=k > 0) for k, (cell, width) in enumerate(zip(row, widths, strict=True)))
        yield ("  " + "  ".join(padded)).rstrip()


def _padded(cell: str, width: int, *, right: bool) -> str:
    space = " " * (width - cells(cell))
    return space + cell if right else cell + space
