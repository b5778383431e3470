"""What of a practice is searched, and how much each part says about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import Prefetch

from municipalities.models import Municipality
from practices.models import Practice
from practices.search.analysis import MAX_TERM_LENGTH, fold, stem, tokenise

TITLE, KEYS, SUMMARY, BODY, RELATED = 6.0, 2.5, 2.5, 1.0, 0.5
# What a compound yields on top of itself says less than the word that was written.
DERIVED = 0.6
MAX_IMPACT = 1000
# A fixed length instead of the catalogue's average: the postings of a practice then
# depend on nothing but that practice, and updating one equals rebuilding all.
TYPICAL_LENGTH = 150
SATURATION = 3.6
JOINED_WORDS = 3
BETWEEN_PASSAGES = "|"

BODY_FIELDS = (
    "background",
    "goal",
    "approach",
    "results",
    "did_not_work",
    "conditions",
    "adaptable_parts",
    "partners",
    "cost_note",
    "legal_basis",
    "legal_caveat",
)
VOCABULARIES = {
    "themes": "theme",
    "target_groups": "target_group",
    "barriers": "barrier",
    "instruments": "instrument",
    "recommendations": "recommendation",
    "steps": "step",
}
# What a practice puts into effect is less what it is about than the other terms are.
_WEIGHTS = {"recommendations": RELATED}
# What is only named comes without the rest: a boundary, or the texts of a related entry, is
# larger than all that is searched of an entry.
_TITLES = Practice.objects.only("title", "state")
PREFETCH: tuple[str | Prefetch, ...] = (
    *VOCABULARIES,
    "regions",
    "claims",
    Prefetch("municipalities", Municipality.objects.only("name")),
    Prefetch("relations_out__to_practice", _TITLES),
    Prefetch("relations_in__from_practice", _TITLES),
)


class Passage(NamedTuple):
    """`name` is the field as an editor knows it."""

    weight: float
    name: str
    text: str


class Document(NamedTuple):
    """A practice as the index knows it.

    `impacts`: term -> how much the practice is about it, 1 to 1000; `stream`: its stems in
    order; `forms`: its words as written, with their stems; `title_parts`: its title from
    each word on.
    """

    impacts: dict[str, int]
    stream: str
    forms: dict[str, str]
    title_parts: tuple[str, ...]


def key(kind: str, pk: int) -> str:
    """The term that stands for being linked to something, whatever its name is today."""
    return f"{kind}:{pk}"


def document(practice: Practice) -> Document:
    """Cheap only with PREFETCH."""
    frequency: dict[str, float] = defaultdict(float)
    stream: list[str] = []
    forms: dict[str, str] = {}
    length = 0
    for weight, _, text in passages(practice):
        for token in tokenise(text):
            word = token.word
            length += 1
            frequency[word.stem] += weight
            for part in word.parts:
                frequency[part] += weight * DERIVED
            stream.append(word.stem)
            forms[word.folded[:MAX_TERM_LENGTH]] = word.stem
        stream.append(BETWEEN_PASSAGES)
    for term in _joined_title(practice.title):
        frequency[term] += TITLE * DERIVED
    for term, weight in _keys(practice):
        frequency[term] += weight
    slowness = SATURATION * (0.5 + 0.5 * length / TYPICAL_LENGTH)
    impacts = {
        term: max(1, round(MAX_IMPACT * count / (count + slowness)))
        for term, count in frequency.items()
    }
    return Document(impacts, f" {' '.join(stream)} ", forms, _title_parts(practice.title))


def passages(practice: Practice) -> Iterator[Passage]:
    """The searched texts of a practice; cheap only with PREFETCH."""
    yield Passage(TITLE, "titel", practice.title)
    yield Passage(KEYS, "plaats", " ".join(_places(practice)))
    yield Passage(KEYS, "soort", practice.get_kind_display())
    for name in VOCABULARIES:
        for term in getattr(practice, name).all():
            yield Passage(_WEIGHTS.get(name, KEYS), str(term._meta.verbose_name), term.name)
    yield Passage(SUMMARY, "samenvatting", practice.summary)
    for name in BODY_FIELDS:
        label = str(Practice._meta.get_field(name).verbose_name)
        yield Passage(BODY, label, getattr(practice, name))
    for claim in practice.claims.all():
        yield Passage(BODY, "resultaat", claim.statement)
    for other, note in _related(practice):
        yield Passage(RELATED, "verwante praktijk", f"{other}. {note}")


def _related(practice: Practice) -> Iterator[tuple[str, str]]:
    """Only public ones: what is not public may not be found in a roundabout way either."""
    for relation in practice.relations_out.all():
        if relation.to_practice.is_public:
            yield relation.to_practice.title, relation.note
    for relation in practice.relations_in.all():
        if relation.from_practice.is_public:
            yield relation.from_practice.title, relation.note


def _places(practice: Practice) -> Iterable[str]:
    yield practice.neighbourhood
    yield practice.location_name
    for municipality in practice.municipalities.all():
        yield municipality.name
    for region in practice.regions.all():
        yield region.name


def _keys(practice: Practice) -> Iterator[tuple[str, float]]:
    for name, kind in VOCABULARIES.items():
        for term in getattr(practice, name).all():
            yield key(kind, term.pk), _WEIGHTS.get(name, KEYS)
    for municipality in practice.municipalities.all():
        yield key("municipality", municipality.pk), KEYS
    for region in practice.regions.all():
        yield key("region", region.pk), KEYS


def _joined_title(title: str) -> Iterator[str]:
    """ "Wijk naar Werk" is also looked for as "wijknaarwerk"."""
    words = [token.word.folded for token in tokenise(title)]
    for size in range(2, JOINED_WORDS + 1):
        for start in range(len(words) - size + 1):
            yield stem("".join(words[start : start + size]))


def _title_parts(title: str) -> tuple[str, ...]:
    starts = [token.start for token in tokenise(title)]
    return tuple(fold(title[start:])[:MAX_TERM_LENGTH] for start in starts)
