"""An editor uploads photographs and puts them into stories."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from playwright.sync_api import FilePayload, Page, expect
from wagtail.models import Collection, GroupCollectionPermission

from archive.models import ArchiveImage, ArticlePage
from archive.stories.actions import issue_for
from archive.text.language import CHINESE, ENGLISH, column
from tests.browser import acting
from tests.factories import (
    DAY,
    block,
    make_article,
    make_body,
    make_editor,
    make_image,
    make_publication,
)
from tests.photos import files

IPTC = {
    120: "The port at dawn",
    110: "Li Ming / China Daily",
    116: "© 2015 China Daily",
    90: "Zhanjiang",
}
SAID = {"caption_en": IPTC[120], "credit": IPTC[110], "rights": IPTC[116], "place": IPTC[90]}


def photo(name: str, width: int) -> FilePayload:
    """A file to upload; no two widths look alike, so that none is taken for a double."""
    block = files.iim(IPTC, "utf-8", files.UTF_8)
    data = files.jpeg(block, files.picture(size=(width, 40)))
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


PHOTO = photo("port.jpg", 60)


@pytest.fixture
def editor(db: None) -> User:
    """An editor who may add photographs."""
    user = make_editor()
    for codename in ("add_image", "change_image", "choose_image"):
        GroupCollectionPermission.objects.create(
            group=user.groups.get(),
            collection=Collection.get_first_root_node(),
            permission=Permission.objects.get(
                content_type__app_label="wagtailimages", codename=codename
            ),
        )
    return user


def test_an_uploaded_photograph_says_what_its_file_says(open_tab, editor):
    page = open_tab(editor)
    acting.visit(page, "wagtailimages:add")
    page.locator("#id_file").set_input_files(PHOTO)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    acting.visit(page, "wagtailimages:edit", ArchiveImage.objects.get().pk)
    for name, text in SAID.items():
        expect(page.locator(f"[name={name}]")).to_have_value(text)


@pytest.mark.parametrize(
    "interface", [ENGLISH, pytest.param(CHINESE, marks=pytest.mark.exhaustive)]
)
def test_each_of_many_photographs_shows_what_its_file_says(open_tab, editor, interface):
    page = open_tab(editor, interface)
    acting.visit(page, "wagtailimages:add_multiple")
    page.locator("#fileupload").set_input_files([PHOTO, photo("quay.jpg", 90)])
    for name, text in SAID.items():
        boxes = page.locator(f"#upload-list [name$=-{name}]")
        expect(boxes).to_have_count(2)
        expect(boxes.last).to_have_value(text)


def test_a_photograph_chosen_for_a_story_is_published_with_its_credit(open_tab, editor):
    make_image(title="The port", credit="Li Ming", rights="© 2015 China Daily")
    page = open_tab(editor)
    open_story_with_picture(page)
    choose_picture(page, "The port")
    acting.press(page, "publish")
    page.goto("/en/china-daily/2015/09/22/ships/")
    expect(page.locator("figure img")).to_be_visible()
    expect(page.locator("figcaption")).to_contain_text("Li Ming")


@pytest.mark.exhaustive
def test_a_photograph_can_be_uploaded_where_it_is_used(open_tab, editor):
    page = open_tab(editor)
    open_story_with_picture(page)
    acting.wait_until_watched(page)
    upload_picture(page)
    acting.wait_for_autosave(page)
    image = ArchiveImage.objects.get()
    assert {name: getattr(image, name) for name in SAID} == SAID
    story = ArticlePage.objects.get().get_latest_revision_as_object()
    assert story.source("body")[0].value["image"] == image


@pytest.mark.exhaustive
def test_a_photograph_without_rights_keeps_a_story_from_readers(open_tab, editor):
    make_image(title="The port", credit="Li Ming", **{column("alt_text", ENGLISH): "Cranes"})
    article = make_article("Ships", live=False, body=[])
    page = open_tab(editor)
    acting.edit(page, article)
    block = acting.add_block(page, ENGLISH, "image")
    choose_picture(page, "The port")
    block.locator("textarea").fill("The port at dawn")
    acting.press(page, "publish")
    message = "The picture “The port” has no copyright notice. Add what is missing to the picture"
    expect(acting.errors(page).filter(has_text=message)).to_be_visible()
    expect(acting.body_blocks(page, ENGLISH).locator("textarea")).to_have_value("The port at dawn")
    article.refresh_from_db()
    assert not article.live


def test_a_picture_becomes_the_lead_picture_by_one_click(open_tab, editor):
    image = make_image(title="The port", credit="Li Ming", rights="©")
    picture = {"image": image.pk, "caption": "The port", "alt_text": "Cranes", "credit": ""}
    body = [
        *(block("paragraph", f"<p>{text}</p>") for text in ("One.", "Two.")),
        block("image", picture),
    ]
    article = make_article("Ships", live=False, body=body)
    page = open_tab(editor)
    acting.edit(page, article)
    page.get_by_role("button", name="Use as the lead picture").click()
    expect(page.get_by_role("button", name="Use as the lead picture")).to_have_count(0)
    acting.press(page)
    story = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    kinds = [one.block_type for one in story.source("body")]
    assert kinds == ["image", "paragraph", "paragraph"]


DROP = """(block, { name, type, bytes }) => {
  const files = new DataTransfer();
  files.items.add(new File([new Uint8Array(bytes)], name, { type }));
  const options = { dataTransfer: files, bubbles: true, cancelable: true };
  block.dispatchEvent(new DragEvent("drop", options));
}"""


def drop(page: Page, name: str, data: bytes, type_: str = "image/jpeg") -> None:
    paragraph = acting.body_blocks(page, ENGLISH).first
    paragraph.evaluate(DROP, {"name": name, "type": type_, "bytes": list(data)})


def test_a_save_waits_for_a_picture_that_is_on_its_way(open_tab, editor):
    story = make_article("Ships", live=False, body=make_body("Boats came."))
    page = open_tab(editor)
    acting.edit(page, story)
    acting.wait_until_watched(page)
    held = acting.Held(page, re.compile("story-form/picture/"))
    drop(page, "ferry.jpg", PHOTO["buffer"])
    held.wait()
    page.keyboard.press("ControlOrMeta+s")
    acting.pause(page, 1_000)
    expect(acting.messages(page)).not_to_contain_text("has been")
    with page.expect_event("load"):
        held.release()
    draft = ArticlePage.objects.get().get_latest_revision_as_object()
    assert [one.block_type for one in draft.body_en] == ["paragraph", "image"]


@pytest.mark.parametrize("is_picture", [True, False])
def test_why_a_picture_is_refused_is_said_before_a_save(open_tab, editor, is_picture: bool):
    story = make_article("Ships", live=False, body=make_body("Boats came."))
    page = open_tab(editor, meets=(400,))
    acting.edit(page, story)
    acting.wait_until_watched(page)
    held = acting.Held(page, re.compile("story-form/picture/"))
    drop(page, "ferry.jpg", b"no picture", "image/jpeg" if is_picture else "application/pdf")
    said = page.locator("[data-form-words]")
    if is_picture:
        held.wait()
        page.keyboard.press("ControlOrMeta+s")
        acting.pause(page, 500)
        held.release()
        told = acting.messages(page)
        expect(told).to_contain_text("ferry.jpg: ")
        expect(told).to_contain_text("Nothing was sent")
    expect(said).to_contain_text("ferry.jpg: ")
    expect(said).to_be_in_viewport()
    acting.press(page)
    expect(acting.messages(page)).to_contain_text("has been")


def test_a_picture_that_is_mended_elsewhere_lacks_nothing_on_return(open_tab, editor):
    image = make_image(title="The port", credit="Li Ming", rights="")
    value = {"image": image.pk, "caption": "", "alt_text": "Cranes", "credit": ""}
    story = make_article("Ships", live=False, body=[block("image", value)])
    page = open_tab(editor)
    acting.edit(page, story)
    line = page.locator("[data-missing]").get_by_text("no copyright notice")
    lead = page.get_by_role("link", name="Add to the picture: copyright notice")
    expect(lead).to_have_attribute("href", re.compile(f"/{image.pk}/#id_rights$"))
    line.click()
    expect(lead).to_be_focused()
    image.rights = "© China Daily"
    image.save()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("[data-missing]")).to_contain_text("Nothing is missing")
    expect(lead).to_have_count(0)


def open_story_with_picture(page: Page) -> None:
    issue = issue_for(make_publication(), DAY)
    acting.visit(page, "wagtailadmin_pages:add", "archive", "articlepage", issue.pk)
    acting.type_into(page, "headline_en", "Ships")
    acting.add_block(page, ENGLISH, "image")


def choose_picture(page: Page, title: str) -> None:
    page.get_by_role("button", name="Choose an image").click()
    page.get_by_role("dialog").get_by_role("link", name=title).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    # The form takes it over a moment after the dialog has gone.
    expect(page.locator(".image-chooser:not(.blank)")).to_have_count(1)


def upload_picture(page: Page) -> None:
    page.get_by_role("button", name="Choose an image").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name="Upload").click()
    dialog.locator("input[type=file]").set_input_files(PHOTO)
    dialog.get_by_role("button", name="Upload").click()
    expect(dialog).to_have_count(0)
