"""Caches in front of the site are told what changed and what lists it: that, and all of that."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from wagtail.contrib.frontend_cache.backends.base import BaseBackend
from wagtail.models import Site

from archive.contrib.related.models import RelatedStory
from archive.models import ArticlePage, Tie
from archive.site.caching import events, purge
from archive.text.language import ENGLISH
from tests.factories import (
    block,
    make_article,
    make_entity,
    make_image,
    make_merged,
    make_publication,
    make_section,
    make_tie,
    tag,
    translate,
)
from tests.site.reading import address, picture

pytestmark = pytest.mark.django_db
ROOT = "http://localhost"
OWN = "china-daily/2015/09/22/ships/"
Told = Callable[[], AbstractContextManager[set[str]]]


class Recorder(BaseBackend):
    """A cache that only remembers what it is told, and in how many calls."""

    calls: list[list[str]] = []

    def purge_batch(self, urls: list[str]) -> None:
        self.calls.append(urls)


@pytest.fixture
def told(settings: Any, django_capture_on_commit_callbacks: Any) -> Told:
    """What caches hear at the end of a transaction, below the site's root: in one call a host."""
    make_publication()

    class Listening:
        def __enter__(self) -> set[str]:
            Recorder.calls.clear()
            settings.WAGTAILFRONTENDCACHE = {"front": {"BACKEND": f"{__name__}.Recorder"}}
            self.commit = django_capture_on_commit_callbacks(execute=True)
            self.commit.__enter__()
            self.heard: set[str] = set()
            return self.heard

        def __exit__(self, *error: Any) -> None:
            self.commit.__exit__(*error)
            settings.WAGTAILFRONTENDCACHE = None
            hosts = [urlsplit(urls[0]).netloc for urls in Recorder.calls]
            assert len(hosts) == len(set(hosts))
            for urls in Recorder.calls:
                assert len(urls) == len(set(urls))
                self.heard.update(url.removeprefix(ROOT) for url in urls)

    return Listening


def make_story(**fields: Any) -> ArticlePage:
    return make_article("Ships", section=make_section(), slug="ships", print_page="17", **fields)


def publish(story: ArticlePage, **values: Any) -> None:
    story = ArticlePage.objects.get(pk=story.pk)
    for name, value in values.items():
        setattr(story, name, value)
    story.save_revision().publish()


def in_both(*paths: str) -> set[str]:
    return {f"/{language}/{path}" for language in ("en", "zh-hans") for path in paths}


def test_a_story_is_purged_with_its_views_and_all_that_lists_it(told: Told) -> None:
    story = make_story()
    tag(story, make_entity("zhanjiang", "Zhanjiang", "湛江"))
    with told() as heard:
        publish(story, headline_en="Boats")
    assert heard >= in_both(
        *(OWN, f"{OWN}?view=both", f"{OWN}?view=zh-hans"),
        *("", "china-daily/", "china-daily/2015/", "china-daily/2015/09/22/"),
        *("china-daily/world/", "china-daily/world/feed/?format=rss", "china-daily/feed/", "feed/"),
        *("browse/", "browse/sections/", "browse/2010s/", "browse/2015/09/22/"),
        *("browse/2015/09/22/china-daily/17/", "browse/places/", "browse/places/z/"),
        *("entities/zhanjiang/", "entities/zhanjiang/feed/?format=json", "cities/zhanjiang/"),
    )
    assert "/sitemap.xml" in heard


def test_nothing_else_is_purged(told: Told) -> None:
    story = make_story()
    tag(story, make_entity("zhanjiang", "Zhanjiang", "湛江"))
    tag(make_article("Elsewhere", slug="elsewhere"), make_entity("macao", "Macao", "澳门"))
    make_section("sports")
    with told() as heard:
        publish(story, headline_en="Boats")
    strange = ("macao", "elsewhere", "sports", "2016", "/people/", "/ties/", "/*", "after=")
    assert not [url for url in heard if any(word in url for word in strange)]
    assert len(heard) < 100


def test_a_draft_purges_nothing(told: Told) -> None:
    story = make_story()
    with told() as heard:
        story.headline_en = "Boats"
        story.save_revision()
    assert not heard


@pytest.mark.parametrize("end", ["unpublish", "delete"])
def test_lists_that_a_story_leaves_are_purged(end: str, told: Told) -> None:
    story = make_story()
    tag(story, make_entity("zhanjiang", "Zhanjiang", "湛江"))
    with told() as heard:
        getattr(ArticlePage.objects.get(pk=story.pk), end)()
    assert heard >= in_both(OWN, "china-daily/world/", "entities/zhanjiang/", "browse/2015/09/22/")


def test_a_story_leaves_its_old_section_and_names(told: Told) -> None:
    story = make_story()
    tag(story, make_entity("zhanjiang", "Zhanjiang", "湛江"))
    sports = make_section("sports")
    with told() as heard:
        publish(story, section=sports, entity_tags=[])
    assert heard >= in_both("china-daily/world/", "china-daily/sports/", "entities/zhanjiang/")


def test_a_translation_purges_the_same(told: Told) -> None:
    story = make_story()
    with told() as heard:
        translate(story, headline="船")
    assert heard >= in_both(OWN, f"{OWN}?view=both", "china-daily/world/", "feed/?format=atom")


def test_a_picture_is_purged_where_it_stands(told: Told) -> None:
    image = make_image(name="port.jpg", credit="x", rights="x")
    make_story(body=[block("image", picture(image))])
    with told() as heard:
        image.caption_en = "A crane"
        image.save()
    assert heard >= in_both(OWN, "china-daily/world/")


def test_a_name_is_purged_with_its_neighbours_and_lists(told: Told) -> None:
    place, person = make_entity(), make_entity("li-na", "Li Na", "李娜", kind="person")
    story = make_story()
    for entity in (place, person):
        tag(story, entity)
    with told() as heard:
        person.name_en = "Li Na the elder"
        person.save()
    pages = (f"entities/{place.key}/", "entities/li-na/", "browse/people/l/", OWN)
    assert heard >= in_both(*pages)


def test_a_tie_is_purged_at_both_its_places(told: Told) -> None:
    tie = make_tie(make_entity("a-city", "A", "甲"), make_entity("b-city", "B", "乙"))
    with told() as heard:
        Tie.objects.get(pk=tie.pk).save()
    pages = ("", "ties/a-city/b-city/", "cities/a-city/", "entities/b-city/")
    pages += ("ties/", "ties/timeline/")
    assert heard >= in_both(*pages)
    with told() as heard:
        Tie.objects.get(pk=tie.pk).delete()
    assert heard >= in_both(*pages)
    of_merged = make_tie(make_merged("c-city", tie.place_a), tie.place_b)
    with told() as heard:
        of_merged.save()
    assert heard >= in_both(*pages)


@pytest.mark.parametrize("what", ["section", "site", "many"])
def test_a_change_of_the_frame_purges_the_whole_site(what: str, told: Told) -> None:
    section = make_section()
    changes: dict[str, Callable[[], Any]] = {
        "section": section.save,
        "site": Site.objects.get().save,
        "many": lambda: events.stories_changed(range(1, 1000)),
    }
    with told() as heard:
        changes[what]()
    assert heard >= {"/*", *in_both("", "china-daily/", "china-daily/world/", "browse/")}


def test_more_than_can_be_told_one_by_one_is_everything(told: Told, monkeypatch: Any) -> None:
    monkeypatch.setattr(purge, "MOST", 10)
    story = make_story()
    with told() as heard:
        publish(story, headline_en="Boats")
    assert "/*" in heard
    assert not heard & in_both(OWN)


def test_one_transaction_is_one_call(told: Told) -> None:
    one, two = make_story(), make_article("Other", slug="other")
    with told() as heard, transaction.atomic():
        publish(one, headline_en="Boats")
        publish(two, headline_en="Else")
    assert heard >= in_both(OWN, "china-daily/2015/09/22/other/")


def test_an_old_address_is_told_of_with_the_change_itself(told: Told) -> None:
    story = make_story()
    with told() as heard:
        story.slug = "vessels"
        story.save()
    new = "china-daily/2015/09/22/vessels/"
    assert heard >= in_both(OWN, new, f"{OWN}?view=en")


def test_a_site_within_a_site_hears_of_its_own_addresses(told: Told) -> None:
    story = make_story()
    make_section("sports")
    paper = make_publication()
    Site.objects.create(hostname="paper.example", root_page=paper, port=80)
    with told() as heard:
        publish(story, headline_en="Boats")
    inner = f"http://paper.example/en/{OWN.removeprefix('china-daily/')}"
    assert heard >= {inner, f"/en/{OWN}", "http://paper.example/en/world/"}
    assert f"http://paper.example/en/{OWN}" not in heard


def test_a_page_that_two_sites_show_is_right_on_both(settings: Any) -> None:
    story = make_story()
    Site.objects.create(hostname="paper.example", root_page=make_publication(), port=80)
    settings.ALLOWED_HOSTS = ["*"]
    outer = address(story, ENGLISH).replace("http://paper.example/en/", "/en/china-daily/")
    assert "Ships" in Client().get(outer).content.decode()
    publish(story, headline_en="Boats")
    assert "Boats" in Client().get(outer).content.decode()


def test_all_pages_that_a_story_stood_beside_are_told(told: Told, monkeypatch: Any) -> None:
    from archive.contrib.related import updates

    story, holder = make_story(), make_article("Holder", slug="holder")
    RelatedStory.objects.create(article=holder, related=story, score=1, reasons={})
    for module, name in ((updates, "MOST_LISTS"), (events, "MOST_PAGES")):
        monkeypatch.setattr(module, name, 0)
    with told() as heard:
        updates.forget_story(story.pk)
    assert "/*" in heard


@pytest.mark.parametrize(
    ("path", "is_told"),
    [
        (f"/en/{OWN}", True),
        (f"/en/{OWN}?view=both", True),
        ("/en/china-daily/world/", True),
        ("/en/china-daily/world/?after=2015-09-23", False),
        ("/en/china-daily/world/?view=both", False),
        ("/en/entities/?kind=person", False),
    ],
)
def test_what_nobody_is_told_of_is_asked_for_each_time(
    path: str, is_told: bool, settings: Any
) -> None:
    settings.ARCHIVE_CACHE_SHARED_MAX_AGE = 60
    make_story()
    settings.WAGTAILFRONTENDCACHE = {"front": {"BACKEND": f"{__name__}.Recorder"}}
    first = Client().get(path)
    # Likewise of a page that is kept, and of one that the asker has.
    known = {"If-None-Match": first["ETag"]}
    for response in (first, Client().get(path), Client().get(path, headers=known)):
        assert ("s-maxage=60" in response["Cache-Control"]) == is_told
        assert ("no-cache" in response["Cache-Control"]) != is_told


@pytest.mark.parametrize("path", [f"/en/{OWN}", "/en/feed/", "/en/search/suggest/?q=sh"])
def test_a_cache_that_is_told_nothing_asks_each_time(path: str, settings: Any) -> None:
    settings.ARCHIVE_CACHE_SHARED_MAX_AGE = 60
    settings.ARCHIVE_CACHE_STALE_SECONDS = 30
    make_story()
    said = Client().get(path)["Cache-Control"]
    assert "s-maxage=0" in said or "no-cache" in said
    assert "stale" not in said
