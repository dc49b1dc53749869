"""A reader over a Hugging Face token classifier whose labels are measures: KILLED, INJURED, … An extra."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marsad.model import Claim, Measure, Text, Wrong
from marsad.reader import STAGE
from marsad.readers.page import Details, Page, Unread, shown
from marsad.stage import Rejection
from marsad.text.gazetteer import Gazetteer

WEIGHTS = "model.safetensors"
_STRIDE = 32
"""Tokens by which the windows of a sentence longer than the model overlap."""

_MEASURES = {measure.value: measure for measure in Measure}


@dataclass(frozen=True)
class ClassifierReader:
    """Reads with `classify`, a token-classification pipeline; sends nothing anywhere.

    The model says which words count whom: each run of tokens labelled with a measure is one claim. The number is read
    in those words by marsad; a run in which none stands is one Rejection.
    """

    classify: Any
    version: str
    gazetteer: Gazetteer
    name: str = "hf"
    sends_to: None = None

    @staticmethod
    def loaded(folder: str, gazetteer: Gazetteer) -> "ClassifierReader":
        """Return the reader that uses the classifier in this folder; nothing is ever fetched.

        Raises Wrong where transformers is not installed, where the folder holds no weights in the safetensors format
        (pickles are programs, so they are not opened), and where no label of the model is a measure.
        """
        try:
            from transformers import AutoModelForTokenClassification, AutoTokenizer, pipeline
        except ImportError as fault:
            raise Wrong("--reader", "hf", "needs transformers and torch", "pip install 'marsad[hf]'") from fault
        weights = Path(folder) / WEIGHTS
        if not weights.is_file():
            raise Wrong("[reader] hf", folder, f"is no folder with {WEIGHTS}", "save the model there first")
        try:
            model = AutoModelForTokenClassification.from_pretrained(folder, local_files_only=True, use_safetensors=True)
            tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        except (OSError, ValueError) as fault:
            raise Wrong("[reader] hf", folder, f"cannot be loaded ({shown(fault, 200)})", "save it again") from fault
        labels = sorted(set(model.config.id2label.values()))
        if not any(_measure(label) for label in labels):
            rule = f"has labels {', '.join(labels)}, none of which is a measure"
            raise Wrong("[reader] hf", folder, rule, f"train it on B- and I- of {', '.join(_MEASURES)}")
        windows = {"stride": _STRIDE} if _STRIDE < tokenizer.model_max_length < 100_000 else {}
        classify = pipeline(
            "token-classification", model=model, tokenizer=tokenizer, aggregation_strategy="simple", **windows
        )
        with weights.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()[:12]
        return ClassifierReader(classify, f"{Path(folder).name};weights-{digest}", gazetteer)

    def read(self, report: Text) -> Iterator[Claim | Rejection]:
        """Yield a claim for each run of labelled words that states a number, a Rejection for each other run."""
        try:
            page = Page.opened(report, self.gazetteer, f"{self.name};{self.version}")
        except Unread as reason:
            yield Rejection(report.report_id, STAGE, str(reason))
            return
        seen = set()
        for sentence in page.sentences:
            for run in self.classify(report.text[sentence.start : sentence.end]):
                measure = _measure(run["entity_group"])
                if measure is None:
                    continue
                start, end = sentence.start + int(run["start"]), sentence.start + int(run["end"])
                try:
                    claim = _claim(page, start, end, measure, float(run["score"]))
                except Unread as reason:
                    yield Rejection(report.report_id, STAGE, str(reason), shown(report.text[start:end]))
                    continue
                if claim.claim_id not in seen:
                    seen.add(claim.claim_id)
                    yield claim


def _claim(page: Page, start: int, end: int, measure: Measure, score: float) -> Claim:
    said = next((n for n in page.stated(start, end) if start <= n.start and n.end <= end), None)
    if said is None:
        raise Unread(f"no whole number stands in the words labelled {measure.value}")
    return page.claim(start, end, measure, said, Details(), round(min(1.0, max(0.0, score)), 3))


def _measure(label: str) -> Measure | None:
    return _MEASURES.get(label.removeprefix("B-").removeprefix("I-").lower())
