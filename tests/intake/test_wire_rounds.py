"""From a wire's file to a draft: no word of its text is missing, and its pictures are in place."""

import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from PIL import Image

from archive.models import ArchiveImage, ArticlePage
from archive.stories.body import raw
from tests.factories import make_home
from tests.intake.formats import test_anpa, test_iptc7901, test_newsml_1, test_newsml_g2, test_nitf
from tests.intake.formats.test_ninjs import FIRST, PICTURE, THIRD
from tests.intake.test_nothing_is_lost import LABELS, words
from tests.transfer import exports

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

NEWSML = test_newsml_1.message(test_newsml_1.text_item(test_newsml_1.NITF), test_newsml_1.PHOTO)
G2 = test_newsml_g2.message(test_newsml_g2.item(test_newsml_g2.XHTML))
WXR = exports.HEAD + exports.item(7, "Quay", exports.ENGLISH) + "</channel></rss>"
TABLE = '标题,正文,日期,作者\n港口开通新航线,"港口周一开通航线。\n\n航程更短。",2015年9月22日,王伟'
JSON_LINES = json.dumps({"title": "Port opens", "content": "<p>A <b>new</b> port.</p>"})

# What a reader of the wire reads, put down here without our reader.
ROUNDS = [
    (
        "nitf.xml",
        test_nitf.STORY,
        "Port opens new route A week faster By Wang Wei Shipping editor Harbour News ZHANJIANG The"
        " port opened a new route on Monday with two ships. Cranes at the port. Li Na Room for"
        " growth Two berths One crane It is faster. Li Na Year Ships 2014 12 Zhao Lei contributed",
    ),
    (
        "newsml.xml",
        NEWSML,
        "Port opens A week faster By Wang Wei HN ZHANJIANG A port opened. Two cranes. Li Na",
    ),
    ("g2.xml", G2, "Port opens A week faster By Wang Wei Harbour News A port opened. Ships"),
    ("first.json", json.dumps(FIRST), "Port opens A week faster Wang Wei A port opened. Ships Two"),
    (
        "third.json",
        json.dumps(THIRD),
        "Port opens A week faster Wang Wei A port opened. Two cranes",
    ),
    (
        "iptc.txt",
        test_iptc7901.STORY,
        "Port opens new route By Wang Wei hna Zhanjiang A port in southern China opened a new route"
        " on Monday, the harbour office said. It is a week faster. The ships call at München's port"
        " too. Year Ships 2014 12 NOTEBOOK Tel 49 30 123 hna ww ln",
    ),
    (
        "anpa.txt",
        test_anpa.STORY,
        "Port opens new route WANG WEI Harbour News ZHANJIANG China A port opened a new route on"
        " Monday Room for growth W L Tampa Bay 73 6½ MIN MAX Beijing 28 60 Heat won lost drew",
    ),
    (
        "wordpress.xml",
        WXR,
        "Quay Li Na The port of Zhanjiang opened a new quay on Tuesday. What it costs The quay cost"
        " 300 million yuan. The new quay Two cranes One slipway",
    ),
    ("table.csv", TABLE, "港口开通新航线 港口周一开通航线。 航程更短。 王伟"),
    ("lines.jsonl", JSON_LINES, "Port opens A new port."),
]


@pytest.fixture(autouse=True)
def home() -> None:
    make_home()


def import_file(folder: Path, name: str, content: str | bytes) -> tuple[ArticlePage, str]:
    """The draft, and what the command says of it."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    told = io.StringIO()
    call_command("import_articles", str(path), publication="Harbour Post", stdout=told)
    return ArticlePage.objects.get().get_latest_revision_as_object(), told.getvalue()


def words_of(page: ArticlePage) -> Counter[str]:
    """All words that the draft keeps, whatever their field."""
    language = page.source_language
    texts = [page.source(name) or "" for name in ("headline", "standfirst", "dateline")]
    texts += [byline.author.name for byline in page.bylines.all()]
    texts += [*page.unplaced, page.contact, page.publication.title, page.print_page]
    body = raw(getattr(page, f"body_{language.replace('-', '_')}"))
    return words(" ".join([*texts, *_strings([block["value"] for block in body])]))


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _strings(part)]


@pytest.mark.parametrize(("name", "content", "wanted"), ROUNDS, ids=[one[0] for one in ROUNDS])
def test_no_word_of_the_file_is_missing_in_the_draft(
    tmp_path: Path, name: str, content: str | bytes, wanted: str
) -> None:
    page, _told = import_file(tmp_path, name, content)
    missing = words(wanted) - words_of(page)
    assert {word for word in missing if word not in LABELS} == set()
    assert not page.live


def picture_bytes(colour: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(data, "JPEG")
    return data.getvalue()


def with_pictures(**first: Any) -> str:
    """A ninjs item with a picture in its text and one that is only associated."""
    pictures = [
        {**PICTURE, "renditions": {"original": {"href": "port.jpg"}}, **first},
        {
            **PICTURE,
            "uri": "urn:q",
            "description_text": "A new quay.",
            "alt_text": "A quay",
            "renditions": {"original": {"href": "quay.jpg"}},
        },
    ]
    body = '<p>A port opened.</p><figure><img src="port.jpg"></figure><p>It is large.</p>'
    associations = {f"picture{n}": one for n, one in enumerate(pictures)}
    return json.dumps({**FIRST, "body_xhtml": body, "associations": associations})


def blocks_of(page: ArticlePage) -> list[Any]:
    return [
        block["value"]["image"] if block["type"] == "image" else block["type"]
        for block in raw(page.body_en)
    ]


def test_a_wires_pictures_become_photographs_in_place(tmp_path: Path) -> None:
    (tmp_path / "port.jpg").write_bytes(picture_bytes("red"))
    (tmp_path / "quay.jpg").write_bytes(picture_bytes("blue"))
    page, told = import_file(tmp_path, "story.json", with_pictures())
    port, quay = ArchiveImage.objects.order_by("pk")
    assert blocks_of(page) == ["paragraph", port.pk, "paragraph", quay.pk]
    assert (port.caption_en, port.credit, port.rights) == ("Two cranes.", "Li Na", "© Harbour News")
    assert (port.alt_text_en or "", quay.alt_text_en) == ("", "A quay")
    assert "1 picture has no alternative text" in told


def test_the_same_picture_is_stored_once(tmp_path: Path) -> None:
    for name in ("port.jpg", "quay.jpg"):
        (tmp_path / name).write_bytes(picture_bytes("red"))
    page, _told = import_file(tmp_path, "story.json", with_pictures())
    image = ArchiveImage.objects.get()
    assert blocks_of(page) == ["paragraph", image.pk, "paragraph", image.pk]


@pytest.mark.parametrize(
    ("href", "reason"),
    [
        ("port.jpg", "port.jpg isn't beside the file"),
        ("https://pictures.example/port.jpg", "ARCHIVE_INTAKE_IMAGE_HOSTS may allow"),
    ],
)
def test_a_picture_that_can_not_be_had_leaves_its_caption(
    tmp_path: Path, href: str, reason: str
) -> None:
    item = {**FIRST, "associations": {"a": {**PICTURE, "renditions": {"original": {"href": href}}}}}
    page, told = import_file(tmp_path, "story.json", json.dumps(item))
    assert "picture left out, its caption stays" in told
    assert reason in told
    (block,) = [block["value"] for block in raw(page.body_en) if block["type"] == "image"]
    assert (block["image"], block["caption"], block["credit"]) == (None, "Two cranes.", "Li Na")


def test_a_file_that_is_no_picture_is_told(tmp_path: Path) -> None:
    (tmp_path / "port.jpg").write_bytes(b"<html>")
    (tmp_path / "quay.jpg").write_bytes(picture_bytes("blue"))
    _page, told = import_file(tmp_path, "story.json", with_pictures())
    assert "port.jpg is no picture" in told
    assert ArchiveImage.objects.count() == 1
