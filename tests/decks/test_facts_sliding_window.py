"""Facts of the deck `sliding-window-maximum`, by brute force and by running the algorithms."""

from __future__ import annotations

import itertools
import math
from collections import Counter, deque
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from deck_facts import answers, draws, mistake, question, run, value_of

DECK = "sliding-window-maximum"
Lists = list[int]


def brute(nums: Lists, k: int) -> Lists:
    return [max(nums[i : i + k]) for i in range(len(nums) - k + 1)]


SMALL = [
    (list(nums), k) for n in range(1, 6) for nums in itertools.product(range(-1, 3), repeat=n) for k in range(1, n + 1)
]


def test_windows_and_work_are_counted() -> None:
    asked = question(f"{DECK}/windows-and-work")
    for values in draws(asked, 40):
        n, k = values["n"], values["k"]
        comparisons = windows = 0
        for start in range(n):
            if start + k > n:
                break
            windows += 1
            best = start
            for other in range(start + 1, start + k):
                comparisons += 1
                best = max(best, other)
        assert answers(asked, values) == {"windows": windows, "comparisons": comparisons}
        assert mistake(asked, "That counts windows that do not overlap", values) == len(range(0, n - k + 1, k))


def trace(nums: Lists, k: int, last: int, *, equal: bool = True, evict: bool = True) -> Lists:
    """The deque, positions from 1, after position `last`."""
    dq: deque[int] = deque()
    for i in range(1, last + 1):
        while dq and (nums[dq[-1] - 1] < nums[i - 1] or (equal and nums[dq[-1] - 1] == nums[i - 1])):
            dq.pop()
        dq.append(i)
        if evict and dq[0] <= i - k:
            dq.popleft()
    return list(dq)


def test_deque_trace() -> None:
    asked = question(f"{DECK}/deque-trace")
    for values in draws(asked, 150):
        nums, k, i = values["a"], values["k"], values["i"]
        dq = trace(nums, k, i)
        assert answers(asked, values) == {"length": len(dq), "front": dq[0]}
        assert mistake(asked, "You kept positions", values) == len(trace(nums, k, i, evict=False))
        assert mistake(asked, "Equal values are removed", values) == len(trace(nums, k, i, equal=False))
        assert mistake(asked, "That is the value at the front", values) == nums[dq[0] - 1]


def operations(nums: Lists, k: int) -> int:
    dq: deque[int] = deque()
    count = 0
    for i, value in enumerate(nums):
        while dq and nums[dq[-1]] <= value:
            dq.pop()
            count += 1
        dq.append(i)
        count += 1
        if dq[0] <= i - k:
            dq.popleft()
            count += 1
    return count


def test_push_pop_bound_is_reached_and_never_passed() -> None:
    asked = question(f"{DECK}/push-pop-bound")
    for n in range(1, 6):
        most = max(operations(nums, k) for nums, k in SMALL if len(nums) == n)
        assert most == 2 * n - 1
    for values in draws(asked, 20):
        n, k = values["n"], values["k"]
        assert answers(asked, values)[""] == operations(list(range(n)), k)


def test_block_maxima() -> None:
    asked = question(f"{DECK}/block-maxima")
    for values in draws(asked, 100):
        nums, k, start = values["a"], values["k"], values["i"]
        prefix, suffix = nums[:], nums[:]
        for i in range(1, 12):
            if i % k:
                prefix[i] = max(prefix[i - 1], prefix[i])
        for i in range(10, -1, -1):
            if (i + 1) % k:
                suffix[i] = max(suffix[i], suffix[i + 1])
        right = answers(asked, values)
        assert right == {"suffix": suffix[start - 1], "prefix": prefix[start + k - 2]}
        assert max(right.values()) == max(nums[start - 1 : start - 1 + k])


def monotonic(test: str) -> Callable[[Lists, int], Lists]:
    """The deque method with another test for the expired front."""
    source = f"""
from collections import deque

def window_max(nums, k):
    dq, out = deque(), []
    for i, value in enumerate(nums):
        while dq and nums[dq[-1]] <= value:
            dq.pop()
        dq.append(i)
        if {test}:
            dq.popleft()
        if i >= k - 1:
            out.append(nums[dq[0]])
    return out
"""
    return run(source, "window_max")


def fails(function: Callable[[Lists, int], Lists], nums: Lists, k: int) -> bool:
    try:
        return function(nums, k) != brute(nums, k)
    except IndexError:
        return True


def test_only_the_right_eviction_test_is_right() -> None:
    for option in question(f"{DECK}/evict-condition").body.options:
        function = monotonic(option.text.strip("`"))
        assert option.right != any(fails(function, nums, k) for nums, k in SMALL), option.text
    assert monotonic("dq[0] < i - k")([2, 1], 1) == [2, 2]


def test_the_telling_test_alone_tells() -> None:
    never = monotonic("False")
    for option in question(f"{DECK}/a-telling-test").body.options:
        nums, _, k = option.text.partition(", $k = ")
        assert fails(never, eval(nums.strip("`")), int(k.strip("$"))) == option.right, option.text
    assert never([9, 7, 8, 5], 2) == [9, 9, 9]
    assert not fails(never, [1, 3, -1, -3, 5, 3, 6, 7], 3)


def test_right_listing_is_right_and_each_bug_shows() -> None:
    asked = question(f"{DECK}/window-max-listing")

    def function(lines: tuple[str, ...]) -> Callable[[Lists, int], Lists]:
        return run("from collections import deque\n" + "\n".join(lines), "window_max")

    right = function(asked.body.sides[0].lines)
    assert not any(fails(right, nums, k) for nums, k in SMALL)
    for bug in asked.body.bugs:
        assert len(bug.answer) == 1
        wrong = function(bug.lines)
        assert any(fails(wrong, nums, k) for nums, k in SMALL), bug.say


def with_values(nums: Lists, k: int, *, equal: bool) -> Lists:
    dq: deque[int] = deque()
    out = []
    for i, value in enumerate(nums):
        while dq and (dq[-1] < value or (equal and dq[-1] == value)):
            dq.pop()
        dq.append(value)
        if i >= k and dq and dq[0] == nums[i - k]:
            dq.popleft()
        if i >= k - 1:
            out.append(dq[0])
    return out


def test_values_in_the_deque_need_strict_comparison() -> None:
    assert not any(fails(lambda a, b: with_values(a, b, equal=False), nums, k) for nums, k in SMALL)
    assert fails(lambda a, b: with_values(a, b, equal=True), [4, 4, 4], 2)


def test_a_lazy_heap_keeps_expired_entries() -> None:
    """On an increasing array no expired entry ever reaches the top, so the heap grows to n."""
    import heapq

    heap: list[tuple[int, int]] = []
    for i in range(500):
        heapq.heappush(heap, (-i, i))
        while heap[0][1] <= i - 3:
            heapq.heappop(heap)
    assert len(heap) == 500


def test_the_deque_holds_between_one_and_k_indices() -> None:
    assert all(1 <= len(trace(nums, k, len(nums))) <= k for nums, k in SMALL)
    assert len(trace([5, 4, 3, 2, 1], 4, 5)) == 4
    assert len(trace([1, 2, 3, 4, 5], 4, 5)) == 1


def one_step(numbers: Sequence[int], k: int) -> dict[str, int]:
    """What happens at the last of the numbers: comparisons, removals at the back, an expired front, survivors."""
    dq: deque[int] = deque()
    compared = beaten = expired = 0
    for i, value in enumerate(numbers):
        compared = beaten = expired = 0
        while dq:
            compared += 1
            if numbers[dq[-1]] > value:
                break
            dq.pop()
            beaten += 1
        dq.append(i)
        if dq[0] <= i - k:
            dq.popleft()
            expired = 1
    last = len(numbers) - 1
    alive = {f"alive {last - i}": 1 for i in dq}
    return {"comparisons": compared, "beaten": beaten, "expired": expired, "length": len(dq), **alive}


def test_random_input_over_all_orders() -> None:
    """A step looks back over k + 1 numbers at most, so all orders of k + 1 numbers give the exact expectations."""
    asked = question("sliding-window-maximum/random-input")
    line = {step.id: step.expect for step in asked.body.milestones}
    for k in range(2, 7):
        total: Counter[str] = Counter()
        for order in itertools.permutations(range(k + 1)):
            total.update(one_step(order, k))
        share = {name: count / math.factorial(k + 1) for name, count in total.items()}
        for name in ("length", "expired", "beaten", "comparisons"):
            assert share[name] == pytest.approx(value_of(line[name], {"k": k, "j": 0})), (k, name)
        for j in range(k):
            assert share[f"alive {j}"] == pytest.approx(value_of(line["survivor"], {"k": k, "j": j}))
    estimate, error = run(asked.body.simulate, "simulate")(np.random.default_rng(8), k=5)
    assert abs(estimate - 10 / 6) < 4.5 * error
    assert sum(1 / m for m in range(1, 1001)) == pytest.approx(7.5, abs=0.05)
    falling = one_step(range(20, 0, -1), 6)
    assert (falling["length"], falling["comparisons"]) == (6, 1)
