"""The rounds' story in the wires' formats."""

import json
import textwrap

from tests.contrib.intake.round_story import (
    BODY,
    CAPTION,
    CREDIT,
    DATELINE,
    FIGURE,
    FIRST,
    HEADLINE,
    LIST,
    MARKED_UP,
    PHOTO,
    PICTURE,
    PLAIN_BODY,
    QUOTE,
    RIGHTS,
    SAID_BY,
    SECOND,
    STANDFIRST,
    SUBHEAD,
    TABLE,
    THIRD,
    RoundFile,
)

NITF = f"""<?xml version="1.0" encoding="utf-8"?>
<nitf baselang="en-GB"><head><title>port</title><docdata><date.issue norm="20150922T083000+0800"/>
<doc.copyright year="2014" holder="Gulf Press Holdings"/></docdata>
<pubdata name="Harbour Post" date.publication="20150922T000000+0800" position.section="Business"
 position.sequence="B8"/></head><body><body.head>
<hedline><hl1>{HEADLINE}</hl1><hl2>{STANDFIRST}</hl2></hedline>
<byline>By <person>Wang Wei</person> and <person>Li Na</person></byline>
<dateline><location>{DATELINE}</location></dateline></body.head><body.content><p>{FIRST}</p>
<media media-type="image"><media-reference source="{PICTURE}" alternate-text="Two cranes"/>
<media-caption>{CAPTION}</media-caption><media-producer>{CREDIT}</media-producer></media>
<p>{SECOND}</p><hl2>{SUBHEAD}</hl2><p>{THIRD}</p>{LIST}<table>{TABLE}</table>
<bq><p>{QUOTE}</p><credit>{SAID_BY}</credit></bq></body.content></body></nitf>"""
NEWSML = f"""<NewsML><NewsItem xml:lang="en"><NewsManagement>
<FirstCreated>20150922T083000+0800</FirstCreated></NewsManagement>
<NewsComponent><NewsLines><HeadLine>{HEADLINE}</HeadLine><SubHeadLine>{STANDFIRST}</SubHeadLine>
<ByLine>By Wang Wei and Li Na</ByLine><DateLine>{DATELINE}, Sept 22 -</DateLine>
<CopyrightLine>{RIGHTS}</CopyrightLine></NewsLines><NewsComponent><ContentItem>
<MediaType FormalName="Text"/><DataContent>{PLAIN_BODY}</DataContent></ContentItem></NewsComponent>
<NewsComponent><Role FormalName="Photo"/><NewsLines><ByLine>{CREDIT}</ByLine></NewsLines>
<NewsComponent><Role FormalName="Caption"/><ContentItem><MediaType FormalName="Text"/>
<DataContent><p>{CAPTION}</p></DataContent></ContentItem></NewsComponent><NewsComponent>
<ContentItem Href="{PICTURE}"><MediaType FormalName="Photo"/></ContentItem></NewsComponent>
</NewsComponent></NewsComponent></NewsItem></NewsML>"""


def _g2_item(guid: str, kind: str, meta: str, content: str) -> str:
    return f"""<newsItem guid="{guid}" xml:lang="en"><rightsInfo><copyrightNotice>{RIGHTS}
</copyrightNotice></rightsInfo><itemMeta><itemClass qcode="ninat:{kind}"/>
<firstCreated>2015-09-22T08:30:00+08:00</firstCreated></itemMeta><contentMeta>{meta}
</contentMeta><contentSet>{content}</contentSet></newsItem>"""


G2 = f"""<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{
    _g2_item(
        "urn:1",
        "text",
        f'<headline>{HEADLINE}</headline><headline role="hld:subHeadline">{STANDFIRST}</headline>'
        f"<by>By Wang Wei and Li Na</by><dateline>{DATELINE}</dateline>",
        '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<body>{PLAIN_BODY}</body></html></inlineXML>",
    )
}{
    _g2_item(
        "urn:p",
        "picture",
        f"<by>{CREDIT}</by><description>{CAPTION}</description>",
        f'<remoteContent rendition="rend:baseImage" contenttype="image/jpeg" href="{PICTURE}"/>',
    )
}</itemSet></newsMessage>"""
NINJS = json.dumps(
    {
        "uri": "https://news.example/1",
        "type": "text",
        "language": "en",
        "headline": HEADLINE,
        "description_text": STANDFIRST,
        "byline": "By Wang Wei and Li Na",
        "located": "Zhanjiang",
        "firstcreated": "2015-09-22T08:30:00+08:00",
        "service": [{"name": "Business"}],
        "copyrightnotice": RIGHTS,
        "body_xhtml": BODY.replace(FIGURE, ""),
        "associations": {
            "main": {
                "uri": "urn:p",
                "type": "picture",
                "description_text": CAPTION,
                "byline": CREDIT,
                "copyrightnotice": RIGHTS,
                "renditions": {"original": {"href": PICTURE}},
            }
        },
    }
)


def _wrapped(text: str) -> str:
    return "   " + "\r\n".join(textwrap.wrap(text, 66))


IPTC = (
    f"\x01hna062 4 i 211 hna 061\r\n\nPorts/\r\n\x02{HEADLINE}\r\nBy Wang Wei and Li Na, hna ="
    f"\r\n\n{_wrapped(f'{DATELINE} (hna) - {FIRST}')}\r\n\n{_wrapped(SECOND)}\r\n\n"
    f"{_wrapped(THIRD)}\r\n\n\x03220030 GMT Sep 15 \r\n\x04"
)
ANPA = (
    "\x16\x16\x01W2870\x1fasian\r\nr i\x13\x11 BC-Port     09-22 1049\r\n\x02"
    f"^BC-Port,466<\r\n^{HEADLINE}<\r\n^By WANG WEI and LI NA=\r\n^Harbour News=\r\n"
    f"\t{_wrapped(f'{DATELINE}, China (HN) _ {FIRST}')}\r\n\t{_wrapped(SECOND)}\r\n^{SUBHEAD}=\r\n"
    f"\t{_wrapped(THIRD)}\r\n\x08Year\x1f\x1e Ships\r\n"
    "\x082014\x1f\x1e 12\r\n\x082013\x1f\x1e 31\r\n"
    "\t   \x03AP-WF-09-22-15 0009GMT<\r\n\x04"
)
_AGENCY = ("page", "section")
# By the format's id.
ROUND_FILES = {
    "nitf": RoundFile("port.xml", NITF.encode(), (), PHOTO),
    "newsml": RoundFile("port.xml", NEWSML.encode(), _AGENCY, PHOTO),
    "newsml-g2": RoundFile("port.xml", G2.encode(), _AGENCY, PHOTO),
    "ninjs": RoundFile("port.json", NINJS.encode(), ("page",), PHOTO),
    "iptc7901": RoundFile(
        "port.txt",
        IPTC.encode(),
        (*MARKED_UP, "page", "standfirst", "subhead", "caption"),
        has_picture=False,
    ),
    "anpa": RoundFile(
        "port.txt",
        ANPA.encode(),
        ("list", "quote", "section", "rights", "page", "standfirst", "caption"),
        has_picture=False,
    ),
}
