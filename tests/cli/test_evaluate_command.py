"""``tui-reader evaluate`` as a person runs it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from command import loaded, run

from annotated import write_document

if TYPE_CHECKING:
    from pathlib import Path


def test_figures_pages_and_mistakes(tmp_path: Path) -> None:
    """One run prints the tables, another writes JSON, which a third compares with itself."""
    write_document(tmp_path / "ferry")
    old = run(
        "evaluate", "ferry", "--encoder", "use", "--format", "json", "--output", "old.json", "--cases", "cases.jsonl",
        cwd=tmp_path,
    )  # fmt: skip
    assert (old.returncode, old.stdout, old.stderr) == (0, "", "")
    figures = json.loads((tmp_path / "old.json").read_text(encoding="utf-8"))
    assert {"precision", "recall", "f1"} <= figures.keys()
    assert figures["beads"] == 3
    written = [json.loads(line) for line in (tmp_path / "cases.jsonl").read_text(encoding="utf-8").splitlines()]
    missed = sum(seen["wanted"] - seen["found"] for seen in figures["types"].values())
    wrong = sum(verdicts["wrong"] for verdicts in figures["rules"].values())
    assert [sum(case["kind"] == kind for case in written) for kind in ("miss", "false alarm")] == [missed, wrong]
    again = run("evaluate", "ferry", "--encoder", "use", "--compare", "old.json", cwd=tmp_path)
    assert again.returncode == 0
    assert "Omissions and additions (half overlap)" in again.stdout
    assert "Compared on 1 documents" in again.stdout


def test_bad_input_is_one_line(tmp_path: Path) -> None:
    """No gold, no old run: said in a line, with exit code 2, before anything is encoded."""
    for arguments in (["."], ["--compare", "none.json"]):
        done = run("evaluate", *arguments, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.count("\n") == 1
        assert done.stderr.startswith("tui-reader: ")


def test_text_figures_load_no_plotting(tmp_path: Path) -> None:
    """Whoever reads figures in a terminal does not wait for a drawing library, nor for a terminal toolkit."""
    write_document(tmp_path / "ferry")
    assert not loaded("evaluate", "ferry", "--encoder", "use", cwd=tmp_path) & {"matplotlib", "textual", "rich"}
