"""Reads a Wagtail site's own stories: a page for each language, or columns for each language.

The live version of each page is taken, of a page that isn't live its newest draft.
"""

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Locale

from archive.base_page import Page
from archive.contrib.intake.records import IntakeError
from archive.contrib.transfer.fields import FieldMap, RecordReader, address_of
from archive.contrib.transfer.records import (
    SiteArticle,
    SitePicture,
    SiteReader,
    SiteText,
    TransferError,
    UnreadStory,
)
from archive.desk.memory.units import add_new, make_unit
from archive.desk.models import MemoryUnit
from archive.inserts import in_batches
from archive.text.language import LANGUAGES, detect, known, other
from archive.text.richtext import plain_text

_AT_A_TIME = 100
LOCALIZE = "wagtail_localize"


def get_model(label: str) -> Any:
    """The site's model, "news.ArticlePage"; raises TransferError."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError) as error:
        raise TransferError(
            _("There is no model %(label)s; give it as app.Model, such as news.ArticlePage.")
            % {"label": label}
        ) from error
    if model._meta.label_lower == "archive.articlepage":
        raise TransferError(_("archive.ArticlePage is the archive's own; name your site's model."))
    return model


class OwnModelReader(SiteReader):
    """What both ways of keeping two languages share: fields, blocks, pictures."""

    def __init__(
        self, model: Any, field_map: FieldMap, publication: str = "", image_model: str = ""
    ) -> None:
        super().__init__()
        self.model = model
        self.paths: dict[int, str] = {}
        self.images: Any = get_model(image_model) if image_model else get_image_model()
        self.records = RecordReader(field_map, self._path_of, publication)

    def stories(self) -> Iterator[SiteArticle | UnreadStory]:
        choosers = [
            chooser
            for field in self.model._meta.get_fields()
            if hasattr(field, "stream_block")
            for chooser in _image_choosers(field.stream_block)
        ]
        # The blocks belong to the site: they look into its own table again afterwards.
        with ExitStack() as changed:
            for chooser in choosers:
                changed.enter_context(_choosing_from(self.images, chooser))
            yield from self.own_stories()

    @abstractmethod
    def own_stories(self) -> Iterator[SiteArticle | UnreadStory]:
        """Each story once, while the site's blocks choose from the table of `images`."""

    def picture(self, name: str) -> SitePicture | None:
        image = self.images._default_manager.filter(pk=name).first()
        if image is None:
            return None
        if self.images is get_image_model():
            return SitePicture(pk=image.pk)

        def read() -> bytes:
            try:
                with image.open_file() as file:
                    return bytes(file.read())
            except OSError as error:
                raise IntakeError(f"{image.file.name}: {error.strerror}") from error

        about = getattr(image, "description", "")
        texts = {detect(about): about} if about else {}
        file_name = image.file.name.rpartition("/")[2]
        return SitePicture(file_name, title=image.title, alt_texts=texts, read=read)

    def _path_of(self, pk: int) -> str:
        if pk not in self.paths:
            page = Page.objects.filter(pk=pk).first()
            self.paths[pk] = address_of(page) if page else ""
        return self.paths[pk]


def _image_choosers(block: Any) -> Iterator[ImageChooserBlock]:
    """The choosers of images in a block, at any depth."""
    if isinstance(block, ImageChooserBlock):
        yield block
    children = [*getattr(block, "child_blocks", {}).values(), getattr(block, "child_block", None)]
    for child in filter(None, children):
        yield from _image_choosers(child)


@contextmanager
def _choosing_from(images: Any, chooser: ImageChooserBlock) -> Iterator[None]:
    """The chooser looks in the table that the site's blocks were written for."""
    # `model_class` is a cached property: what it has worked out stands in the instance.
    before = chooser.model_class
    chooser.__dict__["model_class"] = images
    try:
        yield
    finally:
        chooser.__dict__["model_class"] = before


class LocaleTreeReader(OwnModelReader):
    """A page for each language, tied by translation keys: wagtail-localize, or Wagtail alone."""

    def own_stories(self) -> Iterator[SiteArticle | UnreadStory]:
        if not issubclass(self.model, Page):
            raise TransferError(
                _("%(model)s is no page; archive_from_localize reads pages.")
                % {"model": self.model._meta.label}
            )
        keys = list(
            dict.fromkeys(
                self.model.objects.order_by("pk").values_list("translation_key", flat=True)
            )
        )
        for start in range(0, len(keys), _AT_A_TIME):
            some = keys[start : start + _AT_A_TIME]
            pages = self.model.objects.filter(translation_key__in=some).select_related("locale")
            groups: dict[Any, list[Any]] = {key: [] for key in some}
            for page in pages.order_by("pk"):
                groups[page.translation_key].append(page)
            for key, group in groups.items():
                name = f"{self.model._meta.label} {', '.join(str(page.pk) for page in group)}"
                yield self.read_one(name, partial(self._story, name, key, group))

    def _story(self, name: str, key: Any, pages: list[Any]) -> SiteArticle | UnreadStory:
        notes: list[str] = []
        by_language: dict[str, Any] = {}
        for page in pages:
            code = page.locale.language_code
            language = known(code)
            if not language or language in by_language:
                notes.append(
                    _("page %(pk)d left out: its language is %(code)s")
                    % {"pk": page.pk, "code": code}
                )
            else:
                by_language[language] = page
        if not by_language:
            return UnreadStory(name, _("none of its pages is in one of the archive's languages"))
        first = self._original(by_language, key)
        ordered = {first: by_language.pop(first), **by_language}
        for language, page in list(ordered.items()):
            if language != first and page.alias_of_id:
                del ordered[language]  # Wagtail's copy of the original, not a translation.
            elif page.live and page.has_unpublished_changes:
                notes.append(
                    _("page %(pk)d has a newer draft; its live version is taken") % {"pk": page.pk}
                )
        records = {
            language: page if page.live else page.get_latest_revision_as_object()
            for language, page in ordered.items()
        }
        texts = [self.records.text(record, code, notes) for code, record in records.items()]
        if len(texts) > 1:
            texts[1] = self._with_machine(texts[1], key)
        label = f"{self.model._meta.label}/{key}"
        article = self.records.article(label, name, records[first], texts, records)
        return replace(article, warnings=tuple(notes))

    def _original(self, pages: dict[str, Any], key: Any) -> str:
        """The language that was translated: as wagtail-localize says, or that of the first page."""
        if apps.is_installed(LOCALIZE):
            sources = apps.get_model(LOCALIZE, "TranslationSource").objects
            source = sources.filter(object_id=key).order_by("created_at").first()
            language = known(source.locale.language_code) if source else ""
            if language in pages:
                return language
        default = known(Locale.get_default().language_code)

        def began(language: str) -> tuple[bool, Any, bool]:
            page = pages[language]
            moment = page.first_published_at or page.latest_revision_created_at or timezone.now()
            return bool(page.alias_of_id), moment, language != default

        return min(pages, key=began)

    def _with_machine(self, text: SiteText, key: Any) -> SiteText:
        if not apps.is_installed(LOCALIZE):
            return text
        strings = apps.get_model(LOCALIZE, "StringTranslation").objects
        found = strings.filter(context__object_id=key, translation_type="machine")
        machine = {
            plain_text(one.data).strip()
            for one in found.select_related("locale")
            if known(one.locale.language_code) == text.language
        }
        return replace(text, machine_texts=frozenset(machine))

    def finish(self) -> None:
        """All that wagtail-localize has translated by hand joins the translation memory."""
        if not apps.is_installed(LOCALIZE):
            return
        strings = apps.get_model(LOCALIZE, "StringTranslation").objects
        right = strings.filter(translation_type="manual", has_error=False)
        found = right.select_related("translation_of__locale", "locale").order_by("pk")
        units = filter(None, map(_unit, found.iterator()))
        added = sum(map(add_new, in_batches(units, _AT_A_TIME)))
        self.remarks += [_("Translation memory: %(count)d new units.") % {"count": added}]


def _unit(string: Any) -> MemoryUnit | None:
    source = known(string.translation_of.locale.language_code)
    target = known(string.locale.language_code)
    texts = plain_text(string.translation_of.data), plain_text(string.data)
    if not source or target != other(source) or texts[0] == texts[1]:
        return None
    if not all(any(map(str.isalnum, text)) for text in texts):
        return None
    return make_unit(
        source,
        *texts,
        provenance=MemoryUnit.Provenance.TMX,
        file_name=LOCALIZE,
        file_date=string.updated_at,
    )


class _Columns:
    """A row whose words are read from one language's columns: `title` is its `title_en`."""

    def __init__(self, record: Any, suffixes: dict[str, str]) -> None:
        self._record, self._suffixes = record, suffixes

    def __getattr__(self, name: str) -> Any:
        return getattr(self._record, self._suffixes.get(name, name))


class ColumnReader(OwnModelReader):
    """One row with columns for each language: django-modeltranslation, wagtail-modeltranslation."""

    def __init__(self, *args: Any, source_language: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.source_language = source_language
        self.columns = _columns_by_language(self.model)
        if not all(self.columns.values()):
            raise TransferError(
                _("%(model)s has no columns such as title_en and title_zh_hans.")
                % {"model": self.model._meta.label}
            )

    def own_stories(self) -> Iterator[SiteArticle | UnreadStory]:
        for row in self.model._default_manager.order_by("pk").iterator(chunk_size=_AT_A_TIME):
            name = f"{self.model._meta.label} {row.pk}"
            yield self.read_one(name, partial(self._story, name, row))

    def _story(self, name: str, row: Any) -> SiteArticle | UnreadStory:
        notes: list[str] = []
        if getattr(row, "live", True) is False and hasattr(row, "get_latest_revision_as_object"):
            row = row.get_latest_revision_as_object()
        elif getattr(row, "live", False) and row.has_unpublished_changes:
            notes.append(_("it has a newer draft; its live version is taken"))
        records = {code: _Columns(row, names) for code, names in self.columns.items()}
        texts = {code: self.records.text(one, code, notes) for code, one in records.items()}
        written = [code for code in LANGUAGES if texts[code].headline and texts[code].blocks]
        if not written:
            return UnreadStory(name, _("it has no headline and text in any one language"))
        first = self.source_language if self.source_language in written else written[0]
        second = other(first)
        told = [texts[first]]
        if texts[second].headline or texts[second].blocks:
            told.append(texts[second])
        key = f"{self.model._meta.label}/{row.pk}"
        article = self.records.article(key, name, records[first], told, records)
        return replace(article, warnings=tuple(notes))


def _columns_by_language(model: Any) -> dict[str, dict[str, str]]:
    """{"en": {"title": "title_en", …}, …}: of fields that have one in both languages."""
    names = {field.name for field in model._meta.get_fields()}
    found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for name in sorted(names):
        for base in names:
            if name.startswith(f"{base}_"):
                language = known(name[len(base) + 1 :])
                if language:
                    found[language].setdefault(base, name)
    both = set.intersection(*(set(columns) for columns in found.values()))
    return {
        language: {base: name for base, name in columns.items() if base in both}
        for language, columns in found.items()
    }
