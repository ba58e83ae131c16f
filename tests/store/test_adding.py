"""Keeping: idempotent, whole, in any order; readers, writers; what is no chronicle."""

import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest

from made_up import coded, codings, person, state, telling
from vakanuvis.errors import ChronicleBusy, ChronicleError, ChronicleTooNew, NotAChronicle
from vakanuvis.records import Coding
from vakanuvis.store import Added, Chronicle, schema
from vakanuvis.store.engines import engine
from vakanuvis.store.writing import Writer

Places = Callable[[], str]
FIDAN = person("Hakan Fidan", "TUR", "foreign minister")


def everything(chronicle: Chronicle) -> dict[str, list[dict[str, object]]]:
    """All that a chronicle answers, without what says when it was written."""
    return {
        "events": chronicle.events().to_pylist(),
        "happenings": chronicle.happenings().to_pylist(),
        "reports": chronicle.reports().drop_columns(["voice"]).to_pylist(),
        "actors": chronicle.actors().to_pylist(),
        "expectations": chronicle.expectations(as_of="2024-01-01").to_pylist(),
        "contradictions": chronicle.contradictions().to_pylist(),
        "dyad": chronicle.dyad("TUR", "ISR").to_pylist(),
    }


def renamed(coding: Coding, name: str, outlet: str | None = None) -> Coding:
    report = coding.reading.report
    report = replace(report, id=name, outlet=outlet or report.outlet)
    return replace(coding, reading=replace(coding.reading, report=report))


def test_adding_again_changes_nothing(place: Places) -> None:
    chronicle = Chronicle(place())
    made = list(codings(60))
    assert chronicle.add(made) == Added(60, 0, 60)
    before = everything(chronicle)
    assert chronicle.add(made) == Added(0, 60, 0)
    assert chronicle.add([renamed(c, f"other-{c.reading.report.id}") for c in made]) == Added(0, 60, 0)
    assert everything(chronicle) == before


def test_the_order_of_adding_does_not_count(place: Places) -> None:
    made = list(codings(150, days=40))
    first = Chronicle(place())
    first.add(made)
    expected = everything(first)
    for seed in (1, 2):
        other = Chronicle(place())
        mixed = random.Random(seed).sample(made, len(made))
        for start in range(0, len(mixed), 37):
            other.add(mixed[start : start + 37])
        assert everything(other) == expected


def test_both_stores_answer_alike(tmp_path: Path, new_database: Places) -> None:
    made = list(codings(120, days=60))
    both = [Chronicle(tmp_path / "c.duckdb"), Chronicle(new_database())]
    for chronicle in both:
        chronicle.add(made)
    one, other = map(everything, both)
    assert one == other
    for name in ("events", "happenings", "reports", "actors", "expectations", "contradictions"):
        schemas = [getattr(chronicle, name)(limit=3).schema for chronicle in both]
        assert schemas[0] == schemas[1], name
    assert both[0].count(["month", "type"]).equals(both[1].count(["month", "type"]))


def test_the_same_text_elsewhere_is_another_report_but_no_new_voice(place: Places) -> None:
    chronicle = Chronicle(place())
    coding = coded("a", telling("CONSULT", (FIDAN,), (state("QAT"),), extra="Doha'da uzun süren bir toplantı yapıldı"))
    assert chronicle.add([coding]).reports == 1
    assert chronicle.add([renamed(coding, "b", "Başka Ajans")]).reports == 1
    (happening,) = chronicle.happenings().to_pylist()
    assert (happening["voices"], happening["reports"]) == (1, 2)
    other = coded("c", telling("CONSULT", (FIDAN,), (state("QAT"),), words="bir araya geldi"), outlet="Üçüncü")
    chronicle.add([other])
    (happening,) = chronicle.happenings().to_pylist()
    assert (happening["voices"], happening["reports"]) == (2, 3)


def test_an_id_given_out_earlier_still_finds_the_happening(place: Places) -> None:
    chronicle = Chronicle(place())
    met = telling("CONSULT", (FIDAN,), (state("QAT"),))
    chronicle.add([coded("late", met, published="2024-05-06T20:00", outlet="Geç")])
    (old,) = chronicle.happenings()["id"].to_pylist()
    chronicle.add([coded("early", met, published="2024-05-06T08:00", outlet="Erken")])
    (new,) = chronicle.happenings()["id"].to_pylist()
    assert new != old
    assert chronicle.happening(old)["id"] == new


def test_texts_that_a_database_cannot_hold_keep_their_offsets(place: Places) -> None:
    chronicle = Chronicle(place())
    coding = coded("x", telling("ACCUSE", (state("TUR"),), (state("ISR"),), extra="son"))
    report = replace(coding.reading.report, text=coding.reading.report.text.replace("son", "s\0\ud800n"))
    chronicle.add([replace(coding, reading=replace(coding.reading, report=report))])
    kept = chronicle.report("x")["text"]
    assert len(kept) == len(report.text)
    assert [c.reading.report.text for c in chronicle.codings()] == [kept]


def test_a_coding_comes_back_as_it_went_in(place: Places) -> None:
    made = list(codings(20))
    chronicle = Chronicle(place())
    chronicle.add(made)
    assert sorted(chronicle.codings(), key=lambda c: c.reading.report.id) == sorted(
        made, key=lambda c: c.reading.report.id
    )


def test_what_an_older_version_coded_is_redone(place: Places) -> None:
    chronicle = Chronicle(place())
    made = list(codings(40, days=20))
    chronicle.add(made[:25], versions=("m1", "r1"))
    chronicle.add(made[25:], versions=("m2", "r1"))
    assert chronicle.stale(("m2", "r1")) == 25
    by_id = {c.reading.report.id: c for c in made}

    def code(reports):  # type: ignore[no-untyped-def]
        for report in reports:
            coding = by_id[report.id]
            yield replace(coding, events=tuple(replace(e, dead=3) for e in coding.events))

    assert chronicle.recode(code, ("m2", "r1")) == 25
    assert chronicle.stale(("m2", "r1")) == 0
    afresh = Chronicle(place())
    afresh.add([*code(c.reading.report for c in made[:25]), *made[25:]], versions=("m2", "r1"))
    assert everything(chronicle) == everything(afresh)


def test_a_failing_stream_keeps_whole_reports_and_a_rerun_completes(place: Places) -> None:
    made = list(codings(40))

    def breaks() -> Iterator[Coding]:
        yield from made[:17]
        raise RuntimeError("the model died")

    chronicle = Chronicle(place())
    chronicle.add(made[:5])
    with pytest.raises(RuntimeError):
        chronicle.add(breaks())
    chronicle.add(made)
    whole = Chronicle(place())
    whole.add(made)
    assert everything(chronicle) == everything(whole)


def test_two_chronicles_are_open_at_once(place: Places) -> None:
    first, second = place(), place()
    Chronicle(first).add(codings(3))
    with engine(first).read() as session:
        Chronicle(second).add(codings(5, seed=2))
        assert Chronicle(second).total("reports") == 5
        assert session.rows("SELECT count(*) FROM report") == [(3,)]


def test_readers_read_while_a_writer_writes(place: Places) -> None:
    url = place()
    Chronicle(url).add(codings(20))
    stop, seen = threading.Event(), []
    script = (
        "import sys, time; sys.path.insert(0, 'tests')\n"
        "from made_up import codings; from vakanuvis.store import Chronicle\n"
        "def slow():\n"
        "    for coding in codings(400, seed=9):\n"
        "        time.sleep(0.005); yield coding\n"
        f"Chronicle({url!r}).add(slow())"
    )
    writer = subprocess.Popen([sys.executable, "-c", script])
    reader = Chronicle(url)
    while writer.poll() is None and not stop.is_set():
        seen.append(reader.total("reports"))
        assert reader.total("events") >= seen[-1] - 20  # each report came with its event
        time.sleep(0.02)
    assert writer.returncode == 0
    assert len(set(seen)) > 2, "the reader saw the chronicle grow"
    assert seen == sorted(seen)
    assert reader.total("reports") == 420


def test_a_second_writer_waits_or_is_told(place: Places) -> None:
    url = place()
    Chronicle(url).add(codings(3))
    entered, leave = threading.Event(), threading.Event()

    def held() -> Iterator[Coding]:
        entered.set()
        leave.wait(20)
        yield from codings(5, seed=2)

    first = threading.Thread(target=lambda: Chronicle(url).add(held()))
    first.start()
    entered.wait(20)
    with pytest.raises(ChronicleBusy, match="writing"):
        Chronicle(url, wait=0.2).add(codings(5, seed=3))
    second = threading.Thread(target=lambda: Chronicle(url).add(codings(5, seed=3)))
    second.start()
    leave.set()
    first.join(30)
    second.join(30)
    assert Chronicle(url).total("reports") == 13


def test_where_nothing_can_be_read_no_chronicle_is_made(place: Places, tmp_path: Path) -> None:
    chronicle = Chronicle(place())
    (tmp_path / "empty.txt").write_text("")
    added = chronicle.add([str(tmp_path / "empty.txt"), str(tmp_path / "missing.txt")])
    assert (added.reports, len(added.faults)) == (0, 2)
    assert not chronicle.exists()
    with pytest.raises(ChronicleError, match="vakanuvis add"):
        chronicle.info()
    chronicle.add(codings(3))
    assert chronicle.total("reports") == 3


def test_reading_where_nothing_is_says_what_to_do(place: Places) -> None:
    with pytest.raises(ChronicleError, match="vakanuvis add"):
        Chronicle(place()).info()


@pytest.mark.parametrize("content", [b"", b"Dear diary", b"PK\x03\x04" * 100])
def test_a_foreign_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.duckdb"
    path.write_bytes(content)
    for act in (lambda c: c.info(), lambda c: c.add(codings(2))):
        with pytest.raises(NotAChronicle, match=r"notes\.duckdb"):
            act(Chronicle(path))
    assert path.read_bytes() == content


def test_somebody_elses_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "theirs.duckdb"
    with duckdb.connect(str(path)) as database:
        database.execute("CREATE TABLE meta (a INTEGER, b INTEGER)")
    for act in (lambda c: c.info(), lambda c: c.add(codings(2))):
        with pytest.raises(NotAChronicle):
            act(Chronicle(path))
    with duckdb.connect(str(path)) as database:
        assert [row[0] for row in database.execute("SHOW TABLES").fetchall()] == ["meta"]


def test_somebody_elses_schema_is_refused_and_left_alone(new_database: Places) -> None:
    url = new_database()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA vakanuvis")
        connection.execute("CREATE TABLE vakanuvis.theirs (a INTEGER)")
    with pytest.raises(NotAChronicle):
        Chronicle(url).add(codings(2))
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'vakanuvis'").fetchall()
    assert rows == [("theirs",)]


def test_a_damaged_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "c.duckdb"
    Chronicle(path).add(codings(30))
    broken = path.read_bytes()[: path.stat().st_size // 3]
    path.write_bytes(broken)
    for act in (lambda c: c.info(), lambda c: c.add(codings(2))):
        with pytest.raises(NotAChronicle, match="damaged"):
            act(Chronicle(path))
    assert path.read_bytes() == broken


def test_a_later_versions_chronicle_is_refused(place: Places) -> None:
    url = place()
    Chronicle(url).add(codings(2))
    _set_version(url, schema.version() + 1)
    with pytest.raises(ChronicleTooNew, match="later"):
        Chronicle(url).info()


def _set_version(url: str, version: int) -> None:
    sql = f"UPDATE meta SET value = '{version}' WHERE name = 'schema'"
    if "://" in url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(sql.replace("meta", "vakanuvis.meta"))
    else:
        with duckdb.connect(url) as database:
            database.execute(sql)


def test_an_older_chronicle_is_brought_up_to_date(place: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    url = place()
    Chronicle(url).add(codings(5))
    steps = dict(schema.steps())
    later = max(steps) + 1
    monkeypatch.setattr(schema, "steps", lambda: {**steps, later: "ALTER TABLE report ADD COLUMN note TEXT;"})
    chronicle = Chronicle(url)
    assert chronicle.info()["schema"] == later
    assert chronicle.total("reports") == 5
    chronicle.add(codings(9))
    assert chronicle.total("reports") == 9


def test_a_server_that_is_not_there_is_named_without_the_password() -> None:
    with pytest.raises(ChronicleError) as caught:
        Chronicle("postgresql://ada:secret@127.0.0.1:1/none").info()
    assert "127.0.0.1" in str(caught.value)
    assert "secret" not in str(caught.value)


def _write_as_the_first_version_did(url: str) -> None:
    """Take a chronicle back to the schema and the stored accounts of the first version."""
    short = """UPDATE account SET doc = substr(doc, 1, length(doc) - length(',[]]')) || ']' WHERE doc LIKE '%,[]]';"""
    back = f"""
        CREATE TABLE band (hash BIGINT NOT NULL, report INTEGER NOT NULL);
        DROP TABLE mark;
        INSERT INTO anchor SELECT * FROM pivot_anchor;
        DROP TABLE pivot_anchor;
        ALTER TABLE event DROP COLUMN tie;
        ALTER TABLE event_party DROP COLUMN again;
        UPDATE anchor SET key = key # 12345;
        DELETE FROM contradiction;
        DELETE FROM meta WHERE name IN ('matching', 'numbers');
        UPDATE meta SET value = '1' WHERE name = 'schema';
        {short}
    """
    if "://" in url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("SET search_path = vakanuvis")
            connection.execute(back)
    else:
        with duckdb.connect(url) as database:
            database.execute(back.replace("key # 12345", "xor(key, 12345)"))


def test_what_an_older_matching_made_is_matched_anew(place: Places) -> None:
    url = place()
    made = list(codings(300, days=60))
    Chronicle(url).add(made[:280])
    _write_as_the_first_version_did(url)
    old = Chronicle(url)
    assert old.unmatched() == 280
    assert len(old.happenings()) == len(list(old.selected())) > 1, "questions are answered all the same"
    with pytest.raises(ChronicleError, match="recode"):
        old.add(made[280:])
    with pytest.raises(ChronicleError, match="recode"):
        old.recode(lambda reports: iter(()), ("m2", "r1"), everything=True)
    assert old.rematch() == 280
    assert old.unmatched() == 0
    assert old.rematch() == 0
    old.add(made[280:])
    afresh = Chronicle(place())
    afresh.add(made)
    assert everything(old) == everything(afresh)


def test_matching_anew_goes_on_where_it_was_cut_off(place: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    url = place()
    made = list(codings(120, days=40))
    Chronicle(url).add(made)
    expected = everything(Chronicle(url))
    _write_as_the_first_version_did(url)
    monkeypatch.setattr("vakanuvis.store.chronicle.BATCH", 30)
    tell_again, left = Writer.tell_again, [2]

    def dies(self: Writer, *given: Any) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        tell_again(self, *given)

    monkeypatch.setattr(Writer, "tell_again", dies)
    with pytest.raises(KeyboardInterrupt):
        Chronicle(url).rematch()
    monkeypatch.undo()
    again = Chronicle(url)
    assert again.unmatched() == 60
    assert again.rematch() == 60
    assert everything(again) == expected


class _Counted:
    """A writing session that counts what goes through it."""

    def __init__(self, session: Any) -> None:
        self.session, self.statements, self.found = session, 0, 0

    def rows(self, sql: str, parameters: Any = ()) -> Any:
        found = self.session.rows(sql, parameters)
        self.statements, self.found = self.statements + 1, self.found + len(found)
        return found

    def insert(self, table: str, columns: Any, rows: Any) -> None:
        self.statements += 1
        self.session.insert(table, columns, rows)


def test_adding_one_report_is_as_much_work_in_a_chronicle_ten_times_as_long(place: Places) -> None:
    one = next(codings(1, seed=3, start=date(2024, 1, 2)))
    counts = []
    for number in (40, 400):
        chronicle = Chronicle(place())
        # As many reports a day, over a tenth of the time or the whole of it, up to the day of the one.
        chronicle.add(codings(number, start=date(2024, 1, 2) - timedelta(days=number), days=number))
        with chronicle._engine.writer(), chronicle._engine.write() as session:
            counted = _Counted(session)
            Writer().add(counted, [(one, ("", ""))])
        counts.append((counted.statements, counted.found))
    assert abs(counts[0][0] - counts[1][0]) <= 8, counts  # a few depend on whether anything is near
    assert counts[1][1] < 120, counts


def test_rows_put_in_order_give_the_same_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = list(codings(80, days=30))
    plain, ordered = Chronicle(tmp_path / "plain.duckdb"), Chronicle(tmp_path / "ordered.duckdb")
    plain.add(made)
    monkeypatch.setattr("vakanuvis.store.engines._LOOSE", 10)
    ordered.add(made[:50])
    ordered.add(made[50:])
    ordered._engine.tune()
    assert everything(ordered) == everything(plain)
    with duckdb.connect(str(ordered.name), read_only=True) as database:
        for table, column in (("mark", "hash"), ("posting", "token"), ("anchor", "key")):
            found = [value for (value,) in database.execute(f"SELECT {column} FROM {table}").fetchall()]
            assert found == sorted(found), table
    assert ordered.add(made) == Added(0, 80, 0)
