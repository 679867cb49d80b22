"""What tests of every layer ask for."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui_reader.checks.checker import Checker
    from tui_reader.model import Document, Report

# Set before anything is imported, so that commands run in subprocesses keep their vectors and places here too.
_CACHE = tempfile.TemporaryDirectory(prefix="tui-reader-tests-")
os.environ["XDG_CACHE_HOME"] = _CACHE.name
os.environ["XDG_STATE_HOME"] = f"{_CACHE.name}/state"

# How long an example takes says what else the machine does, not whether a property holds.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

RequireTool = Callable[[str], Path]


@pytest.fixture(scope="session")
def require_tool() -> RequireTool:
    """Gives ``require_tool(name) -> Path``: the program of that name.

    Where the machine lacks it the test skips and says why. With TUI_READER_REQUIRE_TOOLS=1, as ``.ci/run`` sets it,
    the test fails instead, so that a check which should have run is never missing in silence.
    """

    def find(name: str) -> Path:
        found = shutil.which(name)
        if found:
            return Path(found)
        reason = f"the program {name} is not installed"
        if os.environ.get("TUI_READER_REQUIRE_TOOLS") == "1":
            pytest.fail(f"{reason}, and TUI_READER_REQUIRE_TOOLS=1 asks for it")
        pytest.skip(reason)

    return find


_KNOWN: dict[object, list[Report]] = {}


@pytest.fixture(scope="module")
def remembering() -> Iterator[None]:
    """What the checker said of the same documents is said again: not it but the way to it and back is tested."""
    from tui_reader.checks.checker import Checker  # noqa: PLC0415 - few tests need it

    whole = Checker.check_all

    def remembered(self: Checker, documents: Iterable[Document]) -> Iterator[Report]:
        block = tuple(documents)
        key = (self.settings, block)
        if key not in _KNOWN:
            _KNOWN[key] = list(whole(self, block))
        return iter(_KNOWN[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Checker, "check_all", remembered)
        yield


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of pairs in documents, for tests of runs over data sets."""
    import pair_files  # noqa: PLC0415 - beside those tests
    from dataset_runs import PAIRS  # noqa: PLC0415

    return pair_files.write_tsv(tmp_path_factory.mktemp("data") / "a.tsv", PAIRS)


@pytest.fixture(scope="module")
def undisturbed(remembering: None, table: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a run on one worker that nothing happened to."""
    from dataset_runs import PAIRS, check  # noqa: PLC0415

    output = tmp_path_factory.mktemp("undisturbed") / "out"
    result = check(table, output)
    assert result.tally.pairs == len(PAIRS)
    assert not result.failed
    return output


@pytest.fixture
def english_afterwards() -> Iterator[None]:
    """Other tests read English."""
    yield
    from tui_reader.tui.language import speak  # noqa: PLC0415 - only tests of the reader ask for it

    speak("en")
