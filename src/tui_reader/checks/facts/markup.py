"""What must stand in both texts letter for letter: addresses, placeholders, tags, code."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.checks.family import Family
from tui_reader.checks.rules import Example, Rule
from tui_reader.model import Severity, Side, Span
from tui_reader.text import verbatim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui_reader.checks.family import BeadView
    from tui_reader.model import Finding

URL = Rule(
    "address",
    "Different address",
    None,
    Severity.ERROR,
    "pattern-problem",
    0.5,
    "A web address or an e-mail address that is missing or spelled differently, or a handle that has become another "
    "one; a name may stand for it. A page that differs in its language only (/en/ and /ja/) is the same.",
    good=Example("Write to desk@harbour.example.", "desk@harbour.example までご連絡ください。"),
    bad=Example("Write to desk@harbour.example.", "desk@harbor.example までご連絡ください。"),
    cure="Copy the address of the source.",
)
PLACEHOLDER = Rule(
    "placeholder",
    "Different placeholder",
    None,
    Severity.ERROR,
    "pattern-problem",
    0.5,
    "A placeholder that a program fills in ({0}, {name}, %s, %(name)s, ${name}, ICU plurals) and that is missing, "
    "doubled or changed. Their order is free.",
    good=Example("{count} files were copied to %s.", "%s に {count} 個のファイルをコピーしました。"),
    bad=Example("{count} files were copied to %s.", "%s に {個数} 個のファイルをコピーしました。"),
    cure="Copy the placeholder of the source, unchanged.",
)
TAG = Rule(
    "tag",
    "Different tag",
    None,
    Severity.ERROR,
    "markup",
    0.5,
    "An XML or HTML tag that is missing, added or not closed. Only the names of tags are compared: an attribute may "
    "have to be translated.",
    good=Example("Press <b>Save</b> to keep it.", "<b>保存</b>を押すと残ります。"),
    bad=Example("Press <b>Save</b> to keep it.", "<b>保存を押すと残ります。"),
    cure="Put the same tags around the same words.",
)
CODE = Rule(
    "code",
    "Different code",
    None,
    Severity.ERROR,
    "pattern-problem",
    0.5,
    "Code between backquotes that is missing or changed.",
    good=Example("Run `sail --now` first.", "先に `sail --now` を実行する。"),
    bad=Example("Run `sail --now` first.", "先に `sail --今` を実行する。"),
    cure="Copy the code of the source.",
)

ADDRESS = re.compile(
    r"https?://[!-~]*[\w/#=&%+~$*@-]|data:[\w.+-]+/[!-+\--~]+,[\w/+=%.~-]+|www\.[\w.-]+\w(?:/[\w/#=&%+~.-]*[\w/])?"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w@.])@\w{2,}",
    re.ASCII,
)
_CODE = re.compile(r"(?!`[^`'\n]*[\w%.*)\]}>$/-]'(?!\w))(`+)(?!`)(.+?)(?<!`)\1(?!`)")
"""Between backquotes; `so' is a quotation, as old GNU programs write it."""
_NAMED = re.compile(r"[$#]?\{|%\(|%\d+\$")
"""Placeholders that may be repeated, in a plural form for instance; %s may not."""
_LANGUAGE = re.compile(r"(?<=[/.=])(?:en|ja|jp|en-us|ja-jp|us)(?=[/.&]|$)", re.IGNORECASE)


class Verbatim(NamedTuple):
    """Something that is copied, not translated."""

    pattern: re.Pattern[str]
    rule: Rule
    key: Callable[[str], str]
    """What must be the same of it."""


def _address_key(found: str) -> str:
    return _LANGUAGE.sub("", found.rstrip("/")).lower()


def _tag_key(found: str) -> str:
    name = re.match(r"</?[\w:-]+", found)
    return (name[0].lower() if name else found) + ("/" if found.endswith("/>") and not found.startswith("<br") else "")


def _placeholder_key(found: str) -> str:
    return re.sub(r"\s+", "", found)


_KINDS = (
    Verbatim(_CODE, CODE, lambda found: found.strip("`").strip()),
    Verbatim(verbatim.TAG, TAG, _tag_key),
    Verbatim(ADDRESS, URL, _address_key),
    Verbatim(verbatim.PLACEHOLDER, PLACEHOLDER, _placeholder_key),
)


def opaque_spans(text: str) -> Iterator[tuple[int, int]]:
    """Stretches whose digits and letters are no words, in any order."""
    for kind in _KINDS:
        for match in kind.pattern.finditer(text):
            yield match.span()


class Markup(Family):
    """Compares what is copied, kind by kind; what belongs to one kind (a placeholder in code) is not another's."""

    rules = (URL, PLACEHOLDER, TAG, CODE)

    def find(self, view: BeadView) -> Iterator[Finding]:
        """What one side has more often than the other."""
        texts = {side: view.side(side).verbatim for side in Side}
        for kind in _KINDS:
            found = {side: [Span(*match.span()) for match in kind.pattern.finditer(texts[side])] for side in Side}
            if any(found.values()):
                yield from _differences(view, kind, found)
                texts = {side: kind.pattern.sub(_blank, texts[side]) for side in Side}


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _differences(view: BeadView, kind: Verbatim, found: dict[Side, list[Span]]) -> Iterator[Finding]:
    source, target = (_surplus(view, kind, found, side) for side in Side)
    if not source or not target:
        # Somebody's handle may be rendered by the name: only another handle is a fault.
        source, target = (
            [s for s in part if not _is_handle(view, s, side)]
            for side, part in zip(Side, (source, target), strict=True)
        )
    for k, span in enumerate(target):
        counterpart = source[k] if k < len(source) else None
        shown = span.of(view.target.verbatim)
        message = f"The source has no “{shown}”."
        if counterpart is not None:
            message = f"The source has “{counterpart.of(view.source.verbatim)}”, the translation “{shown}”."
        yield view.finding(kind.rule, Side.TARGET, span, message, confidence=0.95, counterpart=counterpart)
    for span in source[len(target) :]:
        message = f"The translation lacks “{span.of(view.source.verbatim)}”."
        yield view.finding(kind.rule, Side.SOURCE, span, message, confidence=0.85)


def _is_handle(view: BeadView, span: Span, side: Side) -> bool:
    return span.of(view.side(side).verbatim).startswith("@")


def _surplus(view: BeadView, kind: Verbatim, found: dict[Side, list[Span]], side: Side) -> list[Span]:
    """What stands on this side more often than on the other: its last ones."""
    there = Counter(kind.key(span.of(view.side(side.other).verbatim)) for span in found[side.other])
    surplus = []
    for span in found[side]:
        key = kind.key(span.of(view.side(side).verbatim))
        if there[key]:
            there[key] -= not _NAMED.match(key)
        else:
            surplus.append(span)
    return surplus
