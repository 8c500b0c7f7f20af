"""Find and replace beside the desk's rows: the preview, the deed and the way back, as its script
asks for them."""

from typing import Any

import bs4
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.models import JournalEntry, Translation
from tests.contrib.replacement.test_replacing import TARGETS, texts, tokens, translated
from tests.desk.helpers import Person
from tests.factories import make_translator

pytestmark = pytest.mark.django_db

# Five are the session's and the user's, two the translation's.
PREVIEW, APPLIED = 14, 34


@pytest.fixture
def li() -> Person:
    return Person(make_translator("li"))


def ask(person: Person, translation: Translation, **asked: Any) -> Any:
    url = reverse("archive_replacement:replace_here", args=[translation.pk])
    return person.client.post(url, {"find": "塔科马", "replace": "西雅图", **asked})


def test_what_is_ticked_is_replaced_and_taken_back(li: Person) -> None:
    translation = translated(li, *TARGETS)
    with CaptureQueriesContext(connection) as queries:
        page = bs4.BeautifulSoup(ask(li, translation).json()["html"], "html.parser")
    assert len(queries) <= PREVIEW
    assert [one.text for one in page.select("del")] == ["塔科马", "塔科马"]
    with CaptureQueriesContext(connection) as queries:
        answer = ask(li, translation, apply="1", segment=tokens(page)[:1]).json()
    assert len(queries) <= APPLIED
    assert answer["said"] == "Replaced in 1 segment. It is a draft now."
    assert texts(translation)[0] == ("<p>湛江港与<b>西雅图港</b>签约。</p>", "draft")
    undo = reverse("archive_translation:undo", args=[translation.pk, answer["entry"]])
    assert li.client.post(undo).json()["said"] == "Taken back: 1 segment."
    assert texts(translation) == [(one, "confirmed") for one in TARGETS]


@pytest.mark.parametrize(
    ("asked", "said"), [({"find": ""}, "required"), ({"find": "(", "is_pattern": "on"}, "")]
)
def test_what_cannot_be_asked_is_said(li: Person, asked: dict[str, str], said: str) -> None:
    response = ask(li, translated(li, *TARGETS), **asked)
    assert response.status_code == 400
    assert said in str(response.json())


def test_strangers_replace_nothing(li: Person) -> None:
    translation = translated(li, *TARGETS)
    wu = Person(make_translator("wu", languages=()))
    assert ask(wu, translation, apply="1").status_code == 403
    assert not JournalEntry.objects.exists()
