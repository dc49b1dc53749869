"""The readers there are, made ready by name; and reading with one of them, report by report, past the gate."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from marsad.collect.incoming import Incoming
from marsad.collect.text_of import kind_of, text_of
from marsad.extract.stage import RulesReader
from marsad.model import Claim, ReportId, Text, Wrong
from marsad.model.rows import text_row
from marsad.pipeline.assets import gazetteer_path
from marsad.pipeline.reader_settings import ReaderSettings
from marsad.pipeline.reading import Read
from marsad.reader import STAGE, Reader, stage_of
from marsad.stage import Rejection
from marsad.text.gazetteer import Gazetteer

READERS = ("rules", "endpoint", "spacy", "hf")
"""The names of the readers there are, the one that marsad reads with first."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one reader made of one report: its claims in the order of the text, and what it could not read, with reasons."""

    claims: list[Claim]
    rejections: list[Rejection]


def reader_called(
    name: str, settings: ReaderSettings, environment: Mapping[str, str], gazetteer: Path | None = None
) -> Reader:
    """Return the reader of this name, ready to read.

    `environment` is where the key of an endpoint is looked for, `gazetteer` a file in place of the one that marsad
    ships. Raises Wrong for a name that is none, for settings that a reader lacks, and for an extra that is not installed.
    """
    places = Gazetteer.open(gazetteer or gazetteer_path())
    match name:
        case "rules":
            return RulesReader(places)
        case "endpoint":
            return _endpoint(settings, environment, places)
        case "spacy":
            from marsad.readers.with_spacy import SpacyReader

            return SpacyReader.loaded(settings.spacy or "en_core_web_sm", places)
        case "hf":
            from marsad.readers.with_transformers import ClassifierReader

            if settings.hf is None:
                raise Wrong(f"{settings.subject} hf", None, "is missing", 'write hf = "folder/of/the/classifier"')
            return ClassifierReader.loaded(settings.hf, places)
    raise Wrong("--reader", name, f"is no reader: {', '.join(READERS)}", "name one of them")


def _endpoint(settings: ReaderSettings, environment: Mapping[str, str], places: Gazetteer) -> Reader:
    if settings.endpoint is None:
        raise Wrong(
            f"{settings.subject} endpoint", None, "is missing", "give --settings FILE with [reader] endpoint and model"
        )
    if settings.model is None:
        raise Wrong(f"{settings.subject} model", None, "is missing", 'write model = "…", as the endpoint calls it')
    key = environment.get(settings.key_variable) or None
    if key is not None and not (key.isascii() and key.isprintable() and " " not in key):
        raise Wrong(settings.key_variable, None, "holds what no key is made of", "set it to the key alone")
    from marsad.readers.endpoint import EndpointReader

    return EndpointReader(settings.endpoint, settings.model, places, key)


def said_by(reader: Reader, item: Incoming, settings: ReaderSettings, report_id: str) -> Said:
    """Return what a reader says of a report; one that sends words away is not even shown a report it may not have."""
    objection = None if reader.sends_to is None else settings.objection(item, reader.sends_to)
    if objection is not None:
        return Said([], [Rejection(report_id, STAGE, objection)])
    text, fields = text_of(item.data, item.name)
    return said_of(reader, Text(ReportId(report_id), text, item.published, item.outlet, item.lang, kind_of(fields)))


def said_of(reader: Reader, report: Text) -> Said:
    """Return what a reader says of a text; a claim whose words do not stand where it says is a Rejection."""
    said = Said([], [])
    for result in stage_of(reader).results(text_row(report)):
        if isinstance(result, Rejection):
            said.rejections.append(result)
        elif report.text[result.start : result.end] != result.text:
            reason = f"{reader.name} quotes words that do not stand at {result.start}–{result.end} of the report"
            said.rejections.append(Rejection(report.report_id, STAGE, reason))
        else:
            said.claims.append(result)
    said.claims.sort(key=lambda claim: (claim.start, claim.end))
    return said


def read_with(reader: Reader, found: Iterable[tuple[str, Incoming]], settings: ReaderSettings) -> Iterator[Read]:
    """Yield what a reader says of each report, one by one, as `read_reports` does; rejections of a report in one."""
    for report_id, item in found:
        said = said_by(reader, item, settings, report_id)
        reasons = "; ".join(
            rejection.reason if rejection.value is None else f"“{rejection.value}”: {rejection.reason}"
            for rejection in said.rejections
        )
        yield Read(report_id, said.claims, Rejection(report_id, STAGE, reasons) if reasons else None)
