"""What people are called, and who may translate what."""

import re
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from wagtail.admin.utils import get_user_display_name

from archive.desk.models import Translation
from archive.desk.policies import policy

_HAN = re.compile(r"[\u3400-\u9fff]")


def name_of(person: Any) -> str:
    """As the person's own language writes it: Evelyn Hart, 陈明."""
    if person is None:
        return ""
    family, given = getattr(person, "last_name", ""), getattr(person, "first_name", "")
    if _HAN.search(family + given):
        return f"{family}{given}"
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
