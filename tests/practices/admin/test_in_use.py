"""What the filters of the list of entries offer."""

import pytest

from practices.models import Practice
from tests.admin_forms import list_url
from tests.factories import MunicipalityFactory, PracticeFactory, RegionFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def choices(client, title):
    changes = client.get(list_url(Practice)).context["cl"]
    found = next(spec for spec in changes.filter_specs if spec.title == title)
    return [choice["display"] for choice in found.choices(changes)]


@pytest.mark.parametrize(
    ("title", "field", "factory"),
    [
        ("thema's", "themes", ThemeFactory),
        ("regio's", "regions", RegionFactory),
        ("eigenaar", "owner", MunicipalityFactory),
    ],
)
def test_filter_offers_what_an_entry_has(title, field, factory, superuser_client):
    factory(name="Ongebruikt")
    first, second = factory(name="Aap"), factory(name="Beer")
    for one in (first, second, second):
        PracticeFactory(concept=True, **{field: one if field == "owner" else [one]})

    names = [name for name in choices(superuser_client, title) if name in ("Aap", "Beer")]

    assert names == ["Aap", "Beer"]
    assert "Ongebruikt" not in choices(superuser_client, title)
