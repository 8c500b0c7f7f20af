"""Credit lines go into files as they are encoded, and other programs read them there."""

import io
from dataclasses import asdict, replace

import pytest
from PIL import Image
from PIL.IptcImagePlugin import getiptcinfo

from archive.photos.embedded import read_metadata, save_options
from archive.photos.metadata import PublicMetadata
from archive.photos.renditions import CreditedImage
from tests.photos import files

ENGLISH = PublicMetadata("Li Ming / China Daily", "Li Ming", "© 2015 China Daily", "Zhanjiang city")
CHINESE = PublicMetadata(
    "《中国日报》记者 李明 摄", "李明", "版权所有 © 2015 中国日报", "湛江市政府"
)

# What Willow is asked for, the picture's mode, and options.
ENCODED = {
    "jpeg": ("jpeg", "RGB", {}),
    "jpeg progressive": ("jpeg", "RGB", {"progressive": True, "optimize": True}),
    "jpeg grey": ("jpeg", "L", {}),
    "jpeg cmyk": ("jpeg", "CMYK", {}),
    "png": ("png", "RGB", {}),
    "png alpha": ("png", "RGBA", {"optimize": True}),
    "png palette": ("png", "P", {}),
    "png of a cmyk picture": ("png", "CMYK", {}),
    "png of a 32-bit picture": ("png", "I", {}),
    "webp lossy": ("webp", "RGB", {}),
    "webp lossless alpha": ("webp", "RGBA", {"lossless": True}),
    "webp of a cmyk picture": ("webp", "CMYK", {}),
    "avif": ("avif", "RGB", {}),
    "avif alpha": ("avif", "RGBA", {}),
}
every_format = pytest.mark.parametrize("encoding", ENCODED.values(), ids=ENCODED)
both_scripts = pytest.mark.parametrize("credit", [ENGLISH, CHINESE], ids=["english", "chinese"])


def encoded(encoding, credit, exif=b""):
    name, mode, options = encoding
    output = io.BytesIO()
    image = CreditedImage(files.picture(mode), save_options(credit, exif))
    getattr(image, f"save_as_{name}")(output, **options)
    return output.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def credit_in(data: bytes) -> PublicMetadata:
    found = read_metadata(data)
    return PublicMetadata(found.credit, found.creator, found.rights, found.source)


@every_format
@both_scripts
def test_writes_a_credit_line_that_is_read_back_whole(encoding, credit):
    assert credit_in(encoded(encoding, credit)) == credit


@every_format
def test_encodes_every_pixel_as_without_a_credit_line(encoding):
    before, after = opened(encoded(encoding, PublicMetadata())), opened(encoded(encoding, CHINESE))
    assert (after.mode, after.size, after.format) == (before.mode, before.size, before.format)
    assert after.tobytes() == before.tobytes()


@every_format
@both_scripts
def test_pillow_reads_the_xmp_packet(encoding, credit):
    packet = opened(encoded(encoding, credit)).getxmp()
    description = packet["xmpmeta"]["RDF"]["Description"]
    assert description["Credit"] == credit.credit
    assert description["Source"] == credit.source
    assert description["creator"]["Seq"]["li"] == credit.creator
    assert description["rights"]["Alt"]["li"]["text"] == credit.rights


@every_format
@both_scripts
def test_pillow_reads_artist_and_copyright_in_exif(encoding, credit):
    exif = opened(encoded(encoding, credit)).getexif()
    assert exif[0x013B].encode("latin-1").decode() == credit.creator
    assert exif[0x8298].encode("latin-1").decode() == credit.rights


@both_scripts
def test_pillow_reads_iim_in_jpeg_with_its_character_set(credit):
    found = getiptcinfo(opened(encoded(ENCODED["jpeg"], credit)))
    assert found[(1, 90)] == files.UTF_8
    texts = [found[(2, number)].decode() for number in (110, 80, 116, 115)]
    assert texts == [credit.credit, credit.creator, credit.rights, credit.source]


def test_a_see_through_picture_keeps_its_credit_when_jpeg_gets_a_background():
    image = CreditedImage(files.picture("RGBA"), save_options(CHINESE))
    output = io.BytesIO()
    image.set_background_color_rgb((255, 255, 255)).save_as_jpeg(output)
    assert credit_in(output.getvalue()) == CHINESE


@pytest.mark.parametrize("name", ["jpeg", "png", "webp lossy", "avif"])
def test_keeps_the_harmless_exif_tags_with_their_chinese(name):
    block = files.exif(ImageDescription="湛江港", DateTimeOriginal="2015:09:22 06:10:00")
    found = read_metadata(encoded(ENCODED[name], CHINESE, block.tobytes()))
    assert (found.captions, found.date_taken) == ({"zh-hans": "湛江港"}, "2015-09-22")
    assert found.creator == CHINESE.creator


@pytest.mark.parametrize("credit", [CHINESE, PublicMetadata()], ids=["credited", "uncredited"])
@pytest.mark.parametrize("name", ["jpeg", "png", "webp lossy", "avif"])
def test_neither_places_nor_serial_numbers_nor_makers_notes_get_out(name, credit):
    block = files.exif(ImageDescription="Port")
    block.get_ifd(0x8825).update({1: "N", 2: (21.0, 16.0, 5.0)})
    block.get_ifd(0x8769).update({0xA430: "OWNER", 0xA431: "SERIAL-BODY", 0xA435: "SERIAL-LENS"})
    block.get_ifd(0x8769)[0x927C] = b"MAKERNOTE SERIAL"
    data = encoded(ENCODED[name], credit, block.tobytes())
    assert opened(data).getexif().get_ifd(0x8825) == {}
    assert b"Port" in data
    for word in (b"OWNER", b"SERIAL", b"MAKERNOTE"):
        assert word not in data


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_damaged_exif_gives_way_to_the_credit_line():
    data = encoded(ENCODED["jpeg"], CHINESE, b"Exif\0\0MM\0*\xff\xff\xff\xff")
    assert credit_in(data) == CHINESE


def test_a_notice_too_long_for_a_jpeg_segment_is_cut():
    found = credit_in(encoded(ENCODED["jpeg"], PublicMetadata("新华社", rights="&" * 70_000)))
    assert (found.credit, found.rights) == ("新华社", "&" * 10_000)


def test_escapes_what_means_something_in_xml():
    credit = PublicMetadata('<Li> & "Wang"\x08', "a", "b", "c")
    assert credit_in(encoded(ENCODED["png"], credit)).credit == '<Li> & "Wang"'


@every_format
def test_a_credit_line_that_names_nobody_writes_nothing(encoding):
    image = opened(encoded(encoding, PublicMetadata()))
    assert not image.getexif()
    assert "xmp" not in image.info


@every_format
def test_the_packet_says_whether_the_picture_may_be_mined(encoding, settings):
    settings.ARCHIVE_DATA_MINING = "DMI-PROHIBITED"
    packet = opened(encoded(encoding, CHINESE)).getxmp()
    description = packet["xmpmeta"]["RDF"]["Description"]
    assert description["DataMining"] == "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"


GENERATED = replace(
    CHINESE,
    digital_source_type="trainedAlgorithmicMedia",
    ai_system="通义万相",
    ai_system_version="2.1",
    ai_prompt="黎明时分的湛江港，没有人",
    ai_prompt_writer="李娜",
    data_mining="DMI-PROHIBITED-AIMLTRAINING",
)


@every_format
def test_writes_how_generative_ai_made_a_picture(encoding, settings):
    settings.ARCHIVE_DATA_MINING = "DMI-ALLOWED"
    found = read_metadata(encoded(encoding, GENERATED))
    assert {name: getattr(found, name) for name in asdict(GENERATED)} == asdict(GENERATED)


def test_a_prompt_too_long_for_a_jpeg_segment_is_left_out():
    long = replace(GENERATED, ai_prompt="&" * 10_000, rights="&" * 10_000)
    found = read_metadata(encoded(ENCODED["jpeg"], long))
    assert (found.ai_prompt, found.ai_system, found.rights) == ("", "通义万相", "&" * 10_000)
