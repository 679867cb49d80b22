"""The file of a baseline: lines of JSON, made to be read, edited and kept under version control.

First a line with the signature of the check (several where some paths have settings of their own), then one line a
finding, in the order of their fingerprints. The lines of two people may simply be put together (git's ``merge=union``
does so, and even git's conflict marks are understood): of two lines about one finding the later change counts.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from tui_reader.errors import InputError
from tui_reader.text.json_line import to_json

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

_HEADER, _VERSION = "tui-reader-baseline", 2
"""Version 1 holds one signature, and a file that has no more is still written so: older programs can read it."""
_CONFLICT_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_MEND = "mend it or delete it"
_PATIENCE_SECONDS = 10


class Status(StrEnum):
    """What is thought of a finding."""

    ACCEPTED = "accepted"
    """It was there when the baseline was written; nobody has looked at it. Not reported."""
    IGNORED = "ignored"
    """A person says that it is none, for a reason. Not reported."""
    CONFIRMED = "confirmed"
    """A person says that it is right. Reported until it is mended."""
    OPEN = "open"
    """Nothing is decided; there may be a note."""


@dataclass(frozen=True, slots=True)
class Review:
    """One line of a baseline: a finding and what was said about it."""

    finding: str
    """Its fingerprint."""
    rule: str
    document: str
    """The file that was checked, relative to the folder of the baseline, with ``/``."""
    words: str
    """The words in question, for people."""
    status: Status = Status.OPEN
    reason: str = ""
    """Why it is ignored."""
    note: str = ""
    who: str = ""
    changed: str = ""
    """When, as ``2031-03-03T09:30:00Z``; empty where no person did it."""

    @property
    def hides(self) -> bool:
        """Whether the finding is kept out of reports and gates."""
        return self.status in {Status.ACCEPTED, Status.IGNORED}

    @property
    def by_person(self) -> bool:
        """Whether a person's work would be lost with this line."""
        return self.status is not Status.ACCEPTED or bool(self.note)


def merge(base: dict[str, Review], mine: dict[str, Review], theirs: dict[str, Review]) -> dict[str, Review]:
    """Three-way merge of reviews by fingerprint; an edit beats a deletion."""
    merged = dict(theirs)
    for fingerprint in base.keys() | mine.keys():
        old, own, other = base.get(fingerprint), mine.get(fingerprint), theirs.get(fingerprint)
        if own == old:
            continue
        if own is None:
            if other == old:
                merged.pop(fingerprint, None)
        else:
            merged[fingerprint] = own if other in {None, old} else _both(own, other, old)
    return merged


def _both(one: Review, other: Review | None, base: Review | None = None) -> Review:
    """Of two lines about one finding the later, the earlier one's words kept in its note."""
    if other is None or one == other:
        return one
    later, earlier = (one, other) if one.changed >= other.changed else (other, one)
    known = "" if base is None else base.note
    kept = [later.note] if later.note else []
    if earlier.reason and earlier.reason != later.reason:
        kept.append(f"{earlier.status}: {earlier.reason}")
    if earlier.note and earlier.note not in {later.note, known}:
        kept.append(earlier.note)
    return replace(later, note="; ".join(dict.fromkeys(kept)))


def file_lines(signatures: Collection[str], reviews: Iterable[Review]) -> Iterator[str]:
    """The lines of a file, without line ends."""
    if len(signatures) > 1:
        yield to_json({_HEADER: _VERSION, "signature": sorted(signatures)})
    else:
        yield to_json({_HEADER: 1, "signature": next(iter(signatures), None)})
    for review in sorted(reviews, key=lambda review: review.finding):
        yield to_json({name: value for name, value in asdict(review).items() if value})


def read_file(path: Path) -> tuple[frozenset[str], list[Review]]:
    """The signatures and the reviews in a file; none of either where there is no file.

    Raises:
        InputError: it cannot be read or understood.
    """
    try:
        content = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return frozenset(), []
    except UnicodeDecodeError as error:
        raise InputError("this is not valid UTF-8 text", path=path, cure="is it a baseline?") from error
    except OSError as error:
        raise InputError(f"it cannot be read: {error.strerror}", path=path) from error
    signatures: dict[frozenset[str], int] = {}
    reviews: dict[str, Review] = {}
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip() or line.startswith(_CONFLICT_MARKS):
            continue
        record = _record(line, path, number)
        if _HEADER in record:
            signatures[_signatures(record, path, number)] = number
        elif not signatures:
            raise _not_a_baseline(path)
        else:
            review = _review(record, path, number)
            reviews[review.finding] = _both(review, reviews.get(review.finding))
    return _one_check(signatures, path), list(reviews.values())


def _record(line: str, path: Path, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError("this line is not valid JSON", path=path, line=number, cure=_MEND) from error
    if not isinstance(record, dict):
        raise InputError("this line is no JSON object", path=path, line=number, cure=_MEND)
    return record


def _signatures(record: dict[str, Any], path: Path, number: int) -> frozenset[str]:
    if record[_HEADER] not in {1, _VERSION}:
        raise InputError(
            f"this baseline has version {record[_HEADER]!r}, and this program knows version {_VERSION}",
            path=path,
            line=number,
            cure="update tui-reader, or write the baseline again with --write-baseline",
        )
    said = record.get("signature") or []
    given = [said] if isinstance(said, str) else said
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise InputError("'signature' must be a string or a list of them", path=path, line=number, cure=_MEND)
    return frozenset(given)


def _one_check(signatures: dict[frozenset[str], int], path: Path) -> frozenset[str]:
    if len(signatures) > 1:
        line = list(signatures.values())[1]
        raise InputError(
            "baselines of two different checks were put together",
            path=path,
            line=line,
            cure="delete the outdated first line of the two, and write the baseline again with --write-baseline",
        )
    return next(iter(signatures), frozenset())


def _review(record: dict[str, Any], path: Path, number: int) -> Review:
    names = tuple(Review.__dataclass_fields__)
    if unknown := sorted(record.keys() - set(names)):
        raise InputError(f"unknown key {unknown[0]!r}", path=path, line=number, cure=f"known are {', '.join(names)}")
    if wrong := sorted(name for name, value in record.items() if not isinstance(value, str)):
        raise InputError(f"{wrong[0]!r} must be a string", path=path, line=number, cure=_MEND)
    if not record.get("finding"):
        raise InputError("this line has no 'finding'", path=path, line=number, cure="give it a fingerprint")
    status = record.get("status", "open")
    if status not in list(Status):
        raise InputError(
            f"the status cannot be {status!r}", path=path, line=number, cure=f"it may be {', '.join(Status)}"
        )
    text = {"rule": "", "document": "", "words": ""} | record
    return Review(**(text | {"status": Status(status)}))


def _not_a_baseline(path: Path) -> InputError:
    return InputError(
        "this is no baseline: its first line does not say so", path=path, line=1, cure="make one with --write-baseline"
    )


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keeps other processes of this person from saving the same file meanwhile; where locks have no place, does not.

    Raises:
        InputError: another process holds the file and does not let go.
    """
    import hashlib  # noqa: PLC0415 - only saving pays for these

    from filelock import FileLock, Timeout  # noqa: PLC0415
    from platformdirs import user_cache_path  # noqa: PLC0415

    folder = user_cache_path("tui-reader", appauthor=False) / "locks"
    lock = FileLock(folder / f"{hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:16]}.lock")
    try:
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=_PATIENCE_SECONDS)
        yield
    except Timeout as error:
        raise InputError("another process is writing this file", path=path, cure="try again") from error
    finally:
        lock.release()
