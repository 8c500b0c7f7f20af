"""What importing a story's other language does: reads only."""

from dataclasses import dataclass, replace
from typing import Any

from wagtail.models import Revision

from archive.contrib.intake.plan import (
    ImportVerdict,
    find_imported,
    import_keys,
    imports_of,
    make_plan,
    place,
)
from archive.contrib.intake.records import IntakeError, ParsedArticle
from archive.contrib.intake.translations.partners import find_story
from archive.desk.models import Translation
from archive.desk.pairs.undo import words_of
from archive.stories.models import ArticlePage
from archive.text.stored_messages import message as _


@dataclass(frozen=True)
class TranslationPlan:
    """What is to be done with a text that is the translation of `page`.

    `key` is what it is known by; `translation` the one that the story has, if any.
    """

    article: ParsedArticle
    page: ArticlePage
    key: str
    verdict: ImportVerdict
    translation: Translation | None = None

    @property
    def is_the_same(self) -> bool:
        """Whether this very text was imported before."""
        known = self.translation
        return known is not None and known.import_digest == self.article.digest


def plan_translation(
    article: ParsedArticle,
    *,
    group: str = "",
    page: ArticlePage | None = None,
    told: int | None = None,
    publish: bool = False,
    force: bool = False,
    user: Any = None,
) -> TranslationPlan | None:
    """None for a text that is a story of its own, in the archive already or from now on.

    `page` is the story that it was found to belong to; else the archive is asked, as far as the
    user may see it. `told` is the key of the story that a person was told of: it counts, though
    somebody has begun to translate it since.
    """
    if article.stated and not article.is_stated_translation:
        return None
    day = place(article).day
    keys = import_keys(article, day)
    taken = Translation.objects.select_related("article")
    if user is not None:
        taken = taken.filter(article__in=ArticlePage.objects.shown_to(user).order_by().values("pk"))
    known = find_imported(taken, article, keys, article.source_digest)
    if known and (page is None or known.article_id == page.pk):
        verdict = _verdict(article, known, publish=publish, force=force)
        return TranslationPlan(article, known.article, keys[0], verdict, known)
    own = make_plan(article, user=user).page
    if article.stated:
        page = page or own
        if page is None or page.source_language == article.language:
            raise IntakeError(
                _("the story that it translates isn't in the archive; import it first")
            )
    elif own:
        return None
    page = page or find_story(article, group, day, user, told)
    if page is None or page.source_language == article.language:
        return None
    plan = TranslationPlan(article, page, keys[0], ImportVerdict.CREATE)
    begun = Translation.objects.filter(article=page, language=page.target_language).first()
    if begun is None or begun.latest_revision_id is None:
        return replace(plan, translation=begun)
    # A translator's work stays, and so does this text: it can't be a story of its own.
    verdict = ImportVerdict.UPDATE if force else ImportVerdict.KEEP
    return replace(plan, verdict=verdict, translation=begun)


def _verdict(
    article: ParsedArticle, known: Translation, *, publish: bool, force: bool
) -> ImportVerdict:
    same = known.import_digest == article.digest
    is_open = publish and not known.live and known.article.live
    if same and not is_open:
        return ImportVerdict.UNCHANGED
    entry = imports_of(known).first()
    if entry is None or has_other_words(known, entry.revision_id):
        others = ImportVerdict.UPDATE if force else ImportVerdict.KEEP
        return ImportVerdict.UNCHANGED if same else others
    # What a person has corrected in it stays.
    is_corrected = same and entry.data["digest"] != article.digest
    return ImportVerdict.UNCHANGED if is_corrected else ImportVerdict.UPDATE


def has_other_words(translation: Translation, imported: int | None) -> bool:
    """Whether the translation's newest version says anything else than that one: whoever has only
    published it hasn't translated it."""
    newest = translation.latest_revision_id
    if newest == imported:
        return False
    found = Revision.objects.in_bulk({newest, imported} - {None})
    return len(found) < 2 or words_of(found[newest]) != words_of(found[imported])
