"""Several engines side by side: what the checks say of each, and how much had to be changed."""

import io
import json
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from archive.contrib.machinery.drafts import fill_untouched
from archive.contrib.machinery.engines import get_engine
from archive.contrib.machinery.measures import measure_engines
from archive.desk.saving import SegmentChange, save_segments, version_of
from archive.models import Translation
from tests.contrib.exchange.stories import row_of
from tests.contrib.machinery.fake_server import FakeServer
from tests.desk.helpers import Person, again, translation_of
from tests.factories import block, make_article, make_translator

pytestmark = pytest.mark.django_db


@pytest.fixture
def translation() -> Translation:
    body = [block("paragraph", "<p>The port has 30 ships.</p>")]
    return translation_of(make_article("The port of 1998", body=body))


@pytest.fixture
def two(deepl: FakeServer, settings: Any) -> FakeServer:
    """DeepL, and a model beside it."""
    chat = "archive.contrib.machinery.chat.ChatServer"
    options = {"engine": chat, "url": f"{deepl.url}/v1", "model": "qwen3", "pause": 0}
    settings.ARCHIVE_MACHINE_COMPARED = {"qwen3": options}
    return deepl


def ask(person: Person, translation: Translation, number: int) -> Any:
    url = reverse("archive_machinery:draft", args=[translation.pk])
    return person.client.post(f"{url}?engine={number}", {"key": "headline"})


def sidebar(person: Person, translation: Translation) -> str:
    url = reverse("archive_translation:sidebar", args=[translation.pk])
    return person.client.get(url, {"key": "headline"}).content.decode()


def test_each_engines_draft_stands_beside_the_others(
    translation: Translation, two: FakeServer, client: Any
) -> None:
    person = Person(make_translator())
    assert "Draft by qwen3" in sidebar(person, translation)
    two.words = lambda text: "1998年的港口"
    ask(person, translation, 0)
    two.words = lambda text: "2008年的港口"
    assert ask(person, translation, 1).json() == {"draft": "2008年的港口", "engine": "qwen3"}
    page = sidebar(person, translation)
    assert "Drafted by DeepL: read it word by word. Checks: nothing found." in page
    assert "Drafted by qwen3: read it word by word. Checks: errors 1" in page


def test_an_engine_that_isnt_there_is_no_address(translation: Translation, two: FakeServer) -> None:
    url = reverse("archive_machinery:draft", args=[translation.pk])
    person = Person(make_translator())
    assert (
        person.client.post(f"{url}?engine=2", {"key": "headline"}, follow=True).status_code == 404
    )


def publish(translation: Translation, text: str) -> None:
    base = version_of(row_of(translation, "headline").segment)
    change = SegmentChange("headline", text, base=base, confirmed=True)
    save_segments(translation, [change], user=make_translator())
    again(translation).latest_revision.publish()


def test_how_much_of_drafts_was_changed_is_measured(
    translation: Translation, two: FakeServer
) -> None:
    person = Person(make_translator("asks"))
    two.words = lambda text: "1998年的港口"
    ask(person, translation, 0)
    two.words = lambda text: "1998年港口"
    ask(person, translation, 1)
    assert measure_engines() == []
    publish(translation, "1998年的港口")
    deepl, model = measure_engines()
    assert (deepl.engine, deepl.drafts, deepl.unchanged, deepl.distance) == ("DeepL", 1, 1, 0)
    assert (model.engine, model.unchanged, round(model.distance, 3)) == ("qwen3", 0, 0.125)


def test_a_filled_story_is_measured_and_printed(translation: Translation, two: FakeServer) -> None:
    two.words = lambda text: "1998年港口" if "1998" in text else '<p id="1">30艘船。</p>'
    engine = get_engine()
    assert engine
    fill_untouched(translation, engine, user=None)
    changes = [
        SegmentChange(row.key, row.target, base=version_of(row), confirmed=True)
        for row in again(translation).get_latest_revision_as_object().segments.all()
    ]
    save_segments(translation, changes, user=make_translator())
    again(translation).latest_revision.publish()
    out = io.StringIO()
    call_command("measure_machine_drafts", "--json", "-", stdout=out, verbosity=0)
    assert json.loads(out.getvalue()) == [
        {"engine": "DeepL", "drafts": 2, "unchanged": 2, "distance": 0.0}
    ]


def test_measuring_takes_the_same_queries_whatever_there_is(
    translation: Translation, two: FakeServer, django_assert_num_queries: Any
) -> None:
    ask(Person(make_translator()), translation, 0)
    with django_assert_num_queries(2):
        measure_engines()
