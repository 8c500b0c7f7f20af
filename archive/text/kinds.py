"""Kinds of names, ties and stories that a site adds to the archive's own by a setting."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language

from archive.text.language import LANGUAGES, supported

# As long as the shortest of the columns that keep a kind.
_KEY = re.compile(r"[a-z][a-z0-9_]{0,19}")


def is_kind(key: object, labels: object) -> bool:
    """Whether it is a word for the database with its label in each of the archive's languages."""
    if not isinstance(key, str) or not _KEY.fullmatch(key) or not isinstance(labels, Mapping):
        return False
    return all(isinstance(labels.get(one), str) and labels[one].strip() for one in LANGUAGES)


def add_kinds(members: dict[str, Any], kinds: object) -> None:
    """Called in an enumeration's body with `vars()`: adds the site's kinds to its members.

    `kinds` is `{key: {language: label}}`. What isn't, and what is there already, is left to the
    system check archive.E008.
    """
    for key, labels in kinds.items() if isinstance(kinds, Mapping) else ():
        if is_kind(key, labels) and key.upper() not in members:
            members[key.upper()] = key, _label(labels)


def _in_active_language(labels: Mapping[str, str]) -> str:
    return labels[supported(get_language())]


_label = lazy(_in_active_language, str)
