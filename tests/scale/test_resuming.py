"""A run resumes after whatever happened to its output, and never mixes two measures."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pair_files
import pytest
from dataset_runs import PAIRS, SETTINGS, check, contents, threads

from tui_reader.errors import InputError
from tui_reader.scale.dataset import files_of
from tui_reader.scale.run import Job, Standing, run
from tui_reader.settings import CheckSettings, Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("remembering")


DAMAGE: dict[str, Callable[[Path], object]] = {
    "a part that was cut": lambda out: cut(first(out, "parts")),
    "a part with another byte": lambda out: flip(first(out, "parts")),
    "a part that is gone": lambda out: first(out, "parts").unlink(),
    "a receipt that was cut": lambda out: cut(first(out, "receipts")),
    "a receipt of another kind": lambda out: first(out, "receipts").write_text("[]", encoding="utf-8"),
    "a receipt that is gone": lambda out: first(out, "receipts").unlink(),
    "a manifest that was cut": lambda out: cut(out / "manifest.json"),
    "a manifest that is no text": lambda out: (out / "manifest.json").write_bytes(os.urandom(200)),
    "a manifest that is gone": lambda out: (out / "manifest.json").unlink(),
    "a summary that is gone": lambda out: (out / "summary.json").unlink(),
    "what a killed run leaves": lambda out: (out / "parts" / ".x.unfinished").write_text("{", encoding="utf-8"),
    "a part of rows that are gone": lambda out: (out / "parts" / "x.jsonl").write_text("{}\n", encoding="utf-8"),
}


def first(output: Path, folder: str) -> Path:
    """The first file of a folder of an output."""
    return min((output / folder).iterdir())


def cut(path: Path) -> None:
    """Leave half of a file."""
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def flip(path: Path) -> None:
    """Change one digit of a file, so that it is still well formed."""
    data = path.read_bytes()
    path.write_bytes(data.replace(b"0.", b"1.", 1))


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_output_is_mended(table: Path, undisturbed: Path, tmp_path: Path, damage: str) -> None:
    """Whatever is broken in the folder, the next run finds it and ends with what an undisturbed run has."""
    output = tmp_path / "out"
    shutil.copytree(undisturbed, output)
    DAMAGE[damage](output)
    result = check(table, output)
    assert contents(output) == contents(undisturbed)
    assert result.standing.kept >= result.standing.shards - 1


def test_new_rows_cost_only_themselves(table: Path, undisturbed: Path, tmp_path: Path) -> None:
    """A data set that has grown keeps the shards that have not changed."""
    path, output = tmp_path / "a.tsv", tmp_path / "out"
    pair_files.write_tsv(path, PAIRS)
    before = check(path, output)
    pair_files.write_tsv(path, [*PAIRS, *pair_files.pairs(77, document=5)[75:]])
    after = check(path, output)
    assert after.tally.pairs == before.tally.pairs + 2
    assert after.standing.kept == before.standing.shards - 1
    assert len(list((output / "parts").iterdir())) == after.standing.shards


def test_results_under_other_settings_are_not_mixed(table: Path, undisturbed: Path, tmp_path: Path) -> None:
    """Two signatures in one folder would be two measures in one table."""
    other = Settings(check=CheckSettings(encoder="use", sensitivity="high"))
    job = Job(files_of([str(table)]), undisturbed, "jsonl", other, 32)
    before = contents(undisturbed)
    with pytest.raises(InputError, match="sensitivity:normal"):
        run(job, threads(1), 2, lambda standing: None)
    assert contents(undisturbed) == before


def test_another_glossary_is_another_measure(tmp_path: Path) -> None:
    """Findings depend on its terms, so results under two of them are not mixed either."""
    path = pair_files.write_tsv(tmp_path / "a.tsv", pair_files.pairs(4))
    glossary = tmp_path / "terms.csv"
    chosen = Settings(check=CheckSettings(encoder="use", glossary=str(glossary)))
    job = Job(files_of([str(path)]), tmp_path / "out", "jsonl", chosen)
    glossary.write_text("source,target\nkettle,鉄瓶\n", encoding="utf-8")
    assert run(job, threads(1), 2, lambda standing: None).tally.count(["terminology"]) == 1
    glossary.write_text("source,target\nkettle,やかん\n", encoding="utf-8")
    with pytest.raises(InputError, match="terms:"):
        run(job, threads(1), 2, lambda standing: None)


def test_a_folder_of_something_else_is_refused(table: Path, tmp_path: Path) -> None:
    """A slip of the pen must not sweep through somebody's photographs."""
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(InputError, match="something else"):
        check(table, tmp_path)
    assert (tmp_path / "holiday.jpg").exists()


def test_two_runs_cannot_share_a_folder(table: Path, tmp_path: Path) -> None:
    """The second one is told, and the first goes on."""

    def again(_standing: Standing) -> None:
        with pytest.raises(InputError, match="another run"):
            check(table, tmp_path / "out")

    job = Job(files_of([str(table)]), tmp_path / "out", "jsonl", SETTINGS, 1000)
    assert run(job, threads(1), 2, again).tally.pairs == len(PAIRS)
