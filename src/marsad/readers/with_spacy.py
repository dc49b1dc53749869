"""A reader over a spaCy parse: a number, the noun it counts, and the word of harm that the noun hangs on. An extra."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from marsad.model import Claim, Measure, Place, Text, When, Wrong
from marsad.reader import STAGE
from marsad.readers.page import Details, Page, Unread
from marsad.readers.stated import Stated
from marsad.stage import Rejection
from marsad.text.gazetteer import Gazetteer
from marsad.text.lexicon import Harm, People
from marsad.text.phrases import Phrases
from marsad.text.tokens import form_of

_SCORE = 0.6
_SUBJECTS = frozenset(("nsubj", "csubj"))
_SUFFERERS = frozenset(("nsubjpass", "nsubj:pass", "dobj", "obj"))
_DESCRIBES = frozenset(("acl", "relcl", "acl:relcl", "amod", "compound"))
_STATES = frozenset(("acomp", "oprd", "xcomp", "ccomp"))
_STEPS = 4
"""How many steps of "and" are gone up to the word that all parts of a list hang on."""


@dataclass(frozen=True)
class SpacyReader:
    """Reads with `pipeline`, a loaded spaCy pipeline that tags, parses and names; sends nothing anywhere."""

    pipeline: Any
    version: str
    gazetteer: Gazetteer
    name: str = "spacy"
    sends_to: None = None

    @staticmethod
    def loaded(model: str, gazetteer: Gazetteer) -> "SpacyReader":
        """Return the reader that parses with this spaCy model, a package or a folder.

        Raises Wrong, saying what to install, where spaCy or the model is not there.
        """
        try:
            import spacy
        except ImportError as fault:
            raise Wrong("--reader", "spacy", "needs spaCy", "pip install 'marsad[spacy]'") from fault
        try:
            pipeline = spacy.load(model)
        except OSError as fault:
            remedy = f"install it (python -m spacy download {model}), or name another: [reader] spacy"
            raise Wrong("spaCy model", model, "is not installed", remedy) from fault
        meta = pipeline.meta
        version = f"{meta['lang']}_{meta['name']}-{meta['version']};spacy-{spacy.__version__}"
        return SpacyReader(pipeline, version, gazetteer)

    def read(self, report: Text) -> Iterator[Claim | Rejection]:
        """Yield a claim for each number of people whose parse leads to a word of harm."""
        try:
            page = Page.opened(report, self.gazetteer, f"{self.name};{self.version}")
            if page.words.lang != self.pipeline.lang:
                raise Unread(f"the spaCy model reads {self.pipeline.lang!r}, the report is in {page.words.lang!r}")
        except Unread as reason:
            yield Rejection(report.report_id, STAGE, str(reason))
            return
        counting = [(s.start, s.end, said) for s in page.sentences if (said := page.stated(s.start, s.end))]
        seen = set()
        for (start, _, said), doc in zip(
            counting, self.pipeline.pipe(report.text[start:end] for start, end, _ in counting), strict=True
        ):
            parse = _Parse(page, doc, start)
            for claim in filter(None, map(parse.claim, said)):
                if claim.claim_id not in seen:
                    seen.add(claim.claim_id)
                    yield claim


class _Parse:
    """A parsed sentence that begins at `start`, and the words that mean people and harm in its language.

    Sentences are parsed one by one: looking something up in spaCy's parse of a whole report takes as long as the report.
    """

    def __init__(self, page: Page, doc: Any, start: int) -> None:
        self._page, self._doc, self._from = page, doc, start
        self._harm: dict[str, Harm] = _single(page.words.harm)
        self._people: dict[str, People] = _single(page.words.people)
        self._say = _single(page.words.section("attribution.say"))

    def claim(self, said: Stated) -> Claim | None:
        """Return the claim that a stated number makes, None where nothing says what befell those counted."""
        start, end = said.start - self._from, said.end - self._from
        number = self._doc.char_span(start, end, alignment_mode="expand").root
        noun = number.head if number.dep_ in ("nummod", "amod", "det") and number.head.pos_ != "VERB" else number
        found = self._befell(noun)
        if found is None:
            return None
        measure, verb = found
        of = (w for prep in number.children if prep.lower_ == "of" for w in prep.children if w.dep_ == "pobj")
        last = next(of, noun) if noun == number else noun  # "dozens of people"
        people = self._people.get(form_of(last.text))
        start, end = min(start, noun.idx), max(end, *(word.idx + len(word.text) for word in (noun, last)))
        details = Details(attribution=self._speaker(verb), place=self._place(), occurred=self._when())
        if people is not None:
            details = replace(details, status=people.status, group=people.group)
        return self._page.claim(self._from + start, self._from + end, measure, said, details, _SCORE)

    def _befell(self, noun: Any) -> tuple[Measure, Any] | None:
        """Return what befell those whom a noun counts, and the word that says so."""
        own = [noun, *(child for child in noun.children if child.dep_ in _DESCRIBES)]
        for word in own:
            if harm := self._harm.get(form_of(word.text)):
                return harm.measure, word
        for _ in range(_STEPS):
            if noun.dep_ not in ("conj", "appos"):
                break
            noun = noun.head
        verb = noun.head
        told = [verb] if noun.dep_ in _SUFFERERS or self._suffers(noun) else []
        told += [child for child in verb.children if child.dep_ in _STATES and noun.dep_ in _SUFFERERS]
        return next(((self._harm[f].measure, w) for w in told if (f := form_of(w.text)) in self._harm), None)

    def _suffers(self, noun: Any) -> bool:
        """Tell whether a subject suffers what its verb says: "nine died"; "nine gunmen killed two" do it to others."""
        acts = any(child.dep_ in ("dobj", "obj") for child in noun.head.children)
        return noun.dep_ in _SUBJECTS and not acts

    def _speaker(self, word: Any) -> tuple[str, ...]:
        for verb in (word, *word.ancestors):
            for child in verb.children:
                subject = child.dep_ in _SUBJECTS and verb.lower_ in self._say and verb is not word
                cited = next((w for to in child.children for w in to.children if w.dep_ == "pobj"), None)
                name = child if subject else cited if child.lower_ == "according" else None
                if name is not None and name.pos_ in ("PROPN", "NOUN"):
                    whole = self._doc[name.left_edge.i : name.right_edge.i + 1].text.partition(",")[0]
                    return (self._page.speaker(whole, self._doc[name.left_edge.i : name.i + 1].text),)
        return ()

    def _place(self) -> Place | None:
        return next((self._page.place(e.text) for e in self._doc.ents if e.label_ in ("GPE", "LOC")), None)

    def _when(self) -> When | None:
        spans = ((self._from + e.start_char, self._from + e.end_char) for e in self._doc.ents if e.label_ == "DATE")
        days = (self._page.when(*span) for span in spans)
        return next((day for day in days if day is not None), None)


@cache
def _single(phrases: Phrases[Any]) -> dict[str, Any]:
    """Return the phrases of one word with their meanings."""
    return {forms[0]: meaning for forms, meaning, _ in phrases.entries if len(forms) == 1}
