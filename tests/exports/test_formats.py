from __future__ import annotations

import csv
import io
import json
import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

import pyarrow.parquet as pq
import pytest

from passages import reading
from vakanuvis.exports import FORMATS, publish, writer
from vakanuvis.exports.formats import BINARY, CAMEO, ICEWS_COLUMNS, POLECAT_COLUMNS, _cow_numbers
from vakanuvis.ontology import ontology
from vakanuvis.records import Coding
from vakanuvis.resolution import code
from vakanuvis.resolution.register import load

VISIT = (
    "[Yunanistan Başbakanı Kiryakos Miçotakis](PER m1), [Ankara](GPE m2)'da "
    "[Cumhurbaşkanı Erdoğan](PER m3) {ile görüştü}(CONSULT e1)."
)


MET = "e1: actor=m1 recipient=m3 place=m2 status=actual context=diplomatic"


def coding(passage: str = VISIT, line: str = MET) -> Coding:
    return code(reading(passage, line, title="Bir\tbaşlık\nuzun", outlet="Deneme", day="2024-05-13"))


def written(kind: str, *codings: Coding) -> Any:
    stream: Any = io.BytesIO() if kind in BINARY else io.StringIO()
    with writer(kind, stream, coded=date(2026, 1, 1)) as out:
        assert [out.write(c) for c in codings] == [len(c.events) for c in codings]
    return stream.getvalue()


def test_a_meeting_has_all_parties_as_actors():
    row = json.loads(written("plover", coding()))
    assert [actor["code"] for actor in row["actor"]] == ["GRC", "TUR"]
    assert (row["recipient"], row["event"], row["quad_code"], row["event_scale"]) == ([], "CONSULT", 1, 2.5)
    assert (row["id"], row["status"], row["coded_date"]) == ("t-0001:e1", "actual", "2026-01-01")
    assert row["actor"][1] | {"identifier_id": "", "office": ""} == {
        "code": "TUR", "sector": "GOV", "entity_text": "Cumhurbaşkanı Erdoğan",
        "identifier_text": "Recep Tayyip Erdoğan", "identifier_id": "", "office": "",
    }  # fmt: skip


def test_a_party_on_both_sides_of_a_meeting_is_written_once():
    row = json.loads(written("plover", coding(line=MET.replace("recipient=m3", "recipient=m1,m3"))))
    assert [actor["code"] for actor in row["actor"]] == ["GRC", "TUR"]


def test_plover_fields_are_those_of_the_codebook():
    row = json.loads(written("plover", coding()))
    table = tomllib.loads(files("vakanuvis").joinpath("plover.toml").read_text(encoding="utf-8"))
    known = set(table["exchange"]["event"])
    assert set(row) - known == {"status", "confidence"}
    assert {field for actor in row["actor"] for field in actor} <= set(table["exchange"]["entity"])
    at = row["text_info"]
    assert VISIT.index("ile görüştü") > at["start"] >= 0
    assert row["event_text"] == "ile görüştü"


def test_what_is_planned_becomes_agree_or_concede():
    for kind, becomes in (("CONSULT", "AGREE"), ("AID", "AGREE"), ("RETREAT", "CONCEDE"), ("ASSAULT", "ASSAULT")):
        passage = VISIT.replace("CONSULT", kind)
        made = coding(passage, "e1: actor=m1 recipient=m3 status=future context=diplomatic")
        record = publish(made, made.events[0])
        assert record.type == becomes
        assert record.score == ontology().score(becomes)


def test_in_a_visit_the_guest_is_the_actor():
    made = coding(line="e1: actor=m3 recipient=m1 place=m2 mode=visit status=actual context=diplomatic")
    record = publish(made, made.events[0])
    assert [i.polity for i in (*record.actors, *record.recipients)] == ["GRC", "TUR"]
    assert record.score == 4


@pytest.mark.parametrize(("kind", "columns"), [("polecat", POLECAT_COLUMNS), ("icews", ICEWS_COLUMNS)])
def test_tables_have_their_columns_and_one_line_a_record(kind, columns):
    lines = written(kind, coding(), coding()).splitlines()
    rows = list(csv.reader(lines, delimiter="\t"))
    assert (tuple(rows[0]), len(rows)) == (columns, 3)
    assert {len(row) for row in rows} == {len(columns)}
    row = dict(zip(*rows[:2], strict=True))
    assert row["Event Status"] == "actual"
    assert (int(row["Evidence Start"]), int(row["Evidence End"])) == VISIT_TRIGGER


VISIT_TRIGGER = (
    len("Yunanistan Başbakanı Kiryakos Miçotakis, Ankara'da Cumhurbaşkanı Erdoğan "),
    len("Yunanistan Başbakanı Kiryakos Miçotakis, Ankara'da Cumhurbaşkanı Erdoğan ile görüştü"),
)


def test_polecat_cells():
    header, row = csv.reader(written("polecat", coding()).splitlines(), delimiter="\t")
    cells = dict(zip(header, row, strict=True))
    assert (cells["Actor Country"], cells["Actor COW"]) == ("GRC; TUR", "350; 640")
    assert cells["Story People"] == "Yunanistan Başbakanı Kiryakos Miçotakis; Cumhurbaşkanı Erdoğan"
    assert (cells["Story Organizations"], cells["Story Locations"]) == ("", "Ankara")
    assert cells["Headline"] == "Bir başlık uzun"
    assert (cells["Quad Code"], cells["Primary Actor Sector"], cells["Recipient Name"]) == (
        "VERBAL COOPERATION",
        "GOV",
        "",
    )
    assert (cells["Country"], cells["Placename"]) == ("TUR", "Ankara")


def test_tables_begin_with_the_columns_of_the_published_files():
    # Headers of ngecEvents.DV.*.txt (doi:10.7910/DVN/AJGVIT) and events.*.tab (doi:10.7910/DVN/28075).
    polecat = (
        "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW|"
        "Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|"
        "Recipient Country|Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|"
        "Recipient Name Raw|Wikipedia Recipient ID|Placename|City|District|Province|Country|Latitude|Longitude|"
        "GeoNames ID|Raw Placename|Feature Type|Source|Publication Date|Story People|Story Organizations|"
        "Story Locations|Language|Version"
    )
    icews = (
        "Event ID|Event Date|Source Name|Source Sectors|Source Country|Event Text|CAMEO Code|Intensity|Target Name|"
        "Target Sectors|Target Country|Story ID|Sentence Number|Publisher|City|District|Province|Country|Latitude|"
        "Longitude"
    )
    for kind, columns in (("polecat", polecat), ("icews", icews)):
        assert "|".join(written(kind).strip().split("\t")).startswith(f"{columns}|")


def test_every_state_that_the_register_gives_a_cow_abbreviation_has_its_number():
    abbreviations = [polity.cow for polity in load().polities() if polity.cow]
    numbers = [_cow_numbers().get(abbreviation) for abbreviation in abbreviations]
    assert abbreviations
    assert None not in numbers
    assert len(set(numbers)) == len(numbers)


def test_icews_has_one_source_and_one_target():
    header, row = csv.reader(written("icews", coding()).splitlines(), delimiter="\t")
    cells = dict(zip(header, row, strict=True))
    assert (cells["Source Country"], cells["Target Country"], cells["CAMEO Code"]) == ("Greece", "Türkiye", "040")
    assert set(CAMEO) == set(ontology().events)


def test_parquet_keeps_what_was_told_and_what_the_rules_make_of_it():
    made = coding(line="e1: actor=m1 recipient=m3 place=m2 status=future context=diplomatic")
    (row,) = pq.read_table(io.BytesIO(written("parquet", made))).to_pylist()
    assert (row["type"], row["plover_type"], row["status"]) == ("CONSULT", "AGREE", "future")
    assert [party["polity"] for party in row["recipients"]] == ["TUR"]
    assert row["trigger"] == "ile görüştü"


@pytest.mark.parametrize("kind", FORMATS)
def test_nothing_to_write_is_an_empty_but_whole_file(kind):
    out = written(kind)
    assert out == "" if kind == "plover" else out
    if kind == "parquet":
        assert pq.read_table(io.BytesIO(out)).num_rows == 0


def test_an_unknown_format_names_the_known_ones():
    with pytest.raises(ValueError, match="plover, polecat, icews, parquet"):
        writer("xml", io.StringIO())
