"""OAI-PMH: the protocol's one address, its six verbs, and a story as simple Dublin Core.

A record has both languages, each text marked with its own.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from html import unescape
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.conf import settings as django_settings
from django.db.models import Min, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.html import strip_tags
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from archive.contrib.harvesting.conf import settings
from archive.contrib.harvesting.oai_requests import (
    PREFIX,
    TOKEN,
    OaiError,
    RecordPage,
    RecordSelection,
    RecordSets,
    check_prefix,
    names_of,
    page_of,
    read,
)
from archive.files.xml import without_illegal
from archive.site.addresses import SiteAddresses
from archive.site.citations.records import WRITERS
from archive.site.harvest_records.models import HarvestRecord
from archive.site.harvest_records.querysets import records_of
from archive.stories.bylines import other_print_citation, print_citation, translation_credit
from archive.stories.models import ArticleByline, ArticleEntity, ArticlePage, HomePage
from archive.stories.querysets import UNLISTED, ArticleQuerySet
from archive.stories.rights import rights_url
from archive.text.cached import gettext
from archive.text.labels import row_key
from archive.text.language import HTML_CODES, column

_OAI = "http://www.openarchives.org/OAI/2.0/"
_IDENTIFIER = f"{_OAI}oai-identifier"
_DC = f"{_OAI}oai_dc/"
_DC_SCHEMA = f"{_OAI}oai_dc.xsd"
_TERMS = "http://purl.org/dc/elements/1.1/"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_DOMAIN = re.compile(r"[a-zA-Z][a-zA-Z0-9\-]*(\.[a-zA-Z][a-zA-Z0-9\-]*)+")
_EMAIL = re.compile(r"\S+@(\S+\.)+\S+")
# As the protocol's schema has a setSpec.
_SET = re.compile(r"[\w\-.!~*'()]+(:[\w\-.!~*'()]+)*", re.ASCII)

Element = ElementTree.Element
# An element's name, its text and the language of the text, "" where it is in none.
Line = tuple[str, str, str]


@dataclass(frozen=True)
class OaiContext:
    """What the verbs need to answer."""

    arguments: dict[str, str]
    at: SiteAddresses
    namespace: str
    now: datetime

    def records(self) -> QuerySet[HarvestRecord]:
        return records_of(self.at.root_page)

    def sets(self) -> RecordSets:
        return RecordSets.load(self.at.root_page)

    def identifier(self, pk: int) -> str:
        return _identifier(self.namespace, pk)

    def record(self) -> HarvestRecord:
        """The record that is asked for by its identifier; raises OaiError."""
        given = self.arguments["identifier"]
        number = given.removeprefix(f"oai:{self.namespace}:")
        is_ours = number != given
        found = self.records().filter(pk=row_key(number)).first() if is_ours else None
        if found is None:
            raise OaiError("idDoesNotExist", f"There is no record {given}.")
        return found


# Harvesters have no cookie and no token of a form.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    """Any question in GET or POST; an error is an answer like any other."""
    at, now = SiteAddresses.of(request), timezone.now()
    base_url = at.of_neutral("archive_oai")
    arguments: dict[str, str] = {}
    try:
        arguments = read(request.POST if request.method == "POST" else request.GET)
        if not _SET.fullmatch(arguments.get("set", "all")):
            raise OaiError("badArgument", "The set is no setSpec.")
        root = _document(base_url, arguments, now)
        asked = OaiContext(arguments, at, _namespace_of(at), now)
        VERBS[arguments["verb"]](root, asked)
    except OaiError as error:
        bare = error.code in ("badVerb", "badArgument")
        root = _document(base_url, {} if bare else arguments, now)
        _add(root, "error", str(error), code=error.code)
    content = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    response = HttpResponse(content, content_type="text/xml; charset=utf-8")
    # Every answer says when it was given.
    patch_cache_control(response, no_cache=True)
    return response


def harvest_identifier(at: SiteAddresses, pk: int) -> str:
    """What harvesters know a story by: oai:archive.example:17."""
    return _identifier(_namespace_of(at), pk)


def _namespace_of(at: SiteAddresses) -> str:
    return settings.OAI_NAMESPACE or at.root_url.partition("://")[2].partition(":")[0]


def _identifier(namespace: str, pk: int) -> str:
    return f"oai:{namespace}:{pk}"


def _document(base_url: str, arguments: dict[str, str], now: datetime) -> Element:
    """The frame of every answer: when it was given, and to what."""
    root = Element("OAI-PMH", _namespaces(_OAI, f"{_OAI}OAI-PMH.xsd"))
    _add(root, "responseDate", _utc(now))
    _add(root, "request", base_url, **arguments)
    return root


def _namespaces(namespace: str, schema: str, prefix: str = "xmlns") -> dict[str, str]:
    return {
        prefix: namespace,
        "xmlns:xsi": _INSTANCE,
        "xsi:schemaLocation": f"{namespace} {schema}",
    }


def _add(parent: Element, name: str, text: str = "", /, **attributes: str) -> Element:
    cleaned = {key: without_illegal(value) for key, value in attributes.items()}
    made = ElementTree.SubElement(parent, name, cleaned)
    made.text = without_illegal(text) or None
    return made


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _default_email(root_url: str) -> str:
    """An address that the protocol's schema accepts, which webmaster@localhost is not."""
    email = parseaddr(django_settings.DEFAULT_FROM_EMAIL)[1]
    host = urlsplit(root_url).hostname or ""
    whole = host if "." in host else "localhost.localdomain"
    return email if _EMAIL.fullmatch(email) else f"webmaster@{whole}"


def _identify(root: Element, asked: OaiContext) -> None:
    made = _add(root, "Identify")
    earliest = asked.records().aggregate(first=Min("datestamp"))["first"]
    front = HomePage.objects.descendant_of(asked.at.root_page, inclusive=True).first()
    page = front or asked.at.root_page
    _add(made, "repositoryName", settings.OAI_NAME or names_of(page) or str(page.title))
    _add(made, "baseURL", asked.at.of_neutral("archive_oai"))
    _add(made, "protocolVersion", "2.0")
    for email in settings.OAI_ADMIN_EMAILS or [_default_email(asked.at.root_url)]:
        _add(made, "adminEmail", email)
    _add(made, "earliestDatestamp", _utc(earliest or asked.now))
    _add(made, "deletedRecord", "persistent")
    _add(made, "granularity", "YYYY-MM-DDThh:mm:ssZ")
    if _DOMAIN.fullmatch(asked.namespace):
        schema = _namespaces(_IDENTIFIER, f"{_IDENTIFIER}.xsd")
        described = _add(_add(made, "description"), "oai-identifier", **schema)
        _add(described, "scheme", "oai")
        _add(described, "repositoryIdentifier", asked.namespace)
        _add(described, "delimiter", ":")
        _add(described, "sampleIdentifier", asked.identifier(1))


def _list_formats(root: Element, asked: OaiContext) -> None:
    if "identifier" in asked.arguments:
        asked.record()
    made = _add(_add(root, "ListMetadataFormats"), "metadataFormat")
    _add(made, "metadataPrefix", PREFIX)
    _add(made, "schema", _DC_SCHEMA)
    _add(made, "metadataNamespace", _DC)


def _list_sets(root: Element, asked: OaiContext) -> None:
    if TOKEN in asked.arguments:
        raise OaiError("badResumptionToken", "All sets are in one list, which has no token.")
    made = _add(root, "ListSets")
    for spec, (name, _condition) in asked.sets().by_spec.items():
        element = _add(made, "set")
        _add(element, "setSpec", spec)
        _add(element, "setName", name)


def _get_record(root: Element, asked: OaiContext) -> None:
    record = asked.record()
    check_prefix(asked.arguments["metadataPrefix"])
    _write_records(_add(root, "GetRecord"), [record], asked.sets(), asked)


def _list(root: Element, asked: OaiContext) -> None:
    """Headers alone, or whole records."""
    verb, sets = asked.arguments["verb"], asked.sets()
    listed = page_of(RecordSelection.of(asked.arguments), sets, asked.records())
    made = _add(root, verb)
    if verb == "ListRecords":
        _write_records(made, listed.records, sets, asked)
    else:
        known = [one.article_id for one in listed.records if not one.is_deleted]
        shown = set(readable(known).values_list("pk", flat=True))
        for record in listed.records:
            _write_header(made, record, sets, asked, is_deleted=record.article_id not in shown)
    _write_token(made, listed)


def _write_records(
    parent: Element, records: list[HarvestRecord], sets: RecordSets, asked: OaiContext
) -> None:
    stories = harvested_stories(one.article_id for one in records if not one.is_deleted)
    for record in records:
        # One that goes at this moment has lost its story, or its readers, already.
        story = stories.get(record.article_id)
        made = _add(parent, "record")
        _write_header(made, record, sets, asked, is_deleted=story is None)
        if story:
            _write_dublin_core(_add(made, "metadata"), story, asked.at)


def _write_header(
    parent: Element, record: HarvestRecord, sets: RecordSets, asked: OaiContext, *, is_deleted: bool
) -> None:
    header = _add(parent, "header", **({"status": "deleted"} if is_deleted else {}))
    _add(header, "identifier", asked.identifier(record.article_id))
    _add(header, "datestamp", _utc(record.datestamp))
    for spec in sets.of(record):
        _add(header, "setSpec", spec)


def _write_token(parent: Element, listed: RecordPage) -> None:
    """Also at the end of a list of several pages, and empty there."""
    following = listed.following
    if not following and not listed.cursor:
        return
    attributes = {"cursor": str(listed.cursor), "completeListSize": str(listed.total)}
    if following:
        expires = timezone.now() + timedelta(seconds=settings.OAI_TOKEN_SECONDS)
        attributes["expirationDate"] = _utc(expires)
    _add(parent, TOKEN, following.token() if following else "", **attributes)


VERBS: dict[str, Callable[[Element, OaiContext], None]] = {
    "Identify": _identify,
    "ListMetadataFormats": _list_formats,
    "ListSets": _list_sets,
    "ListIdentifiers": _list,
    "ListRecords": _list,
    "GetRecord": _get_record,
}


def readable(pks: Iterable[int]) -> ArticleQuerySet:
    """Those that readers may see at this moment: what was written past Wagtail, or a moment ago,
    no record knows of."""
    return ArticlePage.objects.filter(pk__in=list(pks)).shown_to_public()


def harvested_stories(pks: Iterable[int]) -> dict[int, ArticlePage]:
    """The stories by id, with all that their records say: four queries."""
    bylines = ArticleByline.objects.select_related("author__merged_into").order_by(
        "sort_order", "pk"
    )
    tags = ArticleEntity.objects.filter(role=ArticleEntity.Role.ABOUT).select_related(
        "entity__merged_into"
    )
    found = (
        readable(pks)
        .select_related("publication")
        .defer(*UNLISTED)
        .prefetch_related(
            Prefetch("bylines", bylines, to_attr="harvest_bylines"),
            Prefetch("entity_tags", tags.order_by("sort_order", "pk"), to_attr="harvest_tags"),
        )
    )
    return {story.pk: story for story in found}


def _write_dublin_core(parent: Element, story: Any, at: SiteAddresses) -> None:
    schema = _namespaces(_DC, _DC_SCHEMA, "xmlns:oai_dc")
    made = _add(parent, "oai_dc:dc", **schema, **{"xmlns:dc": _TERMS})
    for name, text, language in _lines(story, at):
        if text:
            marked = {"xml:lang": language} if language else {}
            _add(made, f"dc:{name}", text, **marked)


def _lines(story: Any, at: SiteAddresses) -> Iterator[Line]:
    languages = story.languages()
    # Titles are the printed ones.
    texts = [story.in_language(language, as_printed=True) for language in languages]
    yield from (("title", text.headline, text.html_language) for text in texts)
    yield from _people(story)
    for tag in story.harvest_tags:
        yield from _in_each(tag.entity, "subject", "name", languages)
    yield from (("description", text.standfirst, text.html_language) for text in texts)
    yield from _notes(story, languages)
    source = story.source_language
    if not story.is_sample:
        # What was printed, in the language in which it was.
        if story.publication:
            yield from _in_each(story.publication, "publisher", "name", [source])
        yield "date", story.print_date.isoformat() if story.print_date else "", ""
        with translation.override(source):
            yield "source", print_citation(story), HTML_CODES[source]
        if (target := story.target_language) in languages:
            yield "source", other_print_citation(story), HTML_CODES[target]
    yield "type", "Text", ""
    yield "format", "text/html", ""
    addresses = at.of_path(story.url_path, languages)
    yield from (("identifier", addresses[language], "") for language in languages)
    yield from (("language", text.html_language, "") for text in texts)
    yield "relation", story.source_url, ""
    yield "rights", story.rights, ""
    yield "rights", rights_url(story), ""


def _notes(story: Any, languages: list[str]) -> Iterator[Line]:
    """That a text is a sample, and that one is a translation, each in its readers' language."""
    for language in languages:
        if story.is_sample:
            note = gettext(
                "Sample text written for this archive's demonstration; not a newspaper report.",
                language,
            )
            yield "description", note, HTML_CODES[language]
        if language != story.source_language:
            credit = translation_credit(story, story.harvest_bylines, language)
            yield "description", unescape(strip_tags(credit)), HTML_CODES[language]


def _in_each(instance: Any, element: str, field: str, languages: list[str]) -> Iterator[Line]:
    for language in languages:
        yield element, getattr(instance, column(field, language)) or "", HTML_CODES[language]


def _people(story: Any) -> Iterator[Line]:
    """Under the names that they have in the story's own language, or else in the other; and those
    who signed the other text, where it was printed by itself."""
    signed = [(line.role, line.author) for line in story.harvest_bylines]
    signed += [(one["role"], one["name"]) for one in story.translation_print.get("authors", ())]
    for role, name in signed:
        element = "creator" if role in WRITERS else "contributor"
        with translation.override(story.source_language):
            yield element, str(name), ""
