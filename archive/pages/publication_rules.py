"""What a story needs before readers may see it."""

from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from archive.pages.body import pictures
from archive.text.language import column


class PublicationErrors:
    """Collects what is missing, by field, so that an editor reads it all at once."""

    def __init__(self) -> None:
        self.by_field: dict[str, list[str]] = defaultdict(list)

    def add(self, field: str, message: str) -> None:
        self.by_field[field].append(message)

    def raise_if_any(self) -> None:
        if self.by_field:
            raise ValidationError(dict(self.by_field))


def errors_against_publication(article: Any) -> PublicationErrors:
    """Missing headline, text, print date or publication; what its pictures lack."""
    errors = PublicationErrors()
    language = article.source_language
    if not article.source("headline"):
        errors.add(column("headline", language), _("A published story needs a headline."))
    if not article.source("body"):
        errors.add(column("body", language), _("A published story needs a text."))
    if article.print_date is None:
        errors.add("print_date", _("Give the date on which the story was printed."))
    if article.publication_id is None:
        errors.add("publication", _("Choose the publication that printed the story."))
    for message in picture_errors(article.source("body"), language):
        errors.add(column("body", language), message)
    return errors


def picture_errors(body: Any, language: str) -> list[str]:
    """A sentence for each picture of a body in `language` that readers can't be shown yet."""
    messages = []
    for picture in pictures(body):
        missing = picture.image.missing_for_publication(
            language, credited_as=picture.credit, described_as=picture.alt_text
        )
        if missing:
            messages.append(
                _(
                    "The picture “%(title)s” has no %(missing)s. "
                    "Add it to the picture, then publish."
                )
                % {"title": picture.image.title, "missing": _(" and no ").join(missing)}
            )
    return messages
