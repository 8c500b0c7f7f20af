"""NewsML-G2: items, messages of several, and packages."""

import base64

import pytest

from archive.contrib.intake.records import IntakeError
from archive.contrib.wires.newsml_g2 import NewsmlG2Format
from tests.contrib.intake.formats.documents import document, documents, source, texts

G2 = "http://iptc.org/std/nar/2006-10-01/"
XHTML = """<inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><body><p>By Wang Wei</p>
<p>A <Company xmlns="x">port</Company> opened.</p><h3>Ships</h3></body></html></inlineXML>"""
NITF = """<inlineXML contenttype="application/nitf+xml">
<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">
<body><body.head><hedline><hl1>Old headline</hl1></hedline></body.head>
<body.content><block><p>A port opened.</p></block></body.content></body></nitf></inlineXML>"""

BASE64 = base64.b64encode(b"A port opened. It is large.").decode()
REFERENCES = '<itemRef residref="urn:2"/><itemRef residref="urn:p"/>'
PACKAGE = (
    f'<packageItem guid="urn:k"><groupSet><group>{REFERENCES}</group></groupSet></packageItem>'
)


def item(content: str, guid: str = "urn:1", kind: str = "text", about: str = "") -> str:
    return f"""<newsItem guid="{guid}" xml:lang="en"><rightsInfo>
<copyrightNotice>© 2015 Harbour News</copyrightNotice></rightsInfo>
<itemMeta><itemClass qcode="ninat:{kind}"/><versionCreated>2015-09-22T12:00:00Z</versionCreated>
<firstCreated>2015-09-22T08:30:00+08:00</firstCreated><edNote>Adds quote.</edNote></itemMeta>
<contentMeta><headline>Port opens</headline>
<headline role="hld:subHeadline">A week faster</headline>
<by>By Wang Wei</by><creditline>Harbour News</creditline><slugline>PORT-ROUTE</slugline>
<subject><name>shipping</name></subject><subject qcode="x:f"><name>f</name></subject>{about}
</contentMeta>
<contentSet>{content}</contentSet></newsItem>"""


def message(*items: str) -> str:
    return f'<newsMessage xmlns="{G2}"><itemSet>{"".join(items)}</itemSet></newsMessage>'


def picture(guid: str = "urn:p") -> str:
    renditions = "".join(
        f'<remoteContent rendition="rend:{name}" width="{width}" contenttype="image/jpeg"'
        f' href="https://pictures.example/{name}.jpg"/>'
        for name, width in (("thumbnail", 100), ("baseImage", 3000))
    )
    return item(renditions, guid, "picture", "<description>Two cranes.</description>")


def test_what_the_item_says_is_metadata() -> None:
    said = document(NewsmlG2Format(), message(item(XHTML))).metadata
    assert (said.headline, said.standfirst) == ("Port opens", "A week faster")
    assert (said.bylines, said.agencies) == (("By Wang Wei",), ("Harbour News",))
    assert said.keywords == ("PORT-ROUTE", "shipping")
    assert said.published is not None
    assert said.published.isoformat() == "2015-09-22T08:30:00+08:00"
    assert (said.rights, said.identifier) == ("© 2015 Harbour News", "urn:1")


def test_xhtml_is_read_and_its_byline_stands_once() -> None:
    found = document(NewsmlG2Format(), message(item(XHTML)))
    assert texts(found, "paragraph") == ["A port opened."]
    assert texts(found, "subhead") == ["Ships"]
    assert texts(found, "byline").count("By Wang Wei") == 1


def test_the_items_headline_comes_before_its_nitf() -> None:
    found = document(NewsmlG2Format(), message(item(NITF)))
    assert found.metadata.headline == "Port opens"
    assert "Old headline" in texts(found, "standfirst")
    assert texts(found, "paragraph") == ["A port opened."]


@pytest.mark.parametrize(
    ("attributes", "text"),
    [
        ('contenttype="text/plain"', "A port opened.\n\nIt is large."),
        ('contenttype="text/plain"', "<![CDATA[<p>A port opened.\nIt is large.</p>]]>"),
        ('contenttype="text/html"', "<![CDATA[<p>A port opened.</p><p>It is large.</p>]]>"),
        ('contenttype="text/plain" encoding="encd:base64"', BASE64),
    ],
)
def test_inline_data_is_read_in_any_form(attributes: str, text: str) -> None:
    content = f"<inlineData {attributes}>{text}</inlineData>"
    found = document(NewsmlG2Format(), message(item(content)))
    assert " ".join(texts(found, "text", "paragraph")) == "A port opened. It is large."


def test_each_text_item_of_a_message_is_a_story() -> None:
    found = documents(NewsmlG2Format(), message(item(XHTML), item(NITF, "urn:2")))
    assert [one.metadata.identifier for one in found] == ["urn:1", "urn:2"]


def test_a_messages_picture_goes_to_its_one_story() -> None:
    (image,) = document(NewsmlG2Format(), message(picture(), item(XHTML))).images
    assert image.url == "https://pictures.example/baseImage.jpg"
    assert (image.caption, image.credit) == ("Two cranes.", "By Wang Wei / Harbour News")
    assert image.rights == "© 2015 Harbour News"


def test_a_package_says_whose_a_picture_is() -> None:
    text = message(PACKAGE, item(XHTML), item(NITF, "urn:2"), picture())
    assert [len(one.images) for one in documents(NewsmlG2Format(), text)] == [0, 1]


def test_a_picture_alone_has_headline_and_caption() -> None:
    found = document(NewsmlG2Format(), message(picture()))
    assert texts(found, "headline", "caption") == ["Port opens", "Two cranes."]


def test_a_list_of_stories_elsewhere_says_so() -> None:
    text = f'<packageItem xmlns="{G2}" guid="urn:k"><itemRef residref="urn:1"/></packageItem>'
    with pytest.raises(IntakeError, match="elsewhere"):
        list(NewsmlG2Format().documents(source(text)))
