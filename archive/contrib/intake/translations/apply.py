"""Takes a text in as the translation of its story, and back out again.

What nobody has looked at is a draft. With `publish`, it is for readers only where nothing is open:
each paragraph has its own, and both texts name the same paper, day and authors.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import filterfalse
from typing import Any

from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import get_language, ngettext

from archive.contrib.intake.apply import address_of, role_of
from archive.contrib.intake.body import compose
from archive.contrib.intake.pictures import store_pictures
from archive.contrib.intake.plan import ACTION, ImportVerdict, doubt_of, log_data, place
from archive.contrib.intake.records import TRANSLATOR, IntakeError, ParsedArticle, ParsedByline
from archive.contrib.intake.stated_stories import date_translation, stated_translation
from archive.contrib.intake.translations.agreement import disagreements
from archive.contrib.intake.translations.plan import TranslationPlan
from archive.desk.actions import open_translation
from archive.desk.audit import log_each
from archive.desk.models import Translation
from archive.desk.models.translation import PROGRESS
from archive.desk.pairs.actions import author_in_print
from archive.desk.pairs.given_text import (
    GivenText,
    keep_text_aside,
    laid_out_text,
    lay_text_as_translation,
)
from archive.desk.pairs.linked_text import Filling, LaidOut
from archive.desk.policies import may_take_in, policy
from archive.desk.segments import source_segments
from archive.entities.fields import text_in
from archive.stories.body import TRANSLATABLE, pictures
from archive.stories.lookup import author_called, named_publication, named_section
from archive.stories.models import ArticlePage, Author
from archive.stories.publish_guard import PublicationRefusedError
from archive.text.fingerprints import is_separator
from archive.text.language import UNSPACED, column
from archive.text.punctuation import in_sentences, joined
from archive.text.segmentation import PLAIN, SourceSegment, extract
from archive.text.stored_messages import all_said_by
from archive.text.stored_messages import message as _

# What taking a text in changes in the translation's row.
ROW = (
    *("latest_revision_id", "has_unpublished_changes", "live", "live_revision_id"),
    *("first_published_at", "last_published_at", "state", "rank", "stale_count"),
    *("import_key", "import_digest", "printed", *PROGRESS),
)


@dataclass(frozen=True)
class TakenTranslation:
    """The translation with its new version, how many of its segments are doubtful, why it isn't
    published although it should be, and what to tell of the text's pictures."""

    translation: Translation
    revision: Any
    doubtful: int = 0
    left_over: int = 0
    is_published: bool = False
    refusal: str = ""
    pictures: tuple[str, ...] = ()


def take_translation(
    plan: TranslationPlan, *, publish: bool = False, user: Any = None
) -> TakenTranslation:
    """Write the text into the translation's draft, a segment a paragraph. Raises IntakeError.

    Where somebody else's work stays, the text is kept below it.
    """
    page = ArticlePage.objects.get(pk=plan.page.pk)
    check_may_take_in(user, page)
    translation = open_translation(page)
    if translation is None:
        raise IntakeError(_("the story only repeats another one"))
    translation.article = page
    if translation.get_lock() or page.locked:
        raise IntakeError(_("the story is locked in the editor; unlock it, then import again"))
    is_kept_aside = plan.verdict is ImportVerdict.KEEP
    text = given_text(plan.article, None if is_kept_aside else print_named(plan.article))
    # On the object too, which a publication writes back whole.
    translation.import_key, translation.import_digest = plan.key, plan.article.source_digest
    Translation.objects.filter(pk=translation.pk).update(
        import_key=plan.key, import_digest=plan.article.source_digest
    )
    told = tuple(_pictures_besides(plan.article, page))
    if is_kept_aside:
        # No version of an import's: whatever comes next leaves this one alone as well.
        revision = keep_text_aside(translation.get_latest_revision_as_object(), text, user=user)
        left = len(text.segments) + len(text.besides)
        return TakenTranslation(translation, revision, left_over=left, pictures=told)
    origins: dict[str, str] = {}
    if plan.article.stated:
        text, laid_out, origins = stated_translation(page, plan.article.stated, user)
    else:
        laid_out = laid_out_text(page, text)
    refusal = refusal_of(plan.article, translation, laid_out, user) if publish else ""
    publish = publish and not refusal

    def take(translation: Translation, *, is_published: bool) -> TakenTranslation:
        confirmed = is_published or _is_confirmed(plan.article)
        revision = lay_text_as_translation(
            translation, text, laid_out, user=user, confirmed=confirmed, origins=origins
        )
        log_each([translation], ACTION, user=user, data=log_data(plan.article), revision=revision)
        taken = replace(taken_as(translation, revision, laid_out, refusal), pictures=told)
        if is_published:
            revision.publish(user=user)
        return replace(taken, is_published=is_published)

    try:
        with transaction.atomic():
            taken = take(translation, is_published=publish)
    except PublicationRefusedError as error:
        # Nobody has read what readers can't have: of what was confirmed nothing stays.
        refusal = all_said_by(error)
        written = Translation.objects.get(pk=translation.pk)
        written.article = ArticlePage.objects.get(pk=page.pk)
        taken = take(written, is_published=False)
    if taken.is_published and plan.article.stated:
        date_translation(page, plan.article.stated)
    return taken


def _is_confirmed(article: ParsedArticle) -> bool:
    """Whether people stood by it where the file comes from."""
    said = article.stated.translation if article.stated else None
    return said is not None and said.is_live


def check_may_take_in(user: Any, page: ArticlePage) -> None:
    """Raises IntakeError for whoever may not put a text into the story's translation."""
    if not may_take_in(user, page):
        raise IntakeError(_("you do not have permission to change this story’s translation"))


def given_text(article: ParsedArticle, printed: dict[str, Any] | None = None) -> GivenText:
    """`printed` as `print_named` has it; who signed there needs no other place."""
    besides = list(_said_besides(article, is_signed=bool(printed)))
    return GivenText(segments_of(article), besides=besides, printed=printed or {})


def print_named(article: ParsedArticle) -> dict[str, Any]:
    """Where the text says that it was printed itself, as of `archive.stories.marks.Marks`; {} for
    one that doesn't, or that a translator signs. Nothing is made that the archive hasn't."""
    paper, day, language = place(article).paper, article.published, article.language
    if not (paper and day) or any(one.role == TRANSLATOR for one in article.bylines):
        return {}
    publication, section = named_publication(paper), article.section or ""
    filed = named_section(publication, section) if publication else None
    named = text_in(publication, "name", language).text if publication else ""
    authors = [_author_named(one, language) for one in article.bylines]
    keys = [one["key"] for one in authors if one["key"]]
    return {
        "publication": named or paper.names.get(language, paper.name),
        "edition": paper.edition,
        "section": text_in(filed, "name", language).text if filed else section,
        "date": day.isoformat(),
        "page": article.page or "",
        "publication_key": publication.pk if publication else None,
        "section_key": filed.pk if filed else None,
        "author_keys": dict.fromkeys(map(str, keys), True),
        "authors": list({(one["role"], one["name"]): one for one in authors}.values()),
        "rights": article.rights or "",
        "source_url": address_of(article),
    }


def _author_named(byline: ParsedByline, language: str) -> dict[str, Any]:
    author = author_called(byline.name) or Author(**{column("name", language): byline.name})
    return author_in_print(role_of(byline), author, language)


def taken_as(
    translation: Translation, revision: Any, laid_out: LaidOut, refusal: str
) -> TakenTranslation:
    """The translation as it was laid out, with its segments and texts that wait counted."""
    left = sum(one.kind == "orphan" for one in translation.segments.all())
    doubtful = sum(one.is_doubtful for one in laid_out.fillings.values())
    return TakenTranslation(translation, revision, doubtful, left, refusal=refusal)


def told_of(plan: TranslationPlan, taken: TakenTranslation) -> str:
    """Whose translation it is, and what of it a person should look at, in sentences."""
    if plan.verdict is ImportVerdict.KEEP:
        is_now = _("The text is kept below the segments of the translation of “%(title)s”.")
    elif taken.is_published:
        is_now = _("The text is published as the translation of “%(title)s”.")
    else:
        is_now = _("The text is a draft of the translation of “%(title)s”.")
    told: list[str] = [is_now % {"title": plan.page.title}]
    if plan.verdict is not ImportVerdict.KEEP:
        told += _still_to_do(taken)
    if taken.pictures:
        told.append(_("Pictures: %(remarks)s.") % {"remarks": in_sentences(taken.pictures)})
    return ("" if get_language() in UNSPACED else " ").join(told)


def _still_to_do(taken: TakenTranslation) -> Iterator[str]:
    if taken.refusal:
        reason = {"reason": str(taken.refusal).rstrip(".。")}
        yield _("It can’t be published yet: %(reason)s.") % reason
    if count := taken.doubtful:
        text = ngettext(
            "%(count)d segment is doubtful: check it at the desk.",
            "%(count)d segments are doubtful: check them at the desk.",
            count,
        )
        yield text % {"count": count}
    if count := taken.left_over:
        text = ngettext(
            "%(count)d passage has no place in the story and waits below its segments.",
            "%(count)d passages have no place in the story and wait below its segments.",
            count,
        )
        yield text % {"count": count}


def _pictures_besides(article: ParsedArticle, page: ArticlePage) -> Iterator[str]:
    """The text's pictures are stored; those that the story doesn't show are named."""
    if not article.images:
        return
    stored, notes = store_pictures(article)
    yield from notes
    shown = {one.image.pk for one in pictures(page.source("body"))}
    besides = [name for name, key in stored.items() if key not in shown]
    if besides:
        text = ngettext(
            "a picture isn't in the story; it is among the images: %(names)s",
            "%(count)d pictures aren't in the story; they are among the images: %(names)s",
            len(besides),
        )
        yield text % {"count": len(besides), "names": joined(besides)}


def refusal_of(
    article: ParsedArticle, translation: Translation, laid_out: LaidOut, user: Any
) -> str:
    """Why the translation stays a draft, whoever imports it; "" if readers may have it."""
    page = translation.article
    if not page.live:
        return _("the story isn’t published")
    if user and not policy.user_has_permission_for_instance(user, "publish", translation):
        return _("you do not have permission to publish translations")
    if user is None and (doubt := doubt_of(article)):
        return doubt
    if article.stated:
        is_live = _is_confirmed(article)
        return "" if is_live else _("it is a draft in the archive that it comes from")
    open_ = disagreements(article, page)
    filled = [laid_out.fillings.get(one.key, Filling()) for one in source_segments(page)]
    if laid_out.left_over or any(
        one.is_doubtful or one.left_out or not one.is_filled for one in filled
    ):
        open_.append(_("paragraphs"))
    if not open_:
        return ""
    text = _("a person must confirm it first: the two don’t agree in all (%(names)s)")
    return text % {"names": lazy(lambda: joined([one.again() for one in open_]), str)()}


def segments_of(article: ParsedArticle) -> list[SourceSegment]:
    """The text's own segments, fields first."""
    texts = {name: (getattr(article, name) or "").strip() for name in ArticlePage.text_fields}
    fields = [SourceSegment(name, name, text, PLAIN) for name, text in texts.items() if text]
    return fields + extract(compose(article), TRANSLATABLE)


def _said_besides(article: ParsedArticle, *, is_signed: bool) -> Iterator[str]:
    """What else the text says: it has no segment, and is kept beside them."""
    for one in article.bylines:
        if one.place or not is_signed:
            yield f"{one.name} ({one.place})" if one.place else one.name
    yield from filter(None, [article.contact])
    yield from filterfalse(is_separator, article.unplaced)
