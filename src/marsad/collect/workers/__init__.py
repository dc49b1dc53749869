"""Parsers of hostile files at work in processes of their own: little memory, little time, no network, one folder.

    with Workers() as workers:
        for item in workers.read("marsad.collect.pdf:pages", path, name="report.pdf"):
            ...

A parser is a function at the top of a module of marsad. It is given the file, open for reading, and options by name;
it yields values of JSON and bytes; it raises `Wrong` for what it refuses. A module may name in LOADED_BEFORE the libraries that
take long to load. See `pool.Workers`.
"""

from marsad.collect.workers.limits import Limits
from marsad.collect.workers.pool import Quarantined, Workers

__all__ = ["Limits", "Quarantined", "Workers"]
