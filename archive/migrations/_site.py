"""What a site decides, and the migrations follow: its two languages, and its page model."""

from typing import Any

from archive.base_page import PAGE_MODEL
from archive.text.language import LANGUAGES, column

PAGE = PAGE_MODEL.lower()


def in_each(name: str, field: Any) -> list[tuple[str, Any]]:
    """The field's columns, one a language."""
    return [(column(name, code), field.clone()) for code in LANGUAGES]
