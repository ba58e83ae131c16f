"""`vakanuvis register`: info, show, check."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from vakanuvis.cli.register import command
from vakanuvis.errors import RegisterError
from vakanuvis.resolution.register.tables import columns, write


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "mine"
    monkeypatch.setenv("VAKANUVIS_REGISTER", str(folder))
    return folder


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(command, list(arguments), catch_exceptions=False)
    return result.exit_code, result.stdout


def test_info(own: Path) -> None:
    code, text = run("info", "--json")
    row = json.loads(text)
    assert code == 0
    assert row["rows"]["terms"] > 7_228
    assert 0 < row["verified_terms"] <= row["rows"]["terms"]
    assert row["user_folder"] == str(own)
    assert row["user_folder_in_use"] is False
    assert f"Register {row['version']}" in run("info")[1]


@pytest.mark.parametrize("key", ["tur.head-of-intelligence", "TUR.HEAD-OF-INTELLIGENCE", "MİT Başkanı"])
def test_show_an_office(key: str) -> None:
    code, text = run("show", key)
    assert code == 0
    assert "2023-06 – (still so on 2026-01-24)  İbrahim Kalın" in text
    assert "2015-03-09 – 2023-06-03  Hakan Fidan" in text
    assert "2005-06-15 – 2010-05-26  Emre Taner  (https://" in text
    assert "Şenkal Atasagun  UNVERIFIED" in text


def test_show_others() -> None:
    assert "Hakan Fidan" in run("show", "Q6087480")[1]
    assert "[tur.foreign-minister]" in run("show", "Hakan Fidan")[1]
    assert json.loads(run("show", "tur", "--json")[1])["name_tr"] == "Türkiye"
    assert json.loads(run("show", "hamas", "--json")[1])["sectors"] == ["REB", "GOV"]


def test_show_what_is_not_there() -> None:
    with pytest.raises(RegisterError, match="no entry 'nobody at all'"):
        run("show", "nobody at all")


def test_check_is_clean_as_shipped() -> None:
    code, text = run("check", "--no-warnings")
    assert (code, text) == (0, "")


def test_check_finds_faults_in_own_rows(own: Path) -> None:
    cells = {"office": "tur.foreign-minister", "person": "nobody", "from": "2030", "checked": "2020", "status": "sure"}
    write(own, "terms", [tuple(cells.get(column, "") for column in columns("terms"))])
    code, text = run("check", "--no-warnings", "--json")
    assert code == 1
    assert {json.loads(line)["kind"] for line in text.splitlines()} >= {"dangling", "no-source", "unknown-code"}
