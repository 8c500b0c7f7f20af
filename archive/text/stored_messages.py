"""Messages that are stored, and read by people in the other language of the interface."""

import json
from collections.abc import Callable

from django.utils.translation import get_language, override

from archive.text.language import FIRST, LANGUAGES


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
