"""What the story's form asks the reader of texts: a pasted text, a typed byline."""

import html
import json
import re

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from archive.models import ArticlePage, Author
from tests.factories import make_editor, make_entity, make_publication, make_translator

pytestmark = pytest.mark.django_db
PASTE, BYLINE = reverse("archive_story_form:paste"), reverse("archive_story_form:byline")
STORY = """China Daily (USA), Sept 22, 2015, page 17
Night ferry leaves the old quay

The ferry leaves every evening at nine, the harbour office said, and is back at dawn.
"""
WORD = (
    "<p>The port of Zhanjiang opened a terminal on Monday.</p>"
    "<p>Officials said that it would double the trade of the region by 2030.</p>"
)


def words(said: dict) -> list[str]:
    """The words of the pasted blocks, as the form's editors have them."""
    contents = [json.loads(block["value"]) for block in said["blocks"]]
    return [block["text"] for content in contents for block in content["blocks"]]


def proposals(said: dict) -> dict[str, dict]:
    """What each proposal would do, by its name."""
    about = [
        json.loads(html.unescape(one)) for one in re.findall(r'data-about="([^"]*)"', said["found"])
    ]
    return {one["name"]: one for one in about}


@pytest.fixture
def editor(client: Client) -> Client:
    user = make_editor()
    user.user_permissions.add(Permission.objects.get(codename="add_author"))
    client.force_login(user)
    return client


def test_a_pasted_story_gives_blocks_and_what_was_found(editor: Client) -> None:
    paper = make_publication()
    said = editor.post(PASTE, {"text": STORY, "whole": "1"}).json()
    assert said["language"] == "en"
    assert words(said) == [line for line in STORY.splitlines() if line]
    assert "Night ferry leaves the old quay" in said["found"]
    assert f"&quot;publication&quot;: {paper.pk}" in said["found"]
    assert "2015-09-22" in said["found"]
    assert not ArticlePage.objects.exists()


@pytest.mark.parametrize("markup", [WORD, "<p>A</p><p>B</p>", "<div>Share</div><div>One.</div>"])
def test_every_paragraph_stays_in_the_body_until_somebody_accepts(
    editor: Client, markup: str
) -> None:
    said = editor.post(PASTE, {"html": markup, "text": "x", "whole": "1"}).json()
    assert words(said) == re.findall(r">([^<]+)<", markup)
    assert "headline" not in proposals(said)
    assert said["unplaced"] == []


def test_an_accepted_headline_takes_its_line_and_a_dateline_its_words(editor: Client) -> None:
    text = "Night ferry leaves the old quay\n\nBEIJING - The ferry leaves at nine, he said today.\n"
    said = editor.post(PASTE, {"text": text, "whole": "1"}).json()
    first, second = said["blocks"]
    found = proposals(said)
    [headline], [dateline] = found["headline"]["takes"], found["dateline"]["takes"]
    assert (headline["id"], headline["rest"]) == (first["id"], None)
    assert dateline["id"] == dateline["rest"]["id"] == second["id"]
    assert "BEIJING" in second["value"]
    assert "BEIJING" not in dateline["rest"]["value"]


def test_what_the_text_says_for_a_field_that_is_filled_in_is_shown(editor: Client) -> None:
    posted = {"text": STORY, "whole": "1", "filled": ["headline_en", "print_date"]}
    said = editor.post(PASTE, posted).json()
    headline = proposals(said)["headline"]
    assert (headline["values"], headline["takes"]) == ({}, [])
    assert "this line stays in the text" in said["found"]
    assert proposals(said)["citation"]["takes"]
    assert "Night ferry leaves the old quay" in words(said)


def test_rights_of_a_page_beside_typed_ones_are_kept_as_not_placed(editor: Client) -> None:
    rights = "© 2014 Gulf Press Holdings"
    body = "".join(f"<p>{line}</p>" for line in STORY.splitlines() if line)
    page = f'''<html><head><meta name="copyright" content="{rights}"></head><body>
    <nav><a href="/">Home</a></nav><article>{body}</article></body></html>'''
    posted = {"html": page, "text": STORY, "whole": "1", "filled": ["rights"]}
    said = editor.post(PASTE, posted).json()
    assert "this is kept as not placed" in said["found"]
    assert {"text": rights, "is_left_out": False} in said["unplaced"]


def test_what_stays_out_of_the_body_is_kept_in_full(editor: Client) -> None:
    menu = "Home | News | Sport"
    said = editor.post(PASTE, {"text": f"{menu}\n\n{STORY}", "whole": "1"}).json()
    assert words(said) == [line for line in STORY.splitlines() if line]
    assert said["unplaced"] == [{"text": menu, "is_left_out": True}]


def test_a_paper_that_isnt_the_persons_is_shown_and_not_filled_in(client: Client) -> None:
    make_publication()
    client.force_login(make_editor("other", make_publication("post", en="Harbour Post")))
    said = client.post(PASTE, {"text": STORY, "whole": "1"}).json()
    assert "not among your publications" in said["found"]
    citation = proposals(said)["citation"]
    assert (citation["values"], citation["takes"]) == ({}, [])


@pytest.mark.parametrize(
    "line", ["The Harbor Gazette, 3 December 2016, page C4", "《海港公报》 2016年12月3日 第4版"]
)
def test_the_line_of_a_paper_that_the_archive_hasnt_stays(editor: Client, line: str) -> None:
    make_publication()
    _citation, story = STORY.split("\n", 1)
    said = editor.post(PASTE, {"text": f"{line}\n{story}", "whole": "1"}).json()
    assert words(said)[0] == line
    citation = proposals(said)["citation"]
    assert (citation["values"], citation["takes"]) == ({}, [])
    assert "Its line stays in the text" in said["found"]


def test_a_line_whose_section_the_paper_hasnt_stays_beside_its_day(editor: Client) -> None:
    make_publication()
    text = STORY.replace("page 17", "page 17, Business")
    said = editor.post(PASTE, {"text": text, "whole": "1"}).json()
    citation = proposals(said)["citation"]
    assert citation["values"]["print_date"] == "2015-09-22"
    assert citation["takes"] == []


def test_a_byline_is_understood_as_printed_and_its_authors_are_made(editor: Client) -> None:
    place = make_entity()
    known = Author.objects.create(name_en="Li Na")
    text = "By Li Na in Zhanjiang and Tom Reed in Nowhere"
    looked = editor.post(BYLINE, {"text": text, "language": "en"}).json()
    assert "new author" in looked["html"]
    assert Author.objects.count() == 1
    kept = editor.post(BYLINE, {"text": text, "language": "en", "keep": "1"}).json()
    assert [row["author"]["string"] for row in kept["rows"]] == ["Li Na", "Tom Reed"]
    assert kept["rows"][0]["author"]["id"] == known.pk
    assert kept["rows"][0]["place"]["id"] == place.pk
    assert [row["unplaced"] for row in kept["rows"]] == ["", "Tom Reed: Nowhere"]
    (note,) = kept["notes"]
    assert note == "“Nowhere” is not among the places: it is kept with the words not placed."


def test_what_a_byline_says_beside_its_names_is_in_its_own_field(editor: Client) -> None:
    text = "By Lin Yao, Ph.D., and Li Na"
    kept = editor.post(BYLINE, {"text": text, "language": "en", "keep": "1"}).json()
    rows = [(row["name"], row["unplaced"]) for row in kept["rows"]]
    assert (rows, kept["notes"]) == ([("Lin Yao", ""), ("Li Na", "")], [])


def test_a_place_whose_name_several_have_is_asked_for(editor: Client) -> None:
    for key in ("portland-or", "portland-me"):
        make_entity(key, en="Portland", zh="波特兰")
    typed = {"text": "By Tom Reed in Portland", "language": "en", "keep": "1"}
    said = editor.post(BYLINE, typed).json()
    assert said["rows"][0]["unplaced"] == "Tom Reed: Portland"
    (note,) = said["notes"]
    assert note == "“Portland” is the name of several places: choose one in the row of Tom Reed."


def test_a_chinese_byline_is_understood(editor: Client) -> None:
    said = editor.post(BYLINE, {"text": "本报记者 李娜", "language": "zh-hans", "keep": "1"}).json()
    assert [row["author"]["string"] for row in said["rows"]] == ["李娜"]
    assert Author.objects.get().name_zh_hans == "李娜"


def test_queries_dont_grow_with_the_text(editor: Client, django_assert_max_num_queries) -> None:
    make_publication()
    text = STORY + "\n".join(
        f"Ships came on day {number}, and they left.\n" for number in range(90)
    )
    with django_assert_max_num_queries(16):
        editor.post(PASTE, {"text": text, "whole": "1"})


@pytest.mark.parametrize("data", [{}, {"text": " ", "whole": "1"}, {"bylines": "{", "text": ""}])
def test_what_cant_be_read_is_answered_with_words(editor: Client, data: dict) -> None:
    for address in (PASTE, BYLINE):
        answer = editor.post(address, data)
        assert answer.status_code in (200, 400)
        assert answer.json().get("error", "said").strip()


def test_a_text_beyond_the_limit_is_refused_with_the_way_out(editor: Client, settings) -> None:
    settings.ARCHIVE_INTAKE_MAX_BYTES = 50
    answer = editor.post(PASTE, {"text": STORY, "whole": "1"})
    assert answer.status_code == 400
    assert "more than the limit of 50;" in answer.json()["error"]


def test_who_writes_no_stories_is_refused(client: Client) -> None:
    client.force_login(make_translator())
    for address in (PASTE, BYLINE):
        assert client.post(address, {"text": STORY}).status_code in (302, 403)
