"""Where settings come from, which wins, and how mistakes are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui_reader import settings
from tui_reader.errors import SettingsError
from tui_reader.settings import CheckSettings, Settings, load, load_with_origins

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings but those of the test: a user file below the test's folder, no variables."""
    monkeypatch.setattr(settings, "user_path", lambda: tmp_path / "user/settings.toml")
    for key in settings.keys().values():
        monkeypatch.delenv(f"TUI_READER_{key.table}_{key.name}".upper(), raising=False)


def put(path: Path, content: str) -> Path:
    """A file with this content, its folder made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def test_defaults_hold_where_nothing_is_set(tmp_path: Path) -> None:
    """No file and no variable is the ordinary case."""
    assert load(tmp_path) == Settings()


def test_flags_beat_environment_beats_project_beats_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each level overrides the one below it, key by key, and the origin of each value is known."""
    user = put(
        tmp_path / "user/settings.toml", "[check]\nencoder='u'\nsensitivity='low'\n[reader]\nambiguous_width=2\n"
    )
    project = put(tmp_path / "p/tui-reader.toml", "[check]\nencoder = 'p'\nfail_on = 'never'\n")
    assert load(tmp_path / "p").check == CheckSettings("p", "low", "never")
    monkeypatch.setenv("TUI_READER_CHECK_ENCODER", "e")
    assert load(tmp_path / "p").check.encoder == "e"
    loaded = load_with_origins(tmp_path / "p", {"check.encoder": "f", "check.sensitivity": None})
    assert loaded.settings.check == CheckSettings("f", "low", "never")
    assert loaded.origins == {
        "check.encoder": "flag",
        "check.sensitivity": str(user),
        "check.fail_on": str(project),
        "check.cache": "default",
        "check.threads": "default",
        "check.glossary": "default",
        "check.forbidden": "default",
        "reader.ambiguous_width": str(user),
        "reader.width": "default",
        "reader.hanging": "default",
        "reader.line_breaks": "default",
        "reader.readings": "default",
        "reader.theme": "default",
        "reader.language": "default",
    }


def test_project_is_searched_upward(tmp_path: Path) -> None:
    """A pyproject.toml without our table is passed over; one with it is used; tui-reader.toml wins beside it."""
    put(tmp_path / "pyproject.toml", "[tool.tui-reader.check]\nencoder = 'top'\n")
    put(tmp_path / "a/pyproject.toml", "[tool.other]\nx = 1\n")
    (tmp_path / "a/b").mkdir()
    assert load(tmp_path / "a/b").check.encoder == "top"
    put(tmp_path / "tui-reader.toml", "[check]\nencoder = 'own'\n")
    assert load(tmp_path / "a/b").check.encoder == "own"


def test_environment_gives_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable is a string, the setting a number."""
    monkeypatch.setenv("TUI_READER_READER_AMBIGUOUS_WIDTH", "2")
    assert load(tmp_path).reader.ambiguous_width == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[check]\nencodr = 'x'", r"tui-reader.toml: unknown key check.encodr; did you mean check.encoder\?"),
        ("[chek]\nencoder = 'x'", r"unknown table \[chek\]; did you mean \[check\]\?"),
        ("encoder = 'x'", r"unknown table \[encoder\]"),
        ("check = 'x'", r"check must be a table; write \[check\]"),
        ("[check]\nsensitivity = 'hihg'", r"check.sensitivity cannot be 'hihg'; it may be low, normal, high .*high\?"),
        ("[check]\nencoder = 3", r"check.encoder must be a string"),
        ("[reader]\nambiguous_width = true", r"cannot be True; it may be 1, 2"),
        ("[check\n", r"tui-reader.toml: this is not valid TOML"),
    ],
)
def test_mistakes_name_file_key_and_cure(tmp_path: Path, content: str, message: str) -> None:
    """Every mistake is one line with the file, the key and the nearest valid one."""
    put(tmp_path / "tui-reader.toml", content)
    with pytest.raises(SettingsError, match=message):
        load(tmp_path)


def test_unknown_variables_of_our_tables_are_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt variable is not silently ignored; variables of other purposes are left alone."""
    monkeypatch.setenv("TUI_READER_REQUIRE_TOOLS", "1")
    load(tmp_path)
    monkeypatch.setenv("TUI_READER_CHECK_ENCODR", "x")
    with pytest.raises(SettingsError, match="did you mean TUI_READER_CHECK_ENCODER"):
        load(tmp_path)


def test_levels_of_rules_come_from_every_origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table [rules] is merged code by code; whether a code exists is for the checks to say."""
    put(tmp_path / "tui-reader.toml", "[rules]\nnumber = 'off'\nname = 'info'\n")
    monkeypatch.setenv("TUI_READER_RULES_DOUBLED_SPACE", "on")
    loaded = load_with_origins(tmp_path, {"rules.name": "error"})
    assert loaded.settings.check.rules == (("doubled-space", "on"), ("name", "error"), ("number", "off"))
    assert loaded.origins["rules.doubled-space"] == "TUI_READER_RULES_DOUBLED_SPACE"
    assert loaded.origins["rules.name"] == "flag"


def test_an_impossible_level_is_an_error(tmp_path: Path) -> None:
    """The message lists the levels that there are."""
    put(tmp_path / "tui-reader.toml", "[rules]\nnumber = 'of'\n")
    with pytest.raises(SettingsError, match=r"rules\.number cannot be 'of'; it may be off, on, error.*mean off"):
        load(tmp_path)


def test_unknown_flags_are_errors(tmp_path: Path) -> None:
    """A caller's misspelt override fails as loudly as a file's."""
    with pytest.raises(SettingsError, match=r"flag: unknown key check\.sensitivty"):
        load(tmp_path, {"check.sensitivty": "low"})


OVERRIDES = """
[check]
sensitivity = "low"
[[override]]
paths = ["legal/", "*.draft.md"]
[override.check]
sensitivity = "high"
fail_on = "warning"
[override.rules]
number = "off"
[[override]]
paths = ["legal/old/**", "!legal/old/kept.md"]
check.sensitivity = "normal"
"""


def test_overrides_hold_for_their_paths(tmp_path: Path) -> None:
    """Patterns are those of .gitignore, relative to the file; a later override wins; other paths keep the rest."""
    put(tmp_path / "tui-reader.toml", OVERRIDES)
    found = load(tmp_path)

    def at(name: str) -> tuple[str, str, dict[str, str]]:
        check = found.at(tmp_path / name).check
        return check.sensitivity, check.fail_on, dict(check.rules)

    assert at("a.md") == ("low", "error", {})
    assert at("legal/a.md") == at("b/c.draft.md") == ("high", "warning", {"number": "off"})
    assert at("legal/old/a.md") == ("normal", "warning", {"number": "off"})
    assert at("legal/old/kept.md") == ("high", "warning", {"number": "off"})
    assert found.at(None).check.sensitivity == found.at(tmp_path.parent / "legal/a.md").check.sensitivity == "low"


def test_flags_and_environment_beat_overrides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who says it on the command line means every file."""
    put(tmp_path / "tui-reader.toml", OVERRIDES)
    assert load(tmp_path, {"check.sensitivity": "normal"}).at(tmp_path / "legal/a.md").check.sensitivity == "normal"
    monkeypatch.setenv("TUI_READER_RULES_NUMBER", "error")
    assert dict(load(tmp_path).at(tmp_path / "legal/a.md").check.rules) == {"number": "error"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "[[override]]\n[override.check]\nencoder='x'",
            r"override 1: it must name the files it is for; write paths = ",
        ),
        ("[[override]]\npaths = 'legal'", r"override 1: it must name the files"),
        ("[override]\npaths = ['legal']", r"override must be a list of tables; write \[\[override\]\]"),
        (
            "[[override]]\npaths = ['a']\n[override.chek]\n",
            r"override 1: unknown table \[chek\]; did you mean \[check\]",
        ),
        ("[[override]]\npaths = ['a']\ncheck.sensitivity = 'x'", r"override 1: check.sensitivity cannot be 'x'"),
        ("[[override]]\npaths = ['a']\ncheck.sensitivty = 'low'", r"did you mean check.sensitivity\?"),
        ("[overide]\n", r"unknown table \[overide\]; did you mean \[override\]"),
    ],
)
def test_mistakes_in_overrides_name_their_number(tmp_path: Path, content: str, message: str) -> None:
    """The message says which override of the file is meant."""
    put(tmp_path / "tui-reader.toml", content)
    with pytest.raises(SettingsError, match=message):
        load(tmp_path)


def test_a_glossary_stands_beside_the_settings_that_name_it(tmp_path: Path) -> None:
    """Wherever in a project the program is started, the same file is meant; a flag counts from where one is."""
    put(tmp_path / "tui-reader.toml", "[check]\nglossary = 'words/terms.csv'\nforbidden = ''\n")
    deep = tmp_path / "docs/deep"
    deep.mkdir(parents=True)
    assert load(deep).check.glossary == str(tmp_path / "words/terms.csv")
    assert load(deep, {"check.glossary": "terms.csv"}).check.glossary == "terms.csv"


def test_keys_of_the_reader_are_a_table_of_their_own(tmp_path: Path) -> None:
    """Names of commands have a dot, which TOML takes for a table: both spellings mean the same."""
    project = tmp_path / "tui-reader.toml"
    project.write_text('[keys]\nbead.next = "n"\n"bead.previous" = "p,up"\n', encoding="utf-8")
    assert load(tmp_path).reader.keys == (("bead.next", "n"), ("bead.previous", "p,up"))
    project.write_text("[keys]\nbead.next = 3\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"keys\.bead\.next must be a string"):
        load(tmp_path)
