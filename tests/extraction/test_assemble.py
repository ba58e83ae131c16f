"""From spans to records."""

import numpy as np
import pytest

from vakanuvis.extraction.assemble import Scores, Settings, assemble, without_determiner
from vakanuvis.extraction.decode import Span
from vakanuvis.extraction.labels import CONTEXTS, EVENT_TYPES, MODES, ROLES, SPAN_TYPES, STATUSES
from vakanuvis.extraction.tokens import split_words


def trigger(first: int, last: int, chances: dict[str, float]) -> Span:
    best = max(chances, key=chances.__getitem__)
    row = np.array([chances.get(code, 0.0) for code in EVENT_TYPES])
    return Span(first, last, SPAN_TYPES.index(best), chances[best], row)


def scores(second_opinion: str) -> Scores:
    shapes = ((1, 1, len(ROLES)), (1, len(STATUSES)), (1, len(MODES)), (1, len(CONTEXTS)), (1,), (1, len(EVENT_TYPES)))
    made = Scores(*(np.zeros(shape, np.float32) for shape in shapes))
    made.types[0, EVENT_TYPES.index(second_opinion)] = 5.0
    return made


def test_a_second_opinion_decides_a_doubtful_type_and_no_sure_one() -> None:
    words, settings = split_words("Mısır rehineleri bıraktı"), Settings(type_weight=1.0)

    def read(chances: dict[str, float], settings: Settings) -> str:
        return assemble(words, [], [trigger(2, 2, chances)], scores("RETREAT"), settings)[1][0].type

    doubtful, sure = {"AID": 0.5, "RETREAT": 0.4}, {"AID": 0.9, "RETREAT": 0.0001}
    assert read(doubtful, settings) == "RETREAT"
    assert read(sure, settings) == "AID"
    assert read(doubtful, Settings(type_weight=0.0)) == "AID"


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
    span = without_determiner(trigger(first, last, {"CONSULT": 0.9}), words)
    assert (span and text[words.starts[span.first] : words.ends[span.last]]) == left
