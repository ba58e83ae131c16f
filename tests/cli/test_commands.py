"""The command group: help, unknown commands, errors, encodings."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from vakanuvis.cli import COMMANDS
from vakanuvis.errors import ModelError


def test_the_help_lists_every_command(run):
    result = run("--help")
    assert result.code == 0
    assert re.findall(r"^  (\w+)  ", result.out.partition("Commands:")[2], flags=re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(run, name):
    result = run(name, "--help")
    assert result.code == 0
    assert result.out.startswith(f"Usage: vakanuvis {name} ")


def test_an_unknown_command_is_named(run):
    result = run("raed")
    assert result.code == 2
    assert "raed" in result.err


def test_an_error_for_the_user_is_one_line_and_exit_code_2(run, monkeypatch, fake_model):
    def broken() -> None:
        raise ModelError("the model in x\x1b[2J cannot be loaded")

    monkeypatch.setattr("vakanuvis.extraction.Extractor.load", broken)
    result = run("read", "-", stdin=b"text")
    assert result.code == 2
    assert result.err == "vakanuvis: the model in x␛[2J cannot be loaded\n"


def test_turkish_and_arabic_come_through_an_ascii_pipe(tmp_path):
    path = tmp_path / "a.ann"
    path.write_text("## a | lang=ar | date=2025-01-01\nالتقى İğış 🕊️\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "from vakanuvis.cli import main; main()", "annotations", "json", path],
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert "التقى İğış 🕊️" in done.stdout.decode()
