"""Whatever a segment holds, its file gives it back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.contrib.exchange.cells import as_cell, of_cell, with_lines
from archive.contrib.exchange.codes import decode, encode, fingerprint
from archive.contrib.exchange.formats import FORMATS, bundle, read_stories
from archive.contrib.exchange.units import Code, MemoryMatch, UnitNote, UnitVersion, text_of
from archive.text.segmentation import PLAIN, RICH
from tests.contrib.exchange.values import (
    MENTION,
    TEXT_FORMATS,
    make_story,
    make_unit,
    read_upload,
    text_in,
    there_and_back,
)

formats = pytest.mark.parametrize("name", list(FORMATS))
texts = pytest.mark.parametrize("name", TEXT_FORMATS)

TAGS = [
    ("<b>", "</b>"),
    ("<i>", "</i>"),
    (MENTION, "</a>"),
    ('<a href="https://example.org/?a=1&amp;b=%22">', "</a>"),
    ('<a id="12" linktype="page">', "</a>"),
]
# What a database holds: no half characters, no NUL.
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


inline = st.recursive(
    words.map(escaped) | st.just("<br/>"),
    lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=3)).map(
        lambda made: made[0][0] + "".join(made[1]) + made[0][1]
    ),
    max_leaves=8,
)
paragraphs = st.lists(inline, min_size=1, max_size=3).map(
    lambda found: "".join(f"<p>{one}</p>" for one in found)
)


@texts
@given(source=paragraphs, target=paragraphs)
def test_any_text_with_tags_comes_back(name, source, target):
    reply = there_and_back(name, make_unit(f"<p>a</p>{source}", f"<p>b</p>{target}")).replies[0]
    assert text_in(reply) == decode(encode(f"<p>b</p>{target}", RICH), RICH)


@texts
@given(text=words)
def test_any_plain_text_comes_back(name, text):
    reply = there_and_back(name, make_unit("City", text, PLAIN)).replies[0]
    assert text_in(reply, PLAIN) == text.strip()


@given(text=paragraphs)
def test_any_text_with_tags_comes_back_from_a_cell(text):
    pieces = encode(text, RICH)
    tags = {one.id: one.tag for one in pieces if isinstance(one, Code) and one.tag}
    back = with_lines(of_cell(as_cell(pieces, RICH), tags), RICH, keep=False)
    assert decode(back, RICH) == decode(pieces, RICH)


@given(text=words | st.text("<>:/1tu0A_x\n\t", max_size=20))
def test_any_plain_text_comes_back_from_a_cell(text):
    back = with_lines(of_cell(as_cell((text,), PLAIN), {}), PLAIN, keep=True)
    assert text_of(back) == text


@formats
def test_a_unit_keeps_what_the_way_back_needs(name):
    unit = make_unit(
        "<p>A <b>bold</b> city</p>",
        "<p>一座<b>大胆</b>的城市</p>",
        state="translated",
        version=UnitVersion("digest", "base", "said"),
        key="3f2a/r0c2",
    )
    story = there_and_back(name, unit)
    assert story.ref == make_story().ref
    # A table leaves it to its story.
    assert (story.source_language, story.target_language) in (("en", "zh-hans"), ("", ""))
    reply = story.replies[0]
    assert (reply.key, reply.version, reply.state) == ("3f2a/r0c2", unit.version, "translated")
    assert text_in(reply) == "<p>一座<b>大胆</b>的城市</p>"


@formats
@pytest.mark.parametrize("key", ["headline", "3f2a/r0c2", "a.b-c_d~e/%2F:x", "图/片"])
def test_keys_come_back_as_they_were(name, key):
    assert there_and_back(name, make_unit("<p>x</p>", key=key)).replies[0].key == key


@formats
@pytest.mark.parametrize("state", ["translated", "reviewed"])
def test_states_come_back(name, state):
    reply = there_and_back(name, make_unit("<p>x</p>", "<p>y</p>", state=state)).replies[0]
    assert reply.state == ("translated" if name == "po" else state)


@formats
def test_what_nobody_has_translated_has_no_target(name):
    assert there_and_back(name, make_unit("<p>x</p>")).replies[0].target == ()


@pytest.mark.parametrize(("name", "expected"), [("xliff12", "draft"), ("po", "draft")])
@pytest.mark.parametrize("state", ["draft", "machine", "check", "stale"])
def test_what_nobody_has_confirmed_is_a_draft(name, expected, state):
    reply = there_and_back(name, make_unit("<p>x</p>", "<p>y</p>", state=state)).replies[0]
    assert reply.state == expected


@pytest.mark.parametrize("name", ["xliff12", "xliff21"])
def test_the_desks_own_notes_are_no_comments(name):
    unit = make_unit("<p>x</p>", label="Headline", locked="Omitted.", notes=(UnitNote("A?", "li"),))
    assert there_and_back(name, unit).replies[0].notes == (UnitNote("A?", "li"),)


@pytest.mark.parametrize("name", ["xliff12", "xliff21"])
def test_suggestions_and_the_former_source_arent_taken_for_the_text(name):
    unit = make_unit(
        "<p>New <i>text</i></p>",
        "<p>旧</p>",
        state="stale",
        previous=encode("<p>Old <b>text</b></p>", RICH),
        matches=(MemoryMatch("<p>Any <b>text</b></p>", "<p>某<b>文</b></p>", 74, "City builds"),),
    )
    data = FORMATS[name].write([make_story(unit)]).decode()
    assert "74" in data
    assert "City builds" in data
    assert "Old " in data
    reply = there_and_back(name, unit).replies[0]
    assert (text_in(reply), text_of(reply.source)) == ("<p>旧</p>", "New text")


def test_a_catalogue_leaves_out_what_isnt_to_be_translated():
    units = [make_unit("<p>x</p>", key="a", locked="Omitted."), make_unit("<p>y</p>", key="b")]
    assert [reply.key for reply in there_and_back("po", *units).replies] == ["b"]


@formats
def test_several_stories_are_one_file(name):
    stories = [
        make_story(make_unit("<p>x</p>"), ref=f"0b1f2a60-0000-4000-8000-00000000000{number}")
        for number in range(3)
    ]
    packed = bundle(stories, name)
    found = read_stories(packed.name, packed.data)
    assert packed.name.startswith("translations.zh-Hans.")
    assert [story.ref for story in found] == [story.ref for story in stories]


def test_the_name_of_a_file_tells_its_format():
    story = make_story(make_unit("<p>x</p>"))
    assert len({bundle([story], name).name for name in FORMATS}) == len(FORMATS)


@formats
def test_both_directions_are_two_files_in_a_zip(name):
    there = make_story(make_unit("<p>x</p>"))
    back = make_story(make_unit("<p>湛江</p>"), source_language="zh-hans", target_language="en")
    packed = bundle([there, back], name)
    found = read_upload(packed.name, packed.data)
    assert packed.name == "translations.zip"
    assert {text_of(story.replies[0].source) for story in found} == {"x", "湛江"}


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ('<p data-block-key="a">湛江</p>', "<p>湛江</p>"),
        ("<p>a<br>b</p>", "<p>a<br/>b</p>"),
        ('<p><a linktype="page" id="1">x</a></p>', '<p><a id="1" linktype="page">x</a></p>'),
        ("<p>it&#x27;s</p>", "<p>it's</p>"),
        ("<p><b>open</p>", "<p><b>open</b></p>"),
        ("", '<p data-block-key="a"></p>'),
    ],
)
def test_a_fingerprint_doesnt_depend_on_how_tags_are_written(one, same):
    assert fingerprint(one, RICH) == fingerprint(same, RICH)


def test_a_fingerprint_tells_texts_apart():
    found = [fingerprint(t, RICH) for t in ("<p>a</p>", "<p><b>a</b></p>", "<p>a</p><p>b</p>", "")]
    assert len(set(found)) == 4
