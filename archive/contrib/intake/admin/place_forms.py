"""The form that asks about publications and sections which accepting stories would make."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.contrib.intake.batches.new_places import publication_called, rename_place
from archive.contrib.intake.models import ImportBatch
from archive.contrib.intake.places import NewPlace
from archive.stories.models import PublicationPage, SectionPage

NEW, LEAVE = "new", "leave"


class PlacesForm(forms.Form):
    """A question for each: is it new, or which one of the archive's is it?"""

    def __init__(self, places: Mapping[NewPlace, int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {_field_name(place): place for place in places}
        papers = list(PublicationPage.objects.filter(is_unfiled=False)) if places else []
        for name, place in self.places.items():
            pages = list(_sections(place)) if place.section else papers
            first = (LEAVE, _("Leave the section out")) if place.section else ("", _("Choose…"))
            new = _("Make a new section") if place.section else _("Make a new publication")
            same = [(str(page.pk), _("Same as: %(name)s") % {"name": page}) for page in pages]
            self.fields[name] = forms.ChoiceField(
                label=_label(place),
                choices=[first, *same, (NEW, new)],
                help_text=ngettext("%(count)d story", "%(count)d stories", places[place])
                % {"count": places[place]},
            )

    def carry_out(self, batch: ImportBatch, user: Any) -> dict[NewPlace, bool]:
        """Give stories the names of the pages that were chosen; whether to make each other one."""
        answers: dict[NewPlace, bool] = {}
        # Sections first: they are told by the publication's name as it was printed.
        for name, place in sorted(self.places.items(), key=lambda one: not one[1].section):
            chosen = self.cleaned_data[name]
            if chosen in (NEW, LEAVE):
                answers[place] = chosen == NEW
                continue
            kind: Any = SectionPage if place.section else PublicationPage
            called = rename_place(batch, user, place, kind.objects.get(pk=chosen))
            if not place.section:
                named = {
                    one: made
                    for one, made in answers.items()
                    if one.publication == place.publication
                }
                answers |= {replace(one, publication=called): made for one, made in named.items()}
        return answers


def _field_name(place: NewPlace) -> str:
    words = f"{place.publication}\x1f{place.section}"
    return f"place-{hashlib.sha256(words.encode()).hexdigest()[:12]}"


def _label(place: NewPlace) -> str:
    names = {"paper": place.publication, "section": place.section}
    if place.section:
        return _("Section “%(section)s” of “%(paper)s”") % names
    return _("Publication “%(paper)s”") % names


def _sections(place: NewPlace) -> Iterator[SectionPage]:
    paper = publication_called(place.publication)
    return iter(SectionPage.objects.child_of(paper) if paper else ())
