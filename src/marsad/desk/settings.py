"""How a desk is run: what the command line decides, and what tests set otherwise."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path


class Mode(StrEnum):
    """What the desk lets anybody do."""

    OPEN = "open"
    READ_ONLY = "read-only"
    """Nothing can be decided, sealed sources stay shut; everything can be looked at."""
    CLOSED = "closed"
    """Nobody sees anything, except that an admin may sign in and open the desk again."""


@dataclass(frozen=True, slots=True)
class Costs:
    """What argon2id takes for one password: `memory` in KiB, `time` in passes, `lanes` in parallel (RFC 9106)."""

    memory: int = 65536
    time: int = 3
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """`now` tells the time in UTC, `random_bytes` makes what nobody may guess.

    `hosts` are names under which the desk may be asked for, beside those of this machine; `https` says that it stands
    behind TLS. `second_factor` asks everybody for a second factor, `grace` after the first account was made. A session
    ends after `idle` without a click, and `absolute` after sign-in. `follow` says how figures follow decisions: "process"
    (beside the server), "off" (somebody runs `marsad run`); where `tell` is given another process sees to it, and `tell`
    says to it that something was decided. `body_limit` is in bytes. `originals` is the address of another origin for
    originals; None serves them here, sandboxed and as attachments.
    """

    now: Callable[[], datetime]
    random_bytes: Callable[[int], bytes] = os.urandom
    hosts: tuple[str, ...] = ()
    https: bool = False
    mode: Mode = Mode.OPEN
    second_factor: bool = True
    grace: timedelta = timedelta(hours=1)
    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=12)
    follow: str = "process"
    tell: Callable[[], None] | None = None
    gazetteer: Path | None = None
    body_limit: int = 1_000_000
    costs: Costs = field(default_factory=Costs)


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
