"""Colours for people's eyes, or none."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Painter:
    """Styles strings by ANSI sequences where `colour` is on, and leaves them alone elsewhere."""

    colour: bool

    def __call__(self, text: str, colour: str | None = None, *, bold: bool = False, dim: bool = False) -> str:
        """The text in this colour and weight."""
        if not self.colour or not text:
            return text
        from click import style  # noqa: PLC0415 - files and pipes do without

        return style(text, fg=colour, bold=bold or None, dim=dim or None)
