"""The JSON Schema of settings files, made from the tables themselves, for editors that complete and check TOML."""

from __future__ import annotations

import ast
import inspect
import textwrap
from dataclasses import fields
from itertools import pairwise
from typing import Any, get_args

from tui_reader.settings_file import OVERRIDE
from tui_reader.settings_tables import KEYS_TABLE, LARGEST_NUMBER, RULES_TABLE, TABLES, Key, RuleLevel, keys


def settings_schema() -> dict[str, Any]:
    """What `tui-reader.toml` and the table ``[tool.tui-reader]`` may hold."""
    tables: dict[str, Any] = {table: _table(table, kind) for table, kind in TABLES.items()}
    tables[RULES_TABLE] = {
        "type": "object",
        "description": "Levels of rules by their codes; tui-reader rules lists them.",
        "additionalProperties": {"enum": list(get_args(RuleLevel))},
    }
    tables[KEYS_TABLE] = {
        "type": "object",
        "description": "Other keys for commands of the reader, by their names; the guide lists them.",
        "additionalProperties": {"anyOf": [{"type": "string", "minLength": 1}, {"type": "object"}]},
    }
    paths = {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1}
    override = {
        "type": "object",
        "description": "Other values for some files of the project.",
        "properties": {"paths": paths | {"description": "Which files, as in .gitignore."}} | tables,
        "required": ["paths"],
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of tui-reader",
        "type": "object",
        "properties": tables | {OVERRIDE: {"type": "array", "items": override}},
        "additionalProperties": False,
    }


def _table(table: str, kind: type) -> dict[str, Any]:
    told, defaults = _docstrings(kind), {item.name: item.default for item in fields(kind)}
    known = [key for key in keys().values() if key.table == table]
    return {
        "type": "object",
        "description": " ".join((kind.__doc__ or "").replace("``", "").split()),
        "properties": {
            key.name: _value(key) | {"description": told[key.name], "default": defaults[key.name]} for key in known
        },
        "additionalProperties": False,
    }


def _value(key: Key) -> dict[str, Any]:
    if key.choices is not None:
        return {"enum": list(key.choices)}
    if key.type is int:
        return {"type": "integer", "minimum": 0, "maximum": LARGEST_NUMBER}
    return {"type": "string"}


def _docstrings(kind: type) -> dict[str, str]:
    """What stands below each attribute of a class."""
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    told: dict[str, str] = {}
    body = definition.body if isinstance(definition, ast.ClassDef) else []
    for attribute, below in pairwise(body):
        if (
            isinstance(attribute, ast.AnnAssign)
            and isinstance(attribute.target, ast.Name)
            and isinstance(below, ast.Expr)
        ):
            text = ast.literal_eval(below.value)
            told[attribute.target.id] = " ".join(str(text).replace("``", "").split())
    return told
