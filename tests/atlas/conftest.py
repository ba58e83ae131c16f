from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

import vakanuvis.extraction
from fakes import FakeExtractor
from made_up import codings
from served import ALL
from vakanuvis import api
from vakanuvis.atlas import create
from vakanuvis.store import Chronicle


@pytest.fixture(scope="session")
def chronicle(tmp_path_factory: pytest.TempPathFactory) -> Chronicle:
    """A chronicle of 300 made-up reports."""
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
