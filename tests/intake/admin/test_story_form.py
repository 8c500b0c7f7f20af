"""What the story's form asks the reader of texts: a pasted text, a typed byline."""

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
    assert [block["type"] for block in said["blocks"]] == ["paragraph"]
    assert "Night ferry leaves the old quay" in said["found"]
    assert f"&quot;publication&quot;: {paper.pk}" in said["found"]
    assert "2015-09-22" in said["found"]
    assert not ArticlePage.objects.exists()


def test_a_paper_that_isnt_the_persons_is_shown_and_not_filled_in(client: Client) -> None:
    make_publication()
    client.force_login(make_editor("other", make_publication("post", en="Harbour Post")))
    said = client.post(PASTE, {"text": STORY, "whole": "1"}).json()
    assert "not among your publications" in said["found"]
    assert "&quot;publication&quot;" not in said["found"]


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
    assert kept["notes"] == ["“Nowhere” is not among the places: Tom Reed stands without it."]


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
    assert "ARCHIVE_INTAKE_MAX_BYTES" in answer.json()["error"]


def test_who_writes_no_stories_is_refused(client: Client) -> None:
    client.force_login(make_translator())
    for address in (PASTE, BYLINE):
        assert client.post(address, {"text": STORY}).status_code in (302, 403)
