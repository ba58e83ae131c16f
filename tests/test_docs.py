"""The documentation is complete and its links hold."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import click
import pytest

from vakanuvis.cli import COMMANDS, Commands, cli

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs").glob("*.md"))
OPTIONS = {
    "read": "reading.md",
    "evaluate": "evaluating.md",
    "who": "who.md",
    "check": "findings.md",
    "code": "coding.md",
    "serve": "atlas.md",
    "chart": "charts.md",
}


def test_the_index_has_every_page():
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in PAGES if f"({page.name})" not in index and page.name != "README.md"] == []


@pytest.mark.parametrize("page", [ROOT / "README.md", *PAGES], ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    prose = re.sub(r"`[^`]*`|^    .*", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", prose)
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


@pytest.mark.parametrize(("command", "page"), OPTIONS.items())
def test_every_option_is_documented(command, page):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert isinstance(cli, Commands)
    found = cli.get_command(click.Context(cli), command)
    assert found is not None
    options = [option for parameter in found.params if isinstance(parameter, click.Option) for option in parameter.opts]
    assert options
    assert [option for option in options if option not in text] == []


def test_every_command_has_a_page():
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [name for name in COMMANDS if f"vakanuvis {name}" not in text] == []


def test_every_dependency_is_given_a_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[\[<>=~! ]", requirement)[0] for requirement in project["dependencies"]]
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert [name for name in names if f"| {name} |" not in page] == []
    assert names == sorted(names)
