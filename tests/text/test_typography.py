"""Straight marks become those of print, each the way it faces."""

import pytest

from archive.text.typography import typographic, typographic_page


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('a "smart" city', "a “smart” city"),
        ('"But now," he said. "We want to."', "“But now,” he said. “We want to.”"),
        ("the countries' ports and America's", "the countries’ ports and America’s"),
        ("\"the 'smart' city\"", "“the ‘smart’ city”"),
        ("the '80s, rock 'n' roll, 'em", "the ’80s, rock ’n’ roll, ’em"),
        ('("Footprint City")—"green"', "(“Footprint City”)—“green”"),
        ("“done” already", "“done” already"),
        ('湛江"智慧"城市', '湛江"智慧"城市'),
        ("", ""),
    ],
)
def test_each_mark_faces_its_quotation(typed: str, printed: str) -> None:
    assert typographic(typed) == printed
    assert typographic_page(f"<p>{typed}</p>") == f"<p>{printed}</p>"


@pytest.mark.parametrize(
    ("html", "printed"),
    [
        # As Django escapes it.
        ("<p>it&#x27;s &quot;new&quot;</p>", "<p>it’s “new”</p>"),
        # A link stands between the mark and its words.
        ('<p>a "<a href="/x">port</a>" city', '<p>a “<a href="/x">port</a>” city'),
        ("<b>Zhanjiang</b>'s", "<b>Zhanjiang</b>’s"),
        # Each paragraph begins anew.
        ('<p>end</p><p>"New"</p>', "<p>end</p><p>“New”</p>"),
    ],
)
def test_marks_are_found_across_elements(html: str, printed: str) -> None:
    assert typographic_page(html) == printed


@pytest.mark.parametrize(
    "html",
    [
        '<a title="it&#x27;s" data-x="a">x</a>',
        """<script>say("it's");</script>""",
        '<p>type <code>"sister city"</code></p>',
        '<textarea>"as typed"</textarea>',
        "<!-- it's -->",
    ],
)
def test_what_is_typed_or_read_by_programs_stays(html: str) -> None:
    assert typographic_page(html) == html
