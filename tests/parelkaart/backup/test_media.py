import pytest

from parelkaart.backup.media import is_safe


@pytest.mark.parametrize("name", ["a.jpg", "praktijken/ab12-kaart-50-30-320.jpg", "één/a b.jpg"])
def test_file_below_the_folder_is_safe(name):
    assert is_safe(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../a",
        "a/../../b",
        "/a",
        "a//b",
        "a/",
        "a\\b",
        ".restore-old/a",
        "a/.b",
        "a\0",
    ],
)
def test_name_of_another_place_is_not(name):
    assert not is_safe(name)
