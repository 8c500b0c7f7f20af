"""Undoing an import in the admin, where whatever is made is logged as the importer's."""

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import Client
from django.utils.html import strip_tags
from wagtail.log_actions import log
from wagtail.users.models import UserProfile

from archive.contrib.intake.batches.undo import planned_undo
from archive.contrib.intake.models import ImportBatch
from archive.models import ArticlePage, SectionPage
from tests.contrib.intake.admin.screens import address, batch_of
from tests.contrib.intake.batches.values import ANOTHER, rows_of_all_tables
from tests.contrib.intake.importing import edit
from tests.contrib.intake.texts import CHINESE, ENGLISH
from tests.contrib.intake.translations.values import CHINESE as FERRIES_IN_CHINESE
from tests.contrib.intake.translations.values import ENGLISH as FERRIES
from tests.factories import make_publication, make_user

pytestmark = pytest.mark.django_db
XINHUA = ENGLISH.replace("China Daily", "Xinhua Daily")
STORY = """The {0} tree of {0} street
Xinhua Daily, 22 September 2015

All {0}s of {0} street were counted by the {0} society this week, and each {0} got a number.
"""


@pytest.fixture
def chief() -> Client:
    make_publication()
    client = Client()
    client.user = make_user("chief", is_superuser=True)
    client.force_login(client.user)
    return client


def accepted(chief: Client, *texts: str, verb: str = "accept") -> ImportBatch:
    """A batch whose stories are accepted, with a new publication and a new section."""
    batch = batch_of(chief, *texts, section="Harbour")
    for item in batch.items.order_by("pk"):
        ask = f"{address('item_places', batch, item)}?do={verb}"
        chief.post(ask, dict.fromkeys(chief.get(ask).context["places"].fields, "new"))
    return batch


def said_by(page: str) -> str:
    return " ".join(strip_tags(page).split())


def undo(chief: Client, batch: ImportBatch) -> str:
    return chief.post(address("undo", batch), follow=True).content.decode()


@pytest.mark.parametrize("verb", ["accept", "publish"])
def test_nothing_stays_of_what_the_import_made(chief: Client, verb: str) -> None:
    before = rows_of_all_tables()["wagtailcore_page"]
    batch = accepted(chief, XINHUA, verb=verb)
    assert SectionPage.objects.get(title="Harbour").live == (verb == "publish")
    assert "Of what this import made" not in undo(chief, batch)
    assert rows_of_all_tables()["wagtailcore_page"] == before


def test_a_section_edited_since_stays_and_its_editor_is_named(chief: Client) -> None:
    batch = accepted(chief, XINHUA)
    section = SectionPage.objects.get(title="Harbour")
    log(section, "wagtail.edit", user=make_user("chen"), content_changed=True)
    assert "2 stay: Harbour (edited since (chen))" in said_by(undo(chief, batch))
    assert not ArticlePage.objects.exists()


def test_a_section_that_was_only_published_is_not_said_to_be_edited(chief: Client) -> None:
    batch = accepted(chief, XINHUA)
    chen = make_user("chen", is_superuser=True)
    section = SectionPage.objects.get(title="Harbour")
    # As its form does that was sent unchanged.
    section.save_revision(user=chen, log_action=True, changed=False).publish(user=chen)
    assert "2 stay: Harbour (published or taken back since (chen))" in said_by(undo(chief, batch))


def test_the_page_warns_of_published_stories_by_their_number(chief: Client) -> None:
    batch = accepted(chief, XINHUA, ANOTHER, verb="publish")
    page = chief.get(address("undo", batch)).content.decode()
    assert "2 of them are published: readers lose them." in page
    drafts = accepted(chief, XINHUA.replace("09/22", "09/23"))
    assert "readers lose" not in chief.get(address("undo", drafts)).content.decode()


def test_a_translation_that_goes_with_its_story_is_no_former_version(chief: Client) -> None:
    batch = accepted(chief, ENGLISH, CHINESE)
    plan = planned_undo(batch, chief.user)
    assert (len(plan.deleted), plan.reverted, plan.untranslated) == (1, [], [])
    said = chief.get(address("undo", batch)).content.decode()
    assert "1 translation goes with its story." in said
    page = undo(chief, batch)
    assert "1 story was removed from the archive." in page
    assert "former version" not in page


def test_of_many_the_first_are_named_and_the_others_counted(chief: Client) -> None:
    trees = ("alder", "birch", "cedar", "elm", "fir", "hazel", "larch", "maple")
    batch = accepted(chief, *map(STORY.format, trees))
    screen = BeautifulSoup(chief.get(address("undo", batch)).content, "html.parser")
    assert "8 stories go" in screen.get_text()
    listed = screen.select_one(".archive-intake > ul")
    assert len(listed.select("li")) == 5
    assert screen.select_one("main details summary").get_text() == "3 more"
    for item in batch.items.all():
        log(item.page, "wagtail.edit", user=make_user(f"chen{item.pk}"), content_changed=True)
        item.page.save_revision(user=chief.user)
    page = BeautifulSoup(undo(chief, batch), "html.parser")
    assert "8 stories stay:" in page.get_text()
    assert page.select_one("main .help-block details summary").get_text() == "3 more"


def test_a_line_of_what_stays_is_no_wall_of_text(chief: Client) -> None:
    kept = [f"{year} (edited since (chen))" for year in range(2000, 2025)]
    said = BeautifulSoup(
        render_to_string("archive_intake/kept.html", {"kept": kept}), "html.parser"
    )
    assert "25 stay:" in said.get_text()
    assert said.details.summary.get_text() == "20 more"
    assert len(said.details.select("li")) == 20


def test_only_what_was_accepted_offers_an_undo(chief: Client) -> None:
    batch = batch_of(chief, XINHUA, ANOTHER)
    offer = "Undo this import"
    assert offer not in chief.get(address("batch", batch)).content.decode()
    item = batch.items.order_by("pk")[0]
    ask = f"{address('item_places', batch, item)}?do=accept"
    chief.post(ask, dict.fromkeys(chief.get(ask).context["places"].fields, "new"))
    assert offer in chief.get(address("batch", batch)).content.decode()
    # The other one still waits.
    assert offer not in undo(chief, batch)


def test_a_story_whose_translation_goes_is_untranslated_again(chief: Client) -> None:
    accepted(chief, FERRIES)
    batch = accepted(chief, FERRIES_IN_CHINESE)
    page = chief.get(address("undo", batch)).content.decode()
    assert "1 story is without its translation again" in page
    assert "former version" not in page
    undone = undo(chief, batch)
    assert "1 story is without its translation again." in undone
    assert "0 stories" not in undone
    assert ArticlePage.objects.get().translation_state == "not_started"


def test_notes_and_warnings_are_read_in_the_language_of_whoever_looks(chief: Client) -> None:
    batch = accepted(chief, XINHUA, ANOTHER, "Third\nSome words stand here.\n")
    edit(ArticlePage.objects.get(headline_en="Port opens new route"), dateline="HARBOUR")
    undo(chief, batch)
    profile = UserProfile.get_for_user(chief.user)
    profile.preferred_language = "zh-hans"
    profile.save()
    page = chief.get(address("batch", batch)).content.decode()
    for english, chinese in (
        ("edited since", "此后有编辑"),
        ("undone", "已撤销"),
        ("No print date found.", "未找到见报日期。"),
    ):
        assert (f">{english}" in page, chinese in page) == (False, True), english
