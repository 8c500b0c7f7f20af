"""What of a source is in no field of its story: kept with it word for word, and held to account.

A story whose source has words that nobody has placed or left out is no whole story. Furniture (a
site's menus, an editor's sign-off) is kept as well, and holds nothing up.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from archive.entities.fields import text_in
from archive.stories.article_text import story_passages
from archive.text.fingerprints import is_separator, word_row


@dataclass(frozen=True)
class UnplacedText:
    """Words of the source; `is_left_out` once a reader of files or a person has said that they
    are no part of the story."""

    text: str
    is_left_out: bool = False


def unplaced_texts(story: Any) -> list[UnplacedText]:
    """All that is kept with the story, in the source's order."""
    return read_unplaced(story.unplaced)


def read_unplaced(stored: Any) -> list[UnplacedText]:
    """From what is stored or posted; raises ValueError where it is something else."""
    found = []
    for one in stored if isinstance(stored, list) else [stored]:
        if isinstance(one, str):
            found.append(UnplacedText(one))
        elif isinstance(one, dict) and isinstance(one.get("text"), str):
            found.append(UnplacedText(one["text"], bool(one.get("is_left_out"))))
        else:
            raise ValueError(one)
    return [one for one in found if one.text.strip()]


class UnplacedField(forms.JSONField):
    """The texts in a form, as a hidden input that the panel's script writes."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """As stored; None where the form has no such input: then all stays as it is."""
        posted = super().to_python(value)
        if posted is None:
            return None
        try:
            return stored_unplaced(read_unplaced(posted))
        except ValueError as error:
            message = _("The list of texts that are not placed can't be read. Load the page again.")
            raise ValidationError(message) from error


def stored_unplaced(texts: Iterable[UnplacedText]) -> list[dict[str, Any]]:
    """As `ArticlePage.unplaced` holds them."""
    return [asdict(one) for one in texts]


def missing_texts(story: Any) -> list[str]:
    """What was neither left out nor placed: its words stand nowhere in the story's text."""
    kept = unplaced_texts(story)
    waiting = [one.text for one in kept if not (one.is_left_out or is_separator(one.text))]
    placed = placed_texts(story, waiting)
    return [text for text in waiting if text not in placed]


def placed_texts(story: Any, texts: list[str]) -> set[str]:
    """Those of the texts whose words stand in the story's own text: printed twice, or placed."""
    placed = word_row(_texts(story)) if texts else ""
    return {text for text in texts if word_row([text]) in placed}


def place_words(name: str, place: str) -> str:
    """How the printed place of somebody who signs is named where the archive doesn't know it."""
    return f"{name}: {place}"


def _texts(story: Any) -> list[str]:
    language = story.source_language
    passages = [one.text for one in story_passages(story, language)]
    # Once the place is among the names, and chosen in the byline, its words are there.
    signed = [
        place_words(
            text_in(one.author, "name", language).text, text_in(one.place, "name", language).text
        )
        for one in story.bylines.all()
        if one.place and one.author_id
    ]
    said = (story.source("dateline") or "", story.printed_byline, story.contact, story.rights)
    return [*passages, *signed, *said]
