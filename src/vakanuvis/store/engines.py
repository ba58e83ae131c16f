"""The two stores behind one face: a DuckDB file and a PostgreSQL database.

SQL is written once, in the words that both share, with `?` for parameters. An engine opens sessions: many that read,
one that writes. What a session reads is one moment's state.

DuckDB lets either one process write a file or many read it. So no session keeps the file open for longer than its
statements take: a writer opens it for one short transaction after another, readers come in between, and each waits a
little for the other. Who writes holds `FILE.lock` for as long as the whole of an `add` takes. A server that reads may
keep the file open between its sessions (`keep_open`), as opening costs more than most questions: it lets go as soon as
that lock is taken.

Most of what opening costs is DuckDB itself, not the file. So there is one DuckDB in the process, to which a file is
attached for as long as a session takes. Only a user's SQL, and a server, get one for themselves: it must not see other
files, and that can be forbidden only once and for all.
"""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import duckdb
import pyarrow as pa
from filelock import FileLock, Timeout

from vakanuvis.errors import ChronicleBusy, ChronicleError, FilterError, NotAChronicle

Row = tuple[Any, ...]
WAIT = 60.0  # seconds that a session waits for another one to let go
_POLL = 0.004  # seconds between two tries
_WATCH = 0.05  # seconds between two looks for a writer, where the file is kept open
_FEW = 1000  # rows up to which lists of values are quicker to hand over than a table
_LOOSE = 300_000  # rows out of order that cost a question next to nothing
ORDERED = {
    "mark": "hash", "posting": "token, report", "pivot_anchor": "key", "anchor": "key", "ledger_anchor": "key"
}  # fmt: skip
"""The tables in which a few numbers are looked for among very many, and the order in which they are found quickly."""
_TURN = 0.25  # seconds after which readers in a row make room for a writer


class Session(Protocol):
    """One transaction."""

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Run a statement and give its rows, none where it gives none."""
        ...

    def table(self, sql: str, parameters: Sequence[Any] = ()) -> pa.Table:
        """Run a query and give its rows as an Arrow table."""
        ...

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Append rows to a table."""
        ...

    def run(self, script: str) -> None:
        """Run the statements of a script."""
        ...


class Engine(Protocol):
    """A place where a chronicle is kept.

    Attributes:
        name: what a user calls it, without a password.
    """

    name: str

    def exists(self) -> bool:
        """Whether something is there already; for a database, whether it holds our schema."""
        ...

    def create(self, script: str) -> None:
        """Make the place, with the tables of a script, all at once.

        Raises:
            ChronicleError: it cannot be made.
        """
        ...

    def read(self) -> AbstractContextManager[Session]:
        """A session that cannot change anything."""
        ...

    def query(self, sql: str) -> pa.Table:
        """Run one statement of a user's own, read-only.

        Raises:
            FilterError: the statement fails.
        """
        ...

    def write(self) -> AbstractContextManager[Session]:
        """A session whose changes are kept when it ends well, all or none. Only inside of `writer`."""
        ...

    def writer(self, wait: float = WAIT) -> AbstractContextManager[None]:
        """Be the only writer.

        Raises:
            ChronicleBusy: another one is, for longer than `wait` seconds.
        """
        ...

    def tune(self) -> None:
        """Make ready for many questions after many changes."""
        ...

    def revision(self) -> str:
        """What is another one after every change; costs next to nothing."""
        ...

    def keep_open(self) -> None:
        """Stay open between sessions, for many of them; others can write nevertheless."""
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...


def engine(url: str | Path) -> Engine:
    """The engine for a path or a `postgresql://` address."""
    text = str(url)
    if text.startswith(("postgresql://", "postgres://")):
        from vakanuvis.store.postgres import Postgres

        return Postgres(text)
    if "://" in text:
        raise ChronicleError(f"{text}: give a file for DuckDB or postgresql://... for PostgreSQL")
    return Duck(Path(text))


def without_password(url: str) -> str:
    """The address as it may be shown."""
    parts = urlsplit(url)
    return url.replace(f":{parts.password}@", ":***@") if parts.password else url


# ---------------------------------------------------------------- DuckDB


class _Handle:
    """The one open database of a file in this process, shared by its sessions."""

    def __init__(self) -> None:
        self.free = threading.Condition()
        self.database: _Opened | None = None
        self.users = 0
        self.writers_waiting = 0
        self.kept_open = False
        self.opened = 0.0

    def let_go(self) -> None:
        """Close, where nobody uses it."""
        if self.database is not None and not self.users:
            self.database.close()
            self.database = None
            self.free.notify_all()


_handles: dict[str, _Handle] = {}
_handles_lock = threading.Lock()


class _Opened(Protocol):
    """An open file.

    Attributes:
        writable: whether it may be changed.
        fenced: whether SQL that runs there sees nothing else than this file.
    """

    writable: bool
    fenced: bool

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of its own."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


class _Fenced:
    """A file open for reading in a DuckDB of its own."""

    writable, fenced = False, True

    def __init__(self, path: Path) -> None:
        self._database = duckdb.connect(str(path), read_only=True, config={"enable_external_access": "false"})

    def cursor(self) -> duckdb.DuckDBPyConnection:
        return self._database.cursor()

    def close(self) -> None:
        self._database.close()


class _Attached:
    """A file that this process's own DuckDB has open for a moment."""

    fenced = False
    _shared: duckdb.DuckDBPyConnection | None = None
    _guard = threading.Lock()
    _numbers = itertools.count(1)

    def __init__(self, path: Path, *, writable: bool) -> None:
        self.writable = writable
        with self._guard:
            if _Attached._shared is None:
                _Attached._shared = duckdb.connect(config={"autoinstall_known_extensions": "false"})
            self._database = _Attached._shared.cursor()
        self._name = f"chronicle{next(self._numbers)}"
        quoted, mode = str(path).replace("'", "''"), "" if writable else " (READ_ONLY)"
        self._database.execute(f"ATTACH '{quoted}' AS {self._name}{mode}")

    def cursor(self) -> duckdb.DuckDBPyConnection:
        cursor = self._database.cursor()
        cursor.execute(f"USE {self._name}")
        return cursor

    def close(self) -> None:
        try:
            self._database.execute(f"DETACH {self._name}")
        except duckdb.Error:
            # What was committed is in the log beside the file; this DuckDB may hold the file, and is not used again.
            with self._guard:
                if _Attached._shared is not None:
                    _Attached._shared.close()
                    _Attached._shared = None
        finally:
            self._database.close()


class Duck:
    """A chronicle in a DuckDB file."""

    def __init__(self, path: Path) -> None:
        self.path, self.name = path, str(path)
        with _handles_lock:
            self._handle = _handles.setdefault(str(path.absolute()), _Handle())
        self._columns: dict[str, pa.Schema] = {}
        self._kinds: dict[tuple[str, str], str] = {}

    def exists(self) -> bool:
        return self.path.exists()

    def create(self, script: str) -> None:
        # A file that was never finished has another name, so that being killed here leaves no half-made chronicle.
        made = self.path.with_name(self.path.name + ".new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            for left in (made, made.with_name(made.name + ".wal")):
                left.unlink(missing_ok=True)
            with duckdb.connect(str(made)) as database:
                database.execute("BEGIN")
                database.execute(script)
                database.execute("COMMIT")
            made.rename(self.path)
        except (OSError, duckdb.Error) as error:
            raise ChronicleError(f"{self.path}: cannot make a chronicle here: {_plain(error)}") from None

    @contextmanager
    def read(self) -> Iterator[Session]:
        with self._opened() as cursor:
            cursor.execute("BEGIN TRANSACTION READ ONLY")
            try:
                yield _DuckSession(self, cursor)
            finally:
                cursor.execute("ROLLBACK")

    def query(self, sql: str) -> pa.Table:
        with self._opened(fenced=True) as cursor:
            try:
                statements = duckdb.extract_statements(sql)
                if len(statements) != 1:
                    raise FilterError("give one SQL statement at a time")
                if statements[0].type not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
                    raise FilterError("only SELECT is allowed here: the chronicle is open for reading")
                cursor.execute("BEGIN TRANSACTION READ ONLY")
                try:
                    return cursor.sql(sql).to_arrow_table()
                finally:
                    cursor.execute("ROLLBACK")
            except duckdb.Error as error:
                raise FilterError(f"SQL: {_plain(error)}") from None

    @contextmanager
    def write(self) -> Iterator[Session]:
        with self._opened(writable=True) as cursor:
            cursor.execute("BEGIN")
            try:
                yield _DuckSession(self, cursor)
            except BaseException:
                cursor.execute("ROLLBACK")
                raise
            cursor.execute("COMMIT")

    @contextmanager
    def writer(self, wait: float = WAIT) -> Iterator[None]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.path.with_name(self.path.name + ".lock"))
        try:
            lock.acquire(timeout=wait)
        except Timeout:
            raise ChronicleBusy(
                f"{self.path}: another process has been writing for {wait:g} s; try again when it is done"
            ) from None
        except OSError as error:
            raise ChronicleError(f"{self.path}: cannot write here: {error.strerror or error}") from None
        try:
            yield
        finally:
            lock.release()

    def tune(self) -> None:
        """Put the rows of long tables in order, so that a question reads only the part that can hold what it looks for.

        DuckDB knows the lowest and the highest value of every stretch of rows. What was added since lies at the end as
        it came, and is read whole; so this is done again when there is much of it.
        """
        with self.write() as session:
            ((noted,),) = session.rows("SELECT coalesce(max(value), '{}') FROM meta WHERE name = 'ordered'")
            before: dict[str, int] = json.loads(noted)
            after = dict(before)
            for table, order in ORDERED.items():
                ((number,),) = session.rows(f"SELECT count(*) FROM {table}")
                if number - before.get(table, 0) > max(_LOOSE, number // 8):
                    session.run(
                        f"CREATE TEMP TABLE ordered AS SELECT * FROM {table} ORDER BY {order}; DELETE FROM {table}; "
                        f"INSERT INTO {table} SELECT * FROM ordered; DROP TABLE ordered;"
                    )
                    after[table] = number
            if after != before:
                session.rows("DELETE FROM meta WHERE name = 'ordered'")
                session.rows("INSERT INTO meta VALUES ('ordered', ?)", [json.dumps(after)])

    def revision(self) -> str:
        found = []
        for path in (self.path, self.path.with_name(self.path.name + ".wal")):
            try:
                state = path.stat()
                found.append(f"{state.st_mtime_ns:x}.{state.st_size:x}")
            except OSError:
                found.append("")
        return "-".join(found)

    def keep_open(self) -> None:
        handle = self._handle
        with handle.free:
            if not handle.kept_open:
                handle.kept_open = True
                threading.Thread(target=self._watch, name="vakanuvis-watch", daemon=True).start()

    def close(self) -> None:
        with self._handle.free:
            self._handle.kept_open = False
            self._handle.let_go()

    def _watch(self) -> None:
        """Let go of a file that is kept open as soon as somebody wants to write it."""
        handle = self._handle
        while handle.kept_open:
            time.sleep(_WATCH)
            with handle.free:
                if handle.database is not None and not handle.users and self._wanted():
                    handle.let_go()

    def _wanted(self) -> bool:
        """Whether a writer, be it another process, has taken the lock.

        Trying takes it for a moment: to be asked by one thread at a time, and wrong now and then where two servers ask.
        """
        lock = FileLock(self.path.with_name(self.path.name + ".lock"))
        if not Path(lock.lock_file).exists():
            return False
        try:
            with lock.acquire(timeout=0):
                return False
        except (Timeout, OSError):
            return True

    def schema(self, table: str, cursor: duckdb.DuckDBPyConnection) -> pa.Schema:
        """The Arrow schema of a table."""
        if table not in self._columns:
            self._columns[table] = cursor.sql(f"SELECT * FROM {table} LIMIT 0").to_arrow_table().schema
        return self._columns[table]

    def kind(self, table: str, column: str, cursor: duckdb.DuckDBPyConnection) -> str:
        """The SQL type of a column."""
        if not self._kinds:
            self._kinds = {
                (table, column): kind for table, column, kind in cursor.execute(
                    "SELECT table_name, column_name, data_type FROM duckdb_columns() "
                    "WHERE database_name = current_database()"
                ).fetchall()
            }  # fmt: skip
        return self._kinds[table, column]

    @contextmanager
    def _opened(self, *, writable: bool = False, fenced: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
        handle = self._handle

        def fits() -> bool:
            there = handle.database
            return there is None or (there.writable if writable else there.fenced or not fenced)

        with handle.free:
            if writable:
                handle.writers_waiting += 1
                if not fits():
                    handle.let_go()
                try:
                    handle.free.wait_for(fits)
                finally:
                    handle.writers_waiting -= 1
            else:
                since = handle.opened
                shared = handle.kept_open and handle.database is not None and not handle.database.writable
                if shared and time.monotonic() - since > _TURN and self._wanted():
                    # Readers whose sessions overlap without end would keep the file open for ever.
                    handle.let_go()
                    handle.free.wait_for(lambda: handle.database is None or handle.opened != since, _TURN)
                    if handle.database is None:
                        time.sleep(2 * _POLL)
                handle.free.wait_for(lambda: not handle.writers_waiting and fits())
            if handle.database is None:
                handle.database = self._connect(writable, fenced or (handle.kept_open and not writable))
                handle.opened = time.monotonic()
            handle.users += 1
            database = handle.database
            cursor = database.cursor()
        try:
            yield cursor
        except _DAMAGED as error:
            raise NotAChronicle(f"{self.path}: the file is damaged: {_plain(error)}") from None
        finally:
            cursor.close()
            with handle.free:
                handle.users -= 1
                if not database.fenced or not handle.kept_open or self._wanted():
                    handle.let_go()
                handle.free.notify_all()

    def _connect(self, writable: bool, fenced: bool) -> _Opened:
        if not self.path.exists():
            raise ChronicleError(f"{self.path}: there is no chronicle; `vakanuvis add SOURCES` makes one")
        if not _looks_like_duckdb(self.path):
            raise NotAChronicle(f"{self.path}: this is no chronicle (not a DuckDB file); it was left as it is")
        deadline = time.monotonic() + WAIT
        while True:
            try:
                return _Fenced(self.path) if fenced else _Attached(self.path, writable=writable)
            except duckdb.Error as error:
                if "lock" not in str(error):
                    raise NotAChronicle(f"{self.path}: the file is damaged: {_plain(error)}") from None
                if time.monotonic() > deadline:
                    raise ChronicleBusy(f"{self.path}: another process has held it for {WAIT:g} s") from None
                time.sleep(_POLL)


_DAMAGED = (duckdb.IOException, duckdb.SerializationException, duckdb.InternalException, duckdb.FatalException)


def _looks_like_duckdb(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(12)[8:12] == b"DUCK"
    except OSError as error:
        raise ChronicleError(f"{path}: cannot be read: {error.strerror or error}") from None


def _plain(error: Exception) -> str:
    """An error's message on one line, without the engine's picture of the statement."""
    return " ".join(str(error).split("\n\nLINE")[0].split())


class _DuckSession:
    def __init__(self, duck: Duck, cursor: duckdb.DuckDBPyConnection) -> None:
        self._duck, self._cursor = duck, cursor

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        return self._cursor.execute(sql, list(parameters)).fetchall()

    def table(self, sql: str, parameters: Sequence[Any] = ()) -> pa.Table:
        return self._cursor.sql(sql, params=list(parameters)).to_arrow_table()

    def run(self, script: str) -> None:
        self._cursor.execute(script)

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        if not rows:
            return
        lists = [list(values) for values in zip(*rows, strict=True)]
        if len(rows) <= _FEW:
            kinds = (self._duck.kind(table, column, self._cursor) for column in columns)
            values = ", ".join(f"unnest(CAST(? AS {kind}[]))" for kind in kinds)
            self._cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values}", lists)
            return
        schema = self._duck.schema(table, self._cursor)
        data = {
            column: pa.array(values, schema.field(column).type)
            for column, values in zip(columns, lists, strict=True)
        }  # fmt: skip
        self._cursor.register("_rows", pa.table(data))
        self._cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT * FROM _rows")
        self._cursor.unregister("_rows")
