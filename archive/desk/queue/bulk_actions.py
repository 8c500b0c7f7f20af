"""Wagtail's bulk actions on translations, of which one is a bulk too, and the buttons to them."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.admin.widgets import AdminDateInput
from wagtail.admin.widgets.button import Button

from archive.desk.errors import DeskError
from archive.desk.models import Translation, Urgency
from archive.desk.policies import name_of, policy, translators, translators_of
from archive.desk.queue import actions
from archive.desk.queue.actions import QueueChange
from archive.desk.queue.filters import QueueFilterSet, search
from archive.journal.models import JournalEntry
from archive.text.punctuation import joined

# Whose it was when the page was made: so nobody takes unawares what another has just taken.
SEEN = "seen"
# The largest number of a database's id column has 19 digits.
ID_DIGITS = 18


def is_id(text: str) -> bool:
    """Whether what an address says can be the id of a row."""
    return text.isdecimal() and len(text) <= ID_DIGITS


class QueueBulkAction(BulkAction):
    """A page that names the translations, asks for a value, and says what was done."""

    models = [Translation]
    template_name = "archive/admin/queue/bulk.html"
    # What is done: (translations, *the form's values, user) -> what was changed.
    verb: Callable[..., QueueChange]
    # How many of the chosen stories the page names.
    named = 10
    # How many of those that were changed the message names.
    told = 3
    # With an icon it is also among the buttons of one translation's screen, by `button_label`.
    icon_name = ""
    button_label: str | Promise = ""

    @classmethod
    def get_queryset(cls, model: Any, object_ids: Any) -> Any:
        if isinstance(object_ids, list):
            # From the address.
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

    @cached_property
    def _actionable(self) -> Any:
        return super().get_actionable_objects()

    def get_actionable_objects(self) -> Any:
        # Wagtail asks for them up to three times in one request.
        return self._actionable

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen, refused = self.get_actionable_objects()
        return {
            **super().get_context_data(**kwargs),
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
        values = kwargs["self"].cleaned_form.cleaned_data.values()
        done = kwargs["self"].verb(objects, *values, user=kwargs["user"])
        return kwargs["self"].tell(done), 0

    def tell(self, done: QueueChange) -> int:
        """Say what was changed, with the way to take it back; gives how many were."""
        number = len(done.translations)
        if done.entry:
            text = ngettext(
                "%(done)s: %(count)d translation (%(stories)s)",
                "%(done)s: %(count)d translations (%(stories)s)",
                number,
            )
            names = [str(one.article) for one in done.translations[: self.told]]
            stories = joined([*names, *["…"] * (number > self.told)])
            values = {"done": done.entry.label, "count": number, "stories": stories}
            self.offer_undo(text % values, done.entry)
        return number

    def offer_undo(self, message: str, entry: JournalEntry) -> None:
        undo = reverse("archive_journal:undo", args=[entry.pk])
        button = messages.button(undo, pgettext("journal", "Undo"))
        messages.success(self.request, message, buttons=[button])

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except DeskError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        return response

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        """What was changed is said, with its undo, by then."""
        return None if num_parent_objects else _("Nothing to change.")


class PersonForm(forms.Form):
    person: Any = forms.ModelChoiceField(queryset=None, label=gettext_lazy("Translator"))

    def __init__(self, *args: Any, people: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.label_from_instance = name_of
        field.queryset = translators().filter(pk__in=[person.pk for person in people])


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
    verb = staticmethod(actions.assign)

    def get_form_kwargs(self) -> dict[str, Any]:
        chosen, _refused = self.get_actionable_objects()
        return {**super().get_form_kwargs(), "people": translators_of(chosen)}


class TakeBulkAction(QueueBulkAction):
    display_name = gettext_lazy("Claim")
    heading = gettext_lazy("Claim translations")
    button = gettext_lazy("Claim")
    aria_label = gettext_lazy("Assign the selected translations to yourself")
    action_type = "take"
    action_priority = 20

    @classmethod
    def execute_action(cls, objects: Any, **kwargs: Any) -> tuple[int, int]:
        done, others = actions.claim(objects, user=kwargs["user"])
        for translation, person in others[: cls.named]:
            text = _("%(person)s has claimed “%(story)s” and keeps it.")
            values = {"person": name_of(person), "story": translation.article}
            messages.warning(kwargs["self"].request, text % values)
        return kwargs["self"].tell(done), 0


class ReleaseBulkAction(QueueBulkAction):
    display_name = gettext_lazy("Unassign")
    heading = gettext_lazy("Unassign translations")
    button = gettext_lazy("Unassign")
    aria_label = gettext_lazy("Return the selected translations to the queue")
    action_type = "release"
    action_priority = 30
    verb = staticmethod(actions.release)


class UrgencyBulkAction(QueueBulkAction):
    display_name = gettext_lazy("Priority…")
    heading = gettext_lazy("Set the priority")
    button = gettext_lazy("Set the priority")
    aria_label = gettext_lazy("Set the priority of the selected translations")
    action_type = "urgency"
    action_priority = 40
    form_class = UrgencyForm
    verb = staticmethod(actions.set_urgency)


class DueDateBulkAction(QueueBulkAction):
    display_name = gettext_lazy("Due date…")
    heading = gettext_lazy("Set the due date")
    button = gettext_lazy("Set the due date")
    aria_label = gettext_lazy("Set the due date of the selected translations")
    action_type = "due-date"
    action_priority = 50
    form_class = DueDateForm
    verb = staticmethod(actions.set_due_date)


BULK_ACTIONS = (
    *(AssignBulkAction, TakeBulkAction, ReleaseBulkAction),
    *(UrgencyBulkAction, DueDateBulkAction),
)


def queue_actions() -> list[type[QueueBulkAction]]:
    """All that Wagtail knows of, those of apps around the archive too, in their order."""
    known = bulk_action_registry.get_bulk_actions_for_model("archive", "translation")
    found = (one for one in known if issubclass(one, QueueBulkAction))
    return sorted(found, key=lambda one: one.action_priority)


def bulk_url(action: str, translation: Translation, next_url: str) -> str:
    """Where a bulk action is done to this translation alone."""
    url = reverse("wagtail_bulk_action", args=["archive", "translation", action])
    return f"{url}?{urlencode({'id': translation.pk, 'next': next_url})}"


def queue_buttons(translation: Translation, user: Any, next_url: str) -> list[Button]:
    """Take or release, assign, urgency, due date, and the actions with an icon; none for those who
    may not."""
    if not policy.user_has_permission_for_instance(user, "change", translation):
        return []
    # A press, and it is done.
    verbs = []
    if translation.assignee_id != user.pk:
        verbs.append(("take", _("Claim"), "user", 40))
    if translation.assignee_id:
        verbs.append(("release", _("Unassign"), "resubmit", 41))
    pages = [
        ("assign", _("Assign to…"), "user", 42),
        ("urgency", _("Priority…"), "warning", 43),
        ("due-date", _("Due date…"), "calendar", 44),
    ]
    buttons = [
        Button(label, bulk_url(verb, translation, next_url), icon_name=icon, priority=priority)
        for verb, label, icon, priority in pages
    ]
    buttons += [
        Button(
            one.button_label or one.display_name,
            bulk_url(one.action_type, translation, next_url),
            icon_name=one.icon_name,
            priority=one.action_priority,
        )
        for one in queue_actions()
        if one.icon_name
    ]
    for verb, label, icon, priority in verbs:
        url = reverse(f"archive_translation:{verb}", args=[translation.pk])
        attrs = {
            "data-controller": "w-action",
            "data-action": "w-action#post",
            "data-w-action-url-value": f"{url}?{SEEN}={translation.assignee_id or ''}",
            "data-w-action-next-value": next_url,
        }
        buttons.append(Button(label, icon_name=icon, priority=priority, attrs=attrs))
    return sorted(buttons)
