"""Writing a tree as one line of Unicode that never loses grouping, and that reads back as the same formula."""

from __future__ import annotations

from quizzer.formulas.names import VARIANT_NAMES, show
from quizzer.formulas.scope import canonical
from quizzer.formulas.tree import (
    Add,
    Big,
    Bound,
    Call,
    Cases,
    Compare,
    Const,
    Derivative,
    Div,
    Index,
    Indicator,
    Integral,
    Logic,
    Mul,
    Neg,
    Node,
    Num,
    Pow,
    Sym,
    Vec,
)  # fmt: skip

_TERNARY, _OR, _AND, _NOT, _COMPARISON, _ADD, _MUL, _SIGN, _POWER, _ATOM = range(10)
_SIGNS = {"!=": "≠", "<=": "≤", ">=": "≥"}
_BIG = {"sum": "∑", "prod": "∏", "mean": "𝔼"}
_FUNCTIONS = {"log": "ln", "gamma": "Γ", "sigmoid": "σ", "sqrt": "√", "Phi": "Φ", "phi": "φ"}


def reading(node: Node, declared: frozenset[str] = frozenset()) -> str:
    """How `node` was understood, e.g. `exp(−(t − φ_k))`.

    `declared` are canonical names that are symbols: a function of the same letter is then spelled out.
    """
    return _Printer(declared).write(node)[0]


class _Printer:
    def __init__(self, declared: frozenset[str]) -> None:
        self.declared = declared

    def at(self, node: Node, level: int) -> str:
        text, own = self.write(node)
        return text if own >= level else f"({text})"

    def write(self, node: Node) -> tuple[str, int]:
        match node:
            case Num(_, text):
                return text, _ATOM if "e" not in text.lower() else _SIGN
            case Const(name):
                return {"pi": "π", "inf": "∞"}.get(name, name), _ATOM
            case Sym(name) | Bound(name):
                apart = canonical(name, VARIANT_NAMES)
                return show(apart if apart in self.declared else canonical(name)), _ATOM
            case Add(terms):
                return self.sum(terms), _ADD
            case Mul(factors):
                return self.product(factors), _MUL
            case Div(top, bottom):
                return f"{self.at(top, _SIGN)}/{self.at(bottom, _POWER)}", _MUL
            case Neg(inner):
                return f"−{self.at(inner, _POWER)}", _SIGN
            case Pow(base, exponent):
                return f"{self.at(base, _ATOM)}^{self.exponent(exponent)}", _POWER
            case Call(name, args):
                return self.call(name, args)
            case Index(base, indices):
                inside = ",".join(self.write(index)[0] for index in indices)
                plain = len(indices) == 1 and isinstance(indices[0], Sym | Bound | Num) and len(inside) == 1
                return f"{self.at(base, _ATOM)}_{inside if plain else '{' + inside + '}'}", _ATOM
            case Vec(items):
                return f"[{', '.join(self.write(item)[0] for item in items)}]", _ATOM
            case Big():
                return self.big(node), _MUL
            case Cases(branches, default):
                rows = [f"{self.at(value, _OR)} if {self.write(test)[0]}" for test, value in branches]
                rows += [f"{self.at(default, _OR)} otherwise"] if default is not None else []
                return f"cases({'; '.join(rows)})", _ATOM
            case Compare(ops, operands):
                out = self.at(operands[0], _ADD)
                for op, operand in zip(ops, operands[1:], strict=True):
                    out += f" {_SIGNS.get(op, op)} {self.at(operand, _ADD)}"
                return out, _COMPARISON
            case Logic("not", args):
                return f"not {self.at(args[0], _ATOM)}", _NOT
            case Logic(op, args):
                level = _AND if op == "and" else _OR
                return f" {op} ".join(self.at(arg, level + 1) for arg in args), level
            case Indicator(condition):
                return f"𝟙[{self.write(condition)[0]}]", _ATOM
            case Integral(name, low, high, body):
                bounds = f"_{{{self.write(low)[0]}}}^{{{self.write(high)[0]}}}"
                return f"∫{bounds} ({self.write(body)[0]}) d{show(name)}", _MUL
            case Derivative(body, name, _, indices, order):
                target = self.write(Index(Sym(name), indices) if indices else Sym(name))[0]
                suffix = f", {order}" if order > 1 else ""
                return f"diff({self.write(body)[0]}, {target}{suffix})", _ATOM

    def exponent(self, node: Node) -> str:
        return f"({self.write(node)[0]})" if isinstance(node, Index) else self.at(node, _ATOM)

    def sum(self, terms: tuple[Node, ...]) -> str:
        out = self.at(terms[0], _MUL)
        for term in terms[1:]:
            if isinstance(term, Neg):
                out += f" − {self.at(term.inner, _MUL)}"
            else:
                out += f" + {self.at(term, _MUL)}"
        return out

    def product(self, factors: tuple[Node, ...]) -> str:
        """Every quotient, and every sum sign that is not last, gets its own parentheses."""
        parts = []
        for place, factor in enumerate(factors):
            last = place + 1 == len(factors)
            parts.append(self.at(factor, _MUL if last and isinstance(factor, Big) else _POWER))
        return "·".join(parts)

    def call(self, name: str, args: tuple[Node, ...]) -> tuple[str, int]:
        inside = ", ".join(self.write(arg)[0] for arg in args)
        if name == "abs":
            return f"|{inside}|" if "|" not in inside and "‖" not in inside else f"abs({inside})", _ATOM
        if name in ("floor", "ceil"):
            return f"⌊{inside}⌋" if name == "floor" else f"⌈{inside}⌉", _ATOM
        if name == "factorial":
            return f"{self.at(args[0], _ATOM)}!", _POWER
        if name == "log" and len(args) == 2:
            return f"log_{{{self.write(args[1])[0]}}}({self.write(args[0])[0]})", _ATOM
        shown = _FUNCTIONS.get(name, name)
        taken = {"sigmoid": "sigma", "Phi": "Phi", "phi": "phi", "gamma": "Gamma"}.get(name)
        if taken in self.declared or (name == "sqrt" and len(args) > 1):
            shown = name
        return f"{shown}({inside})", _ATOM

    def big(self, node: Big) -> str:
        parts, upper = [], ""
        for binder in node.binders:
            name = show(binder.name)
            if binder.low is None or binder.high is None:
                parts.append(name)
            elif len(node.binders) == 1 and node.weight is None:
                parts.append(f"{name}={self.write(binder.low)[0]}")
                upper = f"^{{{self.write(binder.high)[0]}}}"
            else:
                parts.append(f"{name}={self.write(binder.low)[0]}..{self.write(binder.high)[0]}")
        if node.weight is not None:
            name, weight = node.binders[0].name, node.weight
            if isinstance(weight, Index) and weight.indices == (Bound(name),):
                weight = weight.base
            parts[0] = f"{show(name)}~{self.write(weight)[0]}"
        if node.condition is not None:
            parts.append(self.write(node.condition)[0])
        inside = ", ".join(parts)
        sign = _BIG.get(node.kind, node.kind)
        script = inside if inside.isalpha() and len(inside) == 1 else f"{{{inside}}}"
        body, level = self.write(node.body)
        if level < _POWER or node.kind == "mean":
            body = f"({body})"
        return f"{sign}_{script}{upper} {body}"
