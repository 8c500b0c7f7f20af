"""The review of one story: its source beside its fields, and what a person decides of it."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from archive.contrib.intake.admin.base import BATCH, ITEM, ImportView, ItemMixin
from archive.contrib.intake.admin.batch_views import (
    ACCEPTING,
    LISTED,
    asking_address,
    decide,
    doubtful_of,
    list_address,
)
from archive.contrib.intake.admin.column_forms import TableForm
from archive.contrib.intake.admin.comparison import (
    CONSENT,
    Texts,
    compared,
    newer_record,
    texts_of_record,
    texts_of_story,
)
from archive.contrib.intake.admin.item_list import neighbours, row_of
from archive.contrib.intake.admin.labels import KINDS, format_names
from archive.contrib.intake.admin.place_forms import PlacesForm
from archive.contrib.intake.admin.profile_forms import ProposalForm
from archive.contrib.intake.admin.source_view import MOST_SHOWN, source_rows
from archive.contrib.intake.admin.story_forms import ReviewForms, version_of
from archive.contrib.intake.apply import kept_texts
from archive.contrib.intake.batches.changes import change_fields, retype
from archive.contrib.intake.batches.items import article_of
from archive.contrib.intake.batches.joins import joined_with
from archive.contrib.intake.batches.new_places import new_places
from archive.contrib.intake.batches.pairs import became_translation
from archive.contrib.intake.batches.profile_choice import proposed_rules, save_profile
from archive.contrib.intake.batches.rereading import read_rest_again
from archive.contrib.intake.batches.tables import fitting_profile, read_with, table_of
from archive.contrib.intake.models import ImportItem
from archive.contrib.intake.places import NewPlace, NewPlaceError, answered
from archive.contrib.intake.records import IntakeError
from archive.stories.models import ArticlePage

DECISIONS = (*ACCEPTING, "reject")
ADD_PROFILE = "archive_intake.add_sourceprofile"


class ItemView(ItemMixin, ImportView):
    """One form with a button for each verb; keys press the same buttons.

    A script that puts words into a field asks for the review alone, which it then shows.
    """

    template_name = "archive_intake/item.html"
    part_template_name = "archive_intake/review.html"

    def get_page_title(self) -> str:
        return str(self.item)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        item = self.item
        context = super().get_context_data(**kwargs)
        context.setdefault("forms", ReviewForms(item.record))
        context.setdefault("version", version_of(item.record))
        return {
            **context,
            "item": item,
            "row": row_of(item, format_names()),
            "others": item.others_of_group().defer("text"),
            "join": joined_with(item) if item.state in ImportItem.OPEN else None,
            "rows": source_rows(item.record, item.text),
            "is_cut": len(item.text) > MOST_SHOWN,
            "most_shown": MOST_SHOWN,
            "kinds": KINDS,
            "neighbours": neighbours(item),
            "is_open": item.state in ImportItem.OPEN,
            "may_part": became_translation(item),
            "has_rules": bool(item.corrected) and self.request.user.has_perm(ADD_PROFILE),
            **self._beside(),
        }

    def _beside(self) -> dict[str, Any]:
        """What the archive has: the story that this would change, or a text like it."""
        item = self.item
        own = texts_of_record(item.record)
        found: dict[str, Any] = {}
        is_new_version = item.state in ImportItem.OPEN and item.page_id != item.duplicate_of_id
        if is_new_version and (before := self._story(item.page_id)):
            found["before"] = compared(
                texts := self._texts(before), own | self._kept(before, texts)
            )
        if item.state != ImportItem.State.DUPLICATE:
            return found
        if like := self._story(item.duplicate_of_id):
            found["like"] = compared(texts := self._texts(like), own)
            found["like_title"] = texts["headline"] or like.title
            # The very same text, and whether the two can be versions of each other.
            found["is_here"] = item.page_id == item.duplicate_of_id
            found["is_translation"] = like.source_language != item.record.get("language")
        elif item.twin:
            found["like"] = compared(texts_of_record(item.twin.record), own)
        return found

    def _kept(self, story: ArticlePage, texts: Texts) -> Texts:
        """What of the story's texts stays although this one lacks it."""
        if story.source_language != self.item.record.get("language"):
            return {}
        kept = kept_texts(story, article_of(self.item))
        names = {"page" if name == "print_page" else name for name in kept}
        return {name: texts[name] for name in names & texts.keys()}

    def _story(self, pk: int | None) -> Any:
        """As this person may read it, whoever made the import."""
        return ArticlePage.objects.version_shown_to(self.request.user, pk)

    def _texts(self, story: ArticlePage) -> Texts:
        language = self.item.record.get("language") or story.source_language
        return texts_of_story(story, language, self.request.user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        verb = request.POST.get("do", "save")
        # Whatever is corrected may change the order.
        around = neighbours(self.item)
        forms = ReviewForms(self.item.record, request.POST)
        try:
            with transaction.atomic():
                if "version" in request.POST and verb not in ("reject", "part_story", "put_back"):
                    if not forms.is_valid():
                        raise IntakeError("\n".join(forms.errors()))
                    self._check_version()
                    known = self.item.page_id
                    self._save(forms)
                    if verb in ACCEPTING and self.item.page_id not in (None, known):
                        self._ask_to_compare()
                if verb == "retype":
                    self._retype()
        except IntakeError as error:
            return self._refused(forms, str(error))
        if self._wants_part:
            self._reload()
            context = self.get_context_data(forms=ReviewForms(self.item.record))
            return self.response_class(request, [self.part_template_name], context)
        return self._decided(verb, around.next or around.previous)

    def _check_version(self) -> None:
        """The form was made of the record as it is, or the person replaces what is shown as it."""
        rows = ImportItem.objects.select_for_update().filter(pk=self.item.pk)
        # The form's changes are those from the record that the view has loaded.
        version = version_of(self.item.record)
        posted = (self.request.POST["version"], self.request.POST.get(CONSENT))
        stored = rows.values_list("record", flat=True).first()
        if version not in posted or stored is None or version_of(stored) != version:
            raise IntakeError(
                _("This story has been changed meanwhile. Save it to see both texts.")
                if self._wants_part
                else _("This story has been changed meanwhile. Compare, then save again.")
            )

    def _ask_to_compare(self) -> None:
        """What is typed made it a version of a story that the person hasn't been shown."""
        reason = _(
            "With these changes the text is a new version of “%(story)s”, which is in the archive. "
            "Save it to see both, then decide."
        )
        raise IntakeError(reason % {"story": self.item.page})

    @property
    def _wants_part(self) -> bool:
        return self.request.headers.get("Accept", "") == "text/html-part"

    def _save(self, forms: ReviewForms) -> None:
        changes, moves = forms.changes(), forms.moves()
        if (changes or moves) and self.item.state in ImportItem.OPEN:
            if changes:
                self.item = change_fields(self.item, self.request.user, changes)
            for span, kind, words in moves:
                self.item = retype(self.item, self.request.user, span, kind, words)

    def _retype(self) -> None:
        try:
            span = int(self.request.POST["start"]), int(self.request.POST["end"])
        except (KeyError, ValueError) as error:
            raise IntakeError(_("select some words first")) from error
        kind = self.request.POST.get("kind", "")
        self.item = retype(self.item, self.request.user, span, kind)

    def _reload(self) -> None:
        """With what the page shows beside it."""
        self.setup(self.request, *self.args, **self.kwargs)

    def _refused(self, forms: ReviewForms, reason: str) -> HttpResponse:
        if self._wants_part:
            return JsonResponse({"error": reason}, status=422)
        messages.error(self.request, reason)
        self._reload()
        version = version_of(self.item.record)
        # The form stays one of the record that it was made of.
        posted = self.request.POST.get("version", version)
        newer = newer_record(self.item, forms, self.request.user) if posted != version else None
        context = self.get_context_data(forms=forms, version=posted, newer=newer)
        return self.render_to_response(context, status=422)

    def _decided(self, verb: str, following: int | None) -> HttpResponse:
        here = reverse(ITEM, args=[self.batch.pk, self.item.pk])
        try:
            if doubtful_of(self.item, verb):
                return redirect(asking_address(self.item, verb))
            if verb in DECISIONS or verb in ("part", "part_story", "put_back"):
                decide(self.request, self.item, verb)
            else:
                messages.success(self.request, _("Saved."))
        except NewPlaceError:
            return redirect(asking_address(self.item, verb))
        except IntakeError as error:
            messages.error(self.request, str(error))
            return redirect(here)
        if verb not in DECISIONS:
            return redirect(here)
        if following is None:
            return redirect(BATCH, self.batch.pk)
        return redirect(ITEM, self.batch.pk, following)


class PlacesOfItemView(ItemMixin, ImportView):
    """What accepting the story would make beside it, and what is to be looked at before readers
    see it; then it is accepted, or published."""

    template_name = "archive_intake/item_places.html"

    def get_page_title(self) -> str:
        if self._new_places:
            return _("A new publication or section")
        return _("Publish this story?")

    @property
    def _verb(self) -> str:
        verb = self.request.GET.get("do", "")
        return verb if verb in ACCEPTING else "accept"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context.setdefault("places", PlacesForm(self._new_places))
        # Whoever came here by a key goes on by keys.
        context["places"].put_cursor()
        names = format_names()
        return {
            **context,
            "item": self.item,
            "verb": self._verb,
            "doubtful": [row_of(one, names) for one in doubtful_of(self.item, self._verb)],
            "back_url": self._back_url or reverse(ITEM, args=[self.batch.pk, self.item.pk]),
        }

    @property
    def _back_url(self) -> str:
        """The list, for whoever comes from it."""
        state = self.request.GET.get(LISTED)
        return "" if state is None else list_address(self.batch, state)

    @cached_property
    def _new_places(self) -> dict[NewPlace, int]:
        keys = [self.item.pk, *self.item.others_of_group().values_list("pk", flat=True)]
        return new_places(ImportItem.objects.filter(pk__in=keys, state__in=ImportItem.OPEN))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PlacesForm(self._new_places, request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(places=form), status=422)
        around = neighbours(self.item)
        following = around.next or around.previous
        try:
            places = answered(form.carry_out(self.batch, request.user))
            decide(request, self.item, self._verb, places)
        except IntakeError as error:
            messages.error(request, str(error))
            return redirect(ITEM, self.batch.pk, self.item.pk)
        if self._back_url:
            return redirect(self._back_url)
        if following is None:
            return redirect(BATCH, self.batch.pk)
        return redirect(ITEM, self.batch.pk, following)


class ProfileOfItemView(ItemMixin, ImportView):
    """What the person has corrected, as rules for the source's next files: nothing unasked."""

    template_name = "archive_intake/proposal.html"
    page_title = gettext_lazy("Save as a profile of this source")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.has_perm(ADD_PROFILE):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        publication = self.item.record.get("publication") or ""
        form = context.get("form") or ProposalForm(
            proposed_rules(self.item),
            initial={"name": publication[:120], "publication": publication},
        )
        return {**context, "form": form, "item": self.item}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ProposalForm(proposed_rules(self.item), request.POST)
        if form.is_valid():
            profile = form.profile_to_save()
            try:
                save_profile(request.user, profile)
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                text = _("The profile “%(name)s” is saved; it is applied to the next import.")
                count = 0
                if form.cleaned_data["again"]:
                    count = read_rest_again(self.batch, request.user, profile)
                if count:
                    text = ngettext(
                        "The profile “%(name)s” is saved; %(count)d file is read again by it.",
                        "The profile “%(name)s” is saved; %(count)d files are read again by it.",
                        count,
                    )
                url = reverse("archive_source_profiles:edit", args=[profile.pk])
                buttons = [messages.button(url, _("Edit"))]
                said = text % {"name": profile, "count": count}
                messages.success(request, said, buttons=buttons)
                return (
                    redirect(BATCH, self.batch.pk)
                    if count
                    else redirect(ITEM, self.batch.pk, self.item.pk)
                )
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ColumnsView(ItemMixin, ImportView):
    """A table's columns with their first values, and a field for each: what it holds."""

    template_name = "archive_intake/columns.html"
    page_title = gettext_lazy("Choose the columns")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.has_perm(ADD_PROFILE):
            raise PermissionDenied

    @cached_property
    def form(self) -> TableForm:
        """Raises IntakeError where the table can't be had any more."""
        source, sample = table_of(self.item)
        data = self.request.POST if self.request.method == "POST" else None
        return TableForm(sample, self.item.source, fitting_profile(source), data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {**super().get_context_data(**kwargs), "item": self.item}
        try:
            return {**context, "form": self.form}
        except IntakeError as error:
            return {**context, "reason": str(error)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            form = self.form
        except IntakeError as error:
            messages.error(request, str(error))
            return redirect(BATCH, self.batch.pk)
        if form.is_valid():
            try:
                profile = form.profile_to_save()
                read_with(self.item, request.user, profile)
            except IntakeError as error:
                form.add_error(None, str(error))
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                text = _("The columns are saved as the profile “%(name)s”; the file is read again.")
                url = reverse("archive_source_profiles:edit", args=[profile.pk])
                buttons = [messages.button(url, _("Edit"))]
                messages.success(request, text % {"name": profile}, buttons=buttons)
                return redirect(BATCH, self.batch.pk)
        return self.render_to_response(self.get_context_data(), status=422)
