from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from parelkaart.share.pictures import MARGIN, SIZE, Words, layout, palette, picture
from practices.enums import Evidence, State
from practices.models import Practice
from tests.factories import MunicipalityFactory, OldSlugFactory, PracticeFactory
from tests.outline import Outline

TITLE_LENGTH = Practice._meta.get_field("title").max_length
LONGEST = ("W" * TITLE_LENGTH, "Wij " * (TITLE_LENGTH // 4), "Een gewone titel", "")


def address(practice, name="practice_picture"):
    return reverse(name, args=[practice.slug])


@pytest.mark.parametrize("title", LONGEST)
@pytest.mark.parametrize("place", ["Venlo", "Horst aan de Maas, " * 20])
def test_words_stay_apart_and_inside_the_margins(title, place):
    parts = layout(Words("Parelkaart " * 20, title, place, "Bewijs: effectief"))

    ends = [part.top + part.block.height for part in parts]
    assert all(end <= part.top for end, part in zip(ends, parts[1:], strict=False))
    assert ends[-1] <= SIZE[1]
    rights = [
        part.left + part.block.font.getlength(line) for part in parts for line in part.block.lines
    ]
    assert max(rights) <= SIZE[0] - MARGIN


def test_picture_is_a_small_png_in_the_colours_of_the_site():
    drawn = picture(Words("Parelkaart", "Werkcoöperatie", "Schinnen", "Bewijs: genoemd"))

    with Image.open(BytesIO(drawn)) as image:
        corner = "#{:02x}{:02x}{:02x}".format(*image.convert("RGB").getpixel((5, 600)))
        assert (image.format, image.size, corner) == ("PNG", (1200, 630), palette()["page"])
    assert len(drawn) < 60_000


def test_picture_changes_with_each_of_its_words():
    words = Words("Site", "Titel", "Plaats", "Bewijs")
    others = [words._replace(**{field: "Anders"}) for field in Words._fields]

    assert len({picture(one) for one in [words, *others]}) == 5


@pytest.mark.django_db
def test_public_practice_has_a_picture_that_may_be_kept(client, django_assert_num_queries):
    venlo = MunicipalityFactory(name="Venlo")
    practice = PracticeFactory(municipalities=[venlo], evidence_level=Evidence.EXPERIENCE)

    with django_assert_num_queries(3):  # the practice, its municipalities, its regions
        response = client.get(address(practice))

    expected = picture(
        Words("Parelkaart Limburg", practice.title, "Venlo", "Bewijs: praktijkervaring")
    )
    assert response.content == expected
    headers = (response["Content-Type"], response["Cache-Control"])
    assert headers == ("image/png", "public, max-age=86400")


@pytest.mark.django_db
def test_picture_that_is_still_the_same_is_not_sent_again(client):
    practice = PracticeFactory(title="Taalhuis")
    mark = client.get(address(practice))["ETag"]

    again = client.get(address(practice), headers={"If-None-Match": mark})
    Practice.objects.update(title="Leerhuis")
    changed = client.get(address(practice), headers={"If-None-Match": mark})

    assert (again.status_code, changed.status_code) == (304, 200)


@pytest.mark.django_db
@pytest.mark.parametrize("state", [s for s in State if s != State.PUBLISHED])
def test_practice_that_is_not_public_has_no_picture(client, state):
    practice = PracticeFactory(state=State.PUBLISHED)
    assert client.get(address(practice)).status_code == 200

    Practice.objects.update(state=state)

    assert client.get(address(practice)).status_code == 410


@pytest.mark.django_db
def test_page_of_a_practice_tells_what_a_shared_link_shows(client):
    practice = PracticeFactory(title="Taal & werk", slug="taal", summary="Leren op het werk.")

    page = Outline(client.get(address(practice, "practice_detail")).content.decode())

    told = {a["property"]: a["content"] for a in page.all("meta") if "property" in a}
    assert told == {
        "og:site_name": "Parelkaart Limburg",
        "og:locale": "nl_NL",
        "og:type": "article",
        "og:url": "http://testserver/praktijken/taal/",
        "og:title": "Taal & werk",
        "og:description": "Leren op het werk.",
        "og:image": "http://testserver/praktijken/taal/beeld.png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Taal & werk",
    }
    assert page.meta("twitter:card") == "summary_large_image"


@pytest.mark.django_db
def test_other_pages_share_the_picture_of_the_site(client):
    page = Outline(client.get("/over/").content.decode())

    assert page.all("meta", property="og:image") == [
        {"property": "og:image", "content": "http://testserver/beeld.png"}
    ]
    assert client.get("/beeld.png")["Content-Type"] == "image/png"


def test_manifest_names_the_site_and_icons_that_are_there(client):
    body = client.get("/site.webmanifest").json()

    assert (body["name"], body["lang"], body["start_url"]) == ("Parelkaart Limburg", "nl", "/")
    assert [icon["sizes"] for icon in body["icons"]] == ["192x192", "512x512"]


@pytest.mark.django_db
def test_old_address_of_a_practice_has_its_picture_only_while_it_is_public(client):
    public, hidden = PracticeFactory(title="Taalhuis"), PracticeFactory(concept=True)
    old, gone = OldSlugFactory(practice=public), OldSlugFactory(practice=hidden)

    assert client.get(address(old)).content == client.get(address(public)).content
    assert client.get(address(gone)).status_code == 404
