"""Stores a site's stories: planned and written as imports are, with their translations.

A story is stored whole or not at all, found again by its key, and left alone once an editor or a
translator has changed it here.
"""

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.images import get_image_model
from wagtail.log_actions import registry

from archive.contrib.intake.apply import apply_plan
from archive.contrib.intake.pictures import complete_picture, stored_picture
from archive.contrib.intake.places import make_all
from archive.contrib.intake.plan import ACTION, ImportPlan, ImportVerdict, make_plan
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.runs import ImportOutcome, ImportStatus
from archive.contrib.transfer.pairs import Raw, pair_blocks, paired_text
from archive.contrib.transfer.records import (
    SiteArticle,
    SitePicture,
    SiteReader,
    SiteText,
    UnreadStory,
    image_values,
)
from archive.desk.actions import open_translation
from archive.desk.audit import log_each
from archive.desk.models import Segment, Translation
from archive.desk.pairs.given_text import GivenText, laid_out_text, lay_text_as_translation
from archive.desk.pairs.linked_text import Filling
from archive.desk.pairs.segment_links import link_segments
from archive.desk.segments import source_segments
from archive.site.permalinks import permanent_path
from archive.stories.body import TRANSLATABLE, raw
from archive.stories.lookup import section_for
from archive.stories.models import ArticlePage
from archive.stories.publish_guard import PublicationRefusedError
from archive.text import richtext
from archive.text.language import column
from archive.text.punctuation import joined, labelled
from archive.text.segmentation import SourceSegment, extract

logger = logging.getLogger(__name__)

# A text of these kinds may well read the same in both languages: a name, an agency.
_SAME_IN_BOTH = {"credit", "attribution", "cell", "dateline"}


@dataclass(frozen=True)
class TransferOptions:
    """What the user asked for; `credit` and `rights` serve pictures that have none."""

    dry_run: bool = False
    force: bool = False
    redirects: bool = True
    credit: str = ""
    rights: str = ""


@dataclass
class TransferRun:
    """Takes over what a reader reads, a story after the other."""

    reader: SiteReader
    options: TransferOptions

    def outcomes(self) -> Iterator[ImportOutcome]:
        """One a story, in order; one's trouble doesn't stop the others."""
        for story in self.reader.stories():
            if isinstance(story, UnreadStory):
                yield ImportOutcome(story.name, ImportStatus.FAILED, reason=story.reason)
            else:
                yield self._outcome(story)
        if not self.options.dry_run:
            self.reader.finish()

    def _outcome(self, article: SiteArticle) -> ImportOutcome:
        name, notes = article.source, list(article.warnings)
        try:
            with transaction.atomic():
                status, page = self._take(article, notes)
            reason = _reason(status)
        except IntakeError as error:
            status, page, reason = ImportStatus.FAILED, None, str(error)
        except Exception as error:  # one record's trouble must not stop the run
            logger.exception("Taking over %s failed", name)
            reason = _("unexpected error (%(error)s); nothing of it was stored")
            reason %= {"error": error or repr(error)}
            status, page = ImportStatus.FAILED, None
        told = replace(article, warnings=tuple(notes))
        return ImportOutcome(name, status, told, reason, page.pk if page else None)

    def _take(
        self, article: SiteArticle, notes: list[str]
    ) -> tuple[ImportStatus, ArticlePage | None]:
        plan = make_plan(
            article, publish=article.is_live, force=self.options.force, key=article.key
        )
        if plan.verdict is ImportVerdict.PUBLISH and plan.page and plan.page.first_published_at:
            # An editor took it down here, or is at work on it.
            plan = replace(plan, verdict=ImportVerdict.UNCHANGED)
        if plan.verdict in (ImportVerdict.UNCHANGED, ImportVerdict.KEEP):
            notes.clear()  # They were said when it was taken over.
            return _STATUSES[plan.verdict], plan.page
        if self.options.dry_run:
            _note_pairs(article, notes)
            return _STATUSES[plan.verdict], plan.page
        if plan.verdict is not ImportVerdict.PUBLISH:
            ids = self._image_ids(article, notes)
            plan = replace(plan, article=replace(article, image_ids=ids))
        else:
            self._image_ids(article, notes)  # They may have got their rights.
        page = self._write(plan, notes)
        is_as_before = plan.verdict is ImportVerdict.PUBLISH and not page.live
        return _STATUSES[ImportVerdict.UNCHANGED if is_as_before else plan.verdict], page

    def _write(self, plan: ImportPlan, notes: list[str]) -> ArticlePage:
        article = plan.article
        assert isinstance(article, SiteArticle)  # noqa: S101
        is_new = plan.verdict is ImportVerdict.CREATE
        page = plan.page
        if plan.verdict is not ImportVerdict.PUBLISH:
            # A site's own publications and sections are all wanted.
            plan = replace(plan, may_make=make_all)
            page = apply_plan(plan, complete=lambda page: _complete(page, article)).page
        assert page is not None  # noqa: S101
        if article.is_live and (page.live or page.first_published_at is None):
            _publish(page, notes)
        page = ArticlePage.objects.get(pk=page.pk)
        if article.translation and plan.verdict is not ImportVerdict.PUBLISH:
            self._translate(page, article, notes, is_new=is_new)
        elif article.translation and page.live:
            _publish_translation(page, article)
        if self.options.redirects:
            notes += add_redirects(page, [article.original, article.translation])
        return ArticlePage.objects.get(pk=page.pk)

    def _image_ids(self, article: SiteArticle, notes: list[str]) -> dict[str, int]:
        """The stored images of both texts by the site's names for them."""
        captions: dict[str, dict[str, str]] = {}
        for text in filter(None, (article.original, article.translation)):
            for value in image_values(text.blocks):
                told = captions.setdefault(value["image"], {})
                if not value["alt_text"] and value["caption"]:
                    told.setdefault(text.language, value["caption"])
        found = {}
        for name, told in captions.items():
            picture = self.reader.picture(name) if name else None
            if picture is None:
                continue
            try:
                found[name] = self._store(picture, told)
            except IntakeError as error:
                notes.append(
                    _("picture left out, its caption stays: %(reason)s") % {"reason": error}
                )
        return found

    def _store(self, picture: SitePicture, captions: Mapping[str, str]) -> int:
        """The stored image's key; captions by language describe it where nothing else does."""
        described = {**captions, **{code: text for code, text in picture.alt_texts.items() if text}}
        texts = {
            "credit": self.options.credit,
            "rights": self.options.rights,
            **{column("alt_text", code): text for code, text in described.items()},
        }
        if picture.pk:
            image = get_image_model()._default_manager.get(pk=picture.pk)
            return int(complete_picture(image, texts).pk)
        data = picture.read() if picture.read else b""
        return int(stored_picture(picture.name, data, texts, picture.title).pk)

    def _translate(
        self, page: ArticlePage, article: SiteArticle, notes: list[str], *, is_new: bool
    ) -> None:
        translation = open_translation(page)
        text = article.translation
        assert translation is not None  # noqa: S101
        assert text is not None  # noqa: S101
        if not is_new and not self.options.force and _is_edited(translation):
            notes.append(_("its translation was edited here; not overwritten; use --force"))
            return
        # A draft's row doesn't have its newest words.
        draft = page.get_latest_revision_as_object()
        translation.article = draft
        given = _given_text(raw(draft.source("body")), source_segments(draft), article)
        laid_out = laid_out_text(draft, given)
        # What the site left out there is open here.
        words = {key: one for key, one in laid_out.fillings.items() if not one.left_out}
        revision = lay_text_as_translation(
            translation,
            given,
            replace(laid_out, fillings=words),
            # Whoever published it there stood by it; of a draft, nothing is known.
            confirmed=text.is_live,
            origins=_origins(given.known, words, text),
        )
        left = len(laid_out.left_over)
        doubtful = sum(one.is_doubtful and one.is_filled for one in words.values())
        notes += _told_of_text(left, doubtful)
        data = {"source": article.source, "digest": article.digest}
        log_each([translation], ACTION, user=None, data=data, revision=revision)
        _publish_translation(page, article)


_STATUSES = {
    ImportVerdict.CREATE: ImportStatus.CREATED,
    ImportVerdict.UPDATE: ImportStatus.UPDATED,
    ImportVerdict.PUBLISH: ImportStatus.PUBLISHED,
    ImportVerdict.UNCHANGED: ImportStatus.UNCHANGED,
    ImportVerdict.KEEP: ImportStatus.KEPT,
}


def _reason(status: ImportStatus) -> str:
    if status is ImportStatus.KEPT:
        return _("edited here, or not from a transfer; not overwritten; use --force to overwrite")
    return ""


def _complete(page: ArticlePage, article: SiteArticle) -> None:
    page.source_url = article.source_url[:500] or page.source_url
    if article.section_names and page.publication:
        page.section = section_for(page.publication, article.section_names)


def _publish(page: ArticlePage, notes: list[str]) -> None:
    """Publish its newest version if it has all that readers need; else it stays a draft."""
    try:
        with transaction.atomic():
            page.get_latest_revision().publish()
    except PublicationRefusedError as error:
        reason = " ".join(error.messages)
        notes.append(_("a draft, since it can't be published: %(reason)s") % {"reason": reason})


def _publish_translation(page: ArticlePage, article: SiteArticle) -> None:
    translation = Translation.objects.get(article=page, language=page.target_language)
    revision = translation.get_latest_revision()
    if not (revision and page.live and article.translation and article.translation.is_live):
        return
    segments = revision.content["segments"]
    if any(one["key"] == "headline" and one["target"] for one in segments):
        revision.publish()


def _is_edited(translation: Translation) -> bool:
    """Whether its newest version is another than the one that was taken over last."""
    if translation.latest_revision_id is None:
        return False
    entries = registry.get_logs_for_instance(translation).filter(action=ACTION)
    last = entries.first()
    return last is None or last.revision_id != translation.latest_revision_id


def _given_text(
    body: Sequence[Raw], sources: Sequence[SourceSegment], article: SiteArticle
) -> GivenText:
    """The site's translation, and what of it is known to belong to which of the sources."""
    translation = article.translation
    assert translation is not None  # noqa: S101
    pairs = pair_blocks(article.original.blocks, translation.blocks)
    blocks, known = paired_text(body, article.raw_translation(), pairs)
    # Sites fill in the source's own words where a translation is missing.
    own = {richtext.folded(one.text) for one in sources}
    segments = [
        one
        for one in [*_fields(translation), *extract(blocks, TRANSLATABLE)]
        if one.kind in _SAME_IN_BOTH or richtext.folded(one.text) not in own
    ]
    return GivenText(segments, known | {*ArticlePage.text_fields})


def _fields(text: SiteText) -> Iterator[SourceSegment]:
    for name, words in text.fields.items():
        if words.strip():
            yield SourceSegment(name, name, words)


def _origins(
    known: Collection[str], words: Mapping[str, Filling], text: SiteText
) -> dict[str, str]:
    """Whose the words are that the site itself has put where they belong, or had translated."""
    found: dict[str, str] = dict.fromkeys(known, Segment.Origin.HUMAN)
    for key, filling in words.items():
        if richtext.plain_text(filling.target).strip() in text.machine_texts:
            found[key] = Segment.Origin.MACHINE
    return found


def _note_pairs(article: SiteArticle, notes: list[str]) -> None:
    """How the two texts fit, of a story that isn't stored."""
    if article.translation is None:
        return
    body = article.raw_body()
    sources = [
        *(
            SourceSegment(name, name, text)
            for name, text in article.original.fields.items()
            if text
        ),
        *extract(body, TRANSLATABLE),
    ]
    given = _given_text(body, sources, article)
    links = link_segments(sources, given.segments, known=given.known)
    placed = {at for link in links if link.source for at in link.target}
    doubtful = sum(len(one.source) for one in links if one.target and one.is_doubtful)
    notes += _told_of_text(len(given.segments) - len(placed), doubtful)


def _told_of_text(left: int, doubtful: int) -> Iterator[str]:
    if left:
        text = ngettext(
            "%(count)d piece of the translation has no partner; it waits at the desk",
            "%(count)d pieces of the translation have no partner; they wait at the desk",
            left,
        )
        yield text % {"count": left}
    if doubtful:
        text = ngettext(
            "%(count)d segment of the translation is to be checked at the desk",
            "%(count)d segments of the translation are to be checked at the desk",
            doubtful,
        )
        yield text % {"count": doubtful}


def add_redirects(page: ArticlePage, texts: list[SiteText | None]) -> list[str]:
    """From each text's old address to its permanent one, where the site has redirects; notes."""
    if not apps.is_installed("wagtail.contrib.redirects"):
        return []
    # The app may be missing.
    from wagtail.contrib.redirects.models import Redirect

    notes = []
    longest = Redirect._meta.get_field("old_path").max_length
    seen = {"/"}
    for text in filter(None, texts):
        path = Redirect.normalise_path(text.path) if text.path else "/"
        if path in seen:
            continue
        seen.add(path)
        if len(path) > longest:
            notes.append(_("no redirect from %(path)s: it is too long") % {"path": path})
            continue
        link = permanent_path(page, text.language)
        known = Redirect.objects.filter(old_path=path).first()
        if known is None:
            Redirect.objects.create(old_path=path, redirect_link=link, automatically_created=True)
        elif known.redirect_link != link:
            notes.append(_("%(path)s is redirected already; left as it is") % {"path": path})
    return notes


def total(counts: Mapping[ImportStatus, int], *, dry_run: bool) -> str:
    """ "12 stories: 10 taken over, 1 unchanged, 1 not taken over": what became of them."""
    words = {
        ImportStatus.CREATED: _("to take over") if dry_run else _("taken over"),
        ImportStatus.UPDATED: _("to update") if dry_run else _("updated"),
        ImportStatus.PUBLISHED: _("to publish") if dry_run else _("published"),
        ImportStatus.UNCHANGED: _("unchanged"),
        ImportStatus.KEPT: _("left as edited here"),
        ImportStatus.FAILED: _("not taken over"),
    }
    number = sum(counts.values())
    stories = ngettext("%(count)d story", "%(count)d stories", number) % {"count": number}
    parts = [f"{counts[status]} {word}" for status, word in words.items() if counts.get(status)]
    return labelled(joined(parts), stories) if parts else stories
