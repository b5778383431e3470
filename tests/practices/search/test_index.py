"""The index follows every way in which the catalogue changes."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from practices import version
from practices.enums import State
from practices.models import (
    IndexedPractice,
    Posting,
    Practice,
    PracticeMunicipality,
    SearchTerm,
    TitlePart,
)
from practices.search import catch_up, indexing_once, out_of_step, rebuild, reindex
from practices.search.analysis import stem
from tests.factories import (
    AdoptionFactory,
    ClaimFactory,
    MunicipalityFactory,
    PracticeFactory,
    RegionFactory,
    RelationFactory,
    SynonymGroupFactory,
    ThemeFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.contract]

# The save itself (2); its relations (1); savepoint (2); a new version (4); what the index
# held (3); the practice with all that is searched (11); terms, postings, stream, title and
# forms (6).
QUERIES_FOR_A_SAVE = 29


def contents() -> dict[str, object]:
    """All that the index holds, whatever the keys of its rows are."""
    return {
        "postings": set(Posting.objects.values_list("term__text", "practice", "impact")),
        "frequencies": dict(SearchTerm.objects.filter(df__gt=0).values_list("text", "df")),
        "streams": dict(IndexedPractice.objects.values_list("practice", "stream")),
        "titles": set(TitlePart.objects.values_list("practice", "text")),
    }


def assert_in_step() -> None:
    before = contents()
    assert not out_of_step().exists()
    rebuild()
    assert contents() == before


@pytest.fixture
def catalogue():
    theme = ThemeFactory(name="Armoede")
    venlo = MunicipalityFactory(name="Venlo")
    practices = [
        PracticeFactory(title="Eerste praktijk", themes=[theme], municipalities=[venlo]),
        PracticeFactory(title="Tweede praktijk", themes=[theme]),
        PracticeFactory(title="Concept", concept=True, themes=[theme]),
    ]
    ClaimFactory(practice=practices[0], statement="Veertig mensen vonden werk")
    return practices


def _save(p):
    p.approach = "Nieuwe woorden erbij"
    p.save()


def _archive(p):
    p.state = State.ARCHIVED
    p.save()


CHANGES = {
    "save": _save,
    "archive": _archive,
    "delete": lambda p: p.delete(),
    "add term": lambda p: p.themes.add(ThemeFactory(name="Wonen")),
    "remove term": lambda p: p.themes.clear(),
    "set terms": lambda p: p.themes.set([ThemeFactory(name="Zorg")]),
    "term from the other side": lambda p: ThemeFactory(name="Taal").practices.add(p),  # noqa: PLW0108
    "clear from the other side": lambda p: p.themes.get().practices.clear(),
    "rename term": lambda p: _rename(p.themes.get(), "Geldzorgen"),
    "delete term": lambda p: p.themes.get().delete(),
    "rename municipality": lambda p: _rename(p.municipalities.get(), "Groot Venlo"),
    "add municipality": lambda p: PracticeMunicipality.objects.create(
        practice=p, municipality=MunicipalityFactory(name="Weert")
    ),
    "remove municipality": lambda p: p.municipality_links.get().delete(),
    "add region": lambda p: p.regions.add(RegionFactory(name="Parkstad")),
    "change claim": lambda p: _restate(p.claims.get()),
    "delete claim": lambda p: p.claims.all().delete(),
    "relate": lambda p: RelationFactory(
        from_practice=p, to_practice=Practice.objects.get(title="Tweede praktijk")
    ),
    "rename a related one": lambda p: _rename_related(p),  # noqa: PLW0108 - defined below
}


def _rename(instance, name):
    instance.name = name
    instance.save()


def _restate(claim):
    claim.statement = "Vijftig mensen vonden een baan"
    claim.save()


def _rename_related(practice):
    other = Practice.objects.get(title="Tweede praktijk")
    RelationFactory(from_practice=practice, to_practice=other)
    other.title = "Heel andere titel"
    other.save()


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_index_is_the_same_as_a_rebuilt_one_after(change, catalogue):
    before, token = contents(), version.current()
    change(catalogue[0])
    assert contents() != before
    assert version.current() != token
    assert_in_step()


def test_a_concept_is_not_in_the_index_until_it_is_published(catalogue):
    concept = catalogue[2]
    assert concept.pk not in contents()["streams"]
    concept.state = State.PUBLISHED
    concept.save()
    assert concept.pk in contents()["streams"]
    assert_in_step()


def test_indexing_once_waits_until_the_end(catalogue):
    with indexing_once():
        _save(catalogue[0])
        assert "nieuw" not in SearchTerm.objects.values_list("text", flat=True)
    assert "nieuw" in SearchTerm.objects.values_list("text", flat=True)
    assert_in_step()


def test_indexing_once_looks_up_what_is_related_once(catalogue, django_assert_num_queries):
    relation = RelationFactory(from_practice=catalogue[0], to_practice=catalogue[1])
    with indexing_once():
        for practice in (relation.from_practice, relation.to_practice):
            practice.title += " hernoemd"
            with django_assert_num_queries(1):
                practice.save(update_fields=["title"])
    assert_in_step()


def test_related_entry_is_found_by_the_new_title(catalogue):
    relation = RelationFactory(from_practice=catalogue[0], to_practice=catalogue[1])
    with indexing_once():
        relation.to_practice.title = "Zonnebloem"
        relation.to_practice.save()
    held = Posting.objects.filter(term__text=stem("zonnebloem"))
    assert set(held.values_list("practice", flat=True)) == {p.pk for p in catalogue[:2]}


def test_indexing_reads_no_boundary_and_no_text_of_another(catalogue):
    entry = catalogue[0]
    entry.municipalities.add(MunicipalityFactory())
    RelationFactory(from_practice=entry, to_practice=catalogue[1])
    with CaptureQueriesContext(connection) as asked:
        reindex([entry.pk])
    statements = [query["sql"] for query in asked]
    assert sum('"municipalities_municipality"."name"' in sql for sql in statements) == 1
    assert [sql for sql in statements if "boundary" in sql] == []
    assert sum('"practices_practice"."approach"' in sql for sql in statements) == 1


def test_a_change_past_the_signals_is_noticed(catalogue):
    Practice.objects.filter(pk=catalogue[0].pk).update(modified="2030-01-01T00:00:00Z")
    assert list(out_of_step()) == [catalogue[0]]


@pytest.mark.parametrize("make", [SynonymGroupFactory, AdoptionFactory])
def test_the_version_changes_with_what_is_public_but_not_indexed(make):
    token = version.current()
    made = make()
    changed = version.current()
    assert changed != token
    made.delete()
    assert version.current() != changed


def test_rebuild_reports_its_progress(catalogue):
    seen = []
    assert rebuild(lambda done, total: seen.append((done, total))) == 2
    assert seen == [(2, 2)]


def test_saving_costs_a_fixed_number_of_queries(catalogue, django_assert_num_queries):
    many = PracticeFactory(title="Lang", approach=" ".join(f"woord{n}" for n in range(300)))
    few = catalogue[1]
    with django_assert_num_queries(QUERIES_FOR_A_SAVE):
        few.save()
    with django_assert_num_queries(QUERIES_FOR_A_SAVE):
        many.save()


def test_catch_up_brings_only_what_is_behind_up_to_date(catalogue):
    Practice.objects.filter(pk=catalogue[0].pk).update(
        modified=timezone.now(), goal="Past the site"
    )

    assert (catch_up(), catch_up()) == (1, 0)
    assert_in_step()


def test_index_in_step_costs_one_query_to_leave_alone(catalogue, django_assert_num_queries):
    with django_assert_num_queries(1):
        call_command("rebuild_search_index", "--if-behind", stdout=StringIO())
