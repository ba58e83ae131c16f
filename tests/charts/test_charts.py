"""Charts from Python and from the command line, in every format, in both languages, without a browser."""

from __future__ import annotations

import json
from typing import Any

import altair
import pytest

import vakanuvis
from made_up import codings
from vakanuvis.charts import CHARTS, render
from vakanuvis.charts.looks import COLOURS, LANGUAGES, THEMES, WORDS, ink
from vakanuvis.cli import chart as cli
from vakanuvis.errors import FilterError
from vakanuvis.store import Chronicle


@pytest.fixture(scope="module")
def chronicle(tmp_path_factory: pytest.TempPathFactory) -> Chronicle:
    made = vakanuvis.open(tmp_path_factory.mktemp("charts") / "made.duckdb")
    made.add(codings(200))
    return made


def arguments(chronicle: Chronicle, name: str) -> list[str]:
    happening = chronicle.happenings(type="ASSAULT", order="-reports", limit=1)["id"][0].as_py()
    return {"dyad": ["TUR", "ISR"], "tolls": [happening]}.get(name, [])


def values(found: Any) -> list[dict[str, Any]]:
    """All rows of data in a specification."""
    if isinstance(found, dict):
        own = [row for rows in found.get("datasets", {}).values() for row in rows if isinstance(rows, (list, tuple))]
        return own + [row for key, part in found.items() if key != "datasets" for row in values(part)] + (
            list(found["values"]) if isinstance(found.get("values"), (list, tuple)) else []
        )  # fmt: skip
    return [row for part in found for row in values(part)] if isinstance(found, list) else []


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_drawn_in_every_format(chronicle, name):
    drawn = CHARTS[name].of(chronicle, *arguments(chronicle, name))
    assert render(drawn, "svg").startswith(b"<svg")
    assert render(drawn, "png").startswith(b"\x89PNG")
    assert b"<script" in render(drawn, "html")
    assert "vega-lite" in json.loads(render(drawn, "json"))["$schema"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_valid_vega_lite(chronicle, name, language):
    CHARTS[name].of(chronicle, *arguments(chronicle, name), language=language).to_dict(validate=True)


def test_a_chart_shows_the_numbers_of_its_table(chronicle):
    months = chronicle.dyad("TUR", "ISR")
    rows = values(months.chart().to_dict())
    bars = [row for row in rows if "rank" in row]
    assert sum(row["number"] for row in bars) == sum(months["happenings"].to_pylist()) > 0
    types = {row["type"]: row["number"] for row in values(chronicle.count("type").chart().to_dict())}
    assert types == {row["type"]: row["number"] for row in chronicle.count("type").to_pylist()}


def test_charts_of_python_results(chronicle):
    for answer in (chronicle.dyad("TUR", "ISR"), chronicle.places(), chronicle.track_record(),
                   chronicle.count(["month", "quad"])):  # fmt: skip
        assert isinstance(answer.chart(language="tr", theme="dark"), altair.TopLevelMixin)
    with pytest.raises(FilterError, match="no chart"):
        chronicle.count("day").chart()
    with pytest.raises(FilterError, match="dark"):
        chronicle.count("type").chart(theme="pink")


def test_the_words_are_there_in_each_language(chronicle):
    assert all(set(words) == set(LANGUAGES) for words in WORDS.values())
    drawn = CHARTS["timeline"].of(chronicle, language="tr").to_json()
    assert "sözlü iş birliği" in drawn
    assert "verbal cooperation" not in drawn


def test_a_chart_without_data_says_so(chronicle):
    assert "nothing to draw" in CHARTS["timeline"].of(chronicle, since="1900", until="1901").to_json()


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(a: str, b: str) -> float:
    """WCAG 2.2's contrast ratio."""
    high, low = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_colours_stand_out_from_their_ground(theme):
    paper = ink("paper", theme)
    assert all(_contrast(colour, paper) >= 3 for colour in COLOURS[theme])
    assert _contrast(ink("text", theme), paper) >= 7
    assert _contrast(ink("soft", theme), paper) >= 4.5


def test_names_in_a_chart_are_text(tmp_path):
    (coding,) = codings(1)
    from dataclasses import replace

    report = replace(coding.reading.report, outlet="<script>alert(1)</script>")
    chronicle = Chronicle(tmp_path / "hostile.duckdb")
    chronicle.add([replace(coding, reading=replace(coding.reading, report=report))])
    svg = render(CHARTS["record"].of(chronicle, as_of="2024"), "svg").decode()
    html = render(CHARTS["record"].of(chronicle, as_of="2024"), "html").decode()
    assert "<script>alert" not in svg
    assert "<script>alert" not in html


def test_the_command_names_every_chart():
    assert set(CHARTS) == set(cli.NAMES)
