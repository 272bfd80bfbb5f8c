"""Progress for people: a living line on a terminal, plain lines elsewhere, silence with --quiet. On stderr."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def progress_words(quiet: bool) -> Iterator[Callable[[str], None]]:
    """A function that says what is being done now."""
    if quiet:
        yield lambda words: None
    elif not sys.stderr.isatty():
        yield lambda words: click.echo(f"… {words}", err=True)
    else:
        from rich.console import Console

        console = Console(stderr=True)
        with console.status("시작") as status:

            def say(words: str) -> None:
                console.print(f"[dim]·[/dim] {words}")
                status.update(words)

            yield say
