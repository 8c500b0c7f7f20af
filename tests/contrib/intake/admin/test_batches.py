"""The screens of a batch: made, read, listed, accepted together, undone, deleted."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import html
from pytest_django import DjangoAssertNumQueries

from archive.contrib.intake.admin import batch_views
from archive.contrib.intake.batches.actions import add_file, create_batch
from archive.contrib.intake.models import ImportBatch, ImportItem
from archive.models import ArticlePage
from tests.contrib.intake.admin.screens import address, batch_of, importer_client
from tests.contrib.intake.batches.values import ANOTHER
from tests.contrib.intake.importing import edit, latest
from tests.contrib.intake.texts import CHINESE, ENGLISH
from tests.factories import make_editor, make_home

pytestmark = pytest.mark.django_db
State = ImportItem.State


@pytest.fixture
def client() -> Client:
    return importer_client()


def _file(text: str = ENGLISH, name: str = "port.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def test_files_and_a_text_become_a_batch_that_the_page_reads(client: Client) -> None:
    data = {"uploads": [_file(), _file(ANOTHER, "canal.txt")], "text": "Pasted\nA text.\n"}
    found = client.post(address("new"), data, follow=True)
    batch = ImportBatch.objects.get()
    assert found.redirect_chain[-1][0] == address("batch", batch)
    assert [one.name for one in batch.files.all()] == ["port.txt", "canal.txt", "pasted text"]
    # A busy machine reads some of them with each request, one at least.
    for _file_by_file in range(3):
        answer = client.post(address("read", batch), headers={"Accept": "application/json"})
    assert answer.json() == {"read": 3, "total": 3, "done": True}
    assert "Port opens new route" in client.get(address("batch", batch)).content.decode()


def test_a_page_without_scripts_reads_by_its_button_and_a_link_reads_nothing(
    client: Client,
) -> None:
    batch = create_batch(client.user)
    add_file(batch, client.user, "port.txt", ENGLISH.encode())
    page = client.get(address("batch", batch), {"read": "on"}).content.decode()
    assert not batch.items.exists()
    assert f'action="{address("read", batch)}"' in page
    client.post(address("read", batch))
    assert batch.items.count() == 1


def test_a_refused_form_keeps_what_was_typed(client: Client) -> None:
    found = client.post(address("new"), {"publication": "Zhanjiang Post", "date_from": "name"})
    page = found.content.decode()
    assert found.status_code == 422
    assert 'value="Zhanjiang Post"' in page
    assert "Choose at least one file, or paste a text." in page
    assert not ImportBatch.objects.exists()


def test_a_script_gets_its_answers_as_data_and_adds_files_in_portions(client: Client) -> None:
    wants = {"Accept": "application/json"}
    refused = client.post(address("new"), {}, headers=wants)
    assert (refused.status_code, len(refused.json()["errors"])) == (422, 1)
    data = {"uploads": [_file()], "more": "on"}
    added = client.post(address("new"), data, headers=wants).json()["add"]
    answer = client.post(added, {"uploads": [_file(ANOTHER)]}, headers=wants).json()
    batch = ImportBatch.objects.get()
    assert (answer["address"], batch.files.count()) == (address("batch", batch), 2)


def test_a_folder_can_be_read_only_where_the_setting_allows_it(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    assert "folder" not in client.get(address("new")).context["form"].fields
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "port.txt").write_text(ENGLISH)
    settings.ARCHIVE_INTAKE_FOLDERS = [str(tmp_path / "in")]
    refused = client.post(address("new"), {"folder": str(tmp_path)})
    assert "not among those that the site allows" in refused.content.decode()
    client.post(address("new"), {"folder": str(tmp_path / "in")})
    assert [one.name for one in ImportBatch.objects.get().files.all()] == ["port.txt"]


def test_what_the_files_dont_say_is_filled_in(client: Client) -> None:
    data = {"text": "Port opens\nOne sentence is here.\n", "publication": "Zhanjiang Post"}
    client.post(address("new"), data)
    batch = ImportBatch.objects.get()
    client.post(address("read", batch))
    assert batch.items.get().record["publication"] == "Zhanjiang Post"


def test_the_most_doubtful_stand_first_and_halves_together(client: Client) -> None:
    batch = batch_of(client, ENGLISH, ANOTHER, "Third\nSome words stand here.\n")
    for item, (confidence, group) in zip(
        batch.items.order_by("pk"), [(0.3, "a"), (0.5, ""), (0.9, "a")], strict=True
    ):
        ImportItem.objects.filter(pk=item.pk).update(confidence=confidence, group=group)
    rows = client.get(address("batch", batch)).context["rows"]
    assert [(row.percent, row.is_continued) for row in rows] == [
        (30, False),
        (90, True),
        (50, False),
    ]


@pytest.mark.parametrize("way", ["list", "review"])
@pytest.mark.parametrize("state", ["ready", "check"])
def test_what_is_to_be_looked_at_is_published_once_that_is_asked_for(
    client: Client, way: str, state: str
) -> None:
    batch = batch_of(client, ENGLISH)
    batch.items.update(state=state)
    item = batch.items.get()
    if way == "list":
        answer = client.post(address("decide", batch), {"do": f"publish:{item.pk}"})
    else:
        answer = client.post(address("item", batch, item), {"do": "publish"})
    if state == "check":
        assert not ArticlePage.objects.exists()
        page = client.get(answer.url).content.decode()
        assert "Publish this story?" in page
        assert "marked “Look at this”" in page
        answer = client.post(answer.url)
    assert ArticlePage.objects.get().live
    assert answer.url == address("batch", batch)


def test_a_translation_to_be_looked_at_is_asked_about_with_its_story(client: Client) -> None:
    batch = batch_of(client, ENGLISH, CHINESE)
    story, other = batch.items.order_by("pk")
    batch.items.update(state="ready")
    ImportItem.objects.filter(pk=other.pk).update(state="check")
    answer = client.post(address("item", batch, story), {"do": "publish"})
    assert other.headline in client.get(answer.url).content.decode()
    assert not ArticlePage.objects.exists()


def test_counts_are_filters(client: Client) -> None:
    batch = batch_of(client, ENGLISH, ENGLISH, b"\x00\x01\x02\x03".decode("latin-1") * 9)
    found = client.get(address("batch", batch), {"state": "failed"})
    counts = {tab["state"]: tab["count"] for tab in found.context["tabs"]}
    assert (counts[""], counts["failed"], counts["duplicate"]) == (3, 1, 1)
    assert [row.item.state for row in found.context["rows"]] == ["failed"]


def test_a_list_costs_the_same_for_any_number_of_stories(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    batch = batch_of(client, ENGLISH, ANOTHER)
    client.get(address("batch", batch))
    with django_assert_max_num_queries(16):
        client.get(address("batch", batch))


@pytest.mark.parametrize(
    ("verb", "state"), [("accept", State.ACCEPTED), ("reject", State.REJECTED)]
)
def test_a_button_of_a_row_decides(client: Client, verb: str, state: str) -> None:
    item = batch_of(client, ENGLISH).items.get()
    client.post(address("decide", item.batch), {"do": f"{verb}:{item.pk}"})
    item.refresh_from_db()
    assert (item.state, ArticlePage.objects.exists()) == (state, verb == "accept")


def test_a_rejected_story_is_put_back(client: Client) -> None:
    item = batch_of(client, ENGLISH).items.get()
    for verb in ("reject", "put_back"):
        client.post(address("decide", item.batch), {"do": f"{verb}:{item.pk}"})
    assert ImportItem.objects.get().state in ImportItem.OPEN


@pytest.mark.parametrize("value", ["accept:", "accept:999", "steal:1", "accept:²"])
def test_a_made_up_button_is_refused_with_a_reason(client: Client, value: str) -> None:
    batch = batch_of(client, ENGLISH)
    found = client.post(address("decide", batch), {"do": value}, follow=True)
    assert found.status_code == 200
    assert not ArticlePage.objects.exists()


def test_all_above_a_confidence_are_accepted_after_a_confirmation(client: Client) -> None:
    batch = batch_of(client, ENGLISH, ANOTHER)
    batch.items.update(state=State.READY, confidence=0.95)
    batch.items.filter(source="2.txt").update(confidence=0.4)
    asked = client.get(address("accept_above", batch), {"confidence": "90"})
    assert asked.context["count"] == 1
    assert not ArticlePage.objects.exists()
    client.post(address("accept_above", batch), {"confidence": "90", "publish": "on"})
    assert ArticlePage.objects.get().live


def test_what_the_confirmation_does_not_list_is_shown_before_it_is_accepted(client: Client) -> None:
    batch = batch_of(client, ENGLISH, ANOTHER)
    batch.items.update(state=State.READY, confidence=0.95)
    batch.items.filter(source="2.txt").update(confidence=0.4)
    asked = client.get(address("accept_above", batch), {"confidence": "90"})
    told = {"told": asked.context["form"]["told"].value()}
    shown = client.post(address("accept_above", batch), {**told, "confidence": "40"})
    assert (shown.context["count"], ArticlePage.objects.count()) == (2, 0)
    told = {"told": shown.context["form"]["told"].value()}
    client.post(address("accept_above", batch), {**told, "confidence": "40"})
    assert ArticlePage.objects.count() == 2


def test_each_story_accepted_with_others_has_its_history() -> None:
    client = importer_client(paper=make_home())
    batch = batch_of(client, ENGLISH, ANOTHER)
    batch.items.update(state=State.READY, confidence=0.95)
    client.post(address("accept_above", batch), {"confidence": "90", "publish": "on"})
    for story in ArticlePage.objects.all():
        page = client.get(reverse("wagtailadmin_pages:history", args=[story.pk])).text
        assert [word for word in ("Created", "Imported", "Published") if word not in page] == []


UNDATED = """Ferry strike ends
The strike at the ferry line has ended after nine days of talks, the union said.
Boats will leave the northern pier again on Monday from six in the morning on.
"""


def test_of_many_it_is_said_which_stay_drafts_and_why() -> None:
    client = importer_client(paper=make_home())
    batch = batch_of(client, ENGLISH, UNDATED)
    batch.items.update(state=State.READY, confidence=0.95)
    data = {"confidence": "90", "publish": "on"}
    found = client.post(address("accept_above", batch), data, follow=True)
    (message,) = map(str, found.context["messages"])
    words = " ".join(html.fromstring(message).text_content().split())
    assert words.startswith(
        "1 story published. 1 draft made. These stay drafts: Ferry strike ends:"
    )
    assert "Give the date on which the story was printed." in words


def accept_all(client: Client, batch: ImportBatch, **options: str) -> str:
    """The message of it."""
    batch.items.update(state=State.READY, confidence=0.95)
    data = {"confidence": "90", **options}
    found = client.post(address("accept_above", batch), data, follow=True)
    return "".join(map(str, found.context["messages"]))


def test_of_many_a_version_of_a_published_story_is_a_change_to_it_and_no_draft() -> None:
    client = importer_client(paper=make_home())
    accept_all(client, batch_of(client, ENGLISH), publish="on")
    again = batch_of(client, ENGLISH.replace("two berths", "three berths"), ANOTHER)
    told = accept_all(client, again)
    assert "<p>1 draft made.</p>" in told
    assert "<p>1 change to a published story waits for publication.</p>" in told


def test_of_two_corrections_of_a_story_the_second_says_why_it_waits_and_then_replaces_it() -> None:
    client = importer_client(paper=make_home())
    accept_all(client, batch_of(client, ENGLISH), publish="on")
    texts = [ENGLISH.replace("two berths", f"{number} berths") for number in ("three", "four")]
    batch = batch_of(client, *texts)
    assert "somebody has changed this story" in accept_all(client, batch)
    story = ArticlePage.objects.get()
    assert "three berths" in str(latest(story).body)
    waiting = batch.items.get(state=State.CHECK)
    assert "four berths" in client.get(address("item", batch, waiting)).text
    client.post(address("decide", batch), {"do": f"accept:{waiting.pk}"})
    assert "four berths" in str(latest(ArticlePage.objects.get()).body)
    assert story.revisions.count() == 3


def test_an_acceptance_of_several_requests_tells_of_all_in_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = importer_client(paper=make_home())
    monkeypatch.setattr(batch_views, "_ACCEPT_SECONDS", 0)
    monkeypatch.setattr(batch_views.decisions, "_RANGE", 1)
    batch = batch_of(client, ENGLISH, ANOTHER, UNDATED)
    batch.items.update(state=State.READY, confidence=0.95)
    found = client.post(address("accept_above", batch), {"confidence": "90"})
    rounds = 1
    while found.status_code == 200:
        assert not list(found.context["messages"])
        form = found.context["form"]
        data = {one.html_name: one.value() for one in form if one.value()}
        found = client.post(address("accept_above", batch), data)
        rounds += 1
    page = client.get(found.url).text
    assert rounds == 3
    assert "3 drafts made." in page


def test_undoing_says_first_and_afterwards_what_goes_and_what_stays(client: Client) -> None:
    batch = batch_of(client, ENGLISH, ANOTHER)
    for item in batch.items.all():
        client.post(address("decide", batch), {"do": f"accept:{item.pk}"})
    edit(ArticlePage.objects.get(headline_en="Port opens new route"), dateline="HARBOUR")
    plan = client.get(address("undo", batch)).context["plan"]
    assert [str(item) for item in plan.deleted] == ["Canal bridge closes for repairs"]
    assert [(str(item), why) for item, why in plan.excepted] == [
        ("Port opens new route", "edited since")
    ]
    client.post(address("undo", batch))
    assert ArticlePage.objects.get().headline_en == "Port opens new route"
    page = client.get(address("batch", batch)).content.decode()
    assert "1 story was removed from the archive." in page
    assert 'Rejected <span class="archive-intake__count">0</span>' in page
    assert 'Undone <span class="archive-intake__count">1</span>' in page
    assert "edited since" in page
    # The moment ends in a full stop itself.
    assert ".m.." not in page


def test_a_deleted_list_leaves_its_stories(client: Client) -> None:
    batch = batch_of(client, ENGLISH)
    client.post(address("decide", batch), {"do": f"accept:{batch.items.get().pk}"})
    client.post(address("delete", batch))
    assert (ImportBatch.objects.exists(), ArticlePage.objects.count()) == (False, 1)


def test_whoever_may_not_import_finds_no_menu_item_and_no_screen() -> None:
    mine = importer_client()
    batch = batch_of(mine, ENGLISH)
    client = Client()
    client.force_login(make_editor("other"))
    assert '"/admin/import/"' not in client.get("/admin/").content.decode()
    assert '"/admin/import/"' in mine.get("/admin/").content.decode()
    found: Any = [client.get(address(name, batch)).status_code for name in ("batch", "undo")]
    assert found == [302, 302]


def test_the_list_of_imports_counts_what_waits(client: Client) -> None:
    batch_of(client, ENGLISH, ANOTHER)
    page = client.get(address("index")).content.decode()
    assert "1.txt" in page
    assert "New import" in page
