"""What makes a check fail: gates, baselines, remarks, changes; shown in a repository made for the purpose."""

from __future__ import annotations

import json
import subprocess
import textwrap
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tui_reader.cli import main
from tui_reader.cli.diagnostics import ExitCode
from tui_reader.cli.gates import FailOn
from tui_reader.errors import SettingsError
from tui_reader.model import Severity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ENGLISH = """The ferry leaves at noon from the northern pier.

The captain has forbidden dogs, bicycles and loud music on board. Tickets are sold at the harbour office.

Children travel free of charge on Sundays. The café on the upper deck opens an hour before departure.
"""
FERRY = "フェリーは正午に北の桟橋から出る。"
CAPTAIN = "船長は、犬と自転車と大きな音の音楽を船内に持ち込むことを禁じている。切符は港の事務所で売っている。"
CHILDREN = "子どもは日曜日には無料で乗れる。上のデッキにある喫茶店は、出航の一時間前に開く。"
LOST = CAPTAIN.partition("切符")[2].join(["切符", ""])
CAFE = CHILDREN.partition("。")[2]
"""The same paragraphs without their first sentences."""


def page(*paragraphs: str) -> str:
    """A translation that names its source."""
    return "---\nsources: [ferry.en.md]\n---\n\n" + "\n\n".join(paragraphs) + "\n"


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


class Repository(NamedTuple):
    """A folder under git with a translation and its source."""

    folder: Path
    run: Callable[..., Ended]

    def write(self, *paragraphs: str) -> None:
        """Put these paragraphs in the place of the translation."""
        (self.folder / "ferry.ja.md").write_text(page(*paragraphs), encoding="utf-8")

    def check(self, *flags: str) -> Ended:
        """Check the translation."""
        return self.run("check", "ferry.ja.md", *flags)

    def found(self, *flags: str) -> list[str]:
        """The words of all findings of a check, whatever its exit code."""
        lines = [json.loads(line) for line in self.check("--format", "jsonl", *flags).out.splitlines()]
        return [line[f["side"]][f["start"] : f["end"]] for line in lines for f in line["findings"]]

    def commit(self) -> None:
        """Commit everything."""
        for arguments in (["add", "."], ["commit", "-qm", "state"]):
            subprocess.run(["git", *arguments], cwd=self.folder, check=True)


@pytest.fixture
def repository(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    require_tool: Callable[[str], Path],
) -> Repository:
    """One lost sentence is committed: the state in which a team begins to check."""
    require_tool("git")
    monkeypatch.chdir(tmp_path)
    for name, value in (
        ("XDG_CONFIG_HOME", str(tmp_path / "user")),
        ("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig")),
    ):
        monkeypatch.setenv(name, value)
    (tmp_path / "gitconfig").write_text("[user]\nname = T\nemail = t@example.org\n", encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / "ferry.en.md").write_text(ENGLISH, encoding="utf-8")

    def end(*arguments: str) -> Ended:
        return Ended(main.run(arguments), *capfd.readouterr())

    made = Repository(tmp_path, end)
    made.write(FERRY, LOST, CHILDREN)
    made.commit()
    return made


def test_a_baseline_lets_only_new_findings_fail(repository: Repository) -> None:
    """Known findings pass, also in moved and re-wrapped paragraphs; one new omission fails the build."""
    assert repository.check().code == ExitCode.FINDINGS
    wrote = repository.check("--write-baseline", "known.jsonl")
    assert (wrote.code, "known.jsonl: holds 1 finding of this check now" in wrote.err) == (0, True)
    assert repository.check("--baseline", "known.jsonl").code == ExitCode.CLEAN

    wrapped = "\n".join(textwrap.wrap(CHILDREN, 28))
    repository.write(FERRY, wrapped, LOST)
    english = ["\n".join(textwrap.wrap(paragraph, 52)) for paragraph in ENGLISH.split("\n\n")]
    moved = "\n\n".join([english[0], english[2], english[1]]) + "\n"
    (repository.folder / "ferry.en.md").write_text(moved, encoding="utf-8")
    again = repository.check("--baseline", "known.jsonl")
    assert (again.code, again.err) == (ExitCode.CLEAN, "")

    repository.write(FERRY, CAFE, LOST)
    new = repository.found("--baseline", "known.jsonl")
    assert repository.check("--baseline", "known.jsonl").code == ExitCode.FINDINGS
    assert any("Children" in words for words in new)
    assert not any("captain" in words for words in new)


def test_stale_lines_of_a_baseline_are_reported_and_dropped(repository: Repository) -> None:
    """What was mended is named, until the baseline is written again; what a person said stays."""
    repository.check("--write-baseline", "known.jsonl")
    repository.write(FERRY, CAPTAIN, CHILDREN)
    ended = repository.check("--baseline", "known.jsonl")
    assert ended.code == ExitCode.CLEAN
    assert "known.jsonl: 1 finding is no longer there: " in ended.err
    repository.check("--write-baseline", "known.jsonl")
    assert repository.check("--baseline", "known.jsonl").err == ""


def test_a_clean_start_is_a_baseline_too(repository: Repository) -> None:
    """Where nothing is found, the baseline is empty but there, so that the next check can use it."""
    repository.write(FERRY, CAPTAIN, CHILDREN)
    assert repository.check("--write-baseline", "known.jsonl").code == ExitCode.CLEAN
    repository.write(FERRY, LOST, CHILDREN)
    assert repository.check("--baseline", "known.jsonl").code == ExitCode.FINDINGS


def test_a_baseline_beside_the_document_is_found(repository: Repository) -> None:
    """What the reader keeps is respected without a flag, and --no-baseline shows everything."""
    repository.check("--write-baseline", "ferry.ja.md.baseline.jsonl")
    assert repository.check().code == ExitCode.CLEAN
    assert repository.check("--no-baseline").code == ExitCode.FINDINGS


def test_a_baseline_of_another_check_is_refused(repository: Repository) -> None:
    """Its findings have other names; the cure is in the message, and works."""
    repository.check("--write-baseline", "known.jsonl")
    ended = repository.check("--baseline", "known.jsonl", "--sensitivity", "high")
    assert (ended.code, ended.out) == (ExitCode.BAD_INPUT, "")
    assert "known.jsonl: this baseline was made by another check" in ended.err
    assert "write it again with --write-baseline known.jsonl" in ended.err
    assert repository.check("--write-baseline", "known.jsonl", "--sensitivity", "high").code == ExitCode.CLEAN
    missing = repository.check("--baseline", "none.jsonl")
    assert "none.jsonl: there is no such baseline; make one with --write-baseline" in missing.err


def test_a_new_baseline_takes_over_what_an_older_one_says(repository: Repository) -> None:
    """Whoever names both wants the reasons that people gave in the new one too."""
    repository.check("--write-baseline", "old.jsonl")
    old = repository.folder / "old.jsonl"
    said = old.read_text(encoding="utf-8").replace('"accepted"', '"ignored", "reason": "船内の規則は別にある"')
    old.write_text(said, encoding="utf-8")
    assert repository.check("--baseline", "old.jsonl", "--write-baseline", "new.jsonl").code == ExitCode.CLEAN
    assert (repository.folder / "new.jsonl").read_text(encoding="utf-8") == said


def test_paths_with_settings_of_their_own_share_a_baseline_and_a_report(repository: Repository) -> None:
    """An override gives some documents another signature: both are noted, printed once each, and known again."""
    override = "check.encoder = 'use'\n[[override]]\npaths = ['legal/']\ncheck.sensitivity = 'high'\n"
    (repository.folder / "tui-reader.toml").write_text(override, encoding="utf-8")
    (repository.folder / "legal").mkdir()
    for name in ("a.tsv", "b.tsv", "legal/c.tsv"):
        pairs = f"id\tsource\ttarget\n{name}\tThe pier closed on 3 March.\t桟橋は3月4日に閉鎖された。\n"
        (repository.folder / name).write_text(pairs, encoding="utf-8")
    files = ["a.tsv", "legal/c.tsv", "b.tsv"]
    written = repository.run("check", *files, "--write-baseline", "known.jsonl")
    assert (written.code, "holds 3 findings" in written.err) == (ExitCode.CLEAN, True)
    signatures = [line for line in written.out.splitlines() if line.startswith("tui-reader:")]
    assert [line.rpartition(":")[2] for line in signatures] == ["normal", "high"]
    for known in (files, files[:1], files[1:2]):
        assert repository.run("check", *known, "--baseline", "known.jsonl").code == ExitCode.CLEAN
    repository.run("check", *files, "--format", "json", "--output", "old.json")
    for known in (files, files[1:2]):
        assert repository.run("check", *known, "--diff-report", "old.json").code == ExitCode.CLEAN
    ended = repository.run("check", "a.tsv", "--sensitivity", "low", "--diff-report", "old.json")
    assert (ended.code, "this report was made by another check" in ended.err) == (ExitCode.BAD_INPUT, True)


def test_only_what_changed_since_a_revision(repository: Repository) -> None:
    """The old omission is not reported, a new one is: also where the change is a deletion, or in the source."""
    assert repository.found("--changed-since", "HEAD") == []
    repository.write(FERRY, LOST, CAFE)
    assert any("Children" in words for words in repository.found("--changed-since", "HEAD"))
    assert not any("captain" in words for words in repository.found("--changed-since", "HEAD"))
    repository.write(FERRY, LOST, CHILDREN)
    added = ENGLISH.replace("pier.", "pier. Whoever arrives late must pay a fine of ten silver coins.")
    (repository.folder / "ferry.en.md").write_text(added, encoding="utf-8")
    assert any("fine" in words for words in repository.found("--changed-since", "HEAD"))


def test_what_git_takes_for_binary_has_changed_as_a_whole(repository: Repository) -> None:
    """A text in UTF-16 that lost a sentence does not pass as unchanged; untouched, or made executable, it does."""
    file, paragraphs = repository.folder / "ferry.ja.md", [FERRY, CAPTAIN, CHILDREN]
    file.write_text(page(*paragraphs), encoding="utf-16")
    repository.commit()
    file.chmod(0o755)
    assert repository.found("--changed-since", "HEAD") == []
    file.write_text(page(FERRY, LOST, CHILDREN), encoding="utf-16")
    assert repository.check("--changed-since", "HEAD").code == ExitCode.FINDINGS


def test_what_is_shown_instead_of_a_file_moves_no_lines(repository: Repository) -> None:
    """A filter that git shows changes through (textconv) has lines of its own, which are not those of the file."""
    (repository.folder / ".gitattributes").write_text("*.md diff=words\n", encoding="utf-8")
    subprocess.run(["git", "config", "diff.words.textconv", "echo one line #"], cwd=repository.folder, check=True)
    repository.write(FERRY, LOST, CAFE)
    assert any("Children" in words for words in repository.found("--changed-since", "HEAD"))


def test_a_wrong_revision_is_one_line(repository: Repository) -> None:
    """Neither an unknown name nor something that looks like an option reaches git's own messages."""
    for revision in ("none", "--output=x"):
        ended = repository.check(f"--changed-since={revision}")
        assert (ended.code, ended.err.count("\n")) == (ExitCode.BAD_INPUT, 1)
        assert f"git knows no revision '{revision}' here" in ended.err
    assert not (repository.folder / "x").exists()


def test_only_what_an_older_report_lacks(repository: Repository) -> None:
    """Findings of the older report are left out; how many are new and gone is said."""
    for name in ("jsonl", "json"):
        repository.write(FERRY, LOST, CHILDREN)
        repository.check("--rule", "addition=off", "--format", name, "--output", f"old.{name}")
        repository.write(FERRY, CAPTAIN, CAFE)
        ended = repository.check("--rule", "addition=off", "--diff-report", f"old.{name}")
        assert ended.code == ExitCode.FINDINGS
        assert f"compared with old.{name}: 1 new, 0 still there, 1 gone: " in ended.err
    (repository.folder / "old.json").write_text('{"a": 1}', encoding="utf-8")
    assert "old.json:1: this is no report of tui-reader" in repository.check("--diff-report", "old.json").err


def test_a_remark_with_a_reason_ignores(repository: Repository) -> None:
    """The comment before the paragraph takes its finding away; without a reason it does not, and that is said."""
    reason = "<!-- tui-reader ignore omission: 船内の規則は別のページにある -->"
    repository.write(FERRY, f"{reason}\n{LOST}", CHILDREN)
    assert repository.check().code == ExitCode.CLEAN
    repository.write(FERRY, f"<!-- tui-reader ignore omission -->\n{LOST}", CHILDREN)
    ended = repository.check()
    assert ended.code == ExitCode.FINDINGS
    assert "ferry.ja.md:7:1: this remark ignores nothing: it gives no reason; write tui-reader ignore" in ended.err


def test_limits(repository: Repository) -> None:
    """Rules, numbers of findings and scores each decide about the exit code."""
    codes = {
        flags: repository.check(*flags).code
        for flags in [
            ("--fail-on", "addition"),
            ("--fail-on", "addition,omission"),
            ("--fail-on", "addition", "--fail-on", "omission"),
            ("--max-findings", "1"),
            ("--fail-on", "never", "--min-score", "99"),
            ("--fail-on", "never", "--min-score", "1"),
        ]
    }
    assert list(codes.values()) == [0, 1, 1, 0, 1, 0]
    assert "ferry.ja.md: score" in repository.check("--min-score", "99").err


def test_reports_go_to_files_and_stdout_at_once(repository: Repository) -> None:
    """Each --output belongs to the --format before it; two reports on stdout are refused."""
    ended = repository.check("--format", "jsonl", "--output", "a.jsonl", "--format", "text")
    assert "1 statement found" in ended.out
    lines = (repository.folder / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert all("findings" in json.loads(line) for line in lines)
    twice = repository.check("--format", "jsonl", "--format", "text")
    assert (twice.code, "two reports cannot both go to stdout" in twice.err) == (ExitCode.BAD_INPUT, True)
    assert "gone/a: it cannot be written" in repository.check("--format", "text", "--output", "gone/a").err


def test_what_counts() -> None:
    """Severities include the graver ones; a misspelt word names its neighbour."""
    assert FailOn.of("warning", "x") == FailOn(Severity.WARNING)
    assert FailOn.of("never", "x") == FailOn(None)
    assert FailOn.of("error, addition", "x") == FailOn(Severity.ERROR, frozenset({"addition"}))
    with pytest.raises(SettingsError, match=r"a.toml: check.fail_on cannot be 'omision'.* did you mean 'omission'"):
        FailOn.of("omision", "a.toml")
    with pytest.raises(SettingsError, match=r"a.toml: check.fail_on cannot be 'eror'.* did you mean 'error'"):
        FailOn.of("eror", "a.toml")
    with pytest.raises(SettingsError, match="never and something else"):
        FailOn.of("never,error", "x")


@pytest.mark.parametrize("words", ["", ",", " , "])
def test_a_gate_of_nothing_is_refused(words: str) -> None:
    """An empty variable of a pipeline does not switch the gate off without a word; that is what never is for."""
    with pytest.raises(SettingsError, match="may be error, warning, info, never, or codes of rules"):
        FailOn.of(words, "x")
