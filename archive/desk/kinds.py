"""What the kinds of segments are called."""

from django.utils.translation import gettext_lazy as _

_LABELS = {
    "headline": _("Headline"),
    "standfirst": _("Standfirst"),
    "dateline": _("Dateline"),
    "subhead": _("Subhead"),
    "caption": _("Caption"),
    "alt_text": _("Alternative text"),
    "credit": _("Credit"),
    "quote": _("Quote"),
    "attribution": _("Attribution"),
    "item": _("List item"),
    "title": _("Title"),
    "cell": _("Table cell"),
    "text": _("Text"),
}
_PARAGRAPH = _("Paragraph")


def kind_label(kind: str) -> str:
    """ "Headline", in the reader's language; "Paragraph" for all that has no name of its own."""
    return str(_LABELS.get(kind, _PARAGRAPH))
