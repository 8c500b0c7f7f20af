"""WordPress's export as a pile of stories."""

from archive.contrib.intake.documents import SourceDocument
from archive.contrib.intake.formats.wordpress import WordPressExport
from tests.contrib.intake.formats.documents import document, source, texts
from tests.contrib.transfer import exports


def export(*items: str) -> SourceDocument:
    return document(WordPressExport(), exports.HEAD + "".join(items) + "</channel></rss>")


def post(**values: object) -> str:
    terms = [
        ("category", "news", "News"),
        ("category", "ports", "Ports"),
        ("post_tag", "x", "Quay"),
    ]
    return exports.item(7, "Quay &amp; crane", exports.ENGLISH, terms=terms, **values)


def test_a_published_post_is_a_story() -> None:
    said = export(post()).metadata
    assert (said.headline, said.publication) == ("Quay & crane", "Harbour Post")
    assert (said.section, said.keywords) == ("News", ("Ports", "Quay"))
    assert said.bylines == ("Li Na",)
    assert said.identifier == "wordpress/harbour.example/7"
    assert said.published is not None


def test_its_blocks_are_lines() -> None:
    found = export(post())
    assert texts(found, "subhead") == ["What it costs"]
    assert texts(found, "list_item") == ["Two cranes", "One slipway"]
    assert texts(found, "caption") == ["The new quay"]


def test_its_picture_is_the_attachments_original() -> None:
    (image,) = export(post(), exports.PICTURE).images
    assert image.url == "https://harbour.example/wp-content/uploads/quay.png"
    assert image.alt_text == "Cranes on a quay"


def test_without_the_attachment_the_address_in_the_text_stays() -> None:
    (image,) = export(post()).images
    assert image.url == "https://harbour.example/wp-content/uploads/quay-300x200.png"


def test_a_featured_picture_comes_first() -> None:
    item = exports.item(8, "Crane", "<p>A crane.</p>", meta={"_thumbnail_id": "34"})
    found = export(item, exports.PICTURE)
    (image,) = found.images
    assert found.lines[image.after].text == "A crane."


def test_what_is_not_published_is_left_out_and_counted() -> None:
    found = export(post(), exports.item(9, "Draft", "<p>x</p>", status="draft"))
    assert "Not published, so left out: draft: 1." in found.warnings


def test_another_feed_is_not_recognised() -> None:
    assert not WordPressExport().recognises(source('<rss version="2.0"><channel/></rss>'))
