"""Makes one story of two: a pair is confirmed, or refused. The journal takes it back.

Confirming takes the other story's text into the kept one's translation as a draft. The other page
is locked. Readers keep it until the translation is published; from then on its address leads to
the kept story.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log

from archive.desk.actions import open_translation, write_print
from archive.desk.audit import log_each
from archive.desk.errors import DeskError
from archive.desk.models import StoryPair, Translation
from archive.desk.pairs.given_text import GivenText, laid_out_text, lay_text_as_translation
from archive.desk.pairs.policies import pairs_for
from archive.desk.pairs.undo import PairKind, keep_pair, version_facts
from archive.desk.segments import source_segments
from archive.entities.fields import text_in
from archive.journal.recording import recording
from archive.stories.bylines import each_once
from archive.stories.models import ArticlePage, Author, PublicationPage, SectionPage
from archive.stories.signals import texts_changed
from archive.text.language import CHINESE, FIRST, column, columns

JOINED = "archive.join_stories"
REFUSED = "archive.refuse_pair"


class PairError(DeskError):
    """Why two stories can't be joined, in a sentence for the editor."""


def open_pairs(pairs: QuerySet[StoryPair]) -> QuerySet[StoryPair]:
    """Those to decide: none of their stories is in a confirmed pair."""
    joined = StoryPair.objects.filter(state=StoryPair.State.CONFIRMED)
    found = pairs.filter(state=StoryPair.State.OPEN)
    for end in ("one", "two"):
        for name in ("one", "two"):
            found = found.exclude(**{f"{end}__in": joined.values(name)})
    return found


def _locked(pair: StoryPair, user: Any, state: str) -> StoryPair:
    """The row as the database has it, for this transaction; raises PairError."""
    found = StoryPair.objects.select_for_update(of=("self",)).filter(pk=pair.pk).first()
    if user is not None and not pairs_for(user).filter(pk=pair.pk).exists():
        raise PermissionDenied
    if found is None or found.state != state:
        raise PairError(_("Somebody has decided this pair meanwhile. Load the list again."))
    return found


def probably_original(pair: StoryPair) -> ArticlePage:
    """The story that is kept unless a person says otherwise: the one printed first."""
    last = date.max
    ends = (pair.one, pair.two)
    return min(ends, key=lambda one: (one.print_date or last, not one.live, one.pk))


@transaction.atomic
def confirm_pair(pair: StoryPair, user: Any, keep: ArticlePage | None = None) -> Translation:
    """Make the two one story; gives its translation, a draft with the other story's text.

    Raises PairError, and PermissionDenied.
    """
    pair = _locked(pair, user, StoryPair.State.OPEN)
    kept = ArticlePage.objects.get(pk=(keep or probably_original(pair)).pk)
    if kept.pk not in (pair.one_id, pair.two_id):
        raise PairError(_("This story is in another pair."))
    lost = ArticlePage.objects.get(pk=pair.two_id if kept.pk == pair.one_id else pair.one_id)
    translation, other = _unbegun(kept), _unbegun(lost)
    if not open_pairs(StoryPair.objects.filter(pk=pair.pk)).exists():
        raise PairError(_("One of the two stories is in another pair already."))
    with recording(PairKind.name, kept, str(pair), user=user) as record:
        keep_pair(record, lost, translation, other)
        translation.article = draft = kept.get_latest_revision_as_object()
        text = GivenText(source_segments(lost.get_latest_revision_as_object()))
        revision = lay_text_as_translation(translation, text, laid_out_text(draft, text), user=user)
        record.facts = version_facts(revision)
    log_each([translation], JOINED, user=user, data={"story": lost.pk}, revision=revision)
    lock = {"locked": True, "locked_at": timezone.now(), "locked_by": user}
    ArticlePage.objects.filter(pk=lost.pk).update(**lock)
    pair.state, pair.kept, pair.entry = StoryPair.State.CONFIRMED, kept, record.entry
    _decide(pair, user)
    for page, other_page in ((kept, lost), (lost, kept)):
        log(page, JOINED, user=user, data={"story": other_page.pk})
    return translation


def _unbegun(story: ArticlePage) -> Translation:
    """The story's translation; raises PairError where somebody is at work on it or on the story."""
    translation = None if story.alias_of_id else open_translation(story)
    is_begun = translation and (translation.live or translation.latest_revision_id)
    if translation is None or is_begun or translation.comments.exists():
        reason = _("“%(story)s” has a translation already; only a story without one can be joined.")
        raise PairError(reason % {"story": story})
    if story.locked:
        raise PairError(_("“%(story)s” is locked in the editor.") % {"story": story})
    if story.current_workflow_state:
        raise PairError(_("“%(story)s” is in review.") % {"story": story})
    return translation


def _decide(pair: StoryPair, user: Any) -> None:
    pair.decided_by, pair.decided_at = user, timezone.now()
    pair.save()


@transaction.atomic
def refuse_pair(pair: StoryPair, user: Any) -> None:
    """The two are different stories; they are never offered again. Raises as `confirm_pair`."""
    _refuse(_locked(pair, user, StoryPair.State.OPEN), user)


def refuse_stories(story: ArticlePage, other: ArticlePage, user: Any) -> None:
    """Two stories are different, as somebody has said before they were offered as a pair."""
    one, two = sorted((story, other), key=lambda end: end.source_language != FIRST)
    pair = StoryPair.objects.get_or_create(one=one, two=two)[0]
    if pair.state == StoryPair.State.OPEN:
        _refuse(pair, user)


def _refuse(pair: StoryPair, user: Any) -> None:
    pair.state = StoryPair.State.REFUSED
    _decide(pair, user)
    log(pair.one, REFUSED, user=user, data={"story": pair.two_id})
    texts_changed.send(ArticlePage, pks=[pair.one_id, pair.two_id])


@transaction.atomic
def reopen_pair(pair: StoryPair, user: Any) -> None:
    """Ask about a refused pair again. Raises as `confirm_pair`."""
    pair = _locked(pair, user, StoryPair.State.REFUSED)
    pair.state, pair.decided_by, pair.decided_at = StoryPair.State.OPEN, None, None
    pair.save()
    texts_changed.send(ArticlePage, pks=[pair.one_id, pair.two_id])


def retire_joined(translation: Translation) -> None:
    """The translation is with its readers: a page that had the text leaves them, and where it was
    printed is told of the translation."""
    article = translation.article
    pair = _joined_in(article)
    write_print(article, print_of(pair.lost) if pair else own_print(translation))
    if pair and pair.lost.live:
        # Whoever may publish the translation needs no right to the page, which is locked.
        action = UnpublishPageAction(pair.lost, user=translation.publisher)
        action.execute(skip_permission_checks=True)


def print_to_come(translation: Translation) -> dict[str, Any]:
    """Where readers will be told that this version's text was printed by itself: as of `Marks`."""
    pair = None if translation.printed else _joined_in(translation.article)
    return print_of(pair.lost) if pair else own_print(translation)


def _joined_in(article: ArticlePage) -> StoryPair | None:
    return StoryPair.objects.filter(kept=article.pk, state=StoryPair.State.CONFIRMED).first()


def public_pairs(ends: Q | None = None) -> Iterator[tuple[ArticlePage, dict[str, Any]]]:
    """The kept stories whose translations readers have, each with where its text was printed; of
    all pairs, or of those of which a story is one of `ends`."""
    confirmed = StoryPair.objects.filter(
        state=StoryPair.State.CONFIRMED, kept__translations__live=True
    )
    if ends is not None:
        stories = ArticlePage.objects.filter(ends).order_by().values("pk")
        confirmed = confirmed.filter(Q(one__in=stories) | Q(two__in=stories))
    for pair in confirmed.select_related("one", "two", "kept"):
        if pair.kept:
            yield pair.kept, print_of(pair.lost)


def rewrite_prints(ends: Q, named: Q | None = None) -> list[int]:
    """Something of these stories, or a name in what is `printed` of these translations, has
    changed: where their texts were printed is told anew.

    Gives the stories of which something else is told now.
    """
    told = list(public_pairs(ends))
    if named is not None:
        found = list(Translation.objects.filter(named, live=True).select_related("article"))
        told += zip([one.article for one in found], own_prints(found), strict=True)
    return [pk for article, printed in told for pk in write_print(article, printed)]


def own_print(translation: Translation) -> dict[str, Any]:
    """Where the text of a translation was printed as its file says, with names of today.

    A paper, section or author that the archive has is called as in all other citations: a name that
    is corrected there was never right. What was really called otherwise on that day, as before a
    paper took another name, is a publication of its own, or none: that keeps the printed name.
    """
    return own_prints([translation])[0]


def own_prints(translations: Sequence[Translation]) -> list[dict[str, Any]]:
    """The same of many, in their order: three queries, where any of them has such names."""
    printed = [dict(one.printed) for one in translations]
    places: tuple[Any, ...] = (PublicationPage, SectionPage)
    for name, model in zip(("publication", "section"), places, strict=True):
        keys = [one.get(f"{name}_key") for one in printed]
        found = model.objects.in_bulk(set(filter(None, keys)))
        for translation, one, key in zip(translations, printed, keys, strict=True):
            if place := found.get(key):
                one[name] = text_in(place, "name", translation.language).text
    signed = {int(key) for one in printed for key in one.get("author_keys") or ()}
    authors = Author.objects.select_related("merged_into").in_bulk(signed)
    for translation, one in zip(translations, printed, strict=True):
        if one.get("author_keys"):
            one["authors"] = [
                author_in_print(line["role"], author.canonical, translation.language)
                if (author := authors.get(line.get("key")))
                else line
                for line in one["authors"]
            ]
    return printed


def print_of(story: ArticlePage) -> dict[str, Any]:
    """What `archive.stories.marks.Marks` holds of a story that was printed; {} for any other."""
    if story.is_sample or not (story.publication and story.print_date):
        return {}
    language = story.source_language
    bylines = each_once(story.bylines.select_related("author__merged_into"))
    return {
        "publication": text_in(story.publication, "name", language).text,
        "edition": story.print_edition,
        "section": text_in(story.section, "name", language).text if story.section else "",
        "date": story.print_date.isoformat(),
        "page": story.print_page,
        "authors": [author_in_print(line.role, line.author, language) for line in bylines],
        "rights": story.rights,
        "source_url": story.source_url,
    }


def author_in_print(role: str, author: Author, language: str) -> dict[str, Any]:
    """Who signed a text in that language, as `Marks.printed` has it."""
    return {
        "role": role,
        "key": author.pk,
        "name": text_in(author, "name", language).text,
        "chinese": getattr(author, column("name", CHINESE), "") or "",
        "names": [name for one in columns("name") if (name := getattr(author, one, ""))],
    }


def keeping_stories(gone: QuerySet[ArticlePage, Any]) -> QuerySet[StoryPair, int]:
    """The keys of the stories whose translations the texts of these have become."""
    pairs = StoryPair.objects.filter(state=StoryPair.State.CONFIRMED).order_by()
    return pairs.filter(Q(one__in=gone) | Q(two__in=gone)).values_list("kept", flat=True)


def joined_into(story: int) -> ArticlePage | None:
    """The story that this one's text is the translation of; None for a story of its own."""
    ends = Q(one=story) | Q(two=story)
    pairs = StoryPair.objects.filter(ends, state=StoryPair.State.CONFIRMED).exclude(kept=story)
    pair = pairs.select_related("kept").first()
    return pair.kept if pair else None
