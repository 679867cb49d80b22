"""Which families of rules there are, and which rules."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from tui_reader.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tui_reader.checks.family import Family
    from tui_reader.checks.rules import Rule

BUILT_IN = (
    "tui_reader.checks.coverage.family:Coverage",
    "tui_reader.checks.facts.numbers:Numbers",
    "tui_reader.checks.facts.names:Names",
    "tui_reader.checks.facts.markup:Markup",
    "tui_reader.checks.meaning.negation:Negation",
    "tui_reader.checks.meaning.opposed:Opposed",
    "tui_reader.checks.meaning.degree:Degree",
    "tui_reader.checks.meaning.modality:Modality",
    "tui_reader.checks.meaning.roles:Roles",
    "tui_reader.checks.meaning.tense:Tense",
    "tui_reader.checks.meaning.questions:Questions",
    "tui_reader.checks.wording.untranslated:Untranslated",
    "tui_reader.checks.wording.unrelated:Unrelated",
    "tui_reader.checks.wording.terms:Terms",
    "tui_reader.checks.wording.consistency:Consistency",
    "tui_reader.checks.wording.repeated:Repeated",
    "tui_reader.checks.wording.spelling:Spelling",
    "tui_reader.checks.wording.grammar:Grammar",
    "tui_reader.checks.wording.capitals:Capitals",
    "tui_reader.checks.wording.typography:Typography",
    "tui_reader.checks.wording.brackets:Brackets",
    "tui_reader.checks.wording.register:Register",
)
"""Where each `Family` lives, in the order in which `tui-reader rules` lists their rules."""

ENTRY_POINTS = "tui_reader.rules"
"""Other packages add a family by an entry point of this group that names their `Family` class."""


@cache
def families() -> tuple[type[Family], ...]:
    """All families, those of other packages after the built-in ones.

    Raises:
        SettingsError: another package's rule has the code of a rule that is there already.
    """
    built_in = [_loaded(home) for home in BUILT_IN]
    codes = {rule.code for family in built_in for rule in family.rules}
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow to import

    added: list[type[Family]] = []
    for entry in sorted(entry_points(group=ENTRY_POINTS)):
        family: type[Family] = entry.load()
        for rule in family.rules:
            if rule.code in codes:
                raise SettingsError(f"{entry.value}: there is a rule {rule.code!r} already; uninstall one of the two")
            codes.add(rule.code)
        added.append(family)
    return (*built_in, *added)


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its code."""
    return MappingProxyType({rule.code: rule for family in families() for rule in family.rules})


@cache
def signature() -> tuple[str, ...]:
    """Families of other packages, for the signature of a report."""
    return tuple(f"{family.__module__}:{family.__name__}" for family in families()[len(BUILT_IN) :])


def rule(code: str, origin: str) -> Rule:
    """The rule with this code.

    Args:
        code: of a rule.
        origin: who asks: a file, a flag.

    Raises:
        SettingsError: there is none; the message names the nearest.
    """
    known = rules()
    if code not in known:
        from rapidfuzz import process  # noqa: PLC0415 - only a mistake pays for it

        raise SettingsError(
            f"{origin}: no rule is called {code!r}; did you mean {process.extractOne(code, list(known))[0]!r}?"
        )
    return known[code]


def require_known(codes: Iterable[str], origins: Mapping[str, str]) -> None:
    """Look whether every code that the settings name exists.

    Args:
        codes: of rules.
        origins: for ``rules.CODE``, where it was set.

    Raises:
        SettingsError: one does not.
    """
    for code in codes:
        rule(code, origins.get(f"rules.{code}", "rules"))


def _loaded(home: str) -> type[Family]:
    module, _, name = home.partition(":")
    family: type[Family] = getattr(import_module(module), name)
    return family
