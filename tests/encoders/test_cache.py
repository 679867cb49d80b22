"""The cache on disk: what was stored comes back or nothing does, whatever happens to the file."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui_reader.encoders.cache import VectorCache, default_path

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY = 65534
"""A user without rights."""
NOISE = random.Random(1)
"""Bytes that do not compress, the same in every run."""


def key(number: int) -> bytes:
    """A key as the encoders make them."""
    return sha256(str(number).encode()).digest()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file in a folder that does not exist yet."""
    return tmp_path / "cache" / "vectors.sqlite3"


def test_what_was_stored_comes_back(path: Path) -> None:
    """In this process, after closing, and in another object; unknown keys are left out."""
    values = {key(k): bytes([k]) * (k + 1) for k in range(200)} | {key(999): b""}
    cache = VectorCache(path)
    cache.put(values)
    assert cache.get([*values, key(1000)]) == values
    cache.close()
    assert cache.get(list(values)) == values
    other = VectorCache(path)
    assert other.get([key(5)]) == {key(5): bytes([5]) * 6}
    assert cache.note is None
    cache.close()
    other.close()


def test_many_keys_at_once(path: Path) -> None:
    """More keys than one statement may hold."""
    cache = VectorCache(path)
    values = {key(k): b"x" for k in range(3000)}
    cache.put(values)
    assert cache.get(list(values)) == values
    cache.close()


def test_it_stays_within_its_limit_and_drops_the_oldest(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Values that were used last stay, to the day; the file does not grow past its limit."""
    now = iter(range(1, 10**9, 100_000))
    monkeypatch.setattr("tui_reader.encoders.cache.time.time", lambda: next(now))
    limit = 4 * 2**20
    cache = VectorCache(path, limit)
    for number in range(100):
        cache.put({key(number): NOISE.randbytes(100_000)})
        cache.get([key(0)])
    assert cache.size() <= limit
    assert key(0) in cache.get([key(0)])
    assert key(99) in cache.get([key(99)])
    assert not cache.get([key(1)])
    cache.close()
    assert path.stat().st_size <= limit * 1.1


def test_of_one_day_what_is_large_goes_first(path: Path) -> None:
    """The small results of the first documents outlive the vectors of many others."""
    cache = VectorCache(path, 4 * 2**20)
    results = {key(1000 + number): NOISE.randbytes(1000) for number in range(20)}
    cache.put(results)
    for number in range(100):
        cache.put({key(number): NOISE.randbytes(100_000)})
    assert cache.get(list(results)) == results
    assert cache.size() <= 4 * 2**20
    cache.close()


def test_looking_up_does_not_write_twice_a_day(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that is checked all day costs no writing; the first use of another day is marked."""
    now = 1_000_000
    monkeypatch.setattr("tui_reader.encoders.cache.time.time", lambda: now)
    cache = VectorCache(path)
    cache.put({key(1): b"one"})
    assert cache._database is not None
    written = cache._database.total_changes
    cache.get([key(1)])
    cache.put({})
    assert cache._database.total_changes == written
    now += 100_000
    cache.get([key(1)])
    cache.put({})
    assert cache._database.total_changes == written + 1
    cache.close()


def test_a_value_too_large_is_not_stored(path: Path) -> None:
    """One text never pushes out all others."""
    cache = VectorCache(path, limit=2**20)
    cache.put({key(1): b"x" * 2**19, key(2): b"y"})
    assert cache.get([key(1), key(2)]) == {key(2): b"y"}
    cache.close()


@pytest.mark.parametrize("damage", ["no database", "header", "middle", "empty", "cut"])
def test_a_damaged_file_is_made_anew(path: Path, damage: str) -> None:
    """Nothing raises, nothing wrong comes back, and the cache works again."""
    values = {key(k): NOISE.randbytes(20_000) for k in range(50)}
    cache = VectorCache(path)
    cache.put(values)
    cache.close()
    content = bytearray(path.read_bytes())
    if damage == "no database":
        content = bytearray(b"This is a shopping list. " * 1000)
    elif damage == "header":
        content[16:100] = b"\xff" * 84
    elif damage == "middle":
        for start in range(8192, len(content) - 100, 3000):
            content[start : start + 50] = NOISE.randbytes(50)
    elif damage == "empty":
        content = bytearray()
    else:
        del content[len(content) // 2 :]
    path.write_bytes(content)
    cache = VectorCache(path)
    found = cache.get(list(values))
    assert all(values[one] == value for one, value in found.items())
    assert len(found) < len(values)
    # Damage may come to light only now; then this value is lost too, but not the next.
    cache.put({key(1000): b"new"})
    cache.put({key(1001): b"newer"})
    cache.get([key(1000)])
    cache.put({key(1002): b"newest"})
    assert cache.get([key(1002)]) == {key(1002): b"newest"}
    assert cache.note is None
    cache.close()


def test_a_flipped_byte_is_noticed(path: Path) -> None:
    """A value whose bytes changed on the disk is not there any more, rather than wrong."""
    cache = VectorCache(path)
    cache.put({key(1): b"0123456789" * 50})
    cache.close()
    content = path.read_bytes()
    path.write_bytes(content.replace(b"0123456789", b"0123456780", 1))
    cache = VectorCache(path)
    assert cache.get([key(1)]) == {}
    cache.close()


def test_a_file_of_another_format_is_made_anew(path: Path) -> None:
    """A file that another version of the program wrote is not understood, but replaced."""
    path.parent.mkdir()
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE vectors (something TEXT)")
        database.execute("PRAGMA user_version = 999")
    database.close()
    cache = VectorCache(path)
    cache.put({key(1): b"one"})
    assert cache.get([key(1)]) == {key(1): b"one"}
    cache.close()


def test_a_place_where_nothing_can_be_made_turns_it_off(tmp_path: Path) -> None:
    """A file stands where the folder should be: no error, a note, and nothing is ever found."""
    (tmp_path / "cache").write_text("not a folder", encoding="utf-8")
    cache = VectorCache(tmp_path / "cache" / "vectors.sqlite3")
    cache.put({key(1): b"one"})
    assert cache.get([key(1)]) == {}
    assert cache.size() == 0
    assert cache.note is not None
    assert "the cache is off" in cache.note
    cache.clear()
    cache.close()


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A folder with a sound cache in it, in which this process may change nothing, even where it is run by root."""
    if not hasattr(os, "geteuid"):
        pytest.skip("folders are protected in another way here")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cache = VectorCache(folder / "vectors.sqlite3")
        cache.put({key(1): b"one"})
        cache.close()
        folder.chmod(0o555)
        (folder / "vectors.sqlite3").chmod(0o444)
        is_root = os.geteuid() == 0
        try:
            if is_root:
                os.seteuid(NOBODY)
            yield folder
        finally:
            if is_root:
                os.seteuid(0)
            folder.chmod(0o700)


@pytest.mark.parametrize("name", ["vectors.sqlite3", "other.sqlite3"])
def test_a_folder_that_cannot_be_written_turns_it_off(read_only: Path, name: str) -> None:
    """As for a cache on a system mounted read-only, whether a file is there or not: a note, and nothing raises."""
    with pytest.raises(PermissionError):
        (read_only / "probe").touch()
    cache = VectorCache(read_only / name)
    cache.put({key(2): b"two"})
    assert key(2) not in cache.get([key(1), key(2)])
    assert cache.note is not None
    assert "the cache is off" in cache.note
    cache.clear()
    cache.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on files here")
def test_a_file_that_may_not_grow_turns_it_off(path: Path) -> None:
    """The system itself refuses another byte: no value comes back wrong, and the next process finds a sound file."""
    program = f"""
import resource
from hashlib import sha256
from pathlib import Path
from tui_reader.encoders.cache import VectorCache
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
cache = VectorCache(Path({str(path)!r}))
for number in range(100):
    key = sha256(str(number).encode()).digest()
    cache.put({{key: bytes([number]) * 20_000}})
    assert cache.get([key]) in ({{}}, {{key: bytes([number]) * 20_000}}), number
assert cache.note is not None
cache.close()
"""
    subprocess.run([sys.executable, "-c", program], check=True)
    cache = VectorCache(path)
    found = cache.get([key(number) for number in range(100)])
    assert all(found[one] == bytes([number]) * 20_000 for number in range(100) if (one := key(number)) in found)
    cache.put({key(1000): b"after"})
    assert cache.get([key(1000)]) == {key(1000): b"after"}
    assert cache.note is None
    cache.close()


def test_a_full_disk_turns_it_off(path: Path) -> None:
    """What was stored stays readable to the next process; what does not fit is not stored, and nothing raises."""
    cache = VectorCache(path)
    cache.put({key(1): b"one"})
    assert cache._database is not None
    pages = cache._database.execute("PRAGMA page_count").fetchone()[0]
    # SQLite answers as on a full disk when it may not take another page.
    cache._database.execute(f"PRAGMA max_page_count = {pages}")
    cache.put({key(2): NOISE.randbytes(500_000)})
    assert cache.note is not None
    assert "full" in cache.note
    assert cache.get([key(1)]) == {}
    after = VectorCache(path)
    assert after.get([key(1), key(2)]) == {key(1): b"one"}
    after.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_a_process_killed_half_way_leaves_a_sound_file(path: Path) -> None:
    """A kill -9 amid writing: what it had finished is there, the rest is not, and the next process works."""
    program = f"""
import os
from hashlib import sha256
from pathlib import Path
from tui_reader.encoders.cache import VectorCache
cache = VectorCache(Path({str(path)!r}))
for number in range(10_000):
    cache.put({{sha256(str(number).encode()).digest(): bytes([number % 256]) * 50_000}})
    print(number, flush=True)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if int(line) >= 20:
                process.kill()
                break
    cache = VectorCache(path)
    found = cache.get([key(number) for number in range(10_000)])
    assert len(found) >= 20
    assert all(found[key(number)] == bytes([number % 256]) * 50_000 for number in range(20))
    cache.put({key(-1): b"after"})
    assert cache.get([key(-1)]) == {key(-1): b"after"}
    assert cache.note is None
    cache.close()


def test_several_processes_share_it(path: Path) -> None:
    """Four processes write at once; everything that they wrote is there, and none of them was turned off.

    A value that finds the file busy for seconds is left out; on a machine with much else to do they wait longer here.
    """
    program = f"""
import sys
from hashlib import sha256
from pathlib import Path
from tui_reader.encoders import cache as module
from tui_reader.encoders.cache import VectorCache
module._BUSY_SECONDS = 60.0
cache = VectorCache(Path({str(path)!r}))
for number in range(int(sys.argv[1]), int(sys.argv[1]) + 25):
    cache.put({{sha256(str(number).encode()).digest(): str(number).encode() * 1000}})
    cache.get([sha256(b"0").digest()])
cache.close()
sys.exit(cache.note)
"""
    processes = [subprocess.Popen([sys.executable, "-c", program, str(first)]) for first in (0, 100, 200, 300)]
    assert [process.wait() for process in processes] == [0, 0, 0, 0]
    cache = VectorCache(path)
    numbers = [first + k for first in (0, 100, 200, 300) for k in range(25)]
    assert cache.get([key(k) for k in numbers]) == {key(k): str(k).encode() * 1000 for k in numbers}
    cache.close()


def test_threads_share_it(path: Path) -> None:
    """The reader's worker and the screen may both ask."""
    cache = VectorCache(path)

    def work(first: int) -> None:
        for number in range(first, first + 30):
            cache.put({key(number): b"x"})
            cache.get([key(number)])

    threads = [threading.Thread(target=work, args=(first,)) for first in (0, 100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(cache.get([key(first + k) for first in (0, 100, 200) for k in range(30)])) == 90
    assert cache.note is None
    cache.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_fork_opens_a_connection_of_its_own(path: Path) -> None:
    """A child of a process that used the cache reads and writes, and so does the parent after it."""
    program = f"""
import os, sys
from pathlib import Path
from tui_reader.encoders.cache import VectorCache
cache = VectorCache(Path({str(path)!r}))
cache.put({{b"parent": b"1"}})
child = os.fork()
if not child:
    cache.put({{b"child": b"2"}})
    fine = cache.get([b"parent", b"child"]) == {{b"parent": b"1", b"child": b"2"}}
    cache.close()
    os._exit(not fine)
_, status = os.waitpid(child, 0)
assert status == 0, status
assert cache.get([b"parent", b"child"]) == {{b"parent": b"1", b"child": b"2"}}
assert cache.note is None
cache.close()
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_clearing_forgets_and_gives_the_space_back(path: Path) -> None:
    """After `clear` nothing is found and the file is small."""
    cache = VectorCache(path)
    cache.put({key(k): NOISE.randbytes(50_000) for k in range(40)})
    cache.clear()
    assert cache.get([key(k) for k in range(40)]) == {}
    assert cache.size() < 100_000
    cache.close()
    assert path.stat().st_size < 100_000


def test_it_belongs_to_the_user() -> None:
    """By default the file lies where the system keeps what can be computed again."""
    assert default_path().name == "vectors.sqlite3"
    assert "tui-reader" in default_path().parts
