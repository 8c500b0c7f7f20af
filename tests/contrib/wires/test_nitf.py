"""NITF: what the standard's elements become."""

from datetime import datetime, timedelta, timezone

import pytest

from archive.contrib.intake.batches.actions import add_file, create_batch
from archive.contrib.intake.batches.slices import read_slice
from archive.contrib.intake.formats import recognise
from archive.contrib.intake.options import FilingOptions
from archive.contrib.intake.records import IntakeError
from archive.contrib.wires.nitf import NitfFormat
from archive.models import ArticlePage
from archive.stories.unplaced import missing_texts
from tests.contrib.intake.batches.values import accept_above
from tests.contrib.intake.formats.documents import document, source, texts
from tests.factories import make_home

STORY = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">
<nitf baselang="en-GB"><head><title>port-route</title>
<tobject><tobject.subject tobject.subject.type="Economy" tobject.subject.matter="Shipping"/>
</tobject>
<docdata><doc-id id-string="example.org/17"/><date.issue norm="20150922T201500+0800"/>
<ed-msg info="Adds quote."/><doc.copyright year="2015" holder="Harbour Post"/>
<key-list><keyword key="ports"/></key-list></docdata>
<pubdata name="Harbour Post" date.publication="20150923T000000+0800" position.section="Business"
 position.sequence="B8"/></head>
<body><body.head><hedline><hl1>Port opens new route</hl1><hl2>A week faster</hl2></hedline>
<byline>By <person>Wang Wei</person><byttl>Shipping editor</byttl></byline>
<distributor>Harbour News</distributor>
<dateline><location>ZHANJIANG</location><story.date norm="20150922"/></dateline></body.head>
<body.content>
<p>The <org>port</org> opened a <em>new</em> route on Monday<br/>with two ships.</p>
<media media-type="image"><media-reference source="port.jpg" alternate-text="Two cranes"/>
<media-caption>Cranes at the port.</media-caption><media-producer>Li Na</media-producer></media>
<hl2>Room for growth</hl2>
<ul><li>Two berths</li><li>One crane</li></ul>
<bq><p>It is faster.</p><credit>Li Na</credit></bq>
<table><tr><th>Year</th><th>Ships</th></tr><tr><td>2014</td><td>12</td></tr></table>
</body.content>
<body.end><tagline>Zhao Lei contributed to this story.</tagline></body.end></body></nitf>"""


def nitf(content: str) -> str:
    return f"<nitf><body><body.content>{content}</body.content></body></nitf>"


def test_a_release_that_is_still_to_come_is_an_embargo_and_no_day_of_print() -> None:
    release = '<date.release norm="21000101T000000Z"/><date.issue '
    said = document(NitfFormat(), STORY.replace("<date.issue ", release, 1))
    assert said.metadata.published == document(NitfFormat(), STORY).metadata.published
    without = STORY.replace("<date.issue ", release, 1).replace("date.publication", "x")
    said = document(NitfFormat(), without)
    assert str(said.metadata.published).startswith("2015-09-22")
    assert said.metadata.editor_notes[0] == "Embargoed until 21000101T000000Z."


def test_a_date_that_no_calendar_has_is_kept() -> None:
    wrong = STORY.replace("20150922T201500+0800", "20150931").replace("date.publication", "x")
    said = document(NitfFormat(), wrong).metadata
    assert (str(said.published)[:10], said.unread) == ("2015-09-22", ("20150931",))


def test_the_head_is_metadata() -> None:
    said = document(NitfFormat(), STORY).metadata
    assert (said.headline, said.standfirst) == ("Port opens new route", "A week faster")
    assert (said.bylines, said.agencies) == (("By Wang Wei",), ("Harbour News",))
    assert (said.dateline, said.publication, said.page) == ("ZHANJIANG", "Harbour Post", "B8")
    assert (said.section, said.language) == ("Business", "en-GB")
    assert said.keywords == ("ports", "Shipping")
    assert (said.identifier, said.rights) == ("example.org/17", "© 2015 Harbour Post")
    zone = timezone(timedelta(hours=8))
    assert said.published == datetime(2015, 9, 23, tzinfo=zone)


def test_the_body_keeps_its_structure() -> None:
    found = document(NitfFormat(), STORY)
    assert texts(found, "subhead") == ["Room for growth"]
    assert texts(found, "list_item") == ["Two berths", "One crane"]
    assert texts(found, "quote") == ["It is faster.", "— Li Na"]
    assert texts(found, "table_row") == ["Year\tShips", "2014\t12"]
    assert texts(found, "paragraph")[-1] == "Zhao Lei contributed to this story."


def test_emphasis_stays_and_marked_names_are_words() -> None:
    (line,) = [one for one in document(NitfFormat(), STORY).lines if "Monday" in one.text]
    assert line.text == "The port opened a new route on Monday with two ships."
    assert line.markup.startswith("The port opened a <i>new</i> route")


def test_a_medium_is_a_picture_at_its_place() -> None:
    found = document(NitfFormat(), STORY)
    (image,) = found.images
    assert (image.name, image.alt_text, image.credit) == ("port.jpg", "Two cranes", "Li Na")
    caption = found.lines[image.after]
    assert (caption.kind, caption.text) == ("caption", "Cranes at the port.")
    assert caption.group == found.lines[image.after + 1].group == "port.jpg"


def test_every_line_is_where_its_span_says() -> None:
    found = document(NitfFormat(), STORY)
    assert [found.text[slice(*line.span)] for line in found.lines] == [
        line.text for line in found.lines
    ]


def test_notes_to_editors_are_warnings_and_no_text() -> None:
    found = document(NitfFormat(), STORY)
    assert "Note to editors: Adds quote." in found.warnings
    assert "Adds quote" not in found.text


@pytest.mark.django_db
def test_a_note_to_editors_keeps_a_story_a_draft() -> None:
    make_home()
    batch = create_batch(None, options=FilingOptions())
    add_file(batch, None, "story.xml", STORY.replace("Adds quote.", "HOLD until noon").encode())
    assert read_slice(batch, 60).is_done
    item = batch.items.get()
    note = "Note to editors: HOLD until noon"
    assert note in item.record["warnings"]
    [decision] = accept_above(batch, None, 0, publish=True)
    assert not decision.is_published
    assert note in decision.refusal
    story = ArticlePage.objects.get(pk=decision.item.page_id)
    assert not story.live
    assert note in missing_texts(story)


def test_without_a_headline_the_title_is_one() -> None:
    text = STORY.replace("<hl1>Port opens new route</hl1>", "")
    assert document(NitfFormat(), text).metadata.headline == "port-route"


def test_text_in_pre_keeps_its_lines() -> None:
    text = nitf("<pre>Final\nMexico 2\nPanama 1</pre>")
    assert texts(document(NitfFormat(), text), "text") == ["Final", "Mexico 2", "Panama 1"]


def test_a_chinese_encoding_is_read() -> None:
    text = '<?xml version="1.0" encoding="GB2312"?>' + nitf("<p>港口开通。</p>")
    assert texts(document(NitfFormat(), text.encode("gb18030")), "paragraph") == ["港口开通。"]


def test_a_wrongly_declared_encoding_does_no_harm() -> None:
    text = '<?xml version="1.0" encoding="iso-8859-1"?>' + nitf("<p>Café.</p>")
    assert texts(document(NitfFormat(), text), "paragraph") == ["Café."]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<nitf><body>", "isn't well-formed XML"),
        ('<!DOCTYPE nitf [<!ENTITY a "b">]><nitf>&a;</nitf>', "defines entities"),
    ],
)
def test_bad_xml_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(IntakeError, match=reason):
        recognise(source(text)).parse(source(text))


def test_deep_nesting_ends_in_words() -> None:
    text = nitf("<block>" * 10_000 + "Words." + "</block>" * 10_000)
    found = document(NitfFormat(), text)
    assert [line.text for line in found.lines] == ["Words."]
