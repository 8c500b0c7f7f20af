"""A follower of a publication may fail: readers see the publication, and the others run."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.frontend_cache.backends import BaseBackend
from wagtail.search.models import IndexEntry

from archive.models import (
    ArchiveRendition,
    ArticleEntity,
    ArticlePage,
    DraftHint,
    Entity,
    FollowerDue,
    MemoryUnit,
    PictureGap,
    SearchDocument,
    Translation,
    Urgency,
)
from archive.publishing import due, followers
from archive.publishing.followers import catch_up
from tests.contrib.opensearch.server import Server
from tests.factories import (
    block,
    make_article,
    make_body,
    make_entity,
    make_image,
    make_translator,
    translate,
)

pytestmark = pytest.mark.django_db

DOCUMENTED = Path(__file__).resolve().parents[2] / "docs" / "publishing.md"
# Those of apps are tested with them.
NAMES = [name for name, one in vars(followers).items() if isinstance(one, followers.Follower)]
# Which of them run after what; all of those that run after a publication can fail there.
OF_A_STORY = {"MEMORY", "QUEUE", "SEARCH", "EDITORS", "VERSIONS", "MAIL"}
OF_A_TRANSLATION = {"MEMORY", "QUEUE", "SEARCH", "EDITORS"}
OF_A_WITHDRAWAL = {"MEMORY", "QUEUE", "SEARCH", "EDITORS", "VERSIONS"}
OF_A_PICTURE = {"SEARCH", "GAPS"}
# All else goes with its rows.
OF_A_DELETION = {"SEARCH"}


def ranks() -> Any:
    return Translation.objects.order_by("pk").values_list("rank", flat=True)


@dataclass(frozen=True)
class Broken:
    """The followers that ran, in spite of the one that fails; and what the log says."""

    ran: set[str]
    log: pytest.LogCaptureFixture

    @property
    def message(self) -> str:
        records = [one for one in self.log.records if one.name == followers.__name__]
        assert all(one.exc_info for one in records)
        (message,) = {one.getMessage() for one in records}
        return message


@pytest.fixture
def neighbour() -> ArticlePage:
    """Another story about the same event, which nothing relates to the first one yet."""
    article = make_article("Port is enlarged")
    event = make_entity("port-fair", "Port fair", "港口博览会", kind="event")
    article.entity_tags.add(ArticleEntity(entity=event, role="about"))
    article.save_revision().publish()
    return article


@pytest.fixture
def translation(neighbour: ArticlePage) -> Translation:
    """Published, in somebody's hands, of a story with a picture."""
    image = make_image(credit="Li Ming", rights="© China Daily", alt_text_en="Ships")
    picture = {"image": image.pk, "caption": "The port", "alt_text": "", "credit": ""}
    body = [*make_body("First paragraph."), block("image", picture)]
    # Shown once more, and without a caption.
    made = translate(make_article(body=[*body, block("image", {**picture, "caption": ""})]))
    person = make_translator()
    Translation.objects.filter(pk=made.pk).update(assignee=person)
    type(person).objects.filter(pk=person.pk).update(email="translator@example.org")
    return made


@pytest.fixture
def fail(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> Callable[..., Broken]:
    """Lets the followers of these names fail."""

    def break_them(*names: str) -> Broken:
        broken = Broken(set(), caplog)
        for one in NAMES:
            follower = getattr(followers, one)

            def follow(*what: Any, one: str = one, work: Any = follower.follow) -> None:
                if one in names:
                    raise ValueError("odd")
                work(*what)
                broken.ran.add(one)

            monkeypatch.setattr(followers, one, replace(follower, follow=follow))
        return broken

    return break_them


def publish_story(translation: Translation) -> None:
    """With another headline, a tag and a correction; readers have it."""
    story = ArticlePage.objects.get(pk=translation.article_id)
    story.headline_en = "Another"
    correction = block("correction", {"date": "2015-10-01", "text": "<p>It was 1988.</p>"})
    body = [*story.body_en.raw_data, correction]
    story.body_en = story._meta.get_field("body_en").to_python(list(body))
    event = Entity.objects.get(key="port-fair")
    story.entity_tags.add(ArticleEntity(entity=event, role="about"))
    story.save_revision().publish()
    story = ArticlePage.objects.get(pk=story.pk)
    assert (story.headline_en, story.translation_state) == ("Another", "source_changed")


def publish_translation(translation: Translation) -> None:
    segment = translation.segments.get(key="headline")
    segment.target = "新题"
    translation.segments.add(segment)
    translation.save_revision().publish()
    assert ArticlePage.objects.get(pk=translation.article_id).headline_zh_hans == "新题"


def unpublish_story(translation: Translation) -> None:
    ArticlePage.objects.get(pk=translation.article_id).unpublish()
    assert not ArticlePage.objects.get(pk=translation.article_id).live


def delete_story(translation: Translation) -> None:
    ArticlePage.objects.get(pk=translation.article_id).delete()
    assert not ArticlePage.objects.filter(pk=translation.article_id).exists()


def delete_picture(translation: Translation) -> None:
    ArticlePage.objects.get(pk=translation.article_id).lead_image.delete()


EVENTS = [
    *((delete_picture, OF_A_PICTURE, name) for name in sorted(OF_A_PICTURE)),
    *((publish_story, OF_A_STORY, name) for name in sorted(OF_A_STORY)),
    *((publish_translation, OF_A_TRANSLATION, name) for name in sorted(OF_A_TRANSLATION)),
    *((unpublish_story, OF_A_WITHDRAWAL, name) for name in sorted(OF_A_WITHDRAWAL)),
    *((delete_story, OF_A_DELETION, name) for name in sorted(OF_A_DELETION)),
]


@pytest.mark.parametrize(
    ("event", "wanted", "name"),
    EVENTS,
    ids=[f"{event.__name__}-{name}" for event, _wanted, name in EVENTS],
)
def test_it_is_done_whatever_fails(
    translation: Translation, fail: Any, event: Any, wanted: set[str], name: str
) -> None:
    broken = fail(name)
    event(translation)
    assert broken.ran == wanted - {name}
    follower = getattr(followers, name)
    assert follower.name in broken.message
    assert f"manage.py {follower.command}" in broken.message or not follower.command


# What each follower makes, an event that changes it, and the follower.
MADE: dict[str, tuple[Callable[[Translation], None], Callable[[], Any]]] = {
    "MEMORY": (publish_translation, lambda: MemoryUnit.objects.filter(text_zh_hans="新题").count()),
    "GAPS": (delete_picture, PictureGap.objects.count),
    "SEARCH": (publish_story, lambda: set(SearchDocument.objects.values_list("digest", flat=True))),
    "QUEUE": (publish_story, lambda: list(ranks())),
    "EDITORS": (publish_story, lambda: IndexEntry.objects.filter(title="Another").exists()),
    "VERSIONS": (unpublish_story, lambda: DraftHint.objects.exists()),
}


@pytest.mark.parametrize("name", sorted(MADE))
def test_a_command_does_what_was_missed(translation: Translation, fail: Any, name: str) -> None:
    event, made = MADE[name]
    before = made()
    fail(name)
    event(translation)
    assert made() == before
    call_command(*getattr(followers, name).command.split(), verbosity=0)
    assert made() != before


def test_pictures_are_left_to_a_worker_and_to_a_command(translation: Translation) -> None:
    before = ArchiveRendition.objects.count()
    publish_story(translation)
    assert ArchiveRendition.objects.count() == before
    call_command(*followers.PICTURES.command.split(), verbosity=0)
    assert ArchiveRendition.objects.count() > before


@pytest.mark.parametrize("name", sorted(MADE))
def test_what_failed_runs_again(
    translation: Translation, fail: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    event, made = MADE[name]
    before, whole = made(), getattr(followers, name)
    fail(name)
    event(translation)
    assert made() == before
    monkeypatch.setattr(followers, name, whole)
    with pytest.raises(CommandError):
        call_command("check_archive", "followers", verbosity=0)
    call_command("check_archive", "followers", repair=True, verbosity=0)
    assert made() != before
    assert not FollowerDue.objects.exists()


def test_what_fails_again_is_tried_later_and_not_for_ever(
    translation: Translation, fail: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail("SEARCH")
    publish_story(translation)
    monkeypatch.setattr(
        followers, "SEARCH", replace(followers.SEARCH, again=followers.SEARCH.follow)
    )
    waits = []
    while seconds := due.seconds_to_next(followers.names()):
        waits.append(round(seconds / 60))
        FollowerDue.objects.update(due_at=timezone.now())
        assert catch_up() == 1
        assert catch_up() == 0, "It is nobody's turn."
    assert waits == [1, 2, 4, 8]
    assert due.lost_stories(followers.names()) == [translation.article_id]


def test_what_somebody_is_at_is_left_alone(translation: Translation) -> None:
    names = [followers.SEARCH.name, followers.QUEUE.name]
    due.mark_due([translation.article_id], names)
    taken = due.take_due(names, 10)
    assert {row.follower for row in taken} == {*names}
    assert (due.take_due(names, 10), due.lost_stories(followers.names())) == ([], [])


def test_what_is_due_to_an_app_that_is_left_out_waits_and_wakes_nobody(
    translation: Translation,
) -> None:
    due.mark_due([translation.article_id], ["of an app"])
    assert catch_up() == 0
    assert due.seconds_to_next(followers.names()) is None
    assert due.lost_stories(followers.names()) == []
    assert due.is_due("of an app", translation.article_id)


def test_what_is_published_meanwhile_stays_due(translation: Translation) -> None:
    pks, names = [translation.article_id], [followers.SEARCH.name]
    due.mark_due(pks, names)
    taken = due.take_due(names, 10)
    due.mark_due(pks, names)
    due.clear_due(taken)
    assert due.is_due(followers.SEARCH.name, translation.article_id)


def test_many_stories_follow_together(
    translation: Translation, neighbour: ArticlePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = []
    for name in OF_A_STORY - {"MAIL"}:
        follower = getattr(followers, name)
        monkeypatch.setattr(followers, name, replace(follower, follow=together.append))
    with followers.gathered():
        publish_story(translation)
        neighbour.save_revision().publish()
        assert together == []
    both = {translation.article_id, neighbour.pk}
    assert [set(pks) for pks in together if len(pks) > 1] == [both] * 4


def test_a_story_at_fault_holds_up_no_other(
    translation: Translation, neighbour: ArticlePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed = []

    def follow(pks: list[int]) -> None:
        if neighbour.pk in pks:
            raise ValueError("odd")
        followed.extend(pks)

    monkeypatch.setattr(followers, "SEARCH", replace(followers.SEARCH, follow=follow))
    with followers.gathered():
        publish_story(translation)
        neighbour.save_revision().publish()
    assert followed == [translation.article_id]
    assert due.lost_stories(followers.names()) == [neighbour.pk]


def test_a_command_takes_a_deleted_story_out_of_an_engine_of_its_own(
    translation: Translation, settings: Any
) -> None:
    """The database's own texts go with the story; the engine may be away at that moment."""
    Server.start()
    settings.ARCHIVE_SEARCH_ENGINE = "archive.contrib.opensearch.engine.OpenSearchEngine"
    settings.ARCHIVE_SEARCH_OPTIONS = {"index": "paper", "connection_class": Server}
    call_command("check_archive", "search", rebuild=True, verbosity=0)
    before, pk = stored_documents(), translation.article_id
    Server.is_away = True
    delete_story(translation)
    assert stored_documents() == before
    Server.is_away = False
    call_command(*followers.SEARCH.command.split(), verbosity=0)
    assert stored_documents() == before - {str(pk)}


def stored_documents() -> set[str]:
    return set(Server.indices[Server.aliases["paper"]]["documents"])


def test_a_correction_whose_mail_failed_is_urgent_in_the_queue(
    translation: Translation, fail: Any
) -> None:
    fail("MAIL")
    publish_story(translation)
    assert mail.outbox == []
    translation.refresh_from_db()
    assert translation.correction_since
    assert translation.urgency == Urgency.URGENT


def test_every_follower_is_broken_and_repaired_in_turn() -> None:
    assert {name for _event, _wanted, name in EVENTS} == {*NAMES} - {"PICTURES"}
    assert {*MADE, "MAIL", "PICTURES"} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_documentation_names_the_follower_and_its_command(name: str) -> None:
    follower = getattr(followers, name)
    text = DOCUMENTED.read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith(f"| {follower.name}")]
    assert len(rows) == 1
    assert f"| `{follower.command}` |" in rows[0] or "no command" in rows[0]


class Unreachable(BaseBackend):
    """A cache in front of the site that can't be reached."""

    def purge(self, url: str) -> None:
        raise OSError("no route")


def test_a_cache_in_front_may_be_out_of_reach(
    translation: Translation, fail: Any, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    broken = fail()
    settings.WAGTAILFRONTENDCACHE = {"front": {"BACKEND": f"{__name__}.Unreachable"}}
    publish_translation(translation)
    assert broken.ran == OF_A_TRANSLATION
    assert "no route" in caplog.text


def test_nothing_follows_what_is_not_committed(translation: Translation, fail: Any) -> None:
    broken = fail()
    with pytest.raises(ZeroDivisionError):
        publish_and_fail(translation)
    assert broken.ran == set()


def publish_and_fail(translation: Translation) -> None:
    with transaction.atomic():
        translation.save_revision().publish()
        raise ZeroDivisionError


def test_a_withdrawn_translation_is_in_no_memory_or_index(
    translation: Translation, fail: Any
) -> None:
    """Also where all that follows fails."""
    assert MemoryUnit.objects.exists()
    fail(*NAMES)
    translation.unpublish()
    assert not MemoryUnit.objects.exists()
    found = SearchDocument.objects.filter(article=translation.article_id)
    assert "zh-hans" not in found.values_list("language", flat=True)
    story = ArticlePage.objects.get(pk=translation.article_id)
    assert not story.headline_zh_hans
    assert story.translation_state == "in_progress"


def test_screens_say_that_they_are_being_brought_up_to_date(
    translation: Translation, admin_client: Client
) -> None:
    """And no longer than that."""
    edit = reverse("wagtailadmin_pages:edit", args=[translation.article_id])
    screens = [edit, reverse("archive_memory:search"), reverse("archive_reprints:list")]

    def said() -> list[bool]:
        answers = [admin_client.get(screen).content.decode() for screen in screens]
        return ["Being brought up to date" in answer for answer in answers]

    assert said() == [False] * 3
    with followers.gathered():
        publish_story(translation)
        assert said() == [True] * 3
    assert said() == [False] * 3


def test_a_story_that_ends_its_process_is_set_aside_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Ended(BaseException):
        """As if the process were killed: nothing is written after it."""

    stories = [make_article(headline).pk for headline in ("Ships", "Quays", "Cranes")]
    FollowerDue.objects.all().delete()
    done: list[int] = []

    def follow(pks: Any) -> None:
        if stories[1] in pks:
            raise Ended
        done.extend(pks)

    killer = replace(followers.QUEUE, follow=follow)
    monkeypatch.setattr(followers, "QUEUE", killer)
    with transaction.atomic():
        due.mark_due(stories, [killer.name])
    for _attempt in range(due.MOST_ATTEMPTS * 2):
        FollowerDue.objects.update(due_at=timezone.now())
        with suppress(Ended):
            catch_up()
    assert sorted(done) == [stories[0], stories[2]]
    row = FollowerDue.objects.get()
    assert (row.story, row.attempts, row.error) == (stories[1], due.MOST_ATTEMPTS, "")


def test_rows_are_kept_by_whoever_is_still_at_them() -> None:
    FollowerDue.objects.all().delete()
    due.mark_due([1], ["search index"])
    (row,) = due.take_due(["search index"], 1)
    before = row.due_at
    due.keep([row])
    assert row.due_at == before, "Most of the lease is left."
    late = timezone.now() + due.LEASE / 4
    FollowerDue.objects.update(due_at=late)
    row.due_at = late
    due.keep([row])
    assert FollowerDue.objects.get().due_at == row.due_at > late
    due.clear_due([row])
    assert not FollowerDue.objects.exists()
