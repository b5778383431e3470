"""Query string -> practices: OR within a parameter, AND between parameters.

Values that are not among the choices are dropped, one by one: a stale or mistyped value
in a link never empties the page and never takes the other values along.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, reduce
from operator import or_
from typing import Any, NamedTuple

import django_filters
from django import forms
from django.db.models import QuerySet
from pyroaring import FrozenBitMap

from municipalities.gazetteer import Gazetteer, Reach
from municipalities.models import Municipality, OldMunicipalitySlug, Region
from practices.enums import Evidence, Freshness, Kind, Phase
from practices.keysets import in_keys
from practices.models import OldTermSlug, Practice
from practices.querysets import PracticeQuerySet
from practices.snapshot import Snapshot, SortKey, union


class SortOrder(SortKey):
    RELEVANCE = "relevantie"
    LIKENESS = "lijkt"
    LABELS = {
        RELEVANCE: "Best passend",
        SortKey.CONFIRMED: "Laatst bevestigd",
        SortKey.NEWEST: "Nieuwste eerst",
        SortKey.TITLE: "Titel (A-Z)",
        LIKENESS: "Zoals mijn gemeente",
    }


class Option(NamedTuple):
    """One choice of a filter with all practices that it stands for."""

    value: str
    label: str
    practices: FrozenBitMap


class WordsField(forms.Field):
    """Values as they stand in the address; each filter knows which of them exist."""

    widget = forms.SelectMultiple

    def clean(self, value: Any) -> list[str]:
        return list(value or ())


class KnownChoiceField(forms.ChoiceField):
    def clean(self, value: Any) -> str:
        return value if value and self.valid_value(value) else ""


class FacetFilter(django_filters.Filter):
    """A filter with a closed list of options; the only definition of what an option finds."""

    field_class = WordsField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, required=False, **kwargs)

    def options(self, snapshot: Snapshot) -> Iterable[Option]:
        raise NotImplementedError

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        practices = self.parent.chosen(self.parameter)
        return qs if practices is None else qs.filter(in_keys(practices))

    @property
    def parameter(self) -> str:
        return next(name for name, known in self.parent.filters.items() if known is self)


class VocabularyFilter(FacetFilter):
    """The terms of a vocabulary, by slug."""

    @property
    def kind(self) -> str:
        """As old names of terms are kept by (OldTermSlug)."""
        terms: Any = Practice._meta.get_field(self.field_name).related_model
        return str(terms._meta.label_lower)

    def options(self, snapshot: Snapshot) -> Iterator[Option]:
        for term in snapshot.terms[self.field_name]:
            yield Option(term.slug, term.name, snapshot.linked(self.field_name, term.pk))


class ChoicesFilter(FacetFilter):
    """The values of a column or annotation, as (stored, in addresses, label)."""

    def __init__(self, field_name: str, *, choices: Sequence[tuple[Any, str, str]], label: str):
        super().__init__(field_name, label=label)
        self.choices = choices

    def options(self, snapshot: Snapshot) -> Iterator[Option]:
        for stored, value, label in self.choices:
            yield Option(value, label, snapshot.with_value(self.field_name, stored))


class PlaceFilter(FacetFilter):
    """Places by slug; each also finds what covers it and what was merged into it."""

    def places(self, gazetteer: Gazetteer) -> Sequence[Any]:
        raise NotImplementedError

    def reach_of(self, place: Any, gazetteer: Gazetteer) -> Reach:
        raise NotImplementedError

    def options(self, snapshot: Snapshot) -> Iterator[Option]:
        gazetteer = snapshot.gazetteer
        for place in self.places(gazetteer):
            practices = snapshot.anywhere_in(self.reach_of(place, gazetteer))
            yield Option(place.slug, place.name, practices)

    def reach(self, slugs: list[str], gazetteer: Gazetteer) -> Reach | None:
        """Of all chosen places together."""
        places = [place for place in self.places(gazetteer) if place.slug in slugs]
        reaches = [self.reach_of(place, gazetteer) for place in places]
        return reduce(or_, reaches) if reaches else None


class RegionFilter(PlaceFilter):
    def places(self, gazetteer: Gazetteer) -> Sequence[Region]:
        return gazetteer.regions

    def reach_of(self, place: Region, gazetteer: Gazetteer) -> Reach:
        return gazetteer.reach_of_region(place)


class MunicipalityFilter(PlaceFilter):
    def places(self, gazetteer: Gazetteer) -> Sequence[Municipality]:
        return gazetteer.municipalities

    def reach_of(self, place: Municipality, gazetteer: Gazetteer) -> Reach:
        return gazetteer.reach_of_municipality(place)


class LikeFilter(django_filters.CharFilter):
    """Not a filter either: the municipality that results are compared with."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs


class TextFilter(django_filters.CharFilter):
    def filter(self, qs: PracticeQuerySet, value: str) -> PracticeQuerySet:
        return qs.matching(value) if value else qs


class SortFilter(django_filters.Filter):
    """Not a filter: says in which order the finder shows what was found."""

    field_class = KnownChoiceField

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs


def _of(enum: Any) -> list[tuple[Any, str, str]]:
    return [(value, value, label) for value, label in enum.choices]


class PracticeFilterSet(django_filters.FilterSet):
    """The filters of every list, map, export and feed."""

    q = TextFilter(label="Zoekwoorden")
    thema = VocabularyFilter("themes", label="Thema")
    doelgroep = VocabularyFilter("target_groups", label="Doelgroep")
    knelpunt = VocabularyFilter("barriers", label="Knelpunt")
    instrument = VocabularyFilter("instruments", label="Instrument")
    regio = RegionFilter(label="Regio")
    gemeente = MunicipalityFilter(label="Gemeente")
    soort = ChoicesFilter("kind", choices=_of(Kind), label="Soort praktijk")
    fase = ChoicesFilter("phase", choices=_of(Phase), label="Fase")
    bewijs = ChoicesFilter(
        "evidence_level",
        choices=[(level.value, level.slug, level.label) for level in Evidence],
        label="Bewijs",
    )
    actueel = ChoicesFilter("freshness", choices=_of(Freshness), label="Actueel")
    volgorde = SortFilter(choices=list(SortOrder.LABELS.items()), required=False, label="Volgorde")
    zoals = LikeFilter(label="Zoals mijn gemeente")

    def __init__(self, *args: Any, snapshot: Snapshot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.snapshot = snapshot

    # Whether the address names something as it was called before; known with `values`.
    has_old_names = False

    @cached_property
    def values(self) -> dict[str, Any]:
        """The cleaned values. Every field drops what it does not know, so none can fail."""
        if not self.form.is_valid():
            raise AssertionError(self.form.errors.as_json())
        cleaned = self.form.cleaned_data
        before = dict(cleaned)
        named = [*cleaned["gemeente"], *filter(None, [cleaned["zoals"]])]
        if renamed := self._renamed(named):
            cleaned["gemeente"] = [renamed.get(slug, slug) for slug in cleaned["gemeente"]]
            cleaned["zoals"] = renamed.get(cleaned["zoals"], cleaned["zoals"])
        cleaned |= self._renamed_terms(cleaned)
        self.has_old_names = cleaned != before
        return cleaned

    def _renamed(self, slugs: list[str]) -> dict[str, str]:
        """Old name in the address -> present one. A query only for names that nothing has now."""
        known = {municipality.slug for municipality in self.snapshot.gazetteer.municipalities}
        unknown = [slug for slug in slugs if slug not in known]
        if not unknown:
            return {}
        old = OldMunicipalitySlug.objects.filter(slug__in=unknown)
        return dict(old.values_list("slug", "municipality__slug"))

    def _renamed_terms(self, cleaned: dict[str, Any]) -> dict[str, list[str]]:
        """The same for terms: only the parameters that named one by an old name."""
        found: dict[str, list[str]] = {}
        for parameter, words in self.filters.items():
            if not isinstance(words, VocabularyFilter):
                continue
            present = {term.pk: term.slug for term in self.snapshot.terms[words.field_name]}
            if unknown := set(cleaned[parameter]) - set(present.values()):
                old = OldTermSlug.objects.filter(kind=words.kind, slug__in=unknown)
                now = {slug: present.get(key, slug) for slug, key in old.values_list("slug", "key")}
                found[parameter] = [now.get(slug, slug) for slug in cleaned[parameter]]
        return found

    def options(self, parameter: str) -> list[Option]:
        kept = self.snapshot.options
        if parameter not in kept:
            kept[parameter] = list(self.filters[parameter].options(self.snapshot))
        return kept[parameter]

    def selected(self, parameter: str) -> list[str]:
        """The values in force, in the order of the options."""
        wanted = set(self.values[parameter])
        return [o.value for o in self.options(parameter) if o.value in wanted] if wanted else []

    def chosen(self, parameter: str) -> FrozenBitMap | None:
        """The practices of the chosen options together; None when nothing is chosen."""
        wanted = set(self.selected(parameter))
        if not wanted:
            return None
        return union(o.practices for o in self.options(parameter) if o.value in wanted)

    @property
    def like(self) -> Municipality | None:
        """The municipality to compare with; None when there is none of that name."""
        slug = self.values["zoals"]
        municipalities = self.snapshot.gazetteer.municipalities if slug else []
        return next((m for m in municipalities if m.slug == slug), None)

    def reach(self) -> Reach | None:
        """The chosen places; a municipality says more than a region."""
        for name in ("gemeente", "regio"):
            reach = self.filters[name].reach(self.values[name], self.snapshot.gazetteer)
            if reach is not None:
                return reach
        return None
