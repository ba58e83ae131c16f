"""`vakanuvis serve`: the atlas of a chronicle in the browser, and its HTTP API."""

from __future__ import annotations

import webbrowser

import click

from vakanuvis.cli._filters import DEFAULT


@click.command("serve")
@click.argument("file", default=DEFAULT, metavar="[FILE|URL]", envvar="VAKANUVIS_CHRONICLE")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Port; 0 takes any that is free."
)
@click.option(
    "--token",
    envvar="VAKANUVIS_TOKEN",
    show_envvar=True,
    metavar="SECRET",
    help="The secret that adding reports needs, and everything where others can reach the address; else a new one.",
)
@click.option("--browser", is_flag=True, help="Open the atlas in the browser.")
def command(file: str, host: str, port: int, token: str | None, browser: bool) -> None:
    """Show a chronicle in the browser, and answer programs over HTTP (/api/v1).

    FILE is a chronicle that `vakanuvis add` made, vakanuvis.duckdb by default, or postgresql://user@host/database. What
    is added while it is served shows at the next look. Ctrl-C ends it.

    On 127.0.0.1, the default, everyone on this machine may read. Where --host lets others in, all need the token.

    \b
    Examples:
      vakanuvis serve news.duckdb
      vakanuvis serve news.duckdb --port 0 --browser
    """
    if token is not None and len(token) < 12:
        raise click.BadParameter("a token of at least 12 characters is needed", param_hint="--token")
    from vakanuvis.atlas import Settings, create, prepare
    from vakanuvis.atlas.serving import is_loopback, listen, serve
    from vakanuvis.store import Chronicle

    with Chronicle(file) as chronicle:
        held = chronicle.keep_open().info()
        local = is_loopback(host)
        settings = Settings(open=local, hosts=Settings().hosts if local else ())
        if token is not None:
            settings = Settings(token=token, open=settings.open, hosts=settings.hosts)
        with listen(host, port) as opened:
            app = create(chronicle, settings)
            prepare(app)
            address = f"http://{f'[{host}]' if ':' in host else host}:{opened.getsockname()[1]}/"
            click.echo(f"{chronicle.name}: {held['happenings']:,} happenings told by {held['reports']:,} reports")
            click.echo(f"  atlas  {address}\n  API    {address}api/v1/")
            if token is None:
                click.echo(f"  token  {settings.token}  (for {'adding reports' if local else 'everything'})")
            click.echo("Ctrl-C ends it.")
            if browser:
                webbrowser.open(address)
            try:
                serve(app, opened)
            except KeyboardInterrupt:
                click.echo("\nended", err=True)
