"""RSS and Atom: an entry is a story, with what the feed says of it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from archive.contrib.intake.documents import DocumentImage
from archive.contrib.intake.formats import recognise
from archive.contrib.intake.records import IntakeError
from archive.contrib.web_pages.feeds import FeedFormat
from archive.contrib.web_pages.formats import WebPage
from tests.contrib.intake.formats.documents import documents, source, texts

LONG = "The port opened a new route, and two ships left for the south with containers on board. "
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour Post</title>
<link>https://harbour.example/</link><language>en-gb</language>
<item><title>Port opens a new &amp; short route</title><guid>tag:harbour.example,2015:17</guid>
<link>https://harbour.example/port</link><dc:creator>By Li Na and Wang Wei</dc:creator>
<pubDate>Tue, 22 Sep 2015 08:30:00 +0800</pubDate><category>Trade</category>
<category>Ports</category><description>Ships reach the south a week sooner.</description>
<content:encoded><![CDATA[<p>{LONG * 4}</p><h3>Room for growth</h3><ul><li>Two
<b>berths</b></li></ul><figure><img src="https://harbour.example/quay.jpg" alt="Cranes"/>
<figcaption>The quay.</figcaption></figure><p>(Xinhua)</p>]]></content:encoded></item>
<item><title>Ferries return</title><description>&lt;p&gt;Only this.&lt;/p&gt;</description></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN"><title>港口日报</title>
<entry><title>湛江港开通新航线</title><id>urn:17</id><link href="https://gangkou.example/17"/>
<updated>2015-09-22T08:30:00Z</updated><author><name>李娜</name></author>
<summary>{LONG[:40]}…</summary><content type="html">&lt;p&gt;{LONG}&lt;/p&gt;</content>
</entry></feed>"""


def test_a_date_that_no_calendar_has_is_kept() -> None:
    first, _second = documents(FeedFormat(), RSS.replace("22 Sep 2015", "Soon"))
    assert first.metadata.unread == ("Tue, Soon 08:30:00 +0800",)


def test_an_entry_is_a_story_with_its_structure() -> None:
    story = documents(FeedFormat(), RSS)[0]
    assert texts(story, "headline", "standfirst") == [
        "Port opens a new & short route",
        "Ships reach the south a week sooner.",
    ]
    assert texts(story, "paragraph") == [(LONG * 4).strip()]
    assert texts(story, "subhead", "list_item") == ["Room for growth", "Two berths"]
    assert texts(story, "text", "caption") == ["The quay.", "(Xinhua)"]
    [image] = story.images
    assert isinstance(image, DocumentImage)
    assert (image.url, image.alt_text) == ("https://harbour.example/quay.jpg", "Cranes")


def test_the_feed_says_who_when_and_where() -> None:
    said = documents(FeedFormat(), RSS)[0].metadata
    assert said.bylines == ("Li Na", "Wang Wei")
    zone = timezone(timedelta(hours=8))
    assert (said.published, said.has_time) == (datetime(2015, 9, 22, 8, 30, tzinfo=zone), True)
    assert (said.publication, said.language) == ("Harbour Post", "en-gb")
    assert (said.section, said.keywords) == ("Trade", ("Trade", "Ports"))
    assert said.url == "https://harbour.example/port"
    assert said.identifier == "tag:harbour.example,2015:17"


def test_a_summary_is_all_that_some_entries_have() -> None:
    story = documents(FeedFormat(), RSS)[1]
    assert texts(story, "headline", "text") == ["Ferries return", "Only this."]
    assert story.warnings == ("The feed gives only a summary of the story.",)


def test_atom_is_read_and_a_cut_summary_is_no_standfirst() -> None:
    [story] = documents(FeedFormat(), ATOM)
    assert texts(story, "standfirst") == []
    assert texts(story, "text") == [LONG.strip()]
    assert (story.metadata.publication, story.metadata.bylines) == ("港口日报", ("李娜",))
    assert story.metadata.published == datetime(2015, 9, 22, 8, 30, tzinfo=UTC)


def test_wordpress_exports_and_pages_are_no_feeds() -> None:
    wxr = RSS.replace("<rss ", '<rss xmlns:wp="http://wordpress.org/export/1.2/" ')
    assert not FeedFormat().recognises(source(wxr))
    assert isinstance(recognise(source("<html><feed></feed></html>")), WebPage)


def test_a_feed_without_entries_says_so() -> None:
    with pytest.raises(IntakeError, match="the feed holds no story"):
        documents(FeedFormat(), "<rss><channel><title>a</title></channel></rss>")


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    item = "<item><title>&b;</title><description>One.</description></item>"
    [story] = documents(FeedFormat(), f"{bomb}<rss><channel>{item}</channel></rss>")
    assert "aaaa" not in story.text
