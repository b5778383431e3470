"""Merging two terms: everything that named the one names the other, or nothing changes."""

import pytest
from django.http import QueryDict

from practices.editorial.history import found, versions_of
from practices.editorial.merging import GONE, ITSELF, STALE, merge, plan
from practices.editorial.restoring import restore
from practices.editorial.usage import list_field, single_fields, usage
from practices.editorial.workflow import RefusedError
from practices.enums import VersionAction
from practices.finder import PracticeFinder
from practices.importers.slugs import Slugs
from practices.models import (
    Barrier,
    OldTermSlug,
    ParticipationStep,
    Practice,
    Term,
    Theme,
    Version,
)
from practices.search import out_of_step
from practices.version import current
from tests import factories
from tests.factories import (
    BarrierFactory,
    MunicipalityFactory,
    ParticipationStepFactory,
    PracticeFactory,
    ThemeFactory,
    UserFactory,
)
from tests.practices.editorial.people import beheerder, redacteur

pytestmark = pytest.mark.django_db
MODELS = Term.__subclasses__()


def merged(kept, absorbed, user=None):
    kept, absorbed = (type(kept).objects.get(pk=term.pk) for term in (kept, absorbed))
    return merge(kept, absorbed, user or UserFactory(), plan(kept, absorbed).stamp)


def titles(query):
    return sorted(practice.title for practice in PracticeFinder(QueryDict(query)).results)


def everything():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Theme, Barrier, Practice, Practice.themes.through, OldTermSlug, Version)
    ]


# --- what refers to a term --------------------------------------------------------------


def test_every_relation_to_a_term_is_known_to_the_merging():
    """Whoever adds one has to think about it in practices/editorial/merging.py."""
    found = {
        (relation.related_model.__name__, relation.field.name)
        for model in MODELS
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and relation.is_relation
    }
    through = {(f"Practice_{list_field(model).name}", model._meta.model_name) for model in MODELS}
    handled = {("Practice", list_field(model).name) for model in MODELS}
    handled |= {("Practice", field.name) for model in MODELS for field in single_fields(model)}

    assert found == handled | through | {("Barrier", "parent")}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_practices_of_every_list_get_the_kept_term_once(model):
    make, name = getattr(factories, f"{model.__name__}Factory"), list_field(model).name
    kept, absorbed, other = make(), make(), make()
    only, both, none = (
        PracticeFactory(**{name: terms}) for terms in ([absorbed, other], [kept, absorbed], [other])
    )
    concept = PracticeFactory(concept=True, **{name: [absorbed]})

    done = merged(kept, absorbed)

    assert (done.practices, done.published, done.other, done.already) == (
        [only.pk, both.pk, concept.pk], 2, 1, 1,
    )  # fmt: skip
    held = {p: set(getattr(p, name).all()) for p in (only, both, none, concept)}
    assert held == {only: {kept, other}, both: {kept}, none: {other}, concept: {kept}}
    assert not model.objects.filter(pk=absorbed.pk).exists()


def test_steps_from_and_to_follow(client):
    kept, absorbed = ParticipationStepFactory(), ParticipationStepFactory()
    practice = PracticeFactory(step_from=absorbed, step_to=kept)
    other = PracticeFactory(step_to=absorbed)

    assert merged(kept, absorbed).practices == [practice.pk, other.pk]

    rows = Practice.objects.order_by("pk").values_list("step_from", "step_to")
    assert list(rows) == [(kept.pk, kept.pk), (None, kept.pk)]
    assert client.get(practice.get_absolute_url()).status_code == 200
    assert not ParticipationStep.objects.filter(pk=absorbed.pk).exists()


def test_children_of_a_barrier_move(client):
    kept, absorbed = BarrierFactory(name="Geld"), BarrierFactory(name="Schuld")
    child = BarrierFactory(name="Boete", parent=absorbed)

    assert [found.pk for found in merged(kept, absorbed).children] == [child.pk]

    child.refresh_from_db()
    assert child.parent == kept
    assert [version.reason for version in versions_of(Barrier, child.pk)] == [
        "'Schuld' is opgegaan in 'Geld'.",
        "Zo stond het er, voordat het in het beheer werd gewijzigd.",
    ]


def test_child_of_a_child_stays_on_the_page_of_barriers(client):
    top = BarrierFactory(name="Geld")
    kept, absorbed = BarrierFactory(name="Schuld", parent=top), BarrierFactory(name="Schulden")
    BarrierFactory(name="Boete", parent=absorbed)
    assert "Boete" in client.get("/knelpunten/").content.decode()

    merged(kept, absorbed)

    assert "Boete" in client.get("/knelpunten/").content.decode()


# --- words, names and the search ---------------------------------------------------------


def test_name_and_words_become_other_words_of_the_kept_term_once():
    kept = ThemeFactory(name="Werk", synonyms="Baan\narbeid")
    absorbed = ThemeFactory(name="Betaald werk", synonyms="ARBEID\nwerk\nloondienst\nLoondienst")

    assert merged(kept, absorbed).synonyms == ["Betaald werk", "loondienst"]

    kept.refresh_from_db()
    assert kept.synonym_list == ["Baan", "arbeid", "Betaald werk", "loondienst"]


def test_practices_are_found_under_the_kept_term_at_once():
    kept, absorbed = ThemeFactory(name="Werk", slug="werk"), ThemeFactory(name="Zonnestroom")
    absorbed.slug = "zon"
    absorbed.save()
    PracticeFactory(title="Oud", themes=[absorbed])
    PracticeFactory(title="Nieuw", themes=[kept])
    assert (titles("thema=werk"), titles("q=zonnestroom")) == (["Nieuw"], ["Oud"])
    before = current()

    merged(kept, absorbed)

    assert current() != before
    assert titles("thema=werk") == ["Nieuw", "Oud"]
    # The name is an other word of the kept term now, so it finds all that have it.
    assert titles("q=zonnestroom") == ["Nieuw", "Oud"]
    assert list(out_of_step()) == []


def test_old_addresses_lead_to_the_kept_term_without_detours(client):
    first, second, third = (ThemeFactory(slug=slug) for slug in ("een", "twee", "drie"))
    PracticeFactory(title="Taalcafé", themes=[first])
    first.slug = "eerder"
    first.save()

    merged(second, first)
    merged(third, second)

    rows = OldTermSlug.objects.order_by("slug").values_list("slug", "key")
    assert list(rows) == [("een", third.pk), ("eerder", third.pk), ("twee", third.pk)]
    for old in ("een", "eerder", "twee"):
        assert titles(f"thema={old}") == ["Taalcafé"]


def test_address_that_a_new_term_takes_leads_to_the_new_one():
    kept, absorbed = ThemeFactory(slug="werk"), ThemeFactory(slug="baan")
    PracticeFactory(title="Oud", themes=[absorbed])
    merged(kept, absorbed)
    assert titles("thema=baan") == ["Oud"]

    PracticeFactory(title="Nieuw", themes=[ThemeFactory(slug="baan")])

    assert titles("thema=baan") == ["Nieuw"]


def test_file_that_names_the_absorbed_term_means_the_kept_one():
    kept, absorbed = ThemeFactory(slug="werk"), ThemeFactory(slug="baan")
    merged(kept, absorbed)

    slugs = Slugs({}, set(), set())

    assert (slugs.has(Theme, "baan"), slugs.find(Theme, "baan")) == (True, kept)


# --- history -------------------------------------------------------------------------------


def test_history_tells_who_merged_on_the_terms_and_on_each_practice():
    kept, absorbed = ThemeFactory(name="Werk"), ThemeFactory(name="Baan")
    practice = PracticeFactory(themes=[absorbed])
    untouched = PracticeFactory(themes=[kept])
    user = UserFactory(first_name="Bea", last_name="Heerder")

    merged(kept, absorbed, user)

    reason = "'Baan' is opgegaan in 'Werk'."
    newest = {
        instance: versions_of(type(instance), pk).first()
        for instance, pk in ((kept, kept.pk), (absorbed, absorbed.pk), (practice, practice.pk))
    }
    assert {(v.action, v.reason, v.by, v.by_name) for v in newest.values()} == {
        (VersionAction.CHANGED, reason, user, "Bea Heerder"),
        (VersionAction.DELETED, reason, user, "Bea Heerder"),
    }
    assert newest[absorbed].content["fields"]["name"] == "Baan"
    assert [link["text"] for link in newest[practice].content["links"]["themes"]] == ["Werk"]
    assert not versions_of(Practice, untouched.pk).exists()


def test_version_of_before_is_restored_with_the_kept_terms():
    kept, absorbed = ThemeFactory(), ThemeFactory()
    here, there = ParticipationStepFactory(), ParticipationStepFactory()
    practice = PracticeFactory(themes=[absorbed], step_from=there, goal="Zoals het was")
    found(practice)
    version = versions_of(Practice, practice.pk).get()
    merged(kept, absorbed)
    merged(here, there)
    practice.refresh_from_db()
    practice.goal = "Anders"
    practice.save()
    practice.themes.clear()

    restore(practice, version, beheerder(is_superuser=True))

    practice.refresh_from_db()
    assert (practice.goal, list(practice.themes.all()), practice.step_from) == (
        "Zoals het was", [kept], here,
    )  # fmt: skip


def test_practice_counts_as_changed():
    kept, absorbed = ThemeFactory(), ThemeFactory()
    practice, other = PracticeFactory(themes=[absorbed]), PracticeFactory()

    merged(kept, absorbed)

    now = dict(Practice.objects.values_list("pk", "modified"))
    assert now[practice.pk] > practice.modified
    assert now[other.pk] == other.modified


# --- refused -------------------------------------------------------------------------------


def refusal(kept, absorbed, stamp="x"):
    before = everything()
    with pytest.raises(RefusedError) as refused:
        merge(kept, absorbed, UserFactory(), stamp)
    assert everything() == before
    return str(refused.value)


def test_merging_into_itself_is_refused():
    theme = ThemeFactory()

    assert refusal(theme, Theme.objects.get(pk=theme.pk)) == ITSELF


@pytest.mark.parametrize("depth", [1, 2])
def test_merging_into_an_own_part_is_refused(depth):
    absorbed = BarrierFactory(name="Geld")
    kept = absorbed
    for _ in range(depth):
        kept = BarrierFactory(parent=kept)

    assert refusal(kept, absorbed).startswith(f"'{kept}' is een onderdeel van 'Geld'.")


def test_merging_a_part_into_what_it_is_part_of_is_allowed():
    kept = BarrierFactory()
    merged(kept, BarrierFactory(parent=kept))

    assert list(Barrier.objects.all()) == [kept]


def rename(kept, absorbed):
    Theme.objects.filter(pk=kept.pk).update(name="Anders")


def add_a_word(kept, absorbed):
    Theme.objects.filter(pk=absorbed.pk).update(synonyms="nieuw woord")


def use_once_more(kept, absorbed):
    PracticeFactory(themes=[absorbed])


def use_no_more(kept, absorbed):
    absorbed.practices.clear()


def withdraw(kept, absorbed):
    absorbed.practices.update(state="concept")


@pytest.mark.parametrize("change", [rename, add_a_word, use_once_more, use_no_more, withdraw])
def test_what_changed_after_the_plan_was_seen_is_looked_at_anew(change):
    kept, absorbed = ThemeFactory(), ThemeFactory()
    PracticeFactory(themes=[absorbed])
    stamp = plan(kept, absorbed).stamp
    change(kept, absorbed)

    assert refusal(kept, absorbed, stamp) == STALE


@pytest.mark.parametrize("first", ["same", "reverse", "chain"])
def test_second_of_two_editors_is_told(first):
    one, two, three = ThemeFactory(), ThemeFactory(), ThemeFactory()
    stamp = plan(one, two).stamp
    merged(*{"same": (one, two), "reverse": (two, one), "chain": (three, two)}[first])

    assert refusal(one, two, stamp) == GONE


# --- how it grows --------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_merging_takes_the_same_queries_for_any_number_of_practices(
    count, django_assert_num_queries
):
    kept, absorbed, user = ThemeFactory(), ThemeFactory(), UserFactory()
    PracticeFactory(title="Werk", themes=[kept])
    for _ in range(count):
        PracticeFactory(title="Werkhuis", summary="Werk.", themes=[absorbed])
    stamp = plan(kept, absorbed).stamp

    with django_assert_num_queries(103):
        merge(kept, absorbed, user, stamp)


# --- use -----------------------------------------------------------------------------------


def test_use_counts_each_practice_once_and_hides_what_a_redacteur_may_not_see():
    heerlen = MunicipalityFactory()
    step = ParticipationStepFactory()
    PracticeFactory(steps=[step], step_from=step, step_to=step)
    PracticeFactory(concept=True, step_to=step)
    PracticeFactory(concept=True, step_to=step, owner=heerlen)
    PracticeFactory(archived=True, steps=[step])

    counts = [usage(step, user) for user in (beheerder(), redacteur(heerlen))]

    assert [(use.published, use.other, use.total) for use in counts] == [(1, 3, 4), (1, 1, 2)]
