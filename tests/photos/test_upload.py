"""An editor uploads a picture; what its file says is in the form already."""

import json

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import UploadedFile

from archive.photos.models import ArchiveImage
from tests.factories import make_image
from tests.photos import files

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

TEXTS = {"x-default": "The port at dawn", "zh-CN": "黎明时分的湛江港"}
PACKET = files.xmp(
    files.alternatives("dc:description", TEXTS)
    + files.alternatives("Iptc4xmpCore:AltTextAccessibility", {"zh-CN": "码头上的起重机"})
    + files.alternatives("dc:rights", {"x-default": "© 中国日报"}),
    'photoshop:Credit="李明 摄" photoshop:DateCreated="2015-09-22T06:10:00"',
)
UPLOADS = {
    "port.jpg": files.jpeg(xmp=PACKET),
    "port.png": files.png(xmp=PACKET),
    "port.webp": files.webp(xmp=PACKET),
}
every_format = pytest.mark.parametrize("name", UPLOADS)
READ = {
    "caption_en": "The port at dawn",
    "caption_zh_hans": "黎明时分的湛江港",
    "alt_text_zh_hans": "码头上的起重机",
    "credit": "李明 摄",
    "rights": "© 中国日报",
    "date_taken": "2015-09-22",
}


def upload(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, UPLOADS[name])


def add_one(editor, name: str, **typed: str) -> ArchiveImage:
    response = editor.post(
        reverse("wagtailimages:add"), {"file": upload(name), "title": "port", **typed}
    )
    assert response.status_code == 302
    return ArchiveImage.objects.get()


def add_among_many(editor, name: str, **posted: str) -> tuple[dict, dict[str, str]]:
    """Upload through the page for many pictures: its answer, and what its form shows."""
    response = editor.post(
        reverse("wagtailimages:add_multiple"), {"files[]": upload(name), "title": "port", **posted}
    )
    answer = json.loads(response.content)
    form = BeautifulSoup(answer["form"], "html.parser")
    shown = {field["name"].split("-")[-1]: text_of(field) for field in form.select("[name]")}
    return answer, shown


def text_of(field) -> str:
    text = field.get_text() if field.name == "textarea" else field.get("value", "")
    return text.strip()


@every_format
def test_a_single_upload_takes_over_what_the_file_says(editor, name):
    image = add_one(editor, name)
    assert {field: getattr(image, field) for field in READ} == READ
    assert image.title == "The port at dawn"


@every_format
def test_a_large_picture_which_is_kept_on_disk_meanwhile_is_taken(editor, name, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    assert add_one(editor, name).title == "The port at dawn"


def test_the_edit_form_shows_what_was_read(editor):
    image = add_one(editor, "port.jpg")
    page = editor.get(reverse("wagtailimages:edit", args=[image.pk])).content.decode()
    for text in READ.values():
        assert text in page


def test_a_single_upload_keeps_what_was_typed(editor):
    image = add_one(editor, "port.jpg", title="Cranes", caption_en="My own", credit="王芳 摄")
    assert (image.title, image.caption_en, image.credit) == ("Cranes", "My own", "王芳 摄")
    assert image.caption_zh_hans == READ["caption_zh_hans"]


@every_format
def test_the_form_for_many_pictures_is_filled_in_already(editor, name):
    answer, shown = add_among_many(editor, name)
    assert answer["success"]
    assert READ.items() <= shown.items()
    assert shown["title"] == "The port at dawn"


def test_what_an_editor_clears_or_changes_among_many_stays_so(editor):
    answer, shown = add_among_many(editor, "port.jpg")
    pk = answer["image_id"]
    changed = shown | {"caption_en": "", "credit": "王芳 摄"}
    editor.post(
        reverse("wagtailimages:edit_multiple", args=[pk]),
        {f"image-{pk}-{name}": text for name, text in changed.items()},
    )
    image = ArchiveImage.objects.get()
    assert (image.caption_en or "", image.credit) == ("", "王芳 摄")
    assert image.caption_zh_hans == READ["caption_zh_hans"]


def test_a_file_set_aside_for_its_long_title_is_read_when_it_is_saved(editor):
    _answer, shown = add_among_many(editor, "port.jpg", title="x" * 300)
    pk = UploadedFile.objects.get().pk
    shown |= {"title": "Cranes", "credit": "王芳 摄"}
    editor.post(
        reverse("wagtailimages:create_multiple_from_uploaded_image", args=[pk]),
        {f"uploaded-image-{pk}-{name}": text for name, text in shown.items()},
    )
    image = ArchiveImage.objects.get()
    assert (image.title, image.credit) == ("Cranes", "王芳 摄")
    assert image.caption_en == READ["caption_en"]


def test_an_upload_in_a_chooser_takes_over_what_the_file_says(editor):
    prefix = "image-chooser-upload"
    response = editor.post(
        reverse("wagtailimages_chooser:create"),
        {f"{prefix}-file": upload("port.jpg"), f"{prefix}-title": "port"},
    )
    assert response.json()["step"] == "chosen"
    assert ArchiveImage.objects.get().credit == READ["credit"]


def test_a_new_file_fills_only_the_gaps_of_the_old_picture(editor, django_user_model):
    user = django_user_model.objects.get(username="editor")
    image = make_image(caption_en="My own", uploaded_by_user=user)
    editor.post(
        reverse("wagtailimages:edit", args=[image.pk]),
        {"file": upload("port.jpg"), "title": "The port", "caption_en": "My own"},
    )
    image.refresh_from_db()
    assert (image.caption_en, image.caption_zh_hans) == ("My own", READ["caption_zh_hans"])


def test_a_file_without_metadata_keeps_its_name_for_a_title(editor):
    plain = SimpleUploadedFile("port.jpg", files.jpeg())
    editor.post(reverse("wagtailimages:add"), {"file": plain, "title": "port"})
    assert ArchiveImage.objects.get().title == "port"


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("en", ["Caption (English)", "Caption (中文)", "Copyright notice"]),
        ("zh-hans", ["图片说明（English）", "图片说明（中文）", "版权声明"]),
    ],
)
def test_the_form_names_both_languages_in_the_editors_own(editor, language, labels):
    page = editor.get(reverse("wagtailimages:add"), headers={"accept-language": language})
    soup = BeautifulSoup(page.content, "html.parser")
    shown = [label.get_text(strip=True) for label in soup.select("label")]
    assert set(labels) <= set(shown)
    assert soup.select_one("[name=caption_zh_hans]")["lang"] == "zh-hans"


def test_wagtails_one_language_description_is_gone(editor):
    page = editor.get(reverse("wagtailimages:add"))
    assert not BeautifulSoup(page.content, "html.parser").select("form [name=description]")
