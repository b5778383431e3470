"""Closed lists about places. Values are stored and appear in addresses."""

from django.db.models import TextChoices


class RegionKind(TextChoices):
    PROVINCE = "provincie", "provincie"
    LABOUR_MARKET = "arbeidsmarktregio", "arbeidsmarktregio"
    SUBREGION = "subregio", "subregio"


class MembershipRole(TextChoices):
    EDITOR = "redacteur", "redacteur"
    CONTACT = "contactpersoon", "contactpersoon voor herinneringen"
