"""Hostile reports, hostile requests, hostile pages elsewhere."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

import vakanuvis.extraction
from fakes import FakeExtractor
from made_up import codings
from served import ALL, BEARER, TOKEN
from vakanuvis import api
from vakanuvis.atlas import Settings, create
from vakanuvis.atlas.safety import COOKIE, cookie
from vakanuvis.store import Chronicle

SCRIPT = '<script>alert(1)</script>"><img src=x onerror=alert(2)>\'-alert(3)-\''
TURNED = "\u202egnp.exe\u2066 Fidan"
LINK = "javascript:alert(4)"
TEXT = f"Fidan, Kahire'de {SCRIPT} Abdulati ile görüştü. {{{{7*7}}}} {TURNED}"


Pages = dict[str, "tuple[int, str]"]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """The pages of an atlas whose only report would harm a reader: status and text by address."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vakanuvis.extraction, "Extractor", FakeExtractor, raising=False)
        api._extractor.cache_clear()
        client = TestClient(
            create(Chronicle(tmp_path_factory.mktemp("hostile") / "h.duckdb"), ALL), raise_server_exceptions=False
        )
        report = {"id": f"../{SCRIPT}", "text": TEXT, "title": f"{SCRIPT} {TURNED}", "url": LINK, "outlet": SCRIPT,
                  "published": "2025-01-05"}  # fmt: skip
        assert client.post("/api/v1/reports", json=report, headers=BEARER).status_code == 201
        yield html_pages(client)
        api._extractor.cache_clear()


class Tags(HTMLParser):
    """What a browser would run or follow."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str | None] = []
        self.handlers: list[str] = []
        self.links: list[str] = []
        self.pages: list[str] = []
        self.inside = ""
        self.inline = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "script":
            self.scripts.append(found.get("src"))
            self.inside = "" if found.get("type") == "application/json" else tag
        self.handlers += [name for name in found if name.startswith("on")]
        self.pages += [found["href"] or ""] if tag == "a" and "href" in found else []
        self.links += [v for name, v in attrs if name in ("href", "src", "action", "formaction") and v]

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "script":
            self.inline += data


def html_pages(client: TestClient) -> Pages:
    """The pages that can be reached from the first one, 25 at most."""
    found: Pages = {}
    ahead = ["/"]
    while ahead and len(found) < 25:
        address = ahead.pop(0)
        if address in found:
            continue
        answer = client.get(address, headers={"accept": "text/html"}, follow_redirects=True)
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        found[address] = answer.status_code, answer.text
        tags = Tags()
        tags.feed(answer.text)
        ahead += [link.split("#")[0] for link in tags.pages if link.startswith("/") and not link.startswith("//")]
    return found


def test_no_page_runs_what_a_report_says(hostile):
    shown = 0
    for address, (status, text) in hostile.items():
        assert status < 500, address
        tags = Tags()
        tags.feed(text)
        assert all(source and source.startswith("/static/") for source in tags.scripts), address
        assert not tags.handlers, address
        assert not tags.inline.strip(), address
        assert not any(re.match(r"\s*(javascript|data|vbscript):", link, re.IGNORECASE) for link in tags.links), address
        shown += "alert(1)" in text
    assert len(hostile) > 5
    assert shown > 2


def test_what_turns_the_reading_direction_is_not_sent_bare_into_pages(hostile):
    for address, (_, text) in hostile.items():
        assert "\u202e" not in text, address
        assert "\u2066" not in text, address


def test_templates_are_not_run_from_reports(hostile):
    assert any("{{7*7}}" in text for _, text in hostile.values())


def test_every_answer_forbids_what_browsers_could_do(client):
    for address in ("/", "/api/v1/", "/api/v1/nothing", "/nothing", "/api/v1/openapi.json"):
        headers = client.get(address, headers={"accept": "text/html"}).headers
        policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == "'self'"
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_a_title_of_ten_megabytes_is_refused_and_one_below_the_limit_shown(tmp_path, model):
    chronicle = Chronicle(tmp_path / "long.duckdb")
    client = TestClient(create(chronicle, ALL), raise_server_exceptions=False)
    report = {"id": "long", "text": "Fidan, Kahire'de Abdulati ile görüştü.", "title": "A" * 10_000_000}
    assert client.post("/api/v1/reports", json=report, headers=BEARER).status_code == 413
    chronicle_of_ten = chronicle.add(_with_title("B" * 10_000_000))
    assert chronicle_of_ten.reports == 1
    for address, (status, text) in html_pages(client).items():
        assert status < 500, address
        assert len(text) < 1_000_000, address


def _with_title(title: str):
    (made,) = codings(1)
    report = replace(made.reading.report, title=title)
    return [replace(made, reading=replace(made.reading, report=report))]


def test_a_body_that_does_not_tell_its_length_is_cut_off(client):
    chunks = (b" " * 1_000_000 for _ in range(12))
    answer = client.post("/api/v1/read", content=chunks)
    assert "content-length" not in answer.request.headers
    assert answer.status_code == 413


@pytest.mark.parametrize("length", ["-1", "abc", "9" * 30, "1e3"])
def test_lengths_that_are_none_are_refused(client, length):
    assert client.post("/api/v1/read", content=b"", headers={"content-length": length}).status_code == 413


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}],
)
def test_pages_of_other_sites_cannot_post(client, model, headers):
    answer = client.post("/api/v1/read", json={"text": "a"}, headers=headers)
    assert answer.status_code == 403
    assert answer.json()["type"].endswith(":origin")
    same = client.post("/api/v1/read", json={"text": "Fidan"}, headers={"origin": "http://testserver"})
    assert same.status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "[::2]", "", "a@evil.example"])
def test_other_names_for_this_machine_are_refused(chronicle, host):
    client = TestClient(create(chronicle, Settings()), base_url="http://127.0.0.1:8765")
    assert client.get("/api/v1/info").status_code == 200
    assert client.get("/api/v1/info", headers={"host": host}).status_code == 421


def test_elsewhere_everything_needs_the_token(chronicle):
    client = TestClient(create(chronicle, replace(ALL, open=False)))
    for address in ("/", "/api/v1/", "/api/v1/info", "/api/v1/reports", "/happenings"):
        assert client.get(address).status_code == 401, address
    assert client.get("/api/v1/info", headers=BEARER).status_code == 200
    assert client.get("/api/v1/info", headers={"cookie": f"{COOKIE}={cookie(TOKEN)}"}).status_code == 200
    for wrong in (f"{COOKIE}={TOKEN}", f"{COOKIE}=", f"{COOKIE}=ü"):
        assert client.get("/api/v1/info", headers={"cookie": wrong.encode()}).status_code == 401


def test_an_unchanged_answer_is_not_given_to_those_without_the_token(chronicle):
    client = TestClient(create(chronicle, replace(ALL, open=False)))
    tag = client.get("/api/v1/info", headers=BEARER).headers["etag"]
    assert client.get("/api/v1/info", headers={"if-none-match": tag}).status_code == 401


def test_who_asks_too_often_waits(chronicle, model):
    client = TestClient(create(chronicle, replace(ALL, rate=1.0, burst=3)))
    statuses = [client.get("/api/v1/info").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    refused = client.get("/api/v1/info")
    assert int(refused.headers["retry-after"]) >= 1
    reads = TestClient(create(chronicle, replace(ALL, reads=0.01, reads_burst=2)))
    texts = [reads.post("/api/v1/read", json={"text": "Fidan"}).status_code for _ in range(3)]
    assert texts == [200, 200, 429]
    assert reads.get("/api/v1/info").status_code == 200


def test_a_question_that_takes_too_long_is_given_up(tmp_path, monkeypatch):
    chronicle = Chronicle(tmp_path / "slow.duckdb")
    chronicle.add(codings(3))
    monkeypatch.setattr(Chronicle, "info", lambda self: time.sleep(5.0))
    client = TestClient(create(chronicle, replace(ALL, time=2.0)))
    answer = client.get("/api/v1/info")
    assert answer.status_code == 503
    assert answer.json()["type"].endswith(":too-slow")
    assert client.get("/api/v1/reports").status_code == 200


def test_what_nobody_foresaw_tells_nothing_of_the_inside(chronicle, monkeypatch):
    def broken(self: Chronicle) -> None:
        raise RuntimeError("secret of the inside")

    monkeypatch.setattr(Chronicle, "info", broken)
    client = TestClient(create(chronicle, ALL), raise_server_exceptions=False)
    answer = client.get("/api/v1/info")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd", "/static/"]
)
def test_no_file_but_the_atlas_own_is_served(client, path):
    answer = client.get(path)
    assert answer.status_code in (404, 405)
    assert "Starlette" not in answer.text


@pytest.mark.parametrize("value", ["' OR 1=1 --", "TUR'; DROP TABLE report; --", "%", "_", "\\", "!", "(", "\u0000"])
def test_values_are_never_run_as_sql(client, chronicle, value):
    for name in ("actor", "text", "outlet", "place"):
        answer = client.get("/api/v1/events", params={name: value})
        assert answer.status_code in (200, 422)
        if answer.status_code == 200:
            assert answer.json()["items"] == []
    assert chronicle.info()["reports"] == 300
