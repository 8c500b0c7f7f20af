"""WordPress's export as a pile of stories, and the words of its posts."""

import time

import pytest

from archive.contrib.intake.documents import SourceDocument
from archive.contrib.transfer.wordpress_format import WordPressExport
from archive.contrib.transfer.wxr import php_pairs, read_content
from tests.contrib.intake.damage import check_all, cut_off, damaged
from tests.contrib.intake.formats.documents import document, source, texts
from tests.contrib.intake.round_story import BODY, HEADLINE, PHOTO, STANDFIRST, RoundFile
from tests.contrib.intake.rounds import check_round, round_client
from tests.contrib.transfer import exports

WORDPRESS = f"""<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour Post</title>
<wp:wxr_version>1.2</wp:wxr_version><wp:author><wp:author_login>wei</wp:author_login>
<wp:author_display_name>Wang Wei and Li Na</wp:author_display_name></wp:author>
<item><title>{HEADLINE}</title><dc:creator>wei</dc:creator><wp:post_id>1</wp:post_id>
<wp:post_date>2015-09-22 08:30:00</wp:post_date><wp:post_type>post</wp:post_type>
<wp:status>publish</wp:status><excerpt:encoded>{STANDFIRST}</excerpt:encoded>
<category domain="category" nicename="business">Business</category>
<content:encoded><![CDATA[{BODY}]]></content:encoded></item></channel></rss>"""


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


def test_wordpress_shortcodes_are_read_or_kept_as_text() -> None:
    reading = read_content(
        '[caption id="a" width="3"]<img class="wp-image-7" src="7.jpg" /> The quay[/caption]\n\n'
        '[gallery ids="8, 9"]\n\n[embed]https://vimeo.com/1[/embed]\n\nSee [map id="3"] here.'
    )
    assert [one.kind for one in reading.blocks] == ["image", "gallery", "embed", "paragraph"]
    assert reading.blocks[0].value["caption"] == "The quay"
    assert [one["image"] for one in reading.blocks[1].value["pictures"]] == ["8", "9"]
    assert '[map id="3"]' in reading.blocks[3].value
    assert reading.notes == ["shortcode [map]: kept as text"]


def test_a_block_whose_text_the_export_lacks_is_reported() -> None:
    reading = read_content('<!-- wp:latest-posts {"postsToShow":3} /--><!-- wp:separator /-->')
    assert reading.notes == ["block latest-posts: the export holds no text of it"]


def test_phps_arrays_are_read_without_running_them() -> None:
    assert php_pairs('a:2:{s:2:"en";i:398;s:5:"zh-cn";i:400;}') == {"en": "398", "zh-cn": "400"}
    assert php_pairs('O:8:"stdClass":0:{}') == {}


@pytest.mark.parametrize(
    "piece",
    [
        *("[caption ", "[a ", "<br>", "a\n", "<!-- wp:x {", "[caption]<img ", "<p>a", "<div>a"),
        *("<b>a", "<table><tr><td>a", "<br></p>", "<figure>a", "<i>a<br>", "<li>a<ul>"),
        "<figure><img src=a><figcaption>b",
    ],
)
def test_a_hostile_text_takes_no_more_than_its_length(piece: str) -> None:
    started = time.process_time()
    read_content(piece * (50_000 // len(piece)))
    assert time.process_time() - started < 5


def test_a_damaged_export_is_read_or_refused(caplog: pytest.LogCaptureFixture) -> None:
    check_all(cut_off(WORDPRESS.encode(), 12), caplog)
    check_all(damaged(WORDPRESS.encode()), caplog)


@pytest.mark.django_db
def test_no_word_is_missing_on_the_readers_page() -> None:
    file = RoundFile("wxr.xml", WORDPRESS.encode(), ("page", "rights"), PHOTO)
    check_round(round_client(), file, "wordpress")
