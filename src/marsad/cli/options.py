"""Options that several commands share."""

from datetime import date

import click

from marsad.model import Wrong

policy_option = click.option("--policy", help="Under which policy: ucdp, airwars, …; ucdp if the observatory uses it.")


def day_option(_context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """Return the day that an option names; raises Wrong for what is none."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as fault:
        raise Wrong(parameter.opts[0], value, "is not a day written YYYY-MM-DD", "write it as 2014-11-26") from fault


as_known_on = click.option(
    "--as-known-on",
    "known_on",
    metavar="DATE",
    callback=day_option,
    help="As it would have stood at the end of that day, from what the observatory had received and decided by then.",
)


def named(pseudonym: str, option: str = "--collector") -> str:
    """Return the pseudonym, tidied; raises Wrong, naming the option, for one that is empty or cannot be printed."""
    tidy = " ".join(pseudonym.split())
    if not tidy or not tidy.isprintable() or len(tidy) > 100:
        raise Wrong(option, ascii(pseudonym)[1:-1][:100], "is no pseudonym", f"write {option} lynx")
    return tidy
