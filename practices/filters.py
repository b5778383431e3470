"""Query string -> narrowed queryset: OR within a parameter, AND between parameters.

Values that are not among the choices are dropped, one by one: a stale or mistyped value
in a link never empties the page and never takes the other values along.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django import forms
from django.db.models import Model, QuerySet

from municipalities.models import Municipality, Region
from practices.enums import Evidence, Freshness, Kind, Phase
from practices.models import Barrier, Instrument, Practice, TargetGroup, Theme
from practices.places import Gazetteer, Reach


class SortOrder:
    RELEVANCE = "relevantie"
    CONFIRMED = "bevestigd"
    NEWEST = "nieuw"
    TITLE = "titel"
    LABELS = {
        RELEVANCE: "Best passend",
        CONFIRMED: "Laatst bevestigd",
        NEWEST: "Nieuwste eerst",
        TITLE: "Titel (A-Z)",
    }


class KnownChoicesField(forms.MultipleChoiceField):
    def clean(self, value: Any) -> list[str]:
        return [item for item in value or [] if self.valid_value(item)]


class KnownSlugsField(forms.Field):
    """The objects with these slugs, in the model's order."""

    widget = forms.SelectMultiple

    def __init__(self, *, model: type[Model], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.model = model

    def clean(self, value: Any) -> list[Any]:
        return list(self.model._default_manager.filter(slug__in=value)) if value else []


class KnownChoiceField(forms.ChoiceField):
    def clean(self, value: Any) -> str:
        return value if value and self.valid_value(value) else ""


class ChoicesFilter(django_filters.Filter):
    """One or more values of a column or annotation."""

    field_class = KnownChoicesField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, required=False, **kwargs)

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        if not value:
            return qs
        return qs.filter(**{f"{self.field_name}__in": [self.stored(item) for item in value]})

    def stored(self, value: str) -> str | int:
        """From the value in the address to that in the database."""
        return value


class EvidenceFilter(ChoicesFilter):
    def stored(self, value: str) -> str | int:
        return Evidence.from_slug(value).value


class VocabularyFilter(django_filters.Filter):
    """One or more terms of a vocabulary, by slug."""

    field_class = KnownSlugsField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, required=False, **kwargs)

    def filter(self, qs: QuerySet, value: list[Any]) -> QuerySet:
        if not value:
            return qs
        # A subquery, not a join: a join would repeat a practice with two of the terms.
        relation = Practice._meta.get_field(self.field_name)
        links = relation.remote_field.through.objects.filter(
            **{f"{relation.m2m_reverse_field_name()}__in": value}
        )
        return qs.filter(pk__in=links.values("practice"))


class PlaceFilter(django_filters.Filter):
    """One or more places by slug, with what covers them."""

    field_class = KnownSlugsField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, required=False, **kwargs)

    def places(self, gazetteer: Gazetteer) -> Sequence[Any]:
        raise NotImplementedError

    def reach_of(self, place: Any, gazetteer: Gazetteer) -> Reach:
        raise NotImplementedError

    def reach(self, places: list[Any], gazetteer: Gazetteer) -> Reach | None:
        reaches = [self.reach_of(place, gazetteer) for place in places]
        return reduce(or_, reaches) if reaches else None

    def filter(self, qs: QuerySet, value: list[Any]) -> QuerySet:
        reach = self.reach(value, self.parent.gazetteer)
        return qs if reach is None else qs.filter(reach.everything)


class RegionFilter(PlaceFilter):
    def places(self, gazetteer: Gazetteer) -> Sequence[Any]:
        return gazetteer.regions

    def reach_of(self, place: Region, gazetteer: Gazetteer) -> Reach:
        return gazetteer.reach_of_region(place)


class MunicipalityFilter(PlaceFilter):
    def places(self, gazetteer: Gazetteer) -> Sequence[Any]:
        return gazetteer.municipalities

    def reach_of(self, place: Municipality, gazetteer: Gazetteer) -> Reach:
        return gazetteer.reach_of_municipality(place)


class TextFilter(django_filters.CharFilter):
    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs.matching(value) if value else qs


class SortFilter(django_filters.Filter):
    """Only cleans the choice; the finder sorts, because sorting comes last."""

    field_class = KnownChoiceField

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs


class PracticeFilterSet(django_filters.FilterSet):
    """The filters of every list, map, export and feed."""

    q = TextFilter(label="Zoekwoorden")
    thema = VocabularyFilter("themes", model=Theme, label="Thema")
    doelgroep = VocabularyFilter("target_groups", model=TargetGroup, label="Doelgroep")
    knelpunt = VocabularyFilter("barriers", model=Barrier, label="Knelpunt")
    instrument = VocabularyFilter("instruments", model=Instrument, label="Instrument")
    regio = RegionFilter(model=Region, label="Regio")
    gemeente = MunicipalityFilter(model=Municipality, label="Gemeente")
    soort = ChoicesFilter("kind", choices=Kind.choices, label="Soort praktijk")
    fase = ChoicesFilter("phase", choices=Phase.choices, label="Fase")
    bewijs = EvidenceFilter(
        "evidence_level",
        choices=[(level.slug, level.label) for level in Evidence],
        label="Bewijs",
    )
    actueel = ChoicesFilter("freshness", choices=Freshness.choices, label="Actueel")
    volgorde = SortFilter(choices=list(SortOrder.LABELS.items()), required=False, label="Volgorde")

    def __init__(self, *args: Any, gazetteer: Gazetteer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gazetteer = gazetteer

    @property
    def values(self) -> dict[str, Any]:
        """The cleaned values. Every field drops what it does not know, so none can fail."""
        if not self.form.is_valid():
            raise AssertionError(self.form.errors.as_json())
        return self.form.cleaned_data

    def narrowed(self, *, leaving_out: str = "") -> QuerySet:
        """The practices that pass every filter, or every filter but one."""
        queryset = self.queryset
        for name, value in self.values.items():
            if name != leaving_out:
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    def reach(self) -> Reach | None:
        """The chosen places; a municipality says more than a region."""
        for name in ("gemeente", "regio"):
            reach = self.filters[name].reach(self.values[name], self.gazetteer)
            if reach is not None:
                return reach
        return None
