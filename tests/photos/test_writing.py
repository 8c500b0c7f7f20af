"""Credit lines go into encoded files beside the pixels, and other programs read them there."""

import io
import random

import pytest
from PIL import Image
from PIL.IptcImagePlugin import getiptcinfo

from archive.photos.metadata import CreditLine
from archive.photos.reading import read_metadata
from archive.photos.writing import embed_credit
from tests.photos import files

ENGLISH = CreditLine("Li Ming / China Daily", "Li Ming", "© 2015 China Daily", "Zhanjiang city")
CHINESE = CreditLine("《中国日报》记者 李明 摄", "李明", "版权所有 © 2015 中国日报", "湛江市政府")

ENCODED = {
    "jpeg": files.jpeg(),
    "jpeg progressive": files.jpeg(progressive=True),
    "jpeg grey": files.jpeg(image=files.picture("L")),
    "jpeg cmyk": files.jpeg(image=files.picture("CMYK")),
    "png": files.png(),
    "png alpha": files.png(mode="RGBA"),
    "png palette": files.png(mode="P"),
    "webp lossy": files.webp(),
    "webp lossless": files.webp(lossless=True),
    "webp lossy alpha": files.webp("RGBA"),
    "webp lossless alpha": files.webp("RGBA", lossless=True),
    "avif": files.avif(),
    "avif alpha": files.avif("RGBA"),
    "avif with exif": files.avif(exif=files.exif(ImageDescription="Port")),
    "webp animated": files.webp(save_all=True, append_images=[files.picture("L")]),
}
every_format = pytest.mark.parametrize("data", ENCODED.values(), ids=ENCODED)
both_scripts = pytest.mark.parametrize("credit", [ENGLISH, CHINESE], ids=["english", "chinese"])


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def credit_in(data: bytes) -> CreditLine:
    found = read_metadata(data)
    return CreditLine(found.credit, found.creator, found.rights, found.source)


@every_format
@both_scripts
def test_writes_a_credit_line_that_is_read_back_whole(data, credit):
    assert credit_in(embed_credit(data, credit)) == credit


@every_format
def test_leaves_every_pixel_as_it_was(data):
    before, after = opened(data), opened(embed_credit(data, CHINESE))
    assert (after.mode, after.size, after.format) == (before.mode, before.size, before.format)
    assert after.tobytes() == before.tobytes()
    assert getattr(after, "n_frames", 1) == getattr(before, "n_frames", 1)


@every_format
@both_scripts
def test_pillow_reads_the_xmp_packet(data, credit):
    packet = opened(embed_credit(data, credit)).getxmp()
    description = packet["xmpmeta"]["RDF"]["Description"]
    assert description["Credit"] == credit.credit
    assert description["Source"] == credit.source
    assert description["creator"]["Seq"]["li"] == credit.creator
    assert description["rights"]["Alt"]["li"]["text"] == credit.rights


@every_format
@both_scripts
def test_pillow_reads_artist_and_copyright_in_exif(data, credit):
    exif = opened(embed_credit(data, credit)).getexif()
    assert exif[0x013B].encode("latin-1").decode() == credit.creator
    assert exif[0x8298].encode("latin-1").decode() == credit.rights


@pytest.mark.parametrize("progressive", [False, True])
@both_scripts
def test_pillow_reads_iim_in_jpeg_with_its_character_set(progressive, credit):
    found = getiptcinfo(opened(embed_credit(files.jpeg(progressive=progressive), credit)))
    assert found[(1, 90)] == files.UTF_8
    texts = [found[(2, number)].decode() for number in (110, 80, 116, 115)]
    assert texts == [credit.credit, credit.creator, credit.rights, credit.source]


@every_format
def test_a_second_credit_line_takes_the_place_of_the_first(data):
    twice = embed_credit(embed_credit(data, ENGLISH), CHINESE)
    assert credit_in(twice) == CHINESE
    for word in ("Li Ming", "Zhanjiang"):
        assert word.encode() not in twice
    assert len(twice) == len(embed_credit(data, CHINESE))


@pytest.mark.parametrize("name", ["jpeg", "png", "webp lossy", "avif"])
def test_keeps_what_the_file_says_of_fields_the_credit_line_leaves_empty(name):
    first = embed_credit(ENCODED[name], ENGLISH)
    found = credit_in(embed_credit(first, CreditLine(credit="新华社")))
    assert found == CreditLine("新华社", ENGLISH.creator, ENGLISH.rights, ENGLISH.source)


@pytest.mark.parametrize("build", [files.jpeg, files.png, files.webp, files.avif])
def test_keeps_captions_in_both_languages(build):
    texts = {"x-default": "The port", "zh-CN": "湛江港"}
    packet = files.xmp(files.alternatives("dc:description", texts))
    found = read_metadata(embed_credit(build(xmp=packet), CHINESE))
    assert found.captions == {"en": "The port", "zh-hans": "湛江港"}
    assert found.rights == CHINESE.rights


@pytest.mark.parametrize("build", [files.jpeg, files.png, files.webp])
def test_keeps_the_other_exif_tags_with_their_chinese(build):
    tags = files.exif(ImageDescription="湛江港", DateTimeOriginal="2015:09:22 06:10:00")
    tags[0x0112] = 6
    after = embed_credit(build(exif=tags), CHINESE)
    assert opened(after).getexif()[0x0112] == 6
    found = read_metadata(after)
    assert (found.captions, found.date_taken) == ({"zh-hans": "湛江港"}, "2015-09-22")


def test_turns_other_iim_text_into_the_declared_utf_8():
    block = files.iim({120: "黎明时分的湛江港", 110: "旧署名"}, "gb18030")
    found = getiptcinfo(opened(embed_credit(files.jpeg(iim=block), CHINESE)))
    assert found[(2, 120)].decode() == "黎明时分的湛江港"
    assert found[(2, 110)].decode() == CHINESE.credit


def test_keeps_photoshops_other_resources_but_not_its_iim_digest():
    data = files.jpeg(iim=files.iim({110: "old"}, "ascii"))
    extra = files.resource(0x03F8, b"transfer") + files.resource(0x0425, b"0123456789abcdef")
    payload = b"Photoshop 3.0\x00" + extra
    segment = b"\xff\xed" + (len(payload) + 2).to_bytes(2, "big") + payload
    found = opened(embed_credit(data[:2] + segment + data[2:], CHINESE)).info["photoshop"]
    assert found[0x03F8] == b"transfer"
    assert 0x0425 not in found


def test_starts_a_jpeg_with_its_jfif_header():
    assert embed_credit(files.jpeg(), CHINESE)[2:11] == files.jpeg()[2:11]


def test_puts_exif_before_the_picture_data_of_a_png():
    after = embed_credit(files.png(), CHINESE)
    assert after.index(b"IHDR") < after.index(b"eXIf") < after.index(b"IDAT")


def test_a_sequence_of_avif_pictures_stays_as_it_is():
    data = files.avif(save_all=True, append_images=[files.picture("L").convert("RGB")])
    assert embed_credit(data, CHINESE) == data


def test_moves_the_avif_picture_without_a_change():
    after = embed_credit(files.avif(xmp=files.xmp()), CHINESE)
    assert after.index(b"meta") < after.index(b"mdat") < after.index(CHINESE.credit.encode())
    assert int.from_bytes(after[:4], "big") + 4 == after.index(b"meta")


def test_keeps_the_alpha_channel_announced_in_webp():
    after = embed_credit(ENCODED["webp lossless alpha"], CHINESE)
    assert after[12:16] == b"VP8X"
    assert after[20] & 0x10
    assert int.from_bytes(after[4:8], "little") == len(after) - 8


@pytest.mark.parametrize("name", ["jpeg", "png", "webp lossy", "avif"])
def test_replaces_a_damaged_packet(name):
    build = getattr(files, name.split()[0])
    damaged = build(xmp=b"<x:xmpmeta broken")
    assert credit_in(embed_credit(damaged, CHINESE)) == CHINESE


def test_a_packet_too_long_for_a_jpeg_segment_gives_way_to_the_credit_line():
    caption = files.alternatives("dc:description", {"x-default": "x" * 64_500})
    after = embed_credit(files.jpeg(xmp=files.xmp(caption)[:-1]), CHINESE)
    assert credit_in(after) == CHINESE
    assert opened(after).size == files.picture().size


def test_escapes_what_means_something_in_xml():
    credit = CreditLine('<Li> & "Wang"', "a", "b", "c")
    assert credit_in(embed_credit(files.png(), credit)) == credit


@every_format
def test_a_credit_line_that_names_nobody_changes_nothing(data):
    assert embed_credit(data, CreditLine()) == data


@pytest.mark.parametrize(
    "data",
    [b"", b"GIF89a", files.tiff(), b"<svg/>", b"RIFF\x04\x00\x00\x00WAVE", b"\xff\xd8\xff"],
)
def test_returns_other_formats_and_fragments_unchanged(data):
    assert embed_credit(data, CHINESE) == data


@every_format
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_never_fails_on_damaged_files(data):
    chance = random.Random(len(data))
    whole = embed_credit(data, ENGLISH)
    for _ in range(40):
        damaged = bytearray(whole[: chance.randrange(1, len(whole))])
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        assert isinstance(embed_credit(bytes(damaged), CHINESE), bytes)
