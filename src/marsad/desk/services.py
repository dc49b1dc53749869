"""What a desk has at hand: the observatory, its stores, who is signed in, and the one way to decide."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from marsad.desk.drawn import Drawer
from marsad.desk.follow import Follower
from marsad.desk.passwords import Passwords
from marsad.desk.restrictions import Restrictions
from marsad.desk.secrets_of import hashed
from marsad.desk.sessions import Sessions
from marsad.desk.settings import DeskSettings, Mode
from marsad.model import Wrong
from marsad.pipeline.held import Held
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.touched import Touched
from marsad.store.derived import Derived
from marsad.store.desk import FILE, DeskStore
from marsad.store.kept import Kept

DESK_FILE = FILE


@dataclass
class Desk:
    """The services of one running desk: `request.app.state.desk`. For many threads."""

    observatory: Held
    settings: DeskSettings
    store: DeskStore
    kept: Kept
    sessions: Sessions = field(init=False)
    passwords: Passwords = field(init=False)
    restrictions: Restrictions = field(init=False)
    touched: Touched = field(init=False)
    follower: Follower = field(init=False)
    drawer: Drawer = field(default_factory=Drawer, init=False)
    known_hidden: dict[Any, Any] = field(default_factory=dict, init=False)
    """What `hidden_from` worked out, by what it was worked out from."""

    def __post_init__(self) -> None:
        self.sessions = Sessions(self.store, self.settings)
        self.passwords = Passwords(self.settings.costs)
        self.restrictions = Restrictions(self.store)
        self.touched = Touched()
        self.follower = Follower(self.observatory, self.settings.follow, self.settings.gazetteer, self.settings.tell)

    @staticmethod
    def open(folder: Path, settings: DeskSettings) -> "Desk":
        """Open the desk of the observatory in this folder; raises Wrong if there is none."""
        observatory = Held(Observatory.open(folder))
        return Desk(observatory, settings, DeskStore(observatory.place(DESK_FILE)), observatory.kept())

    @property
    def mode(self) -> Mode:
        """What the desk lets anybody do now: what it was started with, or what somebody shut it to since."""
        if self.settings.mode is not Mode.OPEN:
            return self.settings.mode
        with self.store.read() as reading:
            row = reading.row("setting", name="mode")
        return Mode(row["value"]) if row else Mode.OPEN

    @property
    def derived(self) -> Derived:
        """What is derived, for reading, from many threads at once."""
        try:
            return self.observatory.derived(read_only=True)
        except Wrong:
            with self.observatory.derived():
                pass  # makes an empty one where there is none
            return self.observatory.derived(read_only=True)

    def close(self) -> None:
        """Let go of all files."""
        self.follower.close()
        self.drawer.close()
        self.store.close()
        self.kept.close()
        self.observatory.let_go()

    def has_passkey(self, account_id: str) -> bool:
        """Tell whether an account has a passkey."""
        with self.store.read() as reading:
            return reading.row("passkey", account_id=account_id) is not None

    def knows_device(self, secret: str, account_id: str) -> bool:
        """Tell whether this account signed in from this browser before."""
        with self.store.read() as reading:
            return reading.row("device", token_hash=hashed(secret), account_id=account_id) is not None
