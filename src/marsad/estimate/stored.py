"""Results as text and back, so that they can be kept by what they were made of, and a run resumed."""

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from marsad import __version__
from marsad.estimate.caution import Caution, Code, Severity
from marsad.estimate.result import Coverage, Floats, Model, Result, Status
from marsad.estimate.table import CaptureTable


def key_of(table: CaptureTable, spec: Mapping[str, Any], seed: int) -> str:
    """Return the name under which an estimate is kept: SHA-256 of table, settings, seed and version of marsad.

    Two strata with the same table share it; another version of marsad never reads what this one wrote.
    """
    parts = [table.hash, json.dumps(dict(spec), sort_keys=True, default=str), str(seed), __version__]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def dumps(result: Result) -> str:
    """Return a result as JSON, its draws and density packed (base64 of deflated little-endian doubles)."""
    plain = {name: getattr(result, name) for name in Result.__dataclass_fields__}
    plain |= {
        "draws": _packed(result.draws),
        "density": None if result.density is None else [_packed(part) for part in result.density],
        "models": [asdict(model) for model in result.models],
        "cautions": [{**{k: getattr(c, k) for k in ("code", "severity", "says")}, "evidence": dict(c.evidence)}
                     for c in result.cautions],
        "coverage": None if result.coverage is None else asdict(result.coverage),
    }  # fmt: skip
    plain |= {name: dict(plain[name]) for name in ("diagnostics", "spec", "stratum", "provenance")}
    return json.dumps(plain, ensure_ascii=False, default=_number)


def loads(text: str) -> Result:
    """Return the result that `dumps` wrote. Raises ValueError or KeyError where the text is none."""
    plain = json.loads(text)
    density = plain["density"]
    plain |= {
        "status": Status(plain["status"]),
        "draws": _unpacked(plain["draws"]),
        "density": None if density is None else (_must(density[0]), _must(density[1])),
        "models": tuple(Model(**model) for model in plain["models"]),
        "cautions": tuple(Caution(Code(c["code"]), Severity(c["severity"]), c["says"], c["evidence"])
                          for c in plain["cautions"]),
        "coverage": None if plain["coverage"] is None else Coverage(**plain["coverage"]),
        "lists": tuple(plain["lists"]),
    }  # fmt: skip
    return Result(**plain)


def _packed(values: Floats | None) -> dict[str, Any] | None:
    if values is None:
        return None
    data = zlib.compress(np.ascontiguousarray(values, dtype="<f8").tobytes(), 6)
    return {"shape": list(values.shape), "data": base64.b64encode(data).decode()}


def _unpacked(packed: Mapping[str, Any] | None) -> Floats | None:
    return None if packed is None else _must(packed)


def _must(packed: Mapping[str, Any]) -> Floats:
    data = zlib.decompress(base64.b64decode(packed["data"]))
    return np.frombuffer(data, dtype="<f8").reshape(packed["shape"]).astype(np.float64)


def _number(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else str(value)
