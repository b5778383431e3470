"""Every page of the admin, for each role, for the own municipality and for another's."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from practices.models import Practice
from tests import factories
from tests.admin_forms import add_url, change_url, list_url
from tests.factories import MunicipalityFactory, PracticeFactory, UserFactory
from tests.practices.admin.test_lists import make, registered
from tests.practices.editorial.people import beheerder, eindredacteur, redacteur, signed_in

# What a page answers: o(pened), r(edirected to the page of the entry), f(orbidden), n(ot found).
# Per role: list, add; of an own object change, delete, history; of another's the same three.
# The own entry is published: a redacteur archives it, but does not delete it.
NOTHING = "ff fff fff"
LOOKED_UP = "of off off"
FULL = "oo ooo ooo"
READ = "of ofo ofo"
TABLE = {
    "practices.practice": ("oo ofo nnn", FULL, READ),
    "practices.suggestion": ("of ofo nfn", FULL, READ),
    "practices.source": ("oo ofo ofo", FULL, READ),
    "practices.theme": ("of ofo ofo", READ, FULL),
    "practices.targetgroup": ("of ofo ofo", READ, FULL),
    "practices.barrier": ("of ofo ofo", READ, FULL),
    "practices.instrument": ("of ofo ofo", READ, FULL),
    "practices.recommendation": ("of ofo ofo", READ, FULL),
    "practices.participationstep": ("of ofo ofo", READ, FULL),
    "practices.claim": ("of rro nnn", "of rro rro", "of rro rro"),
    "practices.adoption": ("of rro nnn", "of rro rro", "of rro rro"),
    "practices.relation": ("of rro nnn", "of rro rro", "of rro rro"),
    "practices.reference": ("of rro nnn", "of rro rro", "of rro rro"),
    "practices.contact": ("of rro nnn", "of rro rro", "of rro rro"),
    "practices.photo": ("of rro nnn", "of rro rro", "of rro rro"),
    "practices.linkcheck": (NOTHING, READ, READ),
    "practices.missedquery": (NOTHING, "of ooo ooo", "of ooo ooo"),
    "practices.wantedquestion": (NOTHING, FULL, FULL),
    "practices.synonymgroup": (NOTHING, FULL, FULL),
    "municipalities.municipality": ("of ofo ofo", READ, FULL),
    "municipalities.oldmunicipalityslug": (NOTHING, READ, FULL),
    "municipalities.region": ("of ofo ofo", READ, FULL),
    "municipalities.welfarefigure": (NOTHING, READ, FULL),
    "municipalities.membership": (NOTHING, NOTHING, FULL),
    "auth.user": (NOTHING, NOTHING, FULL),
    "auth.group": (NOTHING, NOTHING, READ),
}
ROLES = ("redacteur", "eindredacteur", "beheerder")
OF_AN_ENTRY = {
    "practices.claim": "practice",
    "practices.adoption": "practice",
    "practices.relation": "from_practice",
    "practices.reference": "practice",
    "practices.contact": "practice",
    "practices.photo": "practice",
    "practices.suggestion": "practice",
}
WITH_VERSIONS = (
    "practices.practice",
    "practices.source",
    "practices.theme",
    "practices.targetgroup",
    "practices.barrier",
    "practices.instrument",
    "practices.recommendation",
    "practices.participationstep",
)
# Their rights are in tests/practices/admin/test_spreadsheets.py.
SPREADSHEETS = ("export", "export_file", "import", "import_confirm", "import_template")
LETTERS = {200: "o", 302: "r", 403: "f", 404: "n"}


@pytest.fixture
def heerlen(db):
    return MunicipalityFactory(name="Heerlen")


@pytest.fixture
def people(heerlen):
    return {
        "redacteur": redacteur(heerlen),
        "eindredacteur": eindredacteur(),
        "beheerder": beheerder(),
    }


def an_object(label, owner):
    if label == "practices.practice":
        return PracticeFactory(owner=owner)
    if label in OF_AN_ENTRY:
        model = registered()[label]
        factory = getattr(factories, f"{model.__name__}Factory")
        return factory(**{OF_AN_ENTRY[label]: PracticeFactory(owner=owner)})
    return make(label)


def pages_of(instance):
    change = change_url(instance)
    return [change, *(change.replace("/change/", f"/{name}/") for name in ("delete", "history"))]


def answers(client, label, own, other):
    model = registered()[label]
    parts = [[list_url(model), add_url(model)], pages_of(own), pages_of(other)]
    return " ".join("".join(LETTERS[client.get(url).status_code] for url in part) for part in parts)


def test_every_kind_of_object_is_in_the_table():
    assert set(TABLE) == set(registered())


@pytest.mark.parametrize("label", TABLE)
def test_page_answers_as_the_table_says(label, people, heerlen):
    own = an_object(label, heerlen)
    other = an_object(label, MunicipalityFactory(name="Venlo"))

    found = tuple(answers(signed_in(people[role]), label, own, other) for role in ROLES)

    assert found == TABLE[label]


def test_proposal_belongs_to_its_municipality_as_long_as_it_is_no_entry(people, heerlen):
    own, other = (
        factories.SuggestionFactory(municipality=place)
        for place in (heerlen, MunicipalityFactory())
    )

    found = tuple(
        answers(signed_in(people[role]), "practices.suggestion", own, other) for role in ROLES
    )

    assert found == TABLE["practices.suggestion"]


@pytest.mark.parametrize("label", TABLE)
def test_visitor_and_staff_without_a_role_get_nothing(label, db):
    instance = an_object(label, MunicipalityFactory())
    model = registered()[label]
    urls = [list_url(model), add_url(model), *pages_of(instance)]
    staff = signed_in(UserFactory(staff=True))

    assert {Client().get(url).headers["Location"].split("?")[0] for url in urls} == {
        reverse("admin:login")
    }
    assert {staff.get(url).status_code for url in urls} <= {403, 404}


@pytest.mark.parametrize("label", TABLE)
def test_sending_a_form_is_refused_where_the_table_does_not_open_it(label, people, heerlen):
    """By status: what is refused to open is not taken either."""
    own, other = an_object(label, heerlen), an_object(label, MunicipalityFactory())
    model = registered()[label]
    clients = [signed_in(people[role]) for role in ROLES]
    before = list(model.objects.order_by("pk").values())

    for role, client, row in zip(ROLES, clients, TABLE[label], strict=True):
        for instance, part in ((own, row.split()[1]), (other, row.split()[2])):
            change, delete, _ = pages_of(instance)
            for url, opens in ((change, part[0]), (delete, part[1])):
                if opens != "o":
                    expected = {"r": 302, "f": 403, "n": 404}[opens]
                    answer = client.post(url, {"post": "yes"})
                    assert (role, url, answer.status_code) == (role, url, expected)

    assert list(model.objects.order_by("pk").values()) == before


def test_every_address_of_the_admin_is_known():
    """A new page of an admin has to be thought about, here and in the tests of its rights."""
    usual = {"changelist", "add", "history", "delete", "change"}
    found = {
        (model._meta.label_lower, route.name.split("_", 2)[-1])
        for model, model_admin in admin.site._registry.items()
        for route in model_admin.get_urls()
        if route.name
    }

    assert {(label, name) for label, name in found if name not in usual} == {
        ("auth.user", "password_change"),
        ("practices.practice", "transition"),
        ("practices.practice", "duplicates"),
        ("practices.practice", "worklist"),
        ("practices.practice", "confirm"),
        ("practices.practice", "fill"),
        # Their rights are in tests/practices/admin/test_deleted.py.
        *(("practices.practice", name) for name in ("deleted", "bring_back")),
        ("practices.suggestion", "step"),
        # Their rights are in tests/practices/admin/test_adopting.py.
        *(("practices.adoption", name) for name in ("entry", "record", "remove")),
        *(("practices.practice", name) for name in SPREADSHEETS),
        *((label, "restore") for label in WITH_VERSIONS),
        # Their rights are in tests/practices/admin/test_merging.py.
        *((label, "merge") for label in WITH_VERSIONS[2:]),
    }


def test_list_shows_a_redacteur_only_own_entries(people, heerlen):
    schinnen = MunicipalityFactory(successor=heerlen, valid_to="2019-01-01")
    PracticeFactory(title="Eigenaar", owner=heerlen)
    PracticeFactory(title="Uitvoerder", municipalities=[heerlen], owner=MunicipalityFactory())
    PracticeFactory(title="Van voorganger", owner=schinnen)
    PracticeFactory(title="Van een ander", owner=MunicipalityFactory())
    PracticeFactory(title="Van niemand")

    def titles(role):
        response = signed_in(people[role]).get(list_url(Practice))
        return [practice.title for practice in response.context["cl"].result_list]

    assert titles("redacteur") == ["Eigenaar", "Uitvoerder", "Van voorganger"]
    assert titles("eindredacteur") == titles("beheerder")
    assert len(titles("beheerder")) == 5
