"""The register of an observatory: what marsad ships and what the team added in its own actors.toml."""

import tomllib

from marsad.context.register import Register
from marsad.context.register_file import joined, read_register, shipped
from marsad.model import Wrong
from marsad.pipeline.observatory import Observatory

FILE = "actors.toml"
_LARGEST = 5_000_000


def register_of(observatory: Observatory) -> Register:
    """Return the register of actors of an observatory; raises Wrong, naming the entry, where its own file breaks a rule."""
    path = observatory.path / FILE
    if not path.is_file():
        return shipped()
    if path.stat().st_size > _LARGEST:
        raise Wrong(str(path), path.stat().st_size, f"is larger than {_LARGEST:,} bytes", "keep actors only in it")
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as fault:
        raise Wrong(str(path), None, f"cannot be read as TOML ({fault})", "mend it, see docs/actors.md") from fault
    known, shorts = read_register(data, FILE)
    return joined(shipped(), known, shorts)
