"""The pages of the documentation name all that is served."""

from __future__ import annotations

import re
from pathlib import Path

from vakanuvis.atlas.agents import server
from vakanuvis.atlas.api.lists import LISTS
from vakanuvis.atlas.api.parameters import FILTERS
from vakanuvis.atlas.api.things import THINGS
from vakanuvis.atlas.problems import TITLES
from vakanuvis.charts import CHARTS

DOCS = Path(__file__).parents[2] / "docs"


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_every_address_of_the_api_is_documented():
    text = re.sub(r"/(ID|KEY)", "/{}", page("api.md"))
    paths = [re.sub(r"\{.*?\}", "{}", spec.path) for spec in (*LISTS, *THINGS)]
    assert [path for path in paths if not re.search(rf"`{re.escape(path)}[`?]", text)] == []


def test_every_filter_and_every_kind_of_problem_is_documented():
    text = page("api.md")
    names = [parameter.name for parameter in FILTERS] + list(TITLES)
    assert [name for name in names if f"`{name}`" not in text] == []


def test_every_chart_is_documented():
    text = page("charts.md")
    assert [name for name in CHARTS if f"| `{name}" not in text] == []


def test_every_tool_is_documented(chronicle):
    text = page("mcp.md")
    names = [tool.name for tool in server(chronicle)._tool_manager.list_tools()]
    assert [name for name in names if f"| `{name}`" not in text] == []
