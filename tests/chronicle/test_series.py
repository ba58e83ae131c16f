import random

from vakanuvis.chronicle.series import change_points


def test_a_change_of_level_is_found_where_it_is() -> None:
    rng = random.Random(3)
    series = [rng.gauss(0, 1) for _ in range(24)] + [rng.gauss(9, 1) for _ in range(18)]
    series += [rng.gauss(-4, 1) for _ in range(12)]
    assert change_points(series) == [24, 42]


def test_noise_and_sameness_have_none() -> None:
    rng = random.Random(5)
    assert change_points([rng.gauss(0, 1) for _ in range(120)]) == []
    assert change_points([2.0] * 50) == []
    assert change_points([]) == []
    assert change_points([1.0, 50.0, 2.0]) == []


def test_it_finds_what_trying_everything_finds() -> None:
    rng = random.Random(11)
    for _ in range(20):
        series = [rng.gauss(rng.choice((0, 6)) if i % 7 == 0 else 0, 1) for i in range(14)]
        assert change_points(series) == _by_force(series)


def _by_force(series: list[float]) -> list[int]:
    """The best of all ways to cut, by the costs that the module names."""
    import math
    from itertools import combinations, pairwise

    from vakanuvis.chronicle.series import PENALTY, SHORTEST, _spread

    penalty = PENALTY * _spread(series) ** 2 * math.log(len(series))
    best: tuple[float, list[int]] = (math.inf, [])
    for number in range(len(series) // SHORTEST):
        for cuts in combinations(range(1, len(series)), number):
            edges = [0, *cuts, len(series)]
            parts = [series[a:b] for a, b in pairwise(edges)]
            if all(len(part) >= SHORTEST for part in parts):
                cost = sum(sum((x - sum(p) / len(p)) ** 2 for x in p) for p in parts) + penalty * number
                best = min(best, (cost, list(cuts)))
    return best[1]
