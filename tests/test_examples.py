"""What the documentation says to type is understood: its Python runs, its commands and options exist."""

from __future__ import annotations

import ast
import contextlib
import doctest
import io
import re
import shlex
import shutil
from itertools import pairwise
from pathlib import Path
from textwrap import dedent

import click
import pytest

import vakanuvis
from fakes import FakeExtractor
from made_up import codings
from vakanuvis import api
from vakanuvis.cli import COMMANDS as NAMES
from vakanuvis.cli import cli
from vakanuvis.store import Chronicle

ROOT = Path(__file__).parents[1]
PAGES = {
    page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8")
    for page in (ROOT / "README.md", *sorted(ROOT.glob("docs/*.md")))
}


def blocks(page: str) -> list[str]:
    """The indented blocks of a page, each behind an empty line."""
    found = re.findall(r"\n\n((?:    .*\n(?:\n(?=    ))?)+)", PAGES[page])
    # Python may have empty lines in it; elsewhere they part what is typed.
    wholes = [dedent(block) for block in found]
    return [part for whole in wholes for part in ([whole] if is_python(whole) else whole.split("\n\n"))]


def is_python(block: str) -> bool:
    if block.startswith(">>>"):
        return True
    try:
        nodes = list(ast.walk(ast.parse(block)))
    except SyntaxError:
        return False
    return any(isinstance(node, (ast.Import, ast.ImportFrom, ast.Call)) for node in nodes)


def shown(page: str) -> list[list[str]]:
    """The commands of a page, in blocks and in sentences, up to the first sign that is the shell's."""
    lines = [line for block in blocks(page) if not is_python(block) for line in block.replace("\\\n", " ").splitlines()]
    lines += [" ".join(words.split()) for words in re.findall(r"`(vakanuvis [^`]+)`", PAGES[page])]
    found = []
    for line in lines:
        for command in re.split(r"\s[|>&]+(?:\s|$)", line):
            # The list of questions in asking.md parts the names of commands by bars.
            if re.match(r"(?:scripts/)?vakanuvis [a-z]+(?: |$)", command):
                found.append(shlex.split(command, comments=True)[1:])
    return found


def helped(name: str) -> list[list[str]]:
    """The examples in a command's help."""
    command = cli.get_command(click.Context(cli), name)  # type: ignore[attr-defined]
    lines = (command.help or "").partition("Examples:\n")[2].splitlines()
    return [shlex.split(re.split(r"\s[|<>](?:\s|$)", line)[0])[1:] for line in lines if line.strip()]


HELPED = {name: helped(name) for name in NAMES}
COMMANDS = [(page, words) for page in PAGES for words in shown(page)]
COMMANDS += [(f"--help of {name}", words) for name, examples in HELPED.items() for words in examples]
PYTHON = [page for page in PAGES if any(map(is_python, blocks(page)))]


def test_there_is_something_to_check():
    assert len(COMMANDS) > 60
    names = ("asking", "charts", "chronicle", "coding", "reading", "register", "who")
    assert {"README.md", *(f"docs/{name}.md" for name in names)} <= {*PYTHON}


@pytest.mark.parametrize("name", NAMES)
def test_every_help_has_examples_of_its_command(name):
    assert HELPED[name]
    assert {words[0] for words in HELPED[name]} == {name}


@pytest.mark.parametrize(("page", "words"), COMMANDS, ids=lambda value: value if isinstance(value, str) else value[0])
def test_commands_and_their_options_exist(page, words):
    command: click.Command = cli
    context = click.Context(cli, info_name="vakanuvis")
    while isinstance(command, click.Group) and words:
        found = command.get_command(context, words[0])
        assert found is not None, f"{page}: no command {words[0]}"
        command, words = found, words[1:]
    # Resilient: what is missing, and files that are not there, do not matter here; unknown options do.
    with command.make_context("x", [*words], resilient_parsing=True):
        pass
    choices = [p for p in command.params if isinstance(p, click.Option) and isinstance(p.type, click.Choice)]
    for option in choices:
        for name, value in pairwise(words):
            if name in option.opts and "|" not in value:
                assert value in option.type.choices, f"{page}: {name} {value}"


@pytest.mark.parametrize("page", PAGES)
def test_scripts_exist(page):
    text = "\n".join(block for block in blocks(page))
    paths = re.findall(r"^(?:python )?((?:scripts|benchmarks|training)/\S+)", text, flags=re.MULTILINE)
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PYTHON)
def test_python_runs_as_written(page, tmp_path, monkeypatch):
    monkeypatch.setattr("vakanuvis.extraction.Extractor", FakeExtractor, raising=False)
    monkeypatch.chdir(tmp_path)
    api._extractor.cache_clear()
    shutil.copytree(ROOT / "examples", "examples")
    Path("reports.jsonl").write_text('{"text": "Fidan, Abdulati ile görüştü.", "published": "2025-01-05"}\n')
    Chronicle("vakanuvis.duckdb").add(codings(40, days=90))
    # What a page speaks of as known from another one.
    names = {
        "readings": vakanuvis.read_many(["Fidan, Abdulati ile görüştü."]),
        "chronicle": vakanuvis.open("vakanuvis.duckdb"),
    }
    for block in filter(is_python, blocks(page)):
        if block.startswith(">>>"):
            test = doctest.DocTestParser().get_doctest(block, {}, page, page, 0)
            assert doctest.DocTestRunner().run(test).failed == 0
            continue
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(block, page, "exec"), names)
        for line in block.splitlines():
            value = re.fullmatch(r"(\S.*?)\s+# ('.*'|\d+)", line)
            if value:
                assert eval(value[1], names) == ast.literal_eval(value[2])
    api._extractor.cache_clear()


@pytest.mark.parametrize("page", PAGES)
def test_python_in_the_shell_compiles(page):
    for code in re.findall(r'^    python -c "\n((?:    .*\n)+?.*)"$', PAGES[page], flags=re.MULTILINE):
        with contextlib.redirect_stdout(io.StringIO()) as out:
            exec(compile(dedent(code), page, "exec"), {})
        assert out.getvalue()
