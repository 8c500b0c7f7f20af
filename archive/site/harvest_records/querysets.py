"""Which records are a site's own, where several sites share the archive."""

from django.db.models import QuerySet
from wagtail.models import Site
from wagtail.query import PageQuerySet

from archive.base_page import Page
from archive.site.harvest_records.models import HarvestRecord
from archive.stories.models import PublicationPage


def publications_of(root: Page) -> PageQuerySet:
    """Those at or below a site's root."""
    found: PageQuerySet = PublicationPage.objects.descendant_of(root, inclusive=True)
    return found.order_by()


def records_of(root: Page) -> QuerySet[HarvestRecord]:
    """All records, where there is one site. What is in no publication, the default site has."""
    records = HarvestRecord.objects.all()
    roots = {site.root_url: site.root_path for site in Site.get_site_root_paths()}
    if len(roots) < 2:
        return records
    own = publications_of(root).values("pk")
    if not Site.objects.filter(is_default_site=True, root_page=root).exists():
        return records.filter(publication_id__in=own)
    others = PublicationPage.objects.none()
    for site in Site.objects.exclude(root_page=root).select_related("root_page"):
        others = others | publications_of(site.root_page)
    foreign = others.exclude(pk__in=own).values("pk")
    return records.exclude(publication_id__in=foreign)
