"""Apps around the archive add to it through hooks, and a wrong thing is said at once."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from wagtail import hooks

from archive.registry import registered


def test_what_functions_give_comes_in_their_order_one_thing_or_a_list() -> None:
    with (
        hooks.register_temporarily("register_archive_word", lambda: ["one", "two"]),
        hooks.register_temporarily("register_archive_word", lambda: "zero", order=-1),
    ):
        assert registered("word", str) == ["zero", "one", "two"]
    assert registered("word", str) == []


def test_a_wrong_thing_is_an_error_that_names_the_function() -> None:
    def number() -> int:
        return 7

    with (
        hooks.register_temporarily("register_archive_word", number),
        pytest.raises(ImproperlyConfigured, match=r"register_archive_word: .*number gives 7"),
    ):
        registered("word", str)
