"""A bar on standard error for what takes longer than two seconds; nothing for what does not, nor without a terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from marsad.cli.clock import seconds

PATIENCE = 2.0
"""Seconds before a bar is shown."""


class Bar:
    """How far a task of `steps` steps is (None where nobody knows how many); call it once for each step."""

    def __init__(self, task: str, steps: int | None, console: Console) -> None:
        self._task, self._steps, self._console = task, steps, console
        self._done, self._begin = 0, seconds()
        self._shown: Progress | None = None

    def __call__(self) -> None:
        """Count one step, and show it if the task has taken long enough."""
        self._done += 1
        if self._shown is None and self._console.is_terminal and seconds() - self._begin > PATIENCE:
            self._show()
        if self._shown is not None:
            self._shown.update(self._shown.task_ids[0], completed=self._done)

    def say(self, message: str) -> None:
        """Print a line on standard error, above the bar if there is one."""
        if self._shown is None:
            click.echo(message, err=True)
        else:
            self._console.print(message, markup=False, highlight=False, soft_wrap=True)

    def close(self) -> None:
        """Take the bar away."""
        if self._shown is not None:
            self._shown.stop()

    def _show(self) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        # Acknowledgements go to standard output and must not be drawn into the bar.
        self._shown = Progress(
            *columns, console=self._console, redirect_stdout=False, redirect_stderr=False, transient=True
        )
        self._shown.add_task(self._task, total=self._steps)
        self._shown.start()


@contextmanager
def progress(task: str, steps: int | None) -> Iterator[Bar]:
    """Open a bar for the `with`; it is gone afterwards, whatever happened."""
    bar = Bar(task, steps, Console(file=sys.stderr))
    try:
        yield bar
    finally:
        bar.close()
