"""Killed at any moment, a chronicle holds whole reports, and adding them again ends where an undisturbed run ends."""

import multiprocessing
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import made_up
from adding import REPORTS, add_all
from vakanuvis.store import Chronicle

KILLS = 50
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["adding"])


def _rows(url: str) -> list[list[dict[str, object]]]:
    kept = Chronicle(url)
    return [
        kept.events().to_pylist(),
        kept.happenings().to_pylist(),
        kept.expectations(as_of="2024-01-01").to_pylist(),
        kept.contradictions().to_pylist(),
    ]


def _run(url: str, seconds: float | None) -> bool:
    """Add in another process, killed after some seconds; whether it came to its end."""
    process = _context.Process(target=add_all, args=(url,))
    process.start()
    process.join(seconds)
    if process.is_alive():
        process.kill()
    process.join()
    return process.exitcode == 0


@pytest.mark.parametrize("seed", [1])
def test_killed_at_fifty_moments(place: Callable[[], str], seed: int) -> None:
    rng = random.Random(seed)
    whole = place()
    assert _run(whole, None)
    expected = _rows(whole)
    began = time.monotonic()
    assert _run(place(), None)
    duration = time.monotonic() - began
    kills = broken = 0
    url = place()
    while kills < KILLS:
        ended = _run(url, rng.uniform(0, duration))
        kills += not ended
        if Chronicle(url).exists():
            events, happenings = (Chronicle(url).total(name) for name in ("events", "happenings"))
            assert events == Chronicle(url).total("reports"), "each report of this corpus has one event"
            assert (events == 0) == (happenings == 0)
            broken += 0 < events < REPORTS
        if ended:
            assert _rows(url) == expected
            url = place()
    assert _run(url, None)
    assert _rows(url) == expected
    assert broken >= 3, "some of the kills fell into the middle of the work"


def test_killed_while_it_is_made_leaves_no_half_chronicle(tmp_path: Path) -> None:
    path = tmp_path / "c.duckdb"
    (tmp_path / "c.duckdb.new").write_bytes(b"half")  # what a kill in the middle of making leaves behind
    Chronicle(path).add(made_up.codings(3))
    assert Chronicle(path).total("reports") == 3
    assert not (tmp_path / "c.duckdb.new").exists()
