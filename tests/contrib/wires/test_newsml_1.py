"""NewsML 1.2: news lines, components of components, pictures."""

import pytest

from archive.contrib.intake.records import IntakeError
from archive.contrib.wires.newsml_1 import NewsmlFormat
from tests.contrib.intake.formats.documents import document, documents, source, texts

LINES = """<NewsLines><HeadLine>Port opens</HeadLine><SubHeadLine>A week faster</SubHeadLine>
<ByLine>By Wang Wei</ByLine><DateLine>ZHANJIANG, Sept 22 (HN) -</DateLine>
<CreditLine>HN</CreditLine>
<CopyrightLine>© 2015 HN</CopyrightLine><SlugLine>PORT-ROUTE</SlugLine></NewsLines>"""
PHOTO = """<NewsComponent><Role FormalName="Photo"/><NewsLines><ByLine>Li Na</ByLine></NewsLines>
<NewsComponent><Role FormalName="Caption"/><ContentItem><MediaType FormalName="Text"/>
<DataContent><p>Two cranes.</p></DataContent></ContentItem></NewsComponent>
<NewsComponent><ContentItem Href="small.jpg"><MediaType FormalName="Photo"/>
<Characteristics><SizeInBytes>100</SizeInBytes></Characteristics></ContentItem></NewsComponent>
<NewsComponent><ContentItem Href="large.jpg"><MediaType FormalName="Photo"/>
<Characteristics><SizeInBytes>90000</SizeInBytes></Characteristics></ContentItem></NewsComponent>
</NewsComponent>"""
NITF = "<nitf><body><body.content><p>A port opened.</p></body.content></body></nitf>"


def text_item(data: str) -> str:
    return (
        '<NewsComponent><ContentItem><MediaType FormalName="Text"/>'
        f"<DataContent>{data}</DataContent></ContentItem></NewsComponent>"
    )


def message(*components: str, lines: str = LINES, equivalents: str = "no") -> str:
    return f"""<NewsML><NewsItem xml:lang="en"><Identification><NewsIdentifier>
<PublicIdentifier>urn:newsml:hn:1</PublicIdentifier></NewsIdentifier></Identification>
<NewsManagement><FirstCreated>20150922T083000+0800</FirstCreated></NewsManagement>
<NewsComponent EquivalentsList="{equivalents}">{lines}<DescriptiveMetadata>
<Property FormalName="Keyword" Value="ports"/></DescriptiveMetadata>{"".join(components)}
</NewsComponent></NewsItem></NewsML>"""


def test_the_news_lines_are_metadata() -> None:
    said = document(NewsmlFormat(), message(text_item(NITF))).metadata
    assert (said.headline, said.standfirst) == ("Port opens", "A week faster")
    assert (said.bylines, said.agencies) == (("By Wang Wei",), ("HN",))
    assert said.dateline == "ZHANJIANG, Sept 22 (HN)"
    assert said.keywords == ("PORT-ROUTE", "ports")
    assert (said.rights, said.identifier, said.language) == ("© 2015 HN", "urn:newsml:hn:1", "en")
    assert said.published is not None
    assert said.published.isoformat() == "2015-09-22T08:30:00+08:00"


@pytest.mark.parametrize(
    "data",
    [
        NITF,
        "<body.content><p>A port opened.</p></body.content>",
        "<p>A port opened.</p>",
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>A port opened.</p></body></html>',
        "<![CDATA[<P>A port opened.</P>]]>",
        "A port opened.",
    ],
)
def test_the_text_is_read_in_any_form(data: str) -> None:
    found = document(NewsmlFormat(), message(text_item(data)))
    assert texts(found, "text", "paragraph") == ["A port opened."]


def test_a_picture_component_gives_its_largest_picture() -> None:
    found = document(NewsmlFormat(), message(text_item(NITF), PHOTO))
    (image,) = found.images
    assert (image.name, image.caption, image.credit) == ("large.jpg", "Two cranes.", "Li Na")
    assert texts(found, "paragraph") == ["A port opened."]


def test_components_with_their_own_headlines_are_stories() -> None:
    second = text_item(NITF).replace(
        "<ContentItem>", "<NewsLines><HeadLine>Second</HeadLine></NewsLines><ContentItem>"
    )
    found = documents(NewsmlFormat(), message(text_item(NITF), second))
    assert [one.metadata.headline for one in found] == ["Port opens", "Second"]


def test_parts_without_a_headline_are_one_story() -> None:
    found = document(NewsmlFormat(), message(text_item("<p>One.</p>"), text_item("<p>Two.</p>")))
    assert texts(found, "paragraph") == ["One.", "Two."]


def test_of_equivalents_one_is_read() -> None:
    text = message(text_item("<p>One.</p>"), text_item("One."), equivalents="yes")
    assert texts(document(NewsmlFormat(), text), "paragraph", "text") == ["One."]


def test_an_item_without_components_says_so() -> None:
    with pytest.raises(IntakeError, match="holds no text"):
        list(NewsmlFormat().documents(source("<NewsML><NewsItem/></NewsML>")))
