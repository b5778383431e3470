from django.db import models
from modelsearch import index
from modelsearch.queryset import SearchableQuerySetMixin

from benchmarks.engines.corpus import FIELDS


class DocumentQuerySet(SearchableQuerySetMixin, models.QuerySet):
    pass


class Document(index.Indexed, models.Model):
    slug = models.CharField(max_length=120)
    title = models.TextField()
    keys = models.TextField()
    summary = models.TextField()
    body = models.TextField()

    objects = DocumentQuerySet.as_manager()
    search_auto_update = False
    search_fields = [index.SearchField(name, boost=weight) for name, weight in FIELDS.items()]

    def __str__(self) -> str:
        return self.slug
