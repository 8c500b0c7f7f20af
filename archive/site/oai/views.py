"""The protocol's one address, and its six verbs."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from archive.conf import settings
from archive.site.oai.models import HarvestRecord
from archive.site.oai.records import (
    PREFIX,
    RecordPage,
    RecordSelection,
    RecordSets,
    check_prefix,
    page_of,
    records_of,
)
from archive.site.oai.requests import TOKEN, OaiError, OaiRequest, read
from archive.site.oai.xml import (
    DC_NAMESPACE,
    DC_SCHEMA,
    SCHEMA_INSTANCE,
    Element,
    add,
    document,
    harvested_stories,
    serialised,
    utc,
    write_dublin_core,
)
from archive.site.sitemaps.addresses import SiteAddresses
from archive.text.labels import row_key
from archive.text.language import columns

_IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
_DOMAIN = re.compile(r"[a-zA-Z][a-zA-Z0-9\-]*(\.[a-zA-Z][a-zA-Z0-9\-]*)+")


@dataclass(frozen=True)
class OaiContext:
    """What the verbs need to answer."""

    question: OaiRequest
    at: SiteAddresses
    namespace: str
    now: datetime

    def records(self) -> QuerySet[HarvestRecord]:
        return records_of(self.at.root_page)

    def sets(self) -> RecordSets:
        return RecordSets.load(self.at.root_page)

    def identifier(self, pk: int) -> str:
        return f"oai:{self.namespace}:{pk}"

    def record(self) -> HarvestRecord:
        """The record that is asked for by its identifier; raises OaiError."""
        given = self.question.arguments["identifier"]
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
    parameters = request.POST if request.method == "POST" else request.GET
    attributes: dict[str, str] = {}
    try:
        question = read(parameters)
        attributes = {"verb": question.verb, **question.arguments}
        root = document(base_url, attributes, now)
        asked = OaiContext(question, at, settings.OAI_NAMESPACE or _host(at), now)
        VERBS[question.verb](root, asked)
    except OaiError as error:
        bare = error.code in ("badVerb", "badArgument")
        root = document(base_url, {} if bare else attributes, now)
        add(root, "error", str(error), code=error.code)
    response = HttpResponse(serialised(root), content_type="text/xml; charset=utf-8")
    # Every answer says when it was given.
    patch_cache_control(response, no_cache=True)
    return response


def _host(at: SiteAddresses) -> str:
    return at.root_url.partition("://")[2].partition(":")[0]


def _name_of(at: SiteAddresses) -> str:
    """The front page's name in both languages."""
    page = at.root_page.specific
    names = [getattr(page, name, "") for name in columns("name")]
    return " / ".join(dict.fromkeys(filter(None, names))) or str(page.title)


def _identify(root: Element, asked: OaiContext) -> None:
    made = add(root, "Identify")
    earliest = asked.records().aggregate(first=Min("datestamp"))["first"]
    add(made, "repositoryName", settings.OAI_NAME or _name_of(asked.at))
    add(made, "baseURL", asked.at.of_neutral("archive_oai"))
    add(made, "protocolVersion", "2.0")
    for email in settings.OAI_ADMIN_EMAILS:
        add(made, "adminEmail", email)
    add(made, "earliestDatestamp", utc(earliest or asked.now))
    add(made, "deletedRecord", "persistent")
    add(made, "granularity", "YYYY-MM-DDThh:mm:ssZ")
    if _DOMAIN.fullmatch(asked.namespace):
        _describe_identifiers(add(made, "description"), asked)


def _describe_identifiers(parent: Element, asked: OaiContext) -> None:
    made = add(
        parent,
        "oai-identifier",
        **{
            "xmlns": _IDENTIFIER,
            "xsi:schemaLocation": f"{_IDENTIFIER} {_IDENTIFIER}.xsd",
            "xmlns:xsi": SCHEMA_INSTANCE,
        },
    )
    add(made, "scheme", "oai")
    add(made, "repositoryIdentifier", asked.namespace)
    add(made, "delimiter", ":")
    add(made, "sampleIdentifier", asked.identifier(1))


def _list_formats(root: Element, asked: OaiContext) -> None:
    if "identifier" in asked.question.arguments:
        asked.record()
    made = add(add(root, "ListMetadataFormats"), "metadataFormat")
    add(made, "metadataPrefix", PREFIX)
    add(made, "schema", DC_SCHEMA)
    add(made, "metadataNamespace", DC_NAMESPACE)


def _list_sets(root: Element, asked: OaiContext) -> None:
    if TOKEN in asked.question.arguments:
        raise OaiError("badResumptionToken", "All sets are in one list, which has no token.")
    made = add(root, "ListSets")
    for one in asked.sets().by_spec.values():
        element = add(made, "set")
        add(element, "setSpec", one.spec)
        add(element, "setName", one.name)


def _get_record(root: Element, asked: OaiContext) -> None:
    record = asked.record()
    check_prefix(asked.question.arguments["metadataPrefix"])
    _write_records(add(root, "GetRecord"), [record], asked.sets(), asked)


def _list_identifiers(root: Element, asked: OaiContext) -> None:
    sets = asked.sets()
    listed = page_of(RecordSelection.of(asked.question), sets, asked.records())
    made = add(root, "ListIdentifiers")
    for record in listed.records:
        _write_header(made, record, sets, asked, is_deleted=record.is_deleted)
    _write_token(made, listed)


def _list_records(root: Element, asked: OaiContext) -> None:
    sets = asked.sets()
    listed = page_of(RecordSelection.of(asked.question), sets, asked.records())
    made = add(root, "ListRecords")
    _write_records(made, listed.records, sets, asked)
    _write_token(made, listed)


def _write_records(
    parent: Element, records: list[HarvestRecord], sets: RecordSets, asked: OaiContext
) -> None:
    stories = harvested_stories(one.article_id for one in records if not one.is_deleted)
    for record in records:
        # One that goes at this moment has lost its story, or its readers, already.
        story = stories.get(record.article_id)
        made = add(parent, "record")
        _write_header(made, record, sets, asked, is_deleted=story is None)
        if story:
            write_dublin_core(add(made, "metadata"), story, asked.at)


def _write_header(
    parent: Element, record: HarvestRecord, sets: RecordSets, asked: OaiContext, *, is_deleted: bool
) -> None:
    header = add(parent, "header", **({"status": "deleted"} if is_deleted else {}))
    add(header, "identifier", asked.identifier(record.article_id))
    add(header, "datestamp", utc(record.datestamp))
    for spec in sets.of(record):
        add(header, "setSpec", spec)


def _write_token(parent: Element, listed: RecordPage) -> None:
    """Also at the end of a list of several pages, and empty there."""
    if not listed.following and not listed.cursor:
        return
    attributes: dict[str, Any] = {
        "cursor": str(listed.cursor),
        "completeListSize": str(listed.total),
    }
    if listed.following:
        attributes["expirationDate"] = utc(listed.expires())
    add(parent, TOKEN, listed.following.token() if listed.following else "", **attributes)


VERBS: dict[str, Callable[[Element, OaiContext], None]] = {
    "Identify": _identify,
    "ListMetadataFormats": _list_formats,
    "ListSets": _list_sets,
    "ListIdentifiers": _list_identifiers,
    "ListRecords": _list_records,
    "GetRecord": _get_record,
}
