from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from fakes import FakeExtractor

import vakanuvis.extraction
from vakanuvis.cli import cli

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Run the command line; the result's exit code is the one that the shell would get."""

    def call(*arguments: object, stdin: bytes | str | None = None) -> Result:
        result = CliRunner().invoke(cli, [str(a) for a in arguments], input=stdin, standalone_mode=False)
        if isinstance(result.return_value, int):
            result.exit_code = result.return_value
        return result

    return call


@pytest.fixture
def fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vakanuvis.extraction, "Extractor", FakeExtractor, raising=False)
