"""What people are called, and who may translate what."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from wagtail.admin.utils import get_user_display_name

from archive.desk.models import Translation
from archive.desk.policies import policy


def name_of(person: Any) -> str:
    """As Wagtail's screens call the person; "" for nobody."""
    return str(get_user_display_name(person))


def translators() -> Any:
    """The users who may translate into some language, by name."""
    found = policy.users_with_any_permission({"change"})
    return found.order_by("last_name", "first_name", get_user_model().USERNAME_FIELD).distinct()


def may_translate(person: Any, translation: Translation) -> bool:
    return bool(
        person.is_active and policy.user_has_permission_for_instance(person, "change", translation)
    )


def translators_of(translations: Iterable[Translation]) -> list[Any]:
    """The users who may do all of them; one question for each language, not for each story."""
    one_each = {translation.language: translation for translation in translations}.values()
    return [who for who in translators() if all(may_translate(who, one) for one in one_each)]
