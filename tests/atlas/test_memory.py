"""A question that was asked before is not asked again, and its answer is the chronicle's."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from made_up import codings
from vakanuvis.atlas.memory import Remembering
from vakanuvis.errors import FilterError
from vakanuvis.store import Chronicle


@pytest.fixture
def own(tmp_path):
    chronicle = Chronicle(tmp_path / "own.duckdb")
    chronicle.add(codings(20))
    return chronicle


def counted(monkeypatch, name, pause=0.0):
    asked: list[int] = []
    real = getattr(Chronicle, name)

    def counting(self, *args, **given):
        asked.append(threading.get_ident())
        time.sleep(pause)
        return real(self, *args, **given)

    monkeypatch.setattr(Chronicle, name, counting)
    return asked


def test_what_it_remembers_is_what_the_chronicle_says(own, monkeypatch):
    asked = counted(monkeypatch, "happenings")
    found = Remembering(own, own.revision)
    first, again = (found.happenings(either=["TUR", "PSE"], limit=5) for _ in range(2))
    assert first.equals(again)
    assert first.equals(own.happenings(either=["TUR", "PSE"], limit=5))
    assert found.happenings(either=["TUR", "PSE"], limit=2).num_rows == 2
    assert len(asked) == 3


def test_what_grows_is_asked_anew(own):
    found = Remembering(own, own.revision)
    before = found.total("reports")
    own.add(codings(7, seed=5))
    assert found.total("reports") == own.total("reports") > before


def test_many_at_once_ask_once(own, monkeypatch):
    asked = counted(monkeypatch, "total", pause=0.5)
    found = Remembering(own, own.revision)
    with ThreadPoolExecutor(12) as pool:
        numbers = set(pool.map(lambda _: found.total("happenings"), range(12)))
    assert len(asked) == 1
    assert numbers == {own.total("happenings")}


def test_faults_reach_all_who_asked_and_are_not_kept(own, monkeypatch):
    asked = counted(monkeypatch, "happenings", pause=0.3)
    found = Remembering(own, own.revision)

    def fault(_):
        with pytest.raises(FilterError):
            found.happenings(since="no day")
        return True

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(fault, range(4)))
    assert len(asked) == 1
    assert fault(0)
    assert len(asked) == 2


def test_it_keeps_no_more_than_it_may(own, monkeypatch):
    found = Remembering(own, own.revision, size=2500)
    asked = counted(monkeypatch, "total")
    for voices in (1, 2, 3, 1):
        found.total("happenings", voices=voices)
    assert len(asked) == 4


def test_an_answer_that_someone_changes_stays_what_it_was(own):
    found = Remembering(own, own.revision)
    found.info()["reports"] = -1
    assert found.info()["reports"] == own.info()["reports"]
