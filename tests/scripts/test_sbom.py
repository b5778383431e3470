"""`make sbom` itself holds its list to the pins and to the schema; here is how."""

import pytest

from scripts import sbom

ROOT = {"bom-ref": "root-component"}
DJANGO = {"name": "Django", "version": "5.2.19", "bom-ref": "Django==5.2.19"}
PYTEST = {"name": "pytest", "version": "9.2.0", "bom-ref": "pytest==9.2.0"}


def document(*parts):
    return {
        "metadata": {"component": ROOT},
        "components": list(parts),
        "dependencies": [
            {"ref": "root-component", "dependsOn": [part["bom-ref"] for part in parts]},
            *({"ref": part["bom-ref"]} for part in parts),
        ],
    }


def test_what_only_developing_needs_is_left_out():
    narrowed = sbom.narrowed(document(DJANGO, PYTEST), {"django": "5.2.19"})

    assert narrowed["components"] == [DJANGO]
    assert narrowed["dependencies"] == [
        {"ref": "root-component", "dependsOn": ["Django==5.2.19"]},
        {"ref": "Django==5.2.19", "dependsOn": []},
    ]


@pytest.mark.parametrize("installed", [[], [DJANGO | {"version": "5.2.1"}]])
def test_package_that_is_not_as_pinned_is_told(installed):
    with pytest.raises(ValueError, match=r"'django', '5.2.19'"):
        sbom.narrowed(document(*installed), {"django": "5.2.19"})


def test_pins_are_those_of_the_site():
    pins = sbom.pinned()

    assert {"django", "psycopg"} <= set(pins)
    assert "pytest" not in pins
