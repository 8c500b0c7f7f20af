"""ResourceSync (ANSI/NISO Z39.99-2017) beside OAI-PMH: what there is, and what has changed.

A resource is a story in one language, by its permanent address, which a deleted one keeps too. The
lists are made of the harvesters' records: the resource list in parts by ranges of ids, the change
list in parts by ranges of its order (datestamp and id). Each part's address says its range, so the
server remembers nothing, and one that was listed a while ago still leads to its changes.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.db.models import F, Max, Window
from django.db.models.functions import Mod, RowNumber
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from archive.contrib.harvesting.conf import settings
from archive.contrib.harvesting.oai import harvest_identifier, readable
from archive.contrib.harvesting.oai_requests import PREFIX
from archive.site.addresses import SiteAddresses
from archive.site.harvest_records.models import HarvestRecord
from archive.site.harvest_records.querysets import records_of
from archive.site.permalinks import permanent_path
from archive.site.sitemaps.views import HEADER, SITEMAP, XML
from archive.text.language import LANGUAGES, column

_TERMS = "http://www.openarchives.org/rs/terms/"
# Records of a part: two resources each, so that a file stays far below the protocol's 50,000.
PART = 5_000
# Of the last part, which grows until the list of parts is read again.
MOST = 25_000
# A place in the order of changes, as addresses have it: a datestamp's second and a story's id.
_PLACE = re.compile(r"(\d{1,12})\.(\d{1,12})", re.ASCII)
Place = tuple[int, int]


def source_description(request: HttpRequest) -> HttpResponse:
    """Where it begins: the one set of resources, and what is known of it."""
    at = SiteAddresses.of(request)
    entry = _entry(at.of_neutral("archive_sync_capabilities"), _md(capability="capabilitylist"))
    return _answer("urlset", _md(capability="description"), [entry])


def capability_list(request: HttpRequest) -> HttpResponse:
    at = SiteAddresses.of(request)
    entries = [
        _entry(at.of_neutral(f"archive_sync_{name}s"), _md(capability=f"{name}list"))
        for name in ("resource", "change")
    ]
    up = _ln("up", at.of_neutral("archive_sync"))
    return _answer("urlset", up + _md(capability="capabilitylist"), entries)


def resource_list(request: HttpRequest) -> HttpResponse:
    """The parts that list anything: one query for them."""
    at, now = SiteAddresses.of(request), timezone.now()
    parts = (
        records_of(at.root_page)
        .filter(is_deleted=False)
        .annotate(part=F("article_id") / PART)
        .values("part")
        .annotate(changed=Max("datestamp"))
        .order_by("part")
    )
    entries = [
        _entry(
            at.of_neutral("archive_sync_resource_part", row["part"]),
            _md(at=_utc(now)),
            "sitemap",
            row["changed"],
        )
        for row in parts
    ]
    head = _up(at) + _md(capability="resourcelist", at=_utc(now))
    return _answer("sitemapindex", head, entries)


def resource_part(request: HttpRequest, part: str) -> HttpResponse:
    """The stories of a range of ids, in each language that readers have."""
    at, now, first = SiteAddresses.of(request), timezone.now(), int(part) * PART
    records = records_of(at.root_page).filter(is_deleted=False)
    records = records.filter(article__gte=first, article__lt=first + PART).order_by("article")
    known = list(records)
    shown = set(readable(one.pk for one in known).values_list("pk", flat=True))
    entries = [
        _resource(at, one, code, getattr(one, column("changed", code)))
        for one in known
        for code in LANGUAGES
        if one.pk in shown and getattr(one, column("since", code))
    ]
    index = _ln("index", at.of_neutral("archive_sync_resources"))
    head = _up(at) + index + _md(capability="resourcelist", at=_utc(now))
    return _answer("urlset", head, entries)


def change_list(request: HttpRequest) -> HttpResponse:
    """What has changed since the list begins; where that is much, its parts: one query for them."""
    at, since = SiteAddresses.of(request), _beginning()
    order = (F("datestamp").asc(), F("article_id").asc())
    firsts = list(
        records_of(at.root_page)
        .filter(datestamp__gte=since)
        .annotate(number=Window(RowNumber(), order_by=order))
        .annotate(place_in_part=Mod(F("number"), PART))
        .filter(place_in_part=1)
        .order_by("datestamp", "article_id")
        .values_list("datestamp", "article_id")
    )
    if len(firsts) < 2:
        # Clients are at ease with one list.
        return _changed_between(at, (int(since.timestamp()), 0), None)
    places = [_place(moment, pk) for moment, pk in firsts]
    entries = []
    for number, (moment, _pk) in enumerate(firsts):
        bounds = places[number : number + 2]
        until = firsts[number + 1][0] if len(bounds) == 2 else None
        entries.append(
            _entry(
                at.of_neutral("archive_sync_change_part", "-".join(bounds)),
                _md(**{"from": _utc(moment), "until": _utc(until)}),
                "sitemap",
            )
        )
    head = _up(at) + _md(capability="changelist", **{"from": _utc(since)})
    return _answer("sitemapindex", head, entries)


def change_part(request: HttpRequest, bounds: str) -> HttpResponse:
    """The changes between two places of the order, or since the one that is given."""
    first, *following = (_read_place(one) for one in bounds.split("-"))
    at = SiteAddresses.of(request)
    index = _ln("index", at.of_neutral("archive_sync_changes"))
    return _changed_between(at, first, following[0] if following else None, index)


def _changed_between(
    at: SiteAddresses, first: Place, following: Place | None, index: str = ""
) -> HttpResponse:
    # A range of the index first, then what stands at its ends.
    moment, pk = _moment(first), first[1]
    records = records_of(at.root_page).filter(datestamp__gte=moment)
    records = records.exclude(datestamp=moment, article__lt=pk)
    if following:
        end, pk = _moment(following), following[1]
        records = records.filter(datestamp__lte=end).exclude(datestamp=end, article__gte=pk)
    known = list(records.order_by("datestamp", "article")[:MOST])
    shown = set(
        readable(one.pk for one in known if not one.is_deleted).values_list("pk", flat=True)
    )
    since = max(_beginning(), moment)
    entries = [
        _resource(at, one, code, changed, change=change, datetime=_utc(one.datestamp))
        for one in known
        for code, change, changed in _changes(one, since, is_shown=one.pk in shown)
    ]
    until = _utc(_moment(following)) if following else ""
    span = {"from": _utc(moment), "until": until}
    return _answer("urlset", _up(at) + index + _md(capability="changelist", **span), entries)


def _changes(
    record: HarvestRecord, since: datetime, *, is_shown: bool
) -> Iterator[tuple[str, str, datetime | None]]:
    """Of each language that readers have or had: what became of it, and its text's last change."""
    for code in LANGUAGES:
        began = getattr(record, column("since", code))
        if began and is_shown:
            kind = "created" if began >= since else "updated"
            yield code, kind, getattr(record, column("changed", code))
        elif began or getattr(record, column("withdrawn", code)):
            yield code, "deleted", None


def _beginning() -> datetime:
    """Where the change list begins: at the start of a day, so that it stays for one."""
    today = timezone.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=settings.RESOURCESYNC_DAYS)


def _place(moment: datetime, pk: int) -> str:
    return f"{int(moment.timestamp())}.{pk}"


def _read_place(text: str) -> Place:
    """Raises Http404 for what no list has."""
    found = _PLACE.fullmatch(text)
    if not found:
        raise Http404
    return int(found[1]), int(found[2])


def _moment(place: Place) -> datetime:
    """Raises Http404 for one that no calendar has."""
    try:
        return datetime.fromtimestamp(place[0], UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise Http404 from error


def _resource(
    at: SiteAddresses, record: HarvestRecord, language: str, changed: Any, **md: str
) -> str:
    """A text by its permanent address, and where its story is described for harvesters."""
    location = f"{at.root_url}{permanent_path(record, language)}"
    described = ""
    if md.get("change") != "deleted":
        query = f"verb=GetRecord&metadataPrefix={PREFIX}&identifier="
        query += harvest_identifier(at, record.pk)
        described = _ln("describedby", f"{at.of_neutral('archive_oai')}?{query}", type="text/xml")
        md["type"] = "text/html"
    return _entry(location, _md(**md) + described, changed=changed)


def _entry(location: str, facts: str, element: str = "url", changed: Any = None) -> str:
    lastmod = f"<lastmod>{_utc(changed)}</lastmod>" if changed else ""
    return f"<{element}><loc>{escape(location)}</loc>{lastmod}{facts}</{element}>\n"


def _md(**facts: str) -> str:
    return _element("md", facts)


def _ln(relation: str, address: str, **facts: str) -> str:
    return _element("ln", {"rel": relation, "href": address, **facts})


def _element(name: str, facts: dict[str, str]) -> str:
    return f"<rs:{name}{''.join(f' {k}={quoteattr(v)}' for k, v in facts.items() if v)}/>\n"


def _up(at: SiteAddresses) -> str:
    return _ln("up", at.of_neutral("archive_sync_capabilities"))


def _utc(moment: datetime | None) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if moment else ""


def _answer(root: str, head: str, entries: Iterable[str]) -> HttpResponse:
    names = f'xmlns="{SITEMAP}" xmlns:rs="{_TERMS}"'
    content = f"{HEADER}<{root} {names}>\n{head}{''.join(entries)}</{root}>\n"
    response = HttpResponse(content, content_type=XML)
    # What is withdrawn must not be read from caches.
    patch_cache_control(response, public=True, no_cache=True)
    return response
