"""The editor's forms: of a story, with the source language's fields alone; of years and issues."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.blocks import StreamBlockValidationError

from archive.base_page import Page
from archive.entities.same_names import SameNameMixin
from archive.stories.archive_page import FALLBACK_SLUG, free_slug, latin_slug, story_slug
from archive.stories.doubtful_dates import (
    CONFIRMED,
    date_doubt,
    date_errors,
    is_confirmed,
    is_impossible,
)
from archive.stories.form_panels import story_form_panels
from archive.stories.hidden_stories import HidesStoriesMixin
from archive.stories.known_choices import find_choices
from archive.stories.models.browse import PublicationPage, SectionPage, facts_of_place
from archive.stories.policies import check_filing, papers_for, section_error
from archive.stories.publish_guard import body_errors, story_errors, unplaced_errors
from archive.stories.reviews import ask_once
from archive.stories.stale_save import RefuseStaleMixin
from archive.stories.unplaced import UnplacedField, stored_unplaced, unplaced_texts
from archive.stories.version_followers import VersionNotesMixin
from archive.text.language import ENGLISH, LANGUAGES, column, columns, other

# Buttons that ask others to publish.
HANDING_IN = ("submit", "restart-workflow")


def is_publishing(data: Mapping[str, str]) -> bool:
    """Whether the pressed button leads to readers: then all that publication asks for is due."""
    if data.get("action-workflow-action"):
        return data.get("workflow-action-name") != "reject"
    return any(data.get(f"action-{name}") for name in ("publish", *HANDING_IN))


class ArticlePageForm(
    VersionNotesMixin,
    RefuseStaleMixin,
    HidesStoriesMixin,
    WagtailAdminPageForm,
):
    """Drops the target language's fields, so that no POST can write them.

    Until a story's first publication its source language may still be changed: the form then
    holds both languages' fields and keeps those of the language that is chosen.
    """

    rows_of_stories = {"related_links": "related"}
    story_fields = ("version_of",)

    unplaced = UnplacedField(required=False)
    # Whether the story has the body that was sent, which may lack something for publication.
    is_body_read = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["unplaced"] = stored_unplaced(unplaced_texts(self.instance))
        self._take_filing_from_parent()
        self._fill_in()
        self._limit_publications()
        self._drop_language_from_labels()
        if slug := self.fields.get("slug"):
            # The headline gives one; the browser's script does so for English only.
            slug.required = False
        self.language_is_open = not self.instance.pk or self.instance.language_is_open
        if not self.language_is_open:
            unowned = self._text_fields(other(self.instance.source_language))
            for name in ("source_language", *unowned):
                self.fields.pop(name, None)
        if not self.is_bound:
            ask_once(self.instance)
            find_choices(self)

    def clean(self) -> dict[str, Any]:
        self._complete_slug()
        cleaned = super().clean()
        language = self._language(cleaned)
        if self.language_is_open:
            for name in self._text_fields(other(language)):
                cleaned.pop(name, None)
        elif self.data.get("source_language", language) != language:
            # Translated while this form was open: to drop what was typed would be no answer.
            raise ValidationError(
                _("Translation has started: the language of the story can't be changed any more.")
            )
        headline = column("headline", language)
        if headline in self.fields and not (cleaned.get(headline) or "").strip():
            self.add_error(headline, _("Enter a headline; a working title is enough for a draft."))
        self._check_section(cleaned)
        self._check_bylines()
        return cleaned

    def save(self, commit: bool = True) -> Any:
        saved = super().save(commit=commit)
        # The formsets have brought what the form itself lists.
        changed = [panel.apply(saved, self.data) for panel in story_form_panels()]
        if commit and any(changed):
            saved.save()
        return saved

    def _post_clean(self) -> None:
        # Wagtail validates a live page's draft like a publication; a draft may be unfinished.
        self.instance.is_being_published = is_publishing(self.data)
        self.instance.confirmed_print_date = self.data.get(CONFIRMED, "")
        if (texts := self.cleaned_data.get("unplaced")) is not None:
            self.instance.unplaced = texts
        # A body that was refused has its errors at its blocks; the story still has the old one.
        self.is_body_read = column("body", self._language(self.cleaned_data)) in self.cleaned_data
        super()._post_clean()
        self._check_filing()
        if is_publishing(self.data) and not self.errors:
            # Wagtail validates a draft again only once it goes live, when it's too late to say so.
            errors = unplaced_errors(self.instance)
            if not self.instance.live:
                errors |= story_errors(self.instance) | date_errors(self.instance)
            for field, messages in errors.items():
                self.add_error(field, messages)
        if self.is_body_read:
            self._put_errors_at_blocks()

    def _put_errors_at_blocks(self) -> None:
        """What a block lacks is said where it stands, not at the head of the body."""
        story = self.instance
        name = column("body", story.source_language)
        if name not in self.errors or not is_publishing(self.data):
            return
        if errors := body_errors(story.source("body"), story.source_language):
            del self.errors[name]
            self.add_error(name, StreamBlockValidationError(block_errors=errors))

    @property
    def is_publishing(self) -> bool:
        return is_publishing(self.data)

    def _language(self, cleaned: dict[str, Any]) -> str:
        return cleaned.get("source_language") or self.instance.source_language

    def _complete_slug(self) -> None:
        """A story that nobody could read yet takes a free slug from its headline, unless an
        editor has given another one."""
        cleaned, story = self.cleaned_data, self.instance
        if "slug" not in cleaned:
            return
        if story.first_published_at:
            cleaned["slug"] = cleaned["slug"] or story.slug
            return
        headline = cleaned.get(column("headline", self._language(cleaned))) or ""
        slug = story_slug(headline)
        suggested = {"", slugify(headline), latin_slug(headline), slug}
        if story.pk and "slug" not in self.changed_data:
            suggested |= {latin_slug(story.title), story_slug(story.title)}
        if cleaned["slug"] in suggested:
            cleaned["slug"] = free_slug(slug or FALLBACK_SLUG, self.parent_page, story)

    def _take_filing_from_parent(self) -> None:
        if self.instance.pk or not self.parent_page:
            return
        facts = facts_of_place(self.parent_page)
        for name, fact in (("print_date", "print_date"), ("publication", "publication_id")):
            self.initial[name] = self.initial.get(name) or facts.get(fact)
            setattr(self.instance, fact, getattr(self.instance, fact) or facts.get(fact))

    def _fill_in(self) -> None:
        """An empty body begins with a paragraph.

        The date of print is nobody's guess: most stories here are older than the day they come.
        """
        for language in LANGUAGES:
            name = column("body", language)
            if name in self.fields and not getattr(self.instance, name):
                field: Any = self.instance._meta.get_field(name)
                blank = {"type": "paragraph", "value": "", "id": str(uuid4())}
                self.initial[name] = field.to_python([blank])

    def _limit_publications(self) -> None:
        field: Any = self.fields.get("publication")
        if self.for_user is None or field is None:
            return
        # What a colleague has chosen may stay in a draft; whoever publishes it is asked again.
        own, chosen = papers_for(self.for_user), Q(pk=self.instance.publication_id)
        field.queryset = PublicationPage.objects.filter(chosen | Q(pk__in=own)).order_by("title")
        field.error_messages["invalid_choice"] = _(
            "You do not have permission to add stories to this publication. Choose another one."
        )

    def _check_filing(self) -> None:
        """Whether the person may take the story to where its date and publication belong."""
        names = {"publication", "print_date"}
        if names & set(self.errors) or not names <= set(self.fields):
            return
        if not (is_publishing(self.data) or names & set(self.changed_data)):
            return
        is_handed_in = any(self.data.get(f"action-{name}") for name in HANDING_IN)
        live = is_publishing(self.data) and not is_handed_in
        try:
            check_filing(self.instance, self.for_user, live=live)
        except ValidationError as error:
            self.add_error(None, error)

    def _check_section(self, cleaned: dict[str, Any]) -> None:
        names = {"publication", "section"}
        if not (is_publishing(self.data) or names & set(self.changed_data)):
            return
        if message := section_error(cleaned.get("publication"), cleaned.get("section")):
            self.add_error("section", message)

    def _check_bylines(self) -> None:
        """An author signs once in a role: readers and citations would name them twice."""
        rows: Any = self.formsets.get("bylines")
        seen = set()
        for row in rows.forms if rows is not None and rows.is_bound else ():
            if not row.is_valid() or row.cleaned_data.get("DELETE"):
                continue
            author = row.cleaned_data.get("author")
            signed = (author and author.canonical, row.cleaned_data.get("role"))
            if author and signed in seen:
                told = _("“%(author)s” signs the story in this role already.")
                row.add_error("author", told % {"author": author})
            seen.add(signed)

    def _drop_language_from_labels(self) -> None:
        """modeltranslation writes "Headline [en]"; here the panel names the language."""
        for name in self.instance.translated_fields:
            label = capfirst(self.instance._meta.get_field(name).verbose_name)
            for language in LANGUAGES:
                if field := self.fields.get(column(name, language)):
                    field.label = label

    def _text_fields(self, language: str) -> list[str]:
        return [column(name, language) for name in self.instance.translated_fields]


class NamedPageForm(WagtailAdminPageForm):
    """Makes a free slug of the name where none is typed: Wagtail's script makes one of titles."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if slug := self.fields.get("slug"):
            slug.required = False

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if "slug" in cleaned and not cleaned["slug"]:
            cleaned["slug"] = self.instance.slug or self._slug_of_name(cleaned)
        return super().clean()

    def _slug_of_name(self, cleaned: Mapping[str, Any]) -> str:
        """Of the English name if there is one, else of the other's Latin letters."""
        names = {name: cleaned.get(name) for name in columns("name")}
        name = names.get(column("name", ENGLISH)) or next(filter(None, names.values()), "")
        return free_slug(story_slug(name or "") or "page", self.parent_page, self.instance)


class PublicationForm(SameNameMixin, NamedPageForm):
    def others(self) -> QuerySet[Any]:
        return super().others().filter(is_unfiled=False)


class SectionForm(SameNameMixin, NamedPageForm):
    """Each publication has its own; many have the same name."""

    def others(self) -> QuerySet[Any]:
        siblings: QuerySet[Any] = SectionPage.objects.child_of(self.parent_page)
        return siblings.exclude(pk=self.instance.pk)


class AuthorForm(SameNameMixin, WagtailAdminModelForm):
    def others(self) -> QuerySet[Any]:
        return super().others().filter(merged_into=None)


class YearPageForm(WagtailAdminPageForm):
    def clean_title(self) -> str:
        year = str(self.cleaned_data["title"]).strip()
        if not Page._slug_is_available(year, self.parent_page, self.instance):
            raise ValidationError(_("The publication already has this year."))
        if self.instance.pk and year != self.instance.slug and self.instance.numchild:
            raise ValidationError(_("A year that contains issues can't become another year."))
        return year


class IssuePageForm(WagtailAdminPageForm):
    def clean_print_date(self) -> date | None:
        day: date | None = self.cleaned_data["print_date"]
        if day is None:
            return None
        if self.parent_page and self.parent_page.slug != str(day.year):
            message = _("This issue is filed under %(year)s: give a date of that year.")
            raise ValidationError(message % {"year": self.parent_page.slug})
        slug = self.instance.slug_for(day)
        if not Page._slug_is_available(slug, self.parent_page, self.instance):
            raise ValidationError(_("There is already an issue of this date."))
        is_new = not self.instance.pk or "print_date" in self.changed_data
        is_asked = is_new and not is_confirmed(day, self.data.get(CONFIRMED, ""))
        if is_asked and (doubt := self._doubt(day)):
            if is_impossible(day):
                raise ValidationError(doubt)
            self.doubted_date = day
            ask = _("Correct it, or confirm in the form that it is right.")
            raise ValidationError(f"{doubt} {ask}")
        return day

    # A date that is to be confirmed.
    doubted_date: date | None = None

    def _doubt(self, day: date) -> str:
        year = self.parent_page
        paper = PublicationPage.objects.ancestor_of(year).first() if year else None
        return date_doubt(day, paper)
