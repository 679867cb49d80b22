"""What the checker says about findings, in the language of the reader.

The checker speaks English wherever it is asked. Its sentences are known here by their shapes: the words in them, which
come from the texts, stay what they are. What no shape fits (rules of other packages) is shown as it was said.
"""

from __future__ import annotations

import re
from functools import cache

from tui_reader.tui.language import later, speaks_english, tr

SHAPES = (
    later("The translation has no counterpart for “{words}”."),
    later("The source has no counterpart for “{words}”."),
    later("The translation lacks “{words}” of the source."),
    later("The source lacks “{words}” of the translation."),
    later("The translation lacks “{words}”."),
    later("The source says “{words}”, the translation “{other}”."),
    later("The source counts “{words}”, the translation “{other}”."),
    later("The source names “{words}”, the translation “{other}”."),
    later("The source does not name “{words}”."),
    later("The source has “{words}”, the translation “{other}”."),
    later("The source has no “{words}”."),
    later("The source negates with “{words}”; the translation does not."),
    later("The translation negates with “{words}”; the source does not."),
    later("“{words}” says the opposite of the source's “{other}”."),
    later("“{words}” claims more than the source's “{other}”."),
    later("“{words}” claims less than the source's “{other}”."),
    later("“{words}” is stronger or weaker than the source's “{other}”."),
    later("The source leaves this open with “{words}”; the translation does not."),
    later("The translation leaves this open with “{words}”; the source does not."),
    later("“{words}” does here what “{other}” does in the source."),
    later("“{words}” is of another time than “{other}”."),
    later("The source asks this; the translation asks nothing."),
    later("The translation asks this; the source asks nothing."),
    later("The translation has nothing to do with its source."),
    later("The translation holds no words."),
    later("The translation repeats the source."),
    later("The translation is in the language of the source."),
    later("The translation is in another language ({language})."),
    later("“{words}” stands as in the source."),
    later("“{words}” is a word to do without."),
    later("“{words}” is not the glossary's word for “{other}” as “{terms}”."),
    later("“{words}” is not the glossary's word for “{other}”."),
    later("The glossary translates “{words}” as “{terms}”."),
    later("The glossary translates “{words}”."),
    later("The same source has another translation earlier in this document."),
    later("Another source has this same translation earlier in this document."),
    later("This sentence is polite; the text around it is not."),
    later("This sentence is plain; the text around it is not."),
    later("“{words}” stands twice."),
    later("“{words}” is one mark too many."),
    later("“{words}” interrupts the sentence."),
    later("“{words}” is of another width than the text around it."),
    later("There is more than one space here."),
    later("The source ends here; the translation seems to go on."),
    later("“{words}” is a Japanese mark."),
    later("“{words}” is not closed."),
    later("“{words}” was not opened."),
    later("“{words}” closes a bracket of another kind."),
    later("“{words}” is in no dictionary; “{other}” is."),
    later("“{words}” do not go together."),
    later("“{words}” is wrong here."),
    later("“{words}” begins with a small letter."),
)
"""The sentences of the rules that come with the program; of two that fit, the first is meant."""

_OR = later("” or “")
"""Between the terms of a glossary."""
_HOLE = re.compile(r"\\{(\w+)\\}")


def said(message: str) -> str:
    """What the checker says, in the language in force.

    Args:
        message: `Finding.message`, in English.
    """
    if speaks_english():
        return message
    for shape, pattern in _patterns().items():
        found = pattern.fullmatch(message)
        if found:
            words = {name: value.replace(_OR, tr(_OR)) for name, value in found.groupdict().items()}
            return tr(shape).format_map(words)
    return message


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {shape: re.compile(_HOLE.sub(r"(?P<\1>.*?)", re.escape(shape)), re.DOTALL) for shape in SHAPES}
