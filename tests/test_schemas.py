"""The published schemas say what is written, no less and no more."""

from __future__ import annotations

import json
from copy import deepcopy
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from report_example import hostile_report, pair_report, report
from tui_reader.reports import registry
from tui_reader.reports.report import ReportOptions
from tui_reader.settings_schema import settings_schema

if TYPE_CHECKING:
    from tui_reader.model import Report

NAMES = ("report", "jsonl", "settings")
MADE = [report(), pair_report(), hostile_report(), hostile_report(pairs=True)]


def schema(name: str) -> Any:
    """One of the published schemas."""
    return json.loads(files("tui_reader").joinpath("schemas", f"{name}.schema.json").read_text(encoding="utf-8"))


def strict(part: Any) -> Any:
    """The same schema, but no key may be there that it does not name."""
    if isinstance(part, list):
        return [strict(one) for one in part]
    if not isinstance(part, dict):
        return part
    stricter = {key: strict(value) for key, value in part.items()}
    if "properties" in part and isinstance(part["properties"], dict) and "additionalProperties" not in part:
        stricter["additionalProperties"] = False
    return stricter


def faults(name: str, value: Any, *, of: Any = None) -> list[str]:
    """What a schema finds wrong."""
    shared = Registry().with_resource("report.schema.json", Resource.from_contents(strict(schema("report"))))
    validator = Draft202012Validator(of or strict(schema(name)), registry=shared)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def lines(name: str, made: Report, *, coverage: bool) -> list[str]:
    """A report in a format, alone."""
    writer = registry.writer(name)(ReportOptions(coverage=coverage))
    return [*writer.write(made), *writer.close()]


@pytest.mark.parametrize("name", NAMES)
def test_the_schemas_are_schemas(name: str) -> None:
    """Whoever loads one gets a valid schema of draft 2020-12."""
    Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("coverage", [False, True])
@pytest.mark.parametrize("made", MADE)
def test_reports_follow_their_schemas(made: Report, coverage: bool) -> None:
    """Every key that is written is named in the schema, with its type."""
    assert faults("report", json.loads("".join(lines("json", made, coverage=coverage)))) == []
    for line in lines("jsonl", made, coverage=coverage):
        assert faults("jsonl", json.loads(line)) == []


def test_the_schema_would_notice() -> None:
    """A missing key, a wrong type and an unknown key are each found."""
    good = json.loads(lines("jsonl", report(), coverage=False)[0])
    for change in ({"score": "high"}, {"findings": None}, {"new": 1}):
        assert faults("jsonl", good | change) != []
    less = deepcopy(good)
    del less["findings"][0]["fingerprint"]
    assert faults("jsonl", less) != []


def test_the_schema_of_settings_is_that_of_the_code() -> None:
    """``tui-reader config schema > src/tui_reader/schemas/settings.schema.json`` after a change of a table."""
    assert schema("settings") == settings_schema()


@pytest.mark.parametrize(
    ("settings", "valid"),
    [
        ({}, True),
        ({"check": {"encoder": "use", "threads": 2}, "rules": {"omission": "warning"}}, True),
        ({"override": [{"paths": ["docs/"], "check": {"sensitivity": "high"}, "rules": {"number": "off"}}]}, True),
        ({"check": {"sensitivity": "hihg"}}, False),
        ({"chek": {}}, False),
        ({"check": {"encodr": "use"}}, False),
        ({"rules": {"omission": "loud"}}, False),
        ({"override": [{"check": {}}]}, False),
    ],
)
def test_the_schema_of_settings_accepts_what_the_program_accepts(settings: dict[str, Any], valid: bool) -> None:
    """An editor that checks a settings file by it says what ``config validate`` would say."""
    assert (faults("settings", settings) == []) is valid
