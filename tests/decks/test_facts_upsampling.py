"""Facts of the deck `upsampling`: kernels spread by hand, the matrix of a convolution built, single pixels moved."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from deck_facts import answers, draws, mistake, plain, question, run, value_of
from numpy.typing import NDArray

Array = NDArray[np.float64]
DECK = "upsampling"


def spread(x: Any, w: Any, s: int, p: int = 0, d: int = 1, q: int = 0) -> Array:
    """A transposed convolution along one axis, copy by copy; output padding lengthens the far end before the cut."""
    whole = np.zeros((len(x) - 1) * s + d * (len(w) - 1) + 1 + q)
    for i, value in enumerate(x):
        for tap, weight in enumerate(w):
            whole[i * s + d * tap] += value * weight
    return whole[p : len(whole) - p]


def matrix(n: int, w: Any, s: int, p: int) -> Array:
    """The matrix of a convolution (kernel not reversed) from n inputs, row by row."""
    rows = []
    for start in range(-p, n + p - len(w) + 1, s):
        row = np.zeros(n)
        for tap, weight in enumerate(w):
            if 0 <= start + tap < n:
                row[start + tap] = weight
        rows.append(row)
    return np.array(rows)


def resize(row: Any, m: int, *, corners: bool) -> Array:
    """Linear interpolation with centres at whole coordinates, held constant beyond the end pixels."""
    n = len(row)
    new = np.linspace(0, n - 1, m) if corners else np.linspace(-0.5, n - 0.5, 2 * m + 1)[1::2]
    return np.interp(new, np.arange(n), row)


def shuffle(x: Array, r: int) -> Array:
    """PixelShuffle pixel by pixel."""
    c, h, w = x.shape[0] // r**2, *x.shape[1:]
    out = np.empty((c, h * r, w * r))
    for k, y, v, i, j in itertools.product(range(c), range(h), range(w), range(r), range(r)):
        out[k, y * r + i, v * r + j] = x[k * r * r + i * r + j, y, v]
    return out


def test_bilinear_point() -> None:
    asked = question(f"{DECK}/bilinear-point")
    for values in draws(asked, 60):
        a, b, c, d, x, y = (plain(values[name]) for name in "abcdxy")
        # The bilinear function is the one of 1, x, y, xy through the four corners.
        corners = np.array([[1, u, v, u * v] for u, v in ((0, 0), (1, 0), (0, 1), (1, 1))])
        assert answers(asked, values)[""] == pytest.approx(np.linalg.solve(corners, [a, b, c, d]) @ [1, x, y, x * y])


def test_source_coordinate() -> None:
    asked = question(f"{DECK}/source-coordinate")
    for values in draws(asked, 60):
        n, m, i = int(values["n"]), int(values["m"]), int(values["i"])
        ramp = np.arange(n)  # reading a ramp gives the coordinate itself
        right = answers(asked, values)
        assert right["half"] == pytest.approx(resize(ramp, m, corners=False)[i])
        assert right["corners"] == pytest.approx(resize(ramp, m, corners=True)[i])


def test_which_convention() -> None:
    assert resize([1, 2], 4, corners=False) == pytest.approx([1, 1.25, 1.75, 2])
    assert resize([1, 2], 4, corners=True) == pytest.approx([1, 4 / 3, 5 / 3, 2])
    assert np.linspace(-0.5, 1.5, 9)[1::2] == pytest.approx([-0.25, 0.25, 0.75, 1.25])


def test_unpooling_restores_places_only() -> None:
    rng = np.random.default_rng(1)
    x = rng.uniform(0.1, 1, size=(4, 4))
    windows = x.reshape(2, 2, 2, 2).transpose(0, 2, 1, 3).reshape(2, 2, 4)
    back = np.zeros((2, 2, 4))
    np.put_along_axis(back, windows.argmax(axis=2)[..., None], windows.max(axis=2)[..., None], axis=2)
    restored = back.reshape(2, 2, 2, 2).transpose(0, 2, 1, 3).reshape(4, 4)
    assert (restored > 0).sum() == 4
    assert np.array_equal(restored[restored > 0], x[restored > 0])
    assert np.array_equal(back.max(axis=2), windows.max(axis=2))


def test_output_of_a_transposed_convolution_lines() -> None:
    lines = {step.id: step.expect for step in question(f"{DECK}/output-of-a-transposed-convolution").body.milestones}
    rng = np.random.default_rng(2)
    for _ in range(60):
        n, k, s, d = (int(rng.integers(low, high)) for low, high in ((3, 9), (2, 6), (1, 5), (1, 4)))
        p, q = int(rng.integers(0, 3)), int(rng.integers(0, 3))
        values = {"n": n, "k": k, "s": s, "d": d, "p": p, "q": q}
        only_last = np.zeros(n)
        only_last[-1] = 1
        reached = np.flatnonzero(spread(only_last, np.ones(k), s, d=d))
        assert value_of(lines["last-start"], values) == reached[0]
        assert value_of(lines["last-tap"], values) == reached[-1]
        assert value_of(lines["whole"], values) == len(spread(only_last, np.ones(k), s, d=d))
        assert value_of(lines["cut"], values) == len(spread(only_last, np.ones(k), s, p, d))
        assert value_of(lines["size"], values) == len(spread(only_last, np.ones(k), s, p, d, q))
    assert all(len(spread(np.ones(n), np.ones(4), 2, 1)) == 2 * n for n in range(1, 9))


def test_transposed_size() -> None:
    asked = question(f"{DECK}/transposed-size")
    for values in draws(asked, 80):
        n, k, s, p, d, q = (values[name] for name in "nkspdq")
        assert answers(asked, values)[""] == len(spread(np.ones(n), np.ones(k), s, p, d, q))


def test_the_lost_remainder() -> None:
    asked = question(f"{DECK}/the-lost-remainder")
    for values in draws(asked, 80):
        n, k, s, p = (values[name] for name in "nksp")
        right = answers(asked, values)
        outputs = len(matrix(n, np.ones(k), s, p))
        assert right["out"] == outputs
        sizes = [size for size in range(1, 90) if len(matrix(size, np.ones(k), s, p)) == outputs]
        assert sizes[int(right["pad"])] == n  # the least size that gives so many outputs, and then one more each
        assert len(spread(np.ones(outputs), np.ones(k), s, p, q=int(right["pad"]))) == n
        assert sizes[int(mistake(asked, "That returns the largest", values))] == max(sizes)


def test_a_transposed_convolution_is_the_transpose_and_no_inverse() -> None:
    rng = np.random.default_rng(3)
    for n, k, s, p in itertools.product((7, 8, 9, 10), (2, 3, 4), (1, 2, 3), (0, 1)):
        w, x = rng.normal(size=k), rng.normal(size=n)
        c = matrix(n, w, s, p)
        y = c @ x
        q = (n + 2 * p - k) % s
        assert spread(y, w, s, p, q=q) == pytest.approx(c.T @ y)
        assert abs(c.T @ y - x).max() > 1e-3
        assert abs(np.linalg.pinv(c) @ y - c.T @ y).max() > 1e-3


def test_by_inserted_zeros() -> None:
    rng = np.random.default_rng(4)
    for n, k, s, p in itertools.product((1, 2, 5), (1, 2, 3, 4), (1, 2, 3), (0, 1)):
        x, w = rng.normal(size=n), rng.normal(size=k)
        if 2 * p >= (n - 1) * s + k:
            continue
        stretched = np.zeros((n - 1) * s + 1)
        stretched[::s] = x
        row = np.pad(stretched, k - 1)
        slid = np.array([row[t : t + k] @ w[::-1] for t in range(len(row) - k + 1)])
        assert slid[p : len(slid) - p] == pytest.approx(spread(x, w, s, p))


def test_overlap() -> None:
    asked = question(f"{DECK}/uneven-overlap")
    for values in draws(asked, 60):
        k, s = values["k"], values["s"]
        inside = spread(np.ones(30), np.ones(k), s)[2 * k : -2 * k]
        plane = np.multiply.outer(inside, inside)
        found = {"least": inside.min(), "most": inside.max(), "plane": plane.max()}
        assert answers(asked, values) == found
        assert plane.min() == inside.min() ** 2
    for k, s in itertools.product(range(1, 9), range(1, 5)):
        inside = spread(np.ones(30), np.ones(k), s)[2 * k : -2 * k]
        assert (np.ptp(inside) == 0) == (k % s == 0)


def test_even_coverage() -> None:
    cover = {(k, s): spread(np.ones(9), np.ones(k), s)[k : k + 6].tolist() for k, s in ((4, 2), (3, 2), (5, 3))}
    assert cover[4, 2] == [2] * 6
    assert sorted(set(cover[3, 2])) == [1, 2]
    assert spread(np.ones(9), np.ones(5), 3)[3:9].tolist() == [2, 2, 1, 2, 2, 1]
    assert set(np.multiply.outer(cover[3, 2], cover[3, 2]).ravel()) == {1, 2, 4}
    trimmed = spread(np.ones(9), np.ones(3), 2, 1)
    assert np.ptp(trimmed[4:-4]) == 1
    # The kernel named as an initialisation is linear interpolation, but for the ends.
    row = np.random.default_rng(5).normal(size=7)
    doubled = spread(row, [0.25, 0.75, 0.75, 0.25], 2, 1)
    assert doubled[1:-1] == pytest.approx(resize(row, 14, corners=False)[1:-1])


def test_where_a_pixel_comes_from() -> None:
    asked = question(f"{DECK}/where-a-pixel-comes-from")
    for values in draws(asked, 40):
        r, channels, c, y, x = (values[name] for name in "rCcyx")
        height, width = y // r + 1, x // r + 1
        tagged = np.arange(channels * r * r * height * width, dtype=float).reshape(-1, height, width)
        channel, row, _ = np.argwhere(tagged == shuffle(tagged, r)[c, y, x])[0]
        assert answers(asked, values) == {"channel": channel, "row": row}


def test_shuffle_listing() -> None:
    asked = question(f"{DECK}/shuffle-listing")
    x = np.arange(2 * 9 * 4 * 5, dtype=float).reshape(18, 4, 5)

    def result(lines: Any) -> Any:
        try:
            return run("\n".join(lines), "pixel_shuffle")(x, 3)
        except ValueError:
            return None

    right = shuffle(x, 3)
    assert np.array_equal(result(asked.body.sides[0].lines), right)
    assert len(asked.body.bugs) >= 5
    for bug in asked.body.bugs:
        got = result(bug.lines)
        assert (got is None) == ("raises an error" in bug.say)
        assert got is None or (got.shape == right.shape) != ("On square maps" in bug.say)
        assert not np.array_equal(got, right)
    transposed = run("\n".join(asked.body.bugs[0].lines), "pixel_shuffle")(x, 3)
    assert np.array_equal(transposed[0, :3, :3], right[0, :3, :3].T)


def test_two_ways_to_enlarge() -> None:
    asked = question(f"{DECK}/two-ways-to-enlarge")
    for values in draws(asked, 40):
        cin, c, r = values["cin"], values["C"], values["r"]
        one = [np.empty((cin, c, 2 * r, 2 * r)), np.empty(c)]
        two = [np.empty((c * r * r, cin, 3, 3)), np.empty(c * r * r)]
        right = answers(asked, values)
        assert right == {"channels": len(two[1]), "one": sum(a.size for a in one), "two": sum(a.size for a in two)}


@pytest.mark.parametrize("r", [2, 3])
def test_sub_pixel_convolution_is_a_transposed_one_of_kernel_3r(r: int) -> None:
    """Along one axis: r kernels of 3 taps and a shuffle, against one kernel of 3r taps with stride r and padding r."""
    rng = np.random.default_rng(6)
    x, kernels = rng.normal(size=8), rng.normal(size=(r, 3))
    padded = np.pad(x, 1)
    low = np.array([[padded[t : t + 3] @ kernel for t in range(8)] for kernel in kernels])
    shuffled = low.T.ravel()
    merged = np.zeros(3 * r)
    for tap, i in itertools.product(range(3), range(r)):
        merged[(2 - tap) * r + i] = kernels[i, tap]
    assert spread(x, merged, r, r) == pytest.approx(shuffled)


def test_conv_transpose_against_the_matrix() -> None:
    asked = question(f"{DECK}/conv-transpose")
    function, generate = run(asked.body.reference, "conv_transpose"), run(asked.body.generate, "generate")
    rng = np.random.default_rng(7)
    for size in range(1, 100):
        x, w, stride, padding = generate(rng, size)
        n = (len(x) - 1) * stride + len(w)
        whole = matrix(n, w, stride, 0).T @ np.array(x)
        assert function(x, w, stride, padding) == whole[padding : n - padding].tolist()
    assert function([1, 1, 1], [1, 1, 1], 2, 0) == [1, 1, 2, 1, 2, 1, 1]
