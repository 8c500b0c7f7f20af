"""What the choosers of a form show, found together: Wagtail asks for each chosen thing by itself.

A story with twenty tags and four related stories would cost thirty queries more.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django import forms
from wagtail.admin.widgets.chooser import BaseChooser

from archive.base_page import Page


def find_choices(form: Any) -> None:
    """Tell the choosers of a form that isn't sent, and of its formsets, what they hold.

    One query for each model that something is chosen of, and one for its pages' parents.
    """
    wanted: dict[type, list[tuple[BaseChooser, Any]]] = defaultdict(list)
    for widget, key in _choosers(form):
        wanted[widget.model_class].append((widget, key))
    for model, choosers in wanted.items():
        rows = model.objects.filter(pk__in={key for _widget, key in choosers})  # type: ignore[attr-defined]
        if model is Page:
            rows = rows.specific()
        found = {row.pk: row for row in rows}
        if issubclass(model, Page):
            _find_parents(list(found.values()))
        for widget, _key in choosers:
            widget.get_instance = partial(_shown, found, widget.get_instance)


def _choosers(form: Any) -> Iterator[tuple[BaseChooser, Any]]:
    rows = [row for formset in getattr(form, "formsets", {}).values() for row in formset.forms]
    for one in (form, *rows):
        for name, field in one.fields.items():
            widget = field.widget
            if isinstance(widget, BaseChooser) and isinstance(field, forms.ModelChoiceField):
                key = one[name].value()
                if isinstance(key, int):
                    yield widget, key


def _shown(found: dict[int, Any], find: Callable[[Any], Any], value: Any) -> Any:
    return found[value] if isinstance(value, int) and value in found else find(value)


def _find_parents(pages: list[Page]) -> None:
    """Where a chooser of pages opens: treebeard keeps a parent that it was given."""
    paths = {page._get_basepath(page.path, page.depth - 1) for page in pages if page.depth > 1}
    parents = {parent.path: parent for parent in Page.objects.filter(path__in=paths)}
    for page in pages:
        if parent := parents.get(page._get_basepath(page.path, page.depth - 1)):
            page._cached_parent_obj = parent
