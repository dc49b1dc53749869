"""The settings of readers: the table [reader] of marsad.toml, and whose words may leave this machine."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from marsad.collect.incoming import Incoming
from marsad.model import Wrong
from marsad.pipeline.assets import SETTINGS
from marsad.publish.policy import PublicationPolicy, standing_policy
from marsad.publish.voices import public_address
from marsad.readers.address import Address, is_here
from marsad.text.actors import actors
from marsad.text.composed import safe_nfc

KEY_VARIABLE = "MARSAD_READER_KEY"
"""The environment variable that holds the key of an endpoint, if the settings name no other."""


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """What a team has decided about readers, and about whose reports they may be shown.

    `endpoint` and `model` say which model is asked, `spacy` and `hf` which pipeline and which classifier are loaded;
    None where nothing is decided. `allow_sending` lets words of public reports go to another machine. `protected` are
    outlets whose reports are sent to no endpoint at all, `public` those that anybody can read.
    """

    endpoint: Address | None = None
    model: str | None = None
    allow_sending: bool = False
    key_variable: str = KEY_VARIABLE
    spacy: str | None = None
    hf: str | None = None
    protected: frozenset[str] = frozenset()
    public: frozenset[str] = frozenset()
    subject: str = field(default=f"{SETTINGS}, [reader]", compare=False)

    def objection(self, report: Incoming, host: str) -> str | None:
        """Return why the words of this report are not sent to this host; None if they may be.

        Protected reports go to no endpoint, not even on this machine: what listens on a port may pass everything on.
        To another machine only reports go that stand in public anyhow, and only if the settings allow that.
        """
        if report.protected or _spelled(report.outlet) in self.protected:
            return "its source is protected, so it is sent to no endpoint"
        if is_here(host):
            return None
        if not self.allow_sending:
            return f"it is not sent to {host}: {self.subject} does not say allow_sending = true"
        if report.outlet in self.public or public_address(report.address, _policy()) is not None:
            return None
        return (
            f"it is not sent to {host}: neither has it the address of a public page, nor is its outlet listed "
            f"under public in {SETTINGS}"
        )


@cache
def _policy() -> PublicationPolicy:
    """Return the policy that says which addresses are public; it is the one of the gate to the record."""
    return standing_policy([], set())


_TYPES: dict[str, type] = {
    "endpoint": str,
    "model": str,
    "allow_sending": bool,
    "key_variable": str,
    "spacy": str,
    "hf": str,
}


def reader_settings(path: Path) -> ReaderSettings:
    """Return the settings in this file, or in the observatory of this folder.

    Raises Wrong where it cannot be read, where a name in [reader] is none that marsad knows, and where a value is
    impossible. A key must not stand there: any other name, `key` among them, is refused.
    """
    file = path / SETTINGS if path.is_dir() else path
    try:
        settings = tomllib.loads(file.read_text("utf-8"))
    except OSError as fault:
        raise Wrong(str(file), None, f"cannot be read: {fault.strerror}", "give --settings FILE") from fault
    except ValueError as fault:
        raise Wrong(str(file), None, f"is not TOML ({fault})", "correct it") from fault
    told = settings.get("reader", {})
    subject = f"{file}, [reader]"
    if not isinstance(told, dict):
        raise Wrong(subject, None, "is no table", 'write [reader] and below it endpoint = "…"')
    for name, value in told.items():
        if name not in _TYPES:
            raise Wrong(f"{subject} {name}", None, "is no setting", f"there are {', '.join(_TYPES)}")
        if type(value) is not _TYPES[name] or value == "":
            wanted = "true or false" if _TYPES[name] is bool else "words in quotes"
            raise Wrong(f"{subject} {name}", value, f"is not {wanted}", "correct it")
    told = {**told, "endpoint": Address.of(told["endpoint"], f"{subject} endpoint")} if "endpoint" in told else told
    known = {actor.origin.name for actor in actors() if actor.public}
    return ReaderSettings(
        **told,
        protected=frozenset(map(_spelled, _names(settings, "protected", file))),
        public=_names(settings, "public", file) | known,
        subject=subject,
    )


def _spelled(name: str) -> str:
    """Return a name as all its spellings are compared: a protected outlet must not slip out for a capital letter."""
    return " ".join(safe_nfc(name).casefold().split())


def _names(settings: dict[str, Any], key: str, file: Path) -> frozenset[str]:
    names = settings.get(key, [])
    if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
        raise Wrong(f"{file}, {key}", names, "is not a list of names", f'write {key} = ["…", "…"]')
    return frozenset(names)
