"""Who may translate what."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model

from archive.desk.models import Translation
from archive.desk.policies import policy


def translators() -> Any:
    """The users who may translate into some language, by name."""
    found = policy.users_with_any_permission({"change"})
    name = get_user_model().USERNAME_FIELD
    return found.order_by("last_name", "first_name", name).distinct()


def may_translate(person: Any, translation: Translation) -> bool:
    return bool(
        person.is_active and policy.user_has_permission_for_instance(person, "change", translation)
    )


def translators_of(translations: Iterable[Translation]) -> list[Any]:
    """The users who may do all of them; one question for each language, not for each story."""
    by_language = {translation.language: translation for translation in translations}
    return [
        person
        for person in translators()
        if all(may_translate(person, translation) for translation in by_language.values())
    ]
