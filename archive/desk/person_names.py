"""What people are called."""

import re
from typing import Any

from wagtail.admin.utils import get_user_display_name

_HAN = re.compile(r"[\u3400-\u9fff]")


def name_of(person: Any) -> str:
    """As the person's own language writes it: Evelyn Hart, 陈明."""
    if person is None:
        return ""
    family, given = getattr(person, "last_name", ""), getattr(person, "first_name", "")
    if _HAN.search(family + given):
        return f"{family}{given}"
    return str(get_user_display_name(person))
