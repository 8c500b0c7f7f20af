"""The newest stories of one entity as a feed: Atom, RSS or JSON."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive.entities.bilingual import text_in
from archive.entities.models import Entity
from archive.pages.caching.furniture import site_navigation
from archive.pages.feeding import (
    ATOM,
    Feed,
    asked_form,
    feed_alternates,
    feed_response,
    feed_stories,
)
from archive.pages.models import ArticlePage
from archive.text.language import supported
from archive.ties.former_addresses import present_address


def entity_feed(request: HttpRequest, key: str) -> HttpResponse:
    """The stories tagged with the entity that are published in the address's language."""
    form = asked_form(request, ATOM)
    entity = Entity.objects.filter(key=key).first()
    if entity is None:
        return present_address(request, "archive:entity_feed", key)
    language = supported(get_language())
    home = site_navigation(request).home
    site_name = str(text_in(home, "name", language)) if home else ""
    feed = Feed(
        title=" · ".join(filter(None, [str(entity), site_name])),
        description=str(text_in(entity, "description", language))
        or _("Stories that name %(name)s") % {"name": entity},
        language=language,
        page_url=request.build_absolute_uri(entity.get_absolute_url()),
        site_name=site_name,
        alternates=feed_alternates(request, form, language),
    )
    stories = feed_stories(ArticlePage.objects.filter(entity_tags__entity=entity), language)
    return feed_response(request, feed, stories, form)
