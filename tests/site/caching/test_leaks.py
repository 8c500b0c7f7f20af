"""Nothing that is withdrawn, moved or kept from readers is given from what was kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from archive.contrib.related.models import RelatedStory
from archive.site.caching import events, versions
from archive.site.caching.middleware import ReaderCacheMiddleware
from archive.stories.actions import issue_for
from archive.text.language import ENGLISH
from tests.factories import DAY, make_article
from tests.site.reading import address

pytestmark = pytest.mark.django_db


def test_a_kept_page_has_all_headers_of_a_new_one() -> None:
    path = address(make_article(), ENGLISH)
    new, kept = Client().get(path), Client().get(path)
    # Each answer has a name of its own in the log.
    ids = {one.headers.pop("X-Request-ID") for one in (kept, new)}
    assert len(ids) == 2
    assert dict(kept.headers) == dict(new.headers)
    assert kept["X-Frame-Options"] == "DENY"


def test_other_digits_are_no_address_of_a_story() -> None:
    make_article(slug="ships")
    assert Client().get("/en/china-daily/２０１５/09/22/ships/").status_code == 404


def test_a_renamed_story_leaves_its_old_address(
    django_capture_on_commit_callbacks: Any,
) -> None:
    story = make_article(slug="ships")
    path = address(story, ENGLISH)
    assert Client().get(path).status_code == 200
    story.slug = "boats"
    with django_capture_on_commit_callbacks(execute=True):
        story.save_revision().publish()
    assert Client().get(path).status_code == 301


def test_an_issue_of_another_day_leaves_its_old_addresses() -> None:
    story = make_article(slug="ships")
    issue = story.get_parent().specific
    paths = [address(page, ENGLISH) for page in (story, issue)]
    assert [Client().get(path).status_code for path in paths] == [200, 200]
    issue.print_date = DAY.replace(day=23)
    issue.save_revision().publish()
    assert [Client().get(path).status_code for path in paths] == [301, 301]


def test_an_alias_forgets_what_stands_beside_its_original() -> None:
    story, other = make_article("Ships", slug="ships"), make_article("Secret", slug="secret")
    RelatedStory.objects.create(article=story, related=other, score=9, reasons={})
    alias = story.create_alias(parent=issue_for(story.publication, DAY.replace(day=24)))
    path = address(alias, ENGLISH)
    assert path == "/en/china-daily/2015/09/24/ships/"
    assert "Secret" in Client().get(path).content.decode()
    other.unpublish()
    assert "Secret" not in Client().get(path).content.decode()


def test_who_is_known_by_a_header_keeps_it_to_himself() -> None:
    path = address(make_article(), ENGLISH)
    Client().get(path)
    answer = Client().get(path, headers={"authorization": "Basic eDp4"})
    assert answer["Cache-Control"] == "private, no-store"


def test_an_unknown_view_makes_no_page_of_its_own() -> None:
    path, reader = address(make_article(), ENGLISH), Client()
    plain = reader.get(path)["ETag"]
    reader.cookies["archive_view"] = "anything"
    assert reader.get(path)["ETag"] == plain


def test_a_page_with_a_word_for_one_answer_is_not_kept(rf: Any) -> None:
    path = address(make_article(), ENGLISH)
    request = rf.get(path)

    def answer(request: Any) -> HttpResponse:
        request.archive_is_public, request._csp_nonce = True, "word"
        return HttpResponse("<script nonce=word>")

    assert "ETag" not in ReaderCacheMiddleware(answer)(request)


def test_a_place_of_mounting_that_a_header_names_is_kept_for_nobody(settings: Any) -> None:
    path = address(make_article(), ENGLISH)
    moved = Client().get(path, SCRIPT_NAME="//evil.example")
    assert moved["Cache-Control"] == "private, no-store"
    # What is kept under that address is for the site's own mounting.
    assert b"evil" not in Client().get(f"/{path}", PATH_INFO=path).content
    settings.FORCE_SCRIPT_NAME = "/archive"
    assert "ETag" in Client().get(path)


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-host": "evil.example"},
        {"x-forwarded-host": "evil.example", "x-forwarded-port": "666"},
        {"host": "evil.example"},
        {"x-forwarded-proto": "https"},
        {"x-forwarded-prefix": "/evil"},
        {"x-original-url": "/evil/"},
    ],
    ids=str,
)
def test_what_a_header_claims_reaches_no_other_reader(headers: Any, settings: Any) -> None:
    settings.USE_X_FORWARDED_HOST = settings.USE_X_FORWARDED_PORT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    path = address(make_article(), ENGLISH)
    asked = Client().get(path, headers=headers)
    assert b"evil" not in asked.content
    plain = Client().get(path)
    cache.clear()
    assert Client().get(path).content == plain.content


@pytest.mark.parametrize("kind", ["password", "login", "groups"])
def test_what_some_may_read_is_kept_from_caches(kind: str) -> None:
    story = make_article()
    PageViewRestriction.objects.create(page=story, restriction_type=kind, password="open")
    reader = Client()
    # The form's token is this reader's own.
    reader.cookies["csrftoken"] = "a" * 32
    answer = reader.get(address(story, ENGLISH))
    assert "private" in answer["Cache-Control"]
    assert "ETag" not in answer


def test_another_site_has_a_frame_of_its_own() -> None:
    make_article()
    elsewhere = Page.objects.get(depth=1).add_child(instance=Page(title="Other", slug="other"))
    Site.objects.create(hostname="other.example.org", root_page=elsewhere)
    assert 'class="nameplate"' in Client().get("/en/browse/").content.decode()
    other = Client(SERVER_NAME="other.example.org")
    assert 'class="nameplate"' not in other.get("/en/browse/").content.decode()


def test_a_restored_backup_counts_anew_and_has_other_versions() -> None:
    before = versions.Change.objects.create(key="x", at=timezone.now())
    value = versions.read(["x"])["x"].value
    before.delete()
    versions.Change.objects.create(pk=before.pk, key="x", at=timezone.now() + timedelta(seconds=1))
    assert versions.read(["x"])["x"].value != value


def test_a_late_commit_shows_though_old_rows_were_forgotten() -> None:
    def changes(*pks: int) -> str:
        versions.Change.objects.all().delete()
        now = timezone.now().replace(microsecond=0)
        versions.Change.objects.bulk_create(versions.Change(pk=pk, key="x", at=now) for pk in pks)
        return versions.read(["x"])["x"].value.rpartition(".")[0].rpartition(".")[0]

    assert changes(4, 6) != changes(5, 6)


def test_more_stories_than_a_query_takes_touch_the_site() -> None:
    before = versions.read([versions.SITE])
    events.stories_changed(range(1, 300_001))
    assert versions.read([versions.SITE]) != before
