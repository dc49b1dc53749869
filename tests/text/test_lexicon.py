"""Every entry of every lexicon says what it says: its example, read as a report, gives what the entry promises."""

import tomllib
from collections.abc import Callable, Mapping
from importlib import resources
from typing import Any

import pytest
from little_ground import read

from marsad.extract.counts import mentions_in
from marsad.extract.names import unspoken
from marsad.model import Bound, Claim, Measure, Modality, OriginKind, Scope, Status
from marsad.text.actors import Actor, actor_called, actors, theatres
from marsad.text.context_words import spelled
from marsad.text.lexicon import Lexicon, languages, lexicon
from marsad.text.tokens import form_of

LANGUAGES = languages()

BESIDE = {"context", "beside"}
"""What tells of more than counts: a language may leave it out (see test_context_words.py)."""


def _entries(kind: str) -> list[Any]:
    """Return a pytest parameter for every entry of an array of groups, in every language."""
    return [
        pytest.param(lang, entry, id=f"{lang}-{kind}-{number}")
        for lang in LANGUAGES
        for number, entry in enumerate(lexicon(lang).data[kind])
    ]


def _uses(entry: Mapping[str, Any], lists: tuple[str, ...]) -> bool:
    """Tell whether the example contains one of the entry's own words."""
    example = form_of(entry["example"])
    return any(form_of(word) in example for name in lists for word in spelled(entry.get(name, ())))


# --- completeness ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_group_has_an_example(lang: str) -> None:
    """An entry without a sentence that shows it is not an entry."""
    for name, group in lexicon(lang).data.items():
        for entry in group if isinstance(group, list) and name not in ("prefixes", "clitics", "articles") else [group]:
            if isinstance(entry, Mapping):
                assert entry.get("example"), (lang, name, entry)


def test_languages_have_the_same_groups() -> None:
    """What one language can say about a count, another can too; a list may be empty, never missing."""
    known = {lang: lexicon(lang).data for lang in LANGUAGES}
    english = known["en"]
    for lang, data in known.items():
        assert set(data) | BESIDE == set(english) | BESIDE, lang
        for name, group in english.items():
            if isinstance(group, Mapping) and name not in ("tags", "weapons", "countries", "beside"):
                assert set(data[name]) == set(group), (lang, name)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_example_uses_a_word_of_its_entry(lang: str) -> None:
    """The example is about the entry and not merely beside it."""
    data = lexicon(lang).data
    for kind, lists in (
        ("people", ("words", "one", "two")),
        ("harm", ("words",)),
        ("role", ("words",)),
        ("bound", ("before", "after")),
    ):
        for entry in data[kind]:
            assert _uses(entry, lists), (lang, kind, entry["example"])


def test_unknown_language_is_refused_with_those_there_are() -> None:
    """The message names the languages that can be read."""
    with pytest.raises(KeyError, match="ar, en, es, fr, it, uk"):
        lexicon("xx")


# --- arrays of groups -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "entry"), _entries("harm"))
def test_harm_is_measured(lang: str, entry: Mapping[str, Any]) -> None:
    """A word of harm counts what its entry says."""
    assert Measure(entry["measure"]) in {claim.measure for claim in read(entry["example"], lang)}


@pytest.mark.parametrize(("lang", "entry"), _entries("people"))
def test_people_are_told_apart(lang: str, entry: Mapping[str, Any]) -> None:
    """A noun says whether they were civilians, and which group they were of."""
    told = {(claim.status.value, claim.group and claim.group.value) for claim in read(entry["example"], lang)}
    wanted = "civilian" if entry.get("others") else entry["status"]  # more of the civilians before
    assert (wanted, entry.get("group")) in told


@pytest.mark.parametrize(("lang", "entry"), _entries("bound"))
def test_bounds_bind(lang: str, entry: Mapping[str, Any]) -> None:
    """A bound word sets its bound and opens the side it leaves open."""
    [claim] = read(entry["example"], lang)
    assert claim.bound == Bound(entry["kind"])
    assert claim.value is not None
    open_side = {
        "at_least": (False, True),
        "more_than": (False, True),
        "at_most": (True, False),
        "less_than": (True, False),
    }
    assert (claim.low is None, claim.high is None) == open_side.get(entry["kind"], (False, False))


@pytest.mark.parametrize(("lang", "entry"), _entries("role"))
def test_roles_speak(lang: str, entry: Mapping[str, Any]) -> None:
    """A role named as the speaker is the attribution, by one of the entry's own words."""
    [claim] = read(entry["example"], lang)
    speaker = form_of(claim.attribution[0])
    if "name" in entry:
        assert speaker == form_of(entry["name"])
        return
    assert any(form_of(word).removeprefix("the ").removeprefix("a ") in speaker for word in entry["words"])
    OriginKind(entry["kind"])


@pytest.mark.parametrize(("lang", "entry"), _entries("rule"))
def test_rules_fire(lang: str, entry: Mapping[str, Any]) -> None:
    """A pattern finds a count in its example."""
    words = lexicon(lang)
    assert entry["name"] in {mention.rule for mention in mentions_in(words, words.line(entry["example"]))}
    assert 0 < entry["score"] <= 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rule_names_are_unique(lang: str) -> None:
    """A claim's rule names one pattern."""
    names = [rule["name"] for rule in lexicon(lang).data["rule"]]
    assert len(names) == len(set(names))


# --- tables of lists ------------------------------------------------------------------------------------------------

Check = Callable[[list[Claim]], bool]
SAYS: dict[str, Check] = {
    "numbers": lambda claims: [c.value for c in claims] in ([205], [3]),
    "plural": lambda claims: all(c.low == c.high for c in claims) and bool(claims),
    "other_numbers": lambda claims: [c.value for c in claims] == [9],
    "tags": lambda claims: {c.value for c in claims} == {13, 6, 14},
    "not_people": lambda claims: [c.value for c in claims] == [9],
    "bystanders": lambda claims: [c.value for c in claims] == [9],
    "parts": lambda claims: [(c.value, c.subset_of is not None) for c in claims] == [(14, False), (3, True)],
    "counted": lambda claims: [(c.value, c.status) for c in claims] == [(9, Status.COMBATANT)],
    "counting": lambda claims: [(c.value, c.status) for c in claims] == [(52, Status.CIVILIAN)],
    "sided": lambda claims: [c.status for c in claims] == [Status.COMBATANT],
    "attribution": lambda claims: claims[0].attribution == ("Syrian Observatory for Human Rights",),
    "dates": lambda claims: claims[0].occurred is not None and str(claims[0].occurred.start) == "2014-11-25",
    "scope": lambda claims: claims[0].scope is Scope.CUMULATIVE,
    "none": lambda claims: (claims[0].bound, claims[0].low, claims[0].high) == (Bound.NONE, 0, 0),
    "unknown": lambda claims: (claims[0].bound, claims[0].modality) == (Bound.UNKNOWN, Modality.UNKNOWN),
    "whole": lambda claims: [(c.value, c.status) for c in claims] == [(52, Status.CIVILIAN)],
    "relations": lambda claims: [(c.value, c.modality.value) for c in claims] == [(63, "retracted"), (95, "asserted")],
    "seen": lambda claims: [c.measure for c in claims] == [Measure.BODIES_SEEN],
    "modality": lambda claims: claims[0].modality is Modality.REPORTED,
    "topic": lambda claims: claims == [],
    "places": lambda claims: claims[0].place is not None and claims[0].place.name == "Raqqa",
    "weapons": lambda claims: claims[0].weapon == "air strike",
    "countries": lambda claims: claims[0].place is not None and claims[0].place.country == "SY",
    "perpetrators": lambda claims: claims[0].perpetrator == "Government of Syria",
}
"""What the example of each table gives."""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", sorted(SAYS))
def test_tables_do_what_they_are_for(lang: str, name: str) -> None:
    """The example of a table of words gives what the table is there for."""
    claims = read(lexicon(lang).data[name]["example"], lang)
    assert SAYS[name](claims), claims


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_table_is_left_out(lang: str) -> None:
    """A table that comes to the lexicon needs a line above."""
    tables = {name for name, group in lexicon(lang).data.items() if isinstance(group, Mapping)}
    assert tables - BESIDE == {*SAYS, "telling"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_telling_sentence_sets_the_scene_for_a_count(lang: str) -> None:
    """A sentence about an attack, weapon or no weapon, dates and places the count that follows."""
    count = " " + next(e["example"] for e in lexicon(lang).data["people"] if e["status"] == "unknown")
    [claim] = read(lexicon(lang).data["telling"]["example"] + count, lang)
    assert claim.place is not None
    assert claim.occurred is not None
    assert (claim.place.name, str(claim.occurred.start)) == ("Raqqa", "2014-11-25")


def _examples(name: str) -> list[Any]:
    return [
        pytest.param(lang, part, sentence, id=f"{lang}-{part}")
        for lang in LANGUAGES
        for part, sentence in lexicon(lang).data[name]["examples"].items()
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_list_with_a_meaning_of_its_own_has_an_example(lang: str) -> None:
    """Kinds of weapons, of hedges, of scopes and of other matters are told apart, so each is shown."""
    for name in ("weapons", "modality", "relations", "topic"):
        table = lexicon(lang).data[name]
        assert set(table["examples"]) == {part for part, words in table.items() if isinstance(words, list)}, name


@pytest.mark.parametrize(("lang", "kind", "sentence"), _examples("weapons"))
def test_weapons_are_named(lang: str, kind: str, sentence: str) -> None:
    """A word for a weapon means its kind."""
    assert read(sentence, lang)[0].weapon == kind


@pytest.mark.parametrize(("lang", "kind", "sentence"), _examples("modality"))
def test_hedges_denials_and_retractions_are_told_apart(lang: str, kind: str, sentence: str) -> None:
    """How the text stands to a number follows from the words around it; a threat harms nobody yet."""
    if kind.removesuffix("_after") == "hypothetical":
        assert read(sentence, lang) == []
        return
    assert Modality(kind.removesuffix("_after")) in {claim.modality for claim in read(sentence, lang)}


@pytest.mark.parametrize(("lang", "kind", "sentence"), _examples("relations"))
def test_how_numbers_stand_to_one_another_is_told(lang: str, kind: str, sentence: str) -> None:
    """An older number is replaced by the newer one, and a sum over several incidents holds each of them."""
    claims = read(sentence, lang)
    kinds = [(r.kind.value, r.target) for c in claims for r in c.relations]
    if kind == "several":
        assert kinds == [("aggregate_includes", c.claim_id) for c in claims[:2]]
        assert [(c.value, c.scope) for c in claims if c.relations] == [(14, Scope.AGGREGATE)]
        return
    [newer] = [c for c in claims if c.relations]
    [older] = [c for c in claims if c is not newer]
    assert kinds == [("updates", older.claim_id)]
    assert (newer.value, older.value) == ((70, 118) if kind in ("lowered", "to") else (95, 63))
    assert (newer.modality, older.modality) == (Modality.ASSERTED, Modality.RETRACTED)


@pytest.mark.parametrize(("lang", "kind", "sentence"), _examples("scope"))
def test_totals_and_background_are_kept_apart(lang: str, kind: str, sentence: str) -> None:
    """A war's total and an earlier matter are not this incident."""
    assert read(sentence, lang)[0].scope == Scope(kind)


@pytest.mark.parametrize(("lang", "kind", "sentence"), _examples("topic"))
def test_people_harmed_by_something_else_are_not_counted(lang: str, kind: str, sentence: str) -> None:
    """An earthquake, an accident, a common crime and sport make no claims; shelling after an earthquake does."""
    assert [claim.value for claim in read(sentence, lang)] == ([9] if kind == "armed" else [])


@pytest.mark.parametrize(("lang", "kind", "sentence"), _examples("numbers"))
def test_ways_of_counting_are_told_apart(lang: str, kind: str, sentence: str) -> None:
    """A vague word, a share and a number in so many words are three things."""
    last = read(sentence, lang)[-1]
    wanted = {"exact": Bound.EXACT, "vague": Bound.VAGUE, "fractions": Bound.FRACTION, "majority": Bound.FRACTION}
    wanted |= {"ratio": Bound.FRACTION, "rounded": Bound.ABOUT}
    assert last.bound is wanted[kind]
    if kind in ("fractions", "ratio"):
        assert (last.low, last.high, last.derived) == (3, 3, True)
    if kind == "majority":
        assert (last.low, last.high, last.derived) == (5, 9, True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_vague_words_bound_an_interval_or_nothing(lang: str) -> None:
    """Low is never above high; 0 leaves a side open."""
    for word, (low, high) in lexicon(lang).data["numbers"]["vague"].items():
        assert low >= 0, word
        assert high == 0 or low <= high, word


# --- actors ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("actor", actors(), ids=lambda actor: actor.origin.name)
def test_an_actor_is_known_by_every_name(actor: Actor) -> None:
    """Whatever the spelling, and in either language, what is said is attributed to the one actor."""
    for alias in actor.aliases:
        assert actor_called(alias) == actor
        if any("\u0400" <= letter <= "\u04ff" for letter in alias):
            continue  # bent by case, which its own language's tests try
        arabic = any("\u0600" <= letter <= "\u06ff" for letter in alias)
        sentence = f"قال {alias} إن تسعة أشخاص قتلوا." if arabic else f"{alias} said nine people were killed."
        [claim] = read(sentence, "ar" if arabic else "en")
        assert tuple(map(unspoken, claim.attribution)) == (actor.origin.name,), alias


def _actor_examples() -> list[Any]:
    data = tomllib.loads((resources.files("marsad.resources") / "actors.toml").read_text("utf-8"))
    return [pytest.param(entry, id=entry["name"]) for entry in data["actor"]]


@pytest.mark.parametrize("entry", _actor_examples())
def test_an_actor_s_example_is_attributed_to_it(entry: Mapping[str, Any]) -> None:
    """The example names the actor as the speaker of nine dead."""
    [claim] = read(entry["example"])
    assert claim.attribution == (entry["name"],)
    assert claim.value == 9


def test_no_two_actors_share_a_name() -> None:
    """A spelling means one actor."""
    seen: dict[str, str] = {}
    for actor in actors():
        for alias in actor.aliases:
            assert seen.setdefault(form_of(alias), actor.origin.name) == actor.origin.name, alias


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The Observatory said nine people were killed.", "Syrian Observatory for Human Rights"),
        (
            "Workers at the observatory on the hill said nine people were killed.",
            "workers at the observatory",
        ),
    ],
)
def test_a_name_is_capitalised(sentence: str, speaker: str | None) -> None:
    """ "The Observatory" is the monitor, an observatory is any."""
    [claim] = read(sentence)
    assert (claim.attribution[0] if claim.attribution else None) == speaker


def test_lists_are_asked_for_by_name() -> None:
    """A list that does not exist is a fault of the caller, not an empty list."""
    words: Lexicon = lexicon("en")
    with pytest.raises(KeyError):
        words.section("attribution.nothing")
    with pytest.raises(KeyError):
        words.forms("attribution.say")


def test_a_theatre_is_the_country_of_an_actor_that_is_listed() -> None:
    """ISO 3166-1 codes of two letters, and no actor that the list does not have."""
    names = {actor.origin.name for actor in actors()}
    assert set(theatres()) <= names
    assert all(len(code) == 2 and code.isupper() for code in theatres().values())
    assert theatres()["ELN"] == "CO"
    assert "Al-Shabaab" not in theatres()


def test_a_language_in_latin_letters_looks_for_no_other_names() -> None:
    """An Arabic name in an English text would be quoted words; Arabic texts name outlets in Latin letters."""
    arabic = next(
        alias for actor in actors() if actor.origin.name == "Hamas" for alias in actor.aliases if not alias.isascii()
    )
    assert not lexicon("en").actors.find(lexicon("en").line(f"{arabic} fighters"))
    assert lexicon("ar").actors.find(lexicon("ar").line("قالت Reuters إن تسعة قتلوا"))
