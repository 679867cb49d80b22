"""Searching both texts."""

from __future__ import annotations

import threading
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

from tui_reader.model import Side
from tui_reader.tui.actions.base import ReadingBase
from tui_reader.tui.columns import View
from tui_reader.tui.language import tr

if TYPE_CHECKING:
    from tui_reader.model import Document
    from tui_reader.tui.search import Match, SearchIndex
    from tui_reader.tui.services import Services


_NEAR = "~"
"""Before a query: find what is nearly the same, even where the query itself stands somewhere."""


def _item_of(match: Match) -> int:
    return match.item


class Searching(ReadingBase):
    """The keys that search and walk through what was found."""

    def __init__(self, document: Document, services: Services) -> None:
        super().__init__(document, services)
        self._query = ""
        self._near = False
        """Whether what was found is only nearly the query."""

    @cached_property
    def _search(self) -> SearchIndex:
        """Made when it is asked for: the first frame need not wait."""
        from tui_reader.tui.search import SearchIndex  # noqa: PLC0415

        return SearchIndex(self.reading.document)

    def action_search(self) -> None:
        """Let a query be typed."""
        threading.Thread(target=self._search.prepare, daemon=True).start()
        self.search_bar.ask(
            "/", self._asked, placeholder=tr("search both languages (~ before it: what is nearly the same)")
        )

    def action_close(self) -> None:
        """Let go of what is selected, or else leave the evidence, or else the search."""
        self.tell("")
        if self.view.selection is not None:
            self.view.unselect()
        elif self.explains:
            self.why.show(open_=False)
        else:
            self._query, self.view.matches, self.view.match = "", [], None
            self.view.repaint()

    def _asked(self, query: str | None) -> None:
        self.view.focus()
        if query is None:
            return
        self._query = query
        self.leap()
        self.find_again()
        here = bisect_left(self.view.matches, self.reading.cursor, key=_item_of)
        self._go_to_match(here)

    def search_anew(self) -> None:
        """Search the document as it is now."""
        self.__dict__.pop("_search", None)

    def find_again(self) -> None:
        """Look for the query in other items than before; for what is near it where it stands nowhere."""
        self.view.match, self.view.matches, self._near = None, [], False
        query = self._query.removeprefix(_NEAR)
        if query == self._query:
            self.view.matches = self._search.find(query, self.reading.index)
        if query and not self.view.matches and self.reading.layout.whole:
            self.view.matches = self._search.find(query, self.reading.index, near=True)
            self._near = bool(self.view.matches)

    def action_match(self, direction: int) -> None:
        """To the next match, around the end."""
        matches, match = self.view.matches, self.view.match
        if not self._query:
            self.tell(tr("nothing searched yet: / searches"))
        elif match is not None:
            self._go_to_match(matches.index(match) + direction)
        else:
            after = bisect_left(matches, self.reading.cursor + (direction > 0), key=_item_of)
            self._go_to_match(after if direction > 0 else after - 1)

    def _go_to_match(self, index: int) -> None:
        matches = self.view.matches
        if not matches:
            missed = tr("not found: {query}") if self.reading.layout.whole else tr("not found so far: {query}")
            self.tell(missed.format(query=self._query))
            self.view.repaint()
            return
        number = index % len(matches)
        around = "" if number == index else tr(", wrapped around")
        place = tr("near match {number}/{count}") if self._near else tr("match {number}/{count}")
        hidden = matches[number].side is Side.SOURCE and self.view.view is View.TARGET_ONLY
        notice = place.format(number=number + 1, count=len(matches)) + around
        self.tell(notice + (tr(", in the source: v shows it") if hidden else ""))
        self.reading.move_to(matches[number].item)
        self.view.go_to_match(matches[number])
        self.moved(jump=True)
