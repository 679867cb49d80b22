"""Good translations, each beside damaged versions of itself (DEMETR, Karpinska et al. 2022).

A line has ``source``, ``mt`` (the good translation) and ``perturbed``, the damaged ones by the name of the damage.
Without ``source_lang`` and ``target_lang`` it is Japanese into English.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.evaluation.kinds.kind import Kind
from tui_reader.evaluation.kinds.pairs import Checked, Pair, checked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.evaluation.kinds.kind import Table
    from tui_reader.evaluation.kinds.lines import Line

GROUPS = {
    "OMISSION": (
        "major_id5_", "critical_id21_", "critical_id22_", "critical_id23_", "critical_id24_", "critical_id25_",
    ),
    "ADDITION": ("critical_id6_",),
    "NUMBER": ("critical_id10_",),
    "NAME": ("critical_id9_",),
    "NEGATION": ("critical_id8_",),
    "ANTONYM": ("critical_id7_",),
    "BASE": ("base_id33_",),
    "ALL": ("minor_", "major_", "critical_", "base_id33_"),
}  # fmt: skip
"""Beginnings of DEMETR's names for damage, by what the damage is."""


class Version(NamedTuple):
    """A translation of a sentence."""

    pair: Pair
    sentence: int
    """Number of its line; the good translation comes before the damaged ones."""
    damage: str | None
    """Name of the damage, None for the good translation."""


def items(lines: Sequence[Line]) -> list[Version]:
    """Every translation by itself."""
    return [version for number, line in enumerate(lines) for version in _versions(line, number)]


def _versions(line: Line, number: int) -> Iterator[Version]:
    good = Pair.of(line, "mt", ("ja", "en"))
    yield Version(good, number, None)
    for name, text in line.named_texts("perturbed").items():
        yield Version(good._replace(target=text), number, name)


def figures(some: Sequence[Version], said: Sequence[Checked]) -> Table:
    """How often the good translation has the higher score: by groups of damage, then by each."""
    good = {one.sentence: each.score for one, each in zip(some, said, strict=True) if one.damage is None}
    leads: dict[str, list[float]] = defaultdict(list)
    for one, each in zip(some, said, strict=True):
        if one.damage is not None:
            leads[one.damage].append(good[one.sentence] - each.score)
    groups = {
        group: [lead for name in leads if name.startswith(beginnings) for lead in leads[name]]
        for group, beginnings in GROUPS.items()
    }
    rows = {**{group: leads for group, leads in groups.items() if leads}, **dict(sorted(leads.items()))}
    return {name: _wins(found) for name, found in rows.items()}


def _wins(leads: Sequence[float]) -> dict[str, float | int | None]:
    n = len(leads)
    return {"accuracy": sum(lead > 0 for lead in leads) / n, "ties": sum(lead == 0 for lead in leads) / n, "n": n}


KIND = Kind(
    name="perturbations",
    title="A good translation scored above a damaged one",
    keys=frozenset({"source", "mt", "perturbed"}),
    unit="pairs checked",
    items=items,
    answers=checked,
    figures=figures,
)
