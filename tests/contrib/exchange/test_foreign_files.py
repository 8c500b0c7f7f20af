"""Files as tools give them back: other prefixes, cases, encodings, orders and ways to cut."""

import re

import pytest

from archive.contrib.exchange.formats import FORMATS, read_stories
from archive.contrib.exchange.units import UnitVersion, text_of
from archive.text.segmentation import PLAIN
from tests.contrib.exchange.values import REF, TEXT_FORMATS, make_story, make_unit, text_in

SOURCE = "<p>A <b>bold</b> city</p>"
TARGET = "<p>一座<b>大胆</b>的城市</p>"
UNIT = make_unit(SOURCE, TARGET, state="translated", version=UnitVersion("d", "b", "s"))
both = pytest.mark.parametrize("name", ["xliff12", "xliff21"])
all_formats = pytest.mark.parametrize("name", TEXT_FORMATS)


def written(name):
    return FORMATS[name].write([make_story(UNIT)]).decode()


def only_reply(text, encoding="utf-8"):
    data = text if isinstance(text, bytes) else text.encode(encoding)
    return read_stories("x", data)[0].replies[0]


def check(reply):
    assert (reply.key, reply.version, text_in(reply)) == (UNIT.key, UNIT.version, TARGET)


@both
def test_attributes_in_another_case(name):
    pattern = r'(?<=\s)(id|original|source-language|srcLang|dataRefStart|equiv-text|ctype)(?==")'
    check(only_reply(re.sub(pattern, lambda m: m[1].upper(), written(name))))


@both
def test_elements_in_another_case(name):
    check(only_reply(re.sub(r"(</?)(\w[\w-]*)", lambda m: m[1] + m[2].title(), written(name))))


@both
def test_another_prefix_and_no_namespace(name):
    text = re.sub(r"(</?)(?=[a-z])(?!mtc:)", r"\1x:", written(name)).replace("xmlns=", "xmlns:x=")
    check(only_reply(text))
    check(only_reply(re.sub(r' xmlns="[^"]*"', "", written(name))))


@all_formats
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_byte_order_marks_and_utf_16(name, encoding):
    text = written(name).replace("charset=UTF-8", "charset=utf-16")
    text = text.replace('encoding="UTF-8"', f'encoding="{encoding[:6].replace("utf-8-", "utf-8")}"')
    mark = "\ufeff" if encoding.endswith(("le", "be")) else ""
    if encoding == "utf-8-sig":
        text = written(name)
    check(only_reply(mark + text, encoding))


@all_formats
def test_the_encodings_of_chinese_tools(name):
    check(only_reply(written(name).replace("UTF-8", "GB18030"), "gb18030"))


def test_a_file_that_says_utf_16_and_isnt():
    check(only_reply(written("xliff12").replace("UTF-8", "utf-16")))


@all_formats
def test_line_ends_of_windows(name):
    check(only_reply(written(name).replace("\n", "\r\n")))


@both
def test_chinese_by_another_name_and_languages_of_a_region(name):
    text = written(name).replace('"zh-Hans"', '"zh-CN"').replace('"en"', '"en-US"')
    story = read_stories("x", text.encode())[0]
    assert (story.source_language, story.target_language) == ("en", "zh-hans")


def test_other_languages_are_left_for_the_import_to_refuse():
    text = written("xliff12").replace('"zh-Hans"', '"zh-TW"')
    assert read_stories("x", text.encode())[0].target_language == "zh-TW"


def test_groups_segments_and_alternatives_of_1_2():
    text = f"""<xliff version="1.2"><file original="a.{REF}" source-language="en"
      target-language="zh-CN"><body><group id="g"><group id="h"><trans-unit id="k">
      <source>One. Two.</source><seg-source><mrk mtype="seg" mid="0">One.</mrk></seg-source>
      <alt-trans><source>no</source><target>不</target></alt-trans>
      <target><mrk mtype="seg" mid="0">一。</mrk><mrk mtype="seg" mid="1">二。</mrk></target>
      <note from="Li">really?</note></trans-unit></group></group></body></file></xliff>"""
    reply = only_reply(text)
    assert text_of(reply.target) == "一。二。"
    assert [(note.author, note.text) for note in reply.notes] == [("Li", "really?")]


@pytest.mark.parametrize(
    "inline",
    [
        '<bx id="1" rid="7"/>大胆<ex id="2" rid="7"/>',
        '<bx id="1"/>大胆<ex id="1"/>',
        '<bpt id="1">&lt;b&gt;</bpt>大胆<ept id="1">&lt;/b&gt;</ept>',
        '<it id="1" pos="open">&lt;b&gt;</it>大胆<it id="1" pos="close">&lt;/b&gt;</it>',
        '<g id="1">大<mrk mtype="x-term">胆</mrk></g>',
    ],
)
def test_other_inline_elements_of_1_2(inline):
    text = re.sub(r"<g [^>]*>大胆</g>", inline, written("xliff12"))
    check(only_reply(text))


@pytest.mark.parametrize(
    "inline",
    [
        '<sc id="1"/>大胆<ec startRef="1"/>',
        '<pc id="5" copyOf="1">大胆</pc>',
        '<pc id="1"><mrk id="m" type="term">大</mrk>胆</pc>',
        '<pc id="1"><sm id="m"/>大<em startRef="m"/>胆</pc>',
    ],
)
def test_other_inline_elements_of_2_1(inline):
    text = re.sub(r"<pc [^>]*>大胆</pc>", inline, written("xliff21"))
    check(only_reply(text))


SPLIT = f"""<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en"
  trgLang="zh"><file id="f-{REF}"><unit id="k">
  <segment id="1" state="%s"><source>One. </source><target order="3">一。</target></segment>
  <ignorable><source> </source></ignorable>
  <segment id="2" state="final"><source>Two.</source>%s</segment></unit></file></xliff>"""


def test_a_unit_cut_into_segments_is_one_text_in_the_targets_order():
    reply = only_reply(SPLIT % ("translated", '<target order="1">二。</target>'))
    assert (text_of(reply.target), reply.state) == ("二。 一。", "translated")
    assert text_of(reply.source) == "One.  Two."


def test_a_unit_of_which_a_part_is_missing_is_a_draft():
    reply = only_reply(SPLIT % ("final", ""))
    assert (text_of(reply.target).strip(), reply.state) == ("一。", "draft")
    assert "some parts" in reply.remark


@pytest.mark.parametrize(
    ("attributes", "state"),
    [
        ('state="needs-translation"', "draft"),
        ('state="needs-review-translation"', "draft"),
        ('state="Needs-Review-Adaptation"', "draft"),
        ('state="needs-review-l10n"', "draft"),
        ('state="needs-review-translation" state-qualifier="mt-suggestion"', "draft"),
        ('state="Translated"', "translated"),
        ('state="x-own"', ""),
        ("", ""),
    ],
)
def test_states_of_1_2(attributes, state):
    text = written("xliff12").replace('state="translated"', attributes)
    assert only_reply(text).state == state


def test_a_catalogue_without_blank_lines_and_with_old_entries():
    text = written("po").replace("\n\n", "\n") + '\n#~ msgid "gone"\n#~ msgstr "没了"\n'
    check(only_reply(text))


def test_a_translators_remark_in_a_catalogue():
    text = written("po").replace("#. City", "# 有疑问\n# 再看看\n#. City")
    assert [note.text for note in only_reply(text).notes] == ["有疑问\n再看看"]


@pytest.mark.parametrize("name", ["xliff12", "po"])
def test_plain_words_that_look_like_tags(name):
    unit = make_unit("a < b & c", "甲 <b> 乙 &amp; 丙", PLAIN)
    reply = read_stories("x", FORMATS[name].write([make_story(unit)]))[0].replies[0]
    assert text_in(reply, PLAIN) == "甲 <b> 乙 &amp; 丙"


def test_an_element_that_nobody_knows_costs_no_word():
    text = written("xliff12").replace("的城市", "的<marquee>城市</marquee>")
    reply = only_reply(text)
    assert "marquee" in reply.trouble
    assert text_of(reply.target) == "一座大胆的城市"
