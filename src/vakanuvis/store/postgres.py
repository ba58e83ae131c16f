"""A chronicle in a PostgreSQL database, in a schema of its own."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

import psycopg
import pyarrow as pa

from vakanuvis.errors import ChronicleBusy, ChronicleError, FilterError
from vakanuvis.store.engines import WAIT, Row, Session, without_password

SCHEMA = "vakanuvis"
_LOCK = 0x76616B61  # the advisory lock that a writer holds
_TYPES: dict[int, pa.DataType] = {
    16: pa.bool_(),
    17: pa.binary(),
    20: pa.int64(),
    21: pa.int16(),
    23: pa.int32(),
    25: pa.string(),
    700: pa.float32(),
    701: pa.float64(),
    1009: pa.list_(pa.string()),
    1042: pa.string(),
    1043: pa.string(),
    1082: pa.date32(),
    1114: pa.timestamp("us"),
    1184: pa.timestamp("us", "UTC"),
    1007: pa.list_(pa.int32()),
    1016: pa.list_(pa.int64()),
    1700: pa.float64(),
}
"""Arrow types by PostgreSQL's type numbers (pg_type.dat)."""
_AMONG = re.compile(r"\bIN \(SELECT unnest\((CAST\(\? AS \w+\[\]\))\)\)")


class Postgres:
    """A chronicle in a PostgreSQL database."""

    def __init__(self, url: str) -> None:
        self._url, self.name = url, without_password(url)
        self._idle: list[psycopg.Connection] = []
        self._guard = threading.Lock()

    def exists(self) -> bool:
        with self._connection() as connection:
            found = connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [SCHEMA]).fetchone()
            return found is not None

    def create(self, script: str) -> None:
        try:
            with self._connection() as connection, connection.transaction():
                connection.execute(f"CREATE SCHEMA {SCHEMA}")
                _PostgresSession(connection).run(script)
        except psycopg.errors.DuplicateSchema:
            pass  # another writer was quicker
        except psycopg.Error as error:
            raise ChronicleError(f"{self.name}: cannot make a chronicle here: {_plain(error)}") from None

    @contextmanager
    def read(self) -> Iterator[Session]:
        with self._connection() as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield _PostgresSession(connection)

    def query(self, sql: str) -> pa.Table:
        with self._connection() as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            try:
                # Prepared, so that the server takes one statement only.
                cursor = connection.execute(sql, prepare=True)
                if cursor.description is None:
                    raise FilterError("only SELECT is allowed here: the chronicle is open for reading")
                return _arrow(cursor)
            except psycopg.Error as error:
                raise FilterError(f"SQL: {_plain(error)}") from None

    @contextmanager
    def write(self) -> Iterator[Session]:
        with self._connection() as connection, connection.transaction():
            yield _PostgresSession(connection)

    @contextmanager
    def writer(self, wait: float = WAIT) -> Iterator[None]:
        with self._connection() as connection:
            deadline = time.monotonic() + wait
            while not _first(connection.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])):
                if time.monotonic() > deadline:
                    raise ChronicleBusy(
                        f"{self.name}: another process has been writing for {wait:g} s; try again when it is done"
                    )
                time.sleep(0.05)
            try:
                yield
            finally:
                if not connection.closed:
                    connection.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])

    def tune(self) -> None:
        with self._connection() as connection:
            for (table,) in connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = %s", [SCHEMA]
            ).fetchall():
                connection.execute(f'ANALYZE {SCHEMA}."{table}"')

    def revision(self) -> str:
        # Every change adds reports, be it those that were coded anew, and numbers are given out once.
        with self._connection() as connection:
            return str(_first(connection.execute("SELECT max(no) FROM report")))

    def keep_open(self) -> None:
        """Nothing to do: connections stay open, and keep nobody from writing."""

    def close(self) -> None:
        with self._guard:
            for connection in self._idle:
                connection.close()
            self._idle.clear()

    @contextmanager
    def _connection(self) -> Iterator[psycopg.Connection]:
        with self._guard:
            connection = self._idle.pop() if self._idle else None
        if connection is None or connection.closed:
            connection = self._connect()
        try:
            yield connection
        except psycopg.OperationalError as error:
            connection.close()
            raise ChronicleError(f"{self.name}: the server was lost: {_plain(error)}") from None
        finally:
            if not connection.closed:
                with self._guard:
                    self._idle.append(connection)

    def _connect(self) -> psycopg.Connection:
        try:
            connection = psycopg.connect(self._url, autocommit=True, connect_timeout=10)
            connection.execute(f"SET search_path = {SCHEMA}, public")
            connection.execute("SET client_min_messages = warning")
            connection.execute("SET jit = off")  # compiling costs more than most questions
            return connection
        except psycopg.Error as error:
            raise ChronicleError(f"{self.name}: no connection: {_plain(error)}") from None


def _indexes() -> str:
    return files("vakanuvis.store").joinpath("schema/indexes.sql").read_text(encoding="utf-8")


def _plain(error: psycopg.Error) -> str:
    return " ".join((error.diag.message_primary or str(error)).split())


def _first(cursor: psycopg.Cursor[Any]) -> Any:
    row = cursor.fetchone()
    return row[0] if row else None


def _arrow(cursor: psycopg.Cursor[Any]) -> pa.Table:
    description = cursor.description or []
    rows = cursor.fetchall()
    columns: dict[str, pa.Array] = {}
    for i, column in enumerate(description):
        values = [row[i] for row in rows]
        kind = _TYPES.get(column.type_code)
        if kind is None:
            values, kind = [None if value is None else str(value) for value in values], pa.string()
        elif column.type_code == 1700:
            values = [None if value is None else float(value) for value in values]
        name = column.name if column.name not in columns else f"{column.name}_{i}"
        columns[name] = pa.array(values, kind)
    return pa.table(columns)


class _PostgresSession:
    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        cursor = self._run(sql, parameters)
        return cursor.fetchall() if cursor.description else []

    def table(self, sql: str, parameters: Sequence[Any] = ()) -> pa.Table:
        return _arrow(self._run(sql, parameters))

    def run(self, script: str) -> None:
        # Sorted by code point, whatever the database's own order is: the same answers as in DuckDB.
        script = re.sub(r"\bTEXT(\[\])?(?=[ ,;\n])(?! COLLATE)", r'TEXT\1 COLLATE "C"', script)
        self._connection.execute(script)
        self._connection.execute(_indexes())

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        if not rows:
            return
        copy = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
        with self._connection.cursor() as cursor, cursor.copy(copy) as into:
            for row in rows:
                into.write_row(row)

    def _run(self, sql: str, parameters: Sequence[Any]) -> psycopg.Cursor[Any]:
        if not parameters:
            return self._connection.execute(sql)
        # PostgreSQL plans by the values of an array, but not by those of a question for its members.
        sql = _AMONG.sub(r"= ANY(\1)", sql).replace("%", "%%").replace("?", "%s")
        return self._connection.execute(sql, list(parameters))
