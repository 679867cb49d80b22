"""Patterns of what stands inside texts for programs and is no language: placeholders and tags."""

from __future__ import annotations

import re

PLACEHOLDER = re.compile(
    r"\{\{[^{}\s]+\}\}|[$%#]\{[^{}\s]+\}|\{[^\W\d][\w.]*,\s*(?:plural|select|selectordinal|number|date|time)\b"
    r"|\{[\w.]*\}|%\([\w.]+\)[#0+-]?[\d.]*[sdifrxg]"
    r"|(?<![\d%])%(?:\d+\$)?[#0+-]*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh?|ll?|[zjt])?[diouxXeEfgGcsp@](?![A-Za-z])"
)
"""``{0}``, ``{name}``, ``{{name}}``, ``${name}``, ``%s``, ``%(name)s``, ``%1$d``, the head of an ICU plural."""

TAG = re.compile(r"</?[A-Za-z][\w:-]*(?:\s+[\w:-]+(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s<>\"']+))?)*\s*/?>", re.ASCII)
"""An XML or HTML tag."""
