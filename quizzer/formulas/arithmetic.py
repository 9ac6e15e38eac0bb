"""Numbers for evaluating: exact whole numbers, mpmath for the rest, each function with its real domain.

Everything happens in a context of our own, so that the precision of mpmath's global one is never touched. Importing
this module imports mpmath; `evaluating` does so at the first value.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from typing import Any

import mpmath

from quizzer.formulas.limits import EXACT_BITS, MAX_ARGUMENT, MAX_FACTORIAL, MAX_POWER, TooLarge, Undefined

Number = Any  # int, or an mpf of the private context
_local = threading.local()


def context(digits: int) -> Any:
    """The thread's private mpmath context, set to `digits` with a few guard digits."""
    ctx = getattr(_local, "ctx", None)
    if ctx is None:
        ctx = _local.ctx = mpmath.MPContext()
        ctx.far = False
    ctx.dps = digits + 5
    return ctx


def public(value: Any) -> Any:
    """A number of the private context as an mpf of mpmath's global one, with every digit it has."""
    if isinstance(value, int):
        return mpmath.mp.make_mpf(mpmath.libmp.from_int(value))
    return mpmath.mp.make_mpf(value._mpf_)


def settle(value: Any) -> Number:
    """A result that is a real number, else Undefined."""
    if isinstance(value, int):
        if value.bit_length() > EXACT_BITS:
            return _local.ctx.mpf(value)
        return value
    try:
        _, mantissa, exponent, _ = value._mpf_
    except AttributeError:
        raise Undefined("not a real number") from None
    if not mantissa and exponent:
        raise Undefined("infinite, or not a number")
    return value


def as_int(ctx: Any, value: Number) -> int | None:
    """The whole number that `value` is, up to half the working precision; None when it is none."""
    if isinstance(value, int):
        return value
    nearest = ctx.nint(value)
    if value == nearest or abs(value - nearest) <= tolerance(ctx) * max(1, abs(nearest)):
        if nearest and ctx.mag(nearest) > 4000:
            raise TooLarge("a number is too large to be a whole number")
        return int(nearest)
    return None


def tolerance(ctx: Any) -> Any:
    """Half the working precision: closer than this two computed numbers count as the same in `=` and at a floor."""
    return ctx.ldexp(1, -ctx.prec // 2)


def same(ctx: Any, left: Number, right: Number) -> bool:
    if isinstance(left, int) and isinstance(right, int):
        return left == right
    return bool(left == right or abs(left - right) <= tolerance(ctx) * max(abs(left), abs(right)))


def divide(ctx: Any, top: Number, bottom: Number) -> Number:
    if not bottom:
        raise Undefined("division by zero")
    if isinstance(top, int) and isinstance(bottom, int):
        return top // bottom if top % bottom == 0 else ctx.mpf(top) / bottom
    return top / bottom


def power(ctx: Any, base: Number, exponent: Number) -> Number:
    if abs(exponent) > MAX_POWER:
        raise TooLarge(f"an exponent is beyond {MAX_POWER:,}")
    whole = exponent if isinstance(exponent, int) else int(exponent) if exponent == ctx.floor(exponent) else None
    if whole is None and base < 0:
        whole = as_int(ctx, exponent)
        if whole is None:
            raise Undefined("a negative number to a power that is not whole")
    if whole is not None:
        if not base and whole < 0:
            raise Undefined("division by zero")
        if isinstance(base, int) and abs(whole) * base.bit_length() <= EXACT_BITS:
            return base**whole if whole >= 0 else divide(ctx, 1, base**-whole)
        return settle(ctx.mpf(base) ** whole)
    if not base:
        if exponent < 0:
            raise Undefined("division by zero")
        return 0
    return settle(ctx.mpf(base) ** exponent)


def floor(ctx: Any, x: Number) -> int:
    whole = as_int(ctx, x)
    return whole if whole is not None else int(ctx.floor(_bounded_size(ctx, x)))


def ceil(ctx: Any, x: Number) -> int:
    whole = as_int(ctx, x)
    return whole if whole is not None else int(ctx.ceil(_bounded_size(ctx, x)))


def _bounded_size(ctx: Any, x: Number) -> Number:
    if ctx.mag(x) > 4000:
        raise TooLarge("a number is too large to be rounded")
    return x


def rounded(ctx: Any, x: Number, digits: Number = 0) -> Number:
    """Half away from zero, as schools round."""
    places = as_int(ctx, digits)
    if places is None or abs(places) > 30:
        raise Undefined("round takes a whole number of decimals")
    scaled = x * ctx.mpf(10) ** places
    half = ctx.mpf(1) / 2
    whole = floor(ctx, abs(scaled) + half)
    return divide(ctx, -whole if scaled < 0 else whole, 10**places) if places > 0 else (-whole if scaled < 0 else whole)


def factorial(ctx: Any, x: Number) -> Number:
    n = as_int(ctx, x)
    if n is None or n < 0:
        raise Undefined("the factorial of what is not a natural number")
    if n > MAX_FACTORIAL:
        raise TooLarge(f"a factorial beyond {MAX_FACTORIAL:,}")
    return settle(math.factorial(n))


def binomial(ctx: Any, n: Number, k: Number) -> Number:
    top, bottom = as_int(ctx, n), as_int(ctx, k)
    if top is None or bottom is None or top < 0:
        raise Undefined("a binomial coefficient of numbers that are not natural")
    if bottom < 0 or bottom > top:
        return 0
    if min(bottom, top - bottom) > MAX_FACTORIAL:
        raise TooLarge(f"a binomial coefficient beyond {MAX_FACTORIAL:,}")
    return settle(math.comb(top, bottom)) if top <= MAX_FACTORIAL else settle(ctx.binomial(top, bottom))


def modulo(ctx: Any, a: Number, b: Number) -> Number:
    if not b:
        raise Undefined("division by zero")
    return settle(a - b * floor(ctx, divide(ctx, a, b)))


def _whole_numbers(ctx: Any, values: tuple[Number, ...]) -> list[int]:
    out = [as_int(ctx, value) for value in values]
    if any(value is None for value in out):
        raise Undefined("gcd and lcm take whole numbers")
    return [value for value in out if value is not None]


def gcd(ctx: Any, *values: Number) -> Number:
    return math.gcd(*_whole_numbers(ctx, values))


def lcm(ctx: Any, *values: Number) -> Number:
    return settle(math.lcm(*_whole_numbers(ctx, values)))


def logarithm(ctx: Any, x: Number, base: Number | None = None) -> Number:
    if x <= 0:
        raise Undefined("the logarithm of a number that is not positive")
    if base is None:
        return ctx.log(x)
    if base <= 0 or base == 1:
        raise Undefined("a logarithm to this base")
    return ctx.log(x) / ctx.log(base)


def root(ctx: Any, x: Number, n: Number) -> Number:
    degree = as_int(ctx, n)
    if degree is None:
        return power(ctx, x, divide(ctx, 1, n))
    if degree == 0 or (x < 0 and degree % 2 == 0) or (not x and degree < 0):
        raise Undefined("this root is not real")
    if abs(degree) > MAX_POWER:
        raise TooLarge("the degree of a root is too large")
    size = ctx.root(ctx.mpf(abs(x)), abs(degree))
    size = -size if x < 0 else size
    return size if degree > 0 else 1 / size


def _within(low: int | None, high: int | None, message: str, open_: bool = False) -> Callable[[Number], None]:
    def check(x: Number) -> None:
        if (low is not None and (x < low or (open_ and x == low))) or (
            high is not None and (x > high or (open_ and x == high))
        ):
            raise Undefined(message)

    return check


def _real(name: str, domain: Callable[[Number], None] | None = None) -> Callable[..., Number]:
    """A function of mpmath, on its real domain, for arguments within the limit."""

    def call(ctx: Any, *args: Number) -> Number:
        for x in args:
            if abs(x) > MAX_ARGUMENT:
                raise TooLarge(f"an argument of {name} is beyond {MAX_ARGUMENT:,}")
            if domain is not None:
                domain(x)
        return getattr(ctx, name)(*args)

    return call


def _limited(ctx: Any, x: Number) -> Number:
    if abs(x) > MAX_ARGUMENT:
        raise TooLarge(f"an argument is beyond {MAX_ARGUMENT:,}")
    return x


def _pole(x: Number) -> None:
    if x <= 0 and x == int(x):
        raise Undefined("a pole of the gamma function")


def _lgamma(ctx: Any, x: Number) -> Number:
    _pole(_limited(ctx, x))
    return ctx.loggamma(x) if x > 0 else ctx.log(abs(ctx.gamma(x)))


def _reciprocal(name: str) -> Callable[..., Number]:
    return lambda ctx, x: divide(ctx, 1, getattr(ctx, name)(_limited(ctx, x)))


def _tan(ctx: Any, x: Number) -> Number:
    return divide(ctx, ctx.sin(_limited(ctx, x)), ctx.cos(x))


def _sqrt(ctx: Any, x: Number) -> Number:
    if x < 0:
        raise Undefined("the square root of a negative number")
    return ctx.sqrt(x)


def _sign(ctx: Any, x: Number) -> Number:
    return (x > 0) - (x < 0)


def _phi(ctx: Any, x: Number) -> Number:
    return ctx.exp(-_limited(ctx, x) * ctx.mpf(x) / 2) / ctx.sqrt(2 * ctx.pi)


def _normal(ctx: Any, x: Number) -> Number:
    return ctx.erfc(-_limited(ctx, x) / ctx.sqrt(2)) / 2


def _sigmoid(ctx: Any, x: Number) -> Number:
    return 1 / (1 + ctx.exp(-_limited(ctx, x)))


def _softplus(ctx: Any, x: Number) -> Number:
    size = abs(_limited(ctx, x))
    return max(x, 0) + ctx.log1p(ctx.exp(-size))


def _clip(ctx: Any, x: Number, low: Number, high: Number) -> Number:
    if low > high:
        raise Undefined("clip with its lower bound above the upper one")
    return min(max(x, low), high)


def _exp(ctx: Any, x: Number) -> Number:
    if ctx.far:  # integrals over half-lines go far out: small is zero there, and large comes before its reciprocal
        if x < -(10**60):
            return ctx.zero
        limit = 10**60
    else:
        limit = MAX_ARGUMENT
    if abs(x) > limit:
        raise TooLarge(f"an argument of exp is beyond {limit:,}")
    return ctx.exp(x)


_UNIT = _within(-1, 1, "outside -1 to 1")
_OPEN_UNIT = _within(-1, 1, "outside -1 to 1", open_=True)

FUNCTIONS: dict[str, Callable[..., Number]] = {
    "exp": _exp, "expm1": _real("expm1"), "log1p": lambda ctx, x: logarithm(ctx, 1 + x) if abs(x) > 0.1
    else ctx.log1p(x), "log": logarithm, "log2": lambda ctx, x: logarithm(ctx, x, 2),
    "log10": lambda ctx, x: logarithm(ctx, x, 10), "sqrt": _sqrt, "cbrt": lambda ctx, x: root(ctx, x, 3),
    "root": root, "pow": power, "abs": lambda ctx, x: abs(x), "sign": _sign, "floor": floor, "ceil": ceil,
    "round": rounded, "trunc": lambda ctx, x: floor(ctx, x) if x >= 0 else ceil(ctx, x), "mod": modulo, "gcd": gcd,
    "lcm": lcm, "sin": _real("sin"), "cos": _real("cos"), "tan": _tan,
    "cot": lambda ctx, x: divide(ctx, ctx.cos(_limited(ctx, x)), ctx.sin(x)), "sec": _reciprocal("cos"),
    "sech": _reciprocal("cosh"), "csch": _reciprocal("sinh"),
    "coth": lambda ctx, x: divide(ctx, 1, ctx.tanh(_limited(ctx, x))),
    "csc": _reciprocal("sin"), "asin": _real("asin", _UNIT), "acos": _real("acos", _UNIT), "atan": _real("atan"),
    "atan2": _real("atan2"), "sinh": _real("sinh"), "cosh": _real("cosh"), "tanh": _real("tanh"),
    "asinh": _real("asinh"), "acosh": _real("acosh", _within(1, None, "below 1")), "atanh": _real("atanh", _OPEN_UNIT),
    "erf": _real("erf"), "erfc": _real("erfc"), "erfinv": _real("erfinv", _OPEN_UNIT), "Phi": _normal, "phi": _phi,
    "gamma": _real("gamma", _pole), "lgamma": _lgamma, "digamma": _real("digamma", _pole), "sigmoid": _sigmoid,
    "logit": lambda ctx, x: logarithm(ctx, divide(ctx, x, 1 - x)), "softplus": _softplus,
    "relu": lambda ctx, x: max(x, 0), "step": lambda ctx, x: int(x >= 0), "clip": _clip, "factorial": factorial,
    "binom": binomial, "hypot": lambda ctx, x, y: ctx.sqrt(x * x + y * y),
}  # fmt: skip
"""Functions of numbers; those of whole vectors are in `vectors`."""

COSTS = {
    "gamma": 20,
    "lgamma": 20,
    "digamma": 20,
    "erf": 8,
    "erfc": 8,
    "erfinv": 30,
    "Phi": 8,
    "factorial": 5,
    "binom": 5,
}
"""What a call counts in operations; every other function counts 2."""
