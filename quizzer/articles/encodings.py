"""Bytes → text: what was declared, if the bytes agree; UTF-8 where they are; else a guess that is told.

Chinese, Japanese and Korean pages are often declared as a subset of what they use (`gb2312` with GBK signs), so the
larger set of the family decodes them.
"""

from __future__ import annotations

import codecs
import re

_LARGER = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "hz": "hz", "big5": "big5hkscs", "shift_jis": "cp932",
    "euc_kr": "cp949", "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254",
}  # fmt: skip
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_OF_LANGUAGE = {
    "zh": ("gb18030",), "zh-cn": ("gb18030",), "zh-hans": ("gb18030",), "zh-tw": ("big5hkscs",),
    "zh-hk": ("big5hkscs",), "ja": ("iso2022_jp", "euc_jp", "cp932"), "ko": ("cp949",),
}  # fmt: skip
_LOOKED_AT = 4096
_GUESSED_FROM = 200_000


def decode(data: bytes, charset: str = "") -> tuple[str, tuple[str, ...]]:
    """The text, and warnings where the bytes were not what was declared. `charset` is the server's word for it."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _clean(data[len(mark) :].decode(name, "replace")), ()
    head = data[:_LOOKED_AT]
    named = [charset, *(match[1].decode("ascii") for match in (_XML.search(head), _META.search(head)) if match)]
    declared = [name for name in map(_known, named) if name]
    for name in declared:
        text = _strictly(data, name)
        if text is not None:
            return _clean(text), ()
    said = f"it is declared as {declared[0]} and is not; " if declared else ""
    text = _strictly(data, "utf-8")
    if text is not None:
        return _clean(text), (f"{said}read as UTF-8",) if said else ()
    name = _wide(data) or _guess(data)
    text = data.decode(name, "replace")
    return _clean(text), (f"{said}its encoding was guessed to be {name}",)


def _known(name: str) -> str:
    try:
        found = codecs.lookup(name.strip().strip("\"'").lower()).name if name else ""
    except LookupError:
        return ""
    return _LARGER.get(found, found)


def _strictly(data: bytes, name: str) -> str | None:
    """The text; None unless nearly every byte fits. A cut at the end, or one broken sign in a thousand, may be."""
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        text = data.decode(name, "replace")
        return text if text.count("\ufffd") * 1000 <= len(text) else None
    except (LookupError, UnicodeError):
        return None


def _wide(data: bytes) -> str:
    """UTF-16 without a mark shows in its zero bytes."""
    head = data[:_LOOKED_AT]
    if len(head) < 4 or head.count(0) * 5 < len(head):
        return ""
    return "utf-16-be" if head[0::2].count(0) > head[1::2].count(0) else "utf-16-le"


def _guess(data: bytes) -> str:
    import chardet

    lang = re.search(rb"(?:xml:)?lang(?:uage)?\s*[=>]\s*[\"']?([A-Za-z-]{2,10})", data[:_LOOKED_AT])
    for name in _OF_LANGUAGE.get(lang[1].decode().lower() if lang else "", ()):
        if _strictly(data, name) is not None:
            return name
    # Markup and long runs of ASCII say nothing about the encoding: what is left of them decides better.
    bare = re.sub(rb"<[^>]{0,2000}>", b" ", data[:_GUESSED_FROM])
    # The first sign of a run may be the second byte of one before it.
    bare = re.sub(rb"([\x09-\x7e])[\x09-\x7e]{12,}", rb"\1 ", bare)
    found = chardet.detect(bare if len(bare) > 20 else data)["encoding"] or "cp1252"
    return _known(found) or "cp1252"


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
