"""The words of the import's screens: fields, kinds of lines, their keys."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.contrib.intake.formats import registered

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Kind:
    """What selected words can become: `name` is one of `archive.contrib.intake.corrections.KINDS`.

    `key` is a letter or a figure, and no other kind's; `is_line` says that it is a kind of line
    rather than a field of the story.
    """

    name: str
    key: str
    label: "StrOrPromise"
    is_line: bool = False


KINDS = (
    Kind("paragraph", "p", _("Paragraph"), is_line=True),
    Kind("subhead", "s", _("Subhead"), is_line=True),
    Kind("quote", "q", _("Quote"), is_line=True),
    Kind("list_item", "i", _("List item"), is_line=True),
    Kind("table_row", "w", _("Table row"), is_line=True),
    # All letters are taken.
    Kind("correction", "1", _("Correction note"), is_line=True),
    Kind("caption", "c", _("Caption"), is_line=True),
    Kind("credit", "r", _("Picture credit"), is_line=True),
    Kind("furniture", "f", pgettext_lazy("lines", "Not the story"), is_line=True),
    Kind("unplaced", "u", _("Unplaced"), is_line=True),
    Kind("headline", "h", _("Headline")),
    Kind("standfirst", "d", _("Standfirst")),
    Kind("byline", "b", _("Byline")),
    Kind("dateline", "l", _("Dateline")),
    Kind("publication", "n", _("Publication")),
    Kind("published", "t", _("Print date")),
    Kind("page", "g", pgettext_lazy("of a newspaper", "Page")),
    Kind("section", "e", _("Section")),
    Kind("contact", "o", _("Contact")),
)
LABELS = {kind.name: kind.label for kind in KINDS}
# The record's plural fields, by the kind of one of them; a block has its own type.
OF_FIELDS = {"bylines": "byline", "captions": "caption"}
OF_BLOCKS = {"list": "list_item", "table": "table_row"}


def format_names() -> dict[str, str]:
    """The formats' names by the ids that items have."""
    return {form.id: str(form.name) for form in registered()}
