"""The form of a tie: two places, what joins them, and what says so."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
)

from archive.entities.choosers import PlaceChooser
from archive.entities.panels import bilingual, both_languages


def tie_edit_handler() -> ObjectList:
    places = [FieldPanel(end, widget=PlaceChooser) for end in ("place_a", "place_b")]
    return ObjectList(
        [
            MultiFieldPanel([FieldRowPanel(places)], heading=_("Places")),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("status")]),
                    FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
                    FieldPanel("confidence"),
                ],
                heading=_("Tie"),
            ),
            bilingual("description", _("Description")),
            InlinePanel(
                "evidence",
                panels=[
                    both_languages("sentence"),
                    FieldPanel("source_url"),
                    PageChooserPanel("article", "archive.ArticlePage"),
                    FieldPanel("block_id"),
                ],
                heading=_("Evidence"),
                label=_("Piece of evidence"),
            ),
        ]
    )
