"""The documentation is true and builds: its commands run, its generated pages are current, its links resolve."""

from __future__ import annotations

import importlib.util
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui_reader import check, corpus, read
from tui_reader.cli.diagnostics import ExitCode
from tui_reader.cli.main import COMMANDS, run
from tui_reader.encoders import available
from tui_reader.settings import CheckSettings, Settings

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("**/*.md"))]
UNTRIED = {"commands.md", "rules.md"}
"""Pages that show help, not commands to type."""
TINY, SMALL = "towpath-swans", "ember-moths"


def generator() -> ModuleType:
    """The script that writes pages from the code."""
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_pages_are_current(tmp_path: Path) -> None:
    """What the reference says is what the code does: after a change of either, run python docs/generate.py."""
    # In a process of its own: click remembers the flags of whatever context asked for them first.
    subprocess.run([sys.executable, DOCS / "generate.py", "--to", tmp_path], check=True)
    for name in generator().PAGES:
        assert (tmp_path / name).read_text(encoding="utf-8") == (DOCS / name).read_text(encoding="utf-8"), name


def shown() -> list[str]:
    """Every ``tui-reader …`` that a page shows on a line of its own, once."""
    pages = "\n".join(page.read_text(encoding="utf-8") for page in PAGES if page.name not in UNTRIED)
    lines = re.findall(r"^ {4,8}(?:\$ )?(tui-reader(?: .*)?)$", pages, re.MULTILINE)
    return sorted({re.split(r" {2,}", line)[0] for line in lines})


def needs_a_person(line: str) -> bool:
    """Whether a command opens the reader, or has a word in capitals for something that only the user knows.

    Runs over whole data sets are left to the tests of those: they start processes of their own, or need a cluster.
    """
    words = shlex.split(line)[1:]
    if any(word.startswith("data/") for word in words):
        return True
    opens = not words or words[0] not in COMMANDS or words[0] == "read"
    return opens or any(re.fullmatch(r"(?!HEAD)[A-Z]{3,}", word) for word in words)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with everything that the pages mention: documents, an article, statements, pairs, a repository."""
    folder = tmp_path_factory.mktemp("desk")
    for name in (TINY, SMALL):
        shutil.copytree(ROOT / "corpus" / name, folder / "corpus" / name)
    tiny = folder / "corpus" / TINY
    (folder / "statements").mkdir()
    shutil.copy(tiny / "towpath-swans.en.md", folder / "statements" / "swans.en.md")
    shutil.copy(tiny / "text.ja.md", folder / "article.txt")
    shutil.copytree(tiny, folder / "docs" / "ja")
    text = (tiny / "text.ja.md").read_text(encoding="utf-8")
    for article in ("article.md", "docs/ja/article.md"):
        beside = "statements/swans.en.md" if article == "article.md" else "towpath-swans.en.md"
        (folder / article).write_text(f"---\nsources: [{beside}]\n---\n\n{text}", encoding="utf-8")
    (folder / "source.txt").write_text("Dogs bark.\nCats sleep.\n", encoding="utf-8")
    (folder / "target.txt").write_text("犬がほえる。\n猫は眠る。\n", encoding="utf-8")
    pairs = "id\tsource\ttarget\np1\tDogs bark .\t犬 が ほえる 。\n"
    (folder / "pairs.tsv").write_text(pairs, encoding="utf-8")
    git = ["git", "-c", "user.name=n", "-c", "user.email=e@example.org"]
    branch = ["update-ref", "refs/remotes/origin/main", "HEAD"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "All"], branch):
        subprocess.run([*git, *words], cwd=folder, check=True)
    return folder


def test_every_shown_command_runs(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody who types what a page shows gets an answer, not a complaint. One process, so that weights load once."""
    monkeypatch.chdir(desk)
    monkeypatch.setenv("TUI_READER_CHECK_ENCODER", "use")
    monkeypatch.setattr(corpus, "_PLACES", (desk / "corpus",))
    lines = [line for line in shown() if not needs_a_person(line)]
    # What one command writes, another reads: baselines and older runs come first.
    lines.sort(key=lambda line: ("--baseline" in line or "--compare" in line or "--diff-report" in line, line))
    assert len(lines) > 20
    failures = {}
    for line in lines:
        words = shlex.split(line)[1:]
        # What a command reads from standard input is one pair, a line of JSON.
        piped = io.TextIOWrapper(
            io.BytesIO(b'{"id": "p1", "source": "It rains.", "target": "\\u96e8\\u3060\\u3002"}\n')
        )
        monkeypatch.setattr(sys, "stdin", piped)
        code = run(with_real_fingerprint(words, capsys))
        if code not in {ExitCode.CLEAN, ExitCode.FINDINGS}:
            failures[line] = capsys.readouterr().err
    assert failures == {}


def test_the_shown_python_runs(desk: Path) -> None:
    """What the page on Python shows can be pasted and prints findings."""
    blocks = re.findall(r"(?:^ {4}.*\n|^\n(?= {4}))+", (DOCS / "api.md").read_text(encoding="utf-8"), re.MULTILINE)
    program = textwrap.dedent(next(block for block in blocks if "import tui_reader" in block))
    done = subprocess.run([sys.executable, "-c", program], cwd=desk, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "omission Span(start=" in done.stdout


def with_real_fingerprint(words: list[str], capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The words of a command; what ``explain`` names is the first finding, since other encoders find other things."""
    if words[0] != "explain":
        return words
    capsys.readouterr()
    run(["check", *words[2:], "--format", "jsonl", "--no-baseline"])
    found = re.search(r'"fingerprint": "(\w+)"', capsys.readouterr().out)
    assert found
    return [words[0], found[1], *words[2:]]


def test_the_example_of_the_readme_is_what_a_check_says() -> None:
    """The findings that the readme shows are found; after a change, run python docs/generate.py --example."""
    if "e5" not in available():
        pytest.skip("the example was made with both encoders, and e5 is not installed")
    shown_there = re.findall(r"\[([0-9a-f]{12})\]$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    report = check(read(ROOT / generator().EXAMPLE), Settings(check=CheckSettings(encoder="both")))
    assert len(shown_there) == 2
    assert set(shown_there) <= {finding.fingerprint for _, finding in report.findings}


def test_the_tutorial_explains_a_finding_that_is_there() -> None:
    """Whoever types the tutorial's ``explain`` gets an answer; after a change, take a name that the check prints."""
    if "e5" not in available():
        pytest.skip("the tutorial was written with both encoders, and e5 is not installed")
    typed = re.findall(
        rf"tui-reader explain (\w+) corpus/{TINY}$", (DOCS / "tutorial.md").read_text("utf-8"), re.MULTILINE
    )
    report = check(read(ROOT / "corpus" / TINY), Settings(check=CheckSettings(encoder="both")))
    assert len(typed) == 1
    assert typed[0] in {finding.fingerprint for _, finding in report.findings}


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as MkDocs and forges name them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    plain = (re.sub(r"[^\w\s-]", "", heading.lower()).strip() for heading in headings)
    return {re.sub(r"[\s]+", "-", heading) for heading in plain}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_into_pages_name_a_heading(page: Path) -> None:
    """A link to a section that was renamed lands at the top of a page, and the reader is lost."""
    links = re.findall(r"\]\((?!https?://)([^)#]*)#([^)]+)\)", page.read_text(encoding="utf-8"))
    broken = [
        (target, anchor) for target, anchor in links if anchor not in anchors(page.parent / target if target else page)
    ]
    assert broken == []


def test_every_page_can_be_reached() -> None:
    """A page that no navigation and no other page names is read by nobody."""
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    texts = {page: page.read_text(encoding="utf-8") for page in PAGES}
    linked = {
        (page.parent / target).resolve()
        for page, text in texts.items()
        for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", text)
    }
    lost = [
        page.relative_to(ROOT).as_posix()
        for page in DOCS.glob("**/*.md")
        if page.relative_to(DOCS).as_posix() not in navigation and page not in linked
    ]
    assert lost == []


def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    """With the extra docs installed, MkDocs accepts every page, link and name."""
    for name in ("mkdocs", "material", "mkdocstrings"):
        pytest.importorskip(name, reason="the extra docs is not installed")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    page = (tmp_path / "site/api/index.html").read_text(encoding="utf-8")
    assert "check_all" in page
    assert not re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="https?://', page)
