r"""Formulas that the reader's tests had never seen, each with a reference in plain Python that no reader of formulas touches.

A group declares its symbols; an entry is a reference over their values, spellings that mean it, and spellings that don't.
So a spelling that is read silently as something else is found even where both sides of a pair would be misread alike.
"""

from __future__ import annotations

from collections.abc import Callable
from math import (
    atan,
    ceil,
    comb,
    cos,
    cosh,
    e,
    erf,
    exp,
    expm1,
    factorial,
    floor,
    gamma,
    log,
    log1p,
    log2,
    log10,
    pi,
    prod,
    sin,
    sqrt,
    tanh,
)  # fmt: skip
from typing import Any

Values = dict[str, Any]
Entry = tuple[Callable[[Values], float], list[str], list[str]]

REAL = {"real": [-2, 2]}
POSITIVE = {"real": ["0.2", 3]}
SHARE = {"real": ["0.05", "0.95"]}
N = {"int": [2, 5]}
VECTOR = {"real": [-2, 2], "length": "n"}


def _softmax(x: list[float], tau: float = 1.0) -> list[float]:
    weights = [exp(v / tau) for v in x]
    return [w / sum(weights) for w in weights]


def _expected_improvement(v: Values) -> float:
    z = (v["mu"] - v["y^*"]) / v["sigma"]
    return (v["mu"] - v["y^*"]) * (1 + erf(z / sqrt(2))) / 2 + v["sigma"] * exp(-z * z / 2) / sqrt(2 * pi)


def _prefix(v: Values, until: Callable[[int], int]) -> float:
    """1 + Σ (k_l − 1) Π s_i over i ≤ until(l), places counted from 1."""
    return 1 + sum((k - 1) * prod(v["s"][: until(at + 1)]) for at, k in enumerate(v["k"]))


GROUPS: dict[str, tuple[dict[str, Any], list[Entry]]] = {
    "reparameterization": (
        {
            "n": N,
            "x": VECTOR,
            "g": VECTOR,
            "p": {"simplex": "n"},
            "q": {"simplex": "n"},
            "k": {"index": "n"},
            "mu": REAL,
            "sigma": POSITIVE,
            r"\mu_0": REAL,
            r"\sigma_0": POSITIVE,
            "tau": {"real": ["0.3", 2]},
            r"\varepsilon": REAL,
            "S": POSITIVE,
        },
        [
            (
                lambda v: log(v["sigma_0"] / v["sigma"]) + (v["sigma"] ** 2 + (v["mu"] - v["mu_0"]) ** 2) / (2 * v["sigma_0"] ** 2) - 0.5,
                [
                    r"\log\frac{\sigma_0}{\sigma} + \frac{\sigma^2+(\mu-\mu_0)^2}{2\sigma_0^2} - \frac12",
                    "ln(sigma_0/sigma) + (sigma^2 + (mu - mu_0)^2)/(2 sigma_0^2) - 1/2",
                    "½(σ²/σ₀² + (μ−μ₀)²/σ₀² − 1) + ln σ₀ − ln σ",
                    "-ln(sigma/sigma0) + 0.5*((sigma/sigma0)^2 + ((mu-mu0)/sigma0)^2 - 1)",
                    r"\frac{1}{2}\left[\frac{\sigma^{2}}{\sigma_{0}^{2}} + \frac{(\mu_0-\mu)^{2}}{\sigma_0^{2}} - 1 - \ln\frac{\sigma^{2}}{\sigma_{0}^{2}}\right]",
                    r"D_{KL} = \ln\dfrac{\sigma_0}{\sigma}+\dfrac{\sigma^2+(\mu-\mu_0)^2}{2\sigma_0^2}-\dfrac{1}{2}",
                ],
                [
                    r"\log\frac{\sigma}{\sigma_0} + \frac{\sigma_0^2+(\mu-\mu_0)^2}{2\sigma^2} - \frac12",
                    r"\log\frac{\sigma_0}{\sigma} + \frac{\sigma^2+(\mu-\mu_0)^2}{\sigma_0^2} - \frac12",
                    "ln(sigma_0/sigma) + (sigma^2 + (mu - mu_0)^2)/(2 sigma_0^2)",
                ],
            ),
            (
                lambda v: exp((log(v["p"][v["k"] - 1]) + v["g"][v["k"] - 1]) / v["tau"]) / sum(exp((log(p) + g) / v["tau"]) for p, g in zip(v["p"], v["g"], strict=True)),
                [
                    r"\frac{\exp((\log p_k+g_k)/\tau)}{\sum_{i=1}^{n}\exp((\log p_i+g_i)/\tau)}",
                    r"\operatorname{softmax}\bigl((\log p+g)/\tau\bigr)_k",
                    r"\mathrm{softmax}((\log p+g)/\tau)_k",
                    "(p_k e^(g_k))^(1/tau) / sum_j (p_j e^(g_j))^(1/tau)",
                    r"\left(\sum_{i}\left(\frac{p_i}{p_k}\right)^{1/\tau}e^{(g_i-g_k)/\tau}\right)^{-1}",
                    "softmax((ln p + g)/tau)_k",
                    "1/(1 + sum_{i != k} exp((ln p_i - ln p_k + g_i - g_k)/tau))",
                ],
                [
                    r"\frac{\exp(\log p_k+g_k/\tau)}{\sum_{i=1}^{n}\exp(\log p_i+g_i/\tau)}",
                    r"\operatorname{softmax}(\log p+g)_k",
                    "1/(sum_{i != k} exp((ln p_i - ln p_k + g_i - g_k)/tau))",
                ],
            ),
            (
                lambda v: prod(exp(-exp(-(v["x"][v["k"] - 1] + v["S"] - x))) for at, x in enumerate(v["x"]) if at != v["k"] - 1),
                [
                    r"\prod_{j\ne k}\exp(-e^{-(x_k+S-x_j)})",
                    r"\prod_{j=1,\,j\neq k}^{n}\exp\!\left(-e^{-(x_k+S-x_j)}\right)",
                    r"\prod_{\substack{j=1\\ j\neq k}}^{n} e^{-e^{x_j-x_k-S}}",
                    "exp(-sum_{j != k} exp(x_j - x_k - S))",
                    "prod_{j!=k} exp(-exp(-(x_k+S-x_j)))",
                    "∏_{j≠k} exp(−exp(x_j−x_k−S))",
                    r"\exp\Big(-e^{-(x_k+S)}\sum_{j\neq k}e^{x_j}\Big)",
                ],
                [
                    r"\prod_{j}\exp(-e^{-(x_k+S-x_j)})",
                    r"\prod_{j\ne k}\exp(-e^{-(x_j+S-x_k)})",
                    "exp(-sum_{j != k} exp(x_j - x_k)) - S",
                ],
            ),
            (
                lambda v: sum(p * log(p / q) for p, q in zip(v["p"], v["q"], strict=True)),
                [
                    r"\sum_i p_i\log\frac{p_i}{q_i}",
                    r"\mathbb{E}_{i\sim p}\left[\log\frac{p_i}{q_i}\right]",
                    r"\mathbb E_{i\sim p}[\ln p_i - \ln q_i]",
                    "sum_i p_i ln(p_i/q_i)",
                    r"-\sum_{i=1}^n p_i \ln\left(\tfrac{q_i}{p_i}\right)",
                    "E_{i~p}[ln(p_i/q_i)]",
                    "dot(p, ln p - ln q)",
                    r"\sum_{i} p_i\log p_i-\sum_{i} p_i\log q_i",
                    "∑_i p_i (log p_i − log q_i)",
                ],
                [r"\sum_i q_i\log\frac{q_i}{p_i}", r"\sum_i p_i\log\frac{q_i}{p_i}", r"-\sum_i p_i\log q_i", r"\mathbb{E}_{i}[\log\frac{p_i}{q_i}]"],
            ),
            (
                lambda v: 1 / v["S"],
                [
                    r"\int_0^\infty e^{-uS}\,du",
                    r"\int_{0}^{\infty} e^{-u S}\mathrm{d}u",
                    r"\int_{-\infty}^{\infty} e^{-t}\exp(-e^{-t}S)\,dt",
                    "integral(exp(-u*S), u, 0, inf)",
                    "1/S",
                    "S^-1",
                    "S⁻¹",
                    r"S^{-1}",
                ],
                [r"\int_0^\infty e^{-u}\,du", r"\int_0^1 e^{-uS}\,du", "-1/S"],
            ),
            (
                lambda v: 2 * (v["mu"] + v["sigma"] * v["varepsilon"]) * v["varepsilon"],
                [
                    r"2(\mu+\sigma\varepsilon)\varepsilon",
                    r"\frac{\partial}{\partial\sigma}(\mu+\sigma\epsilon)^2",
                    r"\partial_\sigma (\mu+\sigma\varepsilon)^2",
                    "2 mu eps + 2 sigma eps^2",
                    "2με + 2σε²",
                    "d/dsigma (mu + sigma*eps)^2",
                ],
                [r"2(\mu+\sigma\varepsilon)", r"\frac{\partial}{\partial\mu}(\mu+\sigma\epsilon)^2", "2με + σε²"],
            ),
        ],
    ),
    "windows": (
        {"n": {"int": [6, 30]}, "k": {"int": [1, 6]}, "m": {"int": [3, 6]}, "a": {"int": [-9, 9], "length": "m"}, "i": {"index": "m"}, "W": {"int": [1, 3]}},
        [
            (
                lambda v: max(v["a"][max(0, v["i"] - v["W"]) : v["i"]]),
                [
                    r"\max_{\max(1,i-W+1)\le j\le i} a_j",
                    "max_{j=max(1, i-W+1)}^{i} a_j",
                    r"\max_{j=\max\{1,\,i-W+1\}}^{i} a_j",
                    r"\max_{j\le i,\ j> i-W} a_j",
                    "max_{i-W < j <= i, j >= 1} a_j",
                ],
                ["max_{j<=i} a_j", r"\max_{\max(1,i-W)\le j\le i} a_j", "max_{j} a_j"],
            ),
            (
                lambda v: v["k"] * (v["n"] - v["k"] + 1),
                [
                    r"\sum_{t=1}^{n-k+1} k",
                    "k(n-k+1)",
                    "k·(n − k + 1)",
                    "kn-k²+k",
                    r"\sum_{i=k}^{n}\sum_{j=i-k+1}^{i}1",
                    "ｋ（ｎ－ｋ＋１）",
                    "k * n - k ** 2 + k",
                ],
                ["k(n-k)", "n(n-k+1)", "k(n+k-1)"],
            ),
            (
                lambda v: ceil(v["n"] / v["k"]),
                [
                    r"\left\lceil \frac{n}{k} \right\rceil",
                    "ceil(n/k)",
                    "⌈n/k⌉",
                    "-floor(-n/k)",
                    r"-\lfloor -n/k\rfloor",
                    "(n+k-1)//k",
                    r"\lfloor\frac{n-1}{k}\rfloor+1",
                    "n//k + 1[n mod k > 0]",
                    r"\lfloor n/k\rfloor + \mathbf{1}[n \bmod k \ne 0]",
                    r"\lfloor n/k\rfloor+\mathbb 1_{n\bmod k\neq 0}",
                    "⌊n/k⌋ + (n % k ≠ 0 ? 1 : 0)",
                ],
                ["⌊n/k⌋", "⌊n/k⌋+1", "n/k", "round(n/k)"],
            ),
            (
                lambda v: sum(1 for x in v["a"] if x > 0),
                [
                    r"\sum_{j=1}^{m} \mathbb{1}\{a_j>0\}",
                    r"\sum_j \mathbf{1}_{a_j>0}",
                    r"\sum_{j} \mathbb{I}(a_j > 0)",
                    "sum_j [a_j > 0]",
                    r"\sum_{j:\,a_j>0} 1",
                    "sum_j 1(a_j>0)",
                    "∑_j 𝟙[a_j > 0]",
                    r"\sum_{j}\begin{cases}1 & a_j>0\\0&\text{otherwise}\end{cases}",
                    r"\sum_j \mathbb{1}_{\{a_j \gt 0\}}",
                ],
                [r"\sum_j \mathbb{1}\{a_j\ge 0\}", "sum_j a_j [a_j > 0]", r"\sum_{j} \mathbb{1}(a_j < 0)"],
            ),
            (
                lambda v: comb(v["n"], v["k"]),
                [
                    r"\binom nk",
                    r"\binom{n}{k}",
                    r"{n \choose k}",
                    "n!/(k!(n-k)!)",
                    r"\frac{n!}{k!\,(n-k)!}",
                    "C(n,k)",
                    "binom(n, n-k)",
                    r"\prod_{r=1}^{k}\frac{n-r+1}{r}",
                    r"\dbinom{n-1}{k-1}+\dbinom{n-1}{k}",
                    "C_n^k",
                ],
                ["n!/(n-k)!", "binom(k, n)", "n!/k!", "binom(n, k-1)"],
            ),
        ],
    ),
    "bias": (
        {"n": N, "x": VECTOR, "w": VECTOR, "b": REAL, r"\bar y": REAL, r"\bar x": VECTOR, r"\hat y": SHARE, "y": {"choice": [0, 1]}, "z": REAL, "c_in": {"int": [1, 8]}, "c_out": {"int": [1, 8]}, "k": {"int": [1, 7]}},
        [
            (
                lambda v: v["bar y"] - sum(a * b for a, b in zip(v["w"], v["bar x"], strict=True)),
                [
                    r"\bar y - w^\top\bar x",
                    r"\bar{y}-\mathbf{w}^{T}\bar{\mathbf{x}}",
                    "y_bar - sum_i w_i x_bar_i",
                    r"\bar y-\sum_{i=1}^n w_i\bar x_i",
                    "ȳ − w·x̄",
                    r"\bar y - \langle w,\bar x\rangle",
                    "ybar - dot(w, xbar)",
                ],
                [r"\bar y + w^\top\bar x", r"\bar y - \sum_i w_i", r"y - w^\top\bar x"],
            ),
            (
                lambda v: -(v["y"] * log(v["hat y"]) + (1 - v["y"]) * log(1 - v["hat y"])),
                [
                    r"-y\log\hat y-(1-y)\log(1-\hat y)",
                    r"-\left[y\ln\hat{y}+(1-y)\ln(1-\hat{y})\right]",
                    "-(y ln(y_hat) + (1-y) ln(1-y_hat))",
                    "−y·ln ŷ − (1−y)·ln(1−ŷ)",
                    r"-\log\left(\hat y^{y}(1-\hat y)^{1-y}\right)",
                    "-log(cases(yhat if y = 1, 1 - yhat otherwise))",
                    r"\begin{cases}-\log\hat y & \text{if } y=1\\ -\log(1-\hat y) & \text{if } y=0\end{cases}",
                    r"\begin{cases}-\ln \hat{y}, & y = 1 \\ -\ln (1-\hat{y}), & y = 0.\end{cases}",
                ],
                [r"-y\log\hat y", r"y\log\hat y+(1-y)\log(1-\hat y)", r"-(1-y)\log\hat y-y\log(1-\hat y)"],
            ),
            (
                lambda v: max(v["z"], 0) - v["z"] * v["y"] + log1p(exp(-abs(v["z"]))),
                [
                    r"\max(z,0)-zy+\log(1+e^{-|z|})",
                    r"-y\log\sigma(z)-(1-y)\log(1-\sigma(z))",
                    "softplus(z) - z*y",
                    r"\ln(1+e^{z}) - yz",
                    "relu(z) - z y + log1p(exp(-abs(z)))",
                    "log(1 + exp((1-2y)z))",
                    r"\operatorname{softplus}\bigl((1-2y)z\bigr)",
                    r"\log\bigl(1+\exp(-(2y-1)z)\bigr)",
                    r"(z)_+ - yz + \ln(1+e^{-\left|z\right|})",
                ],
                ["softplus(z)", "log(1 + exp((2y-1)z))", r"\max(z,0)-zy+\log(1+e^{|z|})"],
            ),
            (
                lambda v: v["k"] ** 2 * v["c_in"] * v["c_out"] + v["c_out"],
                [
                    r"k^2 c_{\mathrm{in}} c_{\mathrm{out}} + c_{\mathrm{out}}",
                    r"(k^2c_{in}+1)c_{out}",
                    "c_out(k^2*c_in + 1)",
                    "(k*k*c_in + 1)*c_out",
                    r"c_{\text{out}}\cdot\left(k\times k\times c_{\text{in}}+1\right)",
                    "c_out k² c_in + c_out",
                ],
                ["(k^2 c_in + 1) c_in", "k^2*c_in*c_out + c_in", "k^2*c_in*c_out"],
            ),
            (
                lambda v: -v["b"] * v["w"][0] / sum(w * w for w in v["w"]),
                [
                    r"-\frac{b\,w_1}{\lVert w\rVert^2}",
                    r"-bw_1/\|w\|_2^2",
                    "-b*w_1/dot(w,w)",
                    r"-\frac{b}{\|w\|}\cdot\frac{w_1}{\|w\|}",
                    r"\frac{-b w_1}{\sum_{i=1}^n w_i^2}",
                    r"-\frac{b\,w_1}{w^\top w}",
                    "-b w₁/‖w‖²",
                    "-b w_1 / norm(w)^2",
                    "-b*w[1]/norm(w)**2",
                ],
                [r"-bw_1/\|w\|", r"bw_1/\|w\|^2", r"-bw_2/\|w\|^2"],
            ),
        ],
    ),
    "smooth-metrics": (
        {"n": N, "x": VECTOR, "p": {"simplex": "n"}, "t": {"choice": [0, 1], "length": "n"}, "tau": {"real": ["0.3", 2]}, "eps": {"real": ["0.01", 1]}, "u": REAL, "i": {"index": "n"}, "A": {"real": [-2, 2], "shape": ["n", "n"]}},
        [
            (
                lambda v: 2 * (v["t"][v["i"] - 1] * (1 + sum(v["t"])) - sum(p * t for p, t in zip(v["p"], v["t"], strict=True))) / (1 + sum(v["t"])) ** 2,
                [
                    r"\frac{2\,(t_i(\sum_j p_j+\sum_j t_j)-\sum_j p_jt_j)}{(\sum_j p_j+\sum_j t_j)^2}",
                    "2(t_i(sum_j p_j + sum_j t_j) - sum_j p_j t_j)/(sum_j p_j + sum_j t_j)^2",
                    r"\frac{2t_i}{\sum_j(p_j+t_j)}-\frac{2\sum_j p_jt_j}{\left(\sum_j(p_j+t_j)\right)^2}",
                    "2*(t_i*(1+sum(t)) - dot(p,t))/(1+sum(t))^2",
                ],
                [r"\frac{2t_i}{\sum_j(p_j+t_j)}", "2(t_i(1+sum(t)) - dot(p,t))/(1+sum(t))", "(t_i*(1+sum(t)) - dot(p,t))/(1+sum(t))^2"],
            ),
            (
                lambda v: v["tau"] * log(sum(exp(x / v["tau"]) for x in v["x"]) / len(v["x"])),
                [
                    r"\tau\log\frac{1}{n}\sum_i e^{x_i/\tau}",
                    r"\tau\log\left(\frac1n\sum_{i=1}^n e^{x_i/\tau}\right)",
                    r"\tau\ln\mathbb{E}_i\left[e^{x_i/\tau}\right]",
                    r"\tau\ln\mathbb{E}_i e^{x_i/\tau}",
                    "tau*ln(mean_i exp(x_i/tau))",
                    "tau log(mean(exp(x/tau)))",
                    "tau*(logsumexp(x/tau) - ln n)",
                    "max_j x_j + tau ln((1/n) sum_i exp((x_i - max_j x_j)/tau))",
                ],
                [r"\tau\log\sum_i e^{x_i/\tau}", r"\mathbb{E}_i\left[\tau\ln e^{x_i/\tau}\right]", "max(x)"],
            ),
            (
                lambda v: sum(v["A"][r][c] for r in range(len(v["A"])) for c in range(len(v["A"]))),
                [
                    r"\sum_{r,c} A_{rc}",
                    r"\sum_{rc} A_{rc}",
                    r"\sum_{r=1}^n\sum_{c=1}^n A_{rc}",
                    r"\sum_r\sum_c A_{r,c}",
                    "sum_{r,c} A_{r,c}",
                    "sum_{r=1}^{n} sum_{c=1}^{n} A[r,c]",
                    r"\sum_{r,c=1}^{n} A_{rc}",
                    r"\sum_{1\le r,c\le n} A_{rc}",
                    r"\sum_{r}\sum_{c\neq r} A_{rc} + \sum_r A_{rr}",
                    "sum_r sum_c A[r][c]",
                    r"\sum_{r\ne c} A_{rc}+\sum_r A_{rr}",
                ],
                [r"\sum_{r} A_{rr}", r"\sum_{r\ne c} A_{rc}", r"\sum_{r<c}A_{rc}"],
            ),
            (
                lambda v: sum(v["A"][r][c] for r in range(len(v["A"])) for c in range(len(v["A"])) if r < c),
                [r"\sum_{r<c} A_{rc}", r"\sum_{1\le r<c\le n} A_{rc}", r"\sum_{c=1}^n\sum_{r=1}^{c-1} A_{rc}", "sum_{r<c} A_{r,c}", r"\sum_{r}\sum_{c>r} A_{rc}", "sum_r sum_{c=r+1}^n A_{rc}"],
                [r"\sum_{r\le c} A_{rc}", r"\sum_{r>c} A_{rc}", r"\frac12\sum_{r\neq c} A_{rc}"],
            ),
            (
                lambda v: sqrt(v["u"] ** 2 + v["eps"] ** 2) - v["eps"],
                [
                    r"\sqrt{u^2+\epsilon^2}-\epsilon",
                    "sqrt(u^2+eps^2) - eps",
                    "√(u²+ε²) − ε",
                    "(u^2+eps^2)^(1/2) - eps",
                    r"\frac{u^2}{\sqrt{u^2+\varepsilon^2}+\varepsilon}",
                    r"(u^2+\epsilon^2)^{\frac{1}{2}}-\epsilon",
                    r"\left(u^2+\epsilon^2\right)^{1/2}-\epsilon",
                    r"\lVert (u,\epsilon)\rVert-\epsilon",
                    r"\sqrt[2]{u^2+\epsilon^2}-\epsilon",
                ],
                ["|u|", r"\sqrt{u^2+\epsilon^2}", r"\sqrt{u^2+\epsilon}-\epsilon"],
            ),
            (
                lambda v: sum(p * x for p, x in zip(_softmax(v["x"]), v["x"], strict=True)) - sum(p * log(p) for p in _softmax(v["x"])),
                [
                    r"\operatorname{logsumexp}(x)",
                    r"\mathrm{LSE}(x)",
                    r"\log\sum_{j=1}^{n} e^{x_j}",
                    r"\ln\left(\sum_{j}\exp{x_j}\right)",
                    "log sum_j exp x_j",
                    r"x_i - \log\operatorname{softmax}(x)_i",
                    r"\langle\operatorname{softmax}(x),x\rangle-\sum_j\operatorname{softmax}(x)_j\log\operatorname{softmax}(x)_j",
                    "max(x) + ln(sum(exp(x - max(x))))",
                ],
                ["max(x)", "log(sum(x))", r"\operatorname{logsumexp}(x)+1", "sum(log(exp(x)))"],
            ),
        ],
    ),
    "receptive-field": (
        {"L": {"int": [2, 4]}, "k": {"int": [1, 5], "length": "L"}, "s": {"int": [1, 3], "length": "L"}, "p": {"int": [0, 2], "length": "L"}, "n": {"int": [9, 40]}, "kappa": {"int": [1, 5]}, "sigma": {"int": [1, 3]}, "d": {"int": [1, 2]}, "rho": {"int": [0, 2]}},
        [
            (
                lambda v: _prefix(v, lambda at: at - 1),
                [
                    r"1+\sum_{l=1}^L (k_l-1)\prod_{i=1}^{l-1}s_i",
                    r"1+\sum_{l}(k_l-1)\prod_{i<l}s_i",
                    r"1+\sum_{\ell=1}^{L}(k_\ell-1)\prod_{i=1}^{\ell-1}s_i",
                    "1 + sum_{l=1}^L (k_l - 1) prod_{i=1}^{l-1} s_i",
                    "1+∑_{l=1}^{L}(k_l−1)·∏_{i=1}^{l−1}s_i",
                    r"1+(k_1-1)+\sum_{l=2}^{L}(k_l-1)\prod_{i=1}^{l-1}s_i",
                    r"\sum_{l=1}^{L}\Big((k_l-1)\prod_{j=1}^{l-1}s_j\Big)+1",
                    r"1+\sum_{l=0}^{L-1}(k_{l+1}-1)\prod_{i=1}^{l}s_i",
                    r"k_1+\sum_{l=2}^{L}(k_l-1)s_1\prod_{i=2}^{l-1}s_i",
                    "1 + sum_l (k[l] - 1) * prod_{i < l} s[i]",
                ],
                [
                    r"1+\sum_{l=1}^L (k_l-1)\prod_{i=1}^{l}s_i",
                    r"1+\sum_{l=1}^L (k_l-1)",
                    r"1+\sum_{l=1}^L k_l\prod_{i=1}^{l-1}s_i",
                    r"1+\sum_{l=1}^L (k_l-1)\prod_{i=1}^{L}s_i",
                    r"\sum_{l=1}^L (k_l-1)\prod_{i=1}^{l-1}s_i",
                ],
            ),
            (
                lambda v: floor((v["n"] + 2 * v["rho"] - v["d"] * (v["kappa"] - 1) - 1) / v["sigma"]) + 1,
                [
                    r"\left\lfloor\frac{n+2\rho-d(\kappa-1)-1}{\sigma}\right\rfloor+1",
                    r"\lfloor (n+2\rho-d(\kappa-1)-1)/\sigma \rfloor + 1",
                    "floor((n + 2rho - d(kappa-1) - 1)/sigma) + 1",
                    "(n + 2*rho - d*(kappa-1) - 1)//sigma + 1",
                    "⌊(n+2ρ−d(κ−1)−1)/σ⌋+1",
                    r"\left\lfloor 1+\frac{n+2\rho-d\kappa+d-1}{\sigma}\right\rfloor",
                    "ceil((n + 2rho - d(kappa-1))/sigma)",
                ],
                ["floor((n + 2rho - kappa)/sigma) + 1", "ceil((n + 2rho - d(kappa-1) - 1)/sigma) + 1", "(n + 2rho - d(kappa-1) - 1)/sigma + 1"],
            ),
            (
                lambda v: prod(v["s"]),
                [r"\prod_{l=1}^L s_l", "prod_l s_l", "prod(s)", "Π_{l=1}^{L} s_l", r"\prod s_l", r"\exp\sum_l \log s_l", "s_L prod_{l<L} s_l", r"\prod_{1\le l\le L}s_l"],
                [r"\prod_{l=1}^{L-1} s_l", "sum_l s_l", "s_1 s_2"],
            ),
        ],
    ),
    "activations": (
        {"x": {"real": [-4, 4], "points": [0]}, "alpha": {"real": ["0.01", 1]}, "beta": POSITIVE, "D": {"int": [3, 48]}},
        [
            (
                lambda v: v["x"] if v["x"] > 0 else v["alpha"] * expm1(v["x"]),
                [
                    r"\begin{cases} x & x>0 \\ \alpha(e^x-1) & x\le 0\end{cases}",
                    r"\begin{cases} x & \text{if } x>0 \\ \alpha(e^x-1) & \text{otherwise}\end{cases}",
                    r"\left\{\begin{array}{ll} x, & x \geq 0 \\ \alpha(\exp(x)-1), & x<0\end{array}\right.",
                    "cases(x if x > 0, alpha*(exp(x)-1) otherwise)",
                    "x if x > 0 else alpha (e^x - 1)",
                    "x > 0 ? x : alpha*(e^x - 1)",
                    "max(0,x) + min(0, alpha(e^x - 1))",
                    "x[x>0] + alpha(e^x-1)[x<=0]",
                    r"x\,\mathbb{1}_{x>0}+\alpha(e^x-1)\mathbb{1}_{x\le0}",
                    r"x\mathbf 1(x>0)+\alpha(e^x-1)\mathbf 1(x\leq 0)",
                    "if(x > 0, x, alpha*expm1(x))",
                    "x·1{x>0} + α(eˣ−1)·1{x≤0}",
                    r"\max(0,x)+\alpha\,(e^{\min(0,x)}-1)",
                ],
                [
                    r"\begin{cases} x & x>0 \\ \alpha e^x-1 & x\le 0\end{cases}",
                    "max(x, alpha(e^x-1))",
                    r"\begin{cases} x & x<0 \\ \alpha(e^x-1) & x\ge 0\end{cases}",
                    "max(0,x) + alpha min(0, x)",
                ],
            ),
            (
                lambda v: v["x"] / 2 * (1 + erf(v["x"] / sqrt(2))),
                [
                    r"x\Phi(x)",
                    r"\frac x2\left(1+\operatorname{erf}\frac{x}{\sqrt2}\right)",
                    r"\frac{x}{2}\left[1+\mathrm{erf}\left(x/\sqrt{2}\right)\right]",
                    "x*Phi(x)",
                    "0.5x(1+erf(x/sqrt(2)))",
                    "x/2 (1 + erf(x/√2))",
                    r"\tfrac12 x\,\operatorname{erfc}(-x/\sqrt 2)",
                    "x Φ(x)",
                ],
                [
                    r"\frac x2(1+\tanh(\sqrt{2/\pi}(x+0.044715x^3)))",
                    r"x\sigma(1.702x)",
                    r"\frac x2(1+\operatorname{erf}(x))",
                    "x*phi(x)",
                ],
            ),
            (
                lambda v: v["x"] / (1 + exp(-v["beta"] * v["x"])),
                [
                    r"x\cdot\sigma(\beta x)",
                    "x*sigmoid(beta*x)",
                    r"\frac{x}{1+e^{-\beta x}}",
                    "x/(1+exp(-βx))",
                    r"\frac{x}{2}\left(1+\tanh\frac{\beta x}{2}\right)",
                    "x σ(βx)",
                    r"\frac{xe^{\beta x}}{1+e^{\beta x}}",
                ],
                [r"x\sigma(x)", r"\beta x\sigma(x)", r"\frac{x}{1+e^{\beta x}}", "x sigma(beta) x"],
            ),
            (
                lambda v: v["x"] * tanh(log1p(exp(v["x"]))),
                [
                    r"x\tanh(\ln(1+e^x))",
                    r"x\tanh\ln(1+e^{x})",
                    "x tanh(softplus(x))",
                    r"x\cdot\frac{(1+e^x)^2-1}{(1+e^x)^2+1}",
                    "x*(e^(2x)+2e^x)/(e^(2x)+2e^x+2)",
                    r"x\,\frac{e^{2x}+2e^x}{e^{2x}+2e^x+2}",
                ],
                ["x tanh(x)", r"x\tanh(1+e^x)", "x tanh(relu(x))"],
            ),
            (
                lambda v: 1 - tanh(v["x"]) ** 2,
                [
                    r"1-\tanh^2 x",
                    r"1-\tanh^2(x)",
                    "1 - tanh(x)^2",
                    "sech(x)^2",
                    "1/cosh(x)^2",
                    r"\frac{1}{\cosh^2 x}",
                    r"\frac{4}{(e^x+e^{-x})^2}",
                    r"\frac{d}{dx}\tanh x",
                    "4σ(2x)(1−σ(2x))",
                    r"4\sigma(2x)\bigl(1-\sigma(2x)\bigr)",
                    r"\frac{\mathrm{d}}{\mathrm{d}x}\tanh(x)",
                    "(1 - tanh x)(1 + tanh x)",
                    "1-tanh²x",
                ],
                [r"1-\tanh x^2", "1 - tanh(x)", "(1-tanh x)^2", "1 + tanh(x)^2"],
            ),
            (
                lambda v: exp(-v["x"]) / (1 + exp(-v["x"])) ** 2,
                [
                    r"\sigma(x)(1-\sigma(x))",
                    r"(1+e^{-x})^{-2}e^{-x}",
                    r"\frac{e^{-x}}{(1+e^{-x})^2}",
                    "sigma(x)*sigma(-x)",
                    "1/(2+e^x+e^-x)",
                    r"\frac14\operatorname{sech}^2\frac x2",
                    r"\frac{1}{2+2\cosh x}",
                    "d/dx 1/(1+e^(-x))",
                ],
                [r"\sigma(x)(1+\sigma(x))", r"\sigma(x)", r"\sigma(x)-\sigma(x)^3", "(1+e^-x)^-2"],
            ),
            (
                lambda v: 8 * v["D"] / 3,
                [r"\frac{8D^2}{3D}", "8D/3", r"\frac83 D", "8D^2/(3D)", "(8/3)*D", "D*8/3", "8*D^2*(3D)^-1"],
                ["8/(3D)", "8D/3/D", "3D/8", "4D", "8D^2/3D"],
            ),
        ],
    ),
    "stochastic-approximation": (
        {"n": {"int": [2, 6]}, "x": VECTOR, r"w_0": REAL, "mu": REAL, "alpha": SHARE, "sigma": POSITIVE, "k": {"index": "n"}, "w_k": REAL, "c": {"real": ["0.6", 3]}},
        [
            (
                lambda v: (1 - v["alpha"]) ** v["n"] * v["w_0"] + v["alpha"] * sum((1 - v["alpha"]) ** (v["n"] - at - 1) * x for at, x in enumerate(v["x"])),
                [
                    r"(1-\alpha)^n w_0+\alpha\sum_{i=1}^n(1-\alpha)^{n-i}x_i",
                    "(1-alpha)^n*w_0 + alpha*sum_{i=1}^n (1-alpha)^(n-i)*x_i",
                    "(1-α)ⁿ w₀ + α ∑_{i=1}^n (1-α)^{n-i} x_i",
                    r"(1-\alpha)^{n}w_{0}+\sum_{j=0}^{n-1}\alpha(1-\alpha)^{j}x_{n-j}",
                    "(1-alpha)**n w0 + sum_i alpha (1-alpha)**(n-i) x_i",
                    r"(1-\alpha)^n\left(w_0+\alpha\sum_{i}\frac{x_i}{(1-\alpha)^{i}}\right)",
                ],
                [
                    r"(1-\alpha)^n w_0+\alpha\sum_{i=1}^n(1-\alpha)^{i}x_i",
                    r"(1-\alpha)^n w_0+\sum_{i=1}^n(1-\alpha)^{n-i}x_i",
                    r"(1-\alpha)^n w_0+\alpha\sum_{i=1}^{n-1}(1-\alpha)^{n-i}x_i",
                    r"(1-\alpha)^{n-1} w_0+\alpha\sum_{i=1}^n(1-\alpha)^{n-i}x_i",
                ],
            ),
            (
                lambda v: sum(v["x"]) / len(v["x"]),
                [r"\frac{1}{n}\sum x_i", r"\bar x = \frac1n\sum_{i=1}^n x_i", "mean(x)", r"\mathbb{E}_i[x_i]", "sum(x)/n", "(1/n) ∑ᵢ xᵢ", r"\frac{1}{n}\sum\limits_{i=1}^{n} x_i", r"\frac{\sum_{i=1}^{n} x_i}{n}", "E_i[x_i]", r"\frac{x_1+\sum_{i=2}^n x_i}{n}"],
                [r"\frac{1}{n-1}\sum x_i", r"\sum x_i", r"\frac1n\sum_{i=1}^{n-1} x_i"],
            ),
            (
                lambda v: v["w_k"] - (v["w_k"] - v["x"][v["k"] - 1]) / v["k"],
                [r"w_k-\frac1k(w_k-x_k)", r"\frac1k\big((k-1)w_k+x_k\big)", "w_k + (x_k - w_k)/k", r"\left(1-\frac1k\right)w_k+\frac{x_k}{k}", "((k-1)*w_k + x_k)/k", r"\frac{k-1}{k}w_k+\frac{1}{k}x_k"],
                [r"w_k+\frac1k(w_k-x_k)", r"w_k-\frac1k w_k-x_k", r"w_k-\frac{1}{k+1}(w_k-x_k)"],
            ),
            (
                lambda v: v["alpha"] * v["sigma"] ** 2 / (2 - v["alpha"]),
                [
                    r"\frac{\alpha}{2-\alpha}\sigma^2",
                    "alpha*sigma^2/(2-alpha)",
                    r"\frac{\alpha^2\sigma^2}{1-(1-\alpha)^2}",
                    "σ²α/(2−α)",
                    r"\dfrac{\sigma^2}{2/\alpha-1}",
                ],
                [r"\frac{\alpha}{2-\alpha}\sigma", r"\frac{\alpha^2\sigma^2}{1-\alpha^2}", r"\frac{\alpha}{2+\alpha}\sigma^2", r"\alpha\sigma^2/2-\alpha"],
            ),
            (
                lambda v: (v["n"] + 1) / (2 * v["n"]),
                [
                    r"\prod_{j=2}^n\left(1-\frac1{j^2}\right)",
                    "prod_{j=2}^n (1 - 1/j^2)",
                    r"\frac12\left(1+\frac1n\right)",
                    "(n+1)/(2n)",
                    r"\prod_{j=2}^{n}\frac{(j-1)(j+1)}{j^2}",
                    "½ + 1/(2n)",
                ],
                [r"\frac12", "(n+1)/2n^2", "(n-1)/(2n)"],
            ),
        ],
    ),
    "upsampling": (
        {"H": {"int": [3, 30]}, "k": {"int": [1, 5]}, "s": {"int": [1, 4]}, "p": {"int": [0, 2]}, "d": {"int": [1, 3]}, "p'": {"int": [0, 1]}, "a": REAL, "b": REAL, "c": REAL, "x": SHARE, "y": SHARE, "q_{11}": REAL, "q_{12}": REAL, "q_{21}": REAL, "q_{22}": REAL, "i": {"int": [0, 20]}},
        [
            (
                lambda v: (v["H"] - 1) * v["s"] - 2 * v["p"] + v["d"] * (v["k"] - 1) + v["p'"] + 1,
                [
                    r"(H-1)s-2p+d(k-1)+p'+1",
                    r"(H-1)\times s-2\times p+d\times(k-1)+p'+1",
                    "(H-1)*s - 2*p + d*(k-1) + p' + 1",
                    "(H−1)s − 2p + d(k−1) + p′ + 1",
                    r"(H-1)s-2p+d(k-1)+p^{\prime}+1",
                    "s(H-1) + dk - d - 2p + p' + 1",
                    "(H-1)s-2p+d(k-1)+p_prime+1",
                ],
                ["(H-1)s - 2p + d(k-1) + p' ", "(H-1)s - 2p + k + p'", "Hs - 2p + d(k-1) + p' + 1", "(H-1)s - 2p' + d(k-1) + p + 1"],
            ),
            (
                lambda v: (1 - v["y"]) * ((1 - v["x"]) * v["q_{11}"] + v["x"] * v["q_{12}"]) + v["y"] * ((1 - v["x"]) * v["q_{21}"] + v["x"] * v["q_{22}"]),
                [
                    r"(1-y)\left[(1-x)q_{11}+xq_{12}\right]+y\left[(1-x)q_{21}+xq_{22}\right]",
                    "(1-y)*((1-x)*q_11 + x*q_12) + y*((1-x)*q_21 + x*q_22)",
                    "(1-x)(1-y)q_{11} + x(1-y)q_{12} + (1-x)y q_{21} + xy q_{22}",
                    "(1−x)(1−y)q₁₁ + x(1−y)q₁₂ + (1−x)y·q₂₁ + x·y·q₂₂",
                    "q11 + x(q12 - q11) + y(q21 - q11) + x y (q11 - q12 - q21 + q22)",
                ],
                ["(1-x)(1-y)q11 + x(1-y)q21 + (1-x)y q12 + xy q22", "(1-y)*(x*q_11 + (1-x)*q_12) + y*((1-x)*q_21 + x*q_22)"],
            ),
            (
                lambda v: (v["i"] + 0.5) / v["s"] - 0.5,
                [r"\left(i+\tfrac12\right)\frac{1}{s}-\tfrac12", "(i+1/2)/s - 1/2", "(i + 0.5)/s - 0.5", "(2i+1-s)/(2s)", "(i+½)/s−½", r"\frac{2i+1}{2s}-\frac{1}{2}"],
                ["i/s", "(i + 0.5)/s + 0.5", "(i-0.5)/s + 0.5", "i + 1/2/s - 1/2"],
            ),
            (
                lambda v: float((v["H"] + 2 * v["p"] - v["k"]) % v["s"]),
                [r"(H+2p-k)\bmod s", "(H+2p-k) mod s", "mod(H+2*p-k, s)", "(H+2p-k) % s", r"(H+2p-k) - s\left\lfloor\frac{H+2p-k}{s}\right\rfloor", r"\operatorname{mod}(H+2p-k,\,s)"],
                ["H+2p-k mod s", "floor((H+2p-k)/s)", "(H+2p) mod s"],
            ),
        ],
    ),
    "adam": (
        {"t": {"int": [1, 6]}, r"\beta_1": SHARE, r"\beta_2": SHARE, "g": {"real": [-2, 2], "length": "t"}, r"\theta_{t-1}": REAL, r"\eta": {"real": ["0.01", 1]}, r"\lambda": {"real": ["0.01", 1]}, r"\epsilon": {"real": ["0.001", "0.1"]}, r"\hat m_t": REAL, r"\hat v_t": POSITIVE, "m_t": REAL, "v_t": POSITIVE},
        [
            (
                lambda v: v["theta_{t-1}"] - v["eta"] * (v["hat m_t"] / (sqrt(v["hat v_t"]) + v["epsilon"]) + v["lambda"] * v["theta_{t-1}"]),
                [
                    r"\theta_{t-1}-\eta\left(\frac{\hat m_t}{\sqrt{\hat v_t}+\epsilon}+\lambda\theta_{t-1}\right)",
                    r"\theta_{t-1}-\eta\big(\hat{m}_t/(\sqrt{\hat{v}_t}+\varepsilon)+\lambda\theta_{t-1}\big)",
                    r"(1-\eta\lambda)\theta_{t-1}-\eta\frac{\hat m_t}{\sqrt{\hat v_t}+\epsilon}",
                    "(1 - eta*lambda)*theta_{t-1} - eta*m_hat_t/(sqrt(v_hat_t) + eps)",
                    "θ_{t−1} − η(m̂_t/(√v̂_t + ε) + λθ_{t−1})",
                    "theta_{t-1} - eta*(mhat_t/(sqrt(vhat_t)+epsilon) + lambda*theta_{t-1})",
                    r"\theta_{t-1} - \eta\,\frac{\hat{m_t}}{\sqrt{\hat{v_t}}+\epsilon} - \eta\lambda\theta_{t-1}",
                    r"\theta_t = \theta_{t-1} - \eta\frac{\hat m_t}{\sqrt{\hat v_t}+\epsilon} - \eta\lambda\theta_{t-1}",
                ],
                [
                    r"\theta_{t-1}-\eta\left(\frac{m_t}{\sqrt{v_t}+\epsilon}+\lambda\theta_{t-1}\right)",
                    r"\theta_{t-1}-\eta\frac{\hat m_t+\lambda\theta_{t-1}}{\sqrt{\hat v_t}+\epsilon}",
                    r"\theta_{t-1}-\eta\left(\frac{\hat m_t}{\sqrt{\hat v_t+\epsilon}}+\lambda\theta_{t-1}\right)",
                    r"(1-\lambda)\theta_{t-1}-\eta\frac{\hat m_t}{\sqrt{\hat v_t}+\epsilon}",
                ],
            ),
            (
                lambda v: (1 - v["beta_1"]) * sum(v["beta_1"] ** (v["t"] - at - 1) * g for at, g in enumerate(v["g"])) / (1 - v["beta_1"] ** v["t"]),
                [
                    r"\frac{(1-\beta_1)\sum_{i=1}^t\beta_1^{t-i}g_i}{1-\beta_1^t}",
                    r"\frac{1-\beta_1}{1-\beta_1^t}\sum_{i=1}^{t}\beta_1^{t-i}g_i",
                    "(1-beta1)*sum_{i=1}^t beta1^(t-i)*g_i/(1-beta1^t)",
                    "(1−β₁)∑_{i=1}^t β₁^{t−i} g_i/(1−β₁^t)",
                    r"\frac{\sum_{i=1}^t\beta_1^{t-i}g_i}{\sum_{i=1}^t\beta_1^{t-i}}",
                    r"\sum_i \beta_1^{t-i} g_i \Big/ \sum_{j=0}^{t-1}\beta_1^{j}",
                ],
                [
                    r"(1-\beta_1)\sum_{i=1}^t\beta_1^{t-i}g_i",
                    r"\frac{(1-\beta_1)\sum_{i=1}^t\beta_1^{i}g_i}{1-\beta_1^t}",
                    r"\frac{(1-\beta_2)\sum_{i=1}^t\beta_2^{t-i}g_i}{1-\beta_2^t}",
                    r"\frac{(1-\beta_1)\sum_{i=1}^t\beta_1^{t-i}g_i}{1-\beta_1}",
                ],
            ),
            (
                lambda v: (1 - v["beta_2"]) * sum(v["beta_2"] ** (v["t"] - at - 1) * g * g for at, g in enumerate(v["g"])),
                [
                    r"(1-\beta_2)\sum_{i=1}^t\beta_2^{t-i}g_i^2",
                    "(1-beta_2)*sum_{i=1}^{t} beta_2^{t-i}*g_i^2",
                    r"(1-\beta_2)\sum_i\beta_2^{t-i}g_i^{2}",
                    "(1-β₂)∑_i β₂^(t-i) g_i²",
                    r"(1-\beta_2)\left(g_t^2+\sum_{i=1}^{t-1}\beta_2^{t-i}g_i^2\right)",
                    r"\sum_{i=1}^t(\beta_2^{t-i}-\beta_2^{t-i+1})\,g_i\,g_i",
                ],
                [r"(1-\beta_2)\left(\sum_i\beta_2^{t-i}g_i\right)^2", r"(1-\beta_2)\sum_i\beta_2^{t-i}g_i", r"\sum_i\beta_2^{t-i}g_i^2"],
            ),
            (
                lambda v: log(0.5) / log(1 - v["eta"] * v["lambda"]),
                [r"\ln.5/\ln(1-\eta\lambda)", r"\frac{\ln 0.5}{\ln(1-\eta\lambda)}", "ln(1/2)/ln(1 - eta*lambda)", r"-\frac{\ln 2}{\log(1-\eta\lambda)}", r"\log_{1-\eta\lambda}\frac12", r"\log_{1-\eta\lambda} 0.5", "log(0.5, 1-eta*lambda)"],
                ["ln 2/ln(1-eta lambda)", r"\ln.5/(1-\eta\lambda)", r"\frac{\ln 0.5}{-\eta\lambda}"],
            ),
        ],
    ),
    "ddpg": (
        {"m": N, "r": {"real": [-2, 2], "length": "m"}, "Q'": {"real": [-2, 2], "length": "m"}, "Q": {"real": [-2, 2], "length": "m"}, "d": {"choice": [0, 1], "length": "m"}, "gamma": SHARE, "tau": SHARE, "theta": REAL, r"\theta'": REAL, "nu": {"int": [1, 9]}, r"\vartheta": {"real": ["0.1", 1]}, "sigma": POSITIVE, "Delta": {"real": ["0.01", "0.5"]}},
        [
            (
                lambda v: sum((r + v["gamma"] * (1 - d) * q2 - q) ** 2 for r, d, q2, q in zip(v["r"], v["d"], v["Q'"], v["Q"], strict=True)) / len(v["r"]),
                [
                    r"\frac1m\sum_i\left(r_i+\gamma(1-d_i)Q'_i-Q_i\right)^2",
                    r"\frac{1}{m}\sum_{i=1}^m (r_i+\gamma(1-d_i)Q_i'-Q_i)^2",
                    "(1/m) sum_i (r_i + gamma(1-d_i) Q'_i - Q_i)^2",
                    r"\mathbb{E}_i\left[(r_i+\gamma(1-d_i)Q'_i-Q_i)^2\right]",
                    "mean_i [(r_i + gamma*(1-d_i)*Q'_i - Q_i)^2]",
                    "1/m·∑_i (r_i + γ(1−d_i)Q′_i − Q_i)²",
                ],
                [
                    r"\frac1m\sum_i\left(r_i+\gamma Q'_i-Q_i\right)^2",
                    r"\frac1m\sum_i\left(r_i+\gamma(1-d_i)Q_i-Q_i\right)^2",
                    r"\sum_i\left(r_i+\gamma(1-d_i)Q'_i-Q_i\right)^2",
                    r"\left(\frac1m\sum_i(r_i+\gamma(1-d_i)Q'_i-Q_i)\right)^2",
                ],
            ),
            (
                lambda v: v["tau"] * v["theta"] + (1 - v["tau"]) * v["theta'"],
                [r"\tau\theta+(1-\tau)\theta'", r"\theta'+\tau(\theta-\theta')", "tau*theta + (1-tau)*theta'", "τθ + (1−τ)θ'", r"\theta^{\prime}+\tau(\theta-\theta^\prime)", "tau theta + (1 - tau) theta_prime"],
                [r"(1-\tau)\theta+\tau\theta'", r"\tau\theta+(1-\tau)\theta", r"\theta'-\tau(\theta-\theta')"],
            ),
            (
                lambda v: v["sigma"] ** 2 * v["Delta"] / (1 - (1 - v["vartheta"] * v["Delta"]) ** 2),
                [
                    r"\frac{\sigma^2\Delta}{1-(1-\vartheta \Delta)^2}",
                    "sigma^2 Delta/(1-(1-vartheta*Delta)^2)",
                    r"\frac{\sigma^2}{2\vartheta-\vartheta^2\Delta}",
                    "σ²Δ/(1−(1−ϑΔ)²)",
                ],
                [r"\frac{\sigma^2}{2\vartheta}", r"\frac{\sigma^2\Delta}{1-(1-\theta\Delta)^2}", r"\frac{\sigma^2\Delta}{(1-\vartheta\Delta)^2}"],
            ),
            (
                lambda v: (1 - v["tau"]) ** v["nu"],
                [r"(1-\tau)^\nu", "(1-tau)^nu", "(1−τ)^ν", r"e^{\nu\ln(1-\tau)}", r"\prod_{j=1}^{\nu}(1-\tau)", "exp(nu log(1-tau))", r"1-\tau\sum_{j=0}^{\nu-1}(1-\tau)^j"],
                [r"1-\tau^\nu", r"e^{-\tau\nu}", r"(1-\tau)^{\nu+1}", r"1-\nu\tau"],
            ),
        ],
    ),
    "actor-critic": (
        {"n": N, "x": VECTOR, "q": VECTOR, r"\pi": {"simplex": "n"}, r"\beta": {"simplex": "n"}, "i": {"index": "n"}, "j": {"index": "n"}, "a": {"index": "n"}, "b": REAL, "v": REAL, "v'": REAL, "r": REAL, "gamma": SHARE},
        [
            (
                lambda v: (v["i"] == v["j"]) - v["pi"][v["j"] - 1],
                [
                    r"\delta_{ij}-\pi_j",
                    r"\mathbb{1}[i=j]-\pi_j",
                    "[i = j] - pi_j",
                    "1[i==j] - π_j",
                    r"\mathbf{1}_{i=j}-\pi_j",
                    r"\begin{cases}1-\pi_j & i=j\\-\pi_j & i\ne j\end{cases}",
                    "cases(1 - pi_j if i = j, -pi_j otherwise)",
                    "δ_{ij} − π_j",
                    r"\delta_{i,j}-\pi_j",
                    r"I(i=j)-\pi_j",
                ],
                [r"\delta_{ij}-\pi_i", r"1-\pi_j", r"\delta_{ij}\pi_j", r"\pi_j-\delta_{ij}"],
            ),
            (
                lambda v: (v["pi"][v["a"] - 1] / v["beta"][v["a"] - 1]) * (v["q"][v["a"] - 1] - sum(p * q for p, q in zip(v["pi"], v["q"], strict=True))),
                [
                    r"\frac{\pi_a}{\beta_a}\left(q_a-\sum_{c}\pi_cq_c\right)",
                    r"\frac{\pi_a}{\beta_a}\bigl(q_a-\mathbb{E}_{c\sim\pi}[q_c]\bigr)",
                    "pi_a/beta_a*(q_a - dot(pi, q))",
                    "π_a/β_a (q_a − ∑_c π_c q_c)",
                    r"\pi_a\beta_a^{-1}(q_a-\pi^\top q)",
                    r"\frac{\pi_a}{\beta_a}\sum_c\pi_c(q_a-q_c)",
                    r"\frac{\pi_a}{\beta_a}(q_a-\mathbb{E}_\pi[q])",
                ],
                [r"\frac{\beta_a}{\pi_a}\left(q_a-\sum_{c}\pi_cq_c\right)", r"\frac{\pi_a}{\beta_a}q_a", r"\frac{\pi_a}{\beta_a}\left(q_a-\sum_{c}\beta_cq_c\right)"],
            ),
            (
                lambda v: v["r"] + v["gamma"] * v["v'"] - v["v"],
                [r"r+\gamma v'-v", r"\delta = r+\gamma v'-v", "r + gamma*v' - v", "r + γv′ − v", r"r+\gamma v^{\prime}-v", r"r-(v-\gamma v')"],
                [r"r+\gamma v-v'", r"r+v'-v", r"r-\gamma v'+v"],
            ),
            (
                lambda v: 1 - 2 * v["pi"][v["i"] - 1] + sum(p * p for p in v["pi"]),
                [
                    r"\sum_{c}(\delta_{ic}-\pi_c)^2",
                    r"\sum_{c=1}^n(\mathbb{1}[c=i]-\pi_c)^2",
                    "1 - 2pi_i + sum_c pi_c^2",
                    "(1-π_i)² + ∑_{c≠i} π_c²",
                    r"(1-\pi_i)^2+\sum_{c\ne i}\pi_c^2",
                    r"1-2\pi_i+\lVert\pi\rVert^2",
                    r"1-2\pi_i+\|\pi\|_2^2",
                    r"1-2\pi_i+\pi^\top\pi",
                ],
                [r"1-\pi_i^2", r"\sum_{c}\pi_c^2", r"(1-\pi_i)^2+\sum_{c}\pi_c^2", r"1-2\pi_i+\lVert\pi\rVert"],
            ),
            (
                lambda v: sum(v["pi"][c] * (1 - 2 * v["pi"][c] + sum(p * p for p in v["pi"])) * (v["q"][c] - v["b"]) ** 2 for c in range(len(v["q"]))),
                [
                    r"\mathbb{E}_{c\sim\pi}\left[(1-2\pi_c+\sum_j\pi_j^2)(q_c-b)^2\right]",
                    r"\sum_c\pi_c\Bigl(1-2\pi_c+\sum_{l}\pi_l^2\Bigr)(q_c-b)^2",
                    "sum_c pi_c*(1 - 2*pi_c + sum_l pi_l^2)*(q_c - b)^2",
                ],
                [r"\sum_c\pi_c\Bigl(1-2\pi_c+\sum_{l}\pi_l\Bigr)(q_c-b)^2", r"\sum_c\pi_c(q_c-b)^2"],
            ),
        ],
    ),
    "kimi": (
        {"k": {"int": [2, 5]}, "r": {"real": [-1, 1], "length": "k"}, r"\pi_\theta": {"simplex": "k"}, r"\pi_{\theta_i}": {"simplex": "k"}, "tau": {"real": ["0.3", 2]}, "j": {"index": "k"}, "len": {"int": [60, 90]}, "len_min": {"int": [10, 40]}, "len_max": {"int": [100, 200]}, "y^*": REAL, "mu": REAL, "sigma": POSITIVE, "N": {"int": [1, 6]}, "K": {"int": [6, 12]}, "c": {"int": [1, 6]}},
        [
            (
                lambda v: v["tau"] * log(sum(p * exp(r / v["tau"]) for p, r in zip(v["pi_{theta_i}"], v["r"], strict=True))),
                [
                    r"\tau\log\sum_j\pi_{\theta_i,j}e^{r_j/\tau}",
                    r"\tau\log\mathbb{E}_{j\sim\pi_{\theta_i}}\left[e^{r_j/\tau}\right]",
                    r"\tau\log\left(\sum_{j=1}^{k}(\pi_{\theta_i})_j\exp(r_j/\tau)\right)",
                    "tau*ln(dot(pi_theta_i, exp(r/tau)))",
                ],
                [r"\tau\log\mathbb{E}_{j\sim\pi_{\theta}}\left[e^{r_j/\tau}\right]", r"\tau\log\mathbb{E}_{j}\left[e^{r_j/\tau}\right]", r"\log\mathbb{E}_{j\sim\pi_{\theta_i}}\left[e^{r_j/\tau}\right]"],
            ),
            (
                lambda v: 0.5 - (v["len"] - v["len_min"]) / (v["len_max"] - v["len_min"]),
                [
                    r"0.5-\frac{len-len_{min}}{len_{max}-len_{min}}",
                    r"\frac12-\frac{\mathrm{len}-\mathrm{len}_{\min}}{\mathrm{len}_{\max}-\mathrm{len}_{\min}}",
                    "0.5 - (len - len_min)/(len_max - len_min)",
                    "½ − (len − len_min)/(len_max − len_min)",
                    r"\frac{\text{len}_{\max}+\text{len}_{\min}-2\,\text{len}}{2(\text{len}_{\max}-\text{len}_{\min})}",
                ],
                ["0.5 - (len - len_min)/(len_max + len_min)", "0.5 + (len - len_min)/(len_max - len_min)", "(len - len_min)/(len_max - len_min)"],
            ),
            (
                _expected_improvement,
                [
                    r"(\mu-y^*)\Phi\left(\frac{\mu-y^*}{\sigma}\right)+\sigma\phi\left(\frac{\mu-y^*}{\sigma}\right)",
                    "(mu - y^*)*Phi((mu - y^*)/sigma) + sigma*phi((mu - y^*)/sigma)",
                    r"(\mu-y^{*})\Phi((\mu-y^{*})/\sigma)+\sigma\varphi((\mu-y^{*})/\sigma)",
                    r"(\mu-y^\star)\Phi((\mu-y^\star)/\sigma)+\frac{\sigma}{\sqrt{2\pi}}e^{-\frac{(\mu-y^\star)^2}{2\sigma^2}}",
                    "(μ−y*)Φ((μ−y*)/σ) + σφ((μ−y*)/σ)",
                    "(mu - y_star) Phi((mu - y_star)/sigma) + sigma exp(-((mu - y_star)/sigma)^2/2)/sqrt(2pi)",
                ],
                [r"(\mu-y^*)\Phi\left(\frac{\mu-y^*}{\sigma}\right)", r"(\mu-y^*)\phi\left(\frac{\mu-y^*}{\sigma}\right)+\sigma\Phi\left(\frac{\mu-y^*}{\sigma}\right)", "max(mu - y^*, 0)"],
            ),
            (
                lambda v: 1 - comb(v["K"] - v["c"], v["N"]) / comb(v["K"], v["N"]),
                [
                    r"1-\binom{K-c}{N}\Big/\binom{K}{N}",
                    r"1-\frac{\binom{K-c}{N}}{\binom{K}{N}}",
                    "1 - C(K-c, N)/C(K, N)",
                    r"1-\prod_{i=0}^{N-1}\frac{K-c-i}{K-i}",
                    r"1-\prod_{i=K-c+1}^{K}\left(1-\frac{N}{i}\right)",
                ],
                [r"1-(1-c/K)^N", r"\binom{c}{N}/\binom{K}{N}", r"1-\binom{K}{N}/\binom{K-c}{N}"],
            ),
            (
                lambda v: v["r"][v["j"] - 1] - sum(v["r"]) / len(v["r"]),
                [r"r_j-\frac1k\sum_{i=1}^k r_i", "r_j - mean(r)", r"r_j - \mathbb{E}_i[r_i]", r"\frac{1}{k}\sum_i(r_j-r_i)", r"\frac{k-1}{k}\Bigl(r_j-\frac{1}{k-1}\sum_{i\ne j}r_i\Bigr)"],
                [r"r_j-\frac{1}{k-1}\sum_{i\ne j} r_i", r"r_j-\sum_i r_i"],
            ),
        ],
    ),
    "models": (
        {"n":N,"x":VECTOR,"y":VECTOR,"p":{"simplex":"n"},"q":{"simplex":"n"},"i":{"index":"n"},"c":{"index":"n"},r"\varepsilon":{"real":["0.01","0.3"]},"K":{"int":[2,9]},r"\tau":POSITIVE,r"\gamma":POSITIVE,r"\delta":POSITIVE,"z": REAL,"m": REAL,r"\hat A": REAL,"r":POSITIVE,"t":{"int":[1,20]},"T":{"int":[20,40]},r"\eta_{\min}":{"real":["0.01","0.1"]},r"\eta_{\max}":{"real":["0.5","1"]},"P":SHARE,"R":SHARE,r"\beta":POSITIVE,"d":{"int":[2,16]},r"d_k":{"int":[1,9]},"s":{"real":[-2,2],"shape":["n","n"]},"w^*": REAL,r"\mathcal{L}":POSITIVE,"f": REAL},[
 (lambda v:min(v["r"]*v["hat A"],min(max(v["r"],1-v["varepsilon"]),1+v["varepsilon"])*v["hat A"]),
  [r"\min\left(r\hat A,\ \operatorname{clip}(r,1-\varepsilon,1+\varepsilon)\hat A\right)", r"\min\bigl(r\hat{A}, \text{clip}(r, 1-\epsilon, 1+\epsilon)\,\hat{A}\bigr)","min(r*A_hat, clip(r,1-eps,1+eps)*A_hat)","min(r Ahat, clip(r, 1-eps, 1+eps) Ahat)",r"\begin{cases}\min(r,1+\varepsilon)\hat A & \hat A\ge 0\\ \max(r,1-\varepsilon)\hat A & \hat A<0\end{cases}"],["clip(r,1-eps,1+eps)*A_hat"]),
 (lambda v:v["eta_{min}"]+0.5*(v["eta_{max}"]-v["eta_{min}"])*(1+cos(pi*v["t"]/v["T"])),
  [r"\eta_{\min}+\frac12(\eta_{\max}-\eta_{\min})\left(1+\cos\frac{t\pi}{T}\right)","eta_min + 0.5*(eta_max - eta_min)*(1 + cos(pi*t/T))",r"\eta_{min}+\tfrac{1}{2}\left(\eta_{max}-\eta_{min}\right)\left(1+\cos\left(\frac{t}{T}\pi\right)\right)","η_min + ½(η_max − η_min)(1 + cos(πt/T))",r"\eta_{\min}+(\eta_{\max}-\eta_{\min})\cos^2\left(\frac{\pi t}{2T}\right)"],[r"\eta_{\min}+(\eta_{\max}-\eta_{\min})\cos\frac{\pi t}{2T}"]),
 (lambda v:(1+v["beta"]**2)*v["P"]*v["R"]/(v["beta"]**2*v["P"]+v["R"]),
  [r"(1+\beta^2)\cdot\frac{P\cdot R}{\beta^2\cdot P+R}","(1+beta^2)PR/(beta^2 P + R)",r"\frac{(1+\beta^2)PR}{\beta^2P+R}",r"\left(\frac{1}{1+\beta^2}\cdot\frac1P+\frac{\beta^2}{1+\beta^2}\cdot\frac1R\right)^{-1}","(1+β²)·P·R/(β²·P+R)"],["(1+beta^2)PR/(P + beta^2 R)"]),
 (lambda v:-sum(((1-v["varepsilon"])*(k==v["c"]-1)+v["varepsilon"]/len(v["x"]))*log(exp(v["x"][k])/sum(exp(a) for a in v["x"])) for k in range(len(v["x"]))),
  [r"-\sum_{k=1}^n\left((1-\varepsilon)\mathbb{1}[k=c]+\frac{\varepsilon}{n}\right)\log\frac{e^{x_k}}{\sum_j e^{x_j}}",r"\log\sum_je^{x_j}-(1-\varepsilon)x_c-\frac{\varepsilon}{n}\sum_kx_k",r"-(1-\varepsilon)\log\operatorname{softmax}(x)_c-\frac{\varepsilon}{n}\sum_k\log\operatorname{softmax}(x)_k"],[r"-\log\operatorname{softmax}(x)_c"]),
 (lambda v:0.5*sum(a*log(a/((a+b)/2)) for a,b in zip(v["p"], v["q"], strict=True))+0.5*sum(b*log(b/((a+b)/2)) for a,b in zip(v["p"], v["q"], strict=True)),
  [r"\frac12\sum_ip_i\log\frac{2p_i}{p_i+q_i}+\frac12\sum_iq_i\log\frac{2q_i}{p_i+q_i}","1/2 sum_i p_i ln(2p_i/(p_i+q_i)) + 1/2 sum_i q_i ln(2q_i/(p_i+q_i))",r"\frac{1}{2}\sum_{i=1}^{n}\left[p_i\log\frac{p_i}{\frac{p_i+q_i}{2}}+q_i\log\frac{q_i}{\frac{p_i+q_i}{2}}\right]",r"\log 2-\frac12\sum_i(p_i+q_i)\log(p_i+q_i)+\frac12\sum_ip_i\log p_i+\frac12\sum_iq_i\log q_i"],[r"\frac12\sum_ip_i\log\frac{p_i}{p_i+q_i}+\frac12\sum_iq_i\log\frac{q_i}{p_i+q_i}"]),
 (lambda v:(v["x"][v["i"]-1]-sum(v["x"])/len(v["x"]))/sqrt(sum((a-sum(v["x"])/len(v["x"]))**2 for a in v["x"])/len(v["x"])+v["varepsilon"]),
  [r"\frac{x_i-\frac1n\sum_jx_j}{\sqrt{\frac1n\sum_j\left(x_j-\frac1n\sum_kx_k\right)^2+\varepsilon}}","(x_i - mean(x))/sqrt(mean_j [(x_j - mean(x))^2] + eps)",r"\frac{x_i-\mathbb{E}_j[x_j]}{\sqrt{\mathbb{E}_j[(x_j-\mathbb{E}_k[x_k])^2]+\varepsilon}}","(x_i - mean(x))/sqrt(mean((x - mean(x))^2) + eps)",r"(x_i-\operatorname{mean}(x))\left(\operatorname{mean}(x^2)-\operatorname{mean}(x)^2+\varepsilon\right)^{-1/2}"],[r"\frac{x_i-\frac1n\sum_jx_j}{\sqrt{\frac1{n-1}\sum_j(x_j-\frac1n\sum_kx_k)^2+\varepsilon}}"]),
 (lambda v:(0.5*v["z"]**2 if abs(v["z"])<=v["delta"] else v["delta"]*(abs(v["z"])-v["delta"]/2)),
  [r"\begin{cases}\frac12z^2&|z|\le\delta\\\delta(|z|-\frac12\delta)&\text{otherwise}\end{cases}","z^2/2 if |z| <= delta else delta*(|z| - delta/2)",r"\begin{cases} \frac{1}{2} z^2 & \text{for } |z| \leq \delta, \\ \delta \cdot \left(|z| - \frac{1}{2}\delta\right), & \text{otherwise.} \end{cases}","cases(z^2/2 if abs(z) <= delta, delta*(abs(z)-delta/2) otherwise)",r"\frac12\min(|z|,\delta)^2+\delta\max(|z|-\delta,0)",r"\frac12\min(|z|,\delta)^2+\delta(|z|-\delta)_+"],[r"\begin{cases}z^2&|z|\le\delta\\\delta(|z|-\frac12\delta)&\text{else}\end{cases}"]),
 (lambda v:-(1-v["P"])**v["gamma"]*log(v["P"]),[r"-(1-P)^\gamma\log P","-(1-P)^gamma*ln(P)",r"-(1-P)^{\gamma}\log(P)","−(1−P)^γ ln P",r"(1-P)^\gamma\log\frac{1}{P}"],["-P^gamma ln P"]),
 (lambda v:max(0,1-v["m"]*v["z"]),[r"\max(0,1-mz)",r"\max\{0, 1-m z\}","max(0, 1 - m*z)",r"(1-mz)_+",r"[1-mz]_+","relu(1-mz)",r"\frac{1-mz+|1-mz|}{2}",r"\left[1-m z\right]_{+}"],["max(0, mz - 1)","1 - mz"]),
 (lambda v:-log(exp(v["s"][v["i"]-1][v["i"]-1]/v["tau"])/sum(exp(a/v["tau"]) for a in v["s"][v["i"]-1])),
  [r"-\log\frac{\exp(s_{ii}/\tau)}{\sum_{j=1}^n\exp(s_{ij}/\tau)}","-log(exp(s_{i,i}/tau)/sum_j exp(s_{i,j}/tau))",r"-\frac{s_{ii}}{\tau}+\log\sum_{j}e^{s_{ij}/\tau}",r"\log\left(1+\sum_{j\ne i}e^{(s_{ij}-s_{ii})/\tau}\right)","log sum_j exp((s[i,j]-s[i,i])/tau)"],[r"-\log\frac{\exp(s_{ii}/\tau)}{\sum_{j}\exp(s_{ji}/\tau)}"]),
 (lambda v:sum(v["x"][a]*v["y"][a] for a in range(len(v["x"])))/(sqrt(sum(a*a for a in v["x"]))*sqrt(sum(a*a for a in v["y"]))),
  [r"\frac{x\cdot y}{\|x\|\|y\|}",r"\frac{x^\top y}{\lVert x\rVert_2\,\lVert y\rVert_2}","dot(x,y)/(norm(x)*norm(y))",r"\frac{\langle x,y\rangle}{\|x\|_2\cdot\|y\|_2}",r"\frac{\sum_ix_iy_i}{\sqrt{\sum_ix_i^2}\sqrt{\sum_iy_i^2}}","sum_j x_j y_j/sqrt(sum_j x_j^2 * sum_j y_j^2)"],[r"\frac{x\cdot y}{\|x\|_1\|y\|_1}"]),
 (lambda v:sin(v["t"]/10000**(2*v["i"]/v["d"])),[r"\sin\left(\frac{t}{10000^{2i/d}}\right)","sin(t/10000^(2i/d))",r"\sin(t\cdot 10000^{-2i/d})",r"\sin\left(t/10000^{\frac{2i}{d}}\right)",r"\sin\bigl(te^{-\frac{2i}{d}\ln 10000}\bigr)"],["sin(t/10000^2i/d)"]),
 (lambda v:1/sqrt(v["d_k"])*sum(a*b for a,b in zip(v["x"], v["y"], strict=True)),[r"\frac{x^\top y}{\sqrt{d_k}}",r"\frac{x\cdot y}{\sqrt{d_k}}","dot(x,y)/sqrt(d_k)",r"\frac{1}{\sqrt{d_k}}\sum_{i=1}^{n}x_iy_i",r"d_k^{-1/2}\,x^\top y"],[r"\frac{x^\top y}{d_k}"]),
 (lambda v:(v["m"]-v["w^*"])**2,[r"(m-w^*)^2",r"(w^{*}-m)^{2}","(m - w*)^2",r"|m-w^\ast|^2",r"\left\lvert m-w^{\star}\right\rvert^2","m^2 - 2m w^* + (w^*)^2"],["m^2 - (w^*)^2"]),
 (lambda v:exp(-sum(a*log(a) for a in v["p"])),[r"\exp\left(-\sum_ip_i\log p_i\right)",r"e^{-\sum_i p_i\ln p_i}","exp(-sum_i p_i ln p_i)",r"\prod_ip_i^{-p_i}",r"2^{-\sum_ip_i\log_2p_i}",r"\exp(\mathbb{E}_{i\sim p}[-\ln p_i])"],[r"2^{-\sum_ip_i\ln p_i}"]),
 (lambda v:1-sum(a*a for a in v["p"]),[r"1-\sum_ip_i^2",r"\sum_ip_i(1-p_i)",r"\sum_{a\ne j}p_ap_j",r"2\sum_{a<j}p_ap_j","1 - norm(p)^2","sum_i p_i*(1-p_i)"],[r"\sum_{a<j}p_ap_j"]),
 (lambda v:sum((1/log2(k+2))*a for k,a in enumerate(v["x"])),[r"\sum_{k=1}^n\frac{x_k}{\log_2(k+1)}","sum_{k=1}^n x_k/log2(k+1)","sum_k x_k/log2(k+1)",r"\ln(2)\sum_{k}\frac{x_k}{\ln(k+1)}","∑_{k=1}^{n} x_k/log₂(k+1)"],[r"\sum_{k=1}^n\frac{x_k}{\log(k+1)}"]),
 (lambda v:log(expm1(v["r"])),[r"\log(e^r-1)","ln(e^r - 1)","log(expm1(r))",r"r+\log(1-e^{-r})","log(exp(r)-1)"],["log(e^(r-1))"]),
 (lambda v:-10*log10(v["r"]),[r"-10\log_{10}r","-10*log10(r)","-10 lg(r)",r"10\log_{10}\frac1r",r"-\frac{10}{\ln10}\ln r"],["-10 log(r)"]),
 (lambda v:sum(v["x"][a]*sum(v["y"][b] for b in range(a)) for a in range(len(v["x"]))),[r"\sum_{i=1}^nx_i\sum_{j=1}^{i-1}y_j",r"\sum_{j<a}x_ay_j",r"\sum_{1\le j<i\le n}x_iy_j","sum_i x_i sum_{j<i} y_j",r"\sum_{i}\sum_{j=1}^{i-1}x_iy_j"],[r"\sum_{a\le j}x_ay_j"]),
 (lambda v:exp(1-v["T"]/v["t"]) if v["t"]<=v["T"] else 1.0,[r"\min(1,e^{1-T/t})",r"\exp(\min(0,1-T/t))",r"\begin{cases}1&t>T\\e^{1-T/t}&t\le T\end{cases}","1 if t > T else exp(1 - T/t)","t > T ? 1 : e^(1-T/t)"],["exp(1-t/T)"]),
 (lambda v:sum(v["P"]**k for k in range(v["K"])),[r"\sum_{k=0}^{K-1}P^k",r"\frac{1-P^K}{1-P}","(1-P^K)/(1-P)",r"1+P+\sum_{k=2}^{K-1}P^k"],[r"\sum_{k=1}^{K}P^k"]),
 (lambda v:v["mathcal{L}"]*2,[r"2\mathcal{L}","2*L",r"\mathcal L+\mathcal L",r"2\mathcal{L}\,"],[r"\mathcal{L}^2"]),
        ],
    ),
    "special": (
        {"x": {"real": ["0.3", 3]}, "y": {"real": ["0.3", 3]}, "n": {"int": [1, 6]}, "m": {"int": [1, 5]}},
        [
            (lambda v: gamma(v["x"]), [r"\Gamma(x)", "Gamma(x)", "gamma(x)", r"\int_0^\infty t^{x-1}e^{-t}dt", r"\frac{\Gamma(x+1)}{x}"], [r"\Gamma(x+1)", r"\log\Gamma(x)"]),
            (lambda v: float(factorial(v["n"])), ["n!", r"\prod_{i=1}^n i", r"\Gamma(n+1)", "factorial(n)", "n (n-1)!"], ["(n+1)!", "(n-1)!", r"\sum_{i=1}^n i"]),
            (lambda v: v["n"] * (v["n"] + 1) / 2, [r"\sum_{i=1}^n i", "n(n+1)/2", r"\frac{n(n+1)}{2}", r"\binom{n+1}{2}", "1/2 n (n+1)", r"\tfrac12n^2+\tfrac12n", "sum_{i=0}^n i", r"\sum_{i\le n} i"], ["n(n-1)/2", "n^2/2", r"\sum_{i=1}^{n-1} i"]),
            (lambda v: v["x"] ** (v["y"] ** 2), ["x^y^2", "x^(y^2)", r"x^{y^2}", "x**y**2", r"e^{y^2\ln x}", "x^{y²}"], ["(x^y)^2", "x^(2y)"]),
            (lambda v: v["x"] / (2 * v["y"]), [r"\frac{x}{2y}", "x/(2y)", "x/(2*y)", r"\frac{1}{2}\cdot\frac{x}{y}", "x/2/y", r"\frac12xy^{-1}", "½x/y"], ["x/2y", "x/2*y", "2x/y"]),
            (lambda v: -(v["x"] ** 2), ["-x^2", "-x²", "-(x^2)", "0 - x*x", r"-x^{2}", "−x·x"], ["(-x)^2", "x^2"]),
            (lambda v: log(v["x"]) ** 2, [r"\log^2 x", r"(\log x)^2", "ln(x)^2", "log(x)*log(x)", r"\ln^2(x)", r"\ln^{2} x"], [r"\log x^2", "2 log x", r"\log\log x"]),
            (lambda v: atan(v["x"]) + cosh(v["y"]), [r"\arctan x+\cosh y", "atan(x)+cosh(y)", "arctan(x) + (e^y+e^-y)/2"], [r"\frac{1}{\tan x}+\cosh y", r"\arctan x + \sinh y"]),
            (lambda v: e ** -v["x"] + pi, [r"e^{-x}+\pi", "e^-x + pi", "exp(-x) + π", r"\exp(-x)+\pi", r"\mathrm{e}^{-x}+\pi", r"\frac{1}{e^x}+\pi", "1/exp(x)+pi"], ["e^(x)+pi", "e - x + pi"]),
            (lambda v: abs(v["x"] - v["y"]), ["|x-y|", r"\lvert x-y\rvert", r"\left|x-y\right|", "abs(y-x)", "max(x,y)-min(x,y)", r"\sqrt{(x-y)^2}", r"\max\{x-y,\,y-x\}", r"\vert x-y\vert", r"|x - y|", "∣x−y∣"], ["x-y", "max(x,y)"]),
        ],
    ),
}  # fmt: skip

PAIRS = [
    (group, outcome, spelling, right[0])
    for group, (_, entries) in GROUPS.items()
    for _, right, wrong in entries
    for outcome, spellings in (("equal", right), ("not equal", wrong))
    for spelling in spellings
]
"""(group, outcome, spelling, the first right spelling)."""
