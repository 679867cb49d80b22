"""The report for people, as they see it."""

from __future__ import annotations

import itertools
from dataclasses import replace

from report_example import OMISSION, SOURCE, TARGET, pair_report, report
from tui_reader.checks.registry import rules
from tui_reader.model import Alignment, Report, Side, Signal, Span, Unquoted
from tui_reader.reports.explain import explanation
from tui_reader.reports.finding_text import finding_lines, percent
from tui_reader.reports.report import ReportOptions
from tui_reader.reports.text import TextReport
from tui_reader.text.width import cells

OPTIONS = ReportOptions(width=80)


def written(*made: Report, options: ReportOptions = OPTIONS) -> list[str]:
    """All lines about these reports."""
    writer = TextReport(options)
    return [*(line for one in made for line in writer.write(one)), *writer.close()]


def words_above_carets(lines: list[str], caret: str) -> list[str]:
    """The words that stand right above each run of this caret, found by cells as an eye would."""
    found = []
    for above, below in itertools.pairwise(lines):
        if below.strip() and not below.strip(f" {caret}"):
            start, end = below.index(caret), below.rindex(caret) + 1
            inside = [c for i, c in enumerate(above) if start <= cells(above[:i]) < end]
            found.append("".join(inside))
    return found


def test_head_says_what_was_found_and_where() -> None:
    """Score, findings by severity, the statement with its lines, and what is not quoted by name."""
    text = "\n".join(written(report()))
    assert "町の話 (town.ja.txt)" in text
    assert "2 errors, 1 warning" in text
    assert "1 statement found" in text
    assert "  On ferries (A. Person, 2031-03-03)\n    line 2 ← source line 2, 1 sentence pair, score" in text
    assert "not quoted: source line 1, line 3 (2 sentences)" in text
    assert text.endswith("tui-reader:0.1.0|encoder:use|parameters:abc123|sensitivity:normal")


def test_findings_come_gravest_first_with_their_places() -> None:
    """Errors stand before warnings, each at file:line:column with rule, confidence and fingerprint."""
    heads = [line for line in written(report()) if line.endswith("]")]
    assert [head.split(": ")[0] for head in heads] == ["s/ferry.en.md:2:27", "s/ferry.en.md:2:47", "town.ja.txt:2:6"]
    assert [head.split(": ")[1] for head in heads] == ["error", "error", "warning"]
    assert "(omission, 91% sure) [aaaa1111]" in heads[0]


def test_carets_stand_under_the_exact_words() -> None:
    """Also after wide characters, where a caret is two cells a character."""
    lines = written(report())
    assert words_above_carets(lines, "^") == ["weather permitting", "Nobody waits.", "美しく"]
    assert words_above_carets(lines, "~") == ["美しく"]


def test_a_lost_sentence_says_that_nothing_stands_beside_it() -> None:
    """The other side is named as empty, not left out."""
    assert "  translation: nothing stands here" in written(report())


def test_narrow_terminals_get_narrow_quotations() -> None:
    """No quoted line is wider than the terminal, and the carets stay under their words."""
    lines = written(report(), options=ReportOptions(width=30))
    quotations = [line for line in lines if line.startswith("    ") and "quoted" not in line and "←" not in line]
    assert max(cells(line) for line in quotations) <= 30
    assert "".join(words_above_carets(lines, "^")).replace(" ", "").startswith("weatherpermitting")


def test_long_sentences_show_the_lines_around_the_words() -> None:
    """Of a sentence of many lines only the marked ones and their neighbours are shown."""
    source = SOURCE.replace("Nobody waits.", "Nobody waits, " + "because it is so, " * 60 + "they say.")
    made = report()
    bead = replace(
        made.beads[0].bead, source_segments=(made.beads[0].bead.source_segments[0]._replace(end=len(source)),)
    )
    text = replace(made.document.sources[0].text, content=source)
    document = replace(made.document, sources=(replace(made.document.sources[0], text=text),))
    lines = written(replace(made, document=document, beads=(replace(made.beads[0], bead=bead, findings=(OMISSION,)),)))
    shown = [line for line in lines if "because" in line]
    assert len(shown) <= 2
    assert "    …" in lines


def test_hostile_text_never_reaches_the_terminal() -> None:
    """Escape sequences and bidi overrides in text, title, file name and message are shown as marks."""
    made = report()
    evil = TARGET.replace("正午", "\x1b[")
    finding = replace(OMISSION, message="\x1b]0;x\x07")
    document = replace(made.document, title="a\u202eb", text=replace(made.document.text, content=evil))
    beads = (replace(made.beads[0], findings=(finding, made.beads[0].findings[1])), made.beads[1])
    lines = "\n".join(written(replace(made, document=document, beads=beads)))
    assert not set(lines) & set("\x1b\x07\u202e")
    assert "␛[" in lines


def test_colour_only_where_it_is_wanted() -> None:
    """With colour the words carry ANSI styles, without it no line holds an escape."""
    assert "\x1b[" not in "".join(written(report()))
    assert "\x1b[" in "".join(written(report(), options=ReportOptions(width=80, colour=True)))


def test_pairs_end_with_their_sum() -> None:
    """Of pairs only findings and a sum are shown."""
    lines = written(pair_report(), replace(pair_report(), beads=()))
    assert "2 pairs, mean score" in lines[-2]
    assert "2 errors, 1 warning in 1 pair" in lines[-2]
    assert not any("statement" in line for line in lines)


def test_nothing_found_is_said() -> None:
    """A text that quotes nothing has no score and says that its sources are not quoted."""
    made = report()
    source = made.document.sources[0]
    alignment = Alignment((), (), (Unquoted("ferry", span := made.document.sources[0].text.blocks[0].span),))
    lines = written(replace(made, alignment=alignment, beads=()))
    assert span.end == len(source.text)
    assert "no score; no findings" in lines
    assert "no statements found" in lines
    assert "    not quoted in this text (4 sentences)" in lines


def test_nobody_is_promised_certainty() -> None:
    """A confidence is never shown as 100%."""
    assert [percent(1.0), percent(0.996), percent(0.5)] == ["99%", "99%", "50%"]


def test_explanation_measures_signals_against_thresholds() -> None:
    """It names the words, their closest counterpart, what each signal speaks for, and what to do."""
    made = report()
    lines = list(explanation(made, made.beads[0], OMISSION, rules()["omission"], OPTIONS))
    text = "\n".join(lines)
    assert "Rule omission: Words of the source that nothing" in text
    assert "deletion gain  0.080, not below 0.050: for the finding" in text
    assert f"confidence     91%, reported from {percent(rules()['omission'].confidence)}" in text
    assert "Say in the translation what the marked words" in text
    assert OMISSION.side is Side.SOURCE


def test_a_signal_speaks_for_a_finding_on_its_own_side_of_the_threshold() -> None:
    """A gain counts from its threshold up, a similarity from its threshold down; one without any only informs."""
    assert [Signal("gain", 0.1, 0.0).supports, Signal("gain", -0.1, 0.0).supports] == [True, False]
    assert [Signal("likeness", v, 0.5, below=True).supports for v in (0.2, 0.5)] == [True, False]
    assert Signal("length", 3.0).supports is None


def test_long_words_are_cut_in_the_head_and_whole_below() -> None:
    """A lost sentence does not fill the first line three times over: it stands below, marked, to its end."""
    content = "The harbour library is crowded on rainy days, and the children choose their books quietly there.\n"
    words = content.strip()
    lost = replace(OMISSION, span=Span(0, len(words)), message=f"The translation has no counterpart for “{words}”.")
    made = report()
    source = replace(made.document.sources[0], text=replace(made.document.sources[0].text, content=content))
    bead = replace(made.beads[0].bead, source_segments=(lost.span,))
    document = replace(made.document, sources=(source,))
    checked = replace(made.beads[0], bead=bead, findings=(lost,))
    head, *rest = finding_lines(replace(made, document=document), checked, lost, OPTIONS)
    assert "for “The harbour library is crowded on rainy days, and the children…”" in head
    assert "quietly there." in " ".join(rest)
