"""An entry with all that is asked of it before it may be published."""

from tests.factories import MunicipalityFactory, PracticeFactory, ReferenceFactory, ThemeFactory


def a_ready_entry(owner=None, **fields):
    owner = owner or MunicipalityFactory()
    filled = {"approach": "Zo doen we dat.", "themes": [ThemeFactory()], "municipalities": [owner]}
    practice = PracticeFactory(owner=owner, **filled | fields)
    ReferenceFactory(practice=practice)
    return practice
