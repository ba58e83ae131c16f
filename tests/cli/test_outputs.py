"""Where the output goes: files, devices, pipes, full disks; Ctrl-C and missing streams."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from vakanuvis.store import Chronicle

ROOT = Path(__file__).parents[1]
PROGRAM = """
import vakanuvis.extraction, fakes, vakanuvis.cli
vakanuvis.extraction.Extractor = fakes.FakeExtractor
vakanuvis.cli.main()
"""
FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.is_char_device(), reason="this system has no /dev/full")


def started(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", PROGRAM, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload, no-any-return]


WRITERS = (
    ("events", "--format", "csv"),
    ("events", "--format", "parquet"),
    ("happenings",),
    ("export",),
    ("export", "--format", "parquet"),
)


@pytest.mark.parametrize("arguments", WRITERS, ids=" ".join)
def test_a_file_appears_whole_or_not_at_all(run, kept, tmp_path, monkeypatch, arguments):
    target = tmp_path / "out"
    target.write_text("old")
    assert run(*arguments, "-o", target).code == 0
    written = target.read_bytes()
    assert written not in (b"", b"old")

    def broken(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", broken)
    found = run(*arguments, "-o", target)
    assert (found.code, found.err) == (2, f"vakanuvis: {target}: cannot be written: No space left on device\n")
    assert target.read_bytes() == written
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("arguments", WRITERS, ids=" ".join)
def test_a_folder_that_is_not_there_is_told_in_one_line(run, kept, tmp_path, arguments):
    found = run(*arguments, "-o", tmp_path / "no" / "out")
    assert found.code == 2
    assert len(found.err.splitlines()) == 1
    assert "No such file or directory" in found.err


def test_a_link_stays_a_link(run, kept, tmp_path):
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    link.symlink_to(target)
    run("events", "--format", "csv", "-o", link)
    assert link.is_symlink()
    assert target.stat().st_size


def test_a_named_pipe_is_written_to_and_stays_one(run, kept, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text()), daemon=True)
    reader.start()
    assert run("events", "--format", "csv", "-o", pipe).code == 0
    reader.join(20)
    assert got[0].startswith("report,")
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@needs_full
def test_a_full_disk_is_told_in_one_line(run, kept):
    found = run("export", "-o", FULL)
    assert (found.code, found.err) == (2, f"vakanuvis: {FULL}: cannot be written: No space left on device\n")
    assert FULL.is_char_device()
    with FULL.open("wb") as full:
        process = started("events", stdout=full)
        assert process.communicate(timeout=60)[1] == b"vakanuvis: No space left on device\n"
    assert process.returncode == 2


@pytest.mark.parametrize("closed", [0, 1])
def test_a_stream_that_is_closed_is_borne(kept, closed):
    arguments = ("read", "-") if closed == 0 else ("events",)
    process = started(*arguments, preexec_fn=lambda: os.close(closed))
    _, err = process.communicate(timeout=60)
    assert b"Traceback" not in err
    assert process.returncode == (2 if closed == 0 else 0)


def test_ctrl_c_that_a_library_turns_into_another_error_is_still_ctrl_c(run, kept, monkeypatch):
    def interrupted(*_: object, **__: object) -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise RuntimeError("Query interrupted") from None

    monkeypatch.setattr(Chronicle, "events", interrupted)
    found = run("events")
    assert (found.code, found.err.strip()) == (130, "vakanuvis: interrupted")
