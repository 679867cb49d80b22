"""A small report made by hand, for the tests of everything that writes one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tui_reader.formats.decode import LineLocator
from tui_reader.model import (
    Alignment,
    Bead,
    Block,
    CheckedBead,
    Document,
    Evidence,
    Finding,
    Passage,
    Report,
    Severity,
    Side,
    Signal,
    Signature,
    Source,
    Span,
    Text,
    Unquoted,
    WordLoss,
)

SOURCE = "Hello.\nThe ferry leaves at noon, weather permitting. Nobody waits.\nGoodbye.\n"
TARGET = "町の人の話。\n船は正午に美しく出る。\n"
SIGNATURE = Signature("0.1.0", "use", "abc123", "normal")


def span_of(content: str, words: str) -> Span:
    """Where these words stand."""
    start = content.index(words)
    return Span(start, start + len(words))


def _text(content: str, language: str, name: str) -> Text:
    return Text(content, language, (Block(Span(0, len(content))),), Path(name), LineLocator(content))


OMISSION = Finding(
    "omission",
    Side.SOURCE,
    span_of(SOURCE, "weather permitting"),
    0.91,
    Severity.ERROR,
    "“weather permitting” is not in the translation",
    Evidence(span_of(TARGET, "美しく"), 0.21, (Signal("deletion gain", 0.08, 0.05), Signal("length", 1.5))),
    "aaaa1111",
)
LOST_SENTENCE = Finding(
    "omission",
    Side.SOURCE,
    span_of(SOURCE, "Nobody waits."),
    0.8,
    Severity.ERROR,
    "nothing says this",
    Evidence(),
    "aabb2222",
)
ADDITION = Finding(
    "addition",
    Side.TARGET,
    span_of(TARGET, "美しく"),
    0.7,
    Severity.WARNING,
    "“美しく” is not in the source",
    Evidence(),
    "cccc3333",
)


def report() -> Report:
    """One quoted passage of two beads, the second a lost sentence, with two omissions and an addition."""
    ferry, nobody = span_of(SOURCE, "The ferry leaves at noon, weather permitting."), span_of(SOURCE, "Nobody waits.")
    target = span_of(TARGET, "船は正午に美しく出る。")
    source = Source("ferry", _text(SOURCE, "en", "s/ferry.en.md"), "On ferries", "A. Person", "2031-03-03")
    document = Document("town", _text(TARGET, "ja", "town.ja.txt"), (source,), "町の話")
    passage = Passage("p1", "ferry", Span(ferry.start, nobody.end), target)
    beads = (
        CheckedBead(
            Bead("b1", 0, (ferry,), (target,), 0.8),
            70.25,
            (OMISSION, ADDITION),
            (WordLoss(*span_of(SOURCE, "ferry"), 0.125), WordLoss(*span_of(SOURCE, "weather"), 0.875)),
            (WordLoss(*span_of(TARGET, "美しく"), 0.75),),
        ),
        CheckedBead(Bead("b2", 0, (nobody,), (), 0.0), 0.0, (LOST_SENTENCE,)),
    )
    unquoted = (Unquoted("ferry", span_of(SOURCE, "Hello.")), Unquoted("ferry", span_of(SOURCE, "Goodbye.")))
    return Report(document, Alignment((passage,), tuple(b.bead for b in beads), unquoted), beads, SIGNATURE)


def pair_report() -> Report:
    """The same texts as one pair of a file of pairs."""
    whole = report()
    source = replace(whole.document.sources[0], id="p7")
    passage = Passage("p7", "p7", Span(0, len(SOURCE)), Span(0, len(TARGET)), marked=True)
    document = Document("p7", whole.document.text, (source,), marked=(passage,), is_pairs=True)
    return Report(document, Alignment((passage,), whole.alignment.beads), whole.beads, SIGNATURE)


HOSTILE = (
    "::error file=a,line=1::forged\r\n::set-env name=A::b%0A::error::x\n##[error]y ##vso[task.logissue]z\n"
    "]]><script>alert(1)</script><!-- \x1b]0;t\x07\x1b[31m \u202e\u2066 \ufffe \"'>| `@somebody` #1 ![i](https://evil.example/i)"
)
"""Everything that somebody could write into a text to steer a build server, a browser, a terminal or a spreadsheet."""


def hostile_report(*, pairs: bool = False) -> Report:
    """A report whose every string comes from somebody with bad intentions."""
    made = pair_report() if pairs else report()
    evil = f"=cmd|' /C calc'!A0 {HOSTILE}"
    content = evil + "。" + TARGET
    target = replace(made.document.text, content=content, path=Path("a,b:%0A::x\n<b>.md"), locator=LineLocator(content))
    source_text = replace(made.document.sources[0].text, content=HOSTILE, locator=LineLocator(HOSTILE))
    source = replace(
        made.document.sources[0], text=source_text, title=HOSTILE, author=HOSTILE, url="javascript:alert(1)"
    )
    found = Finding(
        "addition", Side.TARGET, Span(0, len(evil)), 0.9, Severity.ERROR, f"“{evil}” was put in", Evidence(), "eeee5555"
    )
    lost = replace(found, rule="omission", side=Side.SOURCE, span=Span(0, len(HOSTILE)), fingerprint="ffff6666")
    document = replace(made.document, text=target, sources=(source,), title=HOSTILE)
    whole = (Span(0, len(HOSTILE)),)
    bead = replace(made.beads[0].bead, source_segments=whole, target_segments=(found.span,))
    passage = replace(made.alignment.passages[0], source_span=whole[0], target_span=found.span)
    if pairs:
        passage = replace(passage, id=f"=1+1\n{HOSTILE}")
    checked = CheckedBead(bead, 12.5, (found, lost))
    return Report(document, Alignment((passage,), (bead,)), (checked,), SIGNATURE)
