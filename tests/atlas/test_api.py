"""The API answers what the chronicle answers, in pages, in formats, with entity tags and problems."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from made_up import codings
from served import ALL, BEARER, TOKEN
from vakanuvis.atlas import create
from vakanuvis.atlas.api.lists import LISTS
from vakanuvis.store import Chronicle

NEEDED = {"/series": "?a=TUR&b=ISR"}


def pages(client: TestClient, path: str) -> list[dict[str, object]]:
    """All rows of a list, page by page."""
    rows: list[dict[str, object]] = []
    address = path
    while True:
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        rows += answer.json()["items"]
        following = answer.json()["next"]
        if following is None:
            assert "next" not in answer.links
            return rows
        assert answer.links["next"]["url"].endswith(f"cursor={following}")
        address = answer.links["next"]["url"]


@pytest.mark.parametrize(
    ("path", "key"), [("happenings", "id"), ("reports", "key"), ("actors", "name"), ("places", "name")]
)
def test_pages_together_are_the_whole_list(client, chronicle, path, key):
    rows = pages(client, f"/api/v1/{path}?limit=7")
    expected = getattr(chronicle, path)(order=next(s.orders[0] for s in LISTS if s.path == f"/{path}")).to_pylist()
    assert [row[key] for row in rows] == [row[key] for row in expected]
    assert len(rows) > 7


def test_pages_of_lists_with_keys_of_several_columns(client, chronicle):
    for path in ("events", "contradictions", "expectations"):
        rows = pages(client, f"/api/v1/{path}?limit=3")
        assert len(rows) == getattr(chronicle, path)().num_rows
        assert len({str(row) for row in rows}) == len(rows)


def test_filters_are_those_of_the_chronicle(client, chronicle):
    rows = client.get("/api/v1/happenings?either=TUR&type=CONSULT&type=AID&since=2023-03&voices=2&limit=1000").json()
    expected = chronicle.happenings(either="TUR", type=["CONSULT", "AID"], since="2023-03", voices=2, order="-day")
    assert [row["id"] for row in rows["items"]] == expected["id"].to_pylist() != []


def test_a_reader_who_pages_through_a_growing_chronicle_misses_and_repeats_nothing(tmp_path):
    many = list(codings(120))
    chronicle = Chronicle(tmp_path / "growing.duckdb")
    chronicle.add(many[:60])
    before = set(chronicle.reports()["key"].to_pylist())
    client = TestClient(create(chronicle, ALL))
    first = client.get("/api/v1/reports?limit=20&order=-published").json()
    chronicle.add(many[60:])  # newer ones, which come before all that was shown
    seen = [row["key"] for row in first["items"]]
    while first["next"]:
        first = client.get(f"/api/v1/reports?limit=20&order=-published&cursor={first['next']}").json()
        seen += [row["key"] for row in first["items"]]
    assert len(seen) == len(set(seen))
    assert before <= set(seen)


@pytest.mark.parametrize("spec", LISTS, ids=lambda spec: spec.path)
def test_every_list_comes_in_every_format_it_offers(client, chronicle, spec):
    happening = chronicle.happenings(limit=1)["id"][0].as_py()
    address = "/api/v1" + spec.path.replace("{id}", happening) + NEEDED.get(spec.path, "")
    for kind in spec.offered:
        answer = client.get(address, headers={"accept": f"image/png, {kind};q=0.5"})
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(kind)
        assert "accept" in answer.headers["vary"].lower()
    rows = client.get(address).json()["items"]
    table = list(csv.DictReader(io.StringIO(client.get(address, headers={"accept": "text/csv"}).text)))
    assert len(table) == len(rows)


def test_what_is_not_offered_is_not_acceptable(client):
    answer = client.get("/api/v1/reports", headers={"accept": "application/geo+json"})
    assert answer.status_code == 406
    assert answer.headers["content-type"] == "application/problem+json"


def test_geojson_has_the_coordinates_of_the_places(client, chronicle):
    features = client.get("/api/v1/places?format=geojson&limit=1000").json()["features"]
    known = {(row["name"], row["longitude"], row["latitude"]) for row in chronicle.places().to_pylist()}
    assert {(f["properties"]["name"], *f["geometry"]["coordinates"]) for f in features} == known


def test_csv_runs_no_formula(tmp_path, model):
    chronicle = Chronicle(tmp_path / "formula.duckdb")
    client = TestClient(create(chronicle, ALL))
    text = "Fidan, Kahire'de Abdulati ile görüştü."
    report = {"text": text, "title": '=HYPERLINK("http://evil.example","x")', "published": "2025-01-05"}
    assert client.post("/api/v1/reports", json=report, headers=BEARER).status_code == 201
    row = next(csv.DictReader(io.StringIO(client.get("/api/v1/reports?format=csv").text)))
    assert row["title"] == "'" + report["title"]


def test_entity_tags_save_asking_until_the_chronicle_changes(tmp_path):
    chronicle = Chronicle(tmp_path / "tags.duckdb")
    chronicle.add(codings(20))
    client = TestClient(create(chronicle, ALL))
    first = client.get("/api/v1/happenings")
    tag = {"if-none-match": first.headers["etag"]}
    unchanged = client.get("/api/v1/happenings", headers=tag)
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert client.get("/api/v1/happenings?limit=2", headers=tag).status_code == 200
    assert client.get("/api/v1/happenings", headers={**tag, "accept": "text/csv"}).status_code == 200
    chronicle.add(codings(5, seed=99))
    changed = client.get("/api/v1/happenings", headers=tag)
    assert changed.status_code == 200
    assert changed.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("address", "status", "kind", "words"),
    [
        ("/api/v1/nothing", 404, "not-found", ""),
        ("/api/v1/happenings/h0", 404, "not-found", "h0"),
        ("/api/v1/happenings/h0/reactions", 404, "not-found", "h0"),
        ("/api/v1/reports/of/nobody", 404, "not-found", "of/nobody"),
        ("/api/v1/actors/Nobody%20At%20All", 404, "not-found", "Nobody At All"),
        ("/api/v1/events?typ=AID", 422, "filter", "typ"),
        ("/api/v1/events?type=MEETING", 422, "filter", "CONSULT"),
        ("/api/v1/events?since=yesterday", 422, "filter", "2023"),
        ("/api/v1/events?since=2023-13", 422, "filter", "2023-13"),
        ("/api/v1/events?confidence=2", 422, "filter", "between 0 and 1"),
        ("/api/v1/events?confidence=nan", 422, "filter", "between 0 and 1"),
        ("/api/v1/events?limit=100000", 422, "filter", "1000"),
        ("/api/v1/events?limit=3&limit=4", 422, "filter", "2 times"),
        ("/api/v1/events?order=happiness", 422, "filter", "confidence"),
        ("/api/v1/events?cursor=Zm9v", 422, "cursor", ""),
        ("/api/v1/events?text=%00", 422, "filter", "text"),
        ("/api/v1/series?a=TUR", 422, "filter", "b"),
        ("/api/v1/series?a=TUR&b=Nobody", 422, "filter", "Nobody"),
        ("/api/v1/who", 422, "filter", "text"),
        ("/api/v1/charts/dyad?a=TUR&b=ISR&theme=pink", 422, "filter", "dark"),
    ],
)
def test_problems_say_what_is_wrong(client, address, status, kind, words):
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"] == f"urn:vakanuvis:problem:{kind}"
    assert problem["status"] == status
    assert problem["title"]
    assert words in problem["detail"]


def test_a_cursor_is_good_for_its_question_only(client):
    cursor = client.get("/api/v1/happenings?limit=2&type=CONSULT").json()["next"]
    assert client.get(f"/api/v1/happenings?limit=9&type=CONSULT&cursor={cursor}").status_code == 200
    assert client.get(f"/api/v1/happenings?type=AID&cursor={cursor}").status_code == 422


def test_single_things(client, chronicle):
    happening = chronicle.happenings(order="-reports", limit=1).to_pylist()[0]
    found = client.get(f"/api/v1/happenings/{happening['id']}").json()
    assert len(found["tellings"]) == len(happening["tellings"]) > 1
    telling = found["tellings"][0]
    report = client.get(f"/api/v1/reports/{telling['report']}").json()
    assert report["text"][telling["start"] : telling["end"]] == telling["words"]
    assert {"mentions", "identities", "coded", "findings"} <= set(report)
    actor = client.get("/api/v1/actors/TUR").json()
    assert actor["register"]["name"]["tr"] == "Türkiye"
    assert "TUR" not in [partner["name"] for partner in actor["partners"]]
    assert actor["happenings"]
    assert client.get("/api/v1/info").json()["reports"] == 300


def test_who_says_who_held_an_office_on_a_day(client):
    found = client.get("/api/v1/who", params={"text": "MİT Başkanı", "on": "2024-01-15"}).json()
    assert found["name"] == "İbrahim Kalın"
    assert any(row["from"] and row["source"] for row in found["offices"])


def test_reading_keeps_nothing(client, chronicle, model):
    before = chronicle.revision()
    text = "Fidan, Kahire'de Abdulati ile görüştü."
    for body in ({"json": {"text": text}}, {"content": text.encode(), "headers": {"content-type": "text/plain"}}):
        answer = client.post("/api/v1/read", **body)
        assert answer.status_code == 200, answer.text
        (event,) = answer.json()["events"]
        assert text[event["start"] : event["end"]] == "görüştü"
    assert chronicle.revision() == before


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 422),
        (b"[" * 100_000, "application/json", 422),
        (b'{"text": ""}', "application/json", 422),
        (b'{"text": 3}', "application/json", 422),
        (b'{"text": "a", "published": "soon"}', "application/json", 422),
        (b"[]", "application/json", 422),
        (b"null", "application/json", 422),
        (b"\xff\xfe", "text/plain", 422),
        (b"a=b", "application/x-www-form-urlencoded", 415),
        (b"x" * 100_001, "text/plain", 422),
    ],
)
def test_what_cannot_be_read_is_told(client, model, body, kind, status):
    answer = client.post("/api/v1/read", content=body, headers={"content-type": kind})
    assert answer.status_code == status, answer.text
    assert answer.json()["detail"]


def test_adding_needs_the_token_and_changes_what_is_shown(tmp_path: Path, model):
    chronicle = Chronicle(tmp_path / "added.duckdb")
    chronicle.add(codings(3))
    client = TestClient(create(chronicle, ALL))
    report = {"text": "Fidan, Kahire'de Abdulati ile görüştü.", "published": "2025-01-05", "id": "new", "outlet": "A"}
    for headers in ({}, {"authorization": "Bearer wrong"}, {"authorization": TOKEN}):
        refused = client.post("/api/v1/reports", json=report, headers=headers)
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"].startswith("Bearer")
    added = client.post("/api/v1/reports", json=[report, {"text": ""}], headers=BEARER)
    assert added.status_code == 201
    assert added.json() | {"faults": len(added.json()["faults"])} == {
        "reports": 1, "known": 0, "events": 1, "faults": 1,
    }  # fmt: skip
    assert client.get("/api/v1/reports/new").json()["text"] == report["text"]
    again = client.post("/api/v1/reports", json=report, headers=BEARER)
    assert (again.status_code, again.json()["known"]) == (200, 1)


@pytest.mark.parametrize(("kind", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("json", b"{"), ("csv", b"month")])
def test_charts_come_as_pictures_and_as_data(client, kind, begins):
    answer = client.get(f"/api/v1/charts/dyad?a=TUR&b=ISR&words=tr&theme=dark&format={kind}")
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(begins)


def test_openapi_describes_every_route(client):
    found = client.get("/api/v1/openapi.json").json()
    listed = client.get("/api/v1/").json()["endpoints"]
    assert {path.removeprefix("/api/v1") for path in listed} <= set(found["paths"])
    for path, operations in found["paths"].items():
        for operation in operations.values():
            for parameter in operation.get("parameters", []):
                assert parameter["description"], (path, parameter["name"])
