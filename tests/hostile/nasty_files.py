"""Files that are known to mean harm: bombs, depth, length, and lies about themselves."""

from __future__ import annotations

import zipfile
from io import BytesIO


def _bomb(entities: int) -> bytes:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(entities))
    return f'<?xml version="1.0"?><!DOCTYPE x [{lines}]><xliff version="1.2"><a>&l{entities - 1};</a></xliff>'.encode()


def _zip_bomb() -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("../../escaped.txt", "x")
        archive.writestr("META-INF/container.xml", b" " * 50_000_000)
    return held.getvalue()


def _book(contents: str, package: bytes = b"") -> bytes:
    held = BytesIO()
    container = f'<container><rootfiles><rootfile full-path="{contents}"/></rootfiles></container>'
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", container)
        if package:
            archive.writestr(contents, package)
    return held.getvalue()


NASTY_FILES: dict[str, tuple[str, bytes]] = {
    "nothing": ("tsv", b""),
    "only a mark": ("jsonl", b"\xef\xbb\xbf"),
    "only line ends": ("csv", b"\n\n\r\n\r"),
    "zeros": ("text", bytes(4096)),
    "every byte": ("markdown", bytes(range(256)) * 16),
    "a mark of UTF-16 and one byte": ("text", b"\xff\xfea"),
    "a table of one long line": ("tsv", b"id\tsource\ttarget\n1\t" + b"a" * 500_000 + b"\tb"),
    "ten thousand columns": ("csv", b"source,target," + b"x," * 10_000 + b"\n" + b"y," * 10_002 + b"\n"),
    "a quote that never ends": ("csv", b'source,target\n"' + b"a\n" * 5000),
    "brackets nested deeply": ("jsonl", b'{"source": "a", "target": ' + b"[" * 50_000),
    "a number of many digits": ("jsonl", b'{"source": "a", "target": "b", "id": ' + b"9" * 6000 + b"}\n"),
    "lone surrogates": ("jsonl", b'{"source": "\\ud800", "target": "\\udfff"}\n'),
    "entities that grow": ("xliff", _bomb(9)),
    "an entity from a file": (
        "tmx",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><tmx><body>&e;</body></tmx>',
    ),
    "tags nested deeply": ("xliff", b"<xliff>" + b"<g>" * 50_000),
    "quotes nested deeply": ("markdown", b">" * 5000 + " 雨が降った。\n".encode()),
    "brackets of a link": ("markdown", b"[" * 5000 + "雨が降った。".encode() + b"](" * 5000),
    "stars": ("markdown", "*雨_ ".encode() * 5000),
    "front matter that refers to itself": (
        "markdown",
        b"---\na: &a [*a, *a]\nb: !!python/object:os.system x\n---\nb\n",
    ),
    "front matter that grows": (
        "markdown",
        b"---\n"
        + b"".join(b"a%d: &a%d [%s]\n" % (n, n, b"*a%d," % (n - 1) * 9 if n else b"x") for n in range(9))
        + b"---\n",
    ),
    "offsets beyond the end": ("mo", b"\xde\x12\x04\x95" + b"\xff" * 60),
    "strings without end": ("mo", b"\xde\x12\x04\x95" + bytes(4) + b"\xff\xff\xff\x7f" + bytes(4096)),
    "a catalogue of half an entry": ("po", b'msgid "a'),
    "one long message": ("po", b'msgid "' + b"a" * 500_000 + b'"\nmsgstr "b"\n'),
    "an encoding that there is not": ("po", b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-99\\n"\n'),
    "plural forms that are a program": (
        "po",
        b'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=__import__(0);\\n"\n\n'
        b'msgid "a"\nmsgid_plural "b"\nmsgstr[999999999] "c"\n',
    ),
    "half a table": ("parquet", b"PAR1" + bytes(400)),
    "a table whose end lies": ("parquet", b"PAR1" + bytes(64) + b"\xff\xff\xff\x7fPAR1"),
    "times that go back": ("subtitles", b"1\n00:00:09,000 --> 00:00:01,000\nA\n\n1\n99:99:99,999 --> x\nB\n"),
    "one long line of speech": ("subtitles", b"1\n00:00:01,000 --> 00:00:02,000\n" + b"a" * 500_000 + b"\n"),
    "a segment nested deeply": ("tmx", b"<tmx><body><tu><tuv><seg>" + b"<hi>" * 50_000),
    "settings nested deeply": ("settings", b"a = " + b"[" * 20_000),
    "a setting of many digits": ("settings", b"[check]\nthreads = " + b"9" * 6000),
    "a review of many digits": ("baseline", b'{"finding": ' + b"9" * 6000 + b"}"),
    "front matter nested deeply": ("markdown", b"---\na: " + b"[" * 20_000 + "\n---\n雨が降った。\n".encode()),
    "settings in bytes": ("settings", bytes(range(256))),
    "reviews nested deeply": ("baseline", b'{"finding": ' + b"[" * 50_000),
    "a term of a quarter megabyte": ("glossary", b"source,target\n" + b"a" * 250_000 + b",b\n"),
    "a term that never ends": ("glossary", b'source,target\n"' + b"a\n" * 5000),
    "corrections nested deeply": ("repairs", b"[[pin]]\nsource = " + b"[" * 20_000),
    "tables of tables": ("repairs", b"[" + b"a." * 5_000 + b"a]\n"),
    "gold nested deeply": ("gold", b'{"id": ' + b"[" * 50_000),
    "gold of many digits": ("gold", b'{"id": ' + b"9" * 6000 + b"}"),
    "marks on what is no text": (
        "annotated pairs",
        b'{"id": 1, "group": "a", "kind": "omission", "source": 5, "target": "b", "gold": []}',
    ),
    "marks without end": (
        "annotated pairs",
        b'{"id": 1, "group": "a", "kind": "omission", "source": "a", "target": "b", "gold": [[0, 1e999]]}',
    ),
    "words to ignore at no place": (
        "annotated pairs",
        b'{"id": 1, "group": "a", "kind": "intact", "source": "a", "target": "b", "gold": [], '
        b'"ignore": {"source": [["a", "b"]]}}',
    ),
    "counts without end": ("evaluation", b'{"signature": "x", "groups": {"a": {"omission": [1e999, 1, 1, 1]}}}'),
    "a report nested deeply": ("older report", b'{"findings": ' + b"[" * 50_000),
    "a report whose findings are numbers": (
        "older report",
        b'{"id": 1, "signature": "x", "score": 1, "findings": [5]}',
    ),
    "passages at lines of many digits": (
        "description",
        b'text = "t.ja.txt"\n[[source]]\nfile = "s.en.txt"\n[[passage]]\nsource = "s"\nlines = "'
        + b"9" * 6000
        + b'"\n',
    ),
    "a manifest nested deeply": ("manifest", b'{"layout": ' + b"[" * 50_000),
    "a manifest of another program": ("manifest", b'{"layout": 7, "signature": "y"}'),
    "a receipt nested deeply": ("receipt", b'{"part": ' + b"[" * 50_000),
    "a receipt without end": ("receipt", b'{"part": "a", "sha256": "b", "faults": [], "tally": {"pairs": 1e999}}'),
    "an archive that is called a text": ("text", _zip_bomb()),
    "an archive that grows": ("epub", _zip_bomb()),
    "a book whose contents lie outside of it": ("epub", _book("../../../etc/passwd")),
    "a book that lists what is not there": ("epub", _book("a.opf", b"<package><spine><itemref idref='x'/></spine>")),
    "an archive of a version to come": (
        "epub",
        _zip_bomb().replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\x60"),
    ),
    "an archive that is cut off": ("epub", _zip_bomb()[:300]),
    "dots without end": ("text", "雨。 A. ".encode() * 15_000),
    "open quotes without end": ("text", "「".encode() * 20_000),
    "marks on one letter": ("text", ("雨。e" + "\u0301" * 50_000).encode()),
    "elements nested deeply": ("html", b"<div>" * 20_000 + b"a"),
    "a tag that never ends": ("html", b"<p>a<a " + b'x="y" ' * 50_000),
    "tags that never end": ("html", b"<p>a" + b"<p a=" * 20_000),
    "comments that never end": ("html", b"<p>a" + b"<!-- >" * 20_000),
    "hidden elements nested deeply": ("html", b"<p>a" + b"<svg><title>" * 10_000),
    "comments before any word": ("html", b"<p> " + b"<!--x--> " * 10_000 + b"a"),
    "a comment that never ends": ("html", b"<p>a<!--" + b"- " * 50_000),
    "a section that is none": ("html", b"<!DOCTYPE html><p>a<![x[ b ]]></p><p>c"),
    "joiners without end": ("text", ("👩" + "\u200d👩" * 10_000).encode()),
}
"""The format that each is opened as, and its bytes."""
