"""A reader behind an OpenAI-compatible endpoint: it asks a model, and keeps only what the report itself bears out."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from marsad.model import Bound, Claim, Group, Measure, Modality, Scope, Status, Text
from marsad.model.rows import canonical_json
from marsad.reader import STAGE
from marsad.readers.address import Address
from marsad.readers.answer import items_of
from marsad.readers.page import Page, Unread, shown
from marsad.readers.post import Patience, post
from marsad.readers.quoted import claim_of_item
from marsad.stage import Rejection
from marsad.text.gazetteer import Gazetteer

_PATIENCE = Patience()


@cache
def prompt() -> str:
    """Return what the model is told: resources/readers/endpoint.md."""
    return (resources.files("marsad.resources") / "readers" / "endpoint.md").read_text("utf-8")


def _kinds(kinds: type[StrEnum]) -> dict[str, Any]:
    return {"type": "string", "enum": [kind.value for kind in kinds]}


def _maybe(kind: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [kind, {"type": "null"}]}


@cache
def answer_form() -> dict[str, Any]:
    """Return the JSON schema of an answer, strict as endpoints want it: every name required, no other allowed."""
    words, number = {"type": "string"}, {"type": "integer"}
    item = {
        "quote": words,
        "occurrence": number,
        "measure": _kinds(Measure),
        "low": _maybe(number),
        "high": _maybe(number),
        "bound": _kinds(Bound),
        "status": _kinds(Status),
        "group": _maybe(_kinds(Group)),
        "attribution": {"type": "array", "items": words},
        "place": _maybe(words),
        "date": _maybe(words),
        "scope": _kinds(Scope),
        "modality": _kinds(Modality),
    }
    return _closed({"claims": {"type": "array", "items": _closed(item)}})


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def prompt_hash() -> str:
    """Return the first 12 hex digits of the SHA-256 of everything that is asked besides the report."""
    return hashlib.sha256(canonical_json([prompt(), answer_form()]).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class EndpointReader:
    """Asks `model` at `address` about each report; the words of the report and nothing else about it are sent.

    Every item of an answer is held against the report (`claim_of_item`), and one that does not hold is one Rejection
    with its reason. A report that gets no good answer is one Rejection. `key` is in no message and no claim. `pause`
    waits between tries, so that a test need not.
    """

    address: Address
    model: str
    gazetteer: Gazetteer
    key: str | None = field(default=None, repr=False)
    seed: int = 0
    patience: Patience = _PATIENCE
    pause: Callable[[float], None] = time.sleep
    name: str = "endpoint"

    @property
    def version(self) -> str:
        """The model's name and the hash of what it is asked; what the model is behind that name nobody can tell."""
        return f"{self.model};prompt-{prompt_hash()}"

    @property
    def sends_to(self) -> str:
        """The host of the endpoint."""
        return self.address.host

    def read(self, report: Text) -> Iterator[Claim | Rejection]:
        """Yield the claims that hold, in the order of the text, then a Rejection for each item that does not."""
        try:
            page = Page.opened(report, self.gazetteer, f"{self.name};{self.version}")
            items = items_of(post(self.address, self._question(report.text), self.key, self.patience, self.pause))
        except Unread as reason:
            yield Rejection(report.report_id, STAGE, str(reason))
            return
        yield from _held(page, items)

    def _question(self, text: str) -> bytes:
        messages = [
            {"role": "system", "content": prompt()},
            {"role": "user", "content": f"<report>\n{text}\n</report>"},
        ]
        form = {"name": "claims", "strict": True, "schema": answer_form()}
        question = {
            "model": self.model,
            "temperature": 0,
            "seed": self.seed,
            "stream": False,
            "response_format": {"type": "json_schema", "json_schema": form},
            "messages": messages,
        }
        return json.dumps(question).encode()


def _held(page: Page, items: list[Any]) -> Iterator[Claim | Rejection]:
    claims: dict[str, Claim] = {}
    refused: list[Rejection] = []
    for item in items:
        try:
            if not isinstance(item, dict):
                raise Unread("the item is no JSON object")
            claim = claim_of_item(page, item)
            if claim.claim_id in claims:
                raise Unread("the answer gives these words with this measure twice")
            claims[claim.claim_id] = claim
        except Unread as reason:
            quote = item.get("quote") if isinstance(item, dict) else item
            refused.append(Rejection(page.report.report_id, STAGE, str(reason), shown(quote)))
    yield from sorted(claims.values(), key=lambda claim: (claim.start, claim.end))
    yield from refused
