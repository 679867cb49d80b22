"""A value as one line of JSON that is safe to look at."""

from __future__ import annotations

import json
import re
from typing import Any

# Line separators of other standards would cut a line for some readers, and controls and bidi marks would reach a
# terminal: JSON may write any character as an escape.
_ESCAPED = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
# In the log of a build server a line with ##[ or ##vso[ anywhere may be a command.
_COMMAND = re.compile(r"##(\w*)\[")


def to_json(value: Any) -> str:
    """The value as one line: Japanese readable, anything invisible escaped; numbers of numpy become plain ones."""
    line = json.dumps(value, ensure_ascii=False, default=float)
    line = _ESCAPED.sub(lambda match: json.dumps(match[0])[1:-1], line)
    return _COMMAND.sub(r"##\1\\u005b", line) if "##" in line else line
