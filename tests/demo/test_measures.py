"""The measures of `benchmarks/demo_accuracy.py`, on an example whose values are published."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "demo_accuracy.py"


def clusters(*ranges: range) -> list[frozenset[int]]:
    return [frozenset(one) for one in ranges]


def test_the_measures_agree_with_the_example_of_bagga_and_baldwin():
    script = runpy.run_path(str(SCRIPT))
    gold = clusters(range(1, 6), range(6, 8), range(8, 13))
    found = clusters(range(1, 6), range(6, 13))
    assert script["muc"](gold, found) == pytest.approx((0.9, 1.0))
    assert script["b_cubed"](gold, found) == pytest.approx((0.762, 1.0), abs=0.001)
    # Luo (2005): the pairs {1-5}/{1-5} and {8-12}/{6-12} are worth 1 and 10/12.
    assert script["ceaf_e"](gold, found) == pytest.approx((1.8333 / 2, 1.8333 / 3), abs=0.001)


def test_what_was_not_found_costs_recall_and_what_is_not_there_precision():
    script = runpy.run_path(str(SCRIPT))
    gold, found = clusters(range(1, 4)), [frozenset([1, 2, 99])]
    assert script["muc"](gold, found) == pytest.approx((0.5, 0.5))
    assert script["b_cubed"](gold, found) == pytest.approx((4 / 9, 4 / 9))
