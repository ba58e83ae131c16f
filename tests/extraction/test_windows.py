"""Long reports are cut into windows that together take every word once."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from vakanuvis.extraction.windows import windows


@given(st.lists(st.lists(st.integers(1, 12), min_size=1, max_size=60), max_size=30))
def test_every_word_is_taken_once_from_a_window_that_holds_it(text: list[list[int]]) -> None:
    sizes = [size for sentence in text for size in sentence]
    sentences = [number for number, sentence in enumerate(text) for _ in sentence]
    found = windows(sizes, sentences, 60)
    assert [w for window in found for w in range(window.take_first, window.take_last)] == list(range(len(sizes)))
    for window in found:
        assert window.first <= window.take_first < window.take_last <= window.last
        assert sum(sizes[window.first : window.last]) <= 60


def test_a_short_report_is_one_window() -> None:
    assert len(windows([2] * 50, [i // 10 for i in range(50)], 100)) == 1
    assert windows([], []) == []


def test_a_window_takes_whole_sentences_and_begins_with_the_sentence_before() -> None:
    found = windows([1] * 400, [i // 10 for i in range(400)], 120)
    assert [(w.take_first, w.take_last) for w in found] == [(0, 120), (120, 230), (230, 340), (340, 400)]
    assert [w.take_first - w.first for w in found] == [0, 10, 10, 10]
    assert all(w.last == w.take_last for w in found)


def test_of_a_long_sentence_before_its_end_is_seen() -> None:
    found = windows([1] * 130, [0] * 100 + [1] * 30, 120)
    assert [(w.take_first, w.take_last, w.take_first - w.first) for w in found] == [(0, 100, 0), (100, 130, 15)]


def test_within_a_long_sentence_words_are_taken_far_from_the_cuts() -> None:
    found = windows([1] * 300, [0] * 300, 100)
    for one, next_one in itertools.pairwise(found):
        assert one.last - one.take_last >= 20
        assert next_one.take_first - next_one.first >= 20
