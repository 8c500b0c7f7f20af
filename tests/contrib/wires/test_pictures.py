"""From a wire's file to a draft: its pictures are in place."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from PIL import Image

from archive.models import ArchiveImage, ArticlePage
from archive.stories.body import raw
from tests.contrib.wires.test_ninjs import FIRST, PICTURE
from tests.factories import make_home

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


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
        ("https://pictures.example/port.jpg", "the site's administrator can allow"),
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
