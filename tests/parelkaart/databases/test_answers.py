import pytest
from django.test import RequestFactory

from parelkaart.databases import answers

PAGE = "<h1>Uit de kopie</h1>"


@pytest.fixture
def copy(tmp_path, settings):
    settings.MIRROR_DIR = str(tmp_path)
    (tmp_path / "over").mkdir()
    (tmp_path / "over" / "index.html").write_text(PAGE)
    (tmp_path / "sitemap.xml").write_text("<urlset/>")
    (tmp_path / "catalogus.ttl").write_text("# leeg")
    (tmp_path / "praktijken.geojson").write_text("{}")
    (tmp_path / "praktijken" / "thema" / "taal").mkdir(parents=True)
    (tmp_path / "praktijken" / "thema" / "taal" / "index.html").write_text(PAGE)
    return tmp_path


def get(path):
    return RequestFactory().get(path)


@pytest.mark.parametrize(
    ("path", "kind", "body"),
    [
        ("/over/", "text/html; charset=utf-8", PAGE),
        ("/over/?q=x", "text/html; charset=utf-8", PAGE),
        ("/praktijken/?thema=taal", "text/html; charset=utf-8", PAGE),
        ("/sitemap.xml", "application/xml", "<urlset/>"),
        ("/catalogus.ttl", "text/turtle; charset=utf-8", "# leeg"),
        ("/praktijken.geojson", "application/geo+json", "{}"),
    ],
)
def test_page_of_the_static_copy(copy, path, kind, body):
    answer = answers.from_copy(get(path))

    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert answer.content.decode() == body
    assert answer["Cache-Control"] == "no-cache"


def test_page_that_the_copy_does_not_have(copy):
    assert answers.from_copy(get("/privacy/")) is None


@pytest.mark.parametrize("path", ["/../geheim", "/over/../../geheim", "/%2e%2e/geheim"])
def test_nothing_outside_the_copy_is_shown(copy, path):
    (copy.parent / "geheim").write_text("geheim")

    request = get("/")
    request.path_info = path

    assert answers.from_copy(request) is None


def test_site_without_a_copy(settings):
    assert settings.MIRROR_DIR == ""
    assert answers.from_copy(get("/")) is None


@pytest.mark.parametrize(
    ("answer", "heading"),
    [
        (answers.read_only, "Tijdelijk alleen lezen"),
        (answers.uncertain, "Misschien niet opgeslagen"),
        (answers.busy, "Even niet beschikbaar"),
    ],
)
def test_who_cannot_be_served_is_told_and_comes_back(answer, heading):
    response = answer(RequestFactory().post("/beheer/"))

    assert response.status_code == 503
    assert f"<h1>{heading}</h1>" in response.content.decode()
    assert (response["Retry-After"], response["Cache-Control"]) == ("30", "no-store")


@pytest.mark.parametrize(("method", "told"), [("post", True), ("get", False)])
def test_only_who_sent_something_is_told_that_it_was_not_saved(method, told):
    response = answers.read_only(getattr(RequestFactory(), method)("/beheer/"))

    assert ("niet opgeslagen" in response.content.decode()) is told
