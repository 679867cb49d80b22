"""`check`, `explain` and the summary with the real checker."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from command import loaded, run

from tui_reader.cli import main, summary
from tui_reader.cli.diagnostics import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CLEAN = "id\tsource\ttarget\nsame\tIt is raining today.\t今日は雨が降っている。\n"
FAULTY = (
    "id\tsource\ttarget\n"
    "lost\tThe ferry leaves at noon. The captain has forbidden dogs, bicycles and loud music on board. "
    "Tickets are sold at the harbour office.\t船は正午に出る。切符は港の事務所で売っている。\n"
)
ENGLISH = (
    "The ferry leaves at noon. The captain has forbidden dogs, bicycles and loud music on board.\n\n"
    "Tickets are sold at the harbour office. Children travel free of charge on Sundays.\n"
)
JAPANESE = (
    "船のお知らせ\n\nこのあいだ、窓口でこんな紙を見かけた。\n\n船は正午に出る。\n\n"
    "切符は港の事務所で売っている。子どもは日曜日には無料で乗れる。\n\nなかなか親切だと思う。\n"
)


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with two files of pairs and a document folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "clean.tsv").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "faulty.tsv").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "ferry").mkdir()
    (tmp_path / "ferry/text.ja.txt").write_text(JAPANESE, encoding="utf-8")
    (tmp_path / "ferry/notice.en.md").write_text(ENGLISH, encoding="utf-8")
    description = 'title = "船のお知らせ"\ntext = "text.ja.txt"\n[[source]]\nfile = "notice.en.md"\n'
    (tmp_path / "ferry/document.toml").write_text(description, encoding="utf-8")
    return tmp_path


@pytest.fixture
def here(folder: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    """Runs the command line in this process, whose encoder is loaded once."""

    def end(*arguments: str) -> Ended:
        return Ended(main.run(arguments), *capfd.readouterr())

    return end


def test_exit_codes_follow_the_findings(here: Callable[..., Ended]) -> None:
    """A clean pair is 0, a lost sentence 1, and --fail-on never is 0 whatever was found."""
    assert here("check", "clean.tsv").code == ExitCode.CLEAN
    faulty = here("check", "faulty.tsv")
    assert (faulty.code, "error: " in faulty.out) == (ExitCode.FINDINGS, True)
    assert here("check", "faulty.tsv", "--fail-on", "never").code == ExitCode.CLEAN


def test_rules_are_switched_by_flags(here: Callable[..., Ended]) -> None:
    """A rule that is off finds nothing, one made milder fails nothing, and a code that does not exist is named."""
    assert here("check", "faulty.tsv", "--rule", "omission=off").code == ExitCode.CLEAN
    milder = here("check", "faulty.tsv", "--rule", "omission=info")
    assert (milder.code, "info: " in milder.out) == (ExitCode.CLEAN, True)
    wrong = here("check", "faulty.tsv", "--rule", "omision=off")
    assert (wrong.code, "did you mean 'omission'" in wrong.err) == (ExitCode.BAD_INPUT, True)
    assert "is not CODE=LEVEL" in here("check", "faulty.tsv", "--rule", "omission").err


def test_a_glossary_is_named_by_a_flag(here: Callable[..., Ended], folder: Path) -> None:
    """It counts from the working directory; a row that cannot stand is named with its line, and what to do."""
    (folder / "terms.csv").write_text("source,target\nraining,雨天\n", encoding="utf-8")
    assert "terminology" in here("check", "clean.tsv", "--encoder", "use", "--glossary", "terms.csv").out
    (folder / "terms.csv").write_text("source,target\nrain,雨\nRain,雨天\n", encoding="utf-8")
    contradictory = here("check", "clean.tsv", "--glossary", "terms.csv")
    assert contradictory.code == ExitCode.BAD_INPUT
    assert "terms.csv:3: 'Rain' has a row on line 2 already" in contradictory.err
    missing = here("check", "clean.tsv", "--glossary", "nowhere.csv")
    assert (missing.code, "nowhere.csv" in missing.err) == (ExitCode.BAD_INPUT, True)


def test_rules_are_listed_and_explained(here: Callable[..., Ended], folder: Path) -> None:
    """The list says what is on under the settings that hold here; one rule comes with both examples."""
    (folder / "tui-reader.toml").write_text("[rules]\naddition = 'off'\n", encoding="utf-8")
    listed = here("rules").out
    assert re.search(r"^omission +error +on +omission +Left out", listed, re.MULTILINE)
    assert re.search(r"^addition +warning +off +addition +Put into", listed, re.MULTILINE)
    explained = here("rules", "addition").out
    assert "This is reported:" in explained
    assert "--rule addition=on" in explained
    assert here("rules", "nothing").code == ExitCode.BAD_INPUT


def test_pairs_from_standard_input(folder: Path) -> None:
    """`-` is stdin; one line a pair in the order of the input; the process ends with 1 where something was lost."""
    done = run("check", "-", "--format", "jsonl", cwd=folder, stdin=(CLEAN + FAULTY.partition("\n")[2]).encode())
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (ExitCode.FINDINGS, "")
    assert [record["id"] for record in records] == ["same", "lost"]
    assert records[0]["score"] > records[1]["score"]
    assert all("coverage" not in record for record in records)


def test_check_loads_no_terminal_toolkit(folder: Path) -> None:
    """A check in a pipeline pays for numpy, never for textual or rich."""
    modules = loaded("check", "clean.tsv", cwd=folder)
    assert "numpy" in modules
    assert not modules & {"textual", "rich"}


def test_a_broken_row_is_told_and_the_rest_checked(here: Callable[..., Ended], folder: Path) -> None:
    """Its line is named, and it fails the check, since it may hide anything; the other pairs have been served."""
    rows = CLEAN.partition("\n")[2] * 40
    (folder / "a.tsv").write_text(f"id\tsource\ttarget\n{rows}broken\n", encoding="utf-8")
    ended = here("check", "a.tsv", "--format", "jsonl")
    assert (ended.code, ended.err.count("\n")) == (ExitCode.FINDINGS, 1)
    assert "a.tsv:42: this row has 1 columns" in ended.err
    assert {json.loads(line)["id"] for line in ended.out.splitlines()} == {"same"}


def test_every_bead_of_a_document_has_its_place(here: Callable[..., Ended]) -> None:
    """The spans of each line cut exactly its texts out of the files; offsets within count in those texts."""
    ended = here("check", "ferry", "--format", "jsonl", "--coverage")
    lines = [json.loads(line) for line in ended.out.splitlines()]
    texts = {"source": ENGLISH, "target": JAPANESE}
    for line in lines:
        assert (line["source_id"], line["passage"]) == ("notice", 1)
        for side, text in texts.items():
            span = line[f"{side}_span"]
            assert line[side] == ("" if span is None else text[slice(*span)])
            assert all(0 <= a < b <= len(line[side]) and 0 <= p <= 1 for a, b, p in line["coverage"][side])
        for finding in line["findings"]:
            assert 0 <= finding["start"] < finding["end"] <= len(line[finding["side"]])
    starts = [line["target_span"][0] for line in lines if line["target_span"]]
    assert starts == sorted(starts)
    assert "船は正午に出る。" in [line["target"] for line in lines]


def test_a_document_for_people(here: Callable[..., Ended]) -> None:
    """The statement is named with its lines in both files; commentary is not part of it."""
    ended = here("check", "ferry")
    assert "船のお知らせ (ferry/text.ja.txt)" in ended.out
    assert "1 statement found\n  notice\n    lines 5-7 ← source lines 1-3" in ended.out


def test_explain_finds_a_finding_by_its_first_characters(here: Callable[..., Ended]) -> None:
    """The fingerprint that check prints, or the beginning of it, brings its evidence; a wrong one is bad input."""
    fingerprint = re.findall(r"\[([0-9a-z]+)\]$", here("check", "faulty.tsv").out, re.MULTILINE)[0]
    ended = here("explain", fingerprint[:6], "faulty.tsv")
    assert ended.code == ExitCode.CLEAN, ended.err
    for word in (f"[{fingerprint}]", "Rule omission", "Evidence", "What to do"):
        assert word in ended.out
    wrong = here("explain", "zzzz", "faulty.tsv")
    assert (wrong.code, "no finding here has the fingerprint zzzz" in wrong.err) == (ExitCode.BAD_INPUT, True)


def test_without_a_terminal_the_bundled_documents_are_summed_up(
    here: Callable[..., Ended], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`tui-reader` in a pipe prints each bundled document with its length, score and findings, and exits 0.

    A small document stands in for the bundled ones, which take longer to check.
    """
    monkeypatch.setattr(summary, "documents", lambda: [folder / "ferry"])
    ended = here()
    assert (ended.code, ended.err) == (ExitCode.CLEAN, "")
    assert ended.out.startswith(f"船のお知らせ\n  {folder / 'ferry'}\n  6 sentences, 1 source; score ")


def test_rules_are_listed_and_described(here: Callable[..., Ended]) -> None:
    """Every rule has a line, each its description, and a misspelt one names its neighbour."""
    assert re.search(r"^omission +error", here("rules").out, re.MULTILINE)
    assert "translation" in here("rules", "addition").out
    assert "did you mean 'omission'?" in here("rules", "omision").err
