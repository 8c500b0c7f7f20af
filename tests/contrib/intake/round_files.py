"""The rounds' story in each format, as that format's programs write it."""

import base64
import io
import json
import textwrap
from email.message import EmailMessage
from email.policy import SMTP

import docx
import odfdo

from tests.contrib.intake.files import JPEG, zipped
from tests.contrib.intake.formats.pdf_files import Piece, pdf
from tests.contrib.intake.round_story import (
    BODY,
    CAPTION,
    CREDIT,
    DATELINE,
    FIRST,
    HEADLINE,
    ITEMS,
    MARKED_UP,
    PHOTO,
    PICTURE,
    PLAIN_BODY,
    QUOTE,
    RIGHTS,
    ROWS,
    SAID_BY,
    SECOND,
    STANDFIRST,
    SUBHEAD,
    THIRD,
    RoundFile,
)
from tests.contrib.intake.webpages.samples import CHINESE_PAGE

_DATA = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": HEADLINE,
    "datePublished": "2015-09-22T08:30:00+08:00",
    "articleSection": "Business",
    "pageStart": "B8",
    "publisher": {"@type": "Organization", "name": "Harbour Post"},
    "copyrightNotice": RIGHTS,
}
HTML = (
    f'<!DOCTYPE html><html lang="en"><head><title>{HEADLINE} | Harbour Post</title>'
    f'<script type="application/ld+json">{json.dumps(_DATA)}</script></head><body><nav>'
    '<a href="/">Home</a> <a href="/world">World</a></nav><main><article>'
    f'<h1>{HEADLINE}</h1><p class="standfirst">{STANDFIRST}</p>'
    f'<p class="byline">By Wang Wei and Li Na</p>{BODY}</article></main></body></html>'
)
TEXT = f"""{HEADLINE}
{STANDFIRST}
By Wang Wei and Li Na

{DATELINE} - {FIRST}

{SECOND}

{SUBHEAD}

{THIRD}

{CAPTION} {CREDIT} / Harbour Post
(Harbour Post 09/22/2015 pageB8)
"""


def _mhtml() -> bytes:
    parts = [
        ("text/html; charset=utf-8", "https://harbour.example/port.html", HTML.encode()),
        ("image/jpeg", f"https://harbour.example/{PICTURE}", JPEG),
    ]
    told = [
        f"----x\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Location: {place}\r\n\r\n{base64.encodebytes(data).decode()}\r\n"
        for kind, place, data in parts
    ]
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://harbour.example/port.html"
        f"\r\nSubject: {HEADLINE}\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="--x"\r\n\r\n'
    )
    return f"{head}{''.join(told)}----x--\r\n".encode()


def _docx() -> bytes:
    document = docx.Document()
    for style, text in (
        *(("Title", HEADLINE), ("Subtitle", STANDFIRST), ("Normal", "By Wang Wei and Li Na")),
        ("Normal", f"{DATELINE} - {FIRST}"),
    ):
        document.add_paragraph(text, style)
    document.add_picture(io.BytesIO(JPEG))
    for style, text in (
        *(("Caption", f"{CAPTION} {CREDIT} / Harbour Post"), ("Normal", SECOND)),
        *(("Heading 1", SUBHEAD), ("Normal", THIRD)),
        *(("List Bullet", one) for one in ITEMS),
    ):
        document.add_paragraph(text, style)
    table = document.add_table(0, 2)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph(f"{QUOTE} — {SAID_BY}", "Quote")
    document.add_paragraph("(Harbour Post 09/22/2015 pageB8)")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _odt() -> bytes:
    document = odfdo.Document("text")
    body = document.body
    body.clear()
    body.append(odfdo.Header(1, HEADLINE, style="Title"))
    body.append(odfdo.Paragraph(STANDFIRST, style="Subtitle"))
    body.append(odfdo.Paragraph("By Wang Wei and Li Na"))
    body.append(odfdo.Paragraph(f"{DATELINE} - {FIRST}"))
    place = document.add_file(io.BytesIO(JPEG))
    frame = odfdo.Frame.image_frame(place, size=("6cm", "4cm"), anchor_type="paragraph")
    holder = odfdo.Paragraph()
    holder.append(frame)
    body.append(holder)
    body.append(odfdo.Paragraph(f"{CAPTION} {CREDIT} / Harbour Post", style="Illustration"))
    body.append(odfdo.Paragraph(SECOND))
    body.append(odfdo.Header(2, SUBHEAD))
    body.append(odfdo.Paragraph(THIRD))
    body.append(odfdo.List(list(ITEMS)))
    table = odfdo.Table("Ships")
    for row in ROWS:
        table.append_row(odfdo.Row())
        table.set_row_values(table.height - 1, list(row))
    body.append(table)
    body.append(odfdo.Paragraph(f"{QUOTE} — {SAID_BY}", style="Quotations"))
    body.append(odfdo.Paragraph("(Harbour Post 09/22/2015 pageB8)"))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _rtf() -> bytes:
    rows = "".join(
        "\\trowd\\cellx2000\\cellx4000 "
        + "".join(f"{cell}\\intbl\\cell " for cell in row)
        + "\\row"
        for row in ROWS
    )
    head, foot = TEXT.split(f"{CAPTION}")
    lines = "".join(f"\\pard {line}\\par\n" for line in head.splitlines() if line)
    foot = "".join(f"\\pard {line}\\par\n" for line in f"{CAPTION}{foot}".splitlines())
    photo = f"\\pard{{\\pict\\jpegblip {JPEG.hex()}}}\\par\n"
    return f"{{\\rtf1\\ansi\\ansicpg1252 {lines}{rows}{photo}{foot}}}".encode()


def _pdf() -> bytes:
    page: list[Piece] = []
    y = 780.0
    sizes = {HEADLINE: 22, STANDFIRST: 13, SUBHEAD: 12}
    for paragraph in TEXT.splitlines():
        size = sizes.get(paragraph, 10)
        for line in textwrap.wrap(paragraph, 70):
            page.append((50, y, size, line, 2 if paragraph in sizes else 1))
            y -= size + 3
        y -= 8
    return pdf([page], picture=JPEG)


FEED = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour Post</title>
<copyright>{RIGHTS}</copyright><language>en</language><item><title>{HEADLINE}</title>
<dc:creator>Wang Wei and Li Na</dc:creator><pubDate>Tue, 22 Sep 2015 08:30:00 +0800</pubDate>
<category>Business</category><description>{STANDFIRST}</description>
<content:encoded><![CDATA[{BODY}]]></content:encoded></item></channel></rss>"""
_CELLS = {
    "Kop": HEADLINE,
    "Intro": STANDFIRST,
    "Wie": "Wang Wei; Li Na",
    "Ort": DATELINE,
    "Tekst": PLAIN_BODY,
    "Dag": "22-09-2015",
    "Blad": "B8",
    "Katern": "Business",
    "Recht": RIGHTS,
    "Foto": PICTURE,
    "Bij de foto": CAPTION,
    "Fotograaf": CREDIT,
}
MAPPING = {
    "date_format": "%d-%m-%Y",
    "columns": dict(
        zip(
            ("headline", "standfirst", "byline", "dateline", "body", "date", "page", "section",
             "rights", "image", "caption", "credit"),
            _CELLS,
            strict=True,
        )
    ),
}  # fmt: skip


def _csv() -> bytes:
    def quoted(cells: list[str]) -> str:
        return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)

    return "\n".join(map(quoted, (list(_CELLS), list(_CELLS.values())))).encode()


MARKDOWN = f"""---
title: {HEADLINE}
subtitle: {STANDFIRST}
author: [Wang Wei, Li Na]
date: 2015-09-22
publication: Harbour Post
page: B8
section: Business
rights: {RIGHTS}
---

{DATELINE} - {FIRST}

![Two cranes]({PICTURE} "{CAPTION} {CREDIT} / Harbour Post")

{SECOND}

## {SUBHEAD}

{THIRD}

- {ITEMS[0]}
- {ITEMS[1]}

| Year | Ships |
| --- | --- |
| 2014 | 12 |
| 2013 | 31 |

> {QUOTE}
>
> — {SAID_BY}
"""


def _mail() -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = "Desk <desk@example.com>"
    message["Date"] = "Tue, 22 Sep 2015 10:00:00 +0800"
    message["Subject"] = "For Monday"
    message.set_content(TEXT)
    message.add_attachment(JPEG, maintype="image", subtype="jpeg", filename=PICTURE)
    return message.as_bytes()


_CHINESE = """湛江港开通新航线 李娜 本报湛江电 湛江港星期一开通一条新航线，
两艘货轮载着一千多个集装箱驶向南方，
港口负责人说这条航线比原来缩短了一个星期的航程。港口明年年底以前还将建成两个新泊位，
通往港区的铁路也要铺设第二条轨道，货物到港以后不必再等候火车，装卸的速度将会明显提高。前景
市政府预计，新航线在今后两年内将为港区和周围的仓库带来大约四百个就业岗位，
附近的渔民也可以在港口找到工作，不必再到外地去谋生。"""
# By the format's id; "zip" is a folder's.
ROUND_FILES = {
    "text": RoundFile("port.txt", TEXT.encode(), MARKED_UP, has_picture=False),
    "html": RoundFile("port.html", HTML.encode(), ("page",), PHOTO),
    "html in GB 2312": RoundFile(
        "gang.htm", CHINESE_PAGE.encode("gb2312"), said=_CHINESE, has_picture=False
    ),
    "mhtml": RoundFile("port.mht", _mhtml(), ("page",)),
    "docx": RoundFile("port.docx", _docx(), ("section", "rights")),
    "odt": RoundFile("port.odt", _odt(), ("section", "rights")),
    "rtf": RoundFile("port.rtf", _rtf(), ("list", "quote", "section", "rights")),
    "pdf": RoundFile("port.pdf", _pdf(), MARKED_UP),
    "mail": RoundFile("port.eml", _mail(), MARKED_UP),
    "feed": RoundFile("port.rss", FEED.encode(), ("page",), PHOTO),
    "markdown": RoundFile("port.md", MARKDOWN.encode(), (), PHOTO),
    "csv": RoundFile("table.csv", _csv(), (), PHOTO),
    "jsonl": RoundFile("table.jsonl", json.dumps(_CELLS).encode(), (), PHOTO),
    "zip": RoundFile(
        "papers.zip",
        zipped({"in/port.txt": TEXT.encode(), "in/port.jpg": JPEG}),
        MARKED_UP,
        has_picture=True,
    ),
}
