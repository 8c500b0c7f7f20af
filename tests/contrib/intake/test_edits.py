"""An editor's work is never overwritten in silence."""

import json
from pathlib import Path

import pytest

from archive.models import ArticlePage
from tests.contrib.intake.importing import body_of, edit, import_text, latest, the_story
from tests.contrib.intake.texts import CHINESE, ENGLISH
from tests.factories import make_article, make_home

pytestmark = pytest.mark.django_db

CORRECTED = ENGLISH.replace("two berths", "three berths")
EDITED_SINCE = "edited since it was imported; not overwritten; use --force"


@pytest.fixture(autouse=True)
def home() -> None:
    make_home()


def revisions(page: ArticlePage) -> int:
    return page.revisions.count()


@pytest.mark.parametrize("publish", [False, True])
def test_an_edited_story_is_kept_and_the_user_told(tmp_path: Path, publish: bool) -> None:
    import_text(tmp_path, publish=publish)
    edit(the_story(), standfirst="The editor's own words")
    told = import_text(tmp_path, CORRECTED, publish=publish)
    assert EDITED_SINCE in told
    assert latest(the_story()).source("standfirst") == "The editor's own words"
    assert revisions(the_story()) == 2


def test_force_overwrites_and_the_editors_version_stays_in_the_history(tmp_path: Path) -> None:
    import_text(tmp_path)
    edited = edit(the_story(), standfirst="The editor's own words")
    told = import_text(tmp_path, CORRECTED, force=True)
    assert "story.txt: updated" in told
    standfirst = latest(the_story()).source("standfirst")
    assert standfirst == "The service will cut sailing times by a week"
    assert the_story().revisions.filter(pk=edited.pk).exists()


def test_the_same_file_leaves_an_edited_story_alone_without_a_word(tmp_path: Path) -> None:
    import_text(tmp_path)
    edit(the_story(), headline="Another headline")
    told = import_text(tmp_path, publish=True)
    assert EDITED_SINCE not in told
    assert "unchanged" in told
    assert not the_story().live


def test_an_editor_who_only_published_or_tagged_it_changed_no_words(tmp_path: Path) -> None:
    import_text(tmp_path)
    draft = latest(the_story())
    draft.rights = "All rights reserved"
    draft.save_revision().publish()
    assert "updated" in import_text(tmp_path, CORRECTED)


def test_what_an_editor_has_left_out_stays_left_out(tmp_path: Path) -> None:
    row = {"title": "Port opens", "body": "It has two berths.", "publication": "Harbour Post"}
    row |= {"date": "2015-09-22", "hold": "Wait until the mayor confirms"}
    import_text(tmp_path, text := json.dumps(row), "story.jsonl")
    draft = latest(the_story())
    assert not all(one["is_left_out"] for one in draft.unplaced)
    draft.unplaced = [{**one, "is_left_out": True} for one in draft.unplaced]
    draft.save_revision()
    for later in (text.replace("two berths", "three berths"), text):
        told = import_text(tmp_path, later, "story.jsonl", force=True)
        assert "updated" in told
        assert "Not placed" not in told
        assert latest(the_story()).unplaced == draft.unplaced
    assert "Not placed" not in import_text(tmp_path, text, "story.jsonl")


def test_the_rich_text_editors_keys_are_no_edit(tmp_path: Path) -> None:
    import_text(tmp_path, CHINESE)
    draft = latest(the_story())
    for block in draft.source("body"):
        if block.block_type == "paragraph":
            block.value.source = block.value.source.replace("<p>", '<p data-block-key="abc12">')
    draft.save_revision()
    assert "updated" in import_text(tmp_path, CHINESE.replace("两个", "三个"))


def test_an_entity_tagged_in_the_text_is_an_edit(tmp_path: Path) -> None:
    import_text(tmp_path)
    draft = latest(the_story())
    text = draft.source("body")[0].value
    text.source = text.source.replace("route", '<a linktype="entity" id="7">route</a>')
    draft.save_revision()
    assert EDITED_SINCE in import_text(tmp_path, CORRECTED)
    import_text(tmp_path, CORRECTED, force=True)
    assert 'linktype="entity"' in body_of(latest(the_story()))[0]["value"]


def test_a_purged_revision_counts_as_edited(tmp_path: Path) -> None:
    import_text(tmp_path)
    imported = the_story().latest_revision
    edit(the_story())
    imported.delete()
    assert EDITED_SINCE in import_text(tmp_path, CORRECTED)


def test_a_story_typed_in_by_hand_is_not_doubled(tmp_path: Path) -> None:
    make_article("Port opens new route")
    told = import_text(tmp_path)
    assert "already in the archive, not from an import" in told
    assert ArticlePage.objects.count() == 1
    assert "updated" in import_text(tmp_path, force=True)
    assert the_story().import_key
    assert "unchanged" in import_text(tmp_path)


RETITLED = CORRECTED.replace("Port opens new route", "Port opens a new route")


def test_a_newer_file_is_found_though_its_headline_was_corrected(tmp_path: Path) -> None:
    import_text(tmp_path)
    edit(the_story(), headline="Port opens a new route")
    assert EDITED_SINCE in import_text(tmp_path, RETITLED)
    assert "two berths" in str(body_of(latest(the_story())))
    import_text(tmp_path, RETITLED, force=True)
    assert "three berths" in str(body_of(latest(the_story())))


def test_a_newer_file_with_another_headline_changes_its_story(tmp_path: Path) -> None:
    import_text(tmp_path)
    assert "story.txt: updated" in import_text(tmp_path, RETITLED)
    assert latest(the_story()).title == "Port opens a new route"


@pytest.mark.parametrize(
    "other",
    [
        RETITLED.replace("09/22", "09/23"),
        RETITLED.replace("(China Daily ", "(Zhanjiang Post "),
        "Bridge closes\nThe bridge over the old canal closes on Friday.\n"
        "Engineers found cracks in two of its nine piers last month.\n"
        "(China Daily 09/22/2015 page17)\n",
    ],
    ids=["another day", "another paper", "another text"],
)
def test_another_story_of_a_file_with_the_same_name_is_one_of_its_own(
    tmp_path: Path, other: str
) -> None:
    import_text(tmp_path)
    import_text(tmp_path, other)
    assert ArticlePage.objects.count() == 2
