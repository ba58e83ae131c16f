"""Answers that are kept are those that would be given anew."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from starlette.testclient import TestClient

from made_up import codings
from served import ALL, BEARER
from vakanuvis.atlas import create, questions
from vakanuvis.atlas.pages.view import static
from vakanuvis.store import Chronicle

WHO = "/api/v1/who?text=Erdo%C4%9Fan"


def counted(monkeypatch, pause=0.0):
    """Counts how often an answer to `WHO` is made."""
    asked: list[int] = []
    who = questions.who

    def counting(*args, **given):
        asked.append(threading.get_ident())
        time.sleep(pause)
        return who(*args, **given)

    monkeypatch.setattr(questions, "who", counting)
    return asked


def test_the_same_question_is_answered_from_memory_until_something_is_added(tmp_path, monkeypatch):
    chronicle = Chronicle(tmp_path / "kept.duckdb")
    chronicle.add(codings(5))
    asked = counted(monkeypatch)
    client = TestClient(create(chronicle, ALL))
    first, again = client.get(WHO), client.get(WHO)
    assert first.json() == again.json()
    assert dict(first.headers) == dict(again.headers)
    assert len(asked) == 1
    chronicle.add(codings(5, seed=3))
    client.get(WHO)
    assert len(asked) == 2


def test_other_readers_get_their_own_answers(chronicle, monkeypatch):
    client = TestClient(create(chronicle, ALL))
    html = {"accept": "text/html"}
    pages = [client.get("/", headers={**html, "accept-language": code}).text for code in ("tr", "en", "tr")]
    assert pages[0] == pages[2] != pages[1]
    asked = counted(monkeypatch)
    for headers in ({}, BEARER, {"cookie": "a=b"}):
        client.get(WHO, headers=headers)
    assert len(asked) == 3


def test_many_who_ask_for_the_same_at_once_ask_once(chronicle, monkeypatch):
    asked = counted(monkeypatch, pause=1.0)
    with TestClient(create(chronicle, ALL)) as client, ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: client.get(WHO), range(12)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(asked) == 1


def test_problems_and_answers_that_set_cookies_are_not_kept(tmp_path):
    chronicle = Chronicle(tmp_path / "none.duckdb")
    chronicle.add(codings(2))
    app = create(chronicle, ALL)
    client = TestClient(app)
    assert client.get("/api/v1/happenings/h0").status_code == 404
    assert "etag" not in client.get("/api/v1/happenings/h0").headers
    for _ in range(2):
        answer = TestClient(app).get("/?lang=tr", headers={"accept": "text/html"}, follow_redirects=False)
        assert "set-cookie" in answer.headers


def test_head_has_the_headers_of_get(client):
    head, get = client.head("/api/v1/info"), client.get("/api/v1/info")
    assert head.content == b""
    assert head.headers["etag"] == get.headers["etag"]


def test_what_takes_gzip_gets_it_and_what_does_not_does_not(client):
    packed, bare = (
        client.get("/", headers={"accept": "text/html", "accept-encoding": c}) for c in ("gzip", "identity")
    )
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in bare.headers
    assert packed.text == bare.text
    assert packed.headers["etag"] != bare.headers["etag"]
    assert all("accept-encoding" in answer.headers["vary"].lower() for answer in (packed, bare))


def test_files_are_packed_once_and_outlast_what_the_chronicle_becomes(tmp_path):
    chronicle = Chronicle(tmp_path / "files.duckdb")
    chronicle.add(codings(2))
    client = TestClient(create(chronicle, ALL))
    address = static("vega/vega.js")
    first = client.get(address)
    assert first.headers["content-encoding"] == "gzip"
    assert first.headers["cache-control"] == "public, max-age=31536000, immutable"
    chronicle.add(codings(2, seed=3))
    again = client.get(address, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address).headers["etag"] == first.headers["etag"]


def test_an_old_copy_of_a_file_is_no_answer_for_others(client):
    address = "/static/atlas.css"
    old = client.get(
        address, headers={"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT", "if-none-match": '"other"'}
    )
    assert old.status_code == 200
    assert client.get(address).text == old.text
    assert client.get(address).headers["cache-control"] == "no-cache"
