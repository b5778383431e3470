"""Atom (RFC 4287) of any question: what changed last among the practices that it finds."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from practices.cells import printable
from practices.finder import PracticeFinder
from practices.licence import licence
from practices.site_address import Absolute

LENGTH = 50


class PracticeFeed(Atom1Feed):
    """A feed of nothing is as old as the catalogue's first day, not as the moment of asking."""

    NOTHING = datetime(2018, 1, 1, tzinfo=UTC)

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else self.NOTHING


def atom(finder: PracticeFinder, absolute: Absolute) -> str:
    """`absolute` turns a path of the site into a full address."""
    feed = PracticeFeed(
        title=printable(_title(finder)),
        link=absolute(finder.list_url),
        description=None,  # type: ignore[arg-type] # no subtitle
        language="nl",
        author_name=settings.SITE_ORGANISATION or settings.SITE_NAME,
        feed_url=absolute(finder.feed_url),
        feed_guid=absolute(finder.feed_url),
        feed_copyright=f"{licence().name}, {licence().url}",
    )
    for practice in _latest(finder):
        feed.add_item(**_item(practice, absolute))
    return feed.writeString("utf-8")


def _title(finder: PracticeFinder) -> str:
    chosen = ", ".join(pill.label for pill in finder.pills)
    return f"{settings.SITE_NAME}: {chosen}" if chosen else settings.SITE_NAME


def _latest(finder: PracticeFinder) -> QuerySet[Any]:
    return finder.queryset.for_listing().order_by("-modified", "-pk")[:LENGTH]


def _item(practice: Any, absolute: Absolute) -> dict[str, Any]:
    published = datetime.combine(practice.published_on, time(), tzinfo=UTC)
    return {
        "title": printable(practice.title),
        "link": absolute(practice.get_absolute_url()),
        "description": escape(printable(practice.summary)),  # Read as HTML.
        # Stays when the title, and with it the address, changes: nobody gets it twice.
        "unique_id": absolute(f"/#praktijk-{practice.pk}"),
        "pubdate": min(published, practice.modified),
        "updateddate": practice.modified,
        "categories": [printable(theme.name) for theme in practice.themes.all()],
    }
