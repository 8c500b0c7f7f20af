"""A dossier: stories, ties, names and pictures that an editor puts together, in an order."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from archive.stories.fields import UnrecordedStreamField
from archive.stories.models.browse import NamedPage
from archive.text.language import LABELS, LANGUAGES, column

FEATURES = ["h3", "bold", "italic", "link", "ol", "ul"]


def _in_each_language() -> list[tuple[str, blocks.Block]]:
    return [
        (column("text", code), blocks.RichTextBlock(label=label, features=FEATURES, required=False))
        for code, label in LABELS.items()
        if code in LANGUAGES
    ]


class DossierPage(NamedPage):
    """Below the front page, on which it is shown; read as a page, as one text, and as a book."""

    items = UnrecordedStreamField(
        [
            ("text", blocks.StructBlock(_in_each_language(), label=_("Text"), icon="pilcrow")),
            ("story", blocks.PageChooserBlock(label=_("Story"), page_type="archive.ArticlePage")),
            ("tie", SnippetChooserBlock("archive.Tie", label=_("Tie"))),
            ("name", SnippetChooserBlock("archive.Entity", label=_("Name"))),
            ("picture", ImageChooserBlock(label=_("Picture"))),
        ],
        verbose_name=_("contents"),
        blank=True,
    )

    subpage_types: list[str] = []
    parent_page_types = ["archive.HomePage"]
    template = "archive_dossiers/dossier_page.html"
    content_panels = [*NamedPage.content_panels, FieldPanel("items")]

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
