from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.db.models import ProtectedError, UniqueConstraint

from municipalities.coordinates import OUTSIDE
from municipalities.enums import MembershipRole, RegionKind
from municipalities.models import Membership, Municipality, Region, WelfareFigure
from tests.constraints import complaints, constraint_names, refused
from tests.factories import MunicipalityFactory, RegionFactory

pytestmark = pytest.mark.django_db


def change(model, **fields):
    """Past every form and every clean(): one UPDATE."""
    model.objects.all().update(**fields)


@pytest.fixture
def region():
    return RegionFactory()


@pytest.fixture
def municipality():
    return MunicipalityFactory(valid_from=None, valid_to=None, successor=None)


def figure(municipality, **fields):
    given = {"year": 2018, "recipients": 10, "source": "Onderzoek 2018"} | fields
    return WelfareFigure(municipality=municipality, **given)


# --- what the database refuses ------------------------------------------------

CHECKED = {
    "region_kind_known": lambda _: change(Region, kind="land"),
    "region_not_its_own_parent": lambda m: Region.objects.filter(pk=m.region_id).update(
        parent=m.region_id
    ),
    "municipality_code_form": lambda _: change(Municipality, code="0983GM"),
    "municipality_seat_in_range": lambda _: change(Municipality, lat="5.98", lon="50.88"),
    "municipality_valid_to_after_valid_from": lambda _: change(
        Municipality, valid_from=date(2019, 1, 1), valid_to=date(2019, 1, 1)
    ),
    "municipality_not_its_own_successor": lambda m: change(
        Municipality, successor=m, valid_to=date(2019, 1, 1)
    ),
    "municipality_successor_needs_valid_to": lambda m: Municipality.objects.filter(pk=m.pk).update(
        successor=MunicipalityFactory(), valid_to=None
    ),
    "figure_year_in_range": lambda m: WelfareFigure.objects.bulk_create([figure(m, year=2101)]),
    "membership_role_known": lambda m: Membership.objects.bulk_create(
        [Membership(user=get_user_model().objects.create(), municipality=m, role="baas")]
    ),
}


@pytest.mark.parametrize("name", CHECKED)
def test_database_refuses(name, municipality):
    with refused(name):
        CHECKED[name](municipality)


def test_every_check_constraint_is_tried():
    assert set(CHECKED) == constraint_names("municipalities")


@pytest.mark.parametrize(
    ("lat", "lon"),
    [("50.9", None), (None, "5.9"), ("50.4", "5.9"), ("50.9", "7.6"), ("-50.9", "5.9")],
)
def test_database_refuses_half_a_point_or_one_outside_the_country(lat, lon, municipality):
    with refused("municipality_seat_in_range"):
        change(Municipality, lat=lat, lon=lon)


@pytest.mark.parametrize("code", ["", "GM1", "GM01234"])
def test_database_refuses_a_code_of_another_length(code, municipality):
    with pytest.raises(Exception, match=r"municipality_code_form|too long"):
        change(Municipality, code=code)


@pytest.mark.parametrize("field", ["name", "slug", "code"])
def test_database_refuses_a_second_municipality_with_the_same(field, municipality):
    MunicipalityFactory()

    with refused():
        change(Municipality, **{field: getattr(municipality, field)})


@pytest.mark.parametrize("field", ["name", "slug"])
def test_database_refuses_a_second_region_with_the_same(field, region):
    RegionFactory()

    with refused():
        change(Region, **{field: getattr(region, field)})


def test_database_refuses_two_figures_of_one_year_and_source(municipality):
    assert constraint_names("municipalities", UniqueConstraint) == {
        "figure_once_per_year_and_source",
        "membership_once",
    }
    WelfareFigure.objects.bulk_create(
        [figure(municipality), figure(municipality, year=2016), figure(municipality, source="CBS")]
    )

    with refused():
        WelfareFigure.objects.bulk_create([figure(municipality, recipients=11)])


def test_database_refuses_a_second_membership_in_the_same_role(municipality):
    user = get_user_model().objects.create(username="redacteur")
    for role in MembershipRole:
        Membership.objects.create(user=user, municipality=municipality, role=role)

    with refused():
        Membership.objects.bulk_create(
            [Membership(user=user, municipality=municipality, role=MembershipRole.EDITOR)]
        )


# --- what the editor reads ----------------------------------------------------


def test_a_complete_municipality_has_no_complaints(municipality):
    assert complaints(municipality) == {}


@pytest.mark.parametrize("code", ["0983", "GM983", "XX0983", "GMabcd", "gm0983"])
def test_code_in_another_form_is_explained(code, municipality):
    municipality.code = code

    assert complaints(municipality)["code"] == ["Een CBS-code is GM met vier cijfers."]


@pytest.mark.parametrize(
    ("lat", "lon", "fields"),
    [
        (Decimal("5.98154"), Decimal("50.88365"), {"lat", "lon"}),  # the two swapped
        (Decimal("50.49999"), Decimal("5.9"), {"lat"}),
        (Decimal("50.9"), Decimal("7.50001"), {"lon"}),
    ],
)
def test_point_outside_the_country_is_explained(lat, lon, fields, municipality):
    municipality.lat, municipality.lon = lat, lon

    told = complaints(municipality)

    assert {field: told[field] for field in fields} == {field: [OUTSIDE] for field in fields}


@pytest.mark.parametrize(
    ("lat", "lon"), [(Decimal("50.5"), Decimal("3.0")), (Decimal("53.79999"), Decimal("7.5"))]
)
def test_point_on_the_edge_of_the_range_is_fine(lat, lon, municipality):
    municipality.lat, municipality.lon = lat, lon

    assert complaints(municipality) == {}
    municipality.save()


@pytest.mark.parametrize(
    ("lat", "lon", "missing"), [(None, Decimal("5.9"), "lat"), (Decimal("50.9"), None, "lon")]
)
def test_half_a_point_is_explained_at_the_missing_half(lat, lon, missing, municipality):
    municipality.lat, municipality.lon = lat, lon

    assert complaints(municipality)[missing] == ["Vul breedte én lengte in, of laat beide leeg."]


def test_dates_the_wrong_way_round_are_explained(municipality):
    municipality.valid_from, municipality.valid_to = date(2019, 1, 1), date(2018, 1, 1)

    assert complaints(municipality) == {
        "__all__": ["'Opgegaan op' moet na 'bestaat sinds' liggen."]
    }


def test_successor_without_a_date_is_explained(municipality):
    municipality.successor = MunicipalityFactory()

    assert complaints(municipality) == {"__all__": ["Vul ook in wanneer de gemeente is opgegaan."]}


def test_line_of_successors_in_a_circle_is_explained(municipality):
    first = MunicipalityFactory(valid_to=date(2010, 1, 1), successor=municipality)
    last = MunicipalityFactory(valid_to=date(2005, 1, 1), successor=first)
    municipality.successor, municipality.valid_to = last, date(2019, 1, 1)

    assert complaints(municipality) == {"successor": ["Zo zou de gemeente in zichzelf opgaan."]}


def test_line_of_successors_that_already_goes_round_does_not_hang(municipality):
    other = MunicipalityFactory(valid_to=date(2010, 1, 1), successor=municipality)
    Municipality.objects.filter(pk=municipality.pk).update(
        successor=other, valid_to=date(2010, 1, 1)
    )
    third = MunicipalityFactory.build(
        region=other.region,
        province=other.province,
        valid_to=date(2011, 1, 1),
        successor=Municipality.objects.get(pk=other.pk),
    )

    assert complaints(third) == {}
    assert third.current().pk in {municipality.pk, other.pk}


def test_province_has_to_be_a_province(municipality):
    municipality.province = RegionFactory(kind=RegionKind.LABOUR_MARKET)

    assert list(complaints(municipality)) == ["province"]


def test_regions_in_a_circle_are_explained(region):
    middle = RegionFactory(parent=region)
    region.parent = RegionFactory(parent=middle)

    assert complaints(region) == {"parent": ["Zo zou een regio onderdeel van zichzelf zijn."]}


def test_figure_of_another_year_than_its_date_is_explained(municipality):
    wrong = figure(municipality, year=2018, reference_date=date(2017, 12, 31))

    assert complaints(wrong) == {"reference_date": ["De peildatum moet in het jaar liggen."]}


def test_figure_given_twice_is_explained(municipality):
    figure(municipality).save()

    assert complaints(figure(municipality, recipients=99)) == {
        "__all__": ["Dit jaar staat er al bij deze gemeente."]
    }


# --- through time ---------------------------------------------------------------


def test_current_is_itself_without_successor(municipality):
    assert municipality.current() == municipality


def test_current_follows_every_merger(municipality):
    middle = MunicipalityFactory(valid_to=date(2019, 1, 1), successor=municipality)
    oldest = MunicipalityFactory(valid_to=date(1982, 1, 1), successor=middle)

    assert [oldest.current(), middle.current()] == [municipality, municipality]


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2018, 12, 31), ["Heerlen", "Schinnen"]),
        (date(2019, 1, 1), ["Beekdaelen", "Heerlen"]),
    ],
)
def test_existing_turns_on_the_day_of_the_merger(day, names):
    merger = date(2019, 1, 1)
    beekdaelen = MunicipalityFactory(name="Beekdaelen", valid_from=merger)
    MunicipalityFactory(name="Schinnen", valid_to=merger, successor=beekdaelen)
    MunicipalityFactory(name="Heerlen")

    assert [m.name for m in Municipality.objects.existing(on=day)] == names


def test_existing_takes_today_when_no_day_is_given():
    MunicipalityFactory(name="Schinnen", valid_to=date(2019, 1, 1))
    MunicipalityFactory(name="Heerlen")

    assert [m.name for m in Municipality.objects.existing()] == ["Heerlen"]


def test_with_region_needs_one_query(django_assert_num_queries):
    successor = MunicipalityFactory()
    MunicipalityFactory(valid_to=date(2019, 1, 1), successor=successor)

    with django_assert_num_queries(1):
        for municipality in Municipality.objects.with_region():
            assert municipality.region.name
            assert municipality.province.name
            assert municipality.successor in (None, successor)


def test_region_that_is_in_use_cannot_be_deleted(municipality):
    with pytest.raises(ProtectedError):
        municipality.region.delete()
