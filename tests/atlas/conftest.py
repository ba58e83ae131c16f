from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import vakanuvis.extraction
from fakes import FakeExtractor
from vakanuvis import api
from vakanuvis.atlas import Settings, create
from vakanuvis.store import Chronicle

sys.path.append(str(Path(__file__).parents[1] / "chronicle"))

TOKEN = "a-token-for-tests"
ALL = Settings(token=TOKEN, rate=1e6, burst=1_000_000, reads=1e6, reads_burst=1_000_000, hosts=())


@pytest.fixture(scope="session")
def chronicle(tmp_path_factory: pytest.TempPathFactory) -> Chronicle:
    """A chronicle of 300 made-up reports."""
    from generate import codings

    made = Chronicle(tmp_path_factory.mktemp("atlas") / "made.duckdb")
    made.add(codings(300))
    return made


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The stand-in for the model."""
    api._extractor.cache_clear()
    monkeypatch.setattr(vakanuvis.extraction, "Extractor", FakeExtractor, raising=False)
    yield
    api._extractor.cache_clear()


@pytest.fixture
def client(chronicle: Chronicle) -> Iterator[TestClient]:
    """A client of the atlas of `chronicle`, on the own machine."""
    with TestClient(create(chronicle, ALL), raise_server_exceptions=False) as made:
        yield made
