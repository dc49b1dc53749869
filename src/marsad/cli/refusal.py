"""How a command refuses wrong input: one message, exit code 2."""

from typing import Any

import click

from marsad.model import Wrong


class Refused(click.ClickException):
    """Prints the message on standard error and leaves with exit code 2."""

    exit_code = 2


class Command(click.Command):
    """A command that answers wrong input with its message and exit code 2, not with a traceback."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options; raises Refused where one of them raises Wrong."""
        try:
            return super().parse_args(ctx, args)
        except Wrong as wrong:
            raise Refused(str(wrong)) from wrong

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; raises Refused where it raises Wrong."""
        try:
            return super().invoke(ctx)
        except Wrong as wrong:
            raise Refused(str(wrong)) from wrong
