from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from vakanuvis import annotation
from vakanuvis.annotation import scoring
from vakanuvis.records import Event, Mention, Reading, Report

DATA = Path(__file__).parent / "data"
TEXT = "Fidan Kahire'de Abdulati ile görüştü. İsrail saldırıyı kınadı."


def span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def reading(*events: Event, mentions: tuple[Mention, ...] = (), id: str = "a") -> Reading:
    return Reading(Report(id, TEXT, language="tr"), mentions, events)


FIDAN, ABDULATI = Mention("m1", "PER", *span("Fidan")), Mention("m2", "PER", *span("Abdulati"))
MEETING = Event("e1", "CONSULT", *span("görüştü"), "actual", actor=("m1",), recipient=("m2",))
BLAME = Event("e2", "ACCUSE", *span("kınadı"), "actual")
GOLD = reading(MEETING, BLAME, mentions=(FIDAN, ABDULATI))


def test_the_measures_are_those_of_the_independent_scorer():
    gold, found = annotation.load(DATA / "gold.jsonl"), annotation.load(DATA / "predicted.jsonl")
    by_id = {item.report.id: item for item in found}
    counts: Counter[str] = Counter()
    for item in gold:
        counts.update(scoring.compare(item, by_id.get(item.report.id) or Reading(item.report, (), ())).counts)
    expected = json.loads((DATA / "scores.json").read_text())
    assert {name: round(value, 4) for name, value in scoring.measures(counts).items()} == expected
    evaluation = annotation.evaluate(gold, found)
    for measure in scoring.MEASURES:
        assert round(evaluation.value(measure), 4) == expected[f"{measure} F1"]
    assert round(evaluation.value("status"), 4) == expected["status accuracy"]


def test_a_perfect_reading_scores_one_throughout():
    gold = annotation.load(DATA / "gold.jsonl")
    evaluation = annotation.evaluate(gold, gold)
    assert {row.value for row in evaluation.rows} == {1.0}
    assert {(row.low, row.high) for row in evaluation.rows} == {(1.0, 1.0)}
    assert evaluation.misses == ()
    assert evaluation.missing == ()


def test_parties_may_change_places_in_a_meeting_and_not_in_an_accusation():
    swapped = replace(MEETING, actor=("m2",), recipient=("m1",))
    evaluation = annotation.evaluate([GOLD], [reading(swapped, BLAME, mentions=(FIDAN, ABDULATI))])
    assert evaluation.value("deed") == 1
    assert evaluation.value("argument", "role", "actor") == 1
    accused = replace(MEETING, type="ACCUSE")
    gold = reading(accused, mentions=(FIDAN, ABDULATI))
    found = reading(replace(swapped, type="ACCUSE"), mentions=(FIDAN, ABDULATI))
    assert annotation.evaluate([gold], [found]).value("argument") == 0


def test_a_record_that_was_not_read_counts_as_found_empty():
    evaluation = annotation.evaluate([GOLD, reading(id="b")], [reading(id="b")])
    assert evaluation.missing == ("a",)
    assert evaluation.value("trigger") == 0
    assert evaluation.value("relevance") == 0.5


def test_another_text_under_the_same_id_is_refused():
    other = Reading(Report("a", "Another text."), (), ())
    with pytest.raises(ValueError, match="a: the text that was read"):
        annotation.evaluate([GOLD], [other])


@pytest.mark.parametrize(
    ("found", "kind", "detail", "words"),
    [
        (reading(BLAME, mentions=(FIDAN, ABDULATI)), "missed event", "CONSULT, actual", "görüştü"),
        (
            reading(MEETING, BLAME, Event("e3", "ASSAULT", *span("saldırıyı"), "actual", confidence=0.5),
                    mentions=(FIDAN, ABDULATI)),
            "false event", "ASSAULT, actual, 0.50", "saldırıyı",
        ),
        (
            reading(MEETING, replace(BLAME, type="REJECT"), mentions=(FIDAN, ABDULATI)),
            "wrong type", "ACCUSE, read as REJECT", "kınadı",
        ),
        (
            reading(MEETING, replace(BLAME, status="future"), mentions=(FIDAN, ABDULATI)),
            "wrong status", "ACCUSE: actual, read as future", "kınadı",
        ),
        (
            reading(replace(MEETING, recipient=()), BLAME, mentions=(FIDAN, ABDULATI)),
            "missed argument", "recipient of CONSULT “görüştü”", "Abdulati",
        ),
        (
            reading(replace(MEETING, time=("m2",)), BLAME, mentions=(FIDAN, ABDULATI)),
            "false argument", "time of CONSULT “görüştü”", "Abdulati",
        ),
        (
            reading(MEETING, BLAME, mentions=(FIDAN, ABDULATI, Mention("m3", "GPE", *span("Kahire"), confidence=0.25))),
            "false mention", "GPE, 0.25", "Kahire",
        ),
        (
            reading(MEETING, BLAME, mentions=(FIDAN, replace(ABDULATI, type="ORG"))),
            "wrong mention type", "PER, read as ORG", "Abdulati",
        ),
    ],
)  # fmt: skip
def test_each_kind_of_miss_is_listed_with_its_sentence(found, kind, detail, words):
    misses = annotation.evaluate([GOLD], [found]).misses
    (miss,) = [miss for miss in misses if miss.kind == kind]
    assert (miss.detail, miss.words) == (detail, words)
    sentence = miss.before + miss.words + miss.after
    assert sentence == TEXT[:38].strip() if words in TEXT[:38] else TEXT[38:]
    others = {"missed argument", "false argument"} if kind == "wrong mention type" else set()
    assert {miss.kind for miss in misses} - others == {kind}


def test_calibration_compares_confidence_with_the_share_that_is_right():
    wrong = Event("e3", "ASSAULT", *span("saldırıyı"), "actual", confidence=0.62)
    found = reading(replace(MEETING, confidence=0.92), replace(BLAME, confidence=0.68), wrong)
    (calibration,) = annotation.evaluate([GOLD], [found]).calibration
    assert calibration.of == "trigger"
    assert [(b.low, b.count, round(b.confidence, 2), b.right) for b in calibration.bins] == [
        (0.6, 2, 0.65, 0.5),
        (0.9, 1, 0.92, 1.0),
    ]
    assert calibration.error == pytest.approx((2 * 0.15 + 0.08) / 3)


def test_intervals_are_the_same_at_each_run_and_hold_the_value():
    gold, found = annotation.load(DATA / "gold.jsonl"), annotation.load(DATA / "predicted.jsonl")
    first, second = annotation.evaluate(gold, found), annotation.evaluate(gold, found[::-1])
    assert first == second
    wide = [row for row in first.rows if row.group == "all" and row.high - row.low > 0.02]
    assert len(wide) > 5
    assert all(row.low <= row.value <= row.high for row in first.rows)
