"""Captions and credits come out of files as photo desks put them in."""

import random
from collections.abc import Callable

import pytest

from archive.photos.embedded import read_metadata
from archive.photos.metadata import PhotoMetadata
from tests.photos import files

ENGLISH = "The port of Zhanjiang at dawn"
CHINESE = "黎明时分的湛江港"
BOTH = files.alternatives("dc:description", {"x-default": ENGLISH, "zh-CN": CHINESE})

WITH_XMP: dict[str, Callable[[bytes], bytes]] = {
    "jpeg": lambda packet: files.jpeg(xmp=packet),
    "png": lambda packet: files.png(xmp=packet),
    "webp": lambda packet: files.webp(xmp=packet),
    "tiff": lambda packet: files.tiff(xmp=packet),
}


def xmp_of(elements: str = "", attributes: str = "") -> PhotoMetadata:
    return read_metadata(files.jpeg(xmp=files.xmp(elements, attributes)))


def iim_of(block: bytes) -> PhotoMetadata:
    return read_metadata(files.jpeg(iim=block))


@pytest.mark.parametrize("build", WITH_XMP.values(), ids=WITH_XMP)
def test_reads_both_languages_of_a_caption_from_every_format(build):
    found = read_metadata(build(files.xmp(BOTH)))
    assert found.captions == {"en": ENGLISH, "zh-hans": CHINESE}


@pytest.mark.parametrize(
    ("texts", "captions"),
    [
        ({"x-default": CHINESE}, {"zh-hans": CHINESE}),
        ({"x-default": ENGLISH}, {"en": ENGLISH}),
        ({"en-GB": ENGLISH, "zh-Hans": CHINESE}, {"en": ENGLISH, "zh-hans": CHINESE}),
        ({"x-default": ENGLISH, "en": "The port"}, {"en": "The port"}),
        ({"zh-TW": "黎明時分的湛江港", "zh": CHINESE}, {"zh-hans": CHINESE}),
        ({"zh-CN": CHINESE, "zh-Hant": "黎明時分的湛江港"}, {"zh-hans": CHINESE}),
        ({"zh-Hant": "黎明時分的湛江港"}, {"zh-hans": "黎明時分的湛江港"}),
        ({"x-default": "Le port", "fr": "Le port"}, {}),
        ({"fr": "Le port", "en": ENGLISH}, {"en": ENGLISH}),
    ],
)
def test_puts_a_language_map_into_the_archives_languages(texts, captions):
    assert xmp_of(files.alternatives("dc:description", texts)).captions == captions


def test_reads_alternative_text_in_both_languages():
    texts = {"en": "Cranes over a quay", "zh-CN": "码头上的起重机"}
    found = xmp_of(files.alternatives("Iptc4xmpCore:AltTextAccessibility", texts))
    assert found.alt_texts == {"en": "Cranes over a quay", "zh-hans": "码头上的起重机"}


def test_reads_the_credit_fields_of_xmp():
    found = xmp_of(
        "<dc:creator><rdf:Seq><rdf:li>Li Ming</rdf:li><rdf:li>王芳</rdf:li></rdf:Seq></dc:creator>"
        + files.alternatives("dc:rights", {"x-default": "© 2015 China Daily"}),
        'photoshop:Credit="China Daily" photoshop:Source="湛江市政府" photoshop:Headline="Port"',
    )
    assert (found.creator, found.rights) == ("Li Ming, 王芳", "© 2015 China Daily")
    assert (found.credit, found.source, found.headline) == ("China Daily", "湛江市政府", "Port")


@pytest.mark.parametrize(
    "elements",
    [
        "<plus:CopyrightOwner><rdf:Seq><rdf:li rdf:parseType='Resource'>"
        "<plus:CopyrightOwnerName>China Daily</plus:CopyrightOwnerName>"
        "</rdf:li></rdf:Seq></plus:CopyrightOwner>",
        files.alternatives("xmpRights:UsageTerms", {"x-default": "China Daily"}),
    ],
)
def test_takes_rights_from_their_other_xmp_fields_where_there_is_no_notice(elements):
    assert xmp_of(elements).rights == "China Daily"
    notice = files.alternatives("dc:rights", {"x-default": "© Xinhua"})
    assert xmp_of(elements + notice).rights == "© Xinhua"


@pytest.mark.parametrize(
    ("city", "state", "country", "place"),
    [
        ("Zhanjiang", "Guangdong", "China", "Zhanjiang, Guangdong, China"),
        ("湛江", "广东", "中国", "中国广东湛江"),
        ("Singapore", "", "Singapore", "Singapore"),
    ],
)
def test_writes_the_place_in_the_order_of_its_language(city, state, country, place):
    attributes = f'photoshop:City="{city}" photoshop:State="{state}" photoshop:Country="{country}"'
    assert xmp_of(attributes=attributes).place == place


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2015-09-22T08:30:00+08:00", "2015-09-22"),
        ("1980-01", "1980-01"),
        ("1980", "1980"),
        ("2015-02-31", ""),
        ("yesterday", ""),
    ],
)
def test_reads_a_date_as_far_as_it_is_known(written, read):
    assert xmp_of(attributes=f'photoshop:DateCreated="{written}"').date_taken == read


def test_reads_a_packet_in_utf_16():
    packet = files.xmp(BOTH).decode().encode("utf-16-le")
    assert read_metadata(files.webp(xmp=packet)).captions["zh-hans"] == CHINESE


@pytest.mark.parametrize(
    ("encoding", "declared", "text"),
    [
        ("utf-8", files.UTF_8, CHINESE),
        ("utf-8", b"", CHINESE),
        ("gb18030", b"", CHINESE),
        ("gb18030", b"", "李明 摄 / China Daily"),
        ("gb18030", files.UTF_8, CHINESE),
        ("big5", b"", "湛江港的貨輪"),
        ("latin-1", files.LATIN_1, "Café in Besançon"),
        ("latin-1", b"", "Café in Besançon"),
        ("latin-1", b"", "Größe"),
        ("cp1252", b"", "“The port” – at dawn"),
    ],
)
def test_reads_iim_text_in_the_character_set_it_is_really_in(encoding, declared, text):
    assert iim_of(files.iim({110: text}, encoding, declared)).credit == text


def test_reads_the_fields_of_iim():
    found = iim_of(
        files.iim(
            {120: CHINESE, 105: "湛江港", 80: ["李明", "王芳"], 115: "新华社", 116: "版权所有"}
            | {90: "湛江", 101: "中国", 55: "20150922"},
            "gb18030",
        )
    )
    assert found.captions == {"zh-hans": CHINESE}
    assert (found.headline, found.creator, found.place) == ("湛江港", "李明, 王芳", "中国湛江")
    assert (found.source, found.rights, found.date_taken) == ("新华社", "版权所有", "2015-09-22")


def test_reads_an_iim_date_of_which_only_the_year_is_known():
    assert iim_of(files.iim({55: "19800000"}, "ascii")).date_taken == "1980"


def test_reads_a_caption_of_more_than_32_kilobytes():
    caption = "A long story. " * 3000
    tagged = files.tiff(iim=files.iim({120: caption}, "ascii"))
    assert read_metadata(tagged).captions["en"] == caption.strip()


@pytest.mark.parametrize("as_integers", [False, True])
def test_reads_iim_from_tiff_however_the_tag_is_declared(as_integers):
    block = files.iim({110: "李明 摄"}, "gb18030")
    assert read_metadata(files.tiff(iim=block, as_integers=as_integers)).credit == "李明 摄"


def test_reads_exif_last_of_all_with_utf_8_in_its_ascii_fields():
    block = files.exif(
        Artist="李明",
        Copyright="© 中国日报",
        ImageDescription=CHINESE,
        DateTimeOriginal="2015:09:22 06:10:00",
    )
    found = read_metadata(files.webp(exif=block))
    assert (found.creator, found.rights) == ("李明", "© 中国日报")
    assert (found.captions, found.date_taken) == ({"zh-hans": CHINESE}, "2015-09-22")


@pytest.mark.parametrize("nothing", ["OLYMPUS DIGITAL CAMERA", "SONY DSC", "DSC_0042", "  "])
def test_takes_no_camera_name_for_a_caption(nothing):
    assert read_metadata(files.jpeg(exif=files.exif(ImageDescription=nothing))).captions == {}


def test_trusts_xmp_before_iim_before_exif_field_by_field():
    found = read_metadata(
        files.jpeg(
            xmp=files.xmp(attributes='photoshop:Credit="from XMP"'),
            iim=files.iim({110: "from IIM", 116: "from IIM", 120: CHINESE}, "utf-8"),
            exif=files.exif(Artist="EXIF", Copyright="EXIF", ImageDescription=ENGLISH),
        )
    )
    assert (found.credit, found.rights, found.creator) == ("from XMP", "from IIM", "EXIF")
    assert found.captions == {"zh-hans": CHINESE, "en": ENGLISH}


def test_leaves_control_characters_behind():
    block = files.dataset(2, 120, b"The port\x00 at\r\ndawn\x07")
    assert iim_of(block).captions == {"en": "The port at\ndawn"}


@pytest.mark.parametrize("packet", [b"<not xml", b"\x00\x01\x02", b"<!DOCTYPE a []><a/>"])
def test_passes_over_a_damaged_xmp_packet(packet):
    data = files.jpeg(xmp=packet, iim=files.iim({110: "China Daily"}, "ascii"))
    assert read_metadata(data).credit == "China Daily"


def test_passes_over_one_xmp_field_in_another_encoding():
    packet = files.xmp(attributes='photoshop:Credit="李明" photoshop:Source="Xinhua"')
    damaged = packet.replace("李明".encode(), "李明".encode("gb18030"))
    found = read_metadata(files.jpeg(xmp=damaged))
    assert (found.credit, found.source) == ("", "Xinhua")


def test_passes_over_damaged_iim_datasets():
    damaged = files.dataset(2, 110, b"China Daily") + b"\x00\x00\x1c\x02\x78\x7f\xff cut"
    whole = files.dataset(2, 115, b"Xinhua")
    found = iim_of(damaged + whole)
    assert (found.credit, found.source, found.captions) == ("China Daily", "Xinhua", {})


@pytest.mark.parametrize("data", [b"", b"no image", b"\xff\xd8\xff", b"RIFF\x00\x00\x00\x00WEBP"])
def test_finds_nothing_in_what_is_no_image(data):
    assert read_metadata(data) == PhotoMetadata()


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("seed", range(40))
def test_never_fails_on_damaged_bytes(seed):
    chance = random.Random(seed)
    data = bytearray(
        files.jpeg(
            xmp=files.xmp(BOTH),
            iim=files.iim({110: "李明 摄"}, "gb18030"),
            exif=files.exif(Artist="李明", DateTimeOriginal="2015:09:22 06:10:00"),
        )
    )
    for _ in range(20):
        data[chance.randrange(2, len(data))] = chance.randrange(256)
    assert isinstance(read_metadata(bytes(data)), PhotoMetadata)


SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/"
MINING = "http://ns.useplus.org/ldf/vocab/"


def test_reads_how_generative_ai_made_a_picture_and_whether_it_may_be_mined():
    found = xmp_of(
        "<Iptc4xmpExt:AIPromptInformation>A port at dawn, no people"
        "</Iptc4xmpExt:AIPromptInformation>",
        f'Iptc4xmpExt:DigitalSourceType="{SOURCE}trainedAlgorithmicMedia"'
        ' Iptc4xmpExt:AISystemUsed="Firefly" Iptc4xmpExt:AISystemVersionUsed="3"'
        f' Iptc4xmpExt:AIPromptWriterName="李娜" plus:DataMining="{MINING}DMI-PROHIBITED"',
    )
    assert found.digital_source_type == "trainedAlgorithmicMedia"
    assert (found.ai_system, found.ai_system_version) == ("Firefly", "3")
    assert (found.ai_prompt, found.ai_prompt_writer) == ("A port at dawn, no people", "李娜")
    assert found.data_mining == "DMI-PROHIBITED"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("digitalCapture", "digitalCapture"),
        ("minorHumanEdits", "humanEdits"),
        ("digitalArt", "digitalCreation"),
        ("dreamt", ""),
    ],
)
def test_reads_terms_of_iptcs_vocabulary_in_their_present_form(written, read):
    attributes = f'Iptc4xmpExt:DigitalSourceType="{SOURCE}{written}"'
    assert xmp_of(attributes=attributes).digital_source_type == read


def test_takes_data_mining_that_is_left_open_for_none():
    assert xmp_of(attributes=f'plus:DataMining="{MINING}DMI-UNSPECIFIED"').data_mining == ""
