from __future__ import annotations

import pytest

from made_up import codings
from vakanuvis.store import Chronicle


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    made = tmp_path_factory.mktemp("chart") / "made.duckdb"
    Chronicle(made).add(codings(60))
    return made


@pytest.mark.parametrize(("name", "begins"), [("a.svg", b"<svg"), ("a.PNG", b"\x89PNG"), ("a.html", b"<!DOCTYPE"),
                                              ("a.json", b"{")])  # fmt: skip
def test_a_chart_goes_into_a_file(run, path, tmp_path, name, begins):
    result = run("chart", "dyad", "TUR", "ISR", "--words", "tr", "--chronicle", path, "-o", tmp_path / name)
    assert (result.code, result.out, result.err) == (0, "", "")
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_without_a_file_svg_goes_to_standard_output(run, path):
    assert run("chart", "types", "--since", "2023-03", "--chronicle", path).out.startswith("<svg")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["dyad", "TUR"], "A B"),
        (["types", "TUR"], "no argument"),
        (["tolls", "h1", "--type", "AID"], "filters"),
        (["types", "-o", "x.gif"], ".png"),
        (["pie"], "timeline"),
        (["tolls", "h1"], "h1"),
        (["types", "-o", "/nowhere/x.svg"], "/nowhere"),
    ],
)
def test_what_cannot_be_drawn_is_told(run, path, arguments, words):
    result = run("chart", *arguments, "--chronicle", path)
    assert result.code in (1, 2)
    assert words in result.err
    assert result.out == ""
