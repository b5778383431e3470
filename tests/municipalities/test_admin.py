import pytest

from municipalities.models import Membership, Municipality, Region, WelfareFigure
from tests.admin_forms import add_url, change_url, list_url, opened, save, with_row
from tests.factories import (
    MembershipFactory,
    MunicipalityFactory,
    PracticeFactory,
    RegionFactory,
    UserFactory,
    WelfareFigureFactory,
)

OUTSIDE = "Dit punt ligt niet in Nederland. Breedte is 50 tot 54, lengte 3 tot 8 graden."
CODE = "Een CBS-code is GM met vier cijfers."


@pytest.fixture
def beek(db):
    return MunicipalityFactory(name="Beek", slug="beek", code="GM0888")


@pytest.fixture
def attempt(superuser_client, beek):
    def try_it(*rows, **changes):
        url = change_url(beek)
        data = opened(superuser_client, url) | changes
        for prefix, fields in rows:
            data = with_row(data, prefix, **fields)
        return save(superuser_client, url, data)

    return try_it


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"code": "GM88"}, [CODE, CODE]),
        ({"code": "XX0888"}, [CODE, CODE]),
        ({"lat": "5,98154", "lon": "50,88365"}, [OUTSIDE, OUTSIDE]),
        ({"lat": "50,94"}, ["Vul breedte én lengte in, of laat beide leeg."]),
        (
            {"valid_from": "01-01-2019", "valid_to": "01-01-2018"},
            ["'Opgegaan op' moet na 'bestaat sinds' liggen."],
        ),
        ({"website": "gemeentebeek.nl"}, []),
    ],
)
def test_municipality_refused_with_a_reason(changes, told, attempt):
    assert sorted(set(attempt(**changes))) == sorted(set(told))


def test_municipality_cannot_merge_into_itself(attempt, beek):
    told = attempt(successor=beek.pk, valid_to="01-01-2019")

    assert told == ["Zo zou de gemeente in zichzelf opgaan."]


def test_municipality_that_merged_needs_a_date(attempt):
    assert attempt(successor=MunicipalityFactory().pk) == [
        "Vul ook in wanneer de gemeente is opgegaan."
    ]


def test_website_without_a_scheme_becomes_https(attempt, beek):
    assert attempt(website="gemeentebeek.nl") == []

    beek.refresh_from_db()
    assert beek.website == "https://gemeentebeek.nl"


def test_address_of_a_municipality_is_fixed_after_adding(superuser_client, attempt, beek):
    assert "slug" not in opened(superuser_client, change_url(beek))
    assert "slug" in opened(superuser_client, add_url(Municipality))
    assert attempt(slug="anders") == []

    beek.refresh_from_db()
    assert beek.slug == "beek"


def test_code_that_exists(superuser_client, beek):
    url = add_url(Municipality)
    data = opened(superuser_client, url) | {
        "name": "Beek",
        "slug": "beek",
        "code": "GM0888",
        "region": RegionFactory().pk,
        "province": RegionFactory(kind="provincie").pk,
    }

    assert save(superuser_client, url, data) == [
        "Er bestaat al een Gemeente met eenzelfde Naam.",
        "Er bestaat al een Gemeente met eenzelfde Naam in het adres.",
        "Er bestaat al een Gemeente met eenzelfde CBS-code.",
    ]


def test_figures_of_a_year_twice(attempt, beek):
    row = ("figures", {"year": "2016", "recipients": "300", "source": "CBS"})

    assert attempt(row, row) == [
        "Er staan twee regels met dezelfde waarde bij: Jaar, Bron.",
        "Deze regel staat er twee keer.",
    ]
    assert attempt(row) == []
    assert attempt(row) != []
    assert beek.figures.count() == 1


@pytest.mark.parametrize(
    "fields", [{"year": "1890"}, {"year": "2018", "reference_date": "01-01-2016"}]
)
def test_figure_refused_with_a_reason(fields, attempt):
    row = {"year": "2016", "recipients": "300", "source": "CBS"} | fields

    assert len(attempt(("figures", row))) == 1


def test_member_twice(attempt, beek):
    member = MembershipFactory(municipality=beek)

    assert attempt(("memberships", {"user": member.user.pk, "role": "redacteur"})) != []
    assert attempt(("memberships", {"user": UserFactory().pk, "role": "redacteur"})) == []
    assert beek.memberships.count() == 2


def test_region_inside_its_own_part(superuser_client, db):
    whole = RegionFactory()
    part = RegionFactory(parent=whole)
    url = change_url(whole)

    for parent in (whole, part):
        data = opened(superuser_client, url) | {"parent": parent.pk}
        assert save(superuser_client, url, data) == [
            "Zo zou een regio onderdeel van zichzelf zijn."
        ]


@pytest.mark.parametrize(
    ("model", "factory"), [(WelfareFigure, WelfareFigureFactory), (Membership, MembershipFactory)]
)
def test_what_exists_is_refused_on_its_own_page_too(model, factory, superuser_client):
    there = factory()
    url = add_url(model)
    values = {
        field.name: getattr(there, field.attname)
        for field in model._meta.concrete_fields
        if field.name != "id" and getattr(there, field.attname) is not None
    }

    assert len(save(superuser_client, url, opened(superuser_client, url) | values)) == 1


def test_list_tells_existing_municipalities_from_merged_ones(superuser_client, beek):
    MunicipalityFactory(name="Schinnen", valid_to="2019-01-01", successor=beek)

    def names(value):
        response = superuser_client.get(list_url(Municipality), {"bestaat": value})
        return [municipality.name for municipality in response.context["cl"].result_list]

    assert names("ja") == ["Beek"]
    assert names("nee") == ["Schinnen"]


def test_list_of_municipalities_does_not_read_the_boundaries(superuser_client, beek):
    shown = superuser_client.get(list_url(Municipality)).context["cl"].result_list[0]

    assert shown.get_deferred_fields() == {"boundary"}


def test_boundary_survives_a_save(attempt, beek):
    Municipality.objects.update(boundary={"type": "MultiPolygon", "coordinates": []})

    assert attempt(note="Anders") == []

    beek.refresh_from_db()
    assert (beek.note, beek.boundary) == ("Anders", {"type": "MultiPolygon", "coordinates": []})


def test_municipality_with_practices_is_not_deleted(superuser_client, beek):
    PracticeFactory(municipalities=[beek])

    superuser_client.post(change_url(beek).replace("change", "delete"), {"post": "yes"})

    assert Municipality.objects.count() == 1
    assert Region.objects.count() == 2
