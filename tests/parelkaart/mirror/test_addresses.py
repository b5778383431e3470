import pytest

from parelkaart.mirror.addresses import file_of


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/", "index.html"),
        ("/praktijken/", "praktijken/index.html"),
        ("/praktijken/taalhuis/", "praktijken/taalhuis/index.html"),
        ("/sitemap.xml", "sitemap.xml"),
        ("/.well-known/security.txt", ".well-known/security.txt"),
    ],
)
def test_address_has_the_file_that_a_web_server_looks_for(path, file):
    assert str(file_of(path)) == file


@pytest.mark.parametrize(
    "path", ["/../geheim", "/over/../../geheim", "/over//x", "/./x", "/a\\..\\b", "/a\0b"]
)
def test_address_that_could_lead_outside_has_none(path):
    assert file_of(path) is None
