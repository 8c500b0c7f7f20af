"""A story that an editor has changed since a file was read isn't overwritten unseen."""

import re

import pytest
from django.test import Client

from archive.contrib.intake.batches.changes import change_fields
from archive.contrib.intake.batches.decisions import StoryChangedError
from archive.contrib.intake.models import ImportItem
from archive.contrib.intake.records import IntakeError
from archive.models import ArticlePage
from tests.contrib.intake.admin.screens import address, batch_of, importer_client, posted
from tests.contrib.intake.batches.values import ANOTHER, accept, accept_above, make_item
from tests.contrib.intake.importing import edit, latest, the_story
from tests.contrib.intake.texts import ENGLISH
from tests.factories import make_home

pytestmark = pytest.mark.django_db
State = ImportItem.State
CHANGED = ENGLISH.replace("two berths", "three berths")
CORRECTION = "HARBOUR"


@pytest.fixture
def again() -> ImportItem:
    """A changed file of a published story, read before an editor corrects the story."""
    make_home()
    accept(make_item(), None, publish=True)
    item = make_item(CHANGED)
    assert (item.state, item.error) == (State.READY, "")
    correct()
    return item


def test_a_new_version_is_told_before_it_is_accepted_with_others() -> None:
    client = importer_client()
    posted(client, batch_of(client, ENGLISH).items.get(), do="publish")
    batch = batch_of(client, CHANGED, ANOTHER)
    row = client.get(address("batch", batch)).content.decode()
    assert row.count("Becomes a new version of “Port opens new route”.") == 1
    asked = client.get(address("accept_above", batch), {"confidence": "90"}).content.decode()
    assert "Accept 2 stories?" in asked
    assert "1 text becomes a new version of one that is there." in asked
    assert "No other one has a good part in common" in asked
    assert asked.count("· a new version") == 1


def correct() -> None:
    edit(the_story(), dateline=CORRECTION).publish()


def is_kept() -> bool:
    story = the_story()
    return (story.dateline_en, story.get_latest_revision_as_object().dateline_en) == (
        CORRECTION,
        CORRECTION,
    )


def test_a_correction_stays_until_it_is_compared(again: ImportItem) -> None:
    with pytest.raises(StoryChangedError, match="changed this story in the archive meanwhile"):
        accept(again, None, publish=True)
    assert is_kept()
    again.refresh_from_db()
    assert again.state == State.CHECK
    assert "An editor's version of this story is in the archive" in again.trouble
    with pytest.raises(IntakeError, match="accept this text as a draft"):
        accept(again, None, publish=True)
    assert is_kept()
    accept(again, None)
    draft = latest(the_story())
    assert "three berths" in str(draft.body_en)
    assert draft.dateline_en != CORRECTION
    assert the_story().dateline_en == CORRECTION


@pytest.mark.parametrize("screen", ["batch", "item"])
def test_no_button_takes_an_editors_words_from_readers(screen: str) -> None:
    client: Client = importer_client()
    posted(client, batch_of(client, ENGLISH).items.get(), do="publish")
    correct()
    again = batch_of(client, CHANGED).items.get()
    page = client.get(address(screen, *[again.batch, again][: 1 + (screen == "item")]))
    offers = re.findall(r'name="do" value="(accept|publish)', page.text)
    assert offers == {"batch": [], "item": ["accept"]}[screen]
    assert "words take the place of the editor" in page.text
    client.post(address("decide", again.batch), {"do": f"publish:{again.pk}"})
    assert is_kept()


def test_a_correction_stays_when_all_are_accepted(again: ImportItem) -> None:
    [decision] = accept_above(again.batch, None, 0, publish=True)
    assert decision.error
    assert is_kept()
    assert accept_above(again.batch, None, 0, publish=True) == []
    again.refresh_from_db()
    assert again.state == State.CHECK
    assert "An editor's version of this story is in the archive" in again.trouble


def test_a_version_that_leaves_the_imported_words_is_told_too(again: ImportItem) -> None:
    accept(make_item(CHANGED), None)
    edit(the_story())
    other = make_item(CHANGED.replace("three", "four"))
    edit(the_story())
    [decision] = accept_above(other.batch, None, 0)
    other.refresh_from_db()
    assert (other.state, other.trouble) == (State.CHECK, decision.error)
    assert accept_above(other.batch, None, 0) == []


def test_what_is_typed_in_the_review_is_no_comparison(again: ImportItem) -> None:
    change_fields(again, None, {"section": "Harbour"})
    with pytest.raises(StoryChangedError):
        accept(again, None, publish=True)
    assert is_kept()


def test_the_review_shows_what_changed_in_place_of_storing_it() -> None:
    client: Client = importer_client()
    posted(client, batch_of(client, ENGLISH).items.get(), do="publish")
    again = batch_of(client, CHANGED).items.get()
    correct()
    answer = posted(client, again, do="publish")
    assert answer.url == address("item", again.batch, again)
    page = client.get(answer.url)
    assert "somebody has changed this story in the archive meanwhile" in page.text
    assert '<details class="archive-intake__compare" open>' in page.text
    assert f"<del>{CORRECTION}</del>" in page.text
    assert ArticlePage.objects.get().dateline_en == CORRECTION


ANOTHER_PAPER = ENGLISH.replace("China Daily", "Harbor Gazette").replace(
    "Port opens new route", "A faster way by sea"
)
WITHOUT_STANDFIRST = CHANGED.replace("The service will cut sailing times by a week\n", "")


def test_a_new_version_is_compared_with_its_own_story_and_not_with_another_papers() -> None:
    client: Client = importer_client()
    posted(client, batch_of(client, ENGLISH).items.get(), do="publish")
    story = the_story()
    accept(make_item(ANOTHER_PAPER), None, publish=True)
    again = batch_of(client, CHANGED).items.get()
    assert (again.state, again.page, again.duplicate_of) == (State.READY, story, None)
    page = client.get(address("item", again.batch, again))
    assert {"two", "three"} <= {part.text for one in page.context["before"] for part in one.changes}
    assert 'value="version"' not in page.text


def test_what_an_editor_typed_stays_where_the_file_lacks_it_however_often_it_comes() -> None:
    client: Client = importer_client()
    text = WITHOUT_STANDFIRST.replace("By Wang Wei\n", "")
    posted(client, batch_of(client, text).items.get(), do="publish")
    edit(the_story(), standfirst="An editor's own words")
    for word in ("four", "five"):
        again = batch_of(client, text.replace("three", word)).items.get()
        page = client.get(address("item", again.batch, again))
        assert "<del>An editor" not in page.text
        posted(client, again, do="accept")
        the_story().latest_revision.publish()
        assert the_story().standfirst_en == "An editor's own words"
        assert f"{word} berths" in str(the_story().body_en)


def test_what_only_an_import_has_written_goes_when_the_file_has_it_no_more() -> None:
    make_home()
    accept(make_item(), None)
    accept(make_item(WITHOUT_STANDFIRST), None, publish=True)
    assert the_story().standfirst_en == ""


def test_a_newer_file_of_a_story_that_was_corrected_in_the_review_is_compared_with_it() -> None:
    make_home()
    item = make_item()
    change_fields(item, None, {"headline": "Port opens a new route"})
    accept(item, None, publish=True)
    again = make_item(CHANGED)
    assert (again.page, again.state) == (the_story(), State.CHECK)
    assert "An editor's version of this story is in the archive" in again.trouble
