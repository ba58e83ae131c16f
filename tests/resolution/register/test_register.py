"""The register that comes with Vakanüvis: that it loads, that it is sound, and what it must know."""

import csv
import runpy
import subprocess
import sys
from datetime import date
from pathlib import Path

import platformdirs
import pytest

from vakanuvis.errors import RegisterError
from vakanuvis.ontology import ontology
from vakanuvis.resolution import compiled
from vakanuvis.resolution.register import Register, load
from vakanuvis.resolution.register.checks import check
from vakanuvis.resolution.register.entries import first_day, last_day
from vakanuvis.resolution.register.store import forget, shipped_folder
from vakanuvis.resolution.register.tables import TABLES, columns, write


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    return load(tmp_path_factory.mktemp("none") / "none")


def name(register: Register, person: str) -> str:
    found = register.person(person)
    assert found is not None
    return found.name_en


def test_the_shipped_register_has_no_errors() -> None:
    errors = [str(fault) for fault in check([shipped_folder()]) if fault.severity == "error"]
    assert errors == []


def test_every_country_and_code_is_there(register: Register) -> None:
    codes = {polity.code for polity in register.polities()}
    assert set(ontology().nonstate) <= codes
    assert (
        len([p for p in register.polities() if p.kind in ("state", "territory", "partial")]) == 250
    )  # ISO 3166 and Kosovo
    for polity in register.polities():
        assert polity.name_en
        assert polity.name_tr
        assert polity.name_ar


def test_who_headed_turkish_intelligence(register: Register) -> None:
    """The contradiction of the report that the project grew from rests on these two terms being verified."""
    (term,) = register.holders("tur.head-of-intelligence", date(2025, 11, 5))
    assert (name(register, term.person), term.start, term.verified) == ("İbrahim Kalın", "2023-06", True)
    (term,) = register.holders("tur.head-of-intelligence", date(2020, 1, 1))
    assert (name(register, term.person), term.verified) == ("Hakan Fidan", True)
    offices = [term.office for term in register.terms_of(term.person)]
    assert offices == ["tur.head-of-intelligence", "tur.head-of-intelligence", "tur.foreign-minister"]


@pytest.mark.parametrize(
    ("office", "day", "holder"),
    [
        ("tur.foreign-minister", "2021-05-01", "Mevlüt Çavuşoğlu"),
        ("tur.interior-minister", "2026-03-01", "Mustafa Çiftçi"),
        ("tur.chief-of-the-general-staff", "2025-12-01", "Selçuk Bayraktaroğlu"),
        ("syr.president", "2012-01-01", "Bashar al-Assad"),
        ("syr.president", "2025-06-01", "Ahmed al-Sharaa"),
        ("irn.supreme-leader", "2026-04-01", "Mojtaba Khamenei"),
        ("usa.president", "2010-01-01", "Barack Obama"),
        ("rus.prime-minister", "2009-01-01", "Vladimir Putin"),
        ("uno.secretary-general", "2005-01-01", "Kofi Annan"),
        ("nato.secretary-general", "2025-01-01", "Mark Rutte"),
        ("deu.chancellor", "2010-01-01", "Angela Merkel"),
        ("bgr.prime-minister", "2018-01-01", "Boyko Borissov"),
        ("swe.foreign-minister", "2023-05-01", "Tobias Billström"),
        ("egy.grand-imam-of-al-azhar", "2020-01-01", "Ahmed el-Tayeb"),
    ],
)
def test_known_holders(register: Register, office: str, day: str, holder: str) -> None:
    assert name(register, register.holders(office, date.fromisoformat(day))[0].person) == holder


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [
        ("Türkiye", "polity", "TUR"),
        ("السعودية", "polity", "SAU"),
        ("Beyaz Saray", "polity", "USA"),
        ("Suriyeli", "polity", "SYR"),
        ("الموساد", "organisation", "isr.mossad"),
        ("DEAŞ", "organisation", "isis"),
        ("UNICEF", "organisation", "uno.unicef"),
        ("Esad", "person", "Q44329"),
        ("نتنياهو", "person", "Q43723"),
        ("Heniyye", "person", "ismail-haniyeh"),
        ("MİT Başkanı", "office", "tur.head-of-intelligence"),
        ("Tigraylı", "organisation", "eth.tigray"),
        ("Transnistrian", "organisation", "transnistria"),
    ],
)
def test_names_of_three_languages(register: Register, text: str, kind: str, key: str) -> None:
    assert (kind, key) in [(entry.kind, entry.id) for entry in register.lookup(text)]


def test_a_person_of_two_names_is_one(register: Register) -> None:
    found = {entry.id for text in ("Nimet Çubukçu", "Nimet Baş") for entry in register.lookup(text)}
    assert found == {"Q466180"}


def test_a_bloc_as_a_whole_has_no_sector(register: Register) -> None:
    bloc = register.organisation("eu")
    assert bloc is not None
    assert bloc.sectors == ()


def test_family_names(register: Register) -> None:
    assert "ibrahim-kalin" in register.surname("KALIN")
    assert "Q15031" in register.surname("Xi")


def test_shared_names_weigh_less(register: Register) -> None:
    (ministry,) = {entry.weight for entry in register.lookup("Minister of Health") if entry.via == "name"}
    assert ministry < 0.05
    assert register.lookup("Hakan Fidan")[0].weight == 1.0


def test_only_verified_terms_name_a_page_or_a_table(register: Register) -> None:
    for office in register.offices():
        for term in register.terms(office.id):
            if term.verified:
                assert term.source.startswith("http") or register.source(term.source) is not None
                assert term.source != "memory"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2024-03-09", "2024-03-09", "2024-03-09"),
    ],
)
def test_days_known_in_part(text: str, first: str, last: str) -> None:
    assert (first_day(text).isoformat(), last_day(text).isoformat()) == (first, last)


@pytest.mark.parametrize("text", ["", "24", "2024-13", "2024-2", "2024-02-30", "yesterday"])
def test_days_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        first_day(text)


def row(table: str, **cells: str) -> tuple[str, ...]:
    return tuple(cells.get(column, "") for column in columns(table))


def test_own_rows_are_laid_over_the_shipped_ones(tmp_path: Path) -> None:
    write(tmp_path, "persons", [row("persons", id="Q6087480", name_en="Hakan FIDAN", born="1968")])
    own = load(tmp_path)
    assert name(own, "Q6087480") == "Hakan FIDAN"
    assert own.polity("TUR") is not None
    assert own.version != load(tmp_path / "none").version


def test_faults_are_found(tmp_path: Path) -> None:
    write(tmp_path, "polities", [row("polities", code="AAA", kind="state", name_en="Aaa")])
    write(
        tmp_path,
        "persons",
        [
            row("persons", id="p", name_en="P", died="2010-01-01"),
            row("persons", id="q", name_en="Q"),
            row("persons", id="idle", name_en="Nobody"),
        ],
    )
    office = {"id": "aaa.x", "polity": "AAA", "kind": "minister", "name_en": "X", "single": "yes"}
    write(tmp_path, "offices", [row("offices", **office), row("offices", **office | {"id": "aaa.y", "sectors": "ABC"})])
    held = {"office": "aaa.x", "source": "https://example.org", "checked": "2020", "status": "verified"}
    write(
        tmp_path,
        "terms",
        [
            row("terms", **held | {"person": "p", "from": "2000", "to": "2012"}),
            row("terms", **held | {"person": "q", "from": "2008", "to": "2009", "source": "gossip"}),
            row("terms", **held | {"person": "q", "from": "2018", "to": "2017"}),
            row("terms", **held | {"person": "ghost", "office": "aaa.none", "from": "20x"}),
        ],
    )
    found = {(fault.severity, fault.kind) for fault in check([tmp_path])}
    assert {
        ("error", "unknown-code"),
        ("error", "dangling"),
        ("error", "no-office"),
        ("error", "no-source"),
        ("error", "date"),
    } <= found
    write(
        tmp_path,
        "terms",
        [
            row("terms", **held | {"person": "p", "from": "2000", "to": "2012"}),
            row("terms", **held | {"person": "q", "from": "2008", "to": "2009"}),
            row("terms", **held | {"person": "q", "office": "aaa.y", "from": "2000", "to": "2001"}),
            row("terms", **held | {"person": "p", "office": "aaa.y", "from": "2004", "to": "2005"}),
            row("terms", **held | {"person": "idle", "from": "2015", "to": "2016"}),
        ],
    )
    found = {(fault.severity, fault.kind) for fault in check([tmp_path])}
    assert {("error", "overlap"), ("error", "after-death"), ("warning", "gap")} <= found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,name\nx,y\n", r"persons\.csv:1: the header must be"),
        (",".join(columns("persons")) + "\nx,y\n", r"persons\.csv:2: 2 cells, not 7"),
    ],
)
def test_damaged_tables_name_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "persons.csv").write_text(text, encoding="utf-8")
    forget()
    with pytest.raises(RegisterError, match=message):
        load(tmp_path)


def test_first_answer_needs_no_cache(tmp_path: Path) -> None:
    """In a fresh process: without a cache, with that of an earlier one, and where none can be written."""
    code = 'from vakanuvis.resolution.register import load; print(load().lookup("MİT Başkanı")[0].id)'
    blocked = tmp_path / "file"
    blocked.write_text("")

    def run(cache: Path) -> str:
        env = {"XDG_CACHE_HOME": str(cache), "VAKANUVIS_REGISTER": str(tmp_path / "none"), "PYTHONUTF8": "1"}
        done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    fresh = tmp_path / "cache"
    assert run(fresh) == "tur.head-of-intelligence"
    assert any(fresh.rglob("*")), "the compiled tables are kept"
    assert run(fresh) == run(blocked) == "tur.head-of-intelligence"


def test_a_damaged_cache_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda name: tmp_path)
    table = tmp_path / "table.csv"
    table.write_text("a")
    made = []

    def make() -> dict[str, str]:
        made.append(table.read_text())
        return {"text": made[-1]}

    for damage in (None, None, b"", b"\0\0\0\1x", b"\xff" * 40):
        if damage is not None:
            next(tmp_path.glob("test-*")).write_bytes(damage)
        assert compiled.kept("test", ("words.py",), (table,), make)["text"] == "a"
    assert len(made) == 4, "at first, and after each damage"
    table.write_text("changed")
    assert compiled.kept("test", ("words.py",), (table,), make)["text"] == "changed"
    assert len(list(tmp_path.glob("test-*"))) == 1


def test_tables_are_what_the_docs_say() -> None:
    assert list(TABLES) == ["polities", "organisations", "persons", "offices", "terms", "sources"]


def test_every_holder_of_the_table_of_2025_is_there(register: Register) -> None:
    folder = Path(__file__).parents[3] / "training/register"
    table = folder / "officeholders-2025-01.csv"
    made = runpy.run_path(str(folder / "officeholders.py"))["convert"](table, "2025-01-30", shipped_folder())
    missing = [
        (office, person)
        for office, person, *_ in made["terms"].values()
        if person not in {term.person for term in register.terms(office)}
    ]
    assert not missing
    with table.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    heads = {row["wikidata"] for row in rows if row["polity"] == "World"}  # in their organisations' offices, by hand
    assert len(rows) == 7228
    assert {row["wikidata"] for row in rows if row["wikidata"]} - heads <= {row[1] for row in made["terms"].values()}
    assert all(register.terms_of(head) for head in heads)
