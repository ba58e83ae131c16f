from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import vakanuvis.extraction
from fakes import FakeExtractor
from made_up import codings
from vakanuvis.cli import main
from vakanuvis.store import Chronicle


@dataclass(frozen=True)
class Result:
    out: str
    err: str
    code: int


Run = Callable[..., Result]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A chronicle of made-up events, which the commands take without being told."""
    path = tmp_path / "c.duckdb"
    Chronicle(path).add(codings(60, days=30))
    monkeypatch.setenv("VAKANUVIS_CHRONICLE", str(path))
    return path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `vakanuvis ARGUMENTS...` as the shell would."""

    def call(*arguments: object, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "argv", ["vakanuvis", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as stop:
            main()
        captured = capsys.readouterr()
        return Result(captured.out, captured.err, stop.value.code if isinstance(stop.value.code, int) else 0)

    return call


@pytest.fixture
def fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vakanuvis.extraction, "Extractor", FakeExtractor, raising=False)
