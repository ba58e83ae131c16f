"""Answers that are kept are those that would be given anew."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from starlette.testclient import TestClient

from made_up import codings
from served import ALL, BEARER
from vakanuvis.atlas import create
from vakanuvis.store import Chronicle


def counted(monkeypatch, pause=0.0):
    """Counts how often a chronicle is asked for its info."""
    asked: list[int] = []
    info = Chronicle.info

    def counting(self):
        asked.append(threading.get_ident())
        time.sleep(pause)
        return info(self)

    monkeypatch.setattr(Chronicle, "info", counting)
    return asked


def test_the_same_question_is_answered_from_memory_until_something_is_added(tmp_path, monkeypatch):
    chronicle = Chronicle(tmp_path / "kept.duckdb")
    chronicle.add(codings(5))
    asked = counted(monkeypatch)
    client = TestClient(create(chronicle, ALL))
    first, again = client.get("/api/v1/info"), client.get("/api/v1/info")
    assert first.json() == again.json()
    assert dict(first.headers) == dict(again.headers)
    assert len(asked) == 1
    chronicle.add(codings(5, seed=3))
    assert client.get("/api/v1/info").json()["reports"] == 10
    assert len(asked) == 2


def test_other_readers_get_their_own_answers(chronicle, monkeypatch):
    client = TestClient(create(chronicle, ALL))
    html = {"accept": "text/html"}
    pages = [client.get("/", headers={**html, "accept-language": code}).text for code in ("tr", "en", "tr")]
    assert pages[0] == pages[2] != pages[1]
    asked = counted(monkeypatch)
    for headers in ({}, BEARER, {"cookie": "a=b"}):
        client.get("/api/v1/info", headers=headers)
    assert len(asked) == 3


def test_many_who_ask_for_the_same_at_once_ask_once(chronicle, monkeypatch):
    asked = counted(monkeypatch, pause=1.0)
    with TestClient(create(chronicle, ALL)) as client, ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: client.get("/api/v1/info"), range(12)))
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
