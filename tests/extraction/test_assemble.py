"""From spans to records."""

import pytest

from vakanuvis.extraction.assemble import without_determiner
from vakanuvis.extraction.decode import Span
from vakanuvis.extraction.tokens import split_words


@pytest.mark.parametrize(
    ("text", "first", "last", "left"),
    [
        ("Bu görüşme sürdü", 0, 1, "görüşme"),
        ("this attack failed", 0, 1, "attack"),
        ("هذه الغارات مستمرة", 0, 1, "الغارات"),
        ("Bu kritik toplantı", 0, 0, None),
        ("bir araya geldi", 0, 2, "bir araya geldi"),
    ],
)
def test_a_determiner_is_no_part_of_a_trigger(text: str, first: int, last: int, left: str | None) -> None:
    words = split_words(text)
    span = without_determiner(Span(first, last, 7, 0.9), words)
    assert (span and text[words.starts[span.first] : words.ends[span.last]]) == left
