"""What a rule looks for: its page, for whoever wonders about one of its findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from tui_reader.errors import SettingsError
from tui_reader.text import wrap
from tui_reader.tui.language import tr, tr_rule
from tui_reader.tui.rule_wording import rule_name, severity_name
from tui_reader.tui.screens.list_screen import ListRow, ListScreen
from tui_reader.tui.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.checks.rules import Example, Rule
    from tui_reader.model import Finding

_WIDEST, _MARGINS = 84, 8
_AT_PHRASES = wrap.Manner(phrases=True)


class RulePage(ListScreen[int]):
    """What the rule of a finding looks for, with a pair that it reports and one that it leaves alone.

    Args:
        finding: the finding.
    """

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self._finding = finding

    def heading(self) -> str:
        """Its code and title, and how bad its findings are."""
        return f"{rule_name(self._finding.rule)}  ⋅  {severity_name(self._finding)}"

    def hints(self) -> list[str]:
        """What stands below the page: there is nothing to choose."""
        return [self.hint(tr("{keys} close"), "list.leave")]

    def rows(self) -> Sequence[ListRow[int]]:
        """Section by section."""
        from tui_reader.checks.registry import rule  # noqa: PLC0415 - the check has loaded it

        code = self._finding.rule
        try:
            known = rule(code, "tui-reader read")
        except SettingsError as error:
            return [ListRow(number, line) for number, line in enumerate(self._wrapped(str(error)))]
        rows: list[ListRow[int]] = []
        for title, lines in self._sections(known):
            rows.append(self.section(title, first=not rows))
            # Lines that can be chosen are lines that a small screen can be rolled to.
            rows += [ListRow(len(rows) + number, line) for number, line in enumerate(lines)]
        return rows

    def choose(self, value: int) -> None:  # noqa: ARG002 - one line is as good as another
        """Close the page."""
        self.dismiss(None)

    def _sections(self, rule: Rule) -> Iterator[tuple[str, list[Text]]]:
        yield tr("What it looks for"), list(self._wrapped(tr_rule(rule.description)))
        if rule.cure:
            yield tr("What to do"), list(self._wrapped(tr_rule(rule.cure)))
        yield tr("This is reported"), list(self._example(rule.bad))
        yield tr("Nothing is found here"), list(self._example(rule.good))
        switch = tr("In the settings, under [rules]: {setting}").format(setting=f'{rule.code} = "off"')
        yield tr("To switch it off"), list(self._wrapped(switch))

    def _example(self, example: Example) -> Iterator[Text]:
        for side in (example.source, example.target):
            for line in side.splitlines():
                yield from self._wrapped(one_line(line), "  ")

    def _wrapped(self, words: str, indent: str = "") -> Iterator[Text]:
        words = one_line(words)
        width = max(8, min(_WIDEST, self.app.size.width - _MARGINS))
        ambiguous = self.app.settings.reader.ambiguous_width
        for line in wrap.wrap(words, width, ambiguous=ambiguous, manner=_AT_PHRASES):
            yield Text(indent + line.of(words), no_wrap=True)
