"""Batches: the list of them, a new one, its progress, its stories, and taking it back."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from archive.contrib.intake.admin.accepted_many import accepted_since, report_many
from archive.contrib.intake.admin.base import BATCH, INDEX, ImportView, report_decision
from archive.contrib.intake.admin.batch_forms import AcceptAboveForm, NewBatchForm, UploadForm
from archive.contrib.intake.admin.item_list import PER_PAGE, UNREAD, ordered, rows_of
from archive.contrib.intake.admin.labels import format_names
from archive.contrib.intake.admin.place_forms import PlacesForm
from archive.contrib.intake.batches import actions, decisions, slices
from archive.contrib.intake.batches.items import SURE
from archive.contrib.intake.batches.joins import joined_with, joins_among
from archive.contrib.intake.batches.new_places import new_places
from archive.contrib.intake.batches.pairs import part_pair, part_story
from archive.contrib.intake.batches.policies import batches_for
from archive.contrib.intake.batches.undo import last_undo, planned_undo, undo_batch
from archive.contrib.intake.conf import settings
from archive.contrib.intake.models import ImportBatch, ImportItem
from archive.contrib.intake.places import MayMake, NewPlaceError, answered, ask
from archive.contrib.intake.records import IntakeError

# So long one request reads, or accepts: a page that waits asks again.
_READ_SECONDS = 2.0
_ACCEPT_SECONDS = 8.0
PROFILES = "archive_source_profiles:index"
# What buttons say of a text that is taken in.
ACCEPTING = ("accept", "publish", "version", "alone")


# Of an address: in which state the list shows its stories, to which a person goes back.
LISTED = "listed"


def asking_address(item: ImportItem, verb: str, **back: str) -> str:
    """Where a person is asked about the new publication or section of a story, and whether readers
    are to see one that is to be looked at."""
    address = reverse("archive_import:item_places", args=[item.batch_id, item.pk])
    return f"{address}?{urlencode({'do': verb, **back})}"


def list_address(batch: ImportBatch, state: str) -> str:
    query = f"?state={state}" if state in ImportItem.State.values else ""
    return f"{batch_address(batch)}{query}"


def doubtful_of(item: ImportItem, verb: str) -> list[ImportItem]:
    """What readers would get by that of what is to be looked at first."""
    if verb != "publish" or item.state not in ImportItem.OPEN:
        return []
    join = joined_with(item)
    some = join.items if join else (item,)
    return [one for one in some if one.state == ImportItem.State.CHECK]


def batch_address(batch: ImportBatch) -> str:
    return reverse(BATCH, args=[batch.pk])


class BatchIndex(IndexView):
    """All batches that the person may see, the newest first."""

    model = ImportBatch
    permission_policy = ModelPermissionPolicy(ImportBatch)
    any_permission_required = ["add"]
    page_title = gettext_lazy("Imports")
    header_icon = "upload"
    index_url_name = INDEX
    index_results_url_name = "archive_import:index_results"
    add_url_name = "archive_import:new"
    add_item_label = gettext_lazy("New import")
    default_ordering = "-created_at"
    is_searchable = False
    paginate_by = 50
    columns = [
        TitleColumn("name", label=gettext_lazy("Import"), accessor=str, get_url=batch_address),
        Column("state", label=gettext_lazy("State"), accessor="get_state_display"),
        Column("waiting", label=gettext_lazy("Waiting"), accessor="waiting"),
        Column(
            "accepted",
            label=ImportItem.State.ACCEPTED.label,
            accessor="accepted",
            classname="archive-roomy",
        ),
        Column(
            "created_by",
            label=gettext_lazy("By"),
            accessor=lambda batch: get_user_display_name(batch.created_by),
            classname="archive-roomy",
        ),
        DateColumn("created_at", label=gettext_lazy("Made"), sort_key="created_at"),
    ]

    def get_base_queryset(self) -> QuerySet[ImportBatch]:
        state = ImportItem.State
        return (
            batches_for(self.request.user)
            .select_related("created_by")
            .annotate(
                waiting=Count("items", filter=Q(items__state__in=ImportItem.OPEN)),
                accepted=Count("items", filter=Q(items__state=state.ACCEPTED)),
            )
        )

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        if not self.request.user.has_perm("archive_intake.view_sourceprofile"):
            return []
        return [Button(_("Profiles of sources"), reverse(PROFILES), icon_name="list-ul")]


class NewBatchView(ImportView):
    """Files, a text or a folder become a batch; with "more" the page adds files to it first."""

    template_name = "archive_intake/new_batch.html"
    page_title = gettext_lazy("New import")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if "form" not in context:
            context["form"] = NewBatchForm(initial={"date_from": "", "language": ""})
            # The browser scrolls to a field that it puts the cursor into.
            context["form"].fields["text"].widget.attrs["autofocus"] = "paste" in self.request.GET
        return {**context, "file_limit": str(settings.INTAKE_MAX_FILE_BYTES)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = NewBatchForm(request.POST, request.FILES)
        wants_json = request.headers.get("Accept", "") == "application/json"
        batch = self._made(form) if form.is_valid() else None
        if batch is None and wants_json:
            errors = [str(one) for found in form.errors.values() for one in found]
            return JsonResponse({"errors": errors}, status=422)
        if batch is None:
            return self.render_to_response(self.get_context_data(form=form), status=422)
        if "more" not in request.POST:
            slices.start_reading(batch)
        address = reverse(BATCH, args=[batch.pk])
        if wants_json:
            add = reverse("archive_import:add", args=[batch.pk])
            return JsonResponse({"address": address, "add": add})
        return redirect(address)

    def _made(self, form: NewBatchForm) -> ImportBatch | None:
        user, data = self.request.user, form.cleaned_data
        batch = actions.create_batch(user, name=data["name"], options=form.options())
        try:
            for file in data["uploads"]:
                actions.add_file(batch, user, file.name, file)
            if data["text"].strip():
                actions.add_text(batch, user, data["text"])
            if data.get("folder") and not actions.add_folder(batch, user, data["folder"]):
                raise IntakeError(_("there are no files in this folder"))
        except IntakeError as error:
            form.add_error("folder" if data.get("folder") else None, str(error))
            actions.delete_batch(batch, user)
            return None
        return batch


class AddFilesView(ImportView):
    """More files for the batch; without "more", its reading begins."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            errors = [str(one) for found in form.errors.values() for one in found]
            return JsonResponse({"errors": errors}, status=422)
        try:
            for file in form.cleaned_data["uploads"]:
                actions.add_file(self.batch, request.user, file.name, file)
        except IntakeError as error:
            return JsonResponse({"errors": [str(error)]}, status=422)
        if "more" not in request.POST:
            slices.start_reading(self.batch)
        return JsonResponse({"address": reverse(BATCH, args=[self.batch.pk])})


class ReadView(ImportView):
    """Reads a slice where no worker does it; says how far the batch is."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        progress = slices.read_slice(self.batch, _READ_SECONDS)
        if request.headers.get("Accept", "") != "application/json":
            return redirect(BATCH, self.batch.pk)
        answer = {"read": progress.read, "total": progress.total, "done": progress.is_done}
        return JsonResponse(answer)


class BatchView(ImportView):
    """A batch's stories, most doubtful first, with counts as filters."""

    template_name = "archive_intake/batch.html"

    def get_page_title(self) -> str:
        return str(self.batch)

    @cached_property
    def _counts(self) -> dict[str, int]:
        return self.batch.counts()

    @cached_property
    def header_buttons(self) -> list[Button]:
        # What was accepted, or has stayed as the others were undone.
        is_undone = self.batch.state == ImportBatch.State.UNDONE
        if is_undone or not self._counts[ImportItem.State.ACCEPTED]:
            return []
        url = reverse("archive_import:undo", args=[self.batch.pk])
        return [HeaderButton(_("Undo this import…"), url=url, icon_name="history")]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        url = reverse("archive_import:delete", args=[self.batch.pk])
        return [Button(_("Delete this list…"), url, icon_name="bin")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        state = self.request.GET.get("state", "")
        state = state if state in ImportItem.State.values else ""
        counts = self._counts
        pages = Paginator(ordered(self.batch, state), PER_PAGE)
        page = pages.get_page(self.request.GET.get("p"))
        is_undone = self.batch.state == ImportBatch.State.UNDONE
        return {
            **context,
            "tabs": list(_tabs(counts, state)),
            "state": state,
            "page_obj": page,
            "elided_page_range": pages.get_elided_page_range(page.number),
            "rows": rows_of(self.batch, page.object_list, format_names()),
            "is_reading": self.batch.state == ImportBatch.State.READING,
            "read": counts["files"] - counts["unread"],
            "total": counts["files"],
            "counts": counts,
            "is_undone": is_undone,
            "undone": last_undo(self.batch),
            "sure": decisions.sure_items(self.batch, SURE).count(),
            "sure_percent": round(SURE * 100),
        }


def _tabs(counts: dict[str, int], current: str) -> Iterable[dict[str, Any]]:
    states = ImportItem.State
    total = sum(counts[state] for state in states.values)
    yield {"label": _("All"), "count": total, "state": "", "is_current": not current}
    for state in states:
        # None is before the import is undone.
        if state == states.UNDONE and not counts[state]:
            continue
        yield {
            "label": state.label,
            "count": counts[state],
            "state": state.value,
            "is_current": state == current,
        }


class DecideView(ImportView):
    """A button of a row: accept, publish, reject or put back; then the list again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        verb, _colon, key = request.POST.get("do", "").partition(":")
        key = key if key.isascii() and key.isdigit() else "0"
        item = self.batch.items.filter(pk=key).first()
        state = request.POST.get("state", "")
        try:
            if item is None:
                raise IntakeError(_("this story is no longer in the import; load the list again"))
            asking = asking_address(item, verb, **{LISTED: state})
            if doubtful_of(item, verb):
                return redirect(asking)
            try:
                decide(request, item, verb)
            except NewPlaceError:
                return redirect(asking)
        except IntakeError as error:
            messages.error(request, str(error))
        return redirect(list_address(self.batch, state))


def decide(request: HttpRequest, item: ImportItem, verb: str, places: MayMake = ask) -> None:
    """Do it, and say so. Raises IntakeError."""
    user = request.user
    if verb in ACCEPTING:
        decision = decisions.accept(
            item,
            user,
            publish=verb == "publish",
            as_version=verb == "version",
            alone=verb == "alone",
            places=places,
        )
        report_decision(request, decision)
    elif verb == "reject":
        decisions.reject(item, user)
        messages.success(request, _("“%(story)s” is left out.") % {"story": item})
    elif verb == "part":
        part_pair(item, user)
        messages.success(request, _("“%(story)s” is a story of its own.") % {"story": item})
    elif verb in ("part_story", "put_back"):
        (part_story if verb == "part_story" else decisions.put_back)(item, user)
        messages.success(request, _("“%(story)s” waits again.") % {"story": item})
    else:
        raise IntakeError(_("There is no such action."))


class AcceptAboveView(ImportView):
    """How many stories that is, and a confirmation; then it accepts them, a while at a time."""

    template_name = "archive_intake/accept_above.html"
    page_title = gettext_lazy("Accept the ready ones")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context.get("form") or AcceptAboveForm(
            {"confidence": self.request.GET.get("confidence", round(SURE * 100))}
        )
        percent = form.cleaned_data["confidence"] if form.is_valid() else 100
        items = decisions.sure_items(self.batch, percent / 100)
        joins = joins_among(items.exclude(group="").defer(*UNREAD))
        translations = [join.translation.pk for join in joins]
        # An item that has a story before it is accepted becomes a new version of it.
        counts = items.aggregate(all=Count("pk"), renewed=Count("page"))
        if "joined" not in form.data:
            told = {
                "told": f"{percent} {counts['all']}",
                "joined": " ".join(str(item.pk) for join in joins for item in join.items),
            }
            form = AcceptAboveForm({**form.data, **told})
        return {
            **context,
            "renewed": counts["renewed"],
            "texts": counts["all"],
            "form": form,
            "places": context.get("places") or PlacesForm(new_places(items)),
            "count": counts["all"] - len(joins),
            "percent": percent,
            "joins": joins,
            "shown": items.exclude(pk__in=translations).defer(*UNREAD)[:20],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = AcceptAboveForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        confidence = form.cleaned_data["confidence"] / 100
        items = decisions.sure_items(self.batch, confidence)
        told, now = form.cleaned_data["told"], f"{form.cleaned_data['confidence']} {items.count()}"
        if told and told != now and not form.cleaned_data["began"]:
            messages.warning(request, _("These are other stories than before. Look at them first."))
            asked = {
                name: form.data[name] for name in ("confidence", "publish") if name in form.data
            }
            return self.render_to_response(self.get_context_data(form=AcceptAboveForm(asked)))
        places = PlacesForm(new_places(items), request.POST)
        if not places.is_valid():
            places.put_cursor()
            return self.render_to_response(
                self.get_context_data(form=form, places=places), status=422
            )
        try:
            answers = places.carry_out(self.batch, request.user)
            began = form.cleaned_data["began"] or timezone.now()
            made = decisions.accept_above(
                self.batch,
                request.user,
                confidence,
                publish=form.cleaned_data["publish"],
                seconds=_ACCEPT_SECONDS,
                places=answered(answers),
                joined=[*map(int, form.cleaned_data["joined"].split())],
            )
        except IntakeError as error:
            messages.error(request, str(error))
            return redirect(BATCH, self.batch.pk)
        failed = [*map(int, form.cleaned_data["failed"].split())]
        failed += [one.item.pk for one in made if one.error]
        if made and decisions.sure_items(self.batch, confidence).exists():
            found = new_places(decisions.sure_items(self.batch, confidence))
            context = {
                "form": form.going_on(began, failed),
                "places": PlacesForm(found, request.POST),
                "goes_on": True,
            }
            return self.render_to_response(self.get_context_data(**context))
        report_many(request, accepted_since(self.batch, request.user, began, failed))
        return redirect(BATCH, self.batch.pk)


class UndoImportView(ImportView):
    """What goes and what stays; then it is done."""

    template_name = "archive_intake/undo.html"
    page_title = gettext_lazy("Undo this import")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.batch.state == ImportBatch.State.UNDONE:
            return redirect(BATCH, self.batch.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "plan": planned_undo(self.batch, self.request.user)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            undone = undo_batch(self.batch, request.user)
        except IntakeError as error:
            messages.error(request, str(error))
            return redirect(BATCH, self.batch.pk)
        if undone.kept:
            kept = {"kept": undone.kept}
            messages.info(request, render_to_string("archive_intake/kept.html", kept))
        return redirect(BATCH, self.batch.pk)


class DeleteImportView(ImportView):
    """The list and the files that are kept for it go; stories that were accepted stay."""

    template_name = "archive_intake/delete.html"
    page_title = gettext_lazy("Delete this list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "counts": self.batch.counts()}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = str(self.batch)
        actions.delete_batch(self.batch, request.user)
        messages.success(request, _("“%(name)s” is deleted.") % {"name": name})
        return redirect(INDEX)
