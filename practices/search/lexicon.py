"""What the search knows about words and places at this moment.

Synonym groups, the words of the vocabularies and the gazetteer take part when a question
is asked, not when a practice is indexed: an edit works at once and needs no new index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from municipalities.gazetteer import Gazetteer
from practices import version
from practices.models import IndexedPractice, SynonymGroup, Term
from practices.models.vocabulary import lines
from practices.search.analysis import Token, tokenise
from practices.search.documents import key
from practices.search.language import AID, ANYBODY, NEGATIONS, STOP_WORDS

Phrase = tuple[str, ...]
LONGEST_PHRASE = 6
PASSED_OVER = (STOP_WORDS | ANYBODY) - NEGATIONS


class Weight(IntEnum):
    """How much an alternative counts next to the word as typed, per mille."""

    EXACT = 1000
    NAME = 950
    FAMILY = 400
    SYNONYM = 600
    PART_OF_REGION = 550
    RELATED = 350
    REGION_AROUND = 150


class Expansion(NamedTuple):
    """What a word or phrase also stands for: terms that must occur together."""

    terms: Phrase
    weight: int
    why: str


class Place(NamedTuple):
    """A place that can be offered as a filter."""

    parameter: str
    slug: str
    name: str


@dataclass
class Lexicon:
    """All expansions by phrase; a phrase is the stems of its words without stop words."""

    expansions: dict[Phrase, list[Expansion]] = field(default_factory=lambda: defaultdict(list))
    places: dict[Phrase, Place] = field(default_factory=dict)
    named: set[Phrase] = field(default_factory=set)  # words in the name of a term
    filed: dict[Phrase, list[Expansion]] = field(default_factory=dict)  # vocabularies only
    forms: dict[str, str] = field(default_factory=dict)  # word as written, folded -> stem
    documents: int = 0

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every word that the lexicon has, alone or in a phrase."""
        return frozenset(self.forms.values())

    def is_subject(self, phrase: Phrase) -> bool:
        """Whether it names something of this field, rather than just being a word."""
        return len(phrase) > 1 or phrase in self.expansions or phrase in self.named

    def complete(self, phrase: Phrase, beginning: str) -> list[Phrase]:
        """The known phrases that go on with a word that begins like this."""
        return [
            known
            for known in self.expansions
            if known[:-1] == phrase and known[-1].startswith(beginning)
        ]

    def add(self, text: str, expansion: Expansion) -> None:
        phrase = self.learn(text)
        if phrase and phrase != expansion.terms:
            self.expansions[phrase].append(expansion)

    def learn(self, text: str) -> Phrase:
        """The phrase that a text is; its words count as known from now on."""
        tokens = tokenise(text)
        self.forms.update((token.word.folded, token.word.stem) for token in tokens)
        return phrase_of(tokens)


def phrase_of(tokens: Iterable[Token]) -> Phrase:
    """The stems that tell a phrase apart; negations are part of it, articles are not."""
    return tuple(token.word.stem for token in tokens if not is_passed_over(token))


def is_passed_over(token: Token) -> bool:
    return token.word.folded in PASSED_OVER


_cached: tuple[str, Lexicon] = ("", Lexicon())


def lexicon(token: str | None = None) -> Lexicon:
    """The lexicon of this moment, kept per process.

    Costs one query when the caller does not know the version of the catalogue.
    """
    global _cached  # noqa: PLW0603 - one value per process, replaced as a whole
    token = version.current() if token is None else token
    if not token or _cached[0] != token:
        _cached = token, _build()
    return _cached[1]


def _build() -> Lexicon:
    """Eleven queries, whatever the number of practices."""
    known = Lexicon(documents=IndexedPractice.objects.count())
    _add_vocabularies(known)
    known.filed = {phrase: list(found) for phrase, found in known.expansions.items()}
    _add_places(known)
    _add_synonyms(known)
    return known


def _add_vocabularies(known: Lexicon) -> None:
    for model in Term.__subclasses__():
        kind = KIND_OF[model.__name__]
        label = str(model._meta.verbose_name)
        for pk, name, synonyms in model._default_manager.values_list("pk", "name", "synonyms"):
            terms = (key(kind, pk),)
            known.add(name, Expansion(terms, Weight.NAME, f"{label} {name}"))
            known.named |= {(stem,) for stem in known.learn(name)}
            for word in lines(synonyms):
                known.add(word, Expansion(terms, Weight.SYNONYM, f"{label} {name}"))


KIND_OF = {
    "Theme": "theme",
    "TargetGroup": "target_group",
    "Barrier": "barrier",
    "Instrument": "instrument",
    "Recommendation": "recommendation",
    "ParticipationStep": "step",
}


def _add_places(known: Lexicon) -> None:
    gazetteer = Gazetteer()
    for municipality in gazetteer.municipalities:
        why = f"gemeente {municipality.name}"
        found = [Expansion((key("municipality", municipality.pk),), Weight.NAME, why)]
        for pk in sorted(gazetteer.family(municipality) - {municipality.pk}):
            why = f"gemeente {gazetteer.municipality(pk).name}"
            found.append(Expansion((key("municipality", pk),), Weight.FAMILY, why))
        for pk in sorted(gazetteer.around(municipality.region_id)):
            why = f"heel {gazetteer.region(pk).name}"
            found.append(Expansion((key("region", pk),), Weight.REGION_AROUND, why))
        place = Place("gemeente", municipality.slug, municipality.name)
        _add_place(known, place, [municipality.name, *lines(municipality.localities)], found)
    for region in gazetteer.regions:
        found = [Expansion((key("region", region.pk),), Weight.NAME, f"regio {region.name}")]
        reach = gazetteer.reach_of_region(region)
        for pk in sorted(reach.municipalities):
            why = f"gemeente {gazetteer.municipality(pk).name}"
            found.append(Expansion((key("municipality", pk),), Weight.PART_OF_REGION, why))
        place = Place("regio", region.slug, region.name)
        _add_place(known, place, [region.name, *lines(region.synonyms)], found)


def _add_place(known: Lexicon, place: Place, names: Iterable[str], found: list[Expansion]) -> None:
    for name in names:
        phrase = known.learn(name)
        known.places.setdefault(phrase, place)
        known.expansions[phrase] += found


def _add_synonyms(known: Lexicon) -> None:
    for words, finds, related in SynonymGroup.objects.values_list("words", "finds", "related"):
        group = lines(words)
        for word in group:
            others = [other for other in group if other != word]
            for target in (*others, *lines(finds)):
                _add_synonym(known, word, target, Weight.SYNONYM)
            for target in lines(related):
                _add_synonym(known, word, target, Weight.RELATED)


def _telling(text: str) -> Phrase:
    """The words that tell something: of "hulp bij schulden" only the last."""
    return phrase_of(token for token in tokenise(text) if token.word.folded not in AID)


def _add_synonym(known: Lexicon, word: str, target: str, weight: Weight) -> None:
    """The words of the target, and what the catalogue's own vocabulary calls it."""
    phrase = known.learn(target)
    if not phrase:
        return
    why = f"synoniem {target}" if weight == Weight.SYNONYM else f"verwant woord {target}"
    known.add(word, Expansion(_telling(target) or phrase, weight, why))
    for named in known.filed.get(phrase, ()):
        known.add(word, Expansion(named.terms, min(weight, named.weight), why))
