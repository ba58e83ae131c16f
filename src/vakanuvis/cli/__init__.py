"""The command line: one module a command, loaded only when it is called, so that each starts fast."""

from __future__ import annotations

import importlib
import sys

import click

from vakanuvis.errors import VakanuvisError

# command -> module of this package that holds a click command of the name `command`
COMMANDS = {
    "read": "read",
    "evaluate": "evaluate",
    "annotations": "annotations",
    "who": "who",
    "check": "check",
    "code": "code",
    "register": "register",
    "add": "add",
    "recode": "recode",
    "events": "events",
    "happenings": "happenings",
    "reports": "reports",
    "actors": "actors",
    "expectations": "expectations",
    "contradictions": "contradictions",
    "reactions": "reactions",
    "dyad": "dyad",
    "count": "count",
    "sql": "sql",
    "export": "export",
    "demo": "demo",
}


class Commands(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command = importlib.import_module(f"{__name__}.{COMMANDS[name]}").command
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="vakanuvis")
def cli() -> None:
    """Read political news and keep a chronicle of events that can be checked."""


def main() -> None:
    """Entry point: errors meant for the user's eyes end in one line and exit code 2, Ctrl-C in 130."""
    try:
        code = cli.main(standalone_mode=False)
    except VakanuvisError as error:
        click.echo(f"vakanuvis: {error}", err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("vakanuvis: interrupted", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
    sys.exit(code if isinstance(code, int) else 0)
