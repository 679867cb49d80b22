"""Values kept on disk under a key, so that nothing is encoded twice: an SQLite file that several processes share.

The file may be damaged, of another version, or lie where nothing can be written: then it is made anew or left alone.
A lookup finds the bytes that were stored or nothing; it never fails.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    Result = TypeVar("Result")

LIMIT = 256 * 2**20
"""Bytes that the cache may take by default."""
_FORMAT = 1
"""Raised whenever values or tables change; a file of another format is made anew."""
_TABLES = """
CREATE TABLE vectors (
    key BLOB PRIMARY KEY,
    size INTEGER NOT NULL,
    used INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    value BLOB NOT NULL
);
CREATE INDEX by_use ON vectors (used, size, key);
"""
_BUSY_SECONDS = 2.0
_KEYS_AT_ONCE = 500
_KEEP = 0.9
"""Share of the limit that is left when the values used longest ago are dropped."""
_FRESH_SECONDS = 86_400
"""A value that was used less long ago is not marked as used again: a check of what is known should not write."""
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_PASSING = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def default_path() -> Path:
    """The cache file of this user; it need not exist."""
    from platformdirs import user_cache_path  # noqa: PLC0415 - only where something is encoded

    return user_cache_path("tui-reader", appauthor=False) / "vectors.sqlite3"


class VectorCache:
    """A bounded store of bytes; where it cannot work it is off and says why in `note`. For use from any thread.

    Args:
        path: the file; its folder is made where it is missing.
        limit: bytes of disk that it may take; values used longest ago go first.
    """

    def __init__(self, path: Path | None = None, limit: int = LIMIT):
        self.path, self.limit = path or default_path(), limit
        self.note: str | None = None
        """Why the cache is off, None where it works."""
        self._lock = Lock()
        self._database: sqlite3.Connection | None = None
        self._inherited: sqlite3.Connection | None = None
        self._process = os.getpid()
        self._touched: set[bytes] = set()

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The values that are stored under some of these keys."""
        nothing: dict[bytes, bytes] = {}
        return self._attempt(lambda database: self._read(database, keys), nothing)

    def put(self, values: Mapping[bytes, bytes]) -> None:
        """Store values; ones that would take more than a quarter of the room are left out."""
        rows = [(key, value) for key, value in values.items() if len(value) <= self.limit // 4]
        if rows or self._touched:
            self._attempt(lambda database: self._write(database, rows), None)

    def size(self) -> int:
        """Bytes that the stored values take on disk, 0 where the cache is off."""
        return self._attempt(_taken, 0)

    def entries(self) -> int:
        """How many values are stored, 0 where the cache is off."""
        return self._attempt(_entries, 0)

    def clear(self) -> None:
        """Forget everything."""
        self._touched.clear()
        self._attempt(_empty, None)

    def close(self) -> None:
        """Store what was used last and let go of the file; the next call opens it again."""
        self.put({})
        with self._lock:
            self._drop()

    def _read(self, database: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        stale = time.time() - _FRESH_SECONDS
        for key, value, used in _intact(database, keys):
            found[key] = value
            if used < stale:
                # Said to the file with the next values, so that a lookup does not write.
                self._touched.add(key)
        return found

    def _write(self, database: sqlite3.Connection, rows: Iterable[tuple[bytes, bytes]]) -> None:
        now = int(time.time())
        with database:
            database.execute("BEGIN IMMEDIATE")
            database.executemany("UPDATE vectors SET used = ? WHERE key = ?", [(now, key) for key in self._touched])
            database.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?, ?)",
                ((key, len(value), now, crc32(value), value) for key, value in rows),
            )
            if _taken(database) > self.limit:
                _trim(database, int(self.limit * _KEEP))
        self._touched.clear()

    def _attempt(self, work: Callable[[sqlite3.Connection], Result], otherwise: Result) -> Result:
        """The result of `work`, or `otherwise` where the file does not let it."""
        with self._lock:
            if self._process != os.getpid():
                # A connection belongs to one process: after a fork the child must neither use nor close it.
                self._inherited, self._database = self._database, None
                self.note, self._process = None, os.getpid()
            if self.note is not None:
                return otherwise
            try:
                self._database = self._database or self._open()
                return work(self._database)
            except (sqlite3.Error, OSError) as error:
                self._recover(error)
                return otherwise

    def _recover(self, error: Exception) -> None:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in _PASSING:
            return
        self._drop()
        if code not in _DAMAGED:
            self.note = f"{self.path}: the cache is off: {error}"
            return
        for suffix in ("", "-wal", "-shm"):
            with suppress(OSError):
                self.path.with_name(self.path.name + suffix).unlink()
        try:
            self._database = self._open()
        except (sqlite3.Error, OSError) as again:
            self.note = f"{self.path}: the cache is off: {again}"

    def _drop(self) -> None:
        if self._database is not None:
            with suppress(sqlite3.Error):
                self._database.close()
        self._database = None

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # Transactions are begun by hand: the module's own begin too late to wait for another process.
        database = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            for setting in ("journal_mode = WAL", "synchronous = NORMAL", "journal_size_limit = 4194304"):
                database.execute(f"PRAGMA {setting}").fetchall()
            _prepare(database)
        except BaseException:
            database.close()
            raise
        return database


def _prepare(database: sqlite3.Connection) -> None:
    """Make the tables, unless another process has."""
    if _pragma(database, "user_version") == _FORMAT:
        return
    with database:
        database.execute("BEGIN IMMEDIATE")
        if _pragma(database, "user_version") != _FORMAT:
            names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (name,) in names:
                database.execute(f'DROP TABLE "{name}"')
            for statement in _TABLES.split(";"):
                database.execute(statement)
            database.execute(f"PRAGMA user_version = {_FORMAT}")


def _intact(database: sqlite3.Connection, keys: Sequence[bytes]) -> Iterator[tuple[bytes, bytes, int]]:
    """Key, value and time of last use of what is stored under some of the keys and undamaged."""
    for first in range(0, len(keys), _KEYS_AT_ONCE):
        some = keys[first : first + _KEYS_AT_ONCE]
        marks = ",".join("?" * len(some))
        # Only question marks are put into the statement.
        rows = database.execute(f"SELECT key, checksum, value, used FROM vectors WHERE key IN ({marks})", some)  # noqa: S608
        for key, checksum, value, used in rows:
            if crc32(value) == checksum:
                yield key, value, used


def _trim(database: sqlite3.Connection, room: int) -> None:
    """Delete the values used longest ago until the rest takes at most `room` bytes; of one day the largest first.

    Results are small and spare their vectors: a folder whose vectors do not all fit keeps what they came to.
    """
    excess = _taken(database) - room
    doomed: list[tuple[Any]] = []
    oldest = database.execute("SELECT key, size FROM vectors ORDER BY used / ?, size DESC", (_FRESH_SECONDS,))
    for key, size in oldest:
        if excess <= 0:
            break
        doomed.append((key,))
        excess -= size
    database.executemany("DELETE FROM vectors WHERE key = ?", doomed)


def _empty(database: sqlite3.Connection) -> None:
    database.execute("DELETE FROM vectors")
    database.execute("VACUUM")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _entries(database: sqlite3.Connection) -> int:
    return int(database.execute("SELECT count(*) FROM vectors").fetchone()[0])


def _taken(database: sqlite3.Connection) -> int:
    pages = _pragma(database, "page_count") - _pragma(database, "freelist_count")
    return pages * _pragma(database, "page_size")


def _pragma(database: sqlite3.Connection, name: str) -> int:
    return int(database.execute(f"PRAGMA {name}").fetchone()[0])
