"""The screens of possible duplicates, and those on which names are merged and split."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from archive.entities.merging.actions import (
    IdentityError,
    check_alike,
    merge_entities,
    preview_merge,
    split_entity,
)
from archive.entities.merging.changes import MAY_MERGE
from archive.entities.merging.duplicates import bring_back, dismiss, find_doubles
from archive.entities.merging.fields import left_behind, merged_values
from archive.entities.merging.forms import AddForm, MergeForm, SplitForm
from archive.entities.merging.models import Double
from archive.entities.models import Entity
from archive.entities.panels import uses_of
from archive.journal.recording import Change
from archive.text.labels import row_key
from archive.text.language import LANGUAGES, column
from archive.text.punctuation import joined, labelled
from archive.wagtail_admin import ScreenMixin

LIST = "wagtailsnippets_archive_entity:list"
EDIT = "wagtailsnippets_archive_entity:edit"
HISTORY = "wagtailsnippets_archive_entity:history"
_PER_PAGE = 50
# A request finds doubles among this many names; more are left to the command.
MOST_IN_A_REQUEST = 20_000
_MOST = 20


class MergingView(PermissionRequiredMixin, ScreenMixin, TemplateView):
    """For those who may merge; its steps stand below the list of names."""

    permission_required = MAY_MERGE
    header_icon = "tag"
    subject = ""

    def get_page_subtitle(self) -> str:
        return self.subject

    def get_way(self) -> list[dict[str, Any]]:
        return [{"url": reverse(LIST), "label": _("Names")}]

    def show(self, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context))


class MergeView(MergingView):
    """GET compares the entries; a POST says what would change, a second one merges."""

    template_name = "archive/admin/merging/merge.html"
    page_title = gettext_lazy("Merge names")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        entities = chosen_entities(request.GET.getlist("id"))
        form, trouble = None, ""
        if len(entities) > 1:
            form = MergeForm(entities=entities)
            try:
                check_alike(entities)
            except IdentityError as error:
                trouble = str(error)
        return self.show(form=form, entities=entities, trouble=trouble)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        entities = chosen_entities(request.POST.getlist("id"))
        if len(entities) < 2:
            messages.error(request, _("One of these names was deleted or merged meanwhile."))
            return redirect(_merge_address(entity.pk for entity in entities))
        form = MergeForm(request.POST, entities=entities)
        if not form.is_valid() or "change" in request.POST:
            return self.show(form=form, entities=entities, trouble="")
        kept = next(one for one in entities if one.pk == form.cleaned_data["keep"])
        lost = [one for one in entities if one is not kept]
        try:
            if "confirm" in request.POST:
                return self._merge(kept, lost, form)
            changes = preview_merge(kept, lost, form.chosen)
            lines = [*renamings(kept, lost, form.chosen), *losses(kept, lost, form.chosen)]
            lines += summary(kept, lost, changes)
        except IdentityError as error:
            return self.show(form=form, entities=entities, trouble=str(error))
        self.template_name = "archive/admin/merging/merge_confirm.html"
        # The ties that would join the kept name with itself; this room knows no ties.
        between = apps.get_model("archive", "Tie").objects.between
        gone = [str(tie) for one in lost for tie in between(kept, one).with_places()]
        return self.show(
            form=form, entities=[kept, *lost], kept=kept, lost=lost, lines=lines, gone=gone
        )

    def _merge(self, kept: Entity, lost: list[Entity], form: MergeForm) -> HttpResponse:
        merge_entities(kept, lost, form.chosen, user=self.request.user)
        message = _("%(names)s: merged into %(kept)s. This can be undone from its history.")
        message = message % {"names": joined(lost), "kept": kept}
        history = messages.button(reverse(HISTORY, args=[kept.pk]), pgettext("names", "History"))
        messages.success(self.request, message, buttons=[history])
        return redirect(EDIT, kept.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        add, form = AddForm(auto_id="id_more_%s"), kwargs.get("form")
        return super().get_context_data(add_form=add, rows=form.rows if form else (), **kwargs)


class SplitView(MergingView):
    """The form, and what it does."""

    template_name = "archive/admin/merging/split.html"
    page_title = gettext_lazy("Split a name")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.entity = get_object_or_404(Entity, pk=kwargs["pk"])
        self.subject = str(self.entity)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(form=SplitForm(entity=self.entity, user=request.user), entity=self.entity)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = SplitForm(request.POST, entity=self.entity, user=request.user)
        if not form.is_valid():
            return self.show(form=form, entity=self.entity)
        try:
            split = split_entity(self.entity, form.texts, form.parts, user=request.user)
        except IdentityError as error:
            form.add_error(None, str(error))
            return self.show(form=form, entity=self.entity)
        message = _("%(made)s is a name of its own now. Undo it from the history of %(old)s.")
        messages.success(request, message % {"made": split.made, "old": self.entity})
        return redirect(EDIT, split.made.pk)


class DuplicatesView(MergingView):
    """The pairs, the likeliest first; a POST dismisses one, brings one back, or looks anew."""

    template_name = "archive/admin/merging/duplicates.html"
    page_title = gettext_lazy("Possible duplicates")
    permission_required = "archive.change_entity"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        dismissed = request.GET.get("dismissed") == "1"
        rows = Double.objects.filter(dismissed_at__isnull=not dismissed)
        rows = rows.filter(one__merged_into=None, two__merged_into=None)
        rows = rows.select_related("one", "two", "dismissed_by").order_by("-score", "pk")
        return self.show(
            page=Paginator(rows, _PER_PAGE).get_page(request.GET.get("p")),
            dismissed=dismissed,
            may_merge=request.user.has_perm(MAY_MERGE),
            may_look=Entity.objects.count() <= MOST_IN_A_REQUEST,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "look" in request.POST:
            return self._find()
        pk = row_key(request.POST.get("double", "")) or 0
        double = get_object_or_404(Double.objects.select_related("one", "two"), pk=pk)
        back = "bring_back" in request.POST
        (bring_back if back else dismiss)(double, user=request.user)
        message = (
            _("“%(one)s” and “%(two)s” are listed again.")
            if back
            else _("“%(one)s” and “%(two)s” are marked as different and no longer listed.")
        )
        messages.success(request, message % {"one": double.one, "two": double.two})
        return redirect(f"{reverse('archive_merging:doubles')}{'?dismissed=1' if back else ''}")

    def _find(self) -> HttpResponse:
        if Entity.objects.count() > MOST_IN_A_REQUEST:
            message = _("There are too many names for this page: run find_doubles on the server.")
            messages.error(self.request, message)
        else:
            messages.success(self.request, str(find_doubles()))
        return redirect("archive_merging:doubles")


class MergeBulkAction(SnippetBulkAction):
    """Only the way from the list of names to the screen on which it is done."""

    models = [Entity]
    display_name = pgettext_lazy("names", "Merge")
    action_type = "merge"
    aria_label = gettext_lazy("Merge the selected names")
    template_name = "archive/admin/merging/merge.html"
    action_priority = 20

    def check_perm(self, snippet: Any) -> bool:
        return bool(self.request.user.has_perm(MAY_MERGE))

    def get(self, request: HttpRequest) -> HttpResponse:
        ids = [pk for pk in request.GET.getlist("id") if pk.isdecimal()][:_MOST]
        return redirect(_merge_address(ids))

    post = get


def chosen_entities(ids: list[str]) -> list[Entity]:
    """The entries of an address or form, in its order, each once."""
    pks = [pk for pk in dict.fromkeys(map(row_key, ids)) if pk is not None]
    if len(pks) > _MOST:
        raise Http404
    rows = Entity.objects.prefetch_related("names").in_bulk(pks)
    return [rows[pk] for pk in pks if pk in rows]


def _merge_address(ids: Iterable[Any]) -> str:
    return f"{reverse('archive_merging:merge')}?{urlencode({'id': [*ids]}, doseq=True)}"


def renamings(kept: Entity, lost: Sequence[Entity], chosen: Mapping[str, int]) -> list[str]:
    """What the kept entry is called from now on, where that is something else than today."""
    values = merged_values([kept, *lost], chosen)
    named = [(kept.name_in(one), values[column("name", one)]) for one in LANGUAGES]
    line = _("“%(old)s” is called “%(new)s” from now on, on all pages.")
    return [line % {"old": old, "new": new} for old, new in named if old and old != new]


def losses(kept: Entity, lost: Sequence[Entity], chosen: Mapping[str, int]) -> list[str]:
    """What an entry says and readers see no more."""
    line = _("No longer shown: %(label)s “%(text)s”")
    return [
        line % {"label": " ".join(filter(None, (str(one.label), one.language))), "text": text}
        for one, text in left_behind([kept, *lost], chosen)
    ]


def summary(kept: Entity, lost: Sequence[Entity], rows: Iterable[Change]) -> list[str]:
    """What leads to the kept name from now on, and what it takes over."""
    uses: Counter[str] = Counter()
    for entity in lost:
        uses.update({str(use.label): use.count for use in uses_of(entity)})
    lines = [labelled(number, label) for label, number in uses.items() if number]
    if lines:
        lines.insert(0, _("This leads to the name that is kept; no story is changed:"))
    # Stories in which more than one of these names is tagged.
    tags = apps.get_model("archive", "ArticleEntity").objects.order_by()
    named = tags.filter(entity__in=[kept.pk, *(one.pk for one in lost)]).values_list("page")
    both = sum(times > 1 for times in Counter(named).values())
    made = Counter(row["model"] for row in rows if row["op"] == "create")
    names, offices = made["archive.entityname"], made["archive.office"]
    counted = {
        ngettext(
            "%(count)s story has both names as tags: they become one, and “about” wins.",
            "%(count)s stories have both names as tags: they become one, and “about” wins.",
            both,
        ): both,
        ngettext(
            "%(count)s name becomes an other name.", "%(count)s names become other names.", names
        ): names,
        ngettext("%(count)s office is copied.", "%(count)s offices are copied.", offices): offices,
    }
    return lines + [line % {"count": number} for line, number in counted.items() if number]
