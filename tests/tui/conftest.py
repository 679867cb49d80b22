from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui_reader.tui.language import speak

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def english_afterwards() -> Iterator[None]:
    """Other tests read English."""
    yield
    speak("en")
