"""What is found in a site without the app."""

from typing import Any

from wagtail import hooks

from tests.qa.cases import ids, rich


def test_markup_is_checked_and_the_two_languages_are_not(monkeypatch: Any) -> None:
    wrong = "It has 114 ports.", "它有140个港口。"
    assert "number-value" in ids(*wrong)
    monkeypatch.setitem(hooks._hooks, "register_archive_translation_check", [])
    assert ids(*wrong) == set()
    assert rich("<p>It has 114 ports.</p>", "<p>它<b>有140个</p>") == {"markup-broken", "emphasis"}
