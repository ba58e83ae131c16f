from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from vakanuvis.intake import texts

MEETING = "Fidan, dün Abdulati ile görüştü."
pytestmark = pytest.mark.usefixtures("fake_model")


def test_marks_the_evidence_and_lists_the_event_without_colour(run, tmp_path):
    path = tmp_path / "haber.txt"
    path.write_text(MEETING, encoding="utf-8")
    result = run("read", path, "--published", "2025-01-05", "--outlet", "Deneme")
    assert result.code == 0
    assert "haber · 2025-01-05 · Deneme" in result.out
    assert "[Fidan](m1), dün [Abdulati](m2) ile {görüştü}(e1)." in result.out
    assert "e1  CONSULT, actual  “görüştü”  0.60" in result.out
    assert "actor     Fidan" in result.out
    assert "recipient Abdulati" in result.out
    assert "\x1b" not in result.out


def test_json_holds_the_text_as_given_with_offsets_into_it(run, tmp_path):
    text = "\ufeffFidan,\r\n\tAbdulati ile\u200b gö\u00adrüşme yaptı; ertesi gün görüştü. i\u0307 🕊️\r\n"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    row = json.loads(run("read", path, "--json").out)
    assert row["text"] == text
    (event,) = row["events"]
    assert row["text"][event["start"] : event["end"]] == "görüştü"
    assert event["confidence"] == 0.6


def test_says_that_nothing_was_found(run):
    result = run("read", "-", stdin="bugün hava ve su güzel olarak kaldı".encode())
    assert result.code == 0
    assert "No events found." in result.out


def test_min_confidence_leaves_events_out(run):
    result = run("read", "-", "--min-confidence", "0.7", stdin=MEETING.encode())
    assert "No events found." in result.out


def test_a_bad_input_does_not_stop_the_rest(run, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(MEETING, encoding="utf-8")
    (tmp_path / "c.jsonl").write_text('{"text": "Fidan met Abdulati."}\n{"text": \n', encoding="utf-8")
    result = run("read", tmp_path, tmp_path / "none.txt", "--json")
    assert result.code == 1
    assert [json.loads(line)["id"] for line in result.out.splitlines()] == ["b", "c:1"]
    assert "3 inputs could not be read" in result.err
    assert f"{tmp_path / 'a.txt'}: empty" in result.err
    assert f"{tmp_path / 'c.jsonl'}:2: broken JSON" in result.err
    assert f"{tmp_path / 'none.txt'}: no such file" in result.err


def test_nothing_readable_is_exit_code_2(run, tmp_path):
    result = run("read", tmp_path / "none.txt")
    assert result.code == 2
    assert "no such file or folder" in result.err


@pytest.mark.parametrize(
    "arguments", [["read"], ["read", "-", "--published", "gestern"], ["read", "-", "--language", "Turkish"], ["raed"]]
)
def test_wrong_usage_is_exit_code_2(run, arguments):
    result = run(*arguments)
    assert result.code == 2
    assert result.err


def test_warns_of_another_language(run):
    text = "Der Bundeskanzler hat am Dienstag in Berlin mit dem Präsidenten über die Lage gesprochen."
    result = run("read", "-", stdin=text.encode())
    assert result.code == 0
    assert "German (de)" in result.out


def test_hostile_characters_do_not_reach_the_terminal(run, tmp_path):
    path = tmp_path / "a.jsonl"
    row = {"text": "Fidan \x1b[2Jgörüştü\x07\u202e. \x9b31m", "title": "\x1b]0;x\x07", "id": "a\x1b", "language": "tr"}
    path.write_text(json.dumps(row), encoding="utf-8")
    out = run("read", path).out
    assert "␛[2J" in out
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(out)


def test_a_hostile_file_name_does_not_reach_the_terminal(run, tmp_path):
    result = run("read", tmp_path / "a\x1b[2J.txt")
    assert "\x1b" not in result.err
    assert "no such file" in result.err


def test_a_text_that_is_too_long_is_refused_with_what_to_do(run, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"word " * (texts.MAX_BYTES // 5 + 1))
    result = run("read", path)
    assert result.code == 2
    assert "JSON Lines" in result.err


def test_ctrl_c_ends_it_in_one_line(tmp_path):
    program = "import vakanuvis.extraction, fakes, vakanuvis.cli\n"
    program += "vakanuvis.extraction.Extractor = fakes.FakeExtractor\nvakanuvis.cli.main()"
    process = subprocess.Popen(
        [sys.executable, "-c", program, "read", "-", "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parent.parent,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b'{"id": "a", "text": "Fidan met Abdulati."}\n')
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["id"] == "a"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err.strip() == b"vakanuvis: interrupted"


def test_neighbouring_lines_with_one_fault_are_told_as_a_run(run, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"body": "x"}\n' * 3 + '{"text": 5}\n' + '{"body": "x"}\n', encoding="utf-8")
    lines = run("read", path).err.splitlines()
    assert lines[0] == "vakanuvis: 5 inputs could not be read:"
    assert [line.partition(":")[2] for line in lines[1:]] == [
        "1-3: no field 'text'",
        "4: field 'text': a string is expected, here is a number",
        "5: no field 'text'",
    ]


def test_a_file_name_that_is_no_utf_8_makes_an_id_that_is(run, tmp_path):
    path = tmp_path / b"h\xfdk\xfdmet.txt".decode("utf-8", "surrogateescape")
    path.write_text(MEETING, encoding="utf-8")
    assert json.loads(run("read", path, "--json").out)["id"] == "h\ufffdk\ufffdmet"
    assert json.loads(run("read", tmp_path, "--json").out)["id"] == "h\ufffdk\ufffdmet"
