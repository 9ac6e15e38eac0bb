"""A small fixed table of units: what a typed number may carry when its question names a unit."""

from __future__ import annotations

from fractions import Fraction

from quizzer.errors import Unreadable

_DECIMAL = {"": 1, "k": 10**3, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12, "P": 10**15}
_BINARY = {"Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40}

# name -> (dimension, factor)
UNITS: dict[str, tuple[str, Fraction]] = {}


def _add(dimension: str, factor: Fraction | int, *names: str) -> None:
    for name in names:
        UNITS[name] = (dimension, Fraction(factor))


_add("time", 1, "s", "sec", "second", "seconds", "秒")
_add("time", Fraction(1, 10**3), "ms", "毫秒", "millisecond", "milliseconds")
_add("time", Fraction(1, 10**6), "us", "μs", "µs", "微秒", "microsecond", "microseconds")
_add("time", Fraction(1, 10**9), "ns", "纳秒")
_add("time", 60, "min", "minute", "minutes", "分钟", "分")
_add("time", 3600, "h", "hour", "hours", "小时")
_add("time", 86400, "d", "day", "days", "天", "日")
for _prefix, _factor in (_DECIMAL | _BINARY).items():
    _add("memory", _factor * 8, f"{_prefix}B")
    _add("memory", _factor, f"{_prefix}bit", f"{_prefix}bits", f"{_prefix}b")
_add("memory", 8, "byte", "bytes", "字节")
_add("memory", 1, "比特")
for _prefix, _factor in _DECIMAL.items():
    _add("operations", _factor, f"{_prefix}FLOP", f"{_prefix}FLOPs", f"{_prefix}FLOPS", f"{_prefix}flops")
    _add("speed", _factor, f"{_prefix}FLOP/s")
    _add("frequency", _factor, f"{_prefix}Hz")
_add("pixels", 1, "px", "pixel", "pixels", "像素")
_add("share", 1, "1")
_add("share", Fraction(1, 100), "%", "percent")
_add("entropy", 1, "nat", "nats")
_add("angle", 1, "rad", "radians", "弧度")
_ENTROPY_BITS = ("bit", "bits", "比特")
# ln 2 to 60 digits: an entropy in bits is this many nats
_LN2 = Fraction("0.693147180559945309417232121458176568075500134360255254120680")


def split_unit(text: str) -> tuple[str, str]:
    """The number and the unit's word at its end: `12 ms` → ("12", "ms"). The word may be empty.

    Digits belong to the number; `×10⁻³`, brackets and `!` end it too.
    """
    end = len(text)
    while end and (text[end - 1].isalpha() or text[end - 1] in "/%") and text[end - 1] not in "万亿":
        end -= 1
    number, word = text[:end].rstrip(), text[end:].strip()
    if word.startswith("/"):
        return text, ""
    return number, word


def factor(word: str, wanted: str) -> Fraction:
    """What a number in `word` is multiplied by to be in `wanted`. Raises Unreadable for another dimension."""
    if word == wanted or word.casefold().rstrip("s") == wanted.casefold().rstrip("s"):
        same_case = UNITS.get(word) == UNITS.get(wanted)
        if word == wanted or same_case:
            return Fraction(1)
    have, want = _find(word, wanted), _find(wanted, word)
    if have is None:
        raise Unreadable(f"the unit `{word}` is not known here", f"Type the number in {wanted}")
    if want is None or have[0] != want[0]:
        raise Unreadable(f"`{word}` does not measure the same thing as {wanted}", f"Type the number in {wanted}")
    return have[1] / want[1]


def _find(word: str, other: str) -> tuple[str, Fraction] | None:
    """The unit a word names; `bit` is one of entropy beside `nat`."""
    if word in _ENTROPY_BITS and other in ("nat", "nats"):
        return "entropy", _LN2
    return UNITS.get(word)
