"""One small, right file of each wire format, for tests that damage it or make it large."""

import json

from tests.contrib.intake.whole_files import PARAGRAPH

NITF = (
    "<nitf><body><body.head><hedline><hl1>Port opens</hl1></hedline></body.head>"
    f"<body.content><p>{PARAGRAPH}</p></body.content></body></nitf>"
)
NEWSML_G2 = (
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1" xml:lang="en"><itemMeta>'
    '<itemClass qcode="ninat:text"/></itemMeta><contentMeta><headline>Port opens</headline>'
    f"</contentMeta><contentSet><inlineXML><p>{PARAGRAPH}</p></inlineXML></contentSet></newsItem>"
)
NEWSML = (
    '<NewsML><NewsItem xml:lang="en"><NewsComponent><NewsLines><HeadLine>Port opens</HeadLine>'
    '</NewsLines><NewsComponent><ContentItem><MediaType FormalName="Text"/>'
    f"<DataContent><p>{PARAGRAPH}</p></DataContent></ContentItem></NewsComponent>"
    "</NewsComponent></NewsItem></NewsML>"
)
IPTC = (
    "\x01hna062 4 i 211 hna 061\r\n\nPorts/\r\n\x02Port opens\r\n\n"
    f"   {PARAGRAPH}\r\n\x03221137 GMT Sep 15\x04"
)
ANPA = (
    "\x16\x16\x01W2870\x1fasian\r\nr i\x13\x11 BC-Port     09-22 1049\r\n\x02^BC-Port,466<\r\n"
    f"^Port opens<\r\n\t   {PARAGRAPH}\r\n\x03AP-WF-09-22-15 1509GMT<\x04"
)
NINJS = json.dumps(
    {"uri": "urn:1", "type": "text", "headline": "Port opens", "body_xhtml": f"<p>{PARAGRAPH}</p>"}
)
# By the format's id.
WHOLE = {
    name: text.encode()
    for name, text in {
        "nitf": NITF,
        "newsml-g2": NEWSML_G2,
        "newsml": NEWSML,
        "iptc7901": IPTC,
        "anpa": ANPA,
        "ninjs": NINJS,
    }.items()
}
