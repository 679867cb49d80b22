"""A tiny annotated document, and a report on it as a checker might make one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tui_reader.model import (
    Alignment,
    Bead,
    CheckedBead,
    Document,
    Evidence,
    Finding,
    Passage,
    Report,
    Severity,
    Side,
    Signature,
    Span,
    WordLoss,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ENGLISH = ("The ferry sails at nine, if the fog allows.", "Dogs travel free.", "Cats pay half.")
JAPANESE = ("渡し船は毎朝十時に出る。", "犬は無料である。", "猫は半額で、昼寝ができる。")
SOURCE, TARGET = "\n".join(ENGLISH), "\n".join(JAPANESE)


def sentence(side: Side, number: int) -> Span:
    """Where a sentence stands."""
    sentences = ENGLISH if side is Side.SOURCE else JAPANESE
    start = sum(len(one) + 1 for one in sentences[:number])
    return Span(start, start + len(sentences[number]))


def span_of(side: Side, words: str) -> Span:
    """Where words stand."""
    start = (SOURCE if side is Side.SOURCE else TARGET).index(words)
    return Span(start, start + len(words))


def mark(type_: str, words: str, **more: object) -> dict[str, Any]:
    """A mark as it stands in a gold file: a major problem that a translator might make, or a freedom."""
    side = Side.SOURCE if type_ == "omission" else Side(str(more.pop("side", "target")))
    span = span_of(side, words)
    judged = {"kind": "culture"} if type_ == "freedom" else {"severity": "major", "natural": True}
    return (
        {"type": type_, "side": side, "start": span.start, "end": span.end, "text": words, "note": "n"} | judged | more
    )


MARKS = (
    [mark("omission", "if the fog allows"), mark("number", "十時", counterpart=list(span_of(Side.SOURCE, "nine")))],
    [mark("freedom", "無料である")],
    [mark("addition", "昼寝ができる", severity="minor", natural=False)],
)


def write_document(folder: Path, marks: Sequence[Sequence[dict[str, Any]]] = MARKS) -> Path:
    """A document folder of three beads with gold."""
    folder.mkdir(parents=True, exist_ok=True)
    description = 'text = "text.ja.md"\ngenre = "timetable"\n[[source]]\nfile = "ferry.en.md"\n'
    (folder / "document.toml").write_text(description, encoding="utf-8")
    (folder / "ferry.en.md").write_text(SOURCE, encoding="utf-8")
    (folder / "text.ja.md").write_text(TARGET, encoding="utf-8")
    with (folder / "gold.jsonl").open("w", encoding="utf-8") as file:
        for number, some in enumerate(marks):
            source, target = sentence(Side.SOURCE, number), sentence(Side.TARGET, number)
            line = {
                "id": f"b{number}",
                "source_id": "ferry",
                "source_spans": [source],
                "target_spans": [target],
                "source": [ENGLISH[number]],
                "target": [JAPANESE[number]],
                "marks": list(some),
            }
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return folder


def finding(rule: str, words: str, confidence: float = 0.8, counterpart: str | None = None) -> tuple[int, Finding]:
    """A finding with the number of its bead; omissions lie in the source, all else in the translation."""
    side = Side.SOURCE if rule == "omission" else Side.TARGET
    span = span_of(side, words)
    number = next(k for k in range(3) if sentence(side, k).contains(span))
    closest = span_of(side.other, counterpart) if counterpart else None
    return number, Finding(rule, side, span, confidence, Severity.ERROR, "message", Evidence(closest))


def report(document: Document, *found: tuple[int, Finding], scores: Sequence[float] = (50, 90, 70)) -> Report:
    """A report with the gold beads and these findings; every word is probably there."""
    (source,) = document.sources
    beads = [Bead(f"p1.{k}", 0, (sentence(Side.SOURCE, k),), (sentence(Side.TARGET, k),), 1.0) for k in range(3)]
    passage = Passage("p1", source.id, Span(0, len(SOURCE)), Span(0, len(TARGET)))
    checked = [
        CheckedBead(
            bead,
            score,
            tuple(one for number, one in found if number == k),
            (WordLoss(*sentence(Side.SOURCE, k), 0.1),),
            (WordLoss(*sentence(Side.TARGET, k), 0.1),),
        )
        for k, (bead, score) in enumerate(zip(beads, scores, strict=True))
    ]
    signature = Signature("1", "fake", "00000000", "normal")
    return Report(document, Alignment((passage,), tuple(beads)), tuple(checked), signature)
