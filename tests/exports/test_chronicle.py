"""A chronicle in the formats of others."""

import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from made_up import codings
from vakanuvis.exports import writer
from vakanuvis.exports.claims import claims
from vakanuvis.exports.geojson import geojson
from vakanuvis.exports.graphml import graphml
from vakanuvis.store import Chronicle


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Chronicle:
    chronicle = Chronicle(Path(tmp_path_factory.mktemp("exports")) / "c.duckdb")
    chronicle.add(codings(80, days=40))
    return chronicle


def _plover(chronicle: Chronicle, per: Any, **filters: Any) -> list[dict[str, Any]]:
    stream = io.StringIO()
    with writer("plover", stream) as out:
        for coding in chronicle.selected(per=per, **filters):
            out.write(coding)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_one_record_a_happening_or_one_an_event(kept: Chronicle) -> None:
    happenings = kept.happenings(actor="TUR").to_pylist()
    records = _plover(kept, "happening", actor="TUR")
    assert [record["id"].split(":")[1] for record in records] == [row["id"] for row in happenings]
    events = {(row["report"], row["event"]) for row in kept.events(actor="TUR").to_pylist()}
    assert {tuple(record["id"].split(":")) for record in _plover(kept, "event", actor="TUR")} == events


def test_a_happenings_record_has_the_merged_fields_and_words_of_its_report(kept: Chronicle) -> None:
    rows = {row["id"]: row for row in kept.happenings().to_pylist()}
    for coding in kept.selected(per="happening"):
        (event,) = coding.events
        row = rows[event.id]
        assert [party.name or party.text for party in event.actors] == row["actor"]
        assert (event.place.name if event.place else None) == row["place"]
        assert event.when is None or event.when.start == row["day"]
        assert event.dead == row["dead"]
        assert coding.reading.report.text[event.start : event.end].strip()


def test_geojson_has_every_happening_with_a_place(kept: Chronicle) -> None:
    stream = io.StringIO()
    written = geojson(kept, stream, type="CONSULT")
    features = json.loads(stream.getvalue())["features"]
    placed = [row for row in kept.happenings(type="CONSULT").to_pylist() if row["place"]]
    assert written == len(features) == len(placed) > 0
    by_id = {row["id"]: row for row in placed}
    for feature in features:
        row = by_id[feature["id"]]
        assert feature["geometry"] == {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]}


def test_graphml_counts_who_acts_upon_whom(kept: Chronicle) -> None:
    stream = io.StringIO()
    written = graphml(kept, stream)
    space = "{http://graphml.graphdrawing.org/xmlns}"
    graph = ElementTree.fromstring(stream.getvalue()).find(f"{space}graph")
    assert graph is not None
    edges = graph.findall(f"{space}edge")
    nodes = {node.get("id") for node in graph.findall(f"{space}node")}
    assert written == len(edges) > 0
    assert {edge.get(end) for edge in edges for end in ("source", "target")} == nodes
    counted = sum(int(data.text or 0) for edge in edges for data in edge if data.get("key") == "edge_happenings")
    pairs = [(a, b) for row in kept.happenings().to_pylist() for a in row["actor"] for b in row["recipient"]]
    assert counted == len(pairs)


def test_claims_name_both_sides_and_judge_nothing(kept: Chronicle) -> None:
    stream = io.StringIO()
    written = claims(kept, stream)
    document = json.loads(stream.getvalue())
    assert document["@context"] == "https://schema.org"
    assert written == len(document["@graph"]) == kept.contradictions().num_rows > 0
    for review in document["@graph"]:
        assert review["@type"] == "ClaimReview"
        assert review["itemReviewed"]["appearance"][0]["url"].startswith("https://")
        assert review["citation"]
        assert "ratingValue" not in review["reviewRating"]
