from __future__ import annotations

import json

import pytest

from vakanuvis.annotation import load, reading
from vakanuvis.errors import InputError

ROW = {
    "id": "a",
    "lang": "tr",
    "date": "2025-01-05",
    "text": "Fidan görüştü.",
    "mentions": [{"id": "m1", "type": "PER", "start": 0, "end": 5, "confidence": 0.9}],
    "events": [
        {
            "id": "e1",
            "type": "CONSULT",
            "start": 6,
            "end": 13,
            "status": "actual",
            "mode": "visit",
            "dead": 2,
            "context": ["diplomatic"],
            "actor": ["m1"],
            "confidence": 0.8,
        }
    ],
}


def test_is_the_inverse_of_to_dict():
    assert reading(ROW, "a.jsonl").to_dict() == ROW


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": None}, "no field 'id'"),
        ({"text": None}, "no field 'text'"),
        ({"mentions": None}, "field 'mentions'"),
        ({"events": [5]}, "field 'events'"),
        ({"mentions": [{"id": "m1", "type": "PER", "start": 0, "end": 99}]}, "m1: from 0 to 99 is no span"),
        ({"mentions": [{"id": "m1", "type": "PER", "start": 3, "end": 3}]}, "no span"),
        ({"mentions": [{"id": "m1", "start": 0, "end": 3}]}, "no type"),
        ({"mentions": []}, "actor names no mention: 'm1'"),
        ({"events": [{**ROW["events"][0], "confidence": 7}]}, "confidence is 7"),
        ({"events": [{**ROW["events"][0], "dead": "two"}]}, "dead is 'two'"),
        ({"events": [{**ROW["events"][0], "context": "legal"}]}, "context is 'legal'"),
    ],
)
def test_a_faulty_row_is_named(tmp_path, change, reason):
    path = tmp_path / "a.jsonl"
    path.write_text("\n" + json.dumps(ROW | change), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load(path)
    assert (caught.value.source, caught.value.line) == (str(path), 2)
    assert reason in caught.value.reason


def test_ids_stand_once(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(f"{json.dumps(ROW)}\n{json.dumps(ROW)}\n", encoding="utf-8")
    with pytest.raises(InputError, match="'a' stands in line 1 already"):
        load(path)
    path.write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="empty"):
        load(path)
