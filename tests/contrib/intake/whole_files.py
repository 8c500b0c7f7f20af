"""One small, right file of each format, for tests that damage it or make it large."""

import io
import json
import textwrap

import docx

from tests.contrib.intake.files import zipped
from tests.contrib.intake.formats.pdf_files import pdf

PARAGRAPH = "The harbour office said on Monday that two ships had opened a new route to the north."
SECOND = "It is a week faster than by road, according to a captain."
TEXT = f"Port opens new route\nBy Wang Wei in Zhanjiang\n\n{PARAGRAPH}\n\n{SECOND}\n"
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
WORDPRESS = (
    '<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Post</title>'
    "<wp:wxr_version>1.2</wp:wxr_version><item><title>Port opens</title>"
    "<wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>"
    f"<content:encoded><![CDATA[<p>{PARAGRAPH}</p>]]></content:encoded></item></channel></rss>"
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
CSV = f'headline,body,date\nPort opens,"{PARAGRAPH}",2015-09-22\n'
JSON_LINES = json.dumps({"headline": "Port opens", "body": PARAGRAPH}) + "\n"
HTML = (
    "<!DOCTYPE html><html><head><title>Port opens</title></head><body><article>"
    f"<h1>Port opens</h1><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p></article></body></html>"
)

FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title><item>'
    f"<title>Port opens</title><description>{PARAGRAPH} {SECOND}</description></item>"
    "</channel></rss>"
)
MHTML = (
    "From: <Saved by Blink>\r\nSubject: Port opens\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="--x"\r\n\r\n'
    f"----x\r\nContent-Type: text/html\r\n\r\n{HTML}\r\n----x--\r\n"
)
MAIL = (
    "From: a@example.com\r\nTo: b@example.com\r\nDate: Tue, 22 Sep 2015 10:00:00 +0800\r\n"
    f"Subject: Port opens\r\n\r\n{TEXT}"
)
MARKDOWN = f"---\ntitle: Port opens\n---\n\n# Port opens\n\n{PARAGRAPH}\n\n## Ships\n\n{SECOND}\n"
RTF = f"{{\\rtf1\\ansi Port opens\\par {PARAGRAPH}\\par {SECOND}\\par}}"


def _docx() -> bytes:
    stream = io.BytesIO()
    document = docx.Document()
    for text in TEXT.splitlines():
        document.add_paragraph(text)
    document.save(stream)
    return stream.getvalue()


def _odt() -> bytes:
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<o:document-content xmlns:o="{names}:office:1.0" xmlns:t="{names}:text:1.0"><o:body>'
        f"<o:text><t:h>Port opens</t:h><t:p>{PARAGRAPH}</t:p></o:text></o:body>"
        "</o:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": kind, "content.xml": content.encode()})


def _pdf() -> bytes:
    lines = ["Port opens", "", *textwrap.wrap(PARAGRAPH, 50), "", *textwrap.wrap(SECOND, 50)]
    sizes = [20, *[10] * len(lines)]
    page = [(50, 700 - 14 * at, sizes[at], text, 1) for at, text in enumerate(lines) if text]
    return pdf([page])


# By the format's id.
WHOLE = {
    name: text.encode()
    for name, text in {
        "text": TEXT,
        "nitf": NITF,
        "newsml-g2": NEWSML_G2,
        "newsml": NEWSML,
        "wordpress": WORDPRESS,
        "iptc7901": IPTC,
        "anpa": ANPA,
        "ninjs": NINJS,
        "csv": CSV,
        "jsonl": JSON_LINES,
        "html": HTML,
        "feed": FEED,
        "mhtml": MHTML,
        "mail": MAIL,
        "markdown": MARKDOWN,
        "rtf": RTF,
    }.items()
}
WHOLE |= {"docx": _docx(), "odt": _odt(), "pdf": _pdf()}
