"""Fitting, on a handful of pairs: the parameters come out of the data, in the shape that the checker reads."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tui_reader.checks.coverage.attention import AttentionModel
from tui_reader.checks.coverage.confidence import EVIDENCE
from tui_reader.checks.coverage.features import feature_names
from tui_reader.checks.coverage.losses import LossModel, logistic, loss_model
from tui_reader.checks.coverage.parameters import archive
from tui_reader.corpus import corpus_path
from tui_reader.encoders import available, choose
from tui_reader.evaluation import network_fit
from tui_reader.evaluation.confidence_fit import Judged, fit_confidence
from tui_reader.evaluation.held_out import cross_validated
from tui_reader.evaluation.loss_fit import fit_losses
from tui_reader.evaluation.network_fit import HELD_OUT, fitted_and_judged, parts
from tui_reader.evaluation.samples import (
    CALIBRATION,
    FROM_JAPANESE,
    Sample,
    marked_files,
    read_marked,
    read_pairs,
    samples,
)
from tui_reader.evaluation.tables import (
    centre,
    kept_rows,
    language_means,
    measured,
    measured_by_processes,
    measured_share,
)
from tui_reader.formats import read
from tui_reader.model import Span
from tui_reader.text import sentences

if TYPE_CHECKING:
    from pathlib import Path

    from tui_reader.evaluation.tables import Row
    from tui_reader.model import Document


@pytest.fixture(scope="module")
def pairs() -> list[dict[str, str]]:
    """Paragraphs of a bundled document, which has as many in either language."""
    document: Document = read(corpus_path() / "ember-moths")
    sides = [[b.span.of(t.content) for b in t.blocks] for t in (document.sources[0].text, document.text)]
    rows = zip(*(side[-12:] for side in sides), strict=True)
    return [{"source": one, "target": other, "document": "moths"} for one, other in rows]


@pytest.fixture(scope="module")
def rows(pairs: list[dict[str, str]]) -> list[Row]:
    """The shorter samples of these pairs, measured."""
    if "e5" not in available():
        pytest.skip("the weights of e5 are not installed here")
    items = [s for s in samples(pairs, choose("use").sentences) if len(sentences.split(s.english, "en")) < 9]
    return list(measured(items, choose("both")))


def test_word_losses_are_learned_from_damage(rows: list[Row]) -> None:
    """Fitted on damaged pairs, the model tells their lost words from the others."""
    sides = [row.sides[0] for row in rows if row.sides[0].counted.any()]
    assert any(side.labels.any() for side in sides)
    n = len(feature_names(in_context=False))
    stored = {f"use.en.{name}": value for name, value in fit_losses(sides, n).items()}
    model = LossModel.of(stored, "en", "use")
    p = np.concatenate([logistic(model.log_odds(side.features[:, :n])) for side in sides])
    labels = np.concatenate([side.labels for side in sides])
    assert p[labels == 1].mean() > 1.5 * p[labels == 0].mean()


def test_fitting_again_gives_the_same_numbers(rows: list[Row]) -> None:
    """Nothing of a fit is left to chance that is not seeded: two fits on the same words are equal to the last bit."""
    sides, n = [row.sides[0] for row in rows if row.sides[0].counted.any()], len(feature_names(in_context=False))
    one, other = fit_losses(sides, n), fit_losses(sides, n)
    assert one.keys() == other.keys()
    assert all(one[name].tobytes() == other[name].tobytes() for name in one)


def test_words_beside_a_deletion_are_not_counted(rows: list[Row]) -> None:
    """Function words that touch the counterpart of a deletion are in doubt; content words never are."""
    deleted = [row for row in rows if row.item.deleted]
    assert deleted
    for row in deleted:
        side = row.sides[row.item.teaches.index(True)]
        assert not any(side.setting.words[k].content_word for k in np.flatnonzero(~side.counted).tolist())


def test_what_was_measured_is_kept_whatever_stands_before(tmp_path: Path, rows: list[Row]) -> None:
    """A share that another file of pairs has pushed on is not measured again, and has its new numbers."""
    share = [replace(row.item, pair=row.item.pair + 3) for row in rows[:4]]
    kept = measured_share(share, tmp_path)
    first = kept_rows(kept, share[0].pair)
    kept.chmod(0o400)
    made = kept.stat().st_mtime_ns
    later = kept_rows(
        measured_share([replace(item, pair=item.pair + 100) for item in share], tmp_path), share[0].pair + 100
    )
    assert [row.item.pair for row in later] == [row.item.pair + 100 for row in first]
    assert [path.stat().st_mtime_ns for path in tmp_path.iterdir()] == [made]
    assert np.array_equal(first[0].sides[0].features, later[0].sides[0].features)


def test_a_file_is_held_out_as_a_whole() -> None:
    """Annotated pairs of one file are in one part, files are spread evenly, other pairs by their number."""
    sizes = {"long": 6, "middle": 4, "short": 3, "last": 3}
    items = [Sample(k, "a", "b", document=name) for name, size in sizes.items() for k in range(20, 20 + size)]
    items = [replace(item, pair=k) for k, item in enumerate(items, 10)]
    other = [Sample(k, "a", "b") for k in range(10)]
    part = parts([*other, *items])
    of_file = {name: {part[item.pair] for item in items if item.document == name} for name in sizes}
    assert {name: len(parts_of) for name, parts_of in of_file.items()} == dict.fromkeys(sizes, 1)
    assert of_file["long"].isdisjoint(of_file["middle"] | of_file["short"])
    assert {part[k] for k in range(10)} == {0, 1}


def test_what_calibrates_is_held_out_and_teaches_no_network(monkeypatch: pytest.MonkeyPatch, rows: list[Row]) -> None:
    """Its files are in the part that is judged, whatever their sizes, and move no other file to another part."""
    ours = [replace(row, item=replace(row.item, document="lamp")) for row in rows[:2]]
    theirs = [
        replace(row, item=replace(row.item, pair=row.item.pair + 50, document=f"{CALIBRATION}/{name}"))
        for name in ("from-japanese/quay", "moor")
        for row in rows
    ]
    items = [row.item for row in (*ours, *theirs)]
    part = parts(items)
    assert part == parts([row.item for row in ours]) | {row.item.pair: HELD_OUT for row in theirs}
    monkeypatch.setattr(network_fit, "_SHARED", {"rows": [*ours, *theirs], "part": part})
    assert {row.item.document for row in network_fit._taught(None)} == {"lamp"}
    assert network_fit._origin([*ours, *theirs]) == network_fit._origin(ours)


def test_files_that_calibrate_come_last(tmp_path: Path) -> None:
    """One more of them gives no other pair another number, and where a pair comes from is told by its folders."""
    row = "id\tsource\ttarget\nx\tThe keeper slept.\t灯台守は眠った。\n"
    for name in (
        "lamp",
        f"{FROM_JAPANESE}/quay",
        f"{CALIBRATION}/{FROM_JAPANESE}/abbey",
        f"{CALIBRATION}/moor",
        "tide",
    ):
        path = tmp_path / f"{name}.tsv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(row, encoding="utf-8")
    made = [next(read_marked(path, tmp_path)) for path in marked_files(tmp_path)]
    assert [(one.document, one.from_japanese, one.calibrates) for one in made] == [
        ("lamp", False, False),
        ("tide", False, False),
        ("from-japanese/quay", True, False),
        ("calibration/from-japanese/abbey", True, True),
        ("calibration/moor", False, True),
    ]


def stored_attention(left_out: int | None) -> dict[str, Any]:
    """Instead of fitting: the shipped attention model, and the pairs that it would have been fitted on."""
    shipped = {name: value for name, value in archive().items() if name.startswith("attention.")}
    return shipped | {"taught": np.asarray(sorted({row.item.pair for row in network_fit._taught(left_out)}))}


def stored_losses(left_out: int | None) -> dict[str, Any]:
    """Instead of fitting: the shipped word losses."""
    assert network_fit._taught(left_out)
    return {name: value for name, value in archive().items() if not name.startswith("attention.")}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fitting needs a system that can fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_spans_are_judged_by_networks_that_have_not_seen_the_pair(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, rows: list[Row]
) -> None:
    """What teaches confidence comes from the part that was held out, the networks that are kept from all pairs."""
    monkeypatch.setattr(network_fit, "_attention", stored_attention)
    monkeypatch.setattr(network_fit, "_losses", stored_losses)
    networks, judged = fitted_and_judged(rows, language_means(rows), 2, tmp_path)
    (kept,) = tmp_path.glob("stored_attention-without-0-*.npz")
    unseen = np.load(kept)
    everything, half = set(networks["taught"].tolist()), set(unseen["taught"].tolist())
    assert everything == {row.item.pair for row in rows} > half
    assert set(judged) == {"use", "both"}
    assert judged["both"]
    assert {one.pair for found in judged.values() for one in found} <= everything - half


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fitting needs a system that can fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_fit_that_was_stopped_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, rows: list[Row]) -> None:
    """Networks that were fitted on the same samples are not fitted again; with a sample less they are."""
    monkeypatch.setattr(network_fit, "_attention", stored_attention)
    monkeypatch.setattr(network_fit, "_losses", stored_losses)
    first, _ = fitted_and_judged(rows, language_means(rows), 2, tmp_path)
    made = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert len(made) == 4, "two kinds of networks, of all pairs and of a half"
    again, _ = fitted_and_judged(rows, language_means(rows), 2, tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == made
    assert first.keys() == again.keys()
    assert all(first[name].tobytes() == again[name].tobytes() for name in first)
    fitted_and_judged(rows[1:], language_means(rows), 2, tmp_path)
    assert len(list(tmp_path.iterdir())) == 8


def test_the_attention_model_is_what_was_fitted(rows: list[Row]) -> None:
    """NumPy says of every word of both sides what the fitted arithmetic says, however much it is padded."""
    jax = pytest.importorskip("jax", reason="fitting needs the extra `fit`")
    from tui_reader.evaluation import attention_fit, attention_network  # noqa: PLC0415

    row, sizes = rows[0], attention_fit.signal_sizes(rows)
    parameters = attention_network.first_weights(np.random.default_rng(3), *attention_fit.widths(row))
    stored = attention_fit._named(parameters, sizes) | {
        f"attention.{language}.mean": np.zeros((2, 384), np.float32) for language in ("en", "ja")
    }
    model = AttentionModel.of(stored)
    inputs, signals = [side.single() for side in row.example.sides], [side.features for side in row.sides]
    found = model.verdicts(inputs, [model.english, model.japanese], row.example.table.astype(np.float32), signals)
    wanted = jax.jit(attention_network.verdicts)(parameters, attention_fit._tensors([row], 110, sizes))
    for one, other in zip(found, wanted, strict=True):
        assert np.allclose(one, np.asarray(other)[0, : len(one)], atol=5e-3)


def test_pairs_are_read_with_their_escapes(tmp_path: Path) -> None:
    """Tabs and newlines inside a cell come back."""
    path = tmp_path / "pairs.tsv"
    path.write_text("id\tsource\ttarget\tdocument\tlicence\n1\ta\\tb\tc\\nd\te\tCC0\n", encoding="utf-8")
    assert read_pairs(path)[0] == {
        "id": "1", "source": "a\tb", "target": "c\nd", "document": "e", "licence": "CC0",
    }  # fmt: skip


def test_marked_pairs_lose_their_marks(tmp_path: Path) -> None:
    """What stands in marks becomes spans of the plain texts, on both sides and more than once."""
    path = tmp_path / "marked.tsv"
    path.write_text(
        "id\tsource\ttarget\na\tOne ⟦two⟧ three ⟦four⟧.\t一つ⟦目に⟧三つ。\nb\tFive.\t五つ。\n", encoding="utf-8"
    )
    marked, faithful = read_marked(path, tmp_path, 7)
    assert marked.texts == ("One two three four.", "一つ目に三つ。")
    assert [[span.of(text) for span in spans] for text, spans in zip(marked.texts, marked.lost, strict=True)] == [
        ["two", "four"],
        ["目に"],
    ]
    assert (marked.pair, faithful.pair, marked.intact, faithful.intact) == (7, 8, False, True)


@pytest.mark.parametrize("path", sorted((corpus_path() / "fitting").rglob("*.tsv")), ids=lambda path: path.stem)
def test_annotated_pairs_are_well_formed(path: Path) -> None:
    """Every row has an id of its own and both texts, marks stand in pairs around something, English is not Japanese."""
    rows = read_pairs(path)
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        for text in (row["source"], row["target"]):
            assert re.fullmatch("[^⟦⟧]*(⟦[^⟦⟧]+⟧[^⟦⟧]*)*", text), row["id"]
        assert not re.search("[ぁ-んァ-ヶ一-龠]", row["source"]), row["id"]


def test_confidence_is_a_probability() -> None:
    """Fitted on spans of which a known share is right, it says that share."""
    chance = np.random.default_rng(1)
    evidence = chance.normal(size=(4000, len(EVIDENCE)))
    evidence[:, 0] = 1
    right = chance.random(4000) < 1 / (1 + np.exp(-2 * evidence[:, 1]))
    judged = [Judged(k, "en", Span(0, 1), row, bool(y)) for k, (row, y) in enumerate(zip(evidence, right, strict=True))]
    said = 1 / (1 + np.exp(-evidence @ fit_confidence(judged, {False: 0.15})))
    sure = (said > 0.7) & (said < 0.9)
    assert right[sure].mean() == pytest.approx(said[sure].mean(), abs=0.05)


def test_each_origin_is_weighed_to_the_same_prevalence() -> None:
    """Where half of the texts from Japanese lack something and a tenth of the others, both weigh the same."""
    chance = np.random.default_rng(3)
    origin = chance.random(6000) < 0.5
    lossy = chance.random(6000) < np.where(origin, 0.5, 0.1)
    evidence = np.zeros((6000, len(EVIDENCE)))
    evidence[:, 0], evidence[:, 1], evidence[:, -1] = 1, chance.normal(size=6000), origin
    judged = [
        Judged(k, "en", Span(0, 1), row, bool(y), lossy=bool(y), from_japanese=bool(o))
        for k, (row, y, o) in enumerate(zip(evidence, lossy, origin, strict=True))
    ]
    weights = fit_confidence(judged, {False: 0.1, True: 0.5})
    assert weights[-1] == pytest.approx(0, abs=0.2)


@pytest.mark.parametrize("kind", ["use", "both"])
@pytest.mark.parametrize("language", ["en", "ja", "fr"])
def test_shipped_parameters_fit_the_features(kind: str, language: str) -> None:
    """What is in the package was fitted for the features that the package computes."""
    model = loss_model(language, kind)
    assert len(model.hidden[0]) == len(feature_names(in_context=kind == "both"))


@pytest.mark.parametrize("kind", ["use", "both"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_shipped_confidence_fits_the_evidence(kind: str, language: str) -> None:
    """There is a weight for everything that is known of a span."""
    assert archive()[f"{kind}.{language}.confidence"].shape == (len(EVIDENCE),)


def test_findings_are_judged_on_documents_that_taught_nothing() -> None:
    """Precision, recall and calibration are those of spans whose confidence was fitted on the other documents."""
    chance = np.random.default_rng(2)
    evidence = chance.normal(size=(600, len(EVIDENCE)))
    evidence[:, 0], right = 1, chance.random(600) < 0.5
    evidence[:, 1] = np.where(right, 3, -3)
    judged = [
        Judged(k, "en", Span(0, 4), row, bool(y), lossy=bool(y))
        for k, (row, y) in enumerate(zip(evidence, right, strict=True))
    ]
    lost = {k: [Span(0, 4)] if y else [] for k, y in enumerate(right)}
    lines = list(cross_validated(judged, lost, {k: f"part {k % 3}" for k in lost}, {False: 0.15}))
    assert [line.split(" 0.3:")[0].strip() for line in lines] == ["part 0", "part 1", "part 2", "all"]
    assert "P 1.000 R 1.000" in lines[-1]


def test_arrays_outside_memory_are_the_same_and_still_shared(tmp_path: Path, rows: list[Row]) -> None:
    """Rows whose arrays lie in a file say what they said; a side that two rows share is centred once."""
    items = [row.item for row in rows[:6]]
    kept = kept_rows(measured_share(items, tmp_path), items[0].pair)
    moved = measured_by_processes(items, 1, tmp_path)
    assert len(list(tmp_path.iterdir())) == 1, "the file of arrays is gone from the folder"
    for one, other in zip(kept, moved, strict=True):
        assert np.array_equal(one.example.table, other.example.table)
        for k in (0, 1):
            assert np.array_equal(one.sides[k].features, other.sides[k].features)
            assert np.array_equal(one.example.sides[k].vectors, other.example.sides[k].vectors)
    assert len({id(row.example.sides[0]) for row in moved}) == len({row.item.english for row in moved})
    means = language_means(moved)
    centre(moved, means)
    before, after = kept[0].example.sides[0], moved[0].example.sides[0]
    shift = np.zeros(before.vectors.shape[1], np.float32)
    shift[: before.widths[1]] = means["en"].ravel()
    assert np.allclose(after.vectors, before.vectors - shift, atol=2e-3)
