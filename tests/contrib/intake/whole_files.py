"""One small, right file of each format, for tests that damage it or make it large."""

import csv
import io
import json
import textwrap

import docx
import openpyxl

from tests.contrib.intake.files import zipped
from tests.contrib.office_files.pdf_files import pdf

PARAGRAPH = "The harbour office said on Monday that two ships had opened a new route to the north."
SECOND = "It is a week faster than by road, according to a captain."
TEXT = f"Port opens new route\nBy Wang Wei in Zhanjiang\n\n{PARAGRAPH}\n\n{SECOND}\n"
CSV = f'headline,body,date\nPort opens,"{PARAGRAPH}",2015-09-22\n'
JSON_LINES = json.dumps({"headline": "Port opens", "body": PARAGRAPH}) + "\n"
MAIL = (
    "From: a@example.com\r\nTo: b@example.com\r\nDate: Tue, 22 Sep 2015 10:00:00 +0800\r\n"
    f"Subject: Port opens\r\n\r\n{TEXT}"
)
MARKDOWN = f"---\ntitle: Port opens\n---\n\n# Port opens\n\n{PARAGRAPH}\n\n## Ships\n\n{SECOND}\n"
_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
FLAT_ODT = (
    f'<o:document xmlns:o="{_NAMES}:office:1.0" xmlns:t="{_NAMES}:text:1.0"><o:body><o:text>'
    f"<t:h>Port opens</t:h><t:p>{PARAGRAPH}</t:p></o:text></o:body></o:document>"
)
RTF = f"{{\\rtf1\\ansi Port opens\\par {PARAGRAPH}\\par {SECOND}\\par}}"


def _docx() -> bytes:
    stream = io.BytesIO()
    document = docx.Document()
    for text in TEXT.splitlines():
        document.add_paragraph(text)
    document.save(stream)
    return stream.getvalue()


def _odt() -> bytes:
    content = FLAT_ODT.replace("o:document", "o:document-content")
    kind = b"application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": kind, "content.xml": content.encode()})


def _pdf() -> bytes:
    lines = ["Port opens", "", *textwrap.wrap(PARAGRAPH, 50), "", *textwrap.wrap(SECOND, 50)]
    sizes = [20, *[10] * len(lines)]
    page = [(50, 700 - 14 * at, sizes[at], text, 1) for at, text in enumerate(lines) if text]
    return pdf([page])


def _xlsx() -> bytes:
    stream, book = io.BytesIO(), openpyxl.Workbook()
    for row in csv.reader(io.StringIO(CSV)):
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


# By the format's id.
WHOLE = {
    name: text.encode()
    for name, text in {
        "text": TEXT,
        "csv": CSV,
        "jsonl": JSON_LINES,
        "mail": MAIL,
        "markdown": MARKDOWN,
        "rtf": RTF,
    }.items()
}
WHOLE |= {"docx": _docx(), "odt": _odt(), "pdf": _pdf(), "xlsx": _xlsx()}
