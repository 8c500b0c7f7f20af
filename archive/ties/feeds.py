"""The newest stories of one entity as a feed: Atom, RSS or JSON."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive.entities.bilingual import text_in
from archive.entities.models import Entity
from archive.pages.feeding import (
    ATOM,
    FORMATS,
    MIME_TYPES,
    RSS,
    Feed,
    feed_response,
    feed_stories,
)
from archive.pages.models import ArticlePage
from archive.pages.navigation import site_navigation
from archive.text.language import supported
from archive.ties.former_addresses import present_address


def entity_feed(request: HttpRequest, key: str) -> HttpResponse:
    """The stories tagged with the entity that are published in the address's language."""
    form = request.GET.get("format", ATOM)
    if form not in FORMATS:
        raise Http404
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
    )
    stories = feed_stories(ArticlePage.objects.filter(entity_tags__entity=entity), language)
    return feed_response(request, feed, stories, form)


def feed_links(entity: Entity) -> list[tuple[str, str, str]]:
    """Name, type and address of each form that a page announces."""
    address = reverse("archive:entity_feed", args=[entity.key])
    return [
        ("Atom", MIME_TYPES[ATOM], f"{address}?format={ATOM}"),
        ("RSS", MIME_TYPES[RSS], f"{address}?format={RSS}"),
    ]
