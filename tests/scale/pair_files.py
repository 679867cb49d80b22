"""Files of short pairs, cheap to check, some of them with findings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = ("Gate {n} is shut.", "Bring {n} ropes.", "The kettle sings.", "Rain fell on the {n} roofs of the mill.")
JAPANESE = ("{n}番の門は閉まっている。", "縄を{n}本持って来て。", "やかんが歌う。", "雨が降った。")


def pairs(count: int, *, document: int = 0) -> list[dict[str, str]]:
    """Pairs with ids; with `document`, so many neighbours share a document each."""
    found = []
    for n in range(count):
        pair = {"id": f"p{n}", "source": ENGLISH[n % 4].format(n=n + 2), "target": JAPANESE[n % 4].format(n=n + 2)}
        found.append(pair | ({"document": f"d{n // document}"} if document else {}))
    return found


def write_tsv(path: Path, found: list[dict[str, str]]) -> Path:
    """A TSV file of pairs."""
    lines = ["\t".join(found[0]), *("\t".join(pair.values()) for pair in found)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_jsonl(path: Path, found: list[dict[str, str]]) -> Path:
    """The same as JSON lines."""
    path.write_text("".join(json.dumps(pair, ensure_ascii=False) + "\n" for pair in found), encoding="utf-8")
    return path
