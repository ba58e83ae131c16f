"""What somebody is only willing to do has not been done."""

import csv
from bisect import bisect_left, bisect_right
from pathlib import Path

import pytest

from vakanuvis.annotation import load
from vakanuvis.extraction.tokens import Words, split_words
from vakanuvis.extraction.willing import only_willing

PASSAGES = Path(__file__).parents[2] / "data" / "annotations"


def willed(words: Words, start: int, end: int) -> bool:
    return only_willing(words, bisect_right(words.starts, start) - 1, bisect_left(words.ends, end))


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Ankara arabuluculuk rolü üstlenmeye istekli.", "arabuluculuk", True),
        ("ANKARA ARABULUCULUK YAPMAYA HAZIR", "ARABULUCULUK", True),
        ("Şam, İsrail'le görüşmeye hazır olduğunu bildirdi.", "görüşmeye", True),
        ("Ankara arabuluculuk yaptı, taraflar imzaya hazır.", "arabuluculuk", False),
        ("Saldırının ardından müzakereye hazır olduğunu söyledi.", "Saldırının", False),
        ("Egypt said it was willing to mediate.", "mediate", True),
        ("Egypt is ready to host talks in Cairo.", "talks", True),
        ("Egypt is ready. It attacked the port.", "attacked", False),
        ("أعربت القاهرة عن استعدادها للوساطة بين الطرفين", "للوساطة", True),
        ("استعداد الجيش كامل وقصف المدينة", "وقصف", False),
    ],
)
def test_the_words_of_will(text: str, trigger: str, expected: bool) -> None:
    start = text.index(trigger)
    assert willed(split_words(text), start, start + len(trigger)) == expected


def test_no_annotated_event_that_is_only_willed_is_a_fact() -> None:
    with open(PASSAGES / "split.csv", encoding="utf-8") as file:
        part = {row["id"]: row["part"] for row in csv.DictReader(file)}
    told = []
    for reading in (r for path in sorted(PASSAGES.glob("*.ann")) for r in load(path)):
        if part.get(reading.report.id) != "test":
            words = split_words(reading.report.text)
            told += [event.status for event in reading.events if willed(words, event.start, event.end)]
    assert len(told) > 80
    assert not {"actual", "historical"} & set(told)
