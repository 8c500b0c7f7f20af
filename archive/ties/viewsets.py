"""The list and the form of ties in Wagtail's admin, and the menu that they share with the names."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import AdminPageChooser
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import IndexView

from archive.entities.choosers import PlaceChooser, WordFilterForm
from archive.entities.csv_files import SUFFIXES
from archive.entities.panels import bilingual, both_languages
from archive.entities.views import PrefilledCreateView
from archive.stories.hidden_stories import HidesStoriesMixin
from archive.stories.models import ArticlePage
from archive.text.labels import row_key
from archive.text.language import LANGUAGES, column, columns
from archive.text.spreadsheets import GuardedExportMixin
from archive.ties.actions import add_evidence
from archive.ties.models import Tie
from archive.ties.querysets import TieQuerySet
from archive.ties.sentence_chooser import sentence_panel
from archive.wagtail_admin import NAMES_MENU, ArchiveSnippetViewSet


class TieForm(HidesStoriesMixin, WagtailAdminModelForm):
    """Without the evidence from stories that the person may not see."""

    rows_of_stories = {"evidence": "article"}


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
                min_num=1,
                panels=[
                    both_languages("sentence"),
                    FieldPanel("source_url"),
                    FieldPanel("article", widget=StoryChooser),
                    sentence_panel(),
                ],
                heading=_("Evidence"),
                label=_("Piece of evidence"),
            ),
        ],
        base_form_class=TieForm,
    )


class StoryChooser(AdminPageChooser):
    """In the language of whoever looks at it: Wagtail's own words for a kind of page are those of
    the moment at which the panel was made."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(target_models="archive.ArticlePage", **kwargs)
        self.choose_one_text = _("Choose a story")


class TieCreateView(PrefilledCreateView):
    """`?place_a=…&story=…&block_id=…&sentence_en=…`: with one piece of evidence to look at."""

    prefilled = ("place_a", "place_b", "kind", "status", "since")

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)
        given = self.request.GET
        piece = {
            name: given[name] for name in ("block_id", *columns("sentence")) if given.get(name)
        }
        if self.request.method == "GET" and piece:
            story = self.story()
            formset = form.formsets["evidence"]
            # The one that a new tie asks for.
            formset.initial_extra = [{**piece, "article": story.pk if story else None}]
        return form


@require_POST
def add_story_evidence(request: HttpRequest, pk: int) -> JsonResponse:
    """POST `story`, `block_id`, `sentence` and its `language`."""
    if not request.user.has_perm("archive.change_tie"):
        raise PermissionDenied
    tie = get_object_or_404(Tie, pk=pk)
    story: Any = get_object_or_404(ArticlePage, pk=row_key(request.POST.get("story", "")))
    if not story.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    language = request.POST.get("language", "")
    block_id, sentence = request.POST.get("block_id", ""), request.POST.get("sentence", "")
    if language not in LANGUAGES:
        return _say(_("This sentence can't be added."), 400)
    try:
        added = add_evidence(tie, story, block_id, sentence, language, user=request.user)
    except ValidationError as error:
        return _say(" ".join(error.messages), 400)
    if added:
        return _say(_("The sentence was added as evidence of the tie."))
    return _say(_("The tie already has evidence from this story."))


def _say(message: object, status: int = 200) -> JsonResponse:
    return JsonResponse({"message": str(message)}, status=status)


class TieFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Tie.Kind.choices)
    status = django_filters.ChoiceFilter(label=_("Status"), choices=Tie.Status.choices)
    confidence = django_filters.ChoiceFilter(label=_("Confidence"), choices=Tie.Confidence.choices)

    class Meta:
        model = Tie
        fields = ["kind", "status", "confidence"]


class TieIndexView(GuardedExportMixin, IndexView):
    is_searchable = True

    def get_base_queryset(self) -> TieQuerySet:
        return Tie.objects.with_places().annotate(evidence_count=Count("evidence"))

    def search_queryset(self, queryset: TieQuerySet) -> TieQuerySet:
        return queryset.of_place_like(self.search_query)

    def _get_title_column(self, *args: Any, **kwargs: Any) -> Column:
        title = super()._get_title_column(*args, **kwargs)
        title.label = _("Places")
        return title


class TieFilterForm(WordFilterForm):
    """Finds ties by any part of any name of their places."""

    find = TieQuerySet.of_place_like


class TieChooserViewSet(SnippetChooserViewSet):
    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(filter_form_class=TieFilterForm, **kwargs)

    def get_object_list(self) -> TieQuerySet:
        return Tie.objects.with_places()


class TieViewSet(ArchiveSnippetViewSet):
    model = Tie
    icon = "link"
    menu_name = "ties"
    menu_order = 110
    menu_hook = NAMES_MENU
    chooser_viewset_class = TieChooserViewSet
    index_view_class = TieIndexView
    add_view_class = TieCreateView
    filterset_class = TieFilterSet
    list_per_page = 50
    list_display = [
        "pair",
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("since", label=_("Since"), sort_key="since"),
        Column("status", label=_("Status"), accessor="get_status_display", sort_key="status"),
        Column("confidence", label=_("Confidence"), accessor="get_confidence_display"),
        Column("evidence_count", label=_("Evidence"), sort_key="evidence_count"),
    ]
    export_headings = {
        "place_a.key": "from_key",
        "place_b.key": "to_key",
        **{name: name for name in ("kind", "since", "until", "status", "confidence")},
        **{column("description", lang): f"description_{name}" for name, lang in SUFFIXES.items()},
    }
    list_export = list(export_headings)
    export_filename = "ties"
    edit_handler = tie_edit_handler()
