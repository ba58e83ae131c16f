"""The test sets of resolution are sound; `benchmarks/resolution_accuracy.py` scores them."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from vakanuvis.ontology import ontology

DATA = Path(__file__).parents[2] / "data" / "resolution"
SETS = {"mentions": (420, "on"), "places": (210, "sentence"), "times": (160, "published")}
FRESH = {"fresh/mentions": (250, "on"), "fresh/places": (25, "sentence"), "fresh/times": (40, "published")}


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", SETS | FRESH)
def test_the_halves_follow_from_the_rows_alone(name: str):
    least, third = (SETS | FRESH)[name]
    found = rows(name)
    assert len(found) >= least
    assert len({(row["lang"], row["text"], row[third]) for row in found}) == len(found)
    for row in found:
        digest = hashlib.sha256("\t".join((row["lang"], row["text"], row[third])).encode()).digest()
        assert row["split"] == ("dev" if digest[0] % 2 == 0 else "test")
    languages = Counter(row["lang"] for row in found)
    assert languages.keys() == {"tr", "en", "ar"}
    assert name in FRESH or languages["tr"] > 0.45 * len(found)


def test_mentions_use_the_ontology_s_codes():
    sectors = set(ontology().sectors)
    for row in (*rows("mentions"), *rows("fresh/mentions")):
        date.fromisoformat(row["on"])
        assert set(row["sectors"]) | set(row.get("sector_also", ())) - {None} <= sectors
        for code in (row["polity"], *row.get("polity_also", ())):
            assert code is None or (len(code) == 3 and code.isupper())


def test_places_stand_in_their_sentence_and_on_the_globe():
    for row in (*rows("places"), *rows("fresh/places")):
        assert row["text"] in row["sentence"]
        assert all(name in row["sentence"] for name in row.get("context", ()))
        assert -90 <= row["lat"] <= 90
        assert -180 <= row["lon"] <= 180
        assert row["km"] > 0
        assert (row["country"] is None) == (row["kind"] == "sea")


def test_times_are_intervals():
    for row in (*rows("times"), *rows("fresh/times")):
        date.fromisoformat(row["published"])
        assert date.fromisoformat(row["start"]) <= date.fromisoformat(row["end"])
