"""Machine code for the one loop that needs it, behind a typed decorator; numba is imported here and nowhere else."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])

_HERE = Path(__file__).parent


def _kept_in() -> str:
    """The folder for compiled code, named after the sources.

    numba looks only at the file of the function it compiles: it would go on using an old sweep after a draw that the
    sweep calls has changed.
    """
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in sorted(_HERE.glob("*.py")))).hexdigest()[:16]
    base = os.environ.get("NUMBA_CACHE_DIR") or str(_HERE / "__pycache__")
    return str(Path(base) / f"compiled-{digest}")


_KEPT_IN = _kept_in()


def compiled(function: Function) -> Function:
    """The same function as machine code, compiled at its first call and kept on disk for the next process.

    Where the folder cannot be written numba chooses one of the user's own. numba's own decorator has no types, which
    would make every function under it untyped too.
    """
    settings: Any = numba.config
    before, settings.CACHE_DIR = settings.CACHE_DIR, _KEPT_IN
    try:
        return cast("Function", numba.njit(cache=True, error_model="numpy", nogil=True)(function))
    finally:
        settings.CACHE_DIR = before
