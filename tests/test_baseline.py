"""The baseline keeps what people said about findings, whoever else writes the file."""

from __future__ import annotations

import json
import multiprocessing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.baseline import Baseline, Review, Status, path_beside
from tui_reader.baseline_file import merge
from tui_reader.errors import InputError
from tui_reader.model import Document, Finding, Severity, Side, Span, Text

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "雨が\n降る"
SIGNATURE = "tui-reader:1|encoder:use"


def finding(fingerprint: str = "aaaa1111") -> Finding:
    """A finding on the first words of the text."""
    return Finding(
        "addition", Side.TARGET, Span(0, len(WORDS)), 0.9, Severity.WARNING, "message", fingerprint=fingerprint
    )


def text(folder: Path) -> Text:
    """The text of a document in this folder."""
    return Text(WORDS + "。", "ja", path=folder / "rain.ja.txt")


def document(folder: Path) -> Document:
    """That document."""
    return Document("rain", text(folder), ())


def beside(folder: Path) -> Baseline:
    """The baseline of that document as the file says now."""
    return Baseline.load(path_beside(folder / "rain.ja.txt"))


def test_a_review_is_found_again(tmp_path: Path) -> None:
    """Status, reason, person and the words in question survive in a file that names the document."""
    mine = beside(tmp_path)
    mine.signature, mine.who = SIGNATURE, "Mika"
    assert mine.review(finding(), text(tmp_path), document(tmp_path), status=Status.IGNORED, reason="poetic") is None
    mine.save()
    again = beside(tmp_path)
    said = again.lookup("aaaa1111")
    assert said
    assert (said.status, said.reason, said.who, said.words) == (Status.IGNORED, "poetic", "Mika", "雨が 降る")
    assert (said.document, said.rule, again.signature) == ("rain.ja.txt", "addition", SIGNATURE)
    assert again.hides(finding())
    assert len(said.changed) == len("2031-03-03T09:30:00Z")


def test_the_file_is_a_line_a_finding_in_order(tmp_path: Path) -> None:
    """People read it and version control compares it: sorted lines, Japanese readable, empty keys left out."""
    mine = beside(tmp_path)
    for fingerprint in ("bb", "aa"):
        mine.accept(mine.entry(finding(fingerprint), text(tmp_path), document(tmp_path), Status.ACCEPTED))
    mine.save()
    header, *lines = mine.path.read_text(encoding="utf-8").splitlines()
    assert json.loads(header) == {"tui-reader-baseline": 1, "signature": None}
    assert [json.loads(line)["finding"] for line in lines] == ["aa", "bb"]
    assert "雨が 降る" in lines[0]
    assert "note" not in lines[0]


def test_undo_leaves_no_trace(tmp_path: Path) -> None:
    """What review gives back restores the state before, also in the file."""
    mine = beside(tmp_path)
    mine.review(finding(), text(tmp_path), document(tmp_path), status=Status.CONFIRMED)
    mine.save()
    first = mine.path.read_bytes()
    before = mine.review(finding(), text(tmp_path), document(tmp_path), status=Status.IGNORED, reason="x")
    mine.save()
    mine.restore("aaaa1111", before)
    mine.save()
    assert mine.path.read_bytes() == first
    mine.restore("aaaa1111", None)
    mine.save()
    assert [*beside(tmp_path)] == []


def test_a_review_that_says_nothing_is_no_review(tmp_path: Path) -> None:
    """Taking back status and note leaves no empty line behind."""
    mine = beside(tmp_path)
    mine.review(finding(), text(tmp_path), document(tmp_path), note="look again")
    mine.review(finding(), text(tmp_path), document(tmp_path), note="")
    assert mine.lookup("aaaa1111") is None


def test_two_people_lose_nothing(tmp_path: Path) -> None:
    """Both opened the file before either saved: other findings stay, and of one finding the later change counts."""
    one, other = beside(tmp_path), beside(tmp_path)
    one.review(finding("aa"), text(tmp_path), document(tmp_path), status=Status.IGNORED, reason="an idiom")
    one.review(finding("bb"), text(tmp_path), document(tmp_path), status=Status.CONFIRMED)
    one.save()
    other.review(finding("aa"), text(tmp_path), document(tmp_path), status=Status.CONFIRMED)
    other.review(finding("cc"), text(tmp_path), document(tmp_path), note="see page 3")
    other.save()
    said = {review.finding: review for review in beside(tmp_path)}
    assert said.keys() == {"aa", "bb", "cc"}
    assert (said["aa"].status, said["aa"].note) == (Status.CONFIRMED, "ignored: an idiom")
    assert [*other] == [*beside(tmp_path)]


def _review_some(folder: Path, numbers: range) -> None:
    for number in numbers:
        mine = beside(folder)
        mine.review(finding(f"{number:04}"), text(folder), document(folder), status=Status.CONFIRMED)
        mine.save()


def _ignore(folder: Path) -> None:
    mine = beside(folder)
    mine.review(finding(), text(folder), document(folder), status=Status.IGNORED, reason="an idiom")
    mine.save()


def test_what_another_process_has_said_can_be_given_back(tmp_path: Path) -> None:
    """What stood in the file just before a change is known, and taking the change back restores it."""
    mine = beside(tmp_path)
    other = multiprocessing.get_context("fork").Process(target=_ignore, args=(tmp_path,))
    other.start()
    other.join()
    (theirs,) = beside(tmp_path)
    before = mine.current("aaaa1111")
    assert before == theirs
    assert mine.lookup("aaaa1111") is None, "nothing is taken over before it is saved"
    mine.review(finding(), text(tmp_path), document(tmp_path), status=Status.CONFIRMED)
    mine.save()
    mine.restore("aaaa1111", before)
    mine.save()
    assert [*beside(tmp_path)] == [theirs]


def test_processes_that_save_at_once_lose_nothing(tmp_path: Path) -> None:
    """Reading, merging and writing is one step for other processes."""
    ranges = [range(start, start + 8) for start in (0, 8, 16)]
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_review_some, args=(tmp_path, numbers)) for numbers in ranges]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(beside(tmp_path)) == 24


def test_lines_put_together_by_version_control(tmp_path: Path) -> None:
    """Both sides of a conflict are read, marks and all; a finding on both counts as last changed."""
    header = json.dumps({"tui-reader-baseline": 1, "signature": SIGNATURE})
    old = json.dumps({"finding": "aa", "status": "ignored", "reason": "r", "changed": "2031-01-01T00:00:00Z"})
    new = json.dumps({"finding": "aa", "status": "confirmed", "changed": "2031-01-02T00:00:00Z"})
    lines = [header, "<<<<<<< HEAD", new, "=======", old, '{"finding": "bb", "status": "accepted"}', ">>>>>>> theirs"]
    path_beside(tmp_path / "rain.ja.txt").write_text("\n".join(lines), encoding="utf-8")
    said = {review.finding: review for review in beside(tmp_path)}
    assert (said["aa"].status, said["aa"].note) == (Status.CONFIRMED, "ignored: r")
    assert said["bb"].hides


reviews = st.dictionaries(
    st.sampled_from("abc"),
    st.builds(
        Review,
        finding=st.just("f"),
        rule=st.just("omission"),
        document=st.just("d"),
        words=st.just("w"),
        status=st.sampled_from(Status),
        note=st.sampled_from(["", "n", "m"]),
        changed=st.sampled_from(["", "2031-01-01T00:00:00Z", "2031-01-02T00:00:00Z"]),
    ),
)


@given(reviews, reviews, reviews)
def test_merging_keeps_every_line_that_somebody_changed(
    base: dict[str, Review], mine: dict[str, Review], theirs: dict[str, Review]
) -> None:
    """A line is gone only where one side deleted it and the other left it alone; notes are never lost."""
    merged = merge(base, mine, theirs)
    for key in base.keys() | mine.keys() | theirs.keys():
        old, own, other = base.get(key), mine.get(key), theirs.get(key)
        kept = {own, other} - {None} if own != old and other != old else {other if own == old else own} - {None}
        assert (key in merged) == bool(kept)
        changed = [one for one in kept if one and one.note and one != old]
        assert all(one.note in merged[key].note or (old and one.note == old.note) for one in changed)
    assert merge(base, mine, base) == mine
    assert merge(base, base, theirs) == theirs


def test_another_signature_is_refused(tmp_path: Path) -> None:
    """Findings of another check have other names: going on would report all of them as new."""
    mine = Baseline(tmp_path / "b.jsonl", SIGNATURE)
    mine.require(SIGNATURE, "cure")
    with pytest.raises(InputError, match=r"b.jsonl: this baseline was made by another check .*; write it again"):
        mine.require("tui-reader:2|encoder:use", "write it again")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ({"tui-reader-baseline": 1, "signature": 5}, "b.jsonl:1: 'signature' must be a string or a list of them"),
        ({"tui-reader-baseline": 2, "signature": ["a", 5]}, "b.jsonl:1: 'signature' must be a string or a list of"),
        ({"tui-reader-baseline": 3}, "b.jsonl:1: this baseline has version 3, and this program knows version 2"),
    ],
)
def test_what_is_wrong_with_a_first_line_is_named(tmp_path: Path, header: dict[str, object], expected: str) -> None:
    """A signature that is none is not mistaken for another version."""
    (tmp_path / "b.jsonl").write_text(json.dumps(header), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Baseline.load(tmp_path / "b.jsonl")
    assert str(caught.value).startswith(str(tmp_path / expected))


def test_several_checks_may_have_made_a_baseline(tmp_path: Path) -> None:
    """Paths with settings of their own have a signature each; programs that know of one refuse such a file."""
    mine = Baseline(tmp_path / "all.jsonl", SIGNATURE)
    mine.checked_by({SIGNATURE, "other"}, {"rain.ja.txt"})
    mine.save(even_empty=True)
    header = json.loads(mine.path.read_text(encoding="utf-8"))
    assert header == {"tui-reader-baseline": 2, "signature": ["other", SIGNATURE]}
    again = Baseline.load(mine.path)
    assert (again.signatures, again.signature) == (frozenset({"other", SIGNATURE}), None)
    again.require("other", "cure")
    with pytest.raises(InputError, match=r"another check .other, tui-reader:1.encoder:use; this one is third"):
        again.require("third", "cure")


def test_a_check_of_some_documents_keeps_the_signatures_of_the_others(tmp_path: Path) -> None:
    """Theirs stay as long as lines about them do; of what was checked anew, the old ones go."""
    mine = Baseline(tmp_path / "all.jsonl", SIGNATURE)
    mine.accept(mine.entry(finding(), text(tmp_path), document(tmp_path), Status.ACCEPTED))
    mine.checked_by({"new"}, {"other.txt"})
    assert mine.signatures == {SIGNATURE, "new"}
    mine.checked_by({"new"}, {"other.txt", "rain.ja.txt"})
    assert mine.signatures == {SIGNATURE, "new"}
    mine.checked_by({"newer"}, {"other.txt", "rain.ja.txt"})
    assert mine.signatures == {"newer"}


def test_what_people_said_is_taken_over_from_another_baseline(tmp_path: Path) -> None:
    """Reasons come along, and documents are named from the new folder."""
    (tmp_path / "lists").mkdir()
    old, new = Baseline(tmp_path / "old.jsonl", SIGNATURE), Baseline(tmp_path / "lists/new.jsonl")
    old.review(finding(), text(tmp_path), document(tmp_path), status=Status.IGNORED, reason="poetic")
    new.accept(new.entry(finding(), text(tmp_path), document(tmp_path), Status.ACCEPTED))
    new.adopt(old)
    new.save()
    said = Baseline.load(new.path).lookup("aaaa1111")
    assert said
    assert (said.status, said.reason, said.document) == (Status.IGNORED, "poetic", "../rain.ja.txt")
    assert new.signatures == {SIGNATURE}


def test_stale_lines_are_those_of_documents_that_were_looked_at(tmp_path: Path) -> None:
    """A finding that is gone is stale; one of a file that was not checked is not judged."""
    mine = Baseline(tmp_path / "all.jsonl")
    for fingerprint, name in (("aa", "rain.ja.txt"), ("bb", "rain.ja.txt"), ("cc", "other.txt")):
        mine.accept(
            replace(
                mine.entry(finding(fingerprint), text(tmp_path), document(tmp_path), Status.ACCEPTED), document=name
            )
        )
    stale = mine.stale({"aa"}, {"rain.ja.txt"})
    assert [review.finding for review in stale] == ["bb"]
    mine.forget(stale)
    assert [review.finding for review in mine] == ["aa", "cc"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{}\n", r"b:1: this is no baseline"),
        ('{"tui-reader-baseline": 1, "signature": "s"}\n{"finding"', r"b:2: this line is not valid JSON; mend it"),
        ('{"tui-reader-baseline": 1, "signature": "s"}\n\n3', r"b:3: this line is no JSON object"),
        ('{"tui-reader-baseline": 9, "signature": "s"}', r"b:1: this baseline has version 9"),
        ('{"tui-reader-baseline": 1, "signature": "s"}\n{"status": "open"}', r"b:2: this line has no 'finding'"),
        (
            '{"tui-reader-baseline": 1, "signature": "s"}\n{"finding": "a", "status": "fine"}',
            r"b:2: the status cannot be 'fine'; it may be accepted, ignored, confirmed, open",
        ),
        ('{"tui-reader-baseline": 1, "signature": "s"}\n{"finding": "a", "x": "y"}', r"b:2: unknown key 'x'"),
        ('{"tui-reader-baseline": 1, "signature": "s"}\n{"finding": "a", "note": 1}', r"b:2: 'note' must be a string"),
        (
            '{"tui-reader-baseline": 1, "signature": "s"}\n{"tui-reader-baseline": 1, "signature": "t"}',
            r"b:2: baselines of two different checks were put together; delete",
        ),
    ],
)
def test_mistakes_name_line_and_cure(tmp_path: Path, content: str, message: str) -> None:
    """The file is edited by hand: every mistake is one line with its place and what to do."""
    path = tmp_path / "b"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        Baseline.load(path)


def test_a_failed_save_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    """What cannot be understood is not written over."""
    path = tmp_path / "b"
    mine = Baseline.load(path)
    mine.accept(mine.entry(finding(), text(tmp_path), document(tmp_path)))
    path.write_text("somebody's other file\n", encoding="utf-8")
    with pytest.raises(InputError):
        mine.save()
    assert path.read_text(encoding="utf-8") == "somebody's other file\n"


def test_hostile_words_are_escaped_in_the_file(tmp_path: Path) -> None:
    """Looking at a baseline with cat is safe, and the words come back as they were."""
    evil = replace(text(tmp_path), content="\x1b[31m\u202e\u2028")
    mine = beside(tmp_path)
    mine.accept(mine.entry(replace(finding(), span=Span(0, 7)), evil, document(tmp_path)))
    mine.save()
    raw = mine.path.read_text(encoding="utf-8")
    assert not set(raw) & set("\x1b\u202e\u2028")
    assert len(raw.splitlines()) == 2
