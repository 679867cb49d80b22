"""How everything in the two texts looks: one component style for each kind of thing."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual.widget import Widget


class RowStyles(Widget):
    """A widget whose rows are painted by named styles."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"view--{name}"
        for name in (
            *("row", "current", "bar", "rule", "source", "target", "commentary", "heading", "note", "dot"),
            *("omission", "addition", "other", "letter-omission", "letter-addition", "letter-other"),
            *("moved", "letter-moved", "reading", "selection"),
            *("current-finding", "counterpart", "match", "current-match", "word", "linked-word"),
        )
    }

    DEFAULT_CSS = """
    RowStyles {
        background: $background;
        & > .view--row { color: $foreground; background: $background; }
        & > .view--current { background: $surface; }
        & > .view--bar { background: $accent 60%; }
        & > .view--rule { background: $foreground 10%; }
        & > .view--source { color: $foreground 80%; }
        & > .view--target { color: $foreground; }
        & > .view--commentary { color: $foreground 52%; }
        & > .view--heading { color: $primary; text-style: bold; }
        & > .view--note { color: $foreground 45%; text-style: italic; }
        & > .view--dot { color: $foreground 30%; }
        & > .view--omission { color: $warning; text-style: underline; }
        & > .view--addition { color: $success; text-style: reverse; }
        & > .view--other { color: $error; text-style: strike; }
        & > .view--selection { color: $foreground; background: $background; text-style: reverse; }
        & > .view--reading { color: $foreground 60%; }
        & > .view--moved { color: $primary; text-style: italic; }
        & > .view--letter-moved { color: $primary; text-style: bold italic; }
        & > .view--letter-omission { color: $warning; text-style: bold; }
        & > .view--letter-addition { color: $success; text-style: bold; }
        & > .view--letter-other { color: $error; text-style: bold; }
        & > .view--current-finding { text-style: bold; }
        & > .view--counterpart { background: $primary 30%; }
        & > .view--match { background: $accent 25%; }
        & > .view--current-match { background: $accent; color: $background; text-style: bold; }
        & > .view--word { background: $primary; color: $background; text-style: bold; }
        & > .view--linked-word { background: $primary 45%; text-style: bold underline; }
    }
    """

    def __init__(self, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._styles: dict[str, Style] = {}

    def style(self, name: str) -> Style:
        """A named style, without those of its surroundings."""
        if name not in self._styles:
            self._styles[name] = self._component_style(name)
        return self._styles[name]

    def _component_style(self, name: str) -> Style:
        """Only what the name's rules set, with translucent colours laid over the page.

        Textual's own partial styles drop the translucency.
        """
        rules = self.get_component_styles(f"view--{name}")
        page = self.background_colors[1]
        colors = {
            key: (page + getattr(rules, rule)).rich_color
            for key, rule in (("color", "color"), ("bgcolor", "background"))
            if rules.has_rule(rule)
        }
        return Style(**colors) + rules.text_style

    def notify_style_update(self) -> None:
        """Forget the colours of another theme."""
        self._styles.clear()
        super().notify_style_update()
