"""What readers are served says whom the picture is by, and stops saying what is outdated."""

import PIL.Image
import pytest
from wagtail.images.utils import generate_signature
from wagtail.images.views.serve import ServeView

from archive.photos.embedded import read_metadata
from tests.factories import make_image
from tests.photos import files

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

CREDIT = {
    "credit": "李明 摄 / China Daily",
    "creator": "李明",
    "rights": "版权所有 © 中国日报",
    "source": "湛江市政府",
}


def written_in(rendition):
    with rendition.file.open("rb") as file:
        found = read_metadata(file.read())
    return {name: getattr(found, name) for name in CREDIT}


@pytest.mark.parametrize(
    "spec", ["format-jpeg", "format-png", "format-webp", "format-webp-lossless"]
)
def test_every_format_served_names_whom_to_credit(spec):
    image = make_image(files.png(mode="RGBA"), "port.png", **CREDIT)
    assert written_in(image.get_rendition(f"width-30|{spec}")) == CREDIT


def test_several_renditions_made_at_once_are_all_credited():
    image = make_image(**CREDIT)
    renditions = image.get_renditions("width-20", "width-30", "fill-16x16")
    assert [written_in(rendition) for rendition in renditions.values()] == [CREDIT] * 3


def test_an_image_server_sends_the_credit(rf):
    image = make_image(**CREDIT)
    signature = generate_signature(image.pk, "width-30")
    response = ServeView.as_view()(rf.get("/"), signature, image.pk, "width-30")
    found = read_metadata(b"".join(response.streaming_content))
    assert (found.credit, found.rights) == (CREDIT["credit"], CREDIT["rights"])


def test_a_rendition_keeps_its_size_and_format():
    plain, credited = make_image(), make_image(**CREDIT)
    before, after = plain.get_rendition("width-30"), credited.get_rendition("width-30")
    assert (after.width, after.height) == (before.width, before.height) == (30, 22)
    assert after.file.name.endswith(".jpg")


def test_the_uploaded_credit_gives_way_to_the_one_the_editor_typed():
    data = files.jpeg(exif=files.exif(Artist="Nobody", Copyright="Old notice"))
    assert written_in(make_image(data, **CREDIT).get_rendition("width-30")) == CREDIT


@pytest.mark.parametrize("fields", [CREDIT, {}], ids=["credited", "uncredited"])
def test_where_the_picture_was_taken_stays_inside(fields):
    block = files.exif(Artist="Nobody")
    block.get_ifd(0x8825).update({1: "N", 2: (21.0, 16.0, 5.0)})
    rendition = make_image(files.jpeg(exif=block), **fields).get_rendition("width-30")
    with rendition.file.open("rb") as file, PIL.Image.open(file) as found:
        assert found.getexif().get_ifd(0x8825) == {}


@pytest.mark.parametrize("name", CREDIT)
def test_a_changed_credit_line_reaches_the_next_reader(name):
    image = make_image(**CREDIT)
    old = image.get_rendition("width-30")
    setattr(image, name, "王芳")
    image.save()
    new = image.get_rendition("width-30")
    assert written_in(new)[name] == "王芳"
    assert new.url != old.url
    assert image.renditions.count() == 1


def test_other_changes_keep_the_renditions():
    image = make_image(**CREDIT)
    rendition = image.get_rendition("width-30")
    image.caption_zh_hans = "湛江港"
    image.save()
    image.save(update_fields=["title"])
    assert image.get_rendition("width-30") == rendition


def test_a_gif_is_served_as_it_is():
    image = make_image(files.gif(), "port.gif", **CREDIT)
    assert image.get_rendition("width-30|format-gif").file.name.endswith(".gif")
