"""exp and log from IEEE additions and multiplications alone: the same bits for floats and arrays, on every machine.

The C libraries' own differ in the last bit from one system to the next and from numpy's. A state that is kept in the
database and must equal the replay of its log can't rest on them. Both are within 3 units in the last place.
"""

from __future__ import annotations

from math import frexp, ldexp
from typing import Any

from quizzer.lean import dataclass

_LN2_HIGH = 6.93147180369123816490e-01
"""The leading bits of ln 2: its products with whole numbers up to 2¹⁰ are exact. The rest follows."""
_LN2_LOW = 1.90821492927058770002e-10
_PER_LN2 = 1.4426950408889634
_ROOT_HALF = 0.7071067811865476
_ROOT_HALF_BITS = 0x3FE6A09E667F3BCD
_WHOLE = 2.0**52
_EXP = (1 / 6227020800, 1 / 479001600, 1 / 39916800, 1 / 3628800, 1 / 362880, 1 / 40320, 1 / 5040, 1 / 720, 1 / 120,
        1 / 24, 1 / 6, 1 / 2, 1.0)  # fmt: skip
"""Taylor's, highest power first, the constant 1 left out."""
_LOG = (2 / 21, 2 / 19, 2 / 17, 2 / 15, 2 / 13, 2 / 11, 2 / 9, 2 / 7, 2 / 5, 2 / 3)
"""Of log((1 + s)/(1 - s)) = 2s + …, in powers of s²."""


@dataclass(frozen=True, slots=True)
class Maths:
    """The few functions that formulas need, for floats or for arrays of float64. `place` rounds half to even."""

    place: Any
    split: Any
    scale: Any
    least: Any
    most: Any
    choose: Any
    """choose(condition, if_true, if_false)"""

    def exp(self, x: Any) -> Any:
        """e to the power x, for |x| below 700."""
        twos = self.place(x * _PER_LN2)
        rest = (x - twos * _LN2_HIGH) - twos * _LN2_LOW
        series = _EXP[0]
        for term in _EXP[1:]:
            series = series * rest + term
        return self.scale(1.0 + rest * series, twos)

    def log(self, x: Any) -> Any:
        """The natural logarithm of x above 0."""
        part, twos = self.split(x)
        small = part < _ROOT_HALF
        part, twos = self.choose(small, part * 2.0, part), self.choose(small, twos - 1, twos)
        s = (part - 1.0) / (part + 1.0)
        square = s * s
        series = _LOG[0]
        for term in _LOG[1:]:
            series = series * square + term
        return twos * _LN2_HIGH + (s * (2.0 + square * series) + twos * _LN2_LOW)

    def power(self, x: Any, y: Any) -> Any:
        """x above 0 to the power y."""
        return self.exp(y * self.log(x))


SCALAR = Maths(
    place=lambda x: float(round(x)),
    split=frexp,
    scale=lambda x, twos: ldexp(x, int(twos)),
    least=min,
    most=max,
    choose=lambda condition, yes, no: yes if condition else no,
)


def arrays() -> Maths:
    """The same for numpy arrays: the same operations in the same order, done in place."""
    import numpy as np

    class InPlace(Maths):
        """`Maths` that writes over its own intermediate results: half the memory traffic, the same bits."""

        __slots__ = ()

        def exp(self, x: Any) -> Any:
            twos = x * _PER_LN2
            np.rint(twos, out=twos)
            rest = x - twos * _LN2_HIGH
            low = twos * _LN2_LOW
            rest -= low
            series = rest * _EXP[0]
            for term in _EXP[1:-1]:
                series += term
                series *= rest
            series += _EXP[-1]
            series *= rest
            series += 1.0
            # A whole number on 2⁵² stands in the last bits; moved up it is the exponent of a power of two.
            twos += _WHOLE + 1023.0
            bits = twos.view(np.int64)
            bits <<= 52
            series *= twos
            return series

        def log(self, x: Any) -> Any:
            # x = part 2^twos with part from √½ to √2: between two such x lie 2⁵² floats, whose bits count them.
            part = x.astype(np.float64, copy=True)
            bits = part.view(np.int64)
            exponent = bits - _ROOT_HALF_BITS
            exponent >>= 52
            twos = exponent.astype(np.float64)
            exponent <<= 52
            bits -= exponent
            s = part - 1.0
            part += 1.0
            s /= part
            square = s * s
            series = square * _LOG[0]
            for term in _LOG[1:-1]:
                series += term
                series *= square
            series += _LOG[-1]
            series *= square
            series += 2.0
            series *= s
            series += twos * _LN2_LOW
            twos *= _LN2_HIGH
            series += twos
            return series

    return InPlace(
        place=np.rint,
        split=np.frexp,
        scale=lambda x, twos: np.ldexp(x, twos.astype(np.int32)),
        least=np.minimum,
        most=np.maximum,
        choose=np.where,
    )
