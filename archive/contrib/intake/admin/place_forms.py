"""The form that asks about publications and sections which accepting stories would make."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.base_page import Page
from archive.contrib.intake.batches.new_places import publication_called, rename_place
from archive.contrib.intake.models import ImportBatch
from archive.contrib.intake.places import Answer, NewPlace
from archive.stories.models import PublicationPage, SectionPage
from archive.stories.models.browse import NamedPage
from archive.text.punctuation import aside

NEW, LEAVE = "new", "leave"


class PlacesForm(forms.Form):
    """A question for each: is it new, or which one of the archive's is it?"""

    def __init__(self, places: Mapping[NewPlace, int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {_field_name(place): place for place in places}
        papers = list(PublicationPage.objects.filter(is_unfiled=False)) if places else []
        for name, place in self.places.items():
            first = (LEAVE, _("Leave the section out")) if place.section else ("", _("Choose…"))
            new = _("Make a new section") if place.section else _("Make a new publication")
            same = _same_section(place, papers) if place.section else _same(papers)
            self.fields[name] = forms.ChoiceField(
                label=_label(place),
                choices=[first, *same, *self._same_new(name), (NEW, new)],
                help_text=ngettext("%(count)d story", "%(count)d stories", places[place])
                % {"count": places[place]},
            )

    def _same_new(self, name: str) -> "Choices":
        """The other new ones of the kind: a paper or section may be named in both languages."""
        own, told = self.places[name], _("Same as: %(name)s")
        others = [one for one in self.places.items() if one[0] != name]
        if not own.section:
            found = [(one, new.publication) for one, new in others if not new.section]
        else:
            found = [
                (
                    one,
                    new.section + (aside(of) if (of := new.publication) != own.publication else ""),
                )
                for one, new in others
                if new.section and _may_share(own.publication, new.publication)
            ]
        return [(one, told % {"name": called}) for one, called in found]

    def _paper_of(self, place: NewPlace, chosen: Mapping[str, str]) -> str:
        """Which publication a new section is of, once its name is answered for: by its key, or as
        the question about a new one is named."""
        if page := publication_called(place.publication):
            return str(page.pk)
        answer = chosen.get(place.publication, "")
        own = _field_name(NewPlace(place.publication))
        return own if answer in (NEW, "") else answer

    def put_cursor(self) -> None:
        """Into the first question that is answered wrongly, else the first."""
        name = next((one for one in self.fields if one in self.errors), next(iter(self.fields), ""))
        if name:
            self.fields[name].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        """A section that is chosen is one of the publication that its stories then have; a new
        publication is the same as one that has an answer of its own."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.places.keys() & data.keys():
            if data[name] in self.places:
                answer = data.get(data[name], NEW)
                if answer in self.places:
                    self.add_error(name, _("Say of one of the two whether it is new."))
                elif answer != NEW:
                    data[name] = answer
        sections = SectionPage.objects.filter(
            pk__in=[one for one in data.values() if one.isdigit()]
        )
        papers = {str(one.pk): str(one.get_parent().pk) for one in sections}
        chosen = {
            place.publication: data.get(name, "")
            for name, place in self.places.items()
            if not place.section
        }
        for name, place in self.places.items():
            answer = data.get(name, "") if place.section else ""
            paper = papers.get(answer)
            is_others = paper and chosen.get(place.publication, paper) not in (paper, "")
            if same := self.places.get(answer):
                is_others = self._paper_of(same, chosen) != self._paper_of(place, chosen)
            if is_others:
                self.add_error(name, _("This section belongs to another publication."))
        return data

    def carry_out(self, batch: ImportBatch, user: Any) -> dict[NewPlace, Answer]:
        """Give stories the names of the pages that were chosen; whether to make each other one."""
        answers: dict[NewPlace, Answer] = {}
        # Sections first: they are told by the publication's name as it was printed.
        for name, place in sorted(self.places.items(), key=lambda one: not one[1].section):
            chosen = self.cleaned_data[name]
            if chosen in (NEW, LEAVE):
                answers[place] = chosen == NEW and (not place.section or self._names_of(name))
                continue
            same = self.places.get(chosen) or Page.objects.get(pk=chosen).specific
            called = rename_place(batch, user, place, same)
            if place.section and isinstance(same, NewPlace):
                # Its stories still name their own publication.
                is_new = self.cleaned_data[chosen] == NEW
                answers[replace(place, section=called)] = is_new and self._names_of(chosen)
            elif not place.section:
                named = {
                    one: made
                    for one, made in answers.items()
                    if one.publication == place.publication
                }
                answers |= {replace(one, publication=called): made for one, made in named.items()}
        return answers

    def _names_of(self, name: str) -> tuple[str, ...]:
        """What a new section is called: as of that question, and of those that are the same."""
        same = (one.section for key, one in self.places.items() if self.cleaned_data[key] == name)
        return (self.places[name].section, *same)


def _field_name(place: NewPlace) -> str:
    words = f"{place.publication}\x1f{place.section}"
    return f"place-{hashlib.sha256(words.encode()).hexdigest()[:12]}"


def _label(place: NewPlace) -> str:
    names = {"paper": place.publication, "section": place.section}
    if place.section:
        return _("Section “%(section)s” of “%(paper)s”") % names
    return _("Publication “%(paper)s”") % names


def _may_share(first: str, second: str) -> bool:
    """Whether two names may be of one publication: those of two in the archive never are."""
    pages = {page.pk for name in (first, second) if (page := publication_called(name))}
    return len(pages) < 2


Choices = list[tuple[str, str]]


def _same(pages: Iterable[NamedPage]) -> Choices:
    return [(str(page.pk), _("Same as: %(name)s") % {"name": page}) for page in pages]


def _same_section(place: NewPlace, papers: list[PublicationPage]) -> Choices:
    """The sections of the place's publication; of one that isn't there, those of all, since it may
    be another name of any. And the publication that the section's name is one of."""
    paper = publication_called(place.publication)
    named = publication_called(place.section)
    found = (
        []
        if named is None
        else [(str(named.pk), _("No section, but the publication: %(name)s") % {"name": named})]
    )
    if paper:
        return [*found, *_same(SectionPage.objects.child_of(paper))]
    for section in SectionPage.objects.order_by("path"):
        of = next((one for one in papers if section.path.startswith(one.path)), None)
        name = f"{section}{aside(of)}" if of else section
        found.append((str(section.pk), _("Same as: %(name)s") % {"name": name}))
    return found
