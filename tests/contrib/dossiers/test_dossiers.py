"""Dossiers: as a page, on the front page, in a search, as one text, as a feed and as a book."""

import io
import posixpath
import zipfile
from typing import Any
from xml.etree.ElementTree import Element

import feedparser
import pytest
from bs4 import BeautifulSoup
from defusedxml.ElementTree import fromstring
from django.test import Client
from wagtail.models import PageViewRestriction

from archive.contrib.dossiers.epub import to_xhtml
from archive.contrib.dossiers.models import DossierPage
from archive.text.language import CHINESE
from tests.access.newspaper import make_newspaper
from tests.factories import make_article, make_dossier, make_entity, make_image, make_tie, translate

pytestmark = pytest.mark.django_db
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
TEXT = {"text_en": "<p>How it began.</p>", "text_zh_hans": "<p>缘起。</p>"}


def read(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.fixture
def dossier() -> DossierPage:
    one, two = make_article("Harbour opens"), make_article("Second", slug="second")
    translate(two, headline="第二篇")
    city, other = make_entity(), make_entity("chicago", "Chicago", "芝加哥", country="US")
    tie = make_tie(city, other)
    tie.evidence.create(source_url="https://example.org/")
    items = [
        *(("text", TEXT), ("story", two.pk), ("story", one.pk)),
        *(("tie", tie.pk), ("name", city.pk), ("picture", make_image(credit="Li Na").pk)),
    ]
    return make_dossier(items=items, intro_en="Of two ports.", intro_zh_hans="两座港口的故事。")


@pytest.mark.usefixtures("dossier")
def test_it_shows_its_items_in_their_order_in_both_languages() -> None:
    english, chinese = read("/en/two-harbours/"), read(f"/{CHINESE}/two-harbours/")
    shown = ["How it began.", "Second", "Harbour opens", "/en/ties/chicago/", "zhanjiang/", "Li Na"]
    places = [english.index(text, english.index("Of two ports.</p>")) for text in shown]
    assert places == sorted(places)
    for text in ("两座港口的故事。", "缘起。", "第二篇"):
        assert text in chinese
    assert "How it began." not in chinese


@pytest.mark.usefixtures("dossier")
def test_the_front_page_and_a_search_lead_to_it() -> None:
    link = '<a class="headline" href="/en/two-harbours/">Two harbours</a>'
    assert link in read("/en/")
    assert link in read("/en/search/?q=harbour")
    assert link not in read("/en/search/?q=second")
    DossierPage.objects.get().unpublish()
    assert link not in read("/en/") + read("/en/search/?q=harbour")


def test_it_shows_nothing_that_is_not_for_all(dossier: DossierPage) -> None:
    hidden = make_article("Not yet", live=False)
    locked = make_article("Locked")
    PageViewRestriction.objects.create(page=locked, restriction_type="login")
    secret = make_entity("secret", "Secret City", "密城")
    unproven = make_tie(secret, make_entity("other", "Other Town", "他镇"))
    unproven.evidence.all().delete()
    secret.is_published = False
    secret.save()
    raw = [*dossier.items.raw_data]
    raw += [
        {"type": kind, "value": pk, "id": f"x{pk}{kind}"}
        for kind, pk in (
            *(("story", hidden.pk), ("story", locked.pk)),
            *(("name", secret.pk), ("tie", unproven.pk)),
        )
    ]
    dossier.items = dossier.items.stream_block.to_python(raw)
    dossier.save_revision().publish()
    shown = read("/en/two-harbours/") + read("/en/dossiers/two-harbours/reader/")
    shown += read("/en/dossiers/two-harbours/feed/") + read("/en/two-harbours.md")
    shown += "".join(text.decode(errors="replace") for text in book().values())
    for text in ("Not yet", "Locked", "Secret City", "Other Town"):
        assert text not in shown
    assert "Harbour opens" in shown


@pytest.mark.parametrize(
    "path",
    [
        "two-harbours/",
        *(f"dossiers/two-harbours/{one}" for one in ("reader/", "feed/", "book.epub")),
    ],
)
def test_one_that_is_not_public_is_at_none_of_its_addresses(
    dossier: DossierPage, path: str
) -> None:
    assert Client().get(f"/en/{path}").status_code == 200
    PageViewRestriction.objects.create(page=dossier, restriction_type="login")
    assert Client().get(f"/en/{path}").status_code in (302, 404)
    dossier.unpublish()
    assert Client().get(f"/en/{path}").status_code in (404, 410)


@pytest.mark.usefixtures("dossier")
def test_one_text_has_every_story_whole() -> None:
    text = read("/en/dossiers/two-harbours/reader/")
    assert text.count("Second paragraph.") == 2
    assert text.index("<h2>Second</h2>") < text.index("<h2>Harbour opens</h2>")


@pytest.mark.usefixtures("dossier")
def test_its_feed_has_the_stories_of_the_language() -> None:
    english = feedparser.parse(read("/en/dossiers/two-harbours/feed/"))
    assert {entry.title for entry in english.entries} == {"Harbour opens", "Second"}
    chinese = feedparser.parse(read(f"/{CHINESE}/dossiers/two-harbours/feed/?format=atom"))
    assert [entry.title for entry in chinese.entries] == ["第二篇"]


@pytest.mark.usefixtures("dossier")
def test_a_page_costs_few_queries(django_assert_max_num_queries: Any) -> None:
    read("/en/two-harbours/")
    with django_assert_max_num_queries(16):
        read("/en/two-harbours/")


# The book


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_story_is_a_book_of_its_own(language: str) -> None:
    story = make_article("Harbour opens", slug="opens")
    translate(story, headline="港口启用")
    page = read(f"/{language}/china-daily/2015/09/22/opens/")
    (link,) = BeautifulSoup(page, "html.parser").select(".story-foot a[href$='.epub']")
    response = Client().get(link["href"])
    assert response["Content-Type"] == "application/epub+zip"
    with zipfile.ZipFile(io.BytesIO(response.content)) as opened:
        text = opened.read("EPUB/chapter-1.xhtml").decode()
    assert {"en": "Harbour opens", "zh-hans": "港口启用"}[language] in text
    story.unpublish()
    assert Client().get(link["href"]).status_code == 410


def book(language: str = "en") -> dict[str, bytes]:
    response = Client().get(f"/{language}/dossiers/two-harbours/book.epub")
    assert response["Content-Type"] == "application/epub+zip"
    # The mimetype is first and unpacked, without an extra field: at byte 38.
    assert response.content[30:58] == b"mimetypeapplication/epub+zip"
    with zipfile.ZipFile(io.BytesIO(response.content)) as opened:
        assert opened.testzip() is None
        assert opened.infolist()[0].compress_type == zipfile.ZIP_STORED
        return {name: opened.read(name) for name in opened.namelist()}


def check_structure(files: dict[str, bytes]) -> Element:
    """What a reader needs of any EPUB 3; gives the package."""
    container = fromstring(files["META-INF/container.xml"])
    [rootfile] = container.iter("{urn:oasis:names:tc:opendocument:xmlns:container}rootfile")
    path = rootfile.get("full-path")
    package: Element = fromstring(files[path])
    assert package.get("version") == "3.0"
    identifier = package.find(f".//{DC}identifier")
    assert identifier.get("id") == package.get("unique-identifier")
    for name in ("title", "language"):
        assert package.find(f".//{DC}{name}").text
    items = {one.get("id"): one for one in package.iter(f"{OPF}item")}
    folder = posixpath.dirname(path)
    named = {posixpath.join(folder, one.get("href")): one for one in items.values()}
    # Each file is listed once, and each that is listed is there.
    assert set(named) == set(files) - {"mimetype", "META-INF/container.xml", path}
    assert len(named) == len(items)
    spine = [one.get("idref") for one in package.iter(f"{OPF}itemref")]
    documents = [key for key, one in items.items() if one.get("media-type") == XHTML_TYPE]
    [nav] = [key for key in documents if items[key].get("properties") == "nav"]
    assert sorted(spine) == sorted(set(documents) - {nav})
    links = [one.get("href") for one in fromstring(files[f"{folder}/nav.xhtml"]).iter(f"{XHTML}a")]
    assert links == [items[key].get("href") for key in spine]
    for name, one in named.items():
        if one.get("media-type") == XHTML_TYPE:
            page = fromstring(files[name])
            assert page.find(f".//{XHTML}title").text
            pictures = [posixpath.join(folder, i.get("src")) for i in page.iter(f"{XHTML}img")]
            assert set(pictures) <= set(files)
    return package


XHTML_TYPE = "application/xhtml+xml"


@pytest.mark.usefixtures("dossier")
@pytest.mark.parametrize("language", ["en", CHINESE])
def test_the_book_is_a_whole_epub(language: str) -> None:
    files = book(language)
    package = check_structure(files)
    assert package.find(f".//{DC}identifier").text == f"http://localhost/{language}/two-harbours/"
    texts = [text.decode() for name, text in files.items() if "chapter" in name]
    assert len(texts) == 3
    assert any("Second paragraph." in text for text in texts)
    assert any(name.startswith("EPUB/pictures/") for name in files)


def test_a_story_with_every_kind_of_block_is_a_whole_chapter() -> None:
    make_newspaper()
    files = book()
    check_structure(files)
    text = files["EPUB/chapter-2.xhtml"].decode()
    assert "young students" in text
    assert 'href="http://localhost/en/' in text


@pytest.mark.parametrize(
    ("html", "xhtml"),
    [
        ("<p>a<br>b & c</p>", "<p>a<br/>b &amp; c</p>"),
        ("<p>open <b>both", "<p>open <b>both</b></p>"),
        ('<a href="/x" onclick="e()">x</a>', '<a href="https://e.org/x">x</a>'),
        ("<script>x</script><form><p>y</p></form>z", "z"),
        (
            '<img src="a.jpg" alt="&quot;A&quot;"><img src="b.avif">',
            '<img src="1" alt="&quot;A&quot;"/>',
        ),
        ("<p>\x0b&nbsp;</p>", "<p>\u00a0</p>"),
    ],
)
def test_html_becomes_well_formed(html: str, xhtml: str) -> None:
    found = to_xhtml(html, "https://e.org/en/", {"a.jpg": "1"}.get)  # type: ignore[arg-type]
    assert found == xhtml
    fromstring(f"<div>{found}</div>")
