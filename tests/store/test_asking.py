"""Questions: every filter against the same selection made by hand, pages, orders, SQL."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from made_up import coded, codings, group, organisation, person, state, stranger, telling, town
from vakanuvis.errors import FilterError, NotFound
from vakanuvis.records import Coding, Finding
from vakanuvis.store import Chronicle

Places = Callable[[], str]
FIDAN = person("Hakan Fidan", "TUR", "foreign minister")
HAMAS = organisation("Hamas", "PSE")
CAIRO = town("Kahire", "EGY", 360630, 30.06, 31.25)


def made() -> list[Coding]:
    return list(codings(150, days=90))


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    """What the events of the corpus are, straight from the codings."""
    return [
        {
            "key": (c.reading.report.id, e.id), "type": e.type, "status": e.status, "mode": e.mode,
            "actor": e.actors[0], "recipient": e.recipients[0], "place": e.place,
            "day": e.when.start if e.status != "historical" or e.when.basis == "expression" else None,
            "outlet": c.reading.report.outlet, "language": c.reading.report.language, "text": c.reading.report.text,
            "context": e.context, "confidence": e.confidence,
        }
        for c in made() for e in c.events
    ]  # fmt: skip


@pytest.fixture(scope="module")
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Chronicle]:
    chronicles = {"duckdb": Chronicle(tmp_path_factory.mktemp("asking") / "c.duckdb")}
    chronicles["duckdb"].add(made())
    return chronicles


CASES: list[tuple[dict[str, Any], Callable[[dict[str, Any]], bool]]] = [
    ({}, lambda r: True),
    ({"actor": "TUR"}, lambda r: r["actor"].polity == "TUR"),
    ({"recipient": ["ISR", "PSE"]}, lambda r: r["recipient"].polity in ("ISR", "PSE")),
    ({"either": "USA"}, lambda r: "USA" in (r["actor"].polity, r["recipient"].polity)),
    ({"actor": "Tursson"}, lambda r: "Tursson" in r["actor"].name),
    ({"actor": "TUR.head-of-state"}, lambda r: r["actor"].entity == "TUR.head-of-state"),
    ({"actor": "Türkiye"}, lambda r: r["actor"].polity == "TUR"),
    ({"type": "consult"}, lambda r: r["type"] == "CONSULT"),
    ({"type": ["ASSAULT", "COERCE"]}, lambda r: r["type"] in ("ASSAULT", "COERCE")),
    ({"mode": "aerial"}, lambda r: r["mode"] == "aerial"),
    ({"status": "negated"}, lambda r: r["status"] == "negated"),
    ({"context": "diplomatic", "type": "AID"}, lambda r: r["type"] == "AID"),
    ({"place": "City3"}, lambda r: r["place"] is not None and r["place"].name.startswith("City3")),
    ({"place": "ISR"}, lambda r: r["place"] is not None and r["place"].country == "ISR"),
    ({"since": "2023-02"}, lambda r: r["day"] is not None and r["day"] >= date(2023, 2, 1)),
    ({"until": "2023-01-15"}, lambda r: r["day"] is not None and r["day"] <= date(2023, 1, 15)),
    (
        {"since": "2023-02", "until": "2023-02"},
        lambda r: r["day"] is not None and date(2023, 2, 1) <= r["day"] <= date(2023, 2, 28),
    ),
    ({"outlet": "outlet a"}, lambda r: r["outlet"] == "Outlet A"),
    ({"language": "en"}, lambda r: r["language"] == "en"),
    ({"text": "officials"}, lambda r: "officials" in r["text"]),
    ({"text": "kınama"}, lambda r: "kınadı" in r["text"]),
    ({"confidence": 0.95}, lambda r: False),
    ({"actor": "TUR", "type": "CONSULT", "language": "tr"},
     lambda r: r["actor"].polity == "TUR" and r["type"] == "CONSULT" and r["language"] == "tr"),
]  # fmt: skip


@pytest.mark.parametrize(("filters", "wanted"), CASES, ids=[str(case[0]) for case in CASES])
def test_each_filter_selects_what_it_says(
    kept: dict[str, Chronicle], rows: list[dict[str, Any]], filters: dict[str, Any], wanted: Callable[[Any], bool]
) -> None:
    chronicle = kept["duckdb"]
    expected = {row["key"] for row in rows if wanted(row)}
    found = chronicle.events(**filters).to_pylist()
    assert {(row["report"], row["event"]) for row in found} == expected
    assert chronicle.total("events", **filters) == len(found)


def test_both_stores_select_alike(kept: dict[str, Chronicle], new_database: Places) -> None:
    other = Chronicle(new_database())
    other.add(made())
    for filters in (*(case[0] for case in CASES), {"voices": 3}):
        for of in ("events", "happenings", "reports"):
            assert other.total(of, **filters) == kept["duckdb"].total(of, **filters), (of, filters)


def test_happenings_and_reports_take_the_same_filters(kept: dict[str, Chronicle]) -> None:
    chronicle = kept["duckdb"]
    for filters, _ in CASES:
        events = chronicle.events(**filters)
        assert set(events["report"].to_pylist()) <= set(chronicle.reports()["id"].to_pylist())
        happenings = chronicle.happenings(**filters).to_pylist()
        if filters.keys() in ({"text"}, {"outlet"}, {"language"}):
            assert {h["id"] for h in happenings} == set(events["happening"].to_pylist())
    assert min(chronicle.happenings(voices=3)["voices"].to_pylist()) >= 3


def test_happenings_that_some_reports_tell(kept: dict[str, Chronicle]) -> None:
    chronicle = kept["duckdb"]
    for reports in (["nobody's"], *([report] for report in chronicle.reports()["id"].to_pylist()[:5])):
        told = {e["happening"] for e in chronicle.events().to_pylist() if e["report"] in reports}
        assert set(chronicle.happenings(told_by=reports)["id"].to_pylist()) == told
    assert chronicle.happenings(told_by=[]).num_rows == 0


def test_pages_make_up_the_whole(place: Places) -> None:
    chronicle = Chronicle(place())
    chronicle.add(made())
    whole = chronicle.happenings(order="-voices")["id"].to_pylist()
    pages = [
        chronicle.happenings(order="-voices", limit=7, offset=o)["id"].to_pylist() for o in range(0, len(whole), 7)
    ]
    assert [id for page in pages for id in page] == whole
    assert chronicle.happenings(order="-voices")["voices"].to_pylist() == sorted(
        chronicle.happenings()["voices"].to_pylist(), reverse=True
    )
    for ask in (chronicle.events, chronicle.happenings, chronicle.reports, chronicle.actors, chronicle.places):
        assert ask(limit=10**20).to_pylist() == ask().to_pylist()
        assert ask(limit=10**20, offset=10**20).num_rows == 0


def test_pages_since_a_day_hold_what_has_not_ended_by_then(place: Places) -> None:
    chronicle = Chronicle(place())
    spans = [(1, 1), (1, 9), (2, 30), (3, 3), (9, 9), (10, 10), (10, 25), (11, 11), (20, 28)]
    chronicle.add(
        coded(
            f"{to}-{first}-{last}",
            telling(
                "CONSULT", (state("TUR"),), (state(to),), day=date(2024, 4, first), until=date(2024, 4, last),
                extra=f"told of {first} to {last}",
            ),
        )
        for to in ("QAT", "ISR") for first, last in spans
    )  # fmt: skip
    wanted = {"either": "ISR", "since": "2024-04-09", "until": "2024-04-15"}
    told = chronicle.events(**wanted)["report"].to_pylist()
    assert told == ["ISR-1-9", "ISR-2-30", "ISR-9-9", *sorted(told[3:5]), "ISR-11-11"]
    for ask in (chronicle.events, chronicle.happenings):
        for order in ("day", "-day", "-confidence"):
            whole = ask(order=order, **wanted).to_pylist()
            pages = [row for o in range(0, 8, 2) for row in ask(limit=2, offset=o, order=order, **wanted).to_pylist()]
            assert pages == whole


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"type": "CONSULTT"}, "CONSULT"),
        ({"actr": "TUR"}, "actor"),
        ({"since": "yesterday"}, "2023-05-17"),
        ({"confidence": 7}, "between 0 and 1"),
        ({"order": "size"}, "voices"),
        ({"limit": -1}, "0 or more"),
        ({"limit": True}, "0 or more"),
        ({"text": "..."}, "no words"),
    ],
)
def test_what_is_not_understood_is_said(kept: dict[str, Chronicle], filters: dict[str, Any], message: str) -> None:
    with pytest.raises(FilterError, match=message):
        kept["duckdb"].happenings(**filters)


def test_an_unknown_id_is_said(kept: dict[str, Chronicle]) -> None:
    for ask in (kept["duckdb"].happening, kept["duckdb"].report, kept["duckdb"].reactions):
        with pytest.raises(NotFound):
            ask("nothing")


def test_words_with_signs_of_the_query_language_are_words(kept: dict[str, Chronicle]) -> None:
    for words in ("100%", "a_b", "'; DROP TABLE event; --", "!"):
        assert kept["duckdb"].total("events", actor=words) == 0


def test_sql_reads_and_only_reads(place: Places) -> None:
    chronicle = Chronicle(place())
    chronicle.add(made()[:20])
    assert chronicle.sql("SELECT count(*) AS n FROM reports").to_pylist() == [{"n": 20}]
    assert chronicle.sql("SELECT * FROM happenings WHERE 'diplomatic' = ANY(context)").num_rows > 0
    for query in (
        "DELETE FROM report",
        "SELECT 1; DROP TABLE report",
        "COPY report TO '/tmp/stolen.csv'",
        "SELEC 1",
        "SELECT * FROM read_text('/etc/hostname')",
        "CREATE TABLE mine (a INTEGER)",
    ):
        with pytest.raises(FilterError):
            chronicle.sql(query)
    assert chronicle.total("reports") == 20


def test_an_announcement_comes_true_lapses_is_called_off_or_stays_open(place: Places) -> None:
    chronicle = Chronicle(place())
    will = {"status": "future", "place": CAIRO}
    egypt, qatar = person("Badr Abdelatty", "EGY", "foreign minister"), state("QAT")
    chronicle.add([
        coded("a", telling("CONSULT", (FIDAN,), (egypt,), day=date(2024, 5, 10), **will), outlet="Biri"),
        coded("b", telling("CONSULT", (FIDAN,), (HAMAS,), day=date(2024, 5, 12), status="future"), outlet="Biri"),
        coded("c", telling("CONSULT", (FIDAN,), (qatar,), day=date(2024, 6, 20), status="future"), outlet="Öteki"),
        coded("d", telling("SUPPORT", (state("DEU"),), (state("UKR"),), status="future"), outlet="Öteki"),
        coded("a2", telling("CONSULT", (FIDAN,), (egypt,), place=CAIRO), published="2024-05-10T20:00"),
        coded("c2", telling("REJECT", (qatar,), (FIDAN,), mode="meet"), published="2024-06-15T09:00"),
    ])  # fmt: skip
    ledger = {row["tellings"][0]["report"]: row for row in chronicle.expectations(as_of="2024-07-01").to_pylist()}
    assert {report: row["outcome"] for report, row in ledger.items()} == {
        "a": "fulfilled", "b": "lapsed", "c": "withdrawn", "d": "open",
    }  # fmt: skip
    assert ledger["a"]["lead_days"] == 4
    assert {row["outcome"] for row in chronicle.expectations(as_of="2024-05-11").to_pylist()} == {"fulfilled", "open"}
    before = chronicle.expectations(as_of="2024-05-09").to_pylist()
    assert {row["outcome"] for row in before} == {"open"}
    assert {row["outcome_happening"] for row in before} == {row["lead_days"] for row in before} == {None}
    assert chronicle.expectations(as_of="2024-05-01").num_rows == 0
    assert chronicle.expectations(as_of="2024-05-11", outcome="withdrawn").num_rows == 0
    record = {row["outlet"]: row for row in chronicle.track_record("outlet", as_of="2024-07-01").to_pylist()}
    assert (record["Biri"]["fulfilled"], record["Biri"]["lapsed"], record["Biri"]["came_true"]) == (1, 1, 0.5)


def test_who_agreed_to_something_has_not_done_it_and_a_denial_counts_from_its_day(place: Places) -> None:
    chronicle = Chronicle(place())
    hamas, israel, leaders = HAMAS, state("ISR"), group("Arap ülkelerinin liderleri")
    release = {"mode": "release", "day": date(2024, 6, 20)}
    chronicle.add([
        coded("a", telling("RETREAT", (hamas,), (israel,), status="future", **release), published="2024-05-06T08:00"),
        coded("a2", telling("AGREE", (hamas,), (israel,), words="anlaştı"), published="2024-05-07T08:00"),
        coded("b", telling("CONSULT", (FIDAN,), (state("QAT"),), status="future", day=date(2024, 6, 20), place=CAIRO),
              published="2024-05-06T08:00"),
        coded("b2", telling("CONSULT", (FIDAN,), (state("QAT"),), status="negated", day=date(2024, 6, 20), place=CAIRO),
              published="2024-05-09T08:00"),
        coded("c", telling("CONSULT", (leaders,), status="future", mode="multilateral", day=date(2024, 6, 1),
                           place=CAIRO), published="2024-05-06T08:00"),
        coded("c2", telling("CONSULT", (leaders,), mode="multilateral", day=date(2024, 6, 1), place=CAIRO),
              published="2024-06-01T20:00"),
    ])  # fmt: skip
    ledger = {row["tellings"][0]["report"]: row for row in chronicle.expectations(as_of="2024-07-01").to_pylist()}
    assert {report: row["outcome"] for report, row in ledger.items()} == {
        "a": "lapsed", "b": "withdrawn", "c": "fulfilled",
    }  # fmt: skip
    assert ledger["b"]["lead_days"] == 3


def test_what_came_before_the_day_announced_is_another_thing(place: Places) -> None:
    chronicle = Chronicle(place())
    will = telling("CONSULT", (FIDAN,), (state("QAT"),), status="future", day=date(2024, 5, 20))
    met = telling("CONSULT", (FIDAN,), (state("QAT"),))
    chronicle.add([coded("a", will, published="2024-05-06T08:00"), coded("b", met, published="2024-05-08T20:00")])
    (entry,) = chronicle.expectations(as_of="2024-05-15").to_pylist()
    assert entry["outcome"] == "open"
    chronicle.add([coded("c", met, published="2024-05-20T20:00")])
    (entry,) = chronicle.expectations(as_of="2024-05-25").to_pylist()
    assert (entry["outcome"], entry["outcome_day"]) == ("fulfilled", date(2024, 5, 20))


def test_a_talk_before_the_announcement_or_a_call_is_not_the_visit_announced(place: Places) -> None:
    chronicle = Chronicle(place())
    again = telling("CONSULT", (FIDAN,), (state("QAT"),), status="future", mode="visit", words="ziyaret edecek")
    met = telling("CONSULT", (FIDAN,), (state("QAT"),))
    call = telling("CONSULT", (FIDAN,), (state("QAT"),), mode="phone")
    chronicle.add([
        coded("a", met, published="2024-05-06T08:00"), coded("b", again, published="2024-05-06T18:00"),
        coded("c", call, published="2024-05-14T18:00"),
    ])  # fmt: skip
    assert [row["outcome"] for row in chronicle.expectations(as_of="2024-05-20").to_pylist()] == ["open"]
    chronicle.add([coded("d", {**met, "mode": "visit"}, published="2024-05-24T18:00")])
    (entry,) = chronicle.expectations(as_of="2024-06-01").to_pylist()
    assert (entry["outcome"], entry["outcome_day"]) == ("fulfilled", date(2024, 5, 24))


def test_what_is_only_feared_nobody_calls_off(place: Places) -> None:
    chronicle = Chronicle(place())
    parties = ((state("RUS"),), (state("UKR"),))
    chronicle.add([
        coded("a", telling("ASSAULT", *parties, status="hypothetical", words="saldırabilir")),
        coded("b", telling("ASSAULT", *parties, status="negated", words="saldırmadı"), published="2024-05-09T12:00"),
    ])  # fmt: skip
    (entry,) = chronicle.expectations(as_of="2024-06-01").to_pylist()
    assert (entry["kind"], entry["outcome"]) == ("feared", "open")


def test_what_somebody_was_to_do_alone_comes_true(place: Places) -> None:
    chronicle = Chronicle(place())
    leave = {"mode": "withdraw", "day": date(2024, 5, 20)}
    chronicle.add([
        coded("a", telling("RETREAT", (state("ISR"),), status="future", **leave), published="2024-05-06T08:00"),
        coded("b", telling("RETREAT", (state("ISR"),), **leave), published="2024-05-20T20:00"),
    ])  # fmt: skip
    assert [row["outcome"] for row in chronicle.expectations(as_of="2024-07-01").to_pylist()] == ["fulfilled"]


def test_days_in_the_wrong_order_are_refused(place: Places) -> None:
    chronicle = Chronicle(place())
    chronicle.add(made()[:1])
    with pytest.raises(FilterError, match="since 2024-06-01 is after until 2024-05-31"):
        chronicle.happenings(since="2024-06", until="2024-05")


def test_reactions_are_those_told_beside_the_happening(place: Places) -> None:
    chronicle = Chronicle(place())
    people = group("siviller", "PSE")
    strike = telling("ASSAULT", (state("ISR"),), (people,), words="saldırdı", mode="aerial")
    chronicle.add([
        coded("a", strike, telling("ACCUSE", (FIDAN,), (state("ISR"),), words="kınadı"), outlet="A"),
        coded("b", strike, telling("SUPPORT", (state("QAT"),), (people,), words="başsağlığı diledi"), outlet="B"),
        coded("c", telling("ACCUSE", (state("USA"),), (state("CHN"),), words="suçladı"), outlet="C"),
    ])  # fmt: skip
    (happening,) = chronicle.happenings(type="ASSAULT")["id"].to_pylist()
    found = {(r["reaction"], r["polity"], r["report"]) for r in chronicle.reactions(happening).to_pylist()}
    assert found == {("condemned", "TUR", "a"), ("mourned", "QAT", "b")}
    assert chronicle.happening(happening, reactions=30)["reactions"] == chronicle.reactions(happening).to_pylist()
    assert chronicle.report("a", coding=True)["coding"] == chronicle.coding("a")


def test_a_reaction_means_those_who_acted(place: Places) -> None:
    chronicle = Chronicle(place())
    backing = telling("SUPPORT", (state("USA"),), (state("ISR"),), words="destekledi")
    chronicle.add([
        coded("a", backing, telling("ACCUSE", (FIDAN,), (state("ISR"),), words="kınadı"), outlet="A"),
        coded("b", backing, telling("ACCUSE", (state("IRN"),), (state("USA"),), words="kınadı"), outlet="B"),
        coded("c", backing, telling("REJECT", (state("QAT"),), words="reddetti"), outlet="C"),
        coded("d", backing, telling("SUPPORT", (state("DEU"),), (state("ISR"),), words="arka çıktı"), outlet="D"),
    ])  # fmt: skip
    (happening,) = chronicle.happenings(type="SUPPORT", actor="USA")["id"].to_pylist()
    found = {(r["reaction"], r["polity"]) for r in chronicle.reactions(happening).to_pylist()}
    assert found == {("condemned", "IRN"), ("rejected", "QAT"), ("supported", "DEU")}


def test_findings_stand_among_the_contradictions(place: Places) -> None:
    chronicle = Chronicle(place())
    wrong = Finding("a", "office", 0, 5, "Hakan Kalın heads MİT", ("İbrahim Kalın since 2023",), ("İbrahim Kalın",))
    chronicle.add([coded("a", telling("CONSULT", (FIDAN,), (HAMAS,)), findings=(wrong,))])
    (row,) = chronicle.contradictions().to_pylist()
    assert (row["kind"], row["candidates"], row["found_by"]) == ("office", ["İbrahim Kalın"], "register")
    assert row["tellings_a"] == [{"report": "a", "event": "e1"}]
    assert chronicle.contradictions(type="ASSAULT").num_rows == 0


def test_a_dyad_has_every_month_and_its_changes(place: Places) -> None:
    chronicle = Chronicle(place())
    talk = telling("CONSULT", (state("TUR"),), (state("SWE"),), words="görüştü")
    blame = telling("ACCUSE", (state("TUR"),), (state("SWE"),), words="kınadı")
    chronicle.add(
        coded(f"r{m}-{i}", (talk if m < 9 else blame), published=f"2023-{m:02}-{day:02}T10:00", outlet=f"O{m}{i}")
        for m in (1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12) for i, day in enumerate((3, 14, 25)[: 2 + m % 2])
    )  # fmt: skip
    table = chronicle.dyad("Türkiye", "SWE", since="2023", until="2023")
    months = table.to_pylist()
    assert [row["month"].month for row in months] == list(range(1, 13))
    assert months[7]["happenings"] == 0
    assert months[0]["verbal_cooperation"] == 3
    assert months[8]["verbal_conflict"] == 3
    assert [row["month"].month for row in months if row["changed"]] == [9]


def test_the_documented_views_are_there_with_their_columns(place: Places) -> None:
    chronicle = Chronicle(place())
    chronicle.add(made()[:5])
    page = (Path(__file__).parents[2] / "docs" / "asking.md").read_text(encoding="utf-8")
    table = page.split("| view | columns |")[1]
    views = dict(re.findall(r"^\| (\w+) \| ([\w, ]+) \|$", table, re.MULTILINE))
    assert len(views) == 8
    for view, columns in views.items():
        assert chronicle.sql(f"SELECT * FROM {view}").column_names == columns.split(", "), view


def test_a_private_person_is_told_of_but_neither_listed_nor_found_by_name(place: Places) -> None:
    chronicle = Chronicle(place())
    witness = stranger("Ayşe Yılmazer", "TUR", sector="CVL")
    minister = replace(stranger("Bakan X", "TUR"), office="minister")
    chronicle.add([
        coded("a", telling("REQUEST", (witness,), (state("TUR"),), status="future", words="isteyecek")),
        coded("b", telling("CONSULT", (minister,), (witness,), words="görüştü")),
    ])  # fmt: skip
    assert set(chronicle.actors()["name"].to_pylist()) == {"TUR", "Bakan X"}
    assert chronicle.happenings(either="Ayşe Yılmazer").num_rows == 0
    assert chronicle.happenings(either="Bakan X").num_rows == 1
    assert chronicle.happenings(either="TUR").num_rows == 2
    assert chronicle.count("recipient").to_pylist() == [{"recipient": "TUR", "number": 1}]
    assert chronicle.edges().num_rows == 0
    assert set(chronicle.sql("SELECT name FROM parties")["name"].to_pylist()) == {"TUR", "Bakan X"}
    assert chronicle.track_record("actor", as_of="2024-07-01").num_rows == 0
    assert any("Ayşe Yılmazer" in row["recipient"] for row in chronicle.happenings().to_pylist())
