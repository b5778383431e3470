from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from municipalities.enums import RegionKind
from municipalities.models import Membership, Municipality, OldMunicipalitySlug
from practices import version
from practices.models import Practice
from tests.factories import (
    MembershipFactory,
    MunicipalityFactory,
    PracticeFactory,
    RegionFactory,
    WelfareFigureFactory,
)

pytestmark = pytest.mark.django_db

HEADER = "code;naam;geldig_vanaf;regio;provincie;voorgangers"
MERGER = f"{HEADER}\nGM1954;Beekdaelen;2019-01-01;parkstad;limburg;GM0951 GM0962"


@pytest.fixture
def region():
    return RegionFactory(name="Parkstad", slug="parkstad")


@pytest.fixture
def province():
    return RegionFactory(name="Limburg", slug="limburg", kind=RegionKind.PROVINCE)


@pytest.fixture
def old(region, province):
    """Two municipalities, by slug."""
    rows = {"nuth": "GM0951", "schinnen": "GM0962"}
    return {
        slug: MunicipalityFactory(
            slug=slug, name=slug.capitalize(), code=code, region=region, province=province
        )
        for slug, code in rows.items()
    }


@pytest.fixture
def read(tmp_path):
    """Writes a file and reads it in; returns what the command says."""

    def run(text, *options, encoding="utf-8"):
        path = tmp_path / "herindeling.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        out = StringIO()
        call_command("import_municipalities", path, *options, stdout=out)
        return out.getvalue()

    return run


def state():
    """Everything that an import could change."""
    return (
        list(Municipality.objects.order_by("pk").values()),
        list(OldMunicipalitySlug.objects.values()),
        list(Membership.objects.values()),
        list(Practice.objects.values("pk", "owner")),
        version.current(),
    )


# --- what it does -----------------------------------------------------------------------


def test_merger_makes_the_new_one_and_keeps_the_old_ones(read, old):
    said = read(MERGER, "--apply")

    today = Municipality.objects.get(code="GM1954")
    assert (today.name, today.slug, today.region.slug) == ("Beekdaelen", "beekdaelen", "parkstad")
    assert (today.province.slug, today.valid_from) == ("limburg", date(2019, 1, 1))
    for municipality in old.values():
        municipality.refresh_from_db()
        assert (municipality.successor, municipality.valid_to) == (today, date(2019, 1, 1))
    assert said == (
        "Nieuw (1):\n- Beekdaelen (GM1954)\n"
        "Opgegaan (2):\n- Nuth gaat op in Beekdaelen\n- Schinnen gaat op in Beekdaelen\n"
        "Let op (1):\n- Beekdaelen heeft nog geen plaats op de kaart (kolommen lat en lon).\n"
        "Ongewijzigd: 0\nKlaar: 3 wijzigingen.\n"
    )


def test_trial_says_the_same_and_changes_nothing(read, old):
    MembershipFactory(municipality=old["nuth"])
    PracticeFactory(owner=old["nuth"])
    before = state()

    said = read(MERGER)

    assert state() == before
    assert "- Nuth gaat op in Beekdaelen\n" in said
    assert said.endswith("Dit was een proef: er is niets veranderd. Uitvoeren: --apply\n")


def test_existing_municipality_can_take_in_another(read, old):
    read(f"{HEADER}\nGM0962;Schinnen;2020-01-01;;;GM0951", "--apply")

    old["nuth"].refresh_from_db()
    assert (old["nuth"].successor, old["nuth"].valid_to) == (old["schinnen"], date(2020, 1, 1))
    assert Municipality.objects.count() == 2


def test_new_municipality_without_predecessors(read, region, province):
    read(
        "code;naam;regio;provincie;plaats;lat;lon\nGM0935;Maastricht;parkstad;limburg;Maastricht;50,85;5,69",
        "--apply",
    )

    found = Municipality.objects.get(code="GM0935")
    assert (found.seat, str(found.lat), str(found.lon)) == ("Maastricht", "50.85000", "5.69000")
    assert found.valid_from is None


def test_renamed_municipality_keeps_its_old_address(read, old, client):
    said = read("code,naam\nGM0951,Nuth aan de Geleenbeek", "--apply")

    assert "Andere naam (1):\n- Nuth heet nu Nuth aan de Geleenbeek\n" in said
    response = client.get("/gemeenten/nuth/")
    assert (response.status_code, response["Location"]) == (
        301,
        "/gemeenten/nuth-aan-de-geleenbeek/",
    )
    assert client.get(response["Location"]).status_code == 200
    PracticeFactory(title="Werkhuis", municipalities=[old["nuth"]])
    assert "Werkhuis" in client.get("/praktijken/?gemeente=nuth", follow=True).content.decode()


def test_name_that_comes_back_takes_its_address_back(read, old, client):
    read("code,naam\nGM0951,Nuth-Noord", "--apply")
    read("code,naam\nGM0951,Nuth", "--apply")

    assert client.get("/gemeenten/nuth/").status_code == 200
    assert client.get("/gemeenten/nuth-noord/")["Location"] == "/gemeenten/nuth/"
    assert list(OldMunicipalitySlug.objects.values_list("slug", flat=True)) == ["nuth-noord"]


def test_municipality_can_move_to_another_region(read, old):
    other = RegionFactory(name="Heuvelland", slug="heuvelland")

    said = read("code;naam;regio\nGM0951;Nuth;heuvelland", "--apply")

    old["nuth"].refresh_from_db()
    assert old["nuth"].region == other
    assert "Andere regio of provincie (1):\n- Nuth: regio wordt Heuvelland\n" in said


def test_second_time_changes_nothing(read, old):
    read(MERGER, "--apply")
    before = state()

    said = read(MERGER, "--apply")

    assert said == "Ongewijzigd: 1\nKlaar: 0 wijzigingen.\n"
    assert state() == before


def test_mergers_after_one_another_in_one_file(read, old):
    PracticeFactory(owner=old["nuth"])
    read(
        f"{HEADER}\nGM2000;Groot;2021-01-01;parkstad;limburg;GM1954\n"
        "GM1954;Beekdaelen;2019-01-01;parkstad;limburg;GM0951,GM0962",
        "--apply",
    )

    large = Municipality.objects.get(code="GM2000")
    old["nuth"].refresh_from_db()
    assert old["nuth"].current() == large
    assert Practice.objects.get().owner == large


def test_owners_and_editors_move_and_everything_else_stays(read, old):
    figure = WelfareFigureFactory(municipality=old["nuth"])
    member = MembershipFactory(municipality=old["nuth"])
    owned = PracticeFactory(owner=old["nuth"], municipalities=[old["nuth"]])
    hidden = PracticeFactory(concept=True, owner=old["schinnen"])
    modified = owned.modified

    said = read(MERGER, "--apply")

    today = Municipality.objects.get(code="GM1954")
    for practice in (owned, hidden):
        practice.refresh_from_db()
        assert practice.owner == today
    assert owned.modified == modified
    assert list(owned.municipalities.all()) == [old["nuth"]]
    figure.refresh_from_db()
    assert figure.municipality == old["nuth"]
    assert set(member.user.memberships.values_list("municipality__slug", "role")) == {
        ("nuth", member.role),
        ("beekdaelen", member.role),
    }
    assert "- 1 praktijk van Nuth: eigenaar is nu Beekdaelen\n" in said


def test_catalogue_gets_a_new_version_only_when_something_changed(read, old):
    read(MERGER, "--apply")
    before = version.current()

    read("code;naam\nGM0951;Nuth", "--apply")
    assert version.current() == before
    read("code;naam\nGM0951;Nuth-Zuid", "--apply")
    assert version.current() != before


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffcode;naam\r\nGM0951;Nuth-Zuid\r\n",
        "Code , Naam\n 951 , Nuth-Zuid \n\n",
        'code,naam\ngm0951,"Nuth-Zuid"',
    ],
)
def test_file_as_a_spreadsheet_writes_it(read, old, text):
    read(text, "--apply")

    assert Municipality.objects.get(code="GM0951").name == "Nuth-Zuid"


# --- what it refuses ----------------------------------------------------------------------


def refused(read, text, *options):
    before = state()
    with pytest.raises(CommandError) as error:
        read(text, *options)
    assert state() == before
    return str(error.value)


@pytest.mark.parametrize("options", [(), ("--apply",)])
def test_split_is_refused(read, old, options):
    said = refused(
        read,
        f"{HEADER}\nGM2001;Noord;2021-01-01;parkstad;limburg;GM0951\n"
        "GM2002;Zuid;2021-01-01;parkstad;limburg;GM0951",
        *options,
    )

    assert said.startswith(
        "Er is niets veranderd. Wat er mis is (1):\n- rij 3, kolom voorgangers: Nuth (GM0951) "
        "staat bij meer dan één nieuwe gemeente (Noord, Zuid). Een gemeente splitsen kan niet met "
        "dit bestand"
    )


def test_one_wrong_row_stops_all_the_others(read, old):
    said = refused(read, f"{MERGER}\nGM0999;Nergens;2020-01-01;;limburg;", "--apply")

    assert said == (
        "Er is niets veranderd. Wat er mis is (1):\n"
        "- rij 3, kolom regio: vul dit in; voor een nieuwe gemeente is het nodig"
    )


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("X;Nuth;;;;", "kolom code: ‘X’ klopt niet; een CBS-code is GM met vier cijfers"),
        ("GM0951;;;;;", "kolom naam: vul de naam van de gemeente in"),
        ("GM0951;Nuth;1-1-2019;;;", "geldig_vanaf: ‘1-1-2019’ is geen datum zoals 2019-01-01"),
        ("GM0951;Nuth;2999-01-01;;;", "geldig_vanaf: 2999-01-01 ligt in de toekomst"),
        (
            "GM0951;Nuth;;overal;;",
            "kolom regio: ‘overal’ is onbekend; wel bekend: limburg, parkstad",
        ),
        ("GM0951;Nuth;;;parkstad;", "provincie: ‘parkstad’ is onbekend; wel bekend: limburg"),
        ("GM0951;Nuth;2020-01-01;;;GM0951", "kolom voorgangers: GM0951 is de gemeente zelf"),
        ("GM0951;Nuth;2020-01-01;;;Schinnen", "kolom voorgangers: ‘Schinnen’ klopt niet"),
        ("GM0951;Nuth;2020-01-01;;;GM9999", "GM9999 staat niet in de catalogus of in dit bestand"),
        ("GM0951;Nuth;;;;GM0962", "vul bij geldig_vanaf in sinds wanneer"),
        ("GM0951;Schinnen;;;;", "kolom naam: ‘Schinnen’ heet ook Schinnen (GM0962)"),
        (f"GM0951;{'N' * 81};;;;", "kolom naam: Zorg dat deze waarde niet meer dan 80 tekens"),
    ],
)
def test_error_names_row_and_column(read, old, row, problem):
    said = refused(read, f"{HEADER}\n{row}", "--apply")

    assert "\n- rij 2, kolom " in said
    assert problem in said


def test_municipality_that_is_there_twice_is_refused(read, old):
    assert "rij 3, kolom code: GM0951 staat ook in rij 2" in refused(
        read, "code;naam\nGM0951;Nuth\nGM0951;Nuth"
    )


def test_merged_municipality_cannot_be_merged_elsewhere(read, old):
    read(MERGER, "--apply")

    said = refused(read, f"{HEADER}\nGM3000;Elders;2021-01-01;parkstad;limburg;GM0951", "--apply")

    assert "Nuth (GM0951) is al opgegaan in Beekdaelen" in said


def test_circle_is_refused(read, old):
    said = refused(
        read,
        f"{HEADER}\nGM0951;Nuth;2020-01-01;;;GM0962\nGM0962;Schinnen;2021-01-01;;;GM0951",
        "--apply",
    )

    assert "Nuth (GM0951) zou zo in zichzelf opgaan" in said


def test_end_before_the_beginning_is_refused(read, old):
    Municipality.objects.filter(slug="nuth").update(valid_from=date(2020, 1, 1))

    assert "geldig_vanaf: Nuth: 'Opgegaan op' moet na 'bestaat sinds' liggen." in refused(
        read, MERGER, "--apply"
    )


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ("50.9;", "kolom lon: vul lat en lon allebei in"),
        ("noord;5.9", "kolom lat: ‘noord’ is geen getal zoals 50.917"),
        ("5.9;50.9", "kolom lat: 5.9 ligt niet tussen 50.5 en 53.8 graden"),
        ("NaN;5.9", "kolom lat: NaN ligt niet tussen"),
    ],
)
def test_wrong_place_is_refused(read, region, province, cells, problem):
    header = "code;naam;regio;provincie;lat;lon"

    assert problem in refused(read, f"{header}\nGM0935;Maastricht;parkstad;limburg;{cells}")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "Het bestand is leeg of begint niet met de kolomnamen."),
        (b"code;naam\n", "Er staat geen enkele gemeente in het bestand."),
        (b"naam\nNuth", "Deze kolom ontbreekt: code. Toegestaan: code, naam, geldig_vanaf"),
        (b"code;naam;kleur\nGM0951;Nuth;rood", "Onbekende kolom: 'kleur'. Toegestaan: code"),
        (b"code;naam;naam\nGM0951;Nuth;Nuth", "Een kolom staat er twee keer in."),
        (b"code;naam\nGM0951;Nuth;x", "Rij 2 heeft 3 kolommen, de kop 2."),
        (b"code;naam\nGM0951;S\xfadwest", "Het bestand is geen UTF-8."),
        (b"code;naam\nGM0951;\x00", "Dit is geen CSV-bestand."),
        (b'code;naam\nGM0951;"Nuth', "Dit is geen goed CSV-bestand"),
    ],
)
def test_file_that_cannot_be_read_is_refused(read, old, content, problem):
    said = refused(read, content, "--apply")

    assert problem in said
    assert said.endswith("Er is niets veranderd.")


def test_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="is niet te lezen: No such file"):
        call_command("import_municipalities", tmp_path / "weg.csv")
