"""What is copied from Word, a page, a mail or plain text: a story, or a piece of one."""

import re
import time

import pytest

from archive.contrib.intake.body import compose
from archive.contrib.intake.pasted import (
    LayoutReader,
    found_fields,
    pasted_body,
    read_copied_story,
)
from archive.contrib.intake.records import IntakeError
from archive.text.richtext import plain_text
from tests.stories.test_pasting import GOOGLE_COMMENT, WORD_COMMENT

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment-->
<p class=MsoTitle>Harbour opens a night ferry<o:p></o:p></p>
<p class=MsoNormal>By Li Na in Zhanjiang and Tom Reed in Seattle<o:p></o:p></p>
<p class=MsoNormal>The ferry leaves <b>every evening</b> at nine, the harbour office said, and is
back at dawn.<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>Adults pay forty yuan</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>·</span>Children go <a href="https://example.org/free">free</a></p>
<!--EndFragment--></body></html>"""
GOOGLE = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1">
<h1 dir="ltr"><span style="font-weight:400">Night ferry</span></h1><p dir="ltr">
<span style="font-weight:700">Two boats</span><span style="font-weight:400"> leave the old quay
every evening, and both are back before the market opens.</span></p><br /></b>"""
PLAIN = """China Daily (USA), Sept 22, 2015, page 17
Harbour opens a night ferry
Boats will leave every evening from the old quay
By Li Na in Zhanjiang

ZHANJIANG, Guangdong - The ferry will leave every evening at nine, the harbour office said.

The new ferry at the quay on Tuesday. PHOTO BY LI MING / CHINA DAILY
"""


def kinds(blocks: list) -> list[str]:
    return [block["type"] for block in blocks]


def words_of(block: dict) -> list[str]:
    value = block["value"]
    if block["type"] == "list":
        return [plain_text(item["value"]) for item in value["items"]]
    return [plain_text(value) if block["type"] == "paragraph" else value]


def test_words_styles_become_headline_list_and_emphasis():
    article = read_copied_story(WORD, "")
    blocks = compose(article)
    assert article.headline == "Harbour opens a night ferry"
    assert [(one.name, one.place) for one in article.bylines] == [
        ("Li Na", "Zhanjiang"),
        ("Tom Reed", "Seattle"),
    ]
    assert kinds(blocks) == ["paragraph", "list"]
    assert "<b>every evening</b>" in blocks[0]["value"]
    items = [item["value"] for item in blocks[1]["value"]["items"]]
    assert items[0] == "<p>Adults pay forty yuan</p>"
    assert 'href="https://example.org/free"' in items[1]


def test_googles_bold_around_everything_is_no_bold():
    article = read_copied_story(GOOGLE, "")
    assert article.headline == "Night ferry"
    (block,) = compose(article)
    assert block["value"].startswith("<p><b>Two boats</b> leave the old quay")


def test_a_list_keeps_its_numbers_and_a_table_its_head():
    markup = (
        "<h1>Night ferry</h1><p>The ferry leaves at nine every evening, the office said.</p>"
        "<ol><li>Buy a ticket</li><li>Go on board</li></ol><p>It is back at dawn, they said.</p>"
        "<table><tr><th>Port</th><th>Time</th></tr><tr><td>Old quay</td><td>21:00</td></tr></table>"
    )
    blocks = {one["type"]: one["value"] for one in compose(read_copied_story(markup, ""))}
    assert blocks["list"]["ordered"]
    assert blocks["table"]["first_row_is_table_header"]
    assert blocks["table"]["table_header_choice"] == "row"


def test_a_head_in_capitals_is_headline_and_standfirst():
    text = "The steamer went ashore on Saturday night off the light, and remains fast."
    article = read_copied_story("", f"A STEAMER AGROUND.\n\nALL PASSENGERS LANDED.\n\n{text}")
    assert (article.headline, article.standfirst) == (
        "A STEAMER AGROUND.",
        "ALL PASSENGERS LANDED.",
    )
    assert [block.text for block in article.blocks] == [text]


SHORT = "TACOMA – The seed club began with one tin box.[1]"
LONG = (
    "TACOMA – The seed club began with one tin box, which a sailor carried across the sea in the "
    "spring of 1979 and left on a bench."
)
LIST = "<ul><li>Forty packets of beans</li><li>A map</li></ul>"
SUBTITLE, BYLINE = "<p>How a sailor's gift became a garden</p>", "<p>By Ruth Delgado</p>"
CITED = "<p>Harbor Herald, 14 May 2019, page 3</p>"


@pytest.mark.parametrize("below", [LIST, f"<p>{LONG[9:]}</p>", "<p>It was blue.</p>"])
@pytest.mark.parametrize("first", [SHORT, LONG, "“We laughed,” she said.", "She paused", "种子。"])
@pytest.mark.parametrize("head", [SUBTITLE + BYLINE + CITED, BYLINE, ""])
def test_a_heading_between_paragraphs_is_a_subhead_in_its_place(head: str, first: str, below: str):
    text = f"<p><span style='color: #000'>{first}</span></p><h2>What was in the box</h2>{below}"
    markup = f"<h1>The box that crossed the sea</h1>{head}{text}<p>{LONG[:-1]} by noon.</p>"
    blocks = pasted_body(read_copied_story(markup, ""), []).blocks
    assert [one["value"] for one in blocks if one["type"] == "subhead"] == ["What was in the box"]
    words = re.findall(r">([^<]+)<", markup)
    assert [word for one in blocks for word in words_of(one)] == words


def test_plain_text_gives_every_field_and_keeps_the_caption():
    article = read_copied_story("", PLAIN)
    found = found_fields(article)
    assert found["standfirst"] == "Boats will leave every evening from the old quay"
    assert (found["dateline"], found["print_page"]) == ("ZHANJIANG, Guangdong", "17")
    paragraph, picture = compose(article)
    assert paragraph["value"].startswith("<p>The ferry will leave")
    assert picture["value"]["caption"] == "The new ferry at the quay on Tuesday."


@pytest.mark.parametrize(
    ("opening", "first"),
    [
        ("ZHANJIANG, Guangdong - ", "The"),
        ("<b>ZHANJIANG, Guangdong - </b>", "The"),
        ("<b>ZHANJIANG, Guangdong — ", "<b>The</b>"),
    ],
)
def test_the_first_paragraph_keeps_its_markup_behind_the_dateline(opening: str, first: str):
    link = "<a href='https://example.org/x'>back</a>"
    rest = f"ferry leaves <i>every evening</i>, and is {link} at dawn."
    closing = "</b>" if opening.count("<b>") > opening.count("</b>") else ""
    (block,) = compose(read_copied_story(f"<p>{opening}The{closing} {rest}</p>", ""))
    expected = rest.replace("'", '"')
    assert block["value"] == f"<p>{first} {expected}</p>"


def test_a_piece_has_no_fields_and_no_foreign_pictures():
    markup = "<h2>What it costs</h2><p>Forty yuan.</p><p>&nbsp;</p><img src='https://x.org/a.jpg'>"
    assert kinds(LayoutReader().read_blocks(markup, "")) == ["subhead", "paragraph"]
    blocks = LayoutReader().read_blocks("", "Two boats < one.\n\nThey left.")
    assert [block["value"] for block in blocks] == [
        "<p>Two boats &lt; one.</p>",
        "<p>They left.</p>",
    ]


@pytest.mark.parametrize(("page", "is_again"), [("17", True), ("18", False)])
def test_a_print_line_below_that_says_the_same_again_is_left_out(page: str, is_again: bool):
    below = f"(China Daily 09/22/2015 page{page})"
    lines = [*filter(None, PLAIN.replace(" (USA)", "").splitlines()), below]
    article = read_copied_story("".join(f"<p>{line}</p>" for line in lines), "")
    story = pasted_body(article, ("citation",))
    taken = {one.id for one in story.taken}
    left = [block["value"] for block in story.blocks if block["id"] not in taken]
    beside = [one.text for one in story.unplaced if one.is_left_out]
    assert (f"<p>{below}</p>" in left, below in beside) == (not is_again, is_again)


def test_a_copied_picture_and_the_caption_below_it_are_one_block():
    lines = PLAIN.splitlines()[1:]
    markup = "".join(f"<p>{line}</p>" for line in lines[:-1] if line)
    shown = "<p><img src='https://x.org/a.jpg' alt='A ferry'></p><p>Photo: The ferry at the quay"
    story = pasted_body(read_copied_story(f"{markup}{shown} on Sunday. Li Ming</p>", ""), ())
    (picture,) = [block["value"] for block in story.blocks if block["type"] == "image"]
    assert (picture["alt_text"], picture["caption"][:9]) == ("A ferry", "The ferry")


@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_a_picture_stays_between_the_paragraphs_that_it_stood_between(at: int):
    said = [f"The {name} boat goes to the old quay, and it is back by noon." for name in "ABC"]
    lines = [f"<p>{one}</p>" for one in said]
    lines.insert(at, "<p><img src='https://x.org/a.jpg' alt='A ferry'></p>")
    markup = f"<h1>Harbour opens a night ferry</h1><p>By Li Na</p>{''.join(lines)}"
    blocks = pasted_body(read_copied_story(markup, ""), ()).blocks
    shown = [one["type"] == "image" or plain_text(one["value"]) for one in blocks]
    assert shown == ["Harbour opens a night ferry", "By Li Na", *said[:at], True, *said[at:]]


def test_both_languages_of_a_text_are_kept():
    english = "The ferry leaves every evening at nine, the harbour office said on Tuesday. " * 3
    chinese = "港务局周二表示，渡轮每晚九时启航，次日清晨返回旧码头，船票四十元。" * 3
    text = f"Night ferry opens\n\n{english}\n\n夜航渡轮开通\n\n{chinese}\n"
    article = read_copied_story("", text)
    words = "".join([*(block.text for block in article.blocks), *article.unplaced])
    assert english.strip() in words
    assert chinese in words


def test_what_has_no_words_is_refused():
    with pytest.raises(IntakeError):
        read_copied_story("<p> </p>", " \n")


@pytest.mark.parametrize("part", ["<p style='mso-list:l0'>", "\xa0", "<b style='font-weight:7"])
def test_a_hostile_clipboard_takes_linear_time(part: str):
    before = time.process_time()
    LayoutReader().read_blocks(f"x{part * (200_000 // len(part))}", "")
    assert time.process_time() - before < 5


def test_a_sentence_amid_the_text_is_never_left_out_unasked():
    lines = (
        "Ferry goes",
        "The boat went to the quay on Monday, and it stayed there for three days.",
        "More in the plan.",
        "The harbour office said that a second ferry will follow in the autumn of next year.",
        "Nobody has paid for it so far, and the council meets again on Thursday.",
    )
    article = read_copied_story("", "\n\n".join(lines))
    assert article.furniture == ()


def test_an_anchor_of_the_copied_page_is_no_link():
    said = "The boat went to the quay on Monday, the council said"
    article = read_copied_story(f'<h1>Ferry</h1><p>{said}<a href="#_ftn1">[1]</a>.</p>', "")
    assert [block.text for block in article.blocks] == [f"{said}[1]."]
    assert article.blocks[0].markup == ""


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Fresh oys- ters came. The oysters went.", "Fresh oysters came. The oysters went."),
        ("Fresh oys- ters came and went.", "Fresh oys- ters came and went."),
        ("Two- and three-year plans came.", "Two- and three-year plans came."),
    ],
)
def test_a_word_divided_within_a_line_is_whole_where_the_text_has_it_so(printed: str, read: str):
    for markup, text in (("", printed), (f"<p>{printed}</p>", printed)):
        (block,) = LayoutReader().read_blocks(markup, text)
        assert block["value"] == f"<p>{read}</p>"


@pytest.mark.parametrize("markup", [WORD_COMMENT, GOOGLE_COMMENT])
def test_what_people_say_beside_the_text_waits_with_its_words(markup: str):
    markup = f"<h1>Ferry</h1><p>It left at nine on Monday.</p>{markup}<p>Fares fell.</p>"
    article = read_copied_story(markup % "By how much?", "")
    said = [block.text for block in article.blocks]
    assert said == ["It left at nine on Monday.", "Fares rose.", "Fares fell."]
    assert article.missing == ["Comment in the margin: By how much?"]
    (waits,) = pasted_body(article, ()).unplaced
    assert (waits.text, waits.is_left_out) == (article.missing[0], False)


def test_a_line_of_byline_paper_and_hour_gives_the_byline_as_printed():
    line = "<p>By JO TANG | China Daily | Updated: 2026-11-25 09:15</p>"
    article = read_copied_story(f"{line}<p>The counter sells coffee.</p><p>It opens.</p>", "")
    assert article.printed_byline == "By JO TANG"
    taken = pasted_body(article, {"byline", "citation"}).taken
    assert [one.left for one in taken] == ["By JO TANG | China Daily | Updated: 2026-11-25 09:15"]
