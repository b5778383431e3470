"""The names of terms in addresses: links that people keep go on working."""

import pytest
from django.http import QueryDict

from practices.finder import PracticeFinder
from practices.models import OldTermSlug, Theme
from tests.factories import PracticeFactory, TargetGroupFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def rename(term, slug):
    stored = type(term).objects.get(pk=term.pk)
    stored.slug = slug
    stored.save()


def old_slugs():
    return sorted(OldTermSlug.objects.values_list("kind", "slug", "key"))


def found(query):
    finder = PracticeFinder(QueryDict(query))
    titles = [practice.title for practice in finder.results]
    return titles, finder.parameters.urlencode()


def test_renamed_term_is_found_by_each_of_its_names():
    theme = ThemeFactory(slug="werken")
    PracticeFactory(title="Taalcafé", themes=[theme])
    PracticeFactory(title="Iets anders", themes=[ThemeFactory()])
    rename(theme, "werk")
    rename(theme, "aan-het-werk")

    expected = (["Taalcafé"], "thema=aan-het-werk")
    assert [found(f"thema={slug}") for slug in ("werken", "werk", "aan-het-werk")] == [expected] * 3


def test_old_name_belongs_to_one_list_only():
    theme, group = ThemeFactory(slug="jongeren"), TargetGroupFactory(slug="jeugd")
    PracticeFactory(title="Thema", themes=[theme])
    PracticeFactory(title="Doelgroep", target_groups=[group])
    rename(theme, "onderwijs")

    assert found("thema=jongeren") == (["Thema"], "thema=onderwijs")
    assert found("doelgroep=jongeren")[1] == ""


def test_name_that_another_term_takes_is_that_of_the_other():
    first = ThemeFactory(slug="werk")
    PracticeFactory(title="Eerste", themes=[first])
    rename(first, "arbeid")
    PracticeFactory(title="Tweede", themes=[ThemeFactory(slug="werk")])

    assert found("thema=werk") == (["Tweede"], "thema=werk")
    assert old_slugs() == []


def test_name_that_a_term_takes_back_is_old_no_longer():
    theme = ThemeFactory(slug="werk")
    rename(theme, "arbeid")
    rename(theme, "werk")

    assert old_slugs() == [("practices.theme", "arbeid", theme.pk)]


def test_old_name_of_a_term_that_is_gone_is_dropped_like_any_other():
    theme = ThemeFactory(slug="werk")
    PracticeFactory(title="Taalcafé")
    rename(theme, "arbeid")
    theme.delete()

    assert found("thema=werk") == (["Taalcafé"], "")


def test_saving_something_else_keeps_no_old_name():
    theme = ThemeFactory(slug="werk")
    theme.name = "Betaald werk"
    theme.save()
    deferred = Theme.objects.only("name").get()
    deferred.save(update_fields=["name"])

    assert old_slugs() == []


def test_names_that_exist_cost_no_query(django_assert_num_queries):
    PracticeFactory(themes=[ThemeFactory(slug="werk")])
    PracticeFinder(QueryDict("")).results  # noqa: B018 - the snapshot is made once

    with django_assert_num_queries(1):  # the version of the catalogue
        assert PracticeFinder(QueryDict("thema=werk")).parameters.urlencode() == "thema=werk"
