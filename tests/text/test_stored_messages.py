"""Messages that are raised in one language and read in another."""

import pickle

from django.utils.translation import gettext_lazy, override

from archive.text.stored_messages import Message, message, said_by, shown, stored


def test_a_message_is_told_in_each_language_with_what_is_in_it() -> None:
    error = ValueError(message("Journalism") % {})
    inner = message("%(file)s: %(error)s") % {"file": "a.txt", "error": error, "at": None}
    again = pickle.loads(pickle.dumps(inner))
    assert isinstance(again, Message)
    assert again == "a.txt: Journalism"
    with override("zh-hans"):
        assert shown(stored(again)).startswith("a.txt: ")


def test_what_an_error_says_stays_a_message_and_other_words_are_words() -> None:
    error = ValueError(message("Headline"))
    with override("zh-hans"):
        assert shown(stored(said_by(error))) == "标题"
        assert shown(stored(said_by(ValueError(gettext_lazy("Headline"))))) == "标题"
    assert stored(said_by(ValueError("x", 1))) == "('x', 1)"
