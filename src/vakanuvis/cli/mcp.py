"""`vakanuvis mcp`: a chronicle for agents, over the Model Context Protocol."""

from __future__ import annotations

import click

from vakanuvis.cli._filters import DEFAULT


@click.command("mcp")
@click.argument("file", default=DEFAULT, metavar="[FILE|URL]", envvar="VAKANUVIS_CHRONICLE")
def command(file: str) -> None:
    """Offer a chronicle to agents: search, happening, who, dyad, read and contradictions.

    The agent's program starts this command and talks with it over standard input and output. Nothing is ever written.

    \b
    Examples:
      vakanuvis mcp news.duckdb
    """
    from vakanuvis.atlas.agents import server
    from vakanuvis.store import Chronicle

    with Chronicle(file) as chronicle:
        chronicle.info()  # a chronicle that cannot be read is told now, and not at the first question
        server(chronicle).run("stdio")
