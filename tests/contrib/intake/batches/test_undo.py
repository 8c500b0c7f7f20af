"""A whole batch is undone exactly, but for what people have changed since."""

from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import Page

from archive.contrib.intake.batches.undo import last_undo, undo_batch
from archive.contrib.intake.models import ImportBatch, ImportItem
from archive.contrib.intake.records import IntakeError
from archive.desk.actions import open_translation
from archive.models import ArticlePage, Author, IssuePage, PublicationPage
from tests.contrib.intake.batches.values import (
    ANOTHER,
    accept,
    make_batch,
    make_importer,
    rows_of_all_tables,
)
from tests.contrib.intake.importing import edit, import_text, the_story
from tests.contrib.intake.texts import CHINESE, ENGLISH
from tests.factories import make_article, make_home, make_user, translate

pytestmark = pytest.mark.django_db

CORRECTED = ENGLISH.replace("two berths", "nine berths").replace("Wang Wei", "Zhao Min")
ELSEWHERE = ENGLISH.replace("China Daily 09", "Global Times 09")
BARE = "Port opens\nOne sentence that is long enough to be text.\nTwo.\n"


@pytest.fixture(autouse=True)
def home() -> None:
    make_home()


def accepted(*texts: str, publish: bool = False, **options: str) -> ImportBatch:
    batch = make_batch(*texts, **options)
    for item in batch.items.order_by("pk"):
        # The other language of a story is accepted with it.
        if batch.items.filter(pk=item.pk, state__in=ImportItem.OPEN).exists():
            accept(item, None, publish=publish)
    return batch


def compare(before: dict[str, list[str]]) -> None:
    after = rows_of_all_tables()
    for table, rows in before.items():
        assert after[table] == rows, table


def test_drafts_go_with_all_that_the_batch_made_for_them() -> None:
    before = rows_of_all_tables()
    # The Chinese text is the translation of the first one.
    chinese = CHINESE.replace("中国日报", "环球时报")
    undone = undo_batch(accepted(ELSEWHERE, ANOTHER, chinese, BARE, section="Harbour"), None)
    assert (len(undone.deleted), undone.reverted, undone.excepted, undone.kept) == (3, [], [], [])
    compare(before)


def test_a_story_gets_its_former_version_again(tmp_path: Path) -> None:
    import_text(tmp_path)
    before = rows_of_all_tables()
    undone = undo_batch(accepted(CORRECTED), None)
    assert (undone.deleted, len(undone.reverted), undone.excepted) == ([], 1, [])
    compare(before)


def test_a_draft_over_a_live_story_goes_and_readers_never_saw_it(tmp_path: Path) -> None:
    import_text(tmp_path, publish=True)
    before = rows_of_all_tables()
    undo_batch(accepted(CORRECTED), None)
    compare(before)


def test_readers_get_the_text_again_that_they_had(tmp_path: Path) -> None:
    import_text(tmp_path, publish=True)
    story = the_story()
    batch = accepted(CORRECTED, publish=True)
    assert "nine berths" in str(the_story().body_en)
    undo_batch(batch, None)
    again = the_story()
    assert "two berths" in str(again.body_en)
    for name in ("last_published_at", "live_revision_id", "latest_revision_id", "import_digest"):
        assert getattr(again, name) == getattr(story, name), name
    assert again.revisions.count() == 1
    assert not Author.objects.filter(name_en="Zhao Min").exists()


def test_a_draft_that_the_batch_published_is_a_draft_again(tmp_path: Path) -> None:
    import_text(tmp_path)
    story = the_story()
    undo_batch(accepted(CORRECTED, publish=True), None)
    again = the_story()
    assert (again.live, again.first_published_at) == (False, None)
    assert again.latest_revision_id == story.latest_revision_id


def test_published_stories_go_from_the_archive() -> None:
    before = Page.objects.count()
    undone = undo_batch(accepted(ELSEWHERE, publish=True), None)
    assert (len(undone.deleted), undone.kept) == (1, [])
    assert Page.objects.count() == before


def test_a_story_edited_since_stays_and_is_listed() -> None:
    batch = accepted(ENGLISH, ANOTHER)
    story = ArticlePage.objects.get(headline_en="Port opens new route")
    edit(story, standfirst="The editor's own words")
    undone = undo_batch(batch, None)
    assert [(item.page, reason) for item, reason in undone.excepted] == [(story, "edited since")]
    assert list(ArticlePage.objects.all()) == [story]
    assert story.publication_id in PublicationPage.objects.values_list("pk", flat=True)


@pytest.mark.parametrize(
    ("publishes", "told"),
    [(True, "published or taken back since"), (False, "saved again since, without a change")],
)
def test_a_story_that_nobody_edited_is_not_said_to_be_edited(publishes: bool, told: str) -> None:
    batch = accepted(ENGLISH)
    revision = edit(ArticlePage.objects.get())
    if publishes:
        revision.publish()
    assert [reason for _item, reason in undo_batch(batch, None).excepted] == [told]


def test_a_story_translated_or_published_since_stays() -> None:
    batch = accepted(ENGLISH, ANOTHER)
    first, second = ArticlePage.objects.order_by("pk")
    for story in (first, second):
        story.latest_revision.publish()
    translate(ArticlePage.objects.get(pk=first.pk))
    reasons = [reason for _item, reason in undo_batch(batch, None).excepted]
    assert reasons == ["published or taken back since"] * 2


def test_what_another_story_uses_stays() -> None:
    batch = accepted(ENGLISH)
    author = Author.objects.get()
    story = make_article("By hand", live=False, day=IssuePage.objects.get().print_date)
    draft = story.get_latest_revision_as_object()
    draft.bylines.create(author=author)
    draft.save_revision()
    undone = undo_batch(batch, None)
    assert list(Author.objects.all()) == [author]
    assert story.get_parent().specific in IssuePage.objects.all()
    assert "Wang Wei (Story: “By hand”)" in undone.kept


def test_a_story_that_the_person_may_not_delete_stays() -> None:
    batch = accepted(ENGLISH)
    person = make_importer("all", paper=make_home(), verbs=("add",))
    undone = undo_batch(batch, person)
    assert "permission" in undone.excepted[0][1]
    assert ArticlePage.objects.exists()


def test_a_batch_is_undone_once() -> None:
    batch = accepted(ENGLISH)
    undo_batch(batch, make_user("boss", is_superuser=True))
    assert batch.state == ImportBatch.State.UNDONE
    with pytest.raises(IntakeError, match="was undone"):
        undo_batch(batch, None)


def test_what_had_not_been_accepted_can_be_after_the_undo() -> None:
    batch = make_batch(ENGLISH, ENGLISH.replace("By Wang Wei\n", ""), ANOTHER)
    first, like, other = batch.items.order_by("pk")
    accept(first, None)
    assert len(undo_batch(batch, None).deleted) == 1
    like.refresh_from_db()
    assert like.state == ImportItem.State.CHECK
    for item in (like, other):
        accept(item, None)
    last = last_undo(batch)
    assert last is not None
    assert last.deleted == [first]
    assert len(undo_batch(batch, None).deleted) == 2
    assert batch.state == ImportBatch.State.UNDONE
    assert not ArticlePage.objects.exists()


def test_two_batches_that_changed_a_story_are_undone_the_last_first() -> None:
    first = accepted(ENGLISH)
    before = rows_of_all_tables()
    second = accepted(CORRECTED)
    assert len(undo_batch(second, None).reverted) == 1
    compare(before)
    assert len(undo_batch(first, None).deleted) == 1


@pytest.mark.parametrize("at_desk", [False, True])
def test_a_story_in_which_somebody_types_stays_and_says_who(at_desk: bool) -> None:
    batch = accepted(ENGLISH)
    thing = open_translation(the_story()) if at_desk else Page.objects.get(pk=the_story().pk)
    EditingSession.objects.create(
        user=make_user("lina", first_name="Li", last_name="Na"),
        content_type=ContentType.objects.get_for_model(thing),
        object_id=str(thing.pk),
        last_seen_at=timezone.now(),
        is_editing=True,
    )
    ((_item, reason),) = undo_batch(batch, None).excepted
    assert (reason, the_story().title) == ("being edited now (Li Na)", "Port opens new route")
