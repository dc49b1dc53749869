"""The options by which readers are chosen and set up."""

import os
from pathlib import Path

import click

from marsad.pipeline.reader_settings import ReaderSettings, reader_settings
from marsad.pipeline.readers import reader_called
from marsad.reader import Reader

settings_option = click.option(
    "--settings",
    type=click.Path(path_type=Path),
    help="marsad.toml, or the folder of an observatory: its table [reader] sets readers up.",
)


def settings_in(path: Path | None) -> ReaderSettings:
    """Return the settings of readers in this file or folder; none are looked for where none is named."""
    return ReaderSettings() if path is None else reader_settings(path)


def reader_named(name: str, settings: ReaderSettings, gazetteer: Path | None = None) -> Reader:
    """Return the reader of this name; the key of an endpoint comes from the environment.

    `gazetteer` is a file in place of the gazetteer that marsad ships.
    """
    return reader_called(name, settings, os.environ, gazetteer)
