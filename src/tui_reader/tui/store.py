"""Where a person stopped reading, and marks: a small SQLite file of the user's.

Every write is one transaction of its own, so that two readers at once lose nothing and a killed one leaves no half.
A file that is no store (any more) is put aside and a new one begun; where nothing can be written, nothing is kept.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from tui_reader.tui.language import tr
from tui_reader.tui.position import Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from tui_reader.model import Document

FILE = "reader.sqlite3"
MIGRATIONS = (
    """
    CREATE TABLE visit (
        document TEXT PRIMARY KEY, title TEXT NOT NULL, sources TEXT NOT NULL, opened REAL NOT NULL,
        source_id TEXT NOT NULL, offset INTEGER NOT NULL, words TEXT NOT NULL,
        progress REAL NOT NULL, score REAL, problems INTEGER
    ) STRICT;
    CREATE TABLE mark (
        document TEXT NOT NULL, letter TEXT NOT NULL,
        source_id TEXT NOT NULL, offset INTEGER NOT NULL, words TEXT NOT NULL,
        PRIMARY KEY (document, letter)
    ) STRICT;
    """,
    "ALTER TABLE visit ADD COLUMN doubtful INTEGER",
)
"""What makes each version of the store out of the one before; the first out of an empty file."""
_PATIENCE_SECONDS = 2.0
"""How long to wait for another reader that is writing."""


class _NewerError(Exception):
    """The store is not understood."""


class Visit(NamedTuple):
    """What is remembered of a document."""

    document: str
    title: str
    sources: tuple[str, ...]
    """Files of its sources, to open it again."""
    place: Position
    progress: float
    score: float | None = None
    problems: int | None = None
    opened: float = 0.0
    """When, in seconds since 1970."""
    doubtful: int | None = None
    """Sentence pairs whose score is doubtful or worse."""


def user_store_path() -> Path:
    """Where the store of this user is; it need not exist."""
    from platformdirs import user_state_path  # noqa: PLC0415 - only the reader keeps anything

    return user_state_path("tui-reader", appauthor=False) / FILE


def _unwritable(path: Path) -> str:
    return tr("{folder} cannot be written").format(folder=path.parent)


def key_of(document: Document) -> str | None:
    """The name of a document in the store: its file; None for one that has none (standard input)."""
    path = document.text.path
    if path is None:
        return None
    return _storable(f"{path.resolve()}#{document.id}" if document.is_pairs else str(path.resolve()))


def _storable(text: str) -> str:
    """The text as SQLite can hold it: the bytes of a file name that are no UTF-8, and half characters, written out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _storables(parameters: Iterable[object]) -> list[object]:
    return [_storable(one) if isinstance(one, str) else one for one in parameters]


class Store:
    """Visits and marks.

    Args:
        path: the file; its folder is made. None keeps nothing.
        migrations: what makes each version out of the one before.
    """

    def __init__(self, path: Path | None, migrations: Sequence[str] = MIGRATIONS) -> None:
        self._path, self._migrations = path, migrations
        self.note = ""
        """What a person should know: that nothing is kept, or that a broken file was put aside."""
        self.trouble = ""
        """Why what is to be kept is not; empty where all is well."""
        if path is not None:
            self._prepare(path)

    def _prepare(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._migrate()
        except _NewerError:
            self._keep_nothing(tr("the store was made by a newer version of the program"))
        except (sqlite3.OperationalError, OSError):
            self._keep_nothing(_unwritable(path))
        except sqlite3.DatabaseError:
            self._begin_anew(path)

    def _keep_nothing(self, reason: str) -> None:
        self._path, self.trouble = None, reason
        self.note = tr("places and marks are not kept: {reason}").format(reason=reason)

    def _begin_anew(self, path: Path) -> None:
        aside = path.with_name(f"{path.name}.broken-{time.time_ns()}")
        try:
            path.replace(aside)
            self._migrate()
        except (OSError, sqlite3.Error):
            self._keep_nothing(_unwritable(path))
        else:
            self.note = tr("the store of places was broken; it is kept as {name}").format(name=aside.name)

    def _migrate(self) -> None:
        if self._is_current():
            return
        with self._transaction() as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > len(self._migrations):
                raise _NewerError
            for step in self._migrations[version:]:
                for statement in filter(str.strip, step.split(";")):
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {len(self._migrations)}")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()

    def _is_current(self) -> bool:
        """Whether there is nothing to migrate, as at most starts; it costs no writing."""
        path = self._path
        if path is None or not path.is_file() or not all(os.access(place, os.W_OK) for place in (path, path.parent)):
            return False
        with closing(sqlite3.connect(path, timeout=_PATIENCE_SECONDS)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            return bool(connection.execute("PRAGMA user_version").fetchone()[0] == len(self._migrations))

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        assert self._path is not None  # noqa: S101 - asked for only where there is a file
        with closing(sqlite3.connect(self._path, timeout=_PATIENCE_SECONDS, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def _kept(self, statement: str, *parameters: object) -> None:
        """Write, or know why not; reading goes on either way."""
        if self._path is None:
            return
        try:
            with self._transaction() as connection:
                connection.execute(statement, _storables(parameters))
            self.trouble = ""
        except sqlite3.Error:
            self.trouble = _unwritable(self._path)

    def _rows(self, query: str, *parameters: object) -> list[tuple[Any, ...]]:
        if self._path is None:
            return []
        try:
            with closing(sqlite3.connect(self._path, timeout=_PATIENCE_SECONDS)) as connection:
                return connection.execute(query, _storables(parameters)).fetchall()
        except sqlite3.Error:
            return []

    def remember(self, visit: Visit) -> None:
        """Keep what is known of a document now, instead of what was; a score once known stays until a new one."""
        import json  # noqa: PLC0415 - nothing is kept in the first frame

        self._kept(
            "INSERT INTO visit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (document) DO UPDATE SET "
            "title = excluded.title, sources = excluded.sources, opened = excluded.opened, "
            "source_id = excluded.source_id, offset = excluded.offset, words = excluded.words, "
            "progress = excluded.progress, score = coalesce(excluded.score, score), "
            "problems = coalesce(excluded.problems, problems), "
            "doubtful = CASE WHEN excluded.score IS NULL THEN doubtful ELSE excluded.doubtful END",
            visit.document, visit.title, json.dumps(visit.sources), visit.opened or time.time(),
            *visit.place, visit.progress, visit.score, visit.problems, visit.doubtful,
        )  # fmt: skip

    def visit(self, document: str) -> Visit | None:
        """What is remembered of a document."""
        return next(iter(self._visits("WHERE document = ?", document)), None)

    def visits(self) -> list[Visit]:
        """All that is remembered, the latest first."""
        return self._visits("ORDER BY opened DESC")

    def _visits(self, clause: str, *parameters: object) -> list[Visit]:
        columns = "document, title, sources, source_id, offset, words, progress, score, problems, opened, doubtful"
        rows = self._rows(f"SELECT {columns} FROM visit {clause}", *parameters)  # noqa: S608
        if not rows:
            return []
        import json  # noqa: PLC0415 - a document that is opened for the first time has nothing to read

        return [Visit(row[0], row[1], tuple(json.loads(row[2])), Position(*row[3:6]), *row[6:]) for row in rows]

    def set_mark(self, document: str, letter: str, place: Position) -> None:
        """Keep a place under a letter; `trouble` tells where that is not possible."""
        self._kept("INSERT OR REPLACE INTO mark VALUES (?, ?, ?, ?, ?)", document, letter, *place)

    def marks(self, document: str) -> dict[str, Position]:
        """The marks of a document by letter, in alphabetical order."""
        query = "SELECT letter, source_id, offset, words FROM mark WHERE document = ? ORDER BY letter"
        rows = self._rows(query, document)
        return {row[0]: Position(*row[1:4]) for row in rows}
