from __future__ import annotations

import builtins
import json
from datetime import date, datetime

import pytest

import vakanuvis
from fakes import FakeExtractor
from vakanuvis import InputError, Reading, Report, api

MEETING = "Fidan, dün Abdulati ile görüştü."


@pytest.fixture(autouse=True)
def _fake_model(monkeypatch):
    monkeypatch.setattr(api, "_extractor", FakeExtractor)


def test_all_is_sorted_and_there():
    assert vakanuvis.__all__ == sorted(vakanuvis.__all__)
    assert [name for name in vakanuvis.__all__ if not hasattr(vakanuvis, name)] == []


class TestRead:
    def test_gives_a_reading_of_the_text_as_it_is(self):
        text = f"\ufeff{MEETING}\r\n"
        reading = vakanuvis.read(text, published="2025-01-05", title="Görüşme", outlet="Deneme", language="tr", id="a")
        assert reading.report == Report("a", text, "Görüşme", datetime(2025, 1, 5), None, "Deneme", "tr", "text")
        (event,) = reading.events
        assert reading.words(event) == "görüştü"
        assert reading.party(event, "actor") == ("Fidan",)

    @pytest.mark.parametrize("published", [date(2025, 1, 5), datetime(2025, 1, 5), "2025-01-05", " 2025-01-05 "])
    def test_takes_a_day_in_any_form(self, published):
        assert vakanuvis.read(MEETING, published=published).report.day == date(2025, 1, 5)

    def test_makes_the_same_id_of_the_same_text(self):
        first, second = vakanuvis.read(MEETING).report.id, vakanuvis.read(f"\n{MEETING}").report.id
        assert first == vakanuvis.read(MEETING).report.id
        assert first != second

    def test_leaves_out_what_is_not_sure_enough(self):
        assert vakanuvis.read(MEETING, min_confidence=0.7).events == ()

    @pytest.mark.parametrize(
        ("text", "fields", "message"),
        [
            ("", {}, "text: empty"),
            ("a\ud800", {}, "lone surrogate"),
            (MEETING, {"published": "gestern"}, "'gestern' is no date"),
            (MEETING, {"title": 5}, "'title'"),
        ],
    )
    def test_says_what_it_cannot_read(self, text, fields, message):
        with pytest.raises(InputError, match=message):
            vakanuvis.read(text, **fields)


class TestReadMany:
    def test_takes_texts_objects_and_reports_in_their_order(self):
        found = vakanuvis.read_many(
            [MEETING, {"text": "Fidan met.", "id": "b", "published": date(2025, 1, 5)}, Report("c", "x")]
        )
        assert [reading.report.text for reading in found] == [MEETING, "Fidan met.", "x"]
        assert found[1].report.published == datetime(2025, 1, 5)
        assert [reading.report.id for reading in found[1:]] == ["b", "c"]

    def test_what_is_no_report_is_a_fault_and_no_crash(self):
        readings = vakanuvis.read_many([MEETING, 7, None, {"text": b"x"}, {"text": MEETING, "title": 5}])  # type: ignore[list-item]
        assert len(readings) == 1
        assert [str(fault) for fault in readings.faults] == [
            "report 2: a text, a Report or a dictionary is expected, here is int",
            "report 3: a text, a Report or a dictionary is expected, here is NoneType",
            "report 4: field 'text': a string is expected, here is bytes",
            "report 5: field 'title': a string is expected, here is a number",
        ]

    def test_one_report_in_the_place_of_many_is_refused(self):
        with pytest.raises(TypeError, match="read takes one report"):
            vakanuvis.read_many(MEETING)

    def test_reads_on_after_a_bad_one(self, tmp_path):
        (tmp_path / "a.txt").write_text(MEETING, encoding="utf-8")
        found = vakanuvis.read_many(["", {"id": "x"}, *vakanuvis.gather([tmp_path, tmp_path / "none"])])
        assert len(found) == 1
        assert [str(fault) for fault in found.faults] == [
            "report 1: empty: there is no text in it",
            "report 2: no field 'text'",
            f"{tmp_path / 'none'}: no such file or folder",
        ]
        assert repr(found) == "<Readings: 1 reports, 1 events, 3 not read>"

    def test_of_nothing_gives_empty_tables(self):
        found = vakanuvis.read_many([])
        assert len(found) == 0
        assert found.to_json() == ""
        assert found.to_arrow().num_rows == 0
        assert found.to_arrow().schema == vakanuvis.read_many([MEETING]).to_arrow().schema


class TestTables:
    def test_one_row_an_event(self):
        found = vakanuvis.read_many(
            [{"id": "a", "text": MEETING, "published": "2025-01-05", "outlet": "Deneme", "language": "tr"}]
        )
        (row,) = found.to_arrow().to_pylist()
        assert row.pop("lang") == "tr"
        assert row == {
            "report": "a", "published": date(2025, 1, 5), "outlet": "Deneme", "id": "e1", "type": "CONSULT",
            "start": 24, "end": 31, "words": "görüştü", "mode": None, "status": "actual", "context": ["diplomatic"],
            "actor": ["Fidan"], "recipient": ["Abdulati"], "place": [], "time": [], "source": [],
            "dead": None, "injured": None, "confidence": 0.6,
        }  # fmt: skip

    def test_one_row_a_mention(self):
        rows = vakanuvis.read_many([MEETING]).to_arrow("mentions").to_pylist()
        assert [(row["id"], row["words"]) for row in rows] == [("m1", "Fidan"), ("m2", "Abdulati")]

    def test_frames_hold_the_same(self):
        found = vakanuvis.read_many([MEETING, MEETING])
        assert list(found.to_pandas()["words"]) == ["görüştü"] * 2
        assert found.to_polars()["actor"].to_list() == [["Fidan"]] * 2

    def test_json_lines_hold_the_records(self):
        found = vakanuvis.read_many([MEETING, "x y"])
        assert [json.loads(line) for line in found.to_json().splitlines()] == [reading.to_dict() for reading in found]

    def test_an_unknown_table_is_refused(self):
        with pytest.raises(ValueError, match="write 'events' or 'mentions'"):
            vakanuvis.read_many([]).to_arrow("places")

    @pytest.mark.parametrize("package", ["pandas", "polars"])
    def test_a_missing_package_is_named(self, monkeypatch, package):
        original = builtins.__import__

        def without(name, *arguments, **options):
            if name == package:
                raise ImportError(name)
            return original(name, *arguments, **options)

        monkeypatch.setattr(builtins, "__import__", without)
        with pytest.raises(ImportError, match=f"pip install {package}"):
            getattr(vakanuvis.read_many([]), f"to_{package}")()


class TestNotebook:
    HOSTILE = '<script>alert(1)</script> Fidan & Abdulati görüştü "<b>'

    def test_the_page_marks_the_text_and_escapes_it(self):
        reading = vakanuvis.read(self.HOSTILE, title="<img src=x onerror=alert(1)>", language="tr")
        page = reading._repr_html_()
        assert "<script" not in page
        assert "<img" not in page
        assert "&lt;script&gt;" in page
        assert ">görüştü</mark>" in page
        assert "<td dir=auto>Abdulati</td>" in page

    def test_prints_one_line_an_event(self):
        reading = vakanuvis.read(MEETING, id="a")
        assert repr(reading) == "<Reading 'a': 1 event, 2 mentions>"
        assert str(reading) == "a: 1 event\n  e1 CONSULT, actual: “görüştü”; actor: Fidan; recipient: Abdulati"

    def test_segments_give_back_the_text(self):
        reading = vakanuvis.read(self.HOSTILE)
        overlapping = Reading(reading.report, (*reading.mentions, reading.mentions[0]), reading.events)
        assert "".join(words for words, _ in overlapping.segments()) == self.HOSTILE
