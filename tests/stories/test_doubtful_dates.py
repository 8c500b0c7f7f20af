"""Print dates: what is no date is an error, what is unlikely is asked about; nothing is silent."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from archive.models import ArticlePage, IssuePage
from archive.stories.publish_guard import PublicationRefusedError
from tests.contrib.intake.importing import import_text, the_story
from tests.contrib.intake.texts import ENGLISH
from tests.desk.helpers import Person, again
from tests.factories import DAY, make_article, make_editor, make_home, make_publication

pytestmark = pytest.mark.django_db
FUTURE = date(2099, 1, 1)
CONFIRMED = "confirmed_print_date"


def draft(day: date | None = DAY) -> ArticlePage:
    story = make_article("Port opens", live=False)
    story.print_date = day
    story.save_revision()
    return story


@pytest.mark.parametrize("typed", ["31 November 2026", "2026-11-31", "2026-02-30", "11/12/2026"])
def test_what_is_no_date_stays_in_the_field_with_an_error(typed: str) -> None:
    form = Person(make_editor()).edits(draft())
    said = form.type(print_date=typed).refused()
    assert "There is no such date" in said
    assert form.data["print_date"] == typed


@pytest.mark.parametrize("typed", ["30 November 2016", "November 30, 2016", "2016年11月30日"])
def test_a_date_is_read_as_people_write_it(typed: str) -> None:
    story = draft()
    Person(make_editor()).edits(story).type(print_date=typed).save()
    assert again(story).get_latest_revision_as_object().print_date == date(2016, 11, 30)


@pytest.mark.parametrize("day", [FUTURE, date(1950, 6, 1)])
def test_an_unlikely_date_is_published_once_it_is_confirmed(day: date) -> None:
    make_publication().__class__.objects.update(first_issue=date(1981, 6, 1))
    story = draft()
    form = Person(make_editor()).edits(story)
    said = form.type(print_date=day.isoformat()).refused("publish")
    assert "The print date, " in said
    assert not again(story).live
    form.data[CONFIRMED] = day.isoformat()
    form.publish()
    assert (again(story).live, again(story).print_date) == (True, day)
    # What readers have isn't asked about again.
    Person(make_editor("second")).edits(again(story)).publish()


def test_a_day_before_all_newspapers_is_an_error_that_nobody_confirms() -> None:
    form = Person(make_editor()).edits(draft())
    form.type(print_date="0215-09-22").data[CONFIRMED] = "0215-09-22"
    assert "older than any newspaper" in form.refused("publish")


def test_tomorrow_is_no_unlikely_date() -> None:
    story = draft()
    tomorrow = localdate() + timedelta(days=1)
    Person(make_editor()).edits(story).type(print_date=tomorrow.isoformat()).publish()
    assert again(story).live


def test_no_other_way_publishes_it_before_somebody_has_confirmed_it() -> None:
    story = draft(FUTURE)
    with pytest.raises(PublicationRefusedError, match="after tomorrow"):
        story.latest_revision.publish()
    form = Person(make_editor()).edits(story)
    form.data[CONFIRMED] = FUTURE.isoformat()
    form.save()
    story = again(story)
    story.latest_revision.publish()
    assert again(story).live


def test_the_list_of_what_is_missing_asks(admin_client: Client) -> None:
    story = draft(FUTURE)
    shown = admin_client.get(reverse("archive_stories:missing", args=[story.pk])).content.decode()
    assert "after tomorrow" in shown
    assert f'name="{CONFIRMED}" value="2099-01-01">' in shown


@pytest.mark.parametrize("dry_run", [False, True])
def test_an_imported_story_stays_a_draft_with_the_reason(tmp_path: Path, dry_run: bool) -> None:
    make_home()
    text = ENGLISH.replace("2015", "2099")
    said = import_text(tmp_path, text, publish=True, dry_run=dry_run)
    assert "after tomorrow" in said
    assert "published" not in said.splitlines()[0].split(":")[1]
    assert dry_run or not the_story().live


def posted(day: str, **more: str) -> dict[str, Any]:
    return {"print_date": day, "action-publish": "action-publish", "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0", **more}  # fmt: skip


def test_an_issue_with_an_unlikely_date_is_confirmed_too(admin_client: Client) -> None:
    year = make_article("Ships", day=date(2098, 12, 31), live=False).get_parent().get_parent()
    address = reverse("wagtailadmin_pages:add", args=["archive", "issuepage", year.pk])
    asked = admin_client.post(address, posted("2098-05-01")).content.decode()
    assert "after tomorrow" in asked
    assert f'name="{CONFIRMED}" value="2098-05-01"' in asked
    admin_client.post(address, posted("2098-05-01", **{CONFIRMED: "2098-05-01"}))
    assert IssuePage.objects.filter(print_date=date(2098, 5, 1)).exists()
