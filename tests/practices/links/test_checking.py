"""What a round of visits stores, and what it makes of failures that go on."""

import socket
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from practices import version
from practices.enums import LinkState
from practices.links.checking import OfflineError, due, run, wanted
from practices.links.judging import judge
from practices.links.visiting import NOT_THERE, Outcome, Result, Visitor
from practices.models import LinkCheck
from tests.factories import MunicipalityFactory, PracticeFactory, ReferenceFactory, SourceFactory

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 5, 12, tzinfo=UTC)
FAILED = Outcome(Result.TROUBLE, "Geen antwoord.", answered=False)
GONE = Outcome(Result.GONE, NOT_THERE.format(status=404))
WORKS = Outcome(Result.WORKS, "")


def referred(url, **fields):
    return ReferenceFactory(practice=PracticeFactory(**fields), source=SourceFactory(url=url))


def states(*visits):
    """The state after each visit; a visit is (days after the start, outcome)."""
    check = LinkCheck(url="https://example.org/")
    found = []
    for days, outcome in visits:
        judge(check, outcome, START + timedelta(days=days))
        found.append(check.state)
    return found


def test_only_what_a_visitor_can_come_across_is_visited():
    referred("https://example.org/openbaar")
    referred("https://example.org/concept", concept=True)
    MunicipalityFactory(website="https://www.heerlen.nl/")

    assert wanted() == {"https://example.org/openbaar", "https://www.heerlen.nl/"}


def test_longest_ago_comes_first_and_new_ones_before_that():
    for name in "abc":
        referred(f"https://example.org/{name}")
    LinkCheck.objects.create(url="https://example.org/a", checked_at=START)
    LinkCheck.objects.create(url="https://example.org/b", checked_at=START - timedelta(days=1))

    assert [check.url[-1] for check in due(10)] == ["c", "b", "a"]
    assert [check.url[-1] for check in due(1)] == ["c"]


def test_failing_link_is_dead_after_three_times_and_a_week():
    failing, dead = LinkState.FAILING, LinkState.DEAD

    assert states((0, FAILED), (1, FAILED), (2, FAILED), (6, FAILED), (7, FAILED)) == [
        *[failing] * 4,
        dead,
    ]
    assert states((0, FAILED), (30, FAILED)) == [failing, failing]
    assert states((0, FAILED), (3, WORKS), (8, FAILED), (9, FAILED)) == [
        failing,
        LinkState.WORKS,
        failing,
        failing,
    ]


def test_page_that_is_gone_is_believed_on_the_second_day():
    failing, dead = LinkState.FAILING, LinkState.DEAD

    assert states((0, GONE), (0.1, GONE), (1, GONE), (2, FAILED), (3, WORKS)) == [
        failing,
        failing,
        dead,
        dead,
        LinkState.WORKS,
    ]


def test_round_stores_what_came_of_it_and_forgets_what_nobody_names(site):
    good, gone = site.url("/goed"), site.url("/weg")
    site.answers["/weg"] = 404
    referred(good)
    referred(gone)
    LinkCheck.objects.create(url="https://example.org/niemand")

    found = run(site.visitor(), 10)

    assert dict(found.states) == {LinkState.WORKS: 1, LinkState.FAILING: 1}
    assert dict(LinkCheck.objects.values_list("url", "state")) == {
        good: LinkState.WORKS,
        gone: LinkState.FAILING,
    }


def test_link_that_died_is_told_once(site):
    url = site.url("/weg")
    site.answers["/weg"] = 404
    referred(url)
    judge(check := LinkCheck(url=url), GONE, START)
    check.save()

    assert [check.url for check in run(site.visitor(), 10).died] == [url]
    assert run(site.visitor(), 10).died == []


def test_catalogue_has_a_new_version_when_a_link_dies_or_comes_back(site):
    url = site.url("/weg")
    site.answers["/weg"] = 404
    referred(url)
    judge(check := LinkCheck(url=url), GONE, START)
    check.save()
    versions = [version.current()]
    for answer in (404, 404, 200, 200):
        site.answers["/weg"] = answer
        run(site.visitor(), 10)
        versions.append(version.current())

    alive, dead, still_dead, back, still_back = versions
    assert (alive == dead, dead == still_dead, dead == back, back == still_back) == (
        False,
        True,
        False,
        True,
    )


def test_round_in_which_nobody_answers_stores_nothing(site):
    for number in range(3):
        referred(f"http://host-{number}.test:1/")

    with pytest.raises(OfflineError):
        run(site.visitor(ports={"http": 1, "https": 1}), 10)

    assert LinkCheck.objects.count() == 0


@pytest.fixture
def command(site, settings):
    settings.SITE_URL = "https://parels.example.org"

    def call(**options):
        out = StringIO()
        call_command("check_links", visitor=site.visitor(), stdout=out, **options)
        return out.getvalue()

    return call


def test_command_tells_what_it_saw(command, site):
    referred(site.url("/goed"))

    assert command() == "Bekeken: 1, werkt: 1.\n"
    assert LinkCheck.objects.get().state == LinkState.WORKS


def test_dry_run_stores_nothing(command, site):
    referred(site.url("/goed"))

    assert command(dry_run=True) == "Bekeken: 1, werkt: 1.\nProef: er is niets opgeslagen.\n"
    assert (LinkCheck.objects.count(), len(site.asked)) == (0, 1)


def test_command_refuses_without_the_address_of_the_site(command, settings):
    settings.SITE_URL = ""

    with pytest.raises(CommandError, match="SITE_URL ontbreekt"):
        command()


def unknown(host, port):
    raise socket.gaierror


def test_one_site_that_answers_shows_that_the_line_works(site):
    for host in ("a.test", "b.test", "c.test", "d.test"):
        referred(f"http://{host}:{site.port}/")

    def resolve(host, port):
        return ["127.0.0.1"] if host == "d.test" else unknown(host, port)

    found = run(site.visitor(resolve=resolve), 10)

    assert dict(found.states) == {LinkState.FAILING: 3, LinkState.WORKS: 1}


def test_silent_host_is_left_alone_for_the_rest_of_the_round(site):
    for n in range(5):
        referred(f"http://stil.test:{site.port}/{n}")
    referred(site.url())

    def resolve(host, port):
        return ["127.0.0.1"] if host == "site.test" else unknown(host, port)

    found = run(site.visitor(resolve=resolve), 10)

    assert dict(found.states) == {LinkState.FAILING: 3, LinkState.WORKS: 1}


def test_real_rule_refuses_this_machine_without_a_visit(site):
    referred(site.url(host="127.0.0.1"))
    referred("http://127.0.0.1/")
    referred("http://169.254.169.254/latest/meta-data/")

    found = run(Visitor("parelkaart-linkcontrole"), 10)

    assert (dict(found.states), site.asked) == ({LinkState.NOT_CHECKED: 3}, [])


def test_round_takes_the_same_queries_for_any_number_of_links(site, django_assert_num_queries):
    for more in (1, 3):
        for _ in range(more):
            referred(site.url(f"/{LinkCheck.objects.count()}-{_}"))
        run(site.visitor(), 100)
        # Sources, places, what is known; saving between a savepoint and its end (2): the
        # results, sources and places again, what is known.
        with django_assert_num_queries(9):
            run(site.visitor(), 100)
