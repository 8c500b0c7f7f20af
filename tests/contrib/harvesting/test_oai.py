"""OAI-PMH 2.0 as an independent harvester finds it, and each error by the protocol's rules."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.core import signing
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from sickle.oaiexceptions import NoRecordsMatch
from wagtail.models import Page, PageViewRestriction, Site

from archive.contrib.harvesting.checks import check_harvesting
from archive.contrib.harvesting.oai_requests import OaiError, read_span
from archive.models import ArticleByline, Author, HarvestRecord, HomePage, PublicationPage
from archive.text.language import column, columns
from tests.factories import (
    make_article,
    make_entity,
    make_home,
    make_publication,
    make_section,
    tag,
    translate,
)
from tests.site.asking import OAI, InProcess, answered, make_old

pytestmark = pytest.mark.django_db


LIST = {"metadataPrefix": "oai_dc"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def make_many(count: int) -> list[Any]:
    return [make_article(f"Story {n}", slug=f"story-{n}") for n in range(count)]


def error(query: str | dict[str, Any]) -> str:
    text = query if isinstance(query, str) else urlencode(query, doseq=True)
    return str(answered(f"/oai/?{text}").find(f"{OAI}error").get("code"))


def test_the_archive_says_what_it_is(settings: Any) -> None:
    make_article()
    settings.ARCHIVE_OAI_NAMESPACE = "archive.example.org"
    settings.ARCHIVE_OAI_ADMIN_EMAILS = ["library@example.org"]
    found = InProcess().Identify()
    assert found.repositoryName == "Archive / 资料库"
    assert found.baseURL == "http://localhost/oai/"
    assert (found.protocolVersion, found.deletedRecord) == ("2.0", "persistent")
    assert found.adminEmail == "library@example.org"
    assert found.granularity == "YYYY-MM-DDThh:mm:ssZ"
    assert "oai:archive.example.org:1" in found.raw
    [form] = InProcess().ListMetadataFormats()
    assert form.metadataPrefix == "oai_dc"


def test_a_record_tells_of_both_languages() -> None:
    story = make_article("Ports \x07 & harbours", print_page="17", rights="China Daily")
    tag(story, make_entity())
    author = Author.objects.create(**{column("name", "en"): "Li Na"})
    ArticleByline.objects.create(page=story, author=author)
    translate(story, headline="港口")
    found = InProcess().GetRecord(identifier=f"oai:localhost:{story.pk}", **LIST)
    assert found.metadata["title"] == ["Ports  & harbours", "港口"]
    assert found.metadata["creator"] == ["Li Na"]
    assert found.metadata["subject"] == ["Zhanjiang", "湛江"]
    assert found.metadata["date"] == ["2015-09-22"]
    assert found.metadata["language"] == ["en", "zh-Hans"]
    assert found.metadata["publisher"] == ["China Daily"]
    assert found.metadata["source"] == ["China Daily, 22 September 2015, page 17"]
    assert found.metadata["description"][-1].startswith("本资料库译，")
    assert [path.split("/")[3] for path in found.metadata["identifier"]] == ["en", "zh-hans"]
    titles = found.xml.iter("{http://purl.org/dc/elements/1.1/}title")
    assert [title.get(XML_LANG) for title in titles] == ["en", "zh-Hans"]


def test_a_sample_is_marked_and_claims_no_print() -> None:
    story = make_article("Ports", is_sample=True, print_page="17")
    found = InProcess().GetRecord(identifier=f"oai:localhost:{story.pk}", **LIST)
    assert found.metadata["description"][-1].startswith("Sample text written for")
    assert not {"date", "source", "publisher"} & set(found.metadata)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_long_list_comes_in_pages(settings: Any, method: str) -> None:
    settings.ARCHIVE_OAI_PAGE_SIZE = 1
    made = make_many(3)
    expected = [f"oai:localhost:{story.pk}" for story in made]
    if method == "GET":
        make_old()  # Of the same second.
    harvester = InProcess(method)
    assert [one.header.identifier for one in harvester.ListRecords(**LIST)] == expected
    listed = harvester.ListIdentifiers(**LIST)
    assert [one.identifier for one in listed] == expected
    assert listed.resumption_token.complete_list_size == "3"
    assert listed.resumption_token.cursor == "2"


def test_a_later_harvest_gets_what_has_changed_since(settings: Any) -> None:
    settings.ARCHIVE_OAI_PAGE_SIZE = 1
    kept, changed, gone, _other = make_many(4)
    make_old()
    since = {**LIST, "from": "2021-01-01"}
    with pytest.raises(NoRecordsMatch):
        InProcess().ListRecords(**since)
    translate(changed, headline="港口")
    gone.delete()
    found = {one.header.identifier: one.deleted for one in InProcess().ListRecords(**since)}
    key = "oai:localhost:{}".format
    # Deletion has no id left to tell: the record kept it.
    missing = HarvestRecord.objects.get(is_deleted=True)
    assert found == {key(changed.pk): False, key(missing.pk): True}
    assert len(list(InProcess().ListIdentifiers(**LIST, until="2020-01-01"))) == 2
    assert key(kept.pk) not in found


def test_sets_are_languages_publications_and_sections() -> None:
    section = make_section()
    plain = make_article("Plain", slug="plain")
    translate(make_article("Both", slug="both", section=section), headline="双语")
    world, paper = "publication-china-daily:world", "publication-china-daily"
    specs = [one.setSpec for one in InProcess().ListSets()]
    assert specs == ["language-en", "language-zh-hans", paper, world]
    counts = [len(list(InProcess().ListIdentifiers(**LIST, set=spec))) for spec in specs]
    assert counts == [2, 1, 2, 1]
    record = InProcess().GetRecord(identifier=f"oai:localhost:{plain.pk}", **LIST)
    assert record.header.setSpecs == ["language-en", paper]


def test_each_site_lists_its_own_stories(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    paper = make_publication("evening-news", en="Evening News")
    names = {"title": "Second", **dict.fromkeys(columns("name"), "Second")}
    home = Page.objects.get(depth=1).add_child(instance=HomePage(slug="second", **names))
    other = home.add_child(instance=PublicationPage(slug="weekly", **names))
    ours = make_article("Ours", publication=paper, slug="ours")
    theirs = make_article("Theirs", publication=other, slug="theirs")
    Site.objects.create(hostname="second.example", root_page=home)
    found = {
        host: [one.find(f"{OAI}identifier").text for one in listed(host, "ListIdentifiers")]
        for host in ("localhost", "second.example")
    }
    assert found == {
        "localhost": [f"oai:localhost:{ours.pk}"],
        "second.example": [f"oai:second.example:{theirs.pk}"],
    }
    specs = [one.find(f"{OAI}setSpec").text for one in listed("second.example", "ListSets", "set")]
    assert specs == ["language-en", "language-zh-hans", "publication-weekly"]
    foreign = f"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:localhost:{theirs.pk}"
    assert error(foreign) == "idDoesNotExist"


def listed(host: str, verb: str, element: str = "header") -> list[Any]:
    parameters = {"verb": verb} if verb == "ListSets" else {"verb": verb, **LIST}
    answer = Client(headers={"host": host}).get("/oai/", parameters)
    return list(ElementTree.fromstring(answer.content).iter(f"{OAI}{element}"))


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=identify", "badVerb"),
        ("verb=Identify&set=x", "badArgument"),
        ("verb=GetRecord&identifier=oai:localhost:1", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=no%20set", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=a::b", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2015", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2015-02-30", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2016-01-01&until=2015-01-01", "badArgument"),
        (
            "verb=ListRecords&metadataPrefix=oai_dc&from=2015-01-01&until=2016-01-01T00:00:00Z",
            "badArgument",
        ),
        ("verb=ListRecords&metadataPrefix=marc21", "cannotDisseminateFormat"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=nothing", "noRecordsMatch"),
        ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
        ("verb=ListIdentifiers&resumptionToken=", "badResumptionToken"),
        ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
        ("verb=GetRecord&identifier=x&metadataPrefix=oai_dc", "idDoesNotExist"),
        ("verb=ListMetadataFormats&identifier=oai:localhost:99999999999", "idDoesNotExist"),
        ("verb=ListMetadataFormats&identifier=oai:localhost:%F0%9F%98%80", "idDoesNotExist"),
    ],
)
def test_a_wrong_question_is_told_what_is_wrong(query: str, code: str) -> None:
    make_home()
    assert error(query) == code


def test_a_known_record_has_no_other_form() -> None:
    identifier = f"oai:localhost:{make_article().pk}"
    query = {"verb": "GetRecord", "identifier": identifier, "metadataPrefix": "mods"}
    assert error(query) == "cannotDisseminateFormat"


def test_a_token_serves_its_own_verb_for_its_time_only(settings: Any) -> None:
    settings.ARCHIVE_OAI_PAGE_SIZE = 1
    make_many(2)
    token = InProcess().ListRecords(**LIST).resumption_token.token
    assert error({"verb": "ListIdentifiers", "resumptionToken": token}) == "badResumptionToken"
    assert error({"verb": "ListRecords", "resumptionToken": token + "x"}) == "badResumptionToken"
    settings.ARCHIVE_OAI_TOKEN_SECONDS = -1
    assert error({"verb": "ListRecords", "resumptionToken": token}) == "badResumptionToken"
    assert signing.loads(token, salt="archive.oai")[0] == "ListRecords"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2015-09-22", "2015-09-22", (datetime(2015, 9, 22), datetime(2015, 9, 23))),
        ("2015-09-22T01:02:03Z", "", (datetime(2015, 9, 22, 1, 2, 3), None)),
        ("", "2015-09-22T23:59:59Z", (None, datetime(2015, 9, 23))),
        ("", "9999-12-31", (None, None)),
    ],
)
def test_both_ends_of_a_span_belong_to_it(start: str, end: str, expected: Any) -> None:
    assert read_span(start, end) == tuple(day and day.replace(tzinfo=UTC) for day in expected)


def test_digits_of_other_scripts_are_no_date() -> None:
    with pytest.raises(OaiError):
        read_span("٢٠١٥-٠٩-٢٢", "")


def test_what_was_closed_past_wagtail_is_kept_back_all_the_same() -> None:
    story = make_article("Not for all")
    closed = PageViewRestriction(page=story.page_ptr, restriction_type="login")
    PageViewRestriction.objects.bulk_create([closed])
    header = answered(f"/oai/?{urlencode({'verb': 'ListRecords', **LIST})}").find(f".//{OAI}header")
    assert header is not None
    assert header.get("status") == "deleted"


def test_many_records_take_as_many_queries_as_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for story in make_many(3):
        tag(story, make_entity(f"place-{story.pk}"))
    query = urlencode({"verb": "ListRecords", **LIST})
    Client().get(f"/oai/?{query}")
    with django_assert_max_num_queries(12):
        assert len(answered(f"/oai/?{query}").findall(f".//{OAI}record")) == 3


def test_an_address_that_nobody_can_write_to_is_found_at_the_start(settings: Any) -> None:
    assert check_harvesting(None) == []
    settings.ARCHIVE_OAI_ADMIN_EMAILS = ["library@example.org", "library"]
    assert [error.id for error in check_harvesting(None)] == ["archive.E075"]


@pytest.mark.parametrize(
    ("sender", "email"),
    [
        ("webmaster@localhost", "webmaster@localhost.localdomain"),
        ("The archive <desk@archive.example>", "desk@archive.example"),
    ],
)
def test_the_administrators_address_is_one_that_the_schema_has(
    settings: Any, sender: str, email: str
) -> None:
    make_home()
    settings.DEFAULT_FROM_EMAIL = sender
    assert InProcess().Identify().adminEmail == email
