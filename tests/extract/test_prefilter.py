"""Most reports of a news stream make no claim: they are put aside early, and never one that would have made a claim."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from benchmarks.stories import stories, story_languages
from hypothesis import given, settings
from hypothesis import strategies as st
from little_ground import PUBLISHED, ground

from marsad.extract.atlas import Atlas
from marsad.extract.cast import Cast
from marsad.extract.counts import mentions_in
from marsad.extract.glance import may_count
from marsad.extract.scenes import scene_of
from marsad.extract.speakers import speakers_in
from marsad.text.lexicon import Lexicon, languages, lexicon
from marsad.text.phrases import Line, Phrases
from marsad.text.sentences import sentences
from marsad.text.sieve import pieces_of

DEV = Path(__file__).parents[3] / "shared" / "data" / "dev_reports"
READ = sorted({*languages()} & {*story_languages()})


def lines_of(words: Lexicon, text: str) -> Iterator[Line]:
    """Every sentence of a text, each read in full."""
    return (words.line(text, sentence.body, sentence.end) for sentence in sentences(text))


def states_a_count(words: Lexicon, text: str) -> bool:
    """Whether any sentence of a text states a count, found without any short cut."""
    return any(mentions_in(words, line) for line in lines_of(words, text))


@pytest.mark.long
@pytest.mark.parametrize("lang", READ)
def test_no_sentence_of_made_up_news_is_skipped_that_states_a_count(lang: str) -> None:
    """In raids, sport, economy, weather and politics alike, a sentence passed over as countless states no count."""
    words = lexicon(lang)
    skipped = 0
    for made in (*stories(lang, 40), *stories(lang, 100, one_in=5)):
        for line in lines_of(words, made.text):
            if not may_count(words, line):
                skipped += 1
                assert mentions_in(words, line) == []
    assert skipped > 500


@pytest.mark.long
@pytest.mark.parametrize("lang", READ)
def test_words_for_contexts_change_no_claim(lang: str) -> None:
    """A sentence read without the words for contexts says the same of counts, scene and speakers as one read with all words."""
    words = lexicon(lang)
    told = 0
    for made in stories(lang, 12, tolls=4):
        whole = list(lines_of(words, made.text))
        short = [words.counting_line(made.text, s.body, s.end) for s in sentences(made.text)]
        atlas, cast = Atlas(ground(), whole), Cast(previous=("somebody",))
        for long_line, line in zip(whole, short, strict=True):
            assert list(line) == list(long_line)
            assert mentions_in(words, line) == mentions_in(words, long_line)
            assert speakers_in(words, atlas, line, cast) == speakers_in(words, atlas, long_line, cast)
            scenes = [scene_of(words, atlas, each, made.text, PUBLISHED) for each in (line, long_line)]
            assert scenes[0] == scenes[1]
            told += bool(mentions_in(words, line))
    assert told > 20


@pytest.mark.long
@pytest.mark.parametrize("lang", READ)
def test_most_made_up_news_of_other_matters_is_put_aside_and_no_raid_is(lang: str) -> None:
    """A report held back by the sieve states no count; every report of a raid is let through, most others are not read on."""
    words = lexicon(lang)
    made = list(stories(lang, 100, one_in=5))
    aside = [k for k, m in enumerate(made) if not states_a_count(words, m.text)]
    assert all(words.harm_sieve.among(pieces_of(m.text)) for m in made[::5])
    assert len(aside) >= 75
    held = [m.text for m in made if not words.harm_sieve.among(pieces_of(m.text))]
    assert not any(words.harm.find(line) for text in held for line in lines_of(words, text))


@pytest.mark.long
@pytest.mark.parametrize("lang", languages())
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_row_of_telling_words_is_skipped_that_states_a_count(lang: str, data: st.DataObject) -> None:
    """Whatever words of people, harm, number and grammar are put in a row, a sentence passed over states no count."""
    words = lexicon(lang)
    lists: list[Phrases[Any]] = [words.people, words.harm, words.tags, words.bare, *words.numbers.leads]
    phrases = sorted({" ".join(forms) for each in lists for forms in each.phrases})
    phrases += [*words.numbers.units, *words.numbers.articles, "12", "7,000", ",", "."]
    pointing = [words.section(name) for name in ("whole.words", "whole.construct", "unknown.words", "none.words")]
    phrases += [" ".join(forms) for each in pointing for forms in each.phrases]
    line = words.line(" ".join(data.draw(st.lists(st.sampled_from(phrases), max_size=9))))
    assert may_count(words, line) or mentions_in(words, line) == []


@pytest.mark.skipif(not DEV.is_dir(), reason="the reports to develop on are not here")
def test_reports_marked_by_hand_are_let_through() -> None:
    """Of the reports in which people found claims, none is held back, not even those the rules read nothing in."""
    gold = {entry["report_id"] for entry in _lines("gold.jsonl") if entry["claims"]}
    marked = [r for r in _lines("reports.jsonl") if r["id"] in gold and r["lang"] in languages()]
    assert marked
    lost = [r["id"] for r in marked if not lexicon(r["lang"]).harm_sieve.among(pieces_of(r["text"]))]
    assert lost == []


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DEV / name).read_text("utf-8").splitlines()]
