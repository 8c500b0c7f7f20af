"""ResourceSync as an independent client (resync) reads it, and the protocol's structure."""

import io
from collections.abc import Iterator
from datetime import timedelta
from email.message import Message
from typing import Any
from urllib.response import addinfourl
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from resync import list_base, list_base_with_index
from resync.capability_list import CapabilityList
from resync.change_list import ChangeList
from resync.resource_list import ResourceList
from resync.source_description import SourceDescription
from wagtail.models import PageViewRestriction

from archive.contrib.harvesting import resource_sync
from archive.models import ArticlePage, HarvestRecord
from archive.site.permalinks import permanent_path
from archive.text.language import CHINESE, ENGLISH
from tests.factories import make_article, make_home, translate
from tests.site.asking import SITEMAP, answered, make_old

pytestmark = pytest.mark.django_db
TERMS = "{http://www.openarchives.org/rs/terms/}"
ROOT = "http://localhost"
RESOURCES, CHANGES = f"{ROOT}/resourcesync/resourcelist.xml", f"{ROOT}/resourcesync/changelist.xml"


@pytest.fixture(autouse=True)
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client asks the views, without a network between."""

    def fetch(uri: str, *_arguments: Any, **_options: Any) -> addinfourl:
        response = Client().get(uri.removeprefix(ROOT))
        assert response.status_code == 200, uri
        headers = Message()
        headers["Content-Length"] = str(len(response.content))
        return addinfourl(io.BytesIO(response.content), headers, uri)

    for module in (list_base, list_base_with_index):
        monkeypatch.setattr(module, "url_or_file_open", fetch)


def uri(story: ArticlePage, language: str) -> str:
    return f"{ROOT}{permanent_path(story, language)}"


def resources() -> list[str]:
    found = ResourceList()
    found.read(RESOURCES)
    return sorted(one.uri for one in found)


def changes() -> list[tuple[str, str]]:
    found = ChangeList()
    found.read(CHANGES)
    return [(one.uri, one.change) for one in found]


def test_a_client_finds_its_way_from_the_well_known_address() -> None:
    make_article()
    description = SourceDescription()
    description.read(f"{ROOT}/.well-known/resourcesync")
    [capabilities] = [one.uri for one in description]
    listed = CapabilityList()
    listed.read(capabilities)
    found = {one.capability: one.uri for one in listed}
    assert found == {"resourcelist": RESOURCES, "changelist": CHANGES}


def test_a_story_is_a_resource_in_each_language_that_readers_have() -> None:
    story = make_article("Ports", slug="ports")
    translate(story, headline="港口")
    other = make_article("Half", slug="half")
    translate(other, publish=False, headline="一半")
    make_article("Draft", slug="draft", live=False)
    assert resources() == sorted([uri(story, ENGLISH), uri(story, CHINESE), uri(other, ENGLISH)])


def test_a_resource_leads_to_the_text_and_to_its_dublin_core() -> None:
    story = make_article()
    found = ResourceList()
    found.read(RESOURCES)
    [one] = found
    assert Client().get(one.uri.removeprefix(ROOT), follow=True).status_code == 200
    described = one.link_href("describedby")
    record = answered(described.removeprefix(ROOT))
    assert f"oai:localhost:{story.pk}" in ElementTree.tostring(record, encoding="unicode")
    assert one.lastmod == story.last_published_at.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_new_and_changed_and_withdrawn_texts_are_changes() -> None:
    kept, corrected, gone, closed, halved = (
        make_article(f"Story {number}", slug=f"story-{number}") for number in range(5)
    )
    texts = {story.pk: uri(story, ENGLISH) for story in (kept, corrected, gone, closed, halved)}
    translation = translate(halved, headline="一半")
    long_ago = timezone.now() - timedelta(days=1000)
    make_old()
    ArticlePage.objects.update(first_published_at=long_ago)
    HarvestRecord.objects.update(since_en=long_ago, since_zh_hans=None)
    HarvestRecord.objects.filter(pk=halved.pk).update(since_zh_hans=long_ago)
    assert changes() == []
    new = make_article("New", slug="new")
    ArticlePage.objects.get(pk=corrected.pk).save_revision().publish()
    key = gone.pk
    gone.delete()
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    translation.unpublish()
    assert set(changes()) == {
        (uri(new, ENGLISH), "created"),
        (texts[corrected.pk], "updated"),
        (texts[key], "deleted"),
        (texts[closed.pk], "deleted"),
        (texts[halved.pk], "updated"),
        (uri(halved, CHINESE), "deleted"),
    }


def test_a_withdrawn_translation_that_comes_back_is_there_again() -> None:
    story = make_article()
    translation = translate(story, headline="港口")
    translation.unpublish()
    story.save_revision().publish()
    assert (uri(story, CHINESE), "deleted") in changes()
    translation.save_revision().publish()
    assert (uri(story, CHINESE), "created") in changes()


def test_what_was_closed_past_wagtail_is_told_of_as_deleted() -> None:
    story = make_article()
    ArticlePage.objects.filter(pk=story.pk).update(live=False)
    assert (resources(), changes()) == ([], [(uri(story, ENGLISH), "deleted")])


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> list[ArticlePage]:
    """Seven stories of the same second and the next, in parts of two."""
    monkeypatch.setattr(resource_sync, "PART", 2)
    stories = [make_article(f"Story {n}", slug=f"story-{n}") for n in range(7)]
    now = timezone.now().replace(microsecond=0) - timedelta(minutes=5)
    for number, story in enumerate(stories):
        moment = now + timedelta(seconds=number // 4)
        HarvestRecord.objects.filter(pk=story.pk).update(datestamp=moment)
    return stories


def parts() -> list[str]:
    index = answered(CHANGES.removeprefix(ROOT))
    assert index.tag == f"{SITEMAP}sitemapindex"
    return [str(one.text) for one in index.iter(f"{SITEMAP}loc")]


def read_parts(addresses: list[str]) -> list[tuple[str, str]]:
    found = ChangeList()
    for one in addresses:
        found.parse(uri=one)
    return [(one.uri, one.change) for one in found]


def test_a_long_list_comes_in_parts_in_the_order_of_the_changes(many: list[ArticlePage]) -> None:
    assert len(parts()) == 4
    assert read_parts(parts()) == [(uri(story, ENGLISH), "created") for story in many]
    assert resources() == sorted(uri(story, ENGLISH) for story in many)


def test_a_part_that_was_listed_before_still_leads_to_its_changes(many: list[ArticlePage]) -> None:
    before = parts()
    many[0].save_revision().publish()
    assert {one for one, _change in read_parts(before)} == {uri(one, ENGLISH) for one in many}


def structure(path: str) -> Iterator[tuple[str, dict[str, str]]]:
    for element in answered(path):
        yield element.tag.removeprefix(SITEMAP).removeprefix(TERMS), dict(element.attrib)


@pytest.mark.usefixtures("many")
def test_each_document_has_the_structure_of_the_standard() -> None:
    head = dict(structure("/.well-known/resourcesync"))
    assert head["md"] == {"capability": "description"}
    up = {"rel": "up", "href": f"{ROOT}/resourcesync/capabilitylist.xml"}
    head = dict(structure("/resourcesync/capabilitylist.xml"))
    assert head["ln"] == {"rel": "up", "href": f"{ROOT}/.well-known/resourcesync"}
    assert head["md"] == {"capability": "capabilitylist"}
    for capability, moment, path in (
        ("resourcelist", "at", RESOURCES),
        ("changelist", "from", CHANGES),
    ):
        head = dict(structure(path.removeprefix(ROOT)))
        assert (head["ln"], head["md"]["capability"]) == (up, capability)
        assert head["md"][moment]
        index = answered(path.removeprefix(ROOT))
        first, *_others = (str(one.text) for one in index.iter(f"{SITEMAP}loc"))
        found = list(structure(first.removeprefix(ROOT)))
        assert found[:2] == [("ln", up), ("ln", {"rel": "index", "href": path})]
        assert (found[2][0], found[2][1]["capability"]) == ("md", capability)
        assert {name for name, _attributes in found[3:]} == {"url"}


def test_few_changes_are_one_list() -> None:
    make_article()
    root = answered(CHANGES.removeprefix(ROOT))
    [change] = root.iter(f"{SITEMAP}url")
    assert root.tag == f"{SITEMAP}urlset"
    assert [one.tag.rpartition("}")[2] for one in change] == ["loc", "lastmod", "md", "ln"]


def test_an_empty_archive_has_empty_lists() -> None:
    make_home()
    assert (resources(), changes()) == ([], [])


@pytest.mark.parametrize(
    "path",
    ["changelist-99999999999999.1.xml", "changelist-999999999999.1.xml", "changelist-x.xml"],
)
def test_an_address_of_no_list_leads_nowhere(path: str) -> None:
    make_article()
    assert Client().get(f"/resourcesync/{path}").status_code == 404


@pytest.mark.usefixtures("many")
def test_lists_cost_the_same_however_long(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    part = parts()[0].removeprefix(ROOT)
    listed = answered(RESOURCES.removeprefix(ROOT)).find(f".//{SITEMAP}loc")
    assert listed is not None
    # The site and its roots; for parts also what is restricted, and what readers may see.
    for path, queries in (
        (RESOURCES.removeprefix(ROOT), 3),
        (CHANGES.removeprefix(ROOT), 3),
        (str(listed.text).removeprefix(ROOT), 5),
        (part, 5),
    ):
        answered(path)
        with django_assert_num_queries(queries):
            answered(path)
