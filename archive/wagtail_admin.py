"""What rooms share in Wagtail's admin: menu, screens, people's names, the audit log's messages."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.forms.utils import flatatt
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    RawPostDataException,
)
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import DjangoTranslation
from django.views.decorators.http import require_GET
from django.views.i18n import JavaScriptCatalog
from wagtail import hooks
from wagtail.admin import auth
from wagtail.admin.forms.models import WagtailAdminModelForm, WagtailAdminModelFormMetaclass
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.messages import render as render_message
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.forms import TaskStateCommentForm
from wagtail.log_actions import LogFormatter
from wagtail.models import RevisionMixin
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import EditView, SnippetViewSet
from wagtail.users.models import UserProfile

from archive.registry import registered
from archive.text.labels import row_key
from archive.text.language import column, other, supported
from archive.text.scripts import HAN_CHARACTER
from archive.text.segmentation import digest
from archive.text.spreadsheets import csv_text

Data = Mapping[str, Any]
# Hooks for entries of the menus of the archive's audiences, as `register_admin_menu_item` is.
STORIES_MENU = "register_archive_stories_menu_item"
TRANSLATIONS_MENU = "register_archive_translations_menu_item"
NAMES_MENU = "register_archive_names_menu_item"
# The field that says what a form was opened with.
_SHOWN = "as_shown"


def name_beside(instance: Any, field: str = "name") -> str:
    """What a list says beside a name: the other language's, where the name itself isn't that one
    for want of another; "–" for none."""
    language = supported(get_language())
    here, there = (getattr(instance, column(field, one)) for one in (language, other(language)))
    return there if here and there else "–"


def full_name(user: AbstractUser) -> str:
    """As the person's own language writes it: Evelyn Hart, 陈明."""
    given, family = user.first_name.strip(), user.last_name.strip()
    if HAN_CHARACTER.search(family + given):
        return f"{family}{given}"
    return f"{given} {family}".strip()


def bind_full_name() -> None:
    """Have users called so on Wagtail's screens and in its mails as well, which ask the user model.

    Django's model would say 明 陈. A site's own model that has its own way keeps it.
    """
    model = get_user_model()
    if getattr(model, "get_full_name", None) is AbstractUser.get_full_name:
        model.add_to_class("get_full_name", full_name)


def bind_refusal() -> None:
    """Have Wagtail tell a person in their own language what they may not open: it does so once it
    has left that of the view."""
    refuse = auth.permission_denied
    auth.permission_denied = partial(auth.get_localized_response, refuse)


# Of the query that names an old version.
_VERSION = "version"
# Wagtail's own sentence, which its catalogue and the archive's for it have.
_COMMENT = "Comment"


def bind_comment_label() -> None:
    """Have the form with which a reviewer requests changes name its field in the reader's language.

    Wagtail's reads it once, in the language of the process.
    """
    TaskStateCommentForm.base_fields["comment"].label = gettext_lazy(_COMMENT)


class PermittedMenuItem(MenuItem):
    """Shown to those whom `may_see` lets in."""

    def __init__(self, *args: Any, may_see: Callable[[Any], bool], **options: Any) -> None:
        super().__init__(*args, **options)
        self.may_see = may_see

    def is_shown(self, request: HttpRequest) -> bool:
        return self.may_see(request.user)


class AudienceMenuItem(SubmenuMenuItem):
    """An entry of the main menu; apps around the archive add to its menu by the same hook.

    With the sum of the numbers that stand in it.
    """

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        numbers = [one.attrs.get("data-archive-count", "0") for one in component.menu_items]
        if total := sum(int(one.rstrip("+")) for one in numbers):
            more = "+" if any(one.endswith("+") for one in numbers) else ""
            component.attrs = {**component.attrs, "data-archive-count": f"{total}{more}"}
        return component


def audience_menu(hook: str, label: Any, icon_name: str, order: int) -> None:
    """Put an entry into the main menu, with what functions of `hook` return in its own."""
    menu = Menu(register_hook_name=hook)
    item = AudienceMenuItem(label, menu, name=hook.split("_")[2], icon_name=icon_name, order=order)
    hooks.register("register_admin_menu_item", lambda: item)


class YesNoColumn(BooleanColumn):
    """Wagtail's says "True" and "False", in any language."""

    cell_template_name = "archive/admin/yes_no_cell.html"


class RequestComponent(Component):
    """A component whose template has the request, as pages have: a form in it has its token."""

    def render_html(self, parent_context: Any = None) -> str:
        values = self.get_context_data(parent_context)
        request = parent_context["request"]
        return get_template(self.template_name).render(dict(values), request)


def body_of(request: HttpRequest) -> bytes:
    """What a script posted; b"" of a form with files, whose bytes Django has read by then."""
    try:
        return request.body
    except RawPostDataException:
        return b""


def shown_version(request: HttpRequest | None) -> str:
    """Names the old version that a form shows, as a query for what its scripts ask; "" where it
    shows the newest."""
    match = request.resolver_match if request else None
    number = match.kwargs.get("revision_id") if match else None
    return f"?{urlencode({_VERSION: number})}" if number else ""


def version_asked_for(request: HttpRequest, thing: Any) -> Any:
    """What `shown_version` names, else the newest draft. Raises Http404."""
    if number := request.GET.get(_VERSION):
        return get_object_or_404(thing.revisions, pk=row_key(number)).as_object()
    return thing.get_latest_revision_as_object()


_ANOTHER_USER = gettext_lazy(
    "Another user is logged in in this browser now. What you typed is kept here: log in as "
    "yourself in another tab to go on."
)


@require_GET
def session_view(request: HttpRequest) -> JsonResponse:
    """Who is logged in, and a token: for a page whose user has logged in again elsewhere."""
    return JsonResponse({"user": str(request.user.pk), "token": get_token(request)})


class WindowUserMiddleware(MiddlewareMixin):
    """Refuses what a window of the admin sends in its user's name, once somebody else has logged in
    in its browser: it would be theirs."""

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        said = request.headers.get("X-Archive-User")
        if not said or not request.user.is_authenticated or said == str(request.user.pk):
            return None
        # In the language of whoever sits at that window; Wagtail has chosen none yet.
        profile = UserProfile.objects.filter(user=row_key(said)).first()
        with override(profile.get_preferred_language() if profile else get_language()):
            return JsonResponse({"error": _ANOTHER_USER}, status=403)


@lru_cache
def _script_words_of(language: str) -> Mapping[str, Any]:
    found = JavaScriptCatalog()
    folder = str(Path(__file__).with_name("locale"))
    found.translation = DjangoTranslation(language, domain="djangojs", localedirs=[folder])
    words: Mapping[str, Any] = found.get_catalog()
    return words


def script_words() -> SafeString:
    """What Wagtail's scripts say, where the archive has better words than their own catalogue; to
    be loaded after that one, and before they say anything."""
    words = _script_words_of(get_language() or settings.LANGUAGE_CODE)
    script = format_html('<script src="{}"></script>', static("archive/js/script-words.js"))
    return json_script(words, "archive-script-words") + script if words else SafeString()


def session_script() -> SafeString:
    """What has all that the admin sends go with the token of the session that there is now."""
    is_readable = not (settings.CSRF_COOKIE_HTTPONLY or settings.CSRF_USE_SESSIONS)
    values = {
        "src": static("archive/js/session.js"),
        "data-url": reverse("archive_session"),
        "data-cookie": settings.CSRF_COOKIE_NAME if is_readable else "",
        "data-logged-out": _(
            "You are logged out. What you typed stays here, unsaved: log in again in another tab, "
            "then press the button again."
        ),
        "data-another": _ANOTHER_USER,
        "data-refused": _("The server refuses this. What you typed stays here, unsaved."),
        "data-offline": _(
            "The server can’t be reached. What you typed stays here, unsaved: press the button "
            "again in a moment."
        ),
    }
    return format_html("<script{}></script>", flatatt(values))


def list_errors(request: HttpRequest, title: str, lines: Iterable[str]) -> None:
    """A message with a line for each thing that is wrong."""
    items = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
    detail = format_html('<ul class="errorlist">{}</ul>', items)
    messages.error(request, render_message(title, None, detail))


class ScreenMixin(WagtailAdminTemplateMixin):
    """For a view with a screen of its own: who may see it, and breadcrumbs that end in it."""

    def may_see(self) -> bool:
        return True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may_see():
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_way(self) -> list[dict[str, Any]]:
        """The breadcrumbs between the dashboard and the screen."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        title, subtitle = str(self.get_page_title()), self.get_page_subtitle()
        own = {"url": "", "label": title, "sublabel": subtitle}
        return [*self.breadcrumbs_items, *self.get_way(), own]


@dataclass(frozen=True)
class ListAction:
    """A button of an app's above one of the archive's lists, for whoever may work with that list
    and has the `permissions`.

    It leads to the address of that name, with `query`; its icon is among Wagtail's. `of_one` is the
    name of an address for one row, to which a button on the row's own screen leads.
    """

    label: str | Promise
    url_name: str
    icon: str
    priority: int = 60
    query: str = ""
    of_one: str = ""
    permissions: Sequence[str] = ()


def action_buttons(list_name: str, user: Any, pk: int | None = None) -> list[Button]:
    """What apps have registered with `register_archive_<list>_action` for the user; with `pk`, for
    one row."""
    registered_actions = registered(f"{list_name}_action", ListAction)
    actions = [one for one in registered_actions if user.has_perms(one.permissions)]
    addresses = [
        (one, reverse(one.url_name) + one.query if pk is None else reverse(one.of_one, args=[pk]))
        for one in actions
        if pk is None or one.of_one
    ]
    return [
        Button(one.label, url, icon_name=one.icon, priority=one.priority) for one, url in addresses
    ]


class NoteField(forms.CharField):
    """A hidden note from the form to itself: never content."""

    def __init__(self, *, initial: Any) -> None:
        # Some browsers fill in what another window of the same form held.
        widget = forms.HiddenInput(attrs={"autocomplete": "off"})
        super().__init__(required=False, widget=widget, initial=initial)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class KeepsSavedMixin:
    """For a model form: what a colleague saved since it was opened stays, but where both typed.

    Such a field says what is stored and keeps what was typed; sent again, it replaces that.
    """

    # The form's.
    instance: Any
    data: Any
    initial: Any
    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # Asked once the form is whole.
            self.fields[_SHOWN] = NoteField(initial=lambda: json.dumps(self._stored()))

    def _stored(self) -> dict[str, str]:
        """A digest of each field's stored value."""
        names = self.fields.keys() & self.initial.keys()
        return {name: digest(self.plain(name, self.initial[name])) for name in names}

    def plain(self, name: str, value: Any) -> str:
        """The same of a value that is stored and of one that was typed: browsers send their own
        line ends."""
        value = self.fields[name].prepare_value(value)
        if isinstance(value, list | tuple | set | QuerySet):
            value = "\n".join(sorted(map(str, value)))
        return "" if value is None else "\n".join(str(value).splitlines()).strip()

    def clean(self) -> Any:
        try:
            shown = dict(json.loads(self.cleaned_data.get(_SHOWN) or "{}"))
        except (ValueError, TypeError):
            shown = {}
        self._keep_saved(shown)
        return super().clean()  # type: ignore[misc]

    def _keep_saved(self, shown: dict[str, str]) -> None:
        stored = self._stored()
        for name in stored.keys() & shown.keys() & self.cleaned_data.keys():
            typed = digest(self.plain(name, self.cleaned_data[name]))
            if stored[name] in (shown[name], typed):
                continue
            value = self.initial[name]
            if not isinstance(value, list):
                value = getattr(self.instance, name)
            if typed == shown[name]:
                self.cleaned_data[name] = value
            elif not self.fields[name].widget.is_hidden:
                say = getattr(self.instance, f"get_{name}_display", lambda text=value: text)
                text = say() or _("(empty)")
                message = _(
                    "Meanwhile another text was saved: “%(text)s”. Save again to replace it."
                )
                self.add_error(name, message % {"text": text})  # type: ignore[attr-defined]
                shown[name] = stored[name]
                self.data = self.data.copy()
                key = self.add_prefix(_SHOWN)  # type: ignore[attr-defined]
                self.data[key] = json.dumps(shown)


class KeepsSavedMeta(WagtailAdminModelFormMetaclass):
    """Gives such a form; those of its rows are of the kind as well."""

    def __new__(cls, name: str, bases: tuple[type, ...], attributes: dict[str, Any]) -> Any:
        if not any(issubclass(base, KeepsSavedMixin) for base in bases):
            bases = (KeepsSavedMixin, *bases)
        form = super().__new__(cls, name, bases, attributes)
        for rows in getattr(form, "formsets", {}).values():
            rows.form = KeepsSavedMeta(rows.form.__name__, (rows.form,), {})
        return form


class RowEditView(EditView):
    """Saves nothing into a row that was merged into another since its form was opened."""

    def is_valid(self, form: Any) -> bool:
        kept = getattr(self.object, "merged_into", None)
        if not kept:
            return bool(super().is_valid(form))
        address = reverse(self.edit_url_name, args=[kept.pk])
        link = format_html('<a href="{}" target="_blank">{}</a>', address, kept)
        message = _(
            "A colleague has merged this into %(name)s. Nothing was saved: copy what you typed "
            "into that one."
        )
        self.produced_error_code = "merged"
        self.produced_error_message = mark_safe(message % {"name": link})  # noqa: S308
        return False


class ArchiveSnippetViewSet(SnippetViewSet):
    """Rows that are listed by themselves, and that nobody copies."""

    # In the language of whoever looks: Wagtail's own are those of the start.
    breadcrumbs_items = WagtailAdminTemplateMixin.breadcrumbs_items
    copy_view_enabled = False
    edit_view_class = RowEditView

    def get_edit_handler(self) -> Any:
        """With a form that keeps what colleagues save; what has versions has its own way."""
        panel = super().get_edit_handler()
        if not issubclass(self.model, RevisionMixin):
            own = getattr(self.model, "base_form_class", WagtailAdminModelForm)
            base = panel.base_form_class or own
            panel.base_form_class = KeepsSavedMeta(base.__name__, (base,), {})
        return panel


def register_policy(model: type[Model], policy: ModelPermissionPolicy) -> None:
    """Wagtail 8 keeps a registry of policies; 7.4 asks the viewset, which has it too."""
    try:
        # Wagtail 7.4 has no such module.
        from wagtail.permissions import register_permission_policy
    except ImportError:
        return
    register_permission_policy(model, policy, exact_class=True)


class EntryFormatter(LogFormatter):
    """Puts what an entry holds into the message: “Assigned to %(person)s”; "" for what it lacks."""

    @staticmethod
    def values(data: Data) -> Data:
        return data

    def format_message(self, log_entry: Any) -> str:
        return str(self.message % defaultdict(str, self.values(log_entry.data)))


def register_messages(
    actions: Any,
    messages: Mapping[str, tuple[Any, Any]],
    values: Callable[[Data], Data] | None = None,
) -> None:
    """Register actions by name, each with its label and the message of an entry.

    `values` gives what the messages name, where an entry's data don't say it as people do.
    """
    own = {"values": staticmethod(values)} if values else {}
    for action, (label, message) in messages.items():
        formatter = type(
            "Formatter", (EntryFormatter,), {"label": label, "message": message, **own}
        )
        actions.register_action(action)(formatter)


def csv_file(lines: Iterable[Sequence[object]], name: str) -> HttpResponse:
    """The lines as a download that spreadsheets open safely, the headings first."""
    head, *rows = lines
    response = HttpResponse(csv_text(head, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
