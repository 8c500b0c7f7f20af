"""Messages that are stored, and read by people in the other language of the interface."""

import json
from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, gettext, override

from archive.text.language import FIRST, LANGUAGES


class Message(str):
    """A text in the active language that can be said in another, with what `%` put into it."""

    source: str
    values: Mapping[str, Any] | None

    def __mod__(self, values: Any) -> "Message":
        kept = {name: _kept(value) for name, value in values.items()}
        return _made(super().__mod__(values), self.source, kept)

    def again(self) -> str:
        """In the language that is active now."""
        said = gettext(self.source)
        if self.values is None:
            return said
        values = self.values.items()
        return said % {
            name: one.again() if isinstance(one, Message) else one for name, one in values
        }


def message(source: str) -> Message:
    """As `gettext`, for what may be stored: `from … import message as _`."""
    return _made(gettext(source), source, None)


def _made(said: str, source: str, values: Mapping[str, Any] | None) -> Message:
    made = Message(said)
    made.source, made.values = source, values
    return made


def _kept(value: Any) -> Any:
    """What can go to another process: an error by what it says."""
    if isinstance(value, BaseException):
        value = said_by(value)
    return value if isinstance(value, str | int | float | Promise) else str(value)


def said_by(error: BaseException) -> str:
    """What an error says, as it was raised: a message stays one."""
    said = error.args[0] if error.args else ""
    return cast(str, said) if isinstance(said, Message | Promise) else str(error)


def all_said_by(error: ValidationError) -> Message:
    """A validation's sentences, in the language in which they are asked for again."""
    fields = error.error_dict.values() if hasattr(error, "error_dict") else [error.error_list]
    said = {f"said{at}": _sentence(one) for at, one in enumerate(chain.from_iterable(fields))}
    return message(" ".join(f"%({name})s" for name in said)) % said


def _sentence(error: ValidationError) -> str | Promise:
    said = cast(str | Promise, error.message)
    if error.params:
        return lazy(lambda: str(said) % error.params, str)()
    return said


def stored(said: Any) -> str:
    """A message to be stored, in each language; another text as it is."""
    if isinstance(said, Message):
        return in_each_language(said.again)
    return in_each_language(lambda: str(said)) if isinstance(said, Promise) else str(said)


def in_each_language(told: Callable[[], str]) -> str:
    """To be stored: what `told` says in each of the archive's languages, as JSON."""
    texts = {}
    for language in LANGUAGES:
        with override(language):
            texts[language] = told()
    return json.dumps(texts, ensure_ascii=False)


def shown(stored: str) -> str:
    """In the interface's language; a text that isn't `in_each_language` as it is."""
    try:
        texts = json.loads(stored) if stored.startswith("{") else None
    except ValueError:
        texts = None
    if not isinstance(texts, dict) or texts.keys() != set(LANGUAGES):
        return stored
    return str(texts.get(get_language() or FIRST, texts[FIRST]))
