"""The pages around the stories: about, rights, privacy and the like, with their first texts."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import archive
from archive.stories.models import HomePage, InformationPage
from archive.text.language import ENGLISH, LANGUAGES, column

_TEXTS = Path(archive.__file__).parent / "data" / "information.toml"
_FIELDS = ("name", "intro", "body")


def make_information(home: HomePage) -> list[InformationPage]:
    """Those whose slug is free below the front page; gives the new ones.

    An archive in other languages gets them in English, for its editors to translate.
    """
    taken = set(home.get_children().values_list("slug", flat=True))
    return [
        home.add_child(instance=_page(texts))
        for texts in first_texts()
        if texts["slug"] not in taken
    ]


@cache
def first_texts() -> list[dict[str, Any]]:
    """By page: its slug, whether it shows search tips, and its texts by language."""
    pages: list[dict[str, Any]] = tomllib.loads(_TEXTS.read_text(encoding="utf-8"))["page"]
    return pages


def _page(texts: dict[str, Any]) -> InformationPage:
    given = {code: texts[code] for code in LANGUAGES if code in texts}
    written = given or {LANGUAGES[0]: texts[ENGLISH]}
    fields = {
        column(name, code): words[name].strip()
        for code, words in written.items()
        for name in _FIELDS
    }
    return InformationPage(
        title=texts[ENGLISH]["name"],
        slug=texts["slug"],
        shows_search_tips=texts.get("shows_search_tips", False),
        **fields,
    )
