from __future__ import annotations

import json


def test_an_office_on_a_day(run):
    result = run("who", "MİT Başkanı", "--on", "2025-11-05")
    assert result.code == 0
    assert "İbrahim Kalın" in result.out
    assert "TUR" in result.out


def test_a_person_with_all_offices_and_their_sources(run):
    out = run("who", "Hakan Fidan").out
    assert "Minister of Foreign Affairs (TUR), 2023-06-03 to now" in out
    assert "Director of the National Intelligence Organization (TUR)" in out


def test_many_at_once(run):
    lines = [{"text": "Turkish riot police"}, {"text": "MİT Başkanı", "on": "2020-01-01"}, {"text": "Qwx Zzy"}]
    stdin = "\n".join(json.dumps(line) for line in lines).encode()
    result = run("who", "--json", "--from", "-", stdin=stdin)
    rows = [json.loads(line) for line in result.out.splitlines()]
    assert [(row["polity"], row["sectors"]) for row in rows] == [("TUR", ["COP"]), ("TUR", ["SPY"]), (None, [])]
    keys = ["text", "on", "entity", "name", "office", "polity", "sectors", "confidence", "alternatives"]
    assert [list(row) for row in rows] == [keys] * 3
    assert (rows[1]["on"], rows[1]["name"], rows[2]["entity"]) == ("2020-01-01", "Hakan Fidan", None)


def test_bad_lines_are_named_and_stop_nothing(run):
    result = run(
        "who",
        "--json",
        "--from",
        "-",
        stdin=b'{"text": "CHP"\n{"on": "2020-01-01"}\n{"text": "NATO", "on": "x"}\n{"text": "NATO"}\n',
    )
    assert len(result.out.splitlines()) == 1
    assert result.code == 1
    for line in (1, 2, 3):
        assert f":{line}:" in result.err


def test_bad_usage_says_what_to_do(run):
    assert "PHRASE" in run("who").err
    assert "2025-11-05" in run("who", "NATO", "--on", "yesterday").err
    assert run("who", "--from", "no-such-file.jsonl").code == 2


def test_the_unknown_is_told_as_unknown(run):
    assert "unknown" in run("who", "Qwx Zzy").out


def test_half_a_character_and_deep_nesting_crash_nothing(run):
    deep = b'{"text": ' + b"[" * 100_000 + b"\n"
    result = run("who", "--json", "--from", "-", stdin=b'{"text": "\\ud800 NATO"}\n' + deep + b'{"text": "NATO"}\n')
    assert [json.loads(line)["polity"] for line in result.out.splitlines()][-1] == "IGO"
    assert (len(result.out.splitlines()), result.code) == (2, 1)
