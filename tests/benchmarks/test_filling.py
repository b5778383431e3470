import pytest

from benchmarks.filling import FIRST_CODE, fill
from municipalities.models import Municipality
from practices.models import Practice, Theme
from practices.search import rebuild
from tests.factories import MunicipalityFactory, PracticeFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def test_fill_apart_shares_no_terms_or_places() -> None:
    theme, resident = ThemeFactory(), MunicipalityFactory()

    fill(60, apart=True)

    assert Practice.objects.published().count() == 60
    assert not Practice.objects.filter(themes=theme).exists()
    assert not Practice.objects.filter(municipalities=resident).exists()
    assert Theme.objects.filter(slug__startswith="gen-", practices__isnull=False).exists()


def test_fill_shares_terms_and_places() -> None:
    theme, resident = ThemeFactory(), MunicipalityFactory()

    fill(60)

    assert Practice.objects.filter(themes=theme).count() == 60
    assert Practice.objects.filter(municipalities=resident).exists()
    assert Municipality.objects.filter(code__gte=f"GM{FIRST_CODE}").exists()


def test_fill_existing_municipalities_only() -> None:
    resident = MunicipalityFactory()

    fill(20, new_municipalities=False)

    assert list(Municipality.objects.all()) == [resident]
    assert Practice.objects.filter(municipalities=resident).count() == 20


def test_fill_in_two_steps_equals_one() -> None:
    fill(30)
    fill(10, start=30)

    slugs = Practice.objects.order_by("slug").values_list("slug", flat=True)
    assert list(slugs) == [f"gen-{number:06d}" for number in range(40)]


def test_fill_valid_practices() -> None:
    fill(12)

    for practice in Practice.objects.all():
        practice.full_clean()


def test_fill_then_rebuild_finds_generated_and_real() -> None:
    PracticeFactory(title="Zonnebloemzaad voor iedereen", slug="echt")
    fill(20)
    generated = Practice.objects.get(slug="gen-000003")

    rebuild()

    for practice in (Practice.objects.get(slug="echt"), generated):
        assert Practice.objects.published().by_relevance(practice.title).first() == practice
