"""How everything in the two texts looks."""

from __future__ import annotations

ROW_INKS = {
    "row": "foreground on background",
    "current": "on surface",
    "bar": "on accent 60%",
    "rule": "on foreground 10%",
    "source": "foreground 80%",
    "target": "foreground",
    "commentary": "foreground 52%",
    "heading": "primary bold",
    "note": "foreground 45% italic",
    "dot": "foreground 30%",
    "omission": "warning underline",
    "addition": "success reverse",
    "other": "error strike",
    "selection": "foreground on background reverse",
    "reading": "foreground 60%",
    "moved": "primary italic",
    "letter-moved": "primary bold italic",
    "letter-omission": "warning bold",
    "letter-addition": "success bold",
    "letter-other": "error bold",
    "current-finding": "bold",
    "counterpart": "on primary 30%",
    "match": "on accent 25%",
    "current-match": "background on accent bold",
    "word": "background on primary bold",
    "linked-word": "on primary 45% bold underline",
}
"""The styles of rows by name; see `inked.ink`. Those of findings differ by more than colour."""
