"""The concordance beside the desk: what it finds, for whom, and at which cost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.desk.memory.units import add_units, make_unit
from archive.models import Translation
from archive.text.language import ENGLISH
from tests.desk.helpers import Person, page_text
from tests.factories import make_editor

pytestmark = pytest.mark.django_db


def look_up(person: Person, translation: Translation, words: str) -> str:
    url = reverse("archive_translation:concordance", args=[translation.pk])
    answer = person.client.get(url, {"words": words})
    assert answer.status_code == 200
    return page_text(answer)


@pytest.mark.parametrize(("words", "mark"), [("sister PORT", "sister port"), ("友好港", "友好港")])
def test_words_of_either_language_are_found_together(translation, li, words, mark) -> None:
    add_units(
        [
            make_unit(ENGLISH, "A sister port opened.", "友好港启用。", provenance="tmx"),
            make_unit(ENGLISH, "The port has a sister.", "港口有姊妹。", provenance="tmx"),
        ]
    )
    shown = look_up(li, translation, f"“{words}”")
    assert re.findall("<mark>(.*?)</mark>", shown) == [mark]
    assert 'data-insert="友好港启用。"' in shown


def test_it_says_where_nothing_is_found_and_where_there_is_more(translation, li) -> None:
    assert "The memory has no such words." in look_up(li, translation, "harbour")
    units = [make_unit(ENGLISH, f"Harbour {n}", f"港{n}", provenance="tmx") for n in range(10)]
    add_units(units)
    shown = look_up(li, translation, "harbour")
    assert "All results in the memory" in shown
    assert shown.count("data-insert=") == 9


def test_it_costs_one_query_of_the_memory_and_is_for_translators_alone(translation, li) -> None:
    costs = []
    for number in (1, 8):
        add_units(
            [make_unit(ENGLISH, f"Quay {n}", f"码头{n}", provenance="tmx") for n in range(number)]
        )
        with CaptureQueriesContext(connection) as captured:
            look_up(li, translation, "quay")
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 10
    url = reverse("archive_translation:concordance", args=[translation.pk])
    assert Person(make_editor()).client.get(url).status_code == 403
