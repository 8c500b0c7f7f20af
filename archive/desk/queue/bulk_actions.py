"""Wagtail's bulk actions on translations; one translation is a bulk of one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.widgets import AdminDateInput

from archive.desk.errors import DeskError
from archive.desk.models import Translation, Urgency
from archive.desk.people import name_of, translators, translators_of
from archive.desk.policies import policy
from archive.desk.queue import actions
from archive.desk.queue.buttons import is_id
from archive.desk.queue.filters import QueueFilterSet, search


class QueueBulkAction(BulkAction):
    """A page that names the translations, asks for a value, and says what was done."""

    models = [Translation]
    template_name = "archive/admin/queue/bulk.html"
    # How many of the chosen stories the page names.
    named = 10

    def __init__(self, request: Any, model: Any) -> None:
        super().__init__(request, model)
        self.trouble = ""

    @classmethod
    def get_queryset(cls, model: Any, object_ids: Any) -> Any:
        if isinstance(object_ids, list):
            # From the address: what can't be an id is none.
            object_ids = [pk for pk in object_ids if is_id(pk)]
        return list(Translation.objects.listed().filter(pk__in=object_ids))

    def get_all_objects_in_listing_query(self, parent_id: Any) -> Any:
        """“All” means all that the list shows with its filters, which come along."""
        filters = QueueFilterSet(self.request.GET, request=self.request)
        if not filters.is_valid():
            return []
        found = filters.filter_queryset(Translation.objects.order_by())
        words = search(self.request.GET.get("q", "").replace("\x00", ""))
        return found.filter(words).values_list("pk", flat=True)

    def check_perm(self, obj: Any) -> bool:
        return policy.user_has_permission_for_instance(self.request.user, "change", obj)

    def get_actionable_objects(self) -> Any:
        # Wagtail asks for them up to three times in one request.
        if not hasattr(self, "_actionable"):
            self._actionable = super().get_actionable_objects()
        return self._actionable

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        chosen, refused = self.get_actionable_objects()
        return {
            **context,
            "action": self,
            "chosen": chosen[: self.named],
            "chosen_count": len(chosen),
            "more_count": max(0, len(chosen) - self.named),
            "refused": refused["items_with_no_access"],
        }

    def get_execution_context(self) -> dict[str, Any]:
        return {"self": self, "user": self.request.user}

    @classmethod
    def execute_action(cls, objects: Any, **kwargs: Any) -> tuple[int, int]:
        action, user = kwargs["self"], kwargs["user"]
        return action.act(objects, action.cleaned_form.cleaned_data, user), 0

    def act(self, translations: Sequence[Translation], data: Any, user: Any) -> int:
        raise AssertionError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except DeskError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        return response

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        if not num_parent_objects:
            return _("Nothing to change.")
        message = ngettext(
            "%(count)d translation changed.", "%(count)d translations changed.", num_parent_objects
        )
        return message % {"count": num_parent_objects}


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return name_of(obj)


class PersonForm(forms.Form):
    person = PersonField(queryset=None, label=gettext_lazy("Translator"))

    def __init__(self, *args: Any, people: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pks = [person.pk for person in people]
        self.fields["person"].queryset = translators().filter(pk__in=pks)  # type: ignore[attr-defined]


class UrgencyForm(forms.Form):
    urgency = forms.TypedChoiceField(
        choices=Urgency.choices,
        coerce=int,
        widget=forms.RadioSelect,
        label=gettext_lazy("Priority"),
    )


class DueDateForm(forms.Form):
    due_date = forms.DateField(
        required=False,
        widget=AdminDateInput,
        label=gettext_lazy("Due date"),
        help_text=gettext_lazy("Leave it empty to remove the due date."),
    )


class AssignBulkAction(QueueBulkAction):
    display_name = gettext_lazy("Assign to…")
    heading = gettext_lazy("Assign translations")
    button = gettext_lazy("Assign")
    aria_label = gettext_lazy("Assign the selected translations to a person")
    action_type = "assign"
    action_priority = 10
    form_class = PersonForm

    def get_form_kwargs(self) -> dict[str, Any]:
        chosen, _refused = self.get_actionable_objects()
        return {**super().get_form_kwargs(), "people": translators_of(chosen)}

    def act(self, translations: Sequence[Translation], data: Any, user: Any) -> int:
        return actions.assign(translations, data["person"], user=user)


class TakeBulkAction(QueueBulkAction):
    display_name = gettext_lazy("Claim")
    heading = gettext_lazy("Claim translations")
    button = gettext_lazy("Claim")
    aria_label = gettext_lazy("Assign the selected translations to yourself")
    action_type = "take"
    action_priority = 20

    def act(self, translations: Sequence[Translation], data: Any, user: Any) -> int:
        return actions.assign(translations, user, user=user)


class ReleaseBulkAction(QueueBulkAction):
    display_name = gettext_lazy("Unassign")
    heading = gettext_lazy("Unassign translations")
    button = gettext_lazy("Unassign")
    aria_label = gettext_lazy("Return the selected translations to the queue")
    action_type = "release"
    action_priority = 30

    def act(self, translations: Sequence[Translation], data: Any, user: Any) -> int:
        return actions.release(translations, user=user)


class UrgencyBulkAction(QueueBulkAction):
    display_name = gettext_lazy("Priority…")
    heading = gettext_lazy("Set the priority")
    button = gettext_lazy("Set the priority")
    aria_label = gettext_lazy("Set the priority of the selected translations")
    action_type = "urgency"
    action_priority = 40
    form_class = UrgencyForm

    def act(self, translations: Sequence[Translation], data: Any, user: Any) -> int:
        return actions.set_urgency(translations, data["urgency"], user=user)


class DueDateBulkAction(QueueBulkAction):
    display_name = gettext_lazy("Due date…")
    heading = gettext_lazy("Set the due date")
    button = gettext_lazy("Set the due date")
    aria_label = gettext_lazy("Set the due date of the selected translations")
    action_type = "due-date"
    action_priority = 50
    form_class = DueDateForm

    def act(self, translations: Sequence[Translation], data: Any, user: Any) -> int:
        return actions.set_due_date(translations, data["due_date"], user=user)


BULK_ACTIONS = (
    AssignBulkAction,
    TakeBulkAction,
    ReleaseBulkAction,
    UrgencyBulkAction,
    DueDateBulkAction,
)
