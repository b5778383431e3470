from datetime import date, timedelta
from math import log2

import pytest
from django.utils import timezone

from practices.editorial.readiness import missing
from practices.editorial.worklist import PLACE, TEXTS, worklist
from practices.enums import CostClass, LinkState, Scope
from practices.lifecycle import months_before
from practices.models import LinkCheck, Reference, ViewCount
from tests.factories import (
    ContactFactory,
    MembershipFactory,
    MunicipalityFactory,
    PracticeFactory,
)
from tests.practices.editorial.entries import a_ready_entry
from tests.practices.editorial.people import beheerder, eindredacteur, redacteur

pytestmark = pytest.mark.django_db
FULL = dict.fromkeys(
    ("approach", "results", "did_not_work", "conditions", "adaptable_parts", "lead_time"), "Ja."
)


def today():
    return timezone.localdate()


def months_ago(months):
    return months_before(today(), months)


def complete(title, **fields):
    given = {"confirmed_on": today(), "cost_class": CostClass.LOW, **FULL} | fields
    practice = a_ready_entry(title=title, **given)
    ContactFactory(practice=practice)
    return practice


def read(practice, count, month=None):
    ViewCount.objects.create(practice=practice, month=month or today().replace(day=1), count=count)


def a_dead_link(source, state=LinkState.DEAD):
    source.url = f"https://example.org/{source.slug}"
    source.save()
    LinkCheck.objects.create(url=source.url, state=state)
    return source.url


def titles(found):
    return [work.title for work in found]


def test_score_is_staleness_times_readers_times_what_is_missing():
    old = complete("Oud", confirmed_on=months_ago(14), results="", cost_class=CostClass.UNKNOWN)
    read(old, 30)

    (work,) = worklist(eindredacteur())

    assert (work.months_overdue, work.readers) == (3, 30)
    assert [gap.text for gap in work.gaps] == ["resultaten", "kosten"]
    assert work.fields == ["results", "cost_class", "cost_note"]
    assert work.score == pytest.approx(4 * log2(32) * 3)


def test_list_is_in_order_of_the_score():
    complete("Goed en vers")
    complete("Een veld leeg", results="")
    often = complete("Een veld leeg, veel gelezen", results="")
    read(often, 500)
    complete("Een jaar te laat", confirmed_on=months_ago(24))
    both = complete("Te laat, leeg en gelezen", confirmed_on=months_ago(24), results="")
    read(both, 10)

    assert titles(worklist(eindredacteur())) == [
        "Te laat, leeg en gelezen",
        "Een veld leeg, veel gelezen",
        "Een jaar te laat",
        "Een veld leeg",
    ]


def test_only_readers_of_the_last_year_count():
    practice = complete("Oud nieuws", results="")
    read(practice, 900, months_before(today().replace(day=1), 13))
    read(practice, 4)

    assert [work.readers for work in worklist(eindredacteur())] == [4]


@pytest.mark.parametrize(("months", "overdue"), [(11, 0), (12, 1), (13, 2), (24, 13)])
def test_months_overdue_begin_on_the_day_that_the_term_ends(months, overdue):
    complete("Termijn", confirmed_on=months_ago(months), results="")

    assert [work.months_overdue for work in worklist(eindredacteur())] == [overdue]


def test_entry_is_not_overdue_on_the_last_day_of_its_term():
    complete("Termijn", confirmed_on=months_ago(12) + timedelta(days=1), results="")

    assert [work.months_overdue for work in worklist(eindredacteur())] == [0]


def test_entry_that_nobody_ever_confirmed_counts_from_its_publication():
    complete("Nooit", confirmed_on=None, described_on=None, published_on=date(2020, 1, 1))

    (work,) = worklist(eindredacteur())

    assert work.known_on is None
    assert work.months_overdue > 12


def test_link_that_works_no_more_is_something_to_mend():
    whole, haltering, broken = complete("Werkt"), complete("Hapert"), complete("Kapot")
    a_dead_link(whole.references.get().source, LinkState.WORKS)
    a_dead_link(haltering.references.get().source, LinkState.FAILING)
    url = a_dead_link(broken.references.get().source)

    (work,) = worklist(eindredacteur())

    assert (work.title, work.dead_links, work.missing) == ("Kapot", (url,), 1)
    assert work.score == pytest.approx(1 * 1 * 2)


def test_what_an_entry_needs_to_be_published_is_in_the_list_when_it_lacks():
    """The list is one query over all, readiness.py some queries for one: they must agree."""
    bare, whole = PracticeFactory(title="Kaal"), complete("Heel", results="")
    asked = {item.anchor for item in missing(bare)}
    assert len(asked) == 5

    found = {work.pk: {gap.anchor for gap in work.gaps} for work in worklist(eindredacteur())}

    assert found[bare.pk] >= asked
    assert (missing(whole), found[whole.pk]) == ([], {"id_results"})


@pytest.mark.parametrize("scope", Scope)
def test_place_is_missing_as_it_is_for_publishing(scope):
    practice = PracticeFactory(scope=scope)
    asked = "municipality_links-group" in {item.anchor for item in missing(practice)}

    (work,) = worklist(eindredacteur())

    assert (PLACE in work.gaps) == asked


def test_spaces_are_no_text():
    complete("Spaties", results="   ")

    assert [work.gaps for work in worklist(eindredacteur())] == [(TEXTS["results"],)]


def test_who_may_see_more_than_change_gets_only_what_can_be_changed():
    heerlen = MunicipalityFactory()
    both = beheerder()
    MembershipFactory(user=both, municipality=heerlen)
    complete("Van Heerlen", results="", owner=heerlen)
    complete("Van Venlo", results="")
    assert titles(worklist(eindredacteur())) == ["Van Heerlen", "Van Venlo"]

    assert titles(worklist(both)) == ["Van Heerlen"]


def test_redacteur_sees_only_the_own_entries_and_nobody_sees_a_concept():
    heerlen, venlo = MunicipalityFactory(name="Heerlen"), MunicipalityFactory(name="Venlo")
    complete("Van Heerlen", results="", owner=heerlen)
    complete("Van Venlo", results="", owner=venlo)
    complete("Concept", results="", owner=heerlen, concept=True)

    assert titles(worklist(redacteur(heerlen))) == ["Van Heerlen"]
    assert titles(worklist(eindredacteur())) == ["Van Heerlen", "Van Venlo"]
    assert titles(worklist(eindredacteur(), venlo.pk)) == ["Van Venlo"]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_two_queries_whatever_its_length(count, django_assert_num_queries):
    user = eindredacteur()
    for number in range(count):
        complete(f"Praktijk {number}", results="")
    worklist(user)  # the rights of the user are asked once

    with django_assert_num_queries(2):
        assert len(worklist(user)) == count

    for reference in Reference.objects.select_related("source"):
        a_dead_link(reference.source)
    with django_assert_num_queries(4):
        assert [len(work.dead_links) for work in worklist(user)] == [1] * count
