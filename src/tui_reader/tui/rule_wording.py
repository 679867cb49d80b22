"""What rules, severities and signals are called in the language of the reader; codes stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.tui.language import later, tr

if TYPE_CHECKING:
    from tui_reader.model import Finding

TITLES = {
    "omission": later("Left out of the translation"),
    "addition": later("Put into the translation"),
    "number": later("Different number"),
    "date": later("Different date or time"),
    "unit": later("Different unit or currency"),
    "name": later("Different name"),
    "address": later("Different address"),
    "placeholder": later("Different placeholder"),
    "tag": later("Different tag"),
    "code": later("Different code"),
    "negation": later("Negation lost or put in"),
    "antonym": later("Translated by its opposite"),
    "degree": later("All against some"),
    "modality": later("Must against may"),
    "roles": later("Doer and receiver swapped"),
    "tense": later("Past against future"),
    "question": later("Question against statement"),
    "untranslated": later("Not translated"),
    "partly-untranslated": later("Words left in the language of the source"),
    "wrong-language": later("In a third language"),
    "unrelated": later("Not a translation of this source"),
    "terminology": later("Not the term of the glossary"),
    "forbidden-word": later("Forbidden word"),
    "inconsistent-translation": later("Same source, different translation"),
    "same-translation": later("Different source, same translation"),
    "repeated-word": later("Word repeated"),
    "spelling": later("Misspelled word"),
    "grammar": later("Grammatical slip"),
    "capital-letter": later("Lower case where a capital belongs"),
    "punctuation": later("Doubled or clashing punctuation"),
    "final-punctuation": later("Punctuation at the end differs"),
    "character-width": later("Full and half width mixed"),
    "doubled-space": later("Two spaces in a row"),
    "unpaired-bracket": later("Bracket without its partner"),
    "foreign-bracket": later("Brackets of the other language"),
    "register": later("です・ます beside だ・である"),
}
"""The titles of the rules that come with the program: what they are called in lists of rules, marked for translation.

They stand here once more because the reader's first frame needs no rule."""

SEVERITIES = {"error": later("error"), "warning": later("warning"), "info": later("info")}
SIGNALS = {
    name: name
    for name in (
        later("word probability"),
        later("deletion gain"),
        later("phrase similarity"),
        later("similarity"),
        later("negations in the source"),
        later("negations in the target"),
    )
}


def rule_name(code: str) -> str:
    """A rule by its code and, where it comes with the program, its title."""
    title = TITLES.get(code)
    return f"{code} ({tr(title)})" if title else code


def severity_name(finding: Finding) -> str:
    """How bad a finding is."""
    return tr(SEVERITIES[finding.severity.value])


def signal_name(name: str) -> str:
    """What a measurement is called; those of other packages as they call them."""
    return tr(name) if name in SIGNALS else name
