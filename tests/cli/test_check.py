from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import pytest

import vakanuvis.extraction
from fakes import FakeExtractor
from vakanuvis.records import Mention, Reading, Report

FALSE = "MİT Başkanı Hakan Kalın dün Hamas ile görüştü."


class OnePerson(FakeExtractor):
    """Takes what stands before the first `dün` for a person."""

    def read_many(self, reports: Iterable[Report], *, min_confidence: float = 0.0) -> Iterator[Reading]:
        for report in reports:
            end = report.text.find(" dün")
            yield Reading(report, (Mention("m1", "PER", 0, end),) if end > 0 else (), ())


@pytest.fixture(autouse=True)
def model(monkeypatch):
    monkeypatch.setattr(vakanuvis.extraction, "Extractor", OnePerson, raising=False)


def test_findings_as_objects(run, tmp_path):
    path = tmp_path / "haber.txt"
    path.write_text(FALSE, encoding="utf-8")
    result = run("check", path, "--json", "--published", "2025-11-05")
    (row,) = [json.loads(line) for line in result.out.splitlines()]
    assert list(row) == ["report", "kind", "start", "end", "claim", "evidence", "candidates", "severity"]
    assert (row["report"], row["kind"], row["candidates"]) == ("haber", "never-held", ["İbrahim Kalın", "Hakan Fidan"])
    assert FALSE[row["start"] : row["end"]] == "MİT Başkanı Hakan Kalın"
    assert result.code == 0


def test_findings_for_a_person(run, tmp_path):
    path = tmp_path / "haber.txt"
    path.write_text(FALSE, encoding="utf-8")
    out = run("check", path).out
    assert "never-held" in out
    assert "candidate İbrahim Kalın" in out
    assert "1 finding in 1 report." in out


def test_a_right_report_is_free_of_findings(run, tmp_path):
    path = tmp_path / "haber.txt"
    path.write_text(FALSE.replace("Hakan", "İbrahim"), encoding="utf-8")
    assert run("check", path, "--published", "2025-11-05").out == "No findings in 1 report.\n"
    assert run("check", path, "--published", "2025-11-05", "--json").out == ""


def test_bad_input_is_named(run, tmp_path):
    assert run("check", tmp_path / "nothing.txt").code == 2
