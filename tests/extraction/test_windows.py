"""Long reports are cut into windows that together take every word once."""

from hypothesis import given
from hypothesis import strategies as st

from vakanuvis.extraction.windows import windows

sizes = st.lists(st.integers(1, 12), max_size=300)


@given(sizes)
def test_every_word_is_taken_once_from_a_window_that_holds_it(sizes: list[int]) -> None:
    taken = [w for window in windows(sizes, 60, 20) for w in range(window.take_first, window.take_last)]
    assert taken == list(range(len(sizes)))
    for window in windows(sizes, 60, 20):
        assert window.first <= window.take_first <= window.take_last <= window.last
        assert sum(sizes[window.first : window.last]) <= 60


def test_a_short_report_is_one_window() -> None:
    assert len(windows([2] * 100)) == 1
    assert windows([]) == []


def test_windows_are_few_and_about_as_long() -> None:
    for count in (101, 150, 400, 999):
        lengths = [window.last - window.first for window in windows([1] * count, 100, 40)]
        assert len(lengths) == -(-(count - 40) // 60)
        assert max(lengths) - min(lengths) < 20


def test_words_are_taken_far_from_the_edges() -> None:
    first, second, *_ = windows([1] * 300, 100, 40)
    assert first.last - first.take_last >= 15
    assert second.take_first - second.first >= 15
