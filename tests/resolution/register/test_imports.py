"""Widening the register from files in the formats of Wikidata and OpenSanctions."""

import bz2
import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from vakanuvis.cli.register import command
from vakanuvis.errors import InputError
from vakanuvis.resolution.register import load
from vakanuvis.resolution.register.imports import import_file

DAY = date(2026, 3, 1)


def claim(value: object, kind: str = "wikibase-item", **qualifiers: str) -> dict[str, object]:
    snak = {"snaktype": "value", "property": "P", "datatype": kind, "datavalue": {"value": value, "type": kind}}
    times = {"P580": qualifiers.get("start"), "P582": qualifiers.get("end")}
    return {
        "mainsnak": snak,
        "type": "statement",
        "rank": qualifiers.get("rank", "normal"),
        "qualifiers": {
            key: [{"snaktype": "value", "datavalue": {"value": {"time": f"+{day}T00:00:00Z", "precision": 11}}}]
            for key, day in times.items()
            if day
        },
    }


def item(key: str, labels: dict[str, str], claims: dict[str, list[object]], **aliases: list[str]) -> dict[str, object]:
    return {
        "type": "item",
        "id": key,
        "labels": {language: {"language": language, "value": text} for language, text in labels.items()},
        "aliases": {k: [{"language": k, "value": text} for text in texts] for k, texts in aliases.items()},
        "claims": claims,
    }


def q(key: str) -> dict[str, str]:
    return {"entity-type": "item", "id": key}


HUMAN = [claim(q("Q5"))]
KENYA = item("Q114", {"en": "Kenya"}, {"P298": [claim("KEN", "external-id")]})
MINISTRY = item("Q900001", {"en": "Minister of Tourism of Kenya"}, {"P1001": [claim(q("Q114"))]})
CHAIR = item("Q900002", {"en": "chair of a company"}, {"P17": [claim(q("Q114"))]})
MINISTER = item(
    "Q900003",
    {"en": "Amina Example", "tr": "Amina Örnek", "ar": "أمينة مثال"},
    {"P31": HUMAN, "P39": [claim(q("Q900001"), start="2025-04-02"), claim(q("Q900002"))]},
    en=["A. Example"],
)
BEFORE = item(
    "Q900004",
    {"en": "Otieno Sample"},
    {"P31": HUMAN, "P39": [claim(q("Q900001"), start="2020-01-15", end="2025-04-02")]},
)
PRIVATE = item("Q900005", {"en": "Private Person"}, {"P31": HUMAN})
MANAGER = item("Q900006", {"en": "Manager Only"}, {"P31": HUMAN, "P39": [claim(q("Q900002"))]})
DUMP = [KENYA, MINISTER, PRIVATE, MINISTRY, CHAIR, BEFORE, MANAGER]


def dump(entities: list[dict[str, object]]) -> bytes:
    """As Wikidata publishes it: one array, an entity a line."""
    return ("[\n" + ",\n".join(json.dumps(entity, ensure_ascii=False) for entity in entities) + "\n]\n").encode()


PACKED = [("d.json", bytes), ("d.json.gz", gzip.compress), ("d.json.bz2", bz2.compress)]


@pytest.mark.parametrize(("name", "pack"), PACKED)
def test_wikidata_dump(tmp_path: Path, name: str, pack) -> None:  # type: ignore[no-untyped-def]
    path, folder = tmp_path / name, tmp_path / "register"
    path.write_bytes(pack(dump(DUMP)))
    counts = import_file(path, folder, DAY)
    assert counts.read == len(DUMP)
    assert counts.without_office == 2
    assert counts.without_polity == 1
    register = load(folder)
    office = register.office("ken.minister-of-tourism")
    assert office is not None
    assert (office.name_en, office.name_tr, office.kind) == ("Minister of Tourism", "Turizm Bakanı", "minister")
    assert [t.person for t in register.holders(office.id, date(2025, 11, 5))] == ["Q900003"]
    assert [t.person for t in register.holders(office.id, date(2024, 11, 5))] == ["Q900004"]
    assert [entry.id for entry in register.lookup("amina örnek")] == ["Q900003"]
    assert register.person("Q900005") is None
    assert register.person("Q900006") is None


def test_imports_twice_changes_nothing(tmp_path: Path) -> None:
    path, folder = tmp_path / "dump.json", tmp_path / "register"
    path.write_bytes(dump(DUMP))
    first = import_file(path, folder, DAY)
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    second = import_file(path, folder, DAY)
    assert first.added["terms"] == (2, 0)
    assert all(counts == (0, 0) for counts in second.added.values())
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_shipped_entries_keep_what_they_have(tmp_path: Path) -> None:
    """An import that knows less of a person than the register does takes nothing away."""
    fidan = item("Q6087480", {"en": "H. Fidan"}, {"P31": HUMAN, "P39": [claim(q("Q900001"), start="2026-01-01")]})
    path, folder = tmp_path / "dump.json", tmp_path / "register"
    path.write_bytes(dump([KENYA, MINISTRY, fidan]))
    import_file(path, folder, DAY)
    person = load(folder).person("Q6087480")
    assert person is not None
    assert person.name_en == "Hakan Fidan"
    assert "H. Fidan" in person.aliases
    assert person.born == "1968-07-17"


FTM = [
    {"id": "pos-1", "schema": "Position", "properties": {"name": ["Minister of Tourism"], "country": ["ke"]}},
    {
        "id": "NK-abc",
        "schema": "Person",
        "caption": "Amina Example",
        "properties": {"alias": ["Amina Örnek"], "birthDate": ["1970-05"], "wikidataId": ["Q900003"]},
    },
    {"id": "NK-def", "schema": "Person", "caption": "Private Person", "properties": {"topics": ["sanction"]}},
    {
        "id": "occ-1",
        "schema": "Occupancy",
        "properties": {"holder": ["NK-abc"], "post": ["pos-1"], "startDate": ["2025-04-02"]},
    },
]


def test_follow_the_money(tmp_path: Path) -> None:
    path, folder = tmp_path / "peps.ftm.json", tmp_path / "register"
    path.write_text("\n".join(json.dumps(row) for row in FTM) + "\n{damaged\n", encoding="utf-8")
    counts = import_file(path, folder, DAY)
    assert (counts.without_office, counts.damaged) == (1, 1)
    register = load(folder)
    (term,) = register.holders("ken.minister-of-tourism", date(2025, 11, 5))
    assert (term.person, term.start, term.checked, term.source) == (
        "Q900003",
        "2025-04-02",
        "2026-03-01",
        "ftm-2026-03-01",
    )
    person = register.person("Q900003")
    assert person is not None
    assert (person.born, person.aliases) == ("1970-05", ("Amina Örnek",))


def test_other_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"id": "x"}\n')
    with pytest.raises(InputError, match=r"x\.json: neither"):
        import_file(path, tmp_path / "register", DAY)
    with pytest.raises(InputError, match=r"none\.json"):
        import_file(tmp_path / "none.json", tmp_path / "register", DAY)
    (tmp_path / "y.json.gz").write_bytes(b"no gzip")
    with pytest.raises(InputError, match=r"y\.json\.gz"):
        import_file(tmp_path / "y.json.gz", tmp_path / "register", DAY)


def test_import_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAKANUVIS_REGISTER", str(tmp_path / "mine"))
    path = tmp_path / "dump.json"
    path.write_bytes(dump(DUMP))
    result = CliRunner().invoke(command, ["import", str(path), "--checked", "2026-03-01"])
    assert result.exit_code == 0, result.output
    assert "terms: 2 new, 0 changed" in result.output
    assert "2 persons without a public office left out" in result.output
    shown = CliRunner().invoke(command, ["show", "ken.minister-of-tourism"])
    assert "2025-04-02 – (still so on 2026-03-01)  Amina Example" in shown.output
    assert CliRunner().invoke(command, ["check", "--no-warnings"]).exit_code == 0
