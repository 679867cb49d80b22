"""The program as it is shipped: what a wheel and an sdist hold, and that both work once unpacked."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import zipfile
from email.parser import Parser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import tui_reader
from tui_reader.corpus import corpus_path, documents

if TYPE_CHECKING:
    from email.message import Message

ROOT = Path(__file__).resolve().parents[1]


def build(project: Path, target: str, folder: Path) -> Path:
    """Build with the installed backend, offline, and return the one file that it makes."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl" if target == "wheel" else "*.tar.gz")
    return built


@pytest.fixture(scope="module")
def unpacked_sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as somebody gets it from the sdist."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(build(ROOT, "sdist", folder)) as archive:
        archive.extractall(folder, filter="data")
    (project,) = (path for path in folder.iterdir() if path.is_dir())
    return project


@pytest.fixture(scope="module")
def wheel(unpacked_sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from the unpacked sdist, the way an installer without a wheel builds it."""
    return build(unpacked_sdist, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def unpacked_wheel(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's content, as in site-packages."""
    folder = tmp_path_factory.mktemp("site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def metadata(unpacked_wheel: Path) -> Message:
    """The wheel's core metadata."""
    (path,) = unpacked_wheel.glob("*.dist-info/METADATA")
    return Parser().parsestr(path.read_text(encoding="utf-8"))


def corpus_of(import_folder: Path) -> list[Path]:
    """What `documents()` says in an interpreter that has only this folder and the standard library."""
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from tui_reader.corpus import documents\n"
        "print('\\n'.join(map(str, documents())))"
    )
    command = [sys.executable, "-I", "-S", "-B", "-c", program, str(import_folder)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return [Path(line) for line in done.stdout.splitlines()]


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below the folder by its relative name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_corpus_file_travels_in_the_wheel(unpacked_wheel: Path) -> None:
    """The wheel's corpus is the checkout's, byte for byte, but for the pairs that only fitting needs."""
    here = {name: content for name, content in files_of(ROOT / "corpus").items() if not name.startswith("fitting/")}
    assert files_of(unpacked_wheel / "tui_reader" / "_corpus") == here


def test_every_translation_of_the_reader_travels_in_the_wheel(unpacked_wheel: Path) -> None:
    """Without its catalogues an installed reader would speak English whatever it is told."""
    locale = Path("tui_reader/tui/locale")
    here = files_of(ROOT / "src" / locale)
    assert {"ja.po", "rules/ja.po"} <= here.keys()
    assert files_of(unpacked_wheel / locale) == here


def test_documents_are_found_in_a_wheel(unpacked_wheel: Path) -> None:
    """An installed program finds its corpus inside its own package."""
    found = corpus_of(unpacked_wheel)
    assert [path.name for path in found] == [path.name for path in documents()]
    assert all(path.is_relative_to(unpacked_wheel.resolve()) for path in found)


def test_documents_are_found_in_an_sdist(unpacked_sdist: Path) -> None:
    """Run from an unpacked sdist, the program finds the corpus at the top of it."""
    found = corpus_of(unpacked_sdist / "src")
    assert [path.name for path in found] == [path.name for path in documents()]
    assert all(path.is_relative_to(unpacked_sdist.resolve()) for path in found)


def test_documents_are_found_in_an_editable_install(tmp_path: Path) -> None:
    """An editable install reads the checkout's corpus, so that an edit shows at once."""
    program = "import sys, hatchling.build; print(hatchling.build.build_editable(sys.argv[1]))"
    command = [sys.executable, "-c", program, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(tmp_path / done.stdout.split()[-1]) as archive:
        (path_file,) = (name for name in archive.namelist() if name.endswith(".pth"))
        import_folder = Path(archive.read(path_file).decode().strip())
    assert corpus_of(import_folder) == sorted(path.parent for path in (ROOT / "corpus").glob("*/document.toml"))


def test_every_document_names_files_that_exist() -> None:
    """A bundled folder without its text or a source would open as an error on a newcomer's first run."""
    assert len(documents()) >= 2
    for folder in documents():
        named = re.findall(
            r'^(?:text|file) = "(.+)"$', (folder / "document.toml").read_text(encoding="utf-8"), re.MULTILINE
        )
        assert len(named) >= 2, folder
        assert [name for name in named if not (folder / name).is_file()] == []


def test_the_corpus_says_that_it_is_fiction_and_free() -> None:
    """Whoever finds a document apart from the rest can tell that it is invented and CC0."""
    assert "CC0-1.0" in (corpus_path() / "LICENSE").read_text(encoding="utf-8")
    for folder in documents():
        label = (folder / "document.toml").read_text(encoding="utf-8").splitlines()[0]
        assert "fictional" in label.lower(), folder
        assert "CC0-1.0" in label, folder
        sources = [path for path in folder.rglob("*.md") if not path.name.startswith("text.")]
        assert sources
        assert [path for path in sources if "Fictional" not in path.read_text(encoding="utf-8")] == []


def test_a_broken_installation_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without its corpus the program names the missing folder and the cure instead of opening nothing."""
    monkeypatch.setattr("tui_reader.corpus._PLACES", (tmp_path / "_corpus",))
    with pytest.raises(tui_reader.InputError, match="_corpus: the bundled corpus is missing; install"):
        corpus_path()


def test_the_wheel_holds_the_package_and_nothing_else(unpacked_wheel: Path) -> None:
    """Tests, documentation and caches stay out of users' site-packages; types and licences go in."""
    names = set(files_of(unpacked_wheel))
    (info,) = unpacked_wheel.glob("*.dist-info")
    assert {name.split("/")[0] for name in names} == {"tui_reader", info.name}
    assert {"tui_reader/py.typed", "tui_reader/__main__.py"} <= names
    assert {f"{info.name}/licenses/LICENSE", f"{info.name}/licenses/NOTICE"} <= names
    assert [name for name in names if name.endswith(".pyc") or "/tests/" in name] == []


def test_every_file_of_the_package_travels_in_the_wheel(unpacked_wheel: Path) -> None:
    """An ignore rule or a build option that drops a module, or fitted parameters, would break installs only."""
    package = {name for name in files_of(ROOT / "src") if "__pycache__" not in name}
    assert package <= set(files_of(unpacked_wheel))


def test_the_metadata_say_what_the_package_says(unpacked_wheel: Path) -> None:
    """Version, licence, command and Python floor in the wheel are the ones that the project promises."""
    fields = metadata(unpacked_wheel)
    assert fields["Version"] == tui_reader.__version__
    assert fields["License-Expression"] == "Apache-2.0"
    assert fields["Requires-Python"] == ">=3.11"
    (entry_points,) = unpacked_wheel.glob("*.dist-info/entry_points.txt")
    assert "tui-reader = tui_reader.__main__:main" in entry_points.read_text(encoding="utf-8")


def test_every_dependency_is_explained(unpacked_wheel: Path) -> None:
    """Each package that pyproject asks for has its row in docs/dependencies.md, and no row outlives its package."""
    required = metadata(unpacked_wheel).get_all("Requires-Dist") or []
    asked = {re.split(r"[ <>=!~;\[]", requirement, maxsplit=1)[0].lower() for requirement in required}
    rows = re.findall(
        r"^\| `([^`]+)` \|", (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(asked | {"hatchling"}) == sorted(row.lower() for row in rows)


def test_the_sdist_can_be_tested(unpacked_sdist: Path) -> None:
    """A packager who has only the sdist gets the tests, the documents they read and the licences."""
    names = set(files_of(unpacked_sdist))
    assert {"tests/conftest.py", "tests/test_packaging.py", "docs/dependencies.md", "LICENSE", "README.md"} <= names
    assert {f"corpus/{name}" for name in files_of(ROOT / "corpus")} <= names
