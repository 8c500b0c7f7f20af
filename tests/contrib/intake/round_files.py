"""The rounds' story in each format, as that format's programs write it."""

import io
import json
import textwrap
from email.message import EmailMessage
from email.policy import SMTP

import docx
import odfdo
import openpyxl

from tests.contrib.intake.files import JPEG, zipped
from tests.contrib.intake.round_story import (
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
from tests.contrib.office_files.pdf_files import Piece, pdf

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


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    for cells in (list(_CELLS), list(_CELLS.values())):
        book.active.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


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


# By the format's id; "zip" is a folder's.
ROUND_FILES = {
    "text": RoundFile("port.txt", TEXT.encode(), MARKED_UP, has_picture=False),
    "docx": RoundFile("port.docx", _docx(), ("section", "rights")),
    "odt": RoundFile("port.odt", _odt(), ("section", "rights")),
    "rtf": RoundFile("port.rtf", _rtf(), ("list", "quote", "section", "rights")),
    "pdf": RoundFile("port.pdf", _pdf(), MARKED_UP),
    "mail": RoundFile("port.eml", _mail(), MARKED_UP),
    "markdown": RoundFile("port.md", MARKDOWN.encode(), (), PHOTO),
    "csv": RoundFile("table.csv", _csv(), (), PHOTO),
    "xlsx": RoundFile("table.xlsx", _xlsx(), (), PHOTO),
    "jsonl": RoundFile("table.jsonl", json.dumps(_CELLS).encode(), (), PHOTO),
    "zip": RoundFile(
        "papers.zip",
        zipped({"in/port.txt": TEXT.encode(), "in/port.jpg": JPEG}),
        MARKED_UP,
        has_picture=True,
    ),
}
