"""The commands on a chronicle, as a user calls them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from vakanuvis.cli import _filters
from vakanuvis.store import Chronicle, filters
from vakanuvis.store.pipeline import Coder

from .conftest import Run

QUESTIONS = ("events", "happenings", "reports", "actors", "expectations", "contradictions")


def _lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("command", QUESTIONS)
def test_every_question_has_every_format(run: Run, kept: Path, tmp_path: Path, command: str) -> None:
    expected = getattr(Chronicle(kept), command)()
    found = run(command, "--format", "json")
    assert found.code == 0
    rows = _lines(found.out)
    assert len(rows) == expected.num_rows > 0
    assert list(rows[0]) == expected.column_names
    table = list(csv.reader(io.StringIO(run(command, "--format", "csv").out)))
    assert table[0] == expected.column_names
    assert len(table) == expected.num_rows + 1
    output = tmp_path / "rows.parquet"
    assert run(command, "--format", "parquet", "-o", output).code == 0
    assert pq.read_table(output).equals(expected)
    shown = run(command)
    assert shown.code == 0
    assert shown.out.strip()


def test_happenings_as_json_lead_back_to_their_tellings(run: Run, kept: Path) -> None:
    texts = {r["id"]: Chronicle(kept).report(r["id"])["text"] for r in Chronicle(kept).reports().to_pylist()}
    for row in _lines(run("happenings", "--format", "json").out):
        assert {"id", "voices", "status", "tellings"} <= row.keys()
        for telling in row["tellings"]:  # type: ignore[attr-defined]
            assert telling.keys() == {"report", "event", "start", "end"}
            assert texts[telling["report"]][telling["start"] : telling["end"]].strip()


@pytest.mark.parametrize("command", QUESTIONS)
def test_the_command_line_has_the_filters_that_python_has(run: Run, command: str) -> None:
    text = run(command, "--help").out
    assert [name for name in filters.Filters.__dataclass_fields__ if f"--{name}" not in text] == []
    assert set(filters.Filters.__dataclass_fields__) == {*_filters._MANY, "since", "until", "confidence", "voices"}


def test_filters_reach_the_question(run: Run, kept: Path) -> None:
    rows = _lines(run("events", "--type", "consult", "--type", "AID", "--since", "2023-01-10", "--format", "json").out)
    assert {row["type"] for row in rows} == {"CONSULT", "AID"}
    assert min(str(row["last_day"]) for row in rows) >= "2023-01-10"


def test_an_empty_answer_says_so(run: Run, kept: Path) -> None:
    found = run("happenings", "--actor", "Nobody At All")
    assert (found.code, found.out) == (0, "")
    assert "nothing found" in found.err
    assert run("happenings", "--actor", "Nobody At All", "--format", "json").out == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("events", "--type", "CONSULTT"), "did you mean CONSULT"),
        (("events", "--since", "soon"), "2023-05-17"),
        (("happenings", "--order", "size"), "voices"),
        (("reactions", "nothing"), "nothing"),
        (("dyad", "TUR", "Nobody At All"), "Nobody At All"),
        (("sql", "DROP TABLE report"), "only SELECT"),
        (("count", "--by", "colour"), "country"),
        (("events", "--text", " "), "text: a value is empty"),
        (("export", "--format", "geojson", "--per", "event"), "plover, polecat, icews, parquet"),
    ],
)
def test_a_wrong_question_is_answered_in_one_line(
    run: Run, kept: Path, arguments: tuple[str, ...], message: str
) -> None:
    found = run(*arguments)
    assert found.code == 2
    assert message in found.err
    assert len(found.err.splitlines()) == 1


def test_where_no_chronicle_is_the_message_says_how_to_make_one(run: Run, tmp_path: Path) -> None:
    found = run("events", "--chronicle", tmp_path / "none.duckdb")
    assert found.code == 2
    assert "vakanuvis add" in found.err
    assert not (tmp_path / "none.duckdb").exists()


def test_a_foreign_file_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear diary")
    found = run("happenings", "--chronicle", path)
    assert found.code == 2
    assert "no chronicle" in found.err
    assert path.read_text() == "Dear diary"


def test_counting_dyads_and_sql(run: Run, kept: Path) -> None:
    rows = _lines(run("count", "--by", "type", "--of", "events", "--format", "json").out)
    assert sum(int(str(row["number"])) for row in rows) == 60
    assert _lines(run("dyad", "TUR", "ISR", "--format", "json").out)[0]["month"]
    assert _lines(run("sql", "SELECT count(*) AS n FROM events", "--format", "json").out) == [{"n": 60}]


def test_the_track_record(run: Run, kept: Path) -> None:
    rows = _lines(run("expectations", "--record", "outlet", "--as-of", "2024", "--format", "json").out)
    assert rows
    for row in rows:
        assert row["announced"] == sum(int(str(row[k])) for k in ("fulfilled", "lapsed", "withdrawn", "open"))


def test_a_long_table_says_that_it_is_cut(run: Run, kept: Path) -> None:
    found = run("events")
    assert "--limit" in found.err
    assert len(found.out.splitlines()) > 50


def test_recode_matches_anew_what_an_earlier_version_matched(run: Run, kept: Path, fake_model: None) -> None:
    before = Chronicle(kept).happenings()
    with duckdb.connect(str(kept)) as database:
        database.execute("UPDATE meta SET value = '1' WHERE name = 'matching'")
        database.execute("UPDATE report SET model = ?, register = ?", Coder().versions)
    told = run("recode", "--dry-run")
    assert told.code == 0
    assert "60 reports to be matched anew" in told.out
    assert Chronicle(kept).unmatched() == 60
    refused = run("add", "-", stdin="Ankara'da iki bakan görüştü ve anlaştı.".encode())
    assert refused.code == 2
    assert "recode" in refused.err
    assert run("recode").code == 0
    assert Chronicle(kept).unmatched() == 0
    assert Chronicle(kept).happenings() == before
