"""What readers are served says whom the picture is by, and stops saying what is outdated."""

import re
from pathlib import PurePath

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


def camera_file() -> bytes:
    """A JPEG with whatever tells of the place and the camera, each value with SECRET in it."""
    block = files.exif(ImageDescription="Port")
    block.get_ifd(0x8825).update({1: "N", 2: (21.0, 16.0, 5.0), 27: b"SECRET PLACE"})
    block.get_ifd(0x8769).update({0x927C: b"SECRET NOTE", 0xA430: "SECRET", 0xA431: "SECRET BODY"})
    packet = files.xmp(
        '<exif:GPSLatitude xmlns:exif="http://ns.adobe.com/exif/1.0/">SECRET</exif:GPSLatitude>'
    )
    place = files.iim({90: "SECRET CITY"}, "utf-8")
    return files.jpeg(place, exif=block.tobytes(), xmp=packet, comment=b"SECRET COMMENT")


@pytest.mark.parametrize("format_name", ["", "jpeg", "png", "webp", "avif", "gif", "ico"])
def test_no_format_tells_of_place_or_camera(format_name):
    image = make_image(camera_file(), **(CREDIT if format_name else {}))
    spec = f"width-30|format-{format_name}" if format_name else "original"
    assert b"SECRET" in image.file.read()
    assert b"SECRET" not in image.get_rendition(spec).file.read()


def test_a_gifs_comment_goes_into_no_other_format():
    image = make_image(files.gif(comment=b"SECRET"), "port.gif")
    for format_name in ("gif", "jpeg"):
        made = image.get_rendition(f"width-30|format-{format_name}")
        assert b"SECRET" not in made.file.read()


def test_a_site_may_keep_what_the_camera_wrote(settings):
    settings.ARCHIVE_PICTURE_CAMERA_DATA = True
    rendition = make_image(camera_file(), **CREDIT).get_rendition("width-30")
    with rendition.file.open("rb") as file, PIL.Image.open(file) as found:
        exif = found.getexif()
    assert exif.get_ifd(0x8825)[2] == (21.0, 16.0, 5.0)
    assert exif.get_ifd(0x8769)[0xA431] == "SECRET BODY"
    assert written_in(rendition) == CREDIT


def test_a_files_name_is_readable_and_nobody_guesses_it():
    names = {make_image(name="Zhanjiang port.jpg").file.name for _ in range(2)}
    assert len(names) == 2
    for name in names:
        assert re.fullmatch(r"original_images/Zhanjiang_port\.[a-z0-9]{16}\.jpg", name)


def test_a_long_name_keeps_its_random_part():
    image = make_image(name=f"{'port' * 30}.jpg")
    assert re.fullmatch(r"original_images/(port){10}\.[a-z0-9]{16}\.jpg", image.file.name)


def test_a_public_files_name_does_not_tell_the_originals():
    image = make_image(name="port.jpg", **CREDIT)
    _own, random_part, _ending = image.filename.split(".")
    found = image.get_renditions("width-30", "width-31", "width-30|format-webp").values()
    names = [PurePath(one.file.name).name for one in found]
    assert all(re.fullmatch(r"port\.[0-9a-f]{20}\.(jpg|webp)", name) for name in names)
    assert len(set(names)) == 3
    assert random_part not in "".join(names)


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


def test_a_reader_s_file_says_how_generative_ai_made_the_picture():
    origin = {"digital_source_type": "trainedAlgorithmicMedia", "ai_system": "通义万相"}
    image = make_image(**CREDIT, **origin, ai_prompt="湛江港")
    old = image.get_rendition("width-30")
    image.data_mining = "DMI-PROHIBITED"
    image.save()
    new = image.get_rendition("width-30")
    with new.file.open("rb") as file:
        found = read_metadata(file.read())
    assert {name: getattr(found, name) for name in origin} == origin
    assert (found.ai_prompt, found.data_mining) == ("湛江港", "DMI-PROHIBITED")
    assert new.url != old.url


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
