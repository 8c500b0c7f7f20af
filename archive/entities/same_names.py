"""Asks before a second thing is made under the names of one that is there: a person, a paper."""

from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.panels import Panel

from archive.text.language import LANGUAGES, column, columns

# The box of the form that says it is another one: its value is the key of the one that is there.
CONFIRMED = "another_of_name"


class SameNameMixin:
    """For a form with names in both languages; `SameNamePanel` shows what it has found.

    Names are the same where they agree in each language in which both things have one. Two may
    rightly have the same: the person says so, and saves again.
    """

    same_named: Any = None
    instance: Any
    data: Any

    def others(self) -> QuerySet[Any]:
        """What this one could be mistaken for."""
        return type(self.instance)._default_manager.exclude(pk=self.instance.pk)

    def clean(self) -> dict[str, Any]:
        super().clean()  # type: ignore[misc]
        cleaned: dict[str, Any] = self.cleaned_data  # type: ignore[attr-defined]
        if not self.instance.pk or {*columns("name")} & {*self.changed_data}:  # type: ignore[attr-defined]
            self._ask_of_same_name(cleaned)
        return cleaned

    def _ask_of_same_name(self, cleaned: dict[str, Any]) -> None:
        given = {one: (cleaned.get(column("name", one)) or "").strip() for one in LANGUAGES}
        given = {language: name for language, name in given.items() if name}
        if not given:
            return
        same = [Q(**{f"{column('name', one)}__iexact": name}) for one, name in given.items()]
        unnamed = [
            Q(**{column("name", one): ""}) | Q(**{column("name", one): None}) for one in given
        ]
        agree = reduce(and_, map(or_, same, unnamed)) & reduce(or_, same)
        found = self.others().filter(agree).order_by("pk").first()
        if found and self.data.get(CONFIRMED) != str(found.pk):
            self.same_named = found
            name = column("name", next(iter(given)))
            message = _("“%(name)s” is there already under the same name.") % {"name": found}
            self.add_error(name, message)  # type: ignore[attr-defined]


class SameNamePanel(Panel):
    """Leads to the thing of the same name, and asks whether this is another one."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "archive/admin/same_name.html"

        def is_shown(self) -> bool:
            return bool(getattr(self.form, "same_named", None))

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            found = self.form.same_named
            return {
                **super().get_context_data(parent_context),
                "found": found,
                "address": AdminURLFinder(self.request.user).get_edit_url(found),
                "box": CONFIRMED,
            }
