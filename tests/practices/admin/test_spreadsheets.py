"""Spreadsheets in the admin: who may, what is in them, and a file from upload to done."""

from io import BytesIO

import openpyxl
import pytest
from django.contrib.admin.models import LogEntry
from django.core.cache import cache
from django.db.models.signals import post_save
from django.test import Client
from django.urls import reverse

from practices.admin import spreadsheets
from practices.enums import State
from practices.models import Practice, Version
from practices.spreadsheets import files, tables, xlsx_file
from practices.spreadsheets.files import FORMATS
from practices.spreadsheets.resource import FORMULA
from tests.admin_forms import list_url
from tests.factories import MunicipalityFactory, PracticeFactory, ThemeFactory, UserFactory
from tests.practices.editorial.people import beheerder, eindredacteur, redacteur, signed_in
from tests.practices.spreadsheets.sheets import NEW, a_file, rows_of, upload

pytestmark = pytest.mark.django_db


def url(page, *args):
    return reverse(f"admin:practices_practice_{page}", args=args)


@pytest.fixture
def heerlen():
    return MunicipalityFactory(name="Heerlen", slug="heerlen")


@pytest.fixture
def chief():
    return eindredacteur()


@pytest.fixture
def client(chief):
    return signed_in(chief)


def send(client, data, name="praktijken.csv"):
    return client.post(url("import"), {"file": upload(data, name)})


def confirm(client, response):
    return client.post(url("import_confirm"), {"sleutel": response.context["token"]}, follow=True)


def messages(response):
    return [str(message) for message in response.context["messages"]]


def complaints(response):
    return [str(complaint) for complaint in response.context["preview"].complaints]


# --- who ------------------------------------------------------------------------------

# Per role: the page for downloading, a file, the page for importing, a template, confirming.
# o(pened), r(edirected: there is nothing to confirm), f(orbidden).
RIGHTS = {"redacteur": "oooor", "eindredacteur": "oooor", "beheerder": "oofff", "niemand": "fffff"}
LETTERS = {200: "o", 302: "r", 403: "f"}


def pages(client):
    yield client.get(url("export"))
    yield client.get(url("export_file", "ods"))
    yield client.get(url("import"))
    yield client.get(url("import_template", "ods"))
    yield client.post(url("import_confirm"))


@pytest.mark.parametrize("role", RIGHTS)
def test_each_role_reaches_its_pages_only(role, heerlen):
    makers = {
        "redacteur": lambda: redacteur(heerlen),
        "eindredacteur": eindredacteur,
        "beheerder": beheerder,
        "niemand": lambda: UserFactory(staff=True),
    }
    PracticeFactory(owner=heerlen)
    client = signed_in(makers[role]())

    found = "".join(LETTERS[response.status_code] for response in pages(client))

    assert found == RIGHTS[role]
    assert (send(client, a_file(NEW)).status_code == 403) == (RIGHTS[role][2] == "f")
    assert list(Practice.objects.filter(slug="werkhuis")) == []


def test_visitor_has_to_sign_in(db):
    for response in pages(Client()):
        assert response.status_code == 302
        assert response.headers["Location"].startswith(reverse("admin:login"))


def test_list_offers_importing_to_who_may_add(heerlen):
    def offers(user):
        text = signed_in(user).get(list_url(Practice)).content.decode()
        return (">Downloaden</a>" in text, ">Importeren</a>" in text)

    assert offers(redacteur(heerlen)) == (True, True)
    assert offers(beheerder()) == (True, False)


# --- out ------------------------------------------------------------------------------


def slugs(client, query="", kind="csv"):
    return [row["adres"] for row in rows_of(client.get(url("export_file", kind) + query).content)]


@pytest.mark.parametrize("kind", FORMATS)
def test_file_is_a_download_of_its_kind(kind, client):
    PracticeFactory()

    response = client.get(url("export_file", kind))

    assert response.headers["Content-Type"] == FORMATS[kind].get_content_type()
    assert response.headers["Content-Disposition"].startswith('attachment; filename="praktijken-2')
    assert response.headers["Content-Disposition"].endswith(f'.{kind}"')
    assert slugs(client, kind=kind) == list(Practice.objects.values_list("slug", flat=True))


def test_file_holds_what_the_list_shows(client):
    theme = ThemeFactory()
    PracticeFactory(title="A", slug="a", concept=True, themes=[theme])
    PracticeFactory(title="B", slug="b", themes=[theme])
    PracticeFactory(title="Cement", slug="c", summary="Kort.")

    assert slugs(client) == ["a", "b", "c"]
    assert slugs(client, f"?themes__id__exact={theme.pk}") == ["a", "b"]
    assert slugs(client, "?state__exact=concept") == ["a"]
    assert slugs(client, "?q=cement") == ["c"]
    page = client.get(url("export") + f"?themes__id__exact={theme.pk}").content.decode()
    assert "<strong>2 praktijken</strong>" in page


def test_redacteur_downloads_own_entries_only(heerlen):
    PracticeFactory(slug="eigen", owner=heerlen)
    other = PracticeFactory(slug="ander", title="Geheim", concept=True)
    own = signed_in(redacteur(heerlen))

    assert sorted(slugs(signed_in(eindredacteur()))) == ["ander", "eigen"]
    assert slugs(own) == ["eigen"]
    assert own.get(url("export") + f"?id__in={other.pk}").context["count"] == 0


def test_chosen_rows_are_downloaded(client):
    first, second, _ = (PracticeFactory(slug=slug, title=slug) for slug in "abc")
    data = {"action": "export_selected", "_selected_action": [first.pk, second.pk]}

    response = client.post(list_url(Practice), data)

    query = response.headers["Location"].split("?")[1]
    assert slugs(client, f"?{query}") == ["a", "b"]


def test_all_rows_of_a_filter_are_downloaded(client):
    for slug in "abc":
        PracticeFactory(slug=slug, title=slug, concept=slug != "c")
    listed = f"{list_url(Practice)}?state__exact=concept"
    one = Practice.objects.get(slug="a").pk
    data = {"action": "export_selected", "_selected_action": [one], "select_across": "1"}

    response = client.post(listed, data)

    assert response.headers["Location"] == f"{url('export')}?state__exact=concept"


def test_template_has_the_columns_and_what_may_be_in_them(client):
    data = client.get(url("import_template", "xlsx")).content
    sheet, guide = openpyxl.load_workbook(BytesIO(data)).worksheets

    assert [cell.value for cell in sheet[1]][:4] == ["adres", "titel", "soort", "samenvatting"]
    assert sheet.max_row == 1
    told = {row[0].value: row[2].value for row in guide.iter_rows(min_row=2)}
    assert told["fase"] == "gepland, pilot, loopt, afgerond, onbekend"
    assert list(told) == [cell.value for cell in sheet[1]]


def test_unknown_kind_of_file_does_not_exist(client):
    assert client.get(url("export_file", "exe")).status_code == 404
    assert client.get(url("import_template", "exe")).status_code == 404


@pytest.mark.parametrize(
    "query", ["?x=1", "?state__exact=%00", "?id__in=x", "?p=-1&o=99", "?q=%00"]
)
def test_odd_query_is_no_error(query, client):
    PracticeFactory()

    for page in (url("export"), url("export_file", "csv")):
        assert client.get(page + query, follow=True).status_code == 200


def test_too_many_rows_for_a_file_are_refused(client, monkeypatch):
    monkeypatch.setattr(spreadsheets, "MAX_ROWS", 1)
    PracticeFactory(), PracticeFactory()

    response = client.get(url("export_file", "csv"), follow=True)

    assert spreadsheets.TOO_MANY.format(n=2) in response.content.decode()


def test_text_that_no_cell_of_xlsx_can_hold_is_refused(client):
    PracticeFactory(slug="lang", approach="a" * 40_000)

    response = client.get(url("export_file", "xlsx"), follow=True)

    assert messages(response) == [xlsx_file.TOO_LONG.format(title="lang")]
    assert client.get(url("export_file", "ods")).status_code == 200


# --- in: the way of a file ---------------------------------------------------------------


@pytest.mark.parametrize("kind", FORMATS)
def test_file_is_looked_at_and_then_done(kind, client, chief):
    practice = PracticeFactory(slug="oud", goal="Eerst dit.", state=State.PUBLISHED)
    row = {"adres": "oud", "titel": practice.title, "soort": practice.kind}
    rows = [row | {"samenvatting": practice.summary, "doel": "Nu dat."}, NEW]

    response = send(client, a_file(*rows, kind=kind), f"mijn.{kind}")

    told = response.context["preview"]
    assert (told.new, told.changed, told.unchanged) == (1, 1, 0)
    text = response.content.decode()
    assert "<del>Eerst</del>" in text
    assert "<ins>Nu</ins>" in text
    assert Practice.objects.count() == 1

    done = confirm(client, response)

    assert messages(done) == [
        f"Geïmporteerd uit 'mijn.{kind}': 1 nieuw, 1 gewijzigd, 0 ongewijzigd."
    ]
    assert Practice.objects.get(slug="oud").goal == "Nu dat."
    assert Practice.objects.get(slug="werkhuis").state == State.CONCEPT
    assert {(version.by, version.reason) for version in Version.objects.exclude(by=None)} == {
        (chief, f"Import van bestand 'mijn.{kind}'.")
    }
    assert LogEntry.objects.filter(user=chief).count() == 2


def test_file_that_changes_nothing_has_nothing_to_confirm(client):
    PracticeFactory()
    data = client.get(url("export_file", "ods")).content

    response = send(client, data, "x.ods")

    assert response.context["token"] == ""
    assert "alles in dit bestand staat er al zo" in response.content.decode()


def test_complaints_are_shown_with_their_number_up_to_a_limit(client):
    rows = [NEW | {"adres": f"a-{number}", "soort": "x"} for number in range(250)]

    response = send(client, a_file(*rows))

    assert len(complaints(response)) == 200
    text = response.content.decode()
    assert "Er zijn 250 fouten in 'praktijken.csv'. Er is niets opgeslagen." in text
    assert "Dit zijn de eerste 200." in text
    assert response.context["token"] == ""


def test_long_preview_is_cut_off(client):
    rows = [NEW | {"adres": f"a-{number}"} for number in range(201)]

    response = send(client, a_file(*rows))

    assert len(response.context["preview"].rows) == 200
    assert "201 nieuw" in response.content.decode()
    assert "Dit zijn de eerste 200." in response.content.decode()


def counts():
    return [model.objects.count() for model in (Practice, Version, LogEntry)]


def test_mistake_in_the_last_of_1000_rows_leaves_nothing_behind(client):
    rows = [NEW | {"adres": f"a-{number}"} for number in range(1000)]
    rows[-1]["soort"] = "metode"

    response = send(client, a_file(*rows))

    (complaint,) = complaints(response)
    assert complaint.startswith("Rij 1001, kolom 'soort': 'metode' bestaat niet.")
    assert counts() == [0, 0, 0]
    assert response.context["token"] == ""


def test_change_by_another_to_the_last_of_1000_rows_stops_all_of_them(client):
    other = PracticeFactory(slug="laatste", title="Laatste")
    rows = [NEW | {"adres": f"a-{number}"} for number in range(999)]
    response = send(client, a_file(*rows, NEW | {"adres": "laatste"}))
    assert response.context["preview"].new == 999
    other.save()

    done = confirm(client, response)

    (complaint,) = complaints(done)
    assert complaint.startswith("Rij 1001: Iemand heeft deze praktijk gewijzigd")
    assert counts() == [1, 0, 0]


def test_address_that_is_taken_while_saving_undoes_the_rows_before_it(client):
    def take(instance, **kwargs):
        """As another process would, after all rows were looked at."""
        if instance.slug == "eerste":
            Practice.objects.bulk_create([PracticeFactory.build(slug="werkhuis")])

    response = send(client, a_file(NEW | {"adres": "eerste"}, NEW))
    post_save.connect(take, sender=Practice)
    try:
        done = confirm(client, response)
    finally:
        post_save.disconnect(take, sender=Practice)

    assert messages(done) == [spreadsheets.AT_ONCE]
    assert counts() == [0, 0, 0]


@pytest.mark.parametrize("page", ["import", "import_confirm"])
def test_empty_form_is_no_error(page, client):
    assert client.post(url(page), follow=True).status_code == 200


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"<html></html>", files.OTHER),
        (files.OLE, files.LOCKED),
        (b"PK\x03\x04", files.BROKEN),
        (b"adres\r\n", tables.NO_ROWS),
        (b"adres,thema\r\na,b\r\n", "Kolom 'thema' bestaat niet. Bedoel je 'thema's'?"),
        (b"adres,titel,Titel\r\na,b,c\r\n", "Kolom 'titel' staat er twee keer."),
        (b"titel\r\na\r\n", "De kolom 'adres' ontbreekt."),
        (b"a" * (tables.MAX_BYTES + 1), tables.TOO_LARGE),
    ],
)
def test_file_that_cannot_be_read_is_told_in_the_form(data, told, client):
    response = send(client, data)

    assert response.status_code == 200
    assert response.context["form"].errors["file"][0].startswith(told)


def test_formula_is_refused(client):
    book, out = openpyxl.Workbook(), BytesIO()
    book.active.append([*NEW])
    book.active.append([*list(NEW.values())[:3], "=HYPERLINK(1)"])
    book.save(out)

    response = send(client, out.getvalue(), "x.xlsx")

    assert complaints(response) == [f"Rij 2, kolom 'samenvatting': {FORMULA}"]


# --- in: the key between looking and doing ------------------------------------------------


def test_key_works_once_and_for_its_own_user(client, heerlen):
    response = send(client, a_file(NEW))
    other = signed_in(redacteur(heerlen))

    assert messages(confirm(other, response)) == [spreadsheets.EXPIRED]
    assert Practice.objects.count() == 0
    confirm(client, response)
    assert Practice.objects.count() == 1
    assert messages(confirm(client, response)) == [spreadsheets.EXPIRED]
    assert Practice.objects.count() == 1


def test_new_upload_takes_the_place_of_the_one_before(client):
    first = send(client, a_file(NEW))
    send(client, a_file(NEW | {"adres": "ander"}))

    assert messages(confirm(client, first)) == [spreadsheets.EXPIRED]


def test_file_is_kept_no_longer_than_it_is_needed(client, chief):
    kept = f"spreadsheet:{chief.pk}"
    response = send(client, a_file(NEW))
    assert cache.get(kept)["name"] == "praktijken.csv"

    confirm(client, response)
    assert cache.get(kept) is None

    send(client, a_file(NEW | {"adres": "ander"}))
    client.get(url("import"))
    assert cache.get(kept) is None


def test_rights_are_asked_again_when_confirming(heerlen):
    user = redacteur(heerlen)
    client = signed_in(user)
    response = send(client, a_file(NEW))
    user.memberships.all().delete()

    assert (
        client.post(url("import_confirm"), {"sleutel": response.context["token"]}).status_code
        == 403
    )
    assert Practice.objects.count() == 0


def test_forged_address_of_another_changes_and_tells_nothing(heerlen):
    PracticeFactory(slug="ander", title="Geheim plan", goal="Blijft.", concept=True)

    response = send(signed_in(redacteur(heerlen)), a_file(NEW | {"adres": "ander", "doel": "Weg."}))

    assert complaints(response) == [
        (
            "Rij 2, kolom 'adres': Dit adres is al in gebruik bij een praktijk die je niet kunt "
            "wijzigen. Kies een ander adres."
        )
    ]
    assert "Geheim" not in response.content.decode()
    assert Practice.objects.get().goal == "Blijft."


def test_name_of_the_file_is_shown_as_text(client):
    response = send(client, a_file(NEW), "<script>x.csv")

    assert "<script>x" not in response.content.decode()
