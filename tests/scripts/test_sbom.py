import json

import pytest

from scripts import sbom


@pytest.fixture(scope="module")
def written():
    return sbom.sbom()


def test_list_has_exactly_what_the_site_needs(written):
    parts = json.loads(written)["components"]

    found = {sbom.normal(part["name"]): part["version"] for part in parts}
    assert found == sbom.pinned()
    assert "django" in found
    assert "pytest" not in found
    assert [part["name"] for part in parts if not part.get("licenses")] == []


def test_list_names_no_part_that_it_does_not_have(written):
    document = json.loads(written)

    known = {part["bom-ref"] for part in document["components"]} | {"root-component"}
    links = document["dependencies"]
    assert {link["ref"] for link in links} == known
    assert {ref for link in links for ref in link["dependsOn"]} <= known


def test_package_that_is_not_as_pinned_is_told():
    document = {"components": [{"name": "Django", "version": "5.2.1", "bom-ref": "x"}]}

    with pytest.raises(ValueError, match=r"'django', '5.2.19'"):
        sbom.narrowed(document, {"django": "5.2.19"})
