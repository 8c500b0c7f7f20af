"""Words of the interface: kept for each language, and never one language's for the other."""

import pytest
from django.utils import translation

from archive.text.cached import gettext, ngettext, pgettext
from archive.text.language import CHINESE, ENGLISH


def spoken() -> list[str]:
    return [gettext("Picked by the editors"), pgettext("between names", " and ")]


@pytest.mark.parametrize(
    ("language", "words"),
    [(ENGLISH, ["Picked by the editors", " and "]), (CHINESE, ["编辑推荐", "、"])],
)
def test_speaks_the_active_language(language: str, words: list[str]) -> None:
    with translation.override(language):
        assert spoken() == words


def test_what_was_kept_for_one_language_is_not_said_in_the_other() -> None:
    with translation.override(CHINESE):
        chinese = spoken()
    with translation.override(ENGLISH):
        english = spoken()
    with translation.override(CHINESE):
        assert spoken() == chinese != english


def test_a_language_that_is_named_counts_and_the_active_one_stays() -> None:
    with translation.override(ENGLISH):
        assert gettext("Picked by the editors", CHINESE) == "编辑推荐"
        assert translation.get_language() == ENGLISH
        assert gettext("Picked by the editors") == "Picked by the editors"


def test_the_same_word_means_different_things_in_different_places() -> None:
    named = {pgettext("between names", ", ", CHINESE), pgettext("between reasons", "; ", CHINESE)}
    assert named == {"、", "；"}
    assert pgettext("nowhere at all", ", ", CHINESE) == ", "


@pytest.mark.parametrize(
    ("language", "count", "text"),
    [
        (ENGLISH, 1, "1 day earlier"),
        (ENGLISH, 2, "2 days earlier"),
        (CHINESE, 1, "早1天"),
        (CHINESE, 2, "早2天"),
    ],
)
def test_counts_as_the_language_does(language: str, count: int, text: str) -> None:
    form = ngettext("%(count)s day earlier", "%(count)s days earlier", count, language)
    assert form % {"count": count} == text


def test_without_a_language_the_words_are_as_they_were_written() -> None:
    with translation.override(None):
        assert spoken() == ["Picked by the editors", " and "]
