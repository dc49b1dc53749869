"""An observatory whose stores were made by an older marsad, brought to the shape that this one knows, or back to an earlier."""

from collections.abc import Iterator
from importlib.util import find_spec

from marsad.model import Wrong
from marsad.pipeline.observatory import DERIVED, KEPT, Observatory
from marsad.store import kept
from marsad.store.derived import Derived
from marsad.store.desk import FILE
from marsad.store.places import Server


def migrate(observatory: Observatory, to: int | None = None) -> Iterator[str]:
    """Bring what is kept to the version `to` (None: the newest); yield what was done, a sentence each.

    What is derived is not migrated, but made anew, empty, where its shape is another; `marsad run` fills it. Raises Wrong,
    changing nothing, where something kept would have no place in the older shape.
    """
    if find_spec("alembic") is None:
        raise Wrong("alembic", None, "is not installed, and it makes migrations", 'pip install "marsad[postgres]"')
    from marsad.store.migrations import run

    before, after = run.migrate(observatory.place(KEPT), kept.SHAPE, to)
    yield f"What is kept has version {after}" + (" already." if before == after else f"; it had {before}.")
    if _derived_anew(observatory):
        yield "What is derived was of another shape and is empty now: `marsad run` makes it again."
    if _desk_made(observatory):
        yield "The desk's accounts lie on the server now."


def _desk_made(observatory: Observatory) -> bool:
    place = observatory.place(FILE)
    if not isinstance(place, Server):
        return False
    from marsad.store import postgres_stores

    file = observatory.path / FILE
    made = postgres_stores.desk_made(place, file)
    if made and file.exists():
        for suffix in ("", "-wal", "-shm"):
            if (old := file.with_name(file.name + suffix)).exists():
                old.rename(file.with_name(f"{file.name}{suffix}.moved"))
    return made


def _derived_anew(observatory: Observatory) -> bool:
    place = observatory.place(DERIVED)
    if isinstance(place, Server):
        from marsad.store import postgres_stores

        return postgres_stores.derived_anew(place)
    if not place.exists():
        return False
    try:
        Derived(place).close()
    except Wrong as fault:
        if "older shape" not in fault.rule:
            raise
        for suffix in ("", "-wal", "-shm"):
            place.with_name(place.name + suffix).unlink(missing_ok=True)
        Derived.create(place)
        return True
    return False
