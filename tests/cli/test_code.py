from __future__ import annotations

import json

import pyarrow.parquet as pq
import pytest

pytestmark = pytest.mark.usefixtures("fake_model")
MEETING = "Erdoğan, dün Netanyahu ile görüştü."


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "haber.txt"
    path.write_text(MEETING, encoding="utf-8")
    return path


def test_plover_is_the_usual_format(run, report):
    row = json.loads(run("code", report, "--published", "2024-01-05").out)
    assert (row["event"], row["date"]) == ("CONSULT", "2024-01-05")
    assert [actor["code"] for actor in row["actor"]] == ["TUR", "ISR"]


@pytest.mark.parametrize("kind", ["polecat", "icews"])
def test_tables_go_to_a_file(run, report, tmp_path, kind):
    target = tmp_path / "events.tsv"
    result = run("code", report, "--format", kind, "-o", target)
    assert (result.out, result.code) == ("", 0)
    assert len(target.read_text(encoding="utf-8").splitlines()) == 2
    assert not list(tmp_path.glob(".*"))


def test_parquet(run, report, tmp_path):
    target = tmp_path / "events.parquet"
    run("code", report, "--format", "parquet", "-o", target)
    assert pq.read_table(target).num_rows == 1


def test_a_failed_run_leaves_the_old_file_alone(run, report, tmp_path, monkeypatch):
    target = tmp_path / "events.jsonl"
    target.write_text("old", encoding="utf-8")
    monkeypatch.setattr("vakanuvis.resolution.code_many", lambda readings: iter([None]))
    with pytest.raises(AttributeError):
        run("code", report, "-o", target)
    assert target.read_text(encoding="utf-8") == "old"
    assert not list(tmp_path.glob(".*"))


def test_other_languages_are_named_once_at_the_end(run, tmp_path):
    german = "Der Bundeskanzler hat am Dienstag in Berlin mit dem Präsidenten über die Lage gesprochen."
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in (german, german + " Gut.", MEETING)))
    result = run("code", path)
    assert result.code == 0
    assert result.err.splitlines() == [
        "vakanuvis: 2 read in other languages than the model's Turkish, English and Arabic: German (2)"
    ]


def test_a_wrong_folder_is_told(run, report, tmp_path):
    result = run("code", report, "-o", tmp_path / "no" / "such" / "events.jsonl")
    assert "events.jsonl" in result.err
    assert result.code != 0
