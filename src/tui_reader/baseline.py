"""What people have said about findings: the baseline file beside a document, or one for a whole project."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tui_reader.baseline_file import Review, Status, file_lines, locked, merge, read_file
from tui_reader.errors import InputError
from tui_reader.files import replacing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tui_reader.model import Document, Finding, Text

__all__ = ["SUFFIX", "Baseline", "Review", "Status", "path_beside"]

SUFFIX = ".baseline.jsonl"
"""What a baseline beside its document adds to the document's file name."""


def path_beside(document: Path) -> Path:
    """Where the baseline of a document lives: ``letter.ja.md.baseline.jsonl`` beside ``letter.ja.md``."""
    return document.with_name(document.name + SUFFIX)


class Baseline:
    """The reviews in one file. Changes stay in memory until `save`, which merges them with the file.

    Args:
        path: the file; it need not exist.
        signature: of the check that the findings come from, None where nothing was checked yet.
        reviews: what the file says.
    """

    def __init__(self, path: Path, signature: str | None = None, reviews: Iterable[Review] = ()):
        self.path = path
        self.signatures: frozenset[str] = frozenset() if signature is None else frozenset({signature})
        """Of the checks that the findings come from: several where some paths have settings of their own."""
        self.who = ""
        """The person whose name new reviews bear."""
        self._reviews = {review.finding: review for review in reviews}
        self._saved = dict(self._reviews)

    @classmethod
    def load(cls, path: Path) -> Baseline:
        """Read a baseline; where there is no such file, an empty one.

        Raises:
            InputError: it cannot be read or understood, with its line and the cure.
        """
        signatures, reviews = read_file(path)
        baseline = cls(path, reviews=reviews)
        baseline.signatures = signatures
        return baseline

    @property
    def signature(self) -> str | None:
        """Of the one check that the findings come from, None where nothing was checked yet, or by several checks."""
        return next(iter(self.signatures)) if len(self.signatures) == 1 else None

    @signature.setter
    def signature(self, signature: str | None) -> None:
        self.signatures = frozenset() if signature is None else frozenset({signature})

    def __len__(self) -> int:
        return len(self._reviews)

    def __iter__(self) -> Iterator[Review]:
        return iter(self._reviews.values())

    def lookup(self, fingerprint: str) -> Review | None:
        """What was said about a finding, None for nothing."""
        return self._reviews.get(fingerprint)

    def current(self, fingerprint: str) -> Review | None:
        """What `save` would write about a finding: what was said here, merged with what others have saved meanwhile.

        Raises:
            InputError: what the file says now cannot be read or understood.
        """
        return self._merged().get(fingerprint)

    def hides(self, finding: Finding) -> bool:
        """Whether a finding is kept out of reports and gates."""
        review = self._reviews.get(finding.fingerprint)
        return review is not None and review.hides

    def review(  # noqa: PLR0913 - the parts of a review
        self,
        finding: Finding,
        text: Text,
        document: Document,
        *,
        status: Status | None = None,
        reason: str | None = None,
        note: str | None = None,
    ) -> Review | None:
        """Say something about a finding; what is None stays as it was.

        Args:
            finding: the finding.
            text: the whole text of its side.
            document: what was checked.
            status: the new status; any but `Status.IGNORED` forgets the reason.
            reason: why it is ignored.
            note: anything else worth keeping.

        Returns:
            What was said before, for `restore`.
        """
        before = self._reviews.get(finding.fingerprint)
        said = before or self.entry(finding, text, document)
        status = said.status if status is None else status
        kept = said.reason if reason is None else reason
        now = replace(
            said,
            status=status,
            reason=kept if status is Status.IGNORED else "",
            note=said.note if note is None else note,
            who=self.who,
            changed=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
        self.restore(finding.fingerprint, now if now.status is not Status.OPEN or now.note else None)
        return before

    def restore(self, fingerprint: str, before: Review | None) -> None:
        """Undo: put back what `review` gave, None for nothing at all."""
        if before is None:
            self._reviews.pop(fingerprint, None)
        else:
            self._reviews[fingerprint] = before

    def entry(self, finding: Finding, text: Text, document: Document, status: Status = Status.OPEN) -> Review:
        """A new line about a finding in the whole text of its side, not yet part of the baseline."""
        words = " ".join(finding.span.of(text.content).split())
        return Review(finding.fingerprint, finding.rule, self.document_name(document), words, status)

    def accept(self, review: Review) -> None:
        """Add a line unless there is one about this finding already."""
        self._reviews.setdefault(review.finding, review)

    def adopt(self, other: Baseline) -> None:
        """Take over what another file says; of two lines about one finding the later change counts."""
        here, there = self.path.resolve().parent, other.path.resolve().parent
        adopted = {review.finding: review for review in other}
        for finding, review in adopted.items():
            if review.document not in {"", "-"}:
                document = Path(os.path.relpath(there / review.document, here)).as_posix()
                adopted[finding] = replace(review, document=document)
        self._reviews = merge({}, self._reviews, adopted)
        self.signatures |= other.signatures

    def checked_by(self, signatures: Collection[str], documents: Collection[str]) -> None:
        """Note which checks have just looked at these documents; those that made lines about others stay noted."""
        others = any(review.document not in documents for review in self)
        kept = self.signatures if others or self.signatures.issuperset(signatures) else frozenset()
        self.signatures = kept.union(signatures)

    def document_name(self, document: Document) -> str:
        """How lines of this baseline name a document: by the file of its text."""
        path = document.text.path
        return "-" if path is None else Path(os.path.relpath(path.resolve(), self.path.resolve().parent)).as_posix()

    def stale(self, fingerprints: Collection[str], documents: Collection[str]) -> list[Review]:
        """The lines about findings that are no longer there.

        Args:
            fingerprints: of all findings that a check has made.
            documents: the files it looked at, by `document_name`; lines about others are not judged.
        """
        return [review for review in self if review.document in documents and review.finding not in fingerprints]

    def forget(self, reviews: Iterable[Review]) -> None:
        """Leave these lines out."""
        for review in reviews:
            self._reviews.pop(review.finding, None)

    def require(self, signature: str, cure: str) -> None:
        """Refuse to go on with findings of another check.

        Raises:
            InputError: the baseline was made with another signature.
        """
        if self.signatures and signature not in self.signatures:
            made = ", ".join(sorted(self.signatures))
            raise InputError(
                f"this baseline was made by another check ({made}; this one is {signature})",
                path=self.path,
                cure=cure,
            )

    def save(self, *, even_empty: bool = False) -> None:
        """Write the changes made here over what the file says now.

        Where somebody else has changed the same line meanwhile, the later change counts, and what the earlier one
        said is kept in its note.

        Args:
            even_empty: make a file where there is none, although there is nothing to say.

        Raises:
            InputError: the file cannot be written, or what it says now cannot be understood.
        """
        with locked(self.path):
            merged = self._merged()
            if merged or even_empty or self.path.exists():
                with replacing(self.path) as stream:
                    stream.writelines(f"{line}\n" for line in file_lines(self.signatures, merged.values()))
        self._reviews, self._saved = dict(merged), merged

    def _merged(self) -> dict[str, Review]:
        _, on_disk = read_file(self.path)
        return merge(self._saved, self._reviews, {review.finding: review for review in on_disk})
