"""The edges of a quotation: pieces of a sentence that has been divided belong to it, commentary beside it does not."""

from __future__ import annotations

import pytest

from tui_reader.alignment.document import align_document
from tui_reader.encoders import load
from tui_reader.model import Document, Source, Text
from tui_reader.text.blocks import plain_blocks

LONG = (
    "Old Marchbank, who had kept the lock at Thrupp since before the war and had been shouted at by three generations "
    "of bargemen, took it calmly."
)
SHORT = "The bolts on the northern gate have rusted through. Repairs will take until the autumn and cost 40,000 pounds."
DIVIDED = (
    "マーチバンク老人は戦前からスラップの水門を預かってきた。船頭にどなられること三代。"
    "それでも今度ばかりは落ち着いたものだった。"
)
PLAIN = "北側の扉のボルトは錆びて抜け落ちている。修理には秋までかかり、費用は四万ポンドに上る。"
BEFORE, AFTER = "この夏は暑い。仕事にならない日が続いている。", "さて、わが家の話に戻ろう。"


def linked(text: str, source: str) -> str:
    """What of a text translates something, in one line."""
    document = Document(
        "column",
        Text(text, "ja", plain_blocks(text)),
        (Source("statement", Text(source, "en", plain_blocks(source))),),
    )
    alignment = align_document(document, load("use"))
    spans = {span for bead in alignment.beads if bead.source_segments for span in bead.target_segments}
    return "".join(span.of(text) for span in sorted(spans))


@pytest.mark.parametrize(
    ("source", "quoted"),
    [
        (f"The ferry was late again. {LONG} {SHORT}", (DIVIDED, PLAIN)),
        (f"{SHORT} {LONG} The ferry was late again.", (PLAIN, DIVIDED)),
    ],
)
def test_all_pieces_of_a_divided_sentence_belong_to_the_quotation(source: str, quoted: tuple[str, str]) -> None:
    """Of three sentences that translate one, none is left to the commentary at either end of a quotation."""
    assert linked("\n\n".join([BEFORE, *quoted, AFTER]), source) == "".join(quoted)


def test_commentary_beside_a_quotation_stays_commentary() -> None:
    """Paragraphs before and after a quotation are not drawn in, whatever of the source is left for them."""
    assert linked(f"{BEFORE}\n\n{PLAIN}\n\n{AFTER}", f"The ferry was late again. {LONG} {SHORT}") == PLAIN
