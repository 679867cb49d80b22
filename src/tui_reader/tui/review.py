"""What a person says about findings while reading: kept in the baseline beside the document, each change undoable."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.baseline import Baseline, Review, Status, path_beside
from tui_reader.errors import InputError
from tui_reader.model import Side
from tui_reader.tui.error_wording import told
from tui_reader.tui.language import later, tr

if TYPE_CHECKING:
    from tui_reader.model import Document, Finding, Text

STATUS_WORDS = {
    Status.ACCEPTED: later("accepted"),
    Status.IGNORED: later("ignored"),
    Status.CONFIRMED: later("confirmed"),
    Status.OPEN: later("noted"),
}


class Change(NamedTuple):
    """Something said about a finding, and what was said before, by whomever."""

    finding: Finding
    before: Review | None


def _say_the_same(one: Review | None, other: Review | None) -> bool:
    """Whether two lines differ at most in who wrote them and when."""
    if one is None or other is None:
        return one is other
    return one == replace(other, who=one.who, changed=one.changed)


class ReviewDesk:
    """The reviews of a document.

    Args:
        document: what is read.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._baseline: Baseline | None = None
        self.trouble = ""
        """Why nothing can be reviewed, or why it cannot be kept; empty where all is well."""
        self._changes: list[Change] = []
        if document.text.path is None:
            self.trouble = tr("this text is no file, so reviews of it cannot be kept")
            return
        try:
            self._baseline = Baseline.load(path_beside(document.text.path))
        except InputError as error:
            self.trouble = told(error)

    def follow(self, document: Document) -> None:
        """Review another state of the same document from now on."""
        self._document = document

    @property
    def hidden(self) -> frozenset[str]:
        """Fingerprints of the findings that are not to be seen."""
        return frozenset(review.finding for review in self._baseline or () if review.hides)

    @property
    def reviewed(self) -> int:
        """How many findings a person has said something about."""
        return sum(review.by_person for review in self._baseline or ())

    def lookup(self, finding: Finding) -> Review | None:
        """What was said about a finding."""
        return None if self._baseline is None else self._baseline.lookup(finding.fingerprint)

    def is_open(self, finding: Finding) -> bool:
        """Whether nobody has decided about a finding yet."""
        review = self.lookup(finding)
        return review is None or review.status is Status.OPEN

    def require(self, signature: str) -> None:
        """Close the desk where the reviews belong to another check; from now on they are of this one."""
        if self._baseline is None:
            return
        try:
            self._baseline.require(signature, tr("write it again: tui-reader check --write-baseline"))
            self._baseline.signature = signature
        except InputError as error:
            self._baseline, self.trouble = None, told(error)

    def say(
        self,
        finding: Finding,
        text: Text,
        *,
        status: Status | None = None,
        reason: str | None = None,
        note: str | None = None,
    ) -> bool:
        """Say something about a finding; what is None stays as it was.

        Returns:
            False where nothing can be said; `trouble` tells why.
        """
        if self._baseline is None:
            return False
        before = self._current(finding.fingerprint)
        known = self._baseline.review(finding, text, self._document, status=status, reason=reason, note=note)
        if known == before and _say_the_same(known, self._baseline.lookup(finding.fingerprint)):
            # Nothing to take back: `u` is for what was said before that.
            self._baseline.restore(finding.fingerprint, known)
        else:
            self._changes.append(Change(finding, before))
        self._save()
        return True

    def _current(self, fingerprint: str) -> Review | None:
        """What is said of a finding before a change; it may have been said in another reader since this one opened."""
        assert self._baseline is not None  # noqa: S101 - whoever calls has looked
        try:
            return self._baseline.current(fingerprint)
        except InputError:
            # Saving will say why.
            return self._baseline.lookup(fingerprint)

    def undo(self) -> Finding | None:
        """Take back what was said last; the finding it was about, None where there is nothing to take back."""
        if self._baseline is None or not self._changes:
            return None
        change = self._changes.pop()
        self._baseline.restore(change.finding.fingerprint, change.before)
        self._save()
        return change.finding

    def _save(self) -> None:
        assert self._baseline is not None  # noqa: S101 - whoever calls has looked
        try:
            self._baseline.save()
            self.trouble = ""
        except InputError as error:
            self.trouble = tr("kept until you quit only: {reason}").format(reason=told(error))


def side_of(finding: Finding) -> str:
    """The side of a finding in words."""
    return tr("source") if finding.side is Side.SOURCE else tr("translation")
