from __future__ import annotations

import json
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "annotation" / "data"
GOLD, PREDICTED = DATA / "gold.jsonl", DATA / "predicted.jsonl"
PASSAGE = """## tr-1 | lang=tr | date=2025-11-05
[Fidan](PER m1), dün [Abdulati](PER m2) ile {görüştü}(CONSULT e1) ve [İsrail](GPE m3)'i {kınadı}(ACCUSE e2).
e1: actor=m1 recipient=m2 status=actual context=diplomatic
e2: actor=m1 recipient=m3 status=actual mode=disapprove context=diplomatic
"""


@pytest.fixture
def passage(tmp_path):
    path = tmp_path / "own.ann"
    path.write_text(PASSAGE, encoding="utf-8")
    return path


def test_the_table_has_the_measures_by_language_type_role_and_status(run):
    result = run("evaluate", GOLD, "--predicted", PREDICTED)
    assert result.code == 0
    expected = json.loads((DATA / "scores.json").read_text())
    line = next(line for line in result.out.splitlines() if line.startswith("  trigger "))
    assert [float(value) for value in line.split()[1:4]] == pytest.approx(
        [expected[f"trigger {part}"] for part in ("P", "R", "F1")], abs=0.0006
    )
    for heading in ("By language", "By type", "By role", "By status", "Confidence of triggers"):
        assert heading in result.out
    for name in ("tr deed", "ar mention", "CONSULT", "recipient", "hypothetical"):
        assert f"\n  {name} " in result.out
    assert "2 of them were not read" in result.out
    assert "misses" not in result.out


def test_json_has_the_same(run):
    row = json.loads(run("evaluate", GOLD, "--predicted", PREDICTED, "--json").out)
    expected = json.loads((DATA / "scores.json").read_text())
    found = {r["measure"]: round(r["value"], 4) for r in row["rows"] if r["group"] == "all"}
    assert found["argument"] == expected["argument F1"]
    assert found["status"] == expected["status accuracy"]
    assert "misses" not in row
    assert json.loads(run("evaluate", GOLD, "--predicted", PREDICTED, "--json", "--errors").out)["misses"]


@pytest.mark.usefixtures("fake_model")
def test_without_predictions_the_gold_texts_are_read(run, passage):
    result = run("evaluate", passage, "--errors")
    assert result.code == 0
    assert "tr-1: missed event: ACCUSE, actual" in result.out
    assert "Fidan, dün Abdulati ile görüştü ve İsrail'i {kınadı}." in result.out
    assert "missed event: CONSULT" not in result.out


def test_faults_are_told(run, tmp_path, passage):
    assert "No such file" in run("evaluate", tmp_path / "none.jsonl").err
    other = tmp_path / "other.jsonl"
    other.write_text('{"id": "tr-1", "text": "Else.", "mentions": [], "events": []}')
    result = run("evaluate", passage, "--predicted", other)
    assert result.code == 2
    assert "tr-1: the text that was read is not the text that is annotated" in result.err
    twice = run("evaluate", passage, passage)
    assert twice.code == 2
    assert "'tr-1' stands in" in twice.err


def test_annotations_check(run, tmp_path, passage):
    result = run("annotations", "check", passage)
    assert result.code == 0
    assert "1 records, 0 of them without events; 3 mentions, 2 events (CONSULT 1, ACCUSE 1); 0 faults" in result.out
    bad = tmp_path / "bad.ann"
    bad.write_text(PASSAGE.replace("actual context", "actually context"), encoding="utf-8")
    result = run("annotations", "check", passage, bad)
    assert result.code == 1
    assert f"{bad}:3: e1: not understood: 'status=actually'" in result.err
    assert f"{bad}:1: the id tr-1 stands in {passage} already" in result.err


def test_what_is_no_annotation_is_said_to_be_none(run, tmp_path):
    text = tmp_path / "a.txt"
    text.write_text("Fidan Kahire'de.", encoding="utf-8")
    result = run("evaluate", text)
    assert result.code == 2
    assert f"{text}:1: neither an annotation file (.ann) nor JSON Lines" in result.err


def test_annotations_to_json_and_back(run, tmp_path, passage):
    result = run("annotations", "json", passage)
    assert result.code == 0
    row = json.loads(result.out)
    assert row["text"] == "Fidan, dün Abdulati ile görüştü ve İsrail'i kınadı."
    lines = tmp_path / "a.jsonl"
    lines.write_text(result.out, encoding="utf-8")
    assert run("annotations", "draft", lines).out.strip() == PASSAGE.strip()
    lines.write_text('{"id": "a", "text": "Ok", "mentions": [], "events": []}')
    result = run("annotations", "draft", lines)
    assert result.code == 1
    assert "a: the format asks for a language" in result.err
