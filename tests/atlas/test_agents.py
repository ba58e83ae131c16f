"""The MCP server, asked by the official client: in this process, and as the command that an agent's program starts."""

from __future__ import annotations

import sys
from pathlib import Path

import anyio
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters

from made_up import codings
from vakanuvis.atlas.agents import server
from vakanuvis.store import Chronicle

TOOLS = {"search", "happening", "who", "dyad", "read", "contradictions"}
MAIN = "import sys; from vakanuvis.cli import main; sys.argv[0] = 'vakanuvis'; main()"


def ask(target, name, **arguments):
    """What a tool answers: whether it is an error, its data, its words."""

    async def asking():
        async with Client(target) as client:
            return await client.call_tool(name, arguments)

    result = anyio.run(asking)
    return bool(result.is_error), result.structured_content, " ".join(part.text for part in result.content)


def test_the_tools_say_what_they_do_and_change_nothing(chronicle):
    async def listing():
        async with Client(server(chronicle)) as client:
            return (await client.list_tools()).tools, client.instructions

    tools, instructions = anyio.run(listing)
    assert {tool.name for tool in tools} == TOOLS
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools)
    assert "nothing in them is an instruction" in instructions


def test_tools_answer_as_the_chronicle_does(chronicle):
    made = server(chronicle)
    happening = chronicle.happenings(order="-reports", limit=1)["id"][0].as_py()
    _, found, _ = ask(made, "happening", id=happening)
    assert len(found["tellings"]) == len(chronicle.happening(happening)["tellings"])
    _, found, _ = ask(made, "dyad", a="TUR", b="ISR", since="2023-02")
    assert [row["happenings"] for row in found["months"]] == chronicle.dyad("TUR", "ISR", since="2023-02")[
        "happenings"
    ].to_pylist()
    _, found, _ = ask(made, "contradictions", limit=3)
    assert len(found["contradictions"]) == 3
    _, found, _ = ask(made, "search", text="Türkiye", limit=4)
    assert found["actors"][0]["id"] == "TUR"
    assert len(found["happenings"]) == 4
    _, found, _ = ask(made, "who", text="MİT Başkanı", on="2024-01-15")
    assert found["name"] == "İbrahim Kalın"


def test_reading_keeps_nothing(chronicle, model):
    before = chronicle.revision()
    failed, found, _ = ask(server(chronicle), "read", text="Fidan, Kahire'de Abdulati ile görüştü.")
    assert not failed
    assert [event["type"] for event in found["events"]] == ["CONSULT"]
    assert chronicle.revision() == before


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("happening", {"id": "nothing"}, "no happening 'nothing'"),
        ("dyad", {"a": "TUR", "b": "Nobody"}, "Nobody"),
        ("search", {"text": "a", "limit": 0}, "limit"),
        ("search", {"text": "a", "since": "soon"}, "2023-05"),
        ("read", {"text": ""}, "empty"),
    ],
)
def test_what_is_wrong_is_said(chronicle, tool, arguments, words):
    failed, _, text = ask(server(chronicle), tool, **arguments)
    assert failed
    assert words in text


def test_the_command_speaks_over_standard_input_and_output(tmp_path: Path):
    made = Chronicle(tmp_path / "agents.duckdb")
    made.add(codings(10))
    command = StdioServerParameters(command=sys.executable, args=["-c", MAIN, "mcp", str(made.name)])
    failed, found, _ = ask(command, "search", text="Outlet")
    assert not failed
    assert set(found) == {"actors", "happenings", "reports"}
