"""What a person decides of an item."""

import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from archive.contrib.intake.batches.changes import change_fields
from archive.contrib.intake.batches.decisions import put_back, reject
from archive.contrib.intake.batches.items import SURE, compare, judge
from archive.contrib.intake.batches.policies import batches_for, may_import
from archive.contrib.intake.models import ImportFile, ImportItem
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.storage import private_storage
from archive.models import ArticlePage
from tests.contrib.intake.batches.values import (
    ANOTHER,
    accept,
    accept_above,
    make_batch,
    make_importer,
    make_item,
)
from tests.contrib.intake.importing import import_text, the_story
from tests.contrib.intake.texts import ENGLISH
from tests.factories import make_editor, make_home, make_publication

pytestmark = pytest.mark.django_db
State = ImportItem.State
BARE = "Port opens\nOne sentence that is long enough to be text.\nTwo.\n"


@pytest.fixture(autouse=True)
def home() -> None:
    make_home()


def test_an_accepted_story_is_a_draft_under_its_issue() -> None:
    decision = accept(make_item(), None)
    story = the_story()
    assert (story.live, story.url_path.endswith("/2015/09/22/port-opens-new-route/")) == (
        False,
        True,
    )
    item = ImportItem.objects.get()
    assert (item.state, item.page, item.revision_id) == (
        State.ACCEPTED,
        story,
        story.latest_revision_id,
    )
    assert not decision.is_published


def test_what_is_complete_is_published_and_the_rest_says_what_it_lacks() -> None:
    full, bare = make_batch(ENGLISH, BARE).items.order_by("pk")
    assert accept(full, None, publish=True).is_published
    decision = accept(bare, None, publish=True)
    assert (decision.is_published, decision.lacks) == (False, ["publication", "print_date"])
    story = ArticlePage.objects.get(pk=decision.item.page_id)
    assert (story.live, story.get_parent().specific.is_unfiled) == (False, True)


def test_reasons_are_read_in_the_language_of_whoever_reads() -> None:
    bare = make_item(BARE)
    accept(bare, None, publish=True)
    accept(make_item(), None)
    again = make_item(ENGLISH.replace("Monday", "Tuesday"))
    ArticlePage.objects.filter(pk=again.page_id).update(locked=True)
    [failed] = accept_above(again.batch, None, 0)
    told = ("Give the date on which the story was printed.", "the story is locked in the editor")
    for item, text in zip((bare, failed.item), told, strict=True):
        item.refresh_from_db()
        assert text in item.trouble
        with override("zh-hans"):
            assert item.trouble
            assert not re.search("[a-z]{4}", item.trouble)


def test_the_batch_fills_in_what_the_sources_lack() -> None:
    item = make_item(BARE, publication="Zhanjiang Post", section="Harbour")
    assert item.record["warnings"] == ["No print date found."]
    accept(item, None)
    story = the_story()
    assert (story.publication.title, story.section.title) == ("Zhanjiang Post", "Harbour")
    assert story.get_parent().specific == story.publication


def test_a_record_without_a_headline_has_a_title_of_its_first_words() -> None:
    item = make_item()
    item.record["headline"] = ""
    item.save()
    accept(item, None)
    story = the_story()
    assert (story.headline_en, story.title) == ("", "A new route opened on Monday.")


def test_the_most_doubtful_come_first() -> None:
    batch = make_batch(ENGLISH, BARE)
    assert [item.source for item in batch.items.all()] == ["2.txt", "1.txt"]
    assert batch.items.get(source="2.txt").confidence == 0


def test_all_above_a_confidence_are_accepted_but_duplicates_and_doubtful_ones() -> None:
    batch = make_batch(ENGLISH, ANOTHER, BARE, ENGLISH.replace("new route", "new line"))
    batch.items.exclude(source="3.txt").update(confidence=0.95)
    decisions = accept_above(batch, None, 0.9)
    assert [one.item.source for one in decisions] == ["1.txt", "2.txt"]
    assert accept_above(batch, None, 0.9) == []
    states = dict(batch.items.values_list("source", "state"))
    assert states == {
        "1.txt": State.ACCEPTED,
        "2.txt": State.ACCEPTED,
        "3.txt": State.CHECK,
        "4.txt": State.DUPLICATE,
    }


def test_a_date_that_publication_refuses_is_to_be_looked_at() -> None:
    batch = make_batch(ENGLISH.replace("2015", "2091"), ANOTHER)
    batch.items.update(confidence=0.97)
    late = batch.items.get(source="1.txt")
    compare(late)
    assert (late.state, late.confidence > SURE) == (State.CHECK, True)
    assert late.trouble == "The print date, 22 September 2091, is after tomorrow."
    with override("zh-hans"):
        assert "2091年9月22日" in late.trouble
    assert [one.item.source for one in accept_above(batch, None, 0)] == ["2.txt"]
    late = change_fields(late, None, {"published": "2015-09-22"})
    assert (late.state, late.trouble) == (State.READY, "")


def test_a_date_before_the_papers_first_issue_is_to_be_looked_at() -> None:
    paper = make_publication()
    paper.first_issue = date(2016, 1, 1)
    paper.save()
    assert "first issue of China Daily" in make_item().trouble


def test_one_that_cant_be_stored_is_told_and_the_others_go_on() -> None:
    batch = make_batch(ENGLISH, ANOTHER)
    batch.items.update(confidence=1)
    broken = batch.items.get(source="1.txt")
    broken.record["published"] = "no date"
    broken.save()
    first, second = accept_above(batch, None, 0.9)
    assert (bool(first.error), second.error) == (True, "")
    assert accept_above(batch, None, 0.9) == []
    assert batch.items.get(source="1.txt").state == State.CHECK


def test_a_rejected_story_can_be_put_back_and_accepted() -> None:
    item = reject(make_item(), None)
    assert item.state == State.REJECTED
    with pytest.raises(IntakeError, match="decided"):
        accept(item, None)
    item = put_back(item, None)
    assert item.state in ImportItem.OPEN
    assert accept(item, None).item.page


def test_two_people_accept_a_story_once() -> None:
    item = make_item()
    accept(item, None)
    with pytest.raises(IntakeError, match="nothing was done twice"):
        accept(item, None)
    assert ArticlePage.objects.count() == 1


def test_the_bytes_go_once_all_stories_of_the_file_are_accepted(
    django_capture_on_commit_callbacks: object,
) -> None:
    item = make_item()
    name = item.file.file.name
    assert private_storage().exists(name)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        accept(item, None)
    assert not private_storage().exists(name)
    assert not ImportFile.objects.get().file
    assert ImportItem.objects.get().text == ENGLISH


def test_a_new_version_is_one_of_the_story_that_the_person_saw(tmp_path: object) -> None:
    import_text(tmp_path)  # type: ignore[arg-type]
    item = make_item(ENGLISH.replace("two berths", "nine berths"))
    assert item.page == the_story()
    accept(item, None)
    assert the_story().revisions.count() == 2


def test_two_texts_of_the_same_day_page_and_headline_are_two_stories() -> None:
    other = "Port opens new route\n" + ANOTHER.split("\n", 1)[1].replace("09/23", "09/22")
    batch = make_batch(ENGLISH, other.replace("page4", "page17"))
    for item in batch.items.order_by("pk"):
        accept(item, None)
    assert ArticlePage.objects.count() == 2
    again = make_batch(ENGLISH, other.replace("page4", "page17"))
    assert {item.state for item in again.items.all()} == {State.DUPLICATE}
    assert {item.page_id for item in again.items.all()} == set(
        ArticlePage.objects.values_list("pk", flat=True)
    )


def test_rights_are_by_paper() -> None:
    times = make_publication("times", en="Times", zh="泰晤士报")
    person = make_importer(paper=times)
    item = make_batch(ENGLISH, user=person).items.get()
    with pytest.raises(IntakeError, match="permission"):
        accept(item, person)
    assert not ArticlePage.objects.exists()
    assert ImportItem.objects.get().state != State.ACCEPTED


def test_a_batch_is_its_makers_and_the_editors_of_the_whole_archive() -> None:
    person, other = make_importer("one"), make_importer("other")
    everywhere = make_importer("everywhere", paper=make_home())
    batch = make_batch(ENGLISH, user=person)
    assert [list(batches_for(one)) for one in (person, other, everywhere)] == [
        [batch],
        [],
        [batch],
    ]
    with pytest.raises(PermissionDenied):
        accept(batch.items.get(), other)
    assert not may_import(make_editor("writer", make_publication("times", en="Times")))


def test_a_story_without_a_paragraph_of_text_is_never_sure() -> None:
    item = make_item()
    assert item.state == ImportItem.State.READY
    item.record["blocks"] = [{"type": "list", "text": "Two\nThree", "markup": ""}]
    judge(item)
    assert item.state == ImportItem.State.CHECK
    assert item.confidence < SURE
