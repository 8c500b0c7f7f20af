"""A block may change its kind and keep its words; text never passes for HTML, nor HTML for text."""

import pytest

from archive.desk.models import Segment
from archive.desk.segments import rows
from archive.text.segmentation import PLAIN, RICH, digest
from tests.factories import block, make_article

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

ID = "00000000-0000-4000-8000-000000000921"


def row_of(kind: str, value: str, *, target: str, markup: str) -> object:
    """The row of a block that now has other markup than when it was translated."""
    translation = make_article(body=[block(kind, value, ID)]).translations.get()
    words = "The harbour"
    translation.segments = [
        Segment(key="old", kind="text", markup=markup, target=target, source_digest=digest(words))
    ]
    return next(row for row in rows(translation) if row.source.key == ID)


def test_a_subheads_text_is_no_html_in_a_paragraph():
    typed = "<img src=x onerror=alert(1)> 港口"
    row = row_of("paragraph", "<p>The harbour</p>", target=typed, markup=PLAIN)
    assert row.target == "<p>&lt;img src=x onerror=alert(1)&gt; 港口</p>"
    assert row.segment.markup == RICH


def test_a_paragraphs_html_is_no_text_in_a_subhead():
    row = row_of("subhead", "The harbour", target="<p><b>港口</b></p>", markup=RICH)
    assert (row.target, row.segment.markup) == ("港口", PLAIN)
