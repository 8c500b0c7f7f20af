"""The keyboard shortcuts of the translators' desk, and those that somebody has chosen instead.

Combinations are written `Ctrl+Alt+KeyJ`: modifiers in this order, then the key's place as
`KeyboardEvent.code` names it (https://www.w3.org/TR/uievents-code/), Enter for both Enter keys.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.views.account import BaseSettingsPanel

from archive.caches import forgiving
from archive.desk.editor.tools import DeskTool
from archive.desk.models import DeskSetting
from archive.desk.policies import policy, refuse
from archive.registry import registered
from archive.wagtail_admin import body_of

# How old, in seconds, an answer may be where processes share no cache.
SECONDS = 60
_KEY = "archive-desk-keys-{}"


def keys_of(user: Any) -> dict[str, str]:
    """The person's own keys by command; a query at most, a cache's answer may be a minute old."""
    found = forgiving().get_or_set(_KEY.format(user.pk), lambda: _stored(user), SECONDS)
    return found or {}


def _stored(user: Any) -> dict[str, str]:
    return DeskSetting.objects.filter(person=user.pk).values_list("keys", flat=True).first() or {}


def forget_keys(user: Any) -> None:
    """After a change, once it is committed."""
    transaction.on_commit(lambda: forgiving().delete(_KEY.format(user.pk)))


class DeskSettingsPanel(BaseSettingsPanel):
    """A form in the account of whoever works at translations, of a row that a person may have."""

    form_class: type[ModelForm]

    def is_active(self) -> bool:
        return policy.user_has_permission(self.user, "change")

    def get_form(self) -> ModelForm:
        model = self.form_class._meta.model
        found = model.objects.filter(person=self.user.pk).first()
        data = self.request.POST if self.request.method == "POST" else None
        return self.form_class(data, instance=found or model(person=self.user), prefix=self.name)


PLACES = (
    r"Key[A-Z]|Digit\d|Arrow(?:Up|Down|Left|Right)|Enter|Space|Slash|Backslash|Period|Comma|"
    r"Semicolon|Quote|BracketLeft|BracketRight|Minus|Equal|Backquote|Insert|Home|End|PageUp|"
    r"PageDown"
)
COMBINATION = re.compile(rf"(?=Ctrl|Alt)(?:Ctrl\+)?(?:Alt\+)?(?:Shift\+)?(?:{PLACES})")
# Of editors and browsers, or of the desk's own numbered suggestions and names.
RESERVED = re.compile(
    r"Ctrl\+(?:Shift\+)?(?:Key[ABCFILNPRTUVWXYZ]|Arrow\w+|Home|End)|Ctrl\+Alt\+(?:Shift\+)?Digit\d|"
    r"Alt\+(?:Shift\+)?Arrow(?:Left|Right)"
)
NAMES = {
    "ArrowUp": "↑",
    "ArrowDown": "↓",
    "ArrowLeft": "←",
    "ArrowRight": "→",
    "Slash": "/",
    "Backslash": "\\",
    "Period": ".",
    "Comma": ",",
    "Semicolon": ";",
    "Quote": "'",
    "BracketLeft": "[",
    "BracketRight": "]",
    "Minus": "-",
    "Equal": "=",
    "Backquote": "`",
}


@dataclass(frozen=True)
class Shortcut:
    """A command of the desk's scripts, what it does, and the keys that it has."""

    command: str
    keys: str
    label: str | Promise
    is_own: bool = False

    @property
    def parts(self) -> list[str]:
        """The keys as they are printed on keyboards."""
        return [NAMES.get(one, re.sub("^(Key|Digit)", "", one)) for one in self.keys.split("+")]


SHORTCUTS = (
    Shortcut("confirm", "Ctrl+Enter", gettext_lazy("Confirm and go to the next segment")),
    Shortcut("confirmExact", "Ctrl+Alt+KeyA", gettext_lazy("List the matches of 100%, to confirm")),
    Shortcut("next", "Alt+ArrowDown", gettext_lazy("Next segment")),
    Shortcut("previous", "Alt+ArrowUp", gettext_lazy("Previous segment")),
    Shortcut("unfinished", "Ctrl+Alt+KeyJ", gettext_lazy("Jump to the next unfinished segment")),
    Shortcut("finding", "Ctrl+Alt+KeyF", gettext_lazy("Next segment with a finding")),
    Shortcut(
        "copySource", "Ctrl+Alt+KeyC", gettext_lazy("Copy the source, with its links and names")
    ),
    Shortcut(
        "name",
        "Ctrl+Alt+KeyG",
        gettext_lazy(
            "Insert the name or term at the cursor, the one selected in the source, or the next "
            "missing one"
        ),
    ),
    Shortcut(
        "tag",
        "Ctrl+Alt+KeyM",
        gettext_lazy("Tag the selected words with the next missing link or name, or insert it"),
    ),
    Shortcut("fix", "Ctrl+Alt+KeyX", gettext_lazy("Put right what a check has found")),
    Shortcut("stillRight", "Ctrl+Alt+KeyR", gettext_lazy("Mark as still correct")),
    Shortcut("leaveOut", "Ctrl+Alt+KeyO", gettext_lazy("Omit, or restore")),
    Shortcut(
        "join", "Ctrl+Alt+KeyB", gettext_lazy("Join with the previous paragraph, or split again")
    ),
    Shortcut("takeBack", "Ctrl+Alt+KeyZ", gettext_lazy("Take back what was changed in the review")),
    Shortcut("comments", "Ctrl+Alt+KeyK", gettext_lazy("Comments; pressed again, the next reply")),
    Shortcut(
        "concordance",
        "Ctrl+Alt+KeyW",
        gettext_lazy(
            "Find the selected words in the memory; then 1 to 9 insert a text that has them"
        ),
    ),
    Shortcut(
        "addName",
        "Ctrl+Alt+KeyN",
        gettext_lazy("Add the words selected in both texts to the glossary, as a name or a term"),
    ),
    Shortcut(
        "source",
        "Ctrl+Alt+KeyS",
        gettext_lazy("To the source: arrows go by words, Shift selects; Esc leads back"),
    ),
    Shortcut("search", "Ctrl+Alt+KeyL", gettext_lazy("Show the segments that have some words")),
    Shortcut("fill", "Ctrl+Alt+KeyY", gettext_lazy("Fill the repetitions that the bar offers")),
    Shortcut("pane", "Ctrl+Alt+KeyP", gettext_lazy("To the sidebar; Esc leads back to the text")),
    Shortcut("submit", "Ctrl+Alt+KeyU", gettext_lazy("Submit the translation")),
    Shortcut("save", "Ctrl+KeyS", gettext_lazy("Save everything now")),
    Shortcut("keys", "Ctrl+Alt+Slash", gettext_lazy("Show keyboard shortcuts")),
)


def every_shortcut() -> list[Shortcut]:
    """The desk's own, and those of the tools around it."""
    tools = registered("desk_tool", DeskTool)
    return [*SHORTCUTS, *(one for tool in tools for one in tool.shortcuts)]


def shortcuts_of(user: Any) -> list[Shortcut]:
    """All of them, with the person's own keys; a default that another command took has none."""
    return _with(keys_of(user) if user else {})


def _with(own: Mapping[str, str]) -> list[Shortcut]:
    known = every_shortcut()
    commands = {one.command for one in known}
    taken = {keys for command, keys in own.items() if command in commands}
    return [
        Shortcut(one.command, own[one.command], one.label, is_own=True)
        if one.command in own
        else Shortcut(one.command, "" if one.keys in taken else one.keys, one.label)
        for one in known
    ]


def listed(shortcuts: list[Shortcut]) -> dict[str, Any]:
    """What the list's template and the scripts need."""
    return {
        "shortcuts": shortcuts,
        "commands_by_keys": {one.keys: one.command for one in shortcuts if one.keys},
        "has_own_keys": any(one.is_own for one in shortcuts),
    }


@require_POST
def set_shortcut_view(request: HttpRequest) -> HttpResponse:
    """POST of JSON `{"command": …, "keys": …}`; without keys the default, without both all of them.

    Answers with the new list; 409 for keys that something else has, 400 for what are no keys.
    """
    if not policy.user_has_permission(request.user, "change"):
        return refuse(_("You do not have permission to translate."), 403)
    try:
        wish = json.loads(body_of(request))
        command, keys = str(wish.get("command", "")), str(wish.get("keys", ""))
    except (ValueError, AttributeError, RecursionError):
        return refuse(_("This text can't be read."), 400)
    if command and command not in {one.command for one in every_shortcut()}:
        return refuse(_("The desk has no such command."), 400)
    setting, _made = DeskSetting.objects.get_or_create(person_id=request.user.pk)
    own = {one: kept for one, kept in setting.keys.items() if command and one != command}
    if keys:
        if refused := _refusal(keys, _with(own), command):
            return refused
        own[command] = keys
    setting.keys = own
    setting.save(update_fields=["keys"])
    forget_keys(request.user)
    return render(request, "archive/admin/shortcuts.html", listed(_with(own)))


def _refusal(keys: str, others: list[Shortcut], command: str) -> HttpResponse | None:
    if not COMBINATION.fullmatch(keys):
        return refuse(_("Shortcuts are Ctrl or Alt, or both, with a key."), 400)
    if RESERVED.fullmatch(keys):
        return refuse(_("The browser, the text box or the desk needs these keys."), 409)
    holder = next((one for one in others if one.keys == keys and one.command != command), None)
    if holder:
        return refuse(_("Taken already: %(command)s.") % {"command": holder.label}, 409)
    return None
