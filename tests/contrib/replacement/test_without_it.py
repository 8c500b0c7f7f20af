"""The desk of a site without the app, and the app of a site without its extra."""

import sys
from typing import Any

import pytest
from wagtail import hooks

from archive.contrib.replacement.patterns import PatternError, Replacement
from archive.models import Translation
from archive.text.segmentation import PLAIN
from tests.desk.helpers import Person, translation_of
from tests.factories import make_article, make_translator


@pytest.mark.django_db
def test_translators_are_offered_no_replacing(monkeypatch: Any) -> None:
    li, translation = Person(make_translator("li")), translation_of(make_article())
    Translation.objects.update(assignee=li.user)
    offered = f"/translation/replace/{translation.pk}/"
    assert offered in li.client.get(translation.get_edit_url()).content.decode()
    for name in ("action", "tool"):
        monkeypatch.setitem(hooks._hooks, f"register_archive_desk_{name}", [])
    assert offered not in li.client.get(translation.get_edit_url()).content.decode()


def test_words_are_found_without_the_extra_and_patterns_say_what_is_lacking(
    monkeypatch: Any,
) -> None:
    monkeypatch.setitem(sys.modules, "re2", None)
    assert Replacement("PORT (1)", "dock").changed("The port (1).", PLAIN) == ("The dock.", 1)
    with pytest.raises(PatternError, match=r"\[replacement\]"):
        Replacement("p.rt", "dock", is_pattern=True).check()
