"""Carries out a plan: each story whole or not at all. What a source lacks, its draft lacks.

Authors are found or created by name; places are found, never created.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import override

from archive.contrib.intake.body import carry_over, compose, stand_in_title
from archive.contrib.intake.pictures import store_pictures
from archive.contrib.intake.places import MayMake, NewPlace, NewPlaceError
from archive.contrib.intake.plan import (
    ImportPlan,
    ImportVerdict,
    Placement,
    doubt_of,
    log_import,
    source_mark,
    typed_since_import,
)
from archive.contrib.intake.records import TRADITIONAL, IntakeError, ParsedArticle, ParsedByline
from archive.contrib.intake.stated_stories import fill_stated, name_address, relate, store_ties
from archive.interchange.records import WholeStory
from archive.stories.actions import issue_for
from archive.stories.body import raw, with_own_ids
from archive.stories.lookup import (
    author_named,
    find_place,
    make_publication,
    named_publication,
    named_section,
    section_for,
)
from archive.stories.models import (
    ArticleByline,
    ArticlePage,
    HomePage,
    PublicationPage,
    SectionPage,
)
from archive.stories.policies import check_place, place_for
from archive.stories.publish_guard import PublicationRefusedError
from archive.stories.stale_save import lock_page
from archive.stories.unfiled import unfiled_publication
from archive.stories.unplaced import UnplacedText, place_words, stored_unplaced, unplaced_texts
from archive.text.fingerprints import word_row
from archive.text.language import CHINESE, LABELS, column, detect
from archive.text.mastheads import PrintedPaper
from archive.text.punctuation import joined
from archive.text.stored_messages import all_said_by
from archive.text.stored_messages import message as _


def signed(
    bylines: tuple[ParsedByline, ...], language: str, printed: str = ""
) -> tuple[list[ArticleByline], list[str]]:
    """The bylines to store, and what of the printed ones the archive can't hold.

    An author stands once in a role. A place that the archive doesn't know is held by the byline as
    it was `printed`, if that has it. Writes missing authors.
    """
    held = word_row([printed])
    stored: dict[tuple[int, str], ArticleByline] = {}
    unplaced: list[str] = []
    for byline in bylines:
        place = find_place(byline.place, language) if byline.place else None
        if byline.place and place is None and word_row([byline.place]) not in held:
            unplaced.append(place_words(byline.name, byline.place))
        role, author = role_of(byline), author_named(byline.name, language)
        one = stored.setdefault(
            (author.pk, role),
            ArticleByline(sort_order=len(stored), author=author, role=role, place=place),
        )
        if one.place is None:
            one.place = place
        elif place and one.place != place and word_row([byline.place or ""]) not in held:
            unplaced.append(place_words(byline.name, byline.place or ""))
    return list(stored.values()), unplaced


def role_of(byline: ParsedByline) -> str:
    """As the archive has it; one that it hasn't is a reporter's."""
    known = byline.role in ArticleByline.Role.values
    return byline.role if known else ArticleByline.Role.REPORTER.value


Completion = Callable[[ArticlePage], None]


@dataclass(frozen=True)
class AppliedPlan:
    """The story's page, if any; with `refusal`, it stays a draft for that reason.

    `notes` say what became of pictures that couldn't be taken in, or lack something.
    """

    page: ArticlePage | None = None
    is_published: bool = False
    refusal: str = ""
    notes: tuple[str, ...] = ()


def apply_plan(
    plan: ImportPlan,
    *,
    publish: bool = False,
    incomplete: bool = False,
    user: Any = None,
    complete: Completion | None = None,
) -> AppliedPlan:
    """Writes what the plan says: as a draft, or published with `publish` if nothing is missing.

    `incomplete` publishes also what has words of its source in no field. `complete` sets further
    fields before the page is saved. Without a `user` nobody's rights are asked for, and what was
    only guessed stays a draft. Raises IntakeError; the database is then as it was.
    """
    try:
        with transaction.atomic():
            if user is not None:
                check_rights(plan, user, publish=publish)
            match plan.verdict:
                case ImportVerdict.CREATE:
                    saved = _with_ties(_create(plan, user=user, complete=complete), plan, user)
                case ImportVerdict.UPDATE:
                    saved = _with_ties(_update(plan, user=user, complete=complete), plan, user)
                case ImportVerdict.PUBLISH:
                    saved, publish = AppliedPlan(_in_section(plan, user)), True
                case _:
                    return AppliedPlan(plan.page)
            if not publish:
                return saved
            if user is None and (doubt := doubt_of(plan.article)):
                return replace(saved, refusal=doubt)
            if plan.article.stated and not plan.article.stated.is_live:
                told = _("it is a draft in the archive that it comes from")
                return replace(saved, refusal=told)
            return _publish(saved, user, incomplete=incomplete)
    except ValidationError as error:
        raise IntakeError(all_said_by(error)) from error


def check_rights(plan: ImportPlan, user: Any, *, publish: bool) -> None:
    """Raises ValidationError where the person may not change the story, or not file it there."""
    live = publish or plan.verdict is ImportVerdict.PUBLISH
    if plan.page:
        here = plan.page.permissions_for_user(user)
        if not here.can_edit() or (live and not here.can_publish()):
            raise IntakeError(_("you do not have permission to change this story"))
    if plan.verdict in (ImportVerdict.CREATE, ImportVerdict.UPDATE) and (
        place := _place_so_far(plan.placement)
    ):
        check_place(place, user, live=live)


def _place_so_far(placement: Placement) -> Any:
    """The page below which the story will lie, or what there is of it yet; None for nothing."""
    if placement.paper is None:
        paper = PublicationPage.objects.filter(is_unfiled=True).first()
    else:
        paper = named_publication(placement.paper)
    if paper and placement.paper and placement.day:
        return place_for(paper, placement.day)
    return paper or HomePage.objects.first()


def _create(plan: ImportPlan, *, user: Any, complete: Completion | None) -> AppliedPlan:
    page, notes = new_page(plan, user=user, complete=complete)
    place = place_of(page)
    place.refresh_from_db()
    if plan.article.stated:
        name_address(page, plan.article.stated, place)
    place.add_child(instance=page)
    _save_revision(page, plan, user)
    return AppliedPlan(page, notes=notes)


def _with_ties(saved: AppliedPlan, plan: ImportPlan, user: Any) -> AppliedPlan:
    if plan.article.stated and saved.page:
        store_ties(saved.page, plan.article.stated, user)
    return saved


def new_page(
    plan: ImportPlan, *, user: Any = None, complete: Completion | None = None
) -> tuple[ArticlePage, tuple[str, ...]]:
    """The story, not yet saved, and what to tell of its pictures; authors, and the publication and
    section that may be made, are. Raises IntakeError."""
    page = ArticlePage(source_language=plan.article.language, live=False, owner=user)
    page.title = stand_in_title(plan.article)
    return page, _fill(page, plan, complete, user=user)


def place_of(page: ArticlePage) -> Any:
    """The story's issue; without a date its publication; without that the one for unfiled."""
    if page.publication and page.print_date:
        return issue_for(page.publication, page.print_date, live=False)
    place = page.publication or unfiled_publication()
    if place is None:
        raise _no_front_page()
    return place


def _update(plan: ImportPlan, *, user: Any, complete: Completion | None) -> AppliedPlan:
    page: ArticlePage = _as_planned(plan).get_latest_revision_as_object()
    kept = kept_texts(page, plan.article)
    notes = _fill(page, plan, complete, kept, user=user)
    # A draft need not pass the checks of a publication.
    page.is_being_published = False
    _save_revision(page, plan, user, kept)
    # The row says what was imported last, also while that is only a draft.
    names = ("import_key", "import_digest", "import_source")
    imported = {name: getattr(page, name) for name in names}
    ArticlePage.objects.filter(pk=page.pk).update(**imported)
    return AppliedPlan(page, notes=notes)


def _as_planned(plan: ImportPlan) -> ArticlePage:
    """The story, which nobody else changes now, and nobody has since the plan was made."""
    assert plan.page is not None  # noqa: S101
    lock_page(plan.page)
    stored = ArticlePage.objects.get(pk=plan.page.pk)
    if stored.locked:
        raise IntakeError(_("the story is locked in the editor; unlock it, then import again"))
    if stored.latest_revision_id != plan.page.latest_revision_id:
        raise IntakeError(_("somebody has changed this story meanwhile; import it again"))
    return stored


def _in_section(plan: ImportPlan, user: Any) -> ArticlePage:
    """The story as it was imported, in its section where that may be made by now."""
    page = _as_planned(plan)
    if page.publication and not page.section_id:
        draft: ArticlePage = page.get_latest_revision_as_object()
        draft.section = _section(page.publication, plan)
        if draft.section:
            draft.is_being_published = False
            _save_revision(draft, plan, user)
            return draft
    return page


def kept_texts(page: ArticlePage, article: ParsedArticle) -> set[str]:
    """What an editor has typed and the source lacks: it stays, by `imported_fields`' names."""
    said = {name: getattr(article, name) for name in page.text_fields}
    said |= {"contact": article.contact, "print_page": article.page, "bylines": article.bylines}
    said |= {"printed_byline": article.printed_byline}
    said |= {"body": article.blocks or article.raw_body()}
    return {name for name in typed_since_import(page) if name in said and not said[name]}


def _save_revision(
    page: ArticlePage, plan: ImportPlan, user: Any, kept: Collection[str] = ()
) -> None:
    revision = page.save_revision(user=user)
    log_import(page, revision, plan.article, user, kept)


def _publish(saved: AppliedPlan, user: Any, *, incomplete: bool) -> AppliedPlan:
    """Published if it has all that readers need; else it stays a draft."""
    page = saved.page
    if page is None or page.latest_revision is None:
        return saved
    page.may_be_incomplete = incomplete
    try:
        page.publish(page.latest_revision, user=user)
    except PublicationRefusedError as error:
        return replace(saved, refusal=all_said_by(error))
    return replace(saved, is_published=True)


def _fill(
    page: ArticlePage,
    plan: ImportPlan,
    complete: Completion | None,
    kept: Collection[str] = (),
    *,
    user: Any = None,
) -> tuple[str, ...]:
    """Writes the source language's text and the print data; tags and links are the editors'.

    What the source doesn't say, of headline, publication and date, the story keeps, and so it does
    what is `kept`. Gives what to tell of the pictures.
    """
    article, language, placement = plan.article, plan.article.language, plan.placement
    unplaced: list[str] = []
    # What a person has left out.
    refused: list[str] = []
    for name in page.text_fields:
        said = getattr(article, name) or ""
        if name == "headline" or name in kept:
            said = said or page.source(name) or ""
        setattr(page, column(name, language), _fitting(name, said, unplaced))
    # An editor may have chosen another.
    page.script = page.script or _script(article)
    body = column("body", language)
    field: Any = ArticlePage._meta.get_field(body)
    images, notes = store_pictures(article) if article.images else ({}, [])
    if "body" not in kept and not article.stated:
        blocks = carry_over(raw(getattr(page, body)), compose(article, images))
        setattr(page, body, field.to_python(with_own_ids(blocks)))
    if placement.paper:
        filed = article.stated.publication if article.stated else None
        slug = filed.slug if filed else ""
        page.publication = publication_for(placement.paper, plan.may_make, slug=slug)
        page.print_edition = _fitting("print_edition", placement.paper.edition, unplaced)
        section = _section(page.publication, plan)
        if article.section and section is None:
            refused.append(article.section)
        page.section = section or page.section
    elif article.section:
        unplaced.append(article.section)
    page.print_date = placement.day or page.print_date
    said = (
        ("print_page", article.page),
        ("contact", article.contact),
        ("printed_byline", article.printed_byline),
    )
    for name, text in said:
        if name not in kept:
            setattr(page, name, _fitting(name, text or "", unplaced))
    page.source_url = address_of(article) or page.source_url
    # An editor's notice stays.
    page.rights = page.rights or _fitting("rights", article.rights or "", unplaced)
    bylines, unsigned = signed(
        article.bylines if not article.stated else (), language, page.printed_byline
    )
    if "bylines" not in kept and not article.stated:
        page.bylines.set(bylines)
    # What an editor has left out stays left out.
    were_left_out = {one.text for one in unplaced_texts(page) if one.is_left_out}
    page.unplaced = stored_unplaced(
        replace(one, is_left_out=one.is_left_out or one.text in were_left_out)
        for one in _unplaced(article, unplaced, unsigned, refused)
    )
    if article.stated:
        notes += _stated(page, article.stated, images, user)
    page.import_key, page.import_digest = plan.key, article.source_digest
    page.import_source = source_mark(article)
    if complete:
        complete(page)
    return (*notes, *_names_to_spell(page))


def _names_to_spell(page: ArticlePage) -> Iterator[str]:
    """Who signs a text in the characters of the other language has a name to be given in its own:
    nobody else knows how it is spelt."""
    language = page.source_language
    for one in page.bylines.all():
        if not getattr(one.author, column("name", language)):
            message = _(
                "The byline has %(name)s: say in the list of authors how it is in %(language)s."
            )
            yield message % {"name": one.author, "language": LABELS[language]}


def _stated(page: ArticlePage, record: WholeStory, images: dict[str, int], user: Any) -> list[str]:
    """What a record says besides; gives what to tell of it."""
    left = fill_stated(page, record, images, user)
    relate(page, record.related)
    if not left:
        return []
    reason = _("you may not make names, so these are left out: %(names)s")
    return [reason % {"names": joined(left)}]


def _unplaced(
    article: ParsedArticle, unfitting: list[str], unsigned: list[str], refused: list[str]
) -> Iterator[UnplacedText]:
    """All that the fields don't hold. What isn't surely furniture waits for a person."""
    missing = article.missing
    for text in article.unplaced:
        yield UnplacedText(text, is_left_out=text not in missing)
    yield from map(UnplacedText, [*unfitting, *unsigned])
    if article.keywords:
        # A story has no field for them: its names and places are an editor's.
        with override(article.language):
            told = _("Keywords: %(words)s") % {"words": joined(article.keywords)}
        yield UnplacedText(told, is_left_out=True)
    for text in refused:
        yield UnplacedText(text, is_left_out=True)


def _fitting(name: str, text: str, unplaced: list[str]) -> str:
    """The text as far as the field can hold it; one that is longer is unplaced, whole."""
    field: Any = ArticlePage._meta.get_field(name)
    most = field.max_length
    if most is None or len(text) <= most:
        return text
    unplaced.append(text)
    return Truncator(text).chars(most)


def address_of(article: ParsedArticle) -> str:
    """Where the text is on the web, or "" for what a field of addresses can't hold."""
    url = article.url or ""
    try:
        ArticlePage._meta.get_field("source_url").run_validators(url)
    except ValidationError:
        return ""
    return url


def _script(article: ParsedArticle) -> str:
    """That of a Chinese text; "" for any other."""
    if article.language != CHINESE:
        return ""
    # Of a source in two languages, the Chinese half tells.
    told = {one.written_in for one in (article, *article.parts)}
    script = ArticlePage.Script
    return (script.TRADITIONAL if TRADITIONAL in told else script.SIMPLIFIED).value


def _section(publication: PublicationPage, plan: ImportPlan) -> SectionPage | None:
    name = plan.article.section or ""
    found = named_section(publication, name)
    if found or not name or plan.placement.paper is None:
        return found
    place = NewPlace(plan.placement.paper.name, name)
    if not (wanted := plan.may_make(place)):
        return None
    said = plan.article.stated.section if plan.article.stated else None
    if said:
        return section_for(publication, said.names, slug=said.slug)
    known = {plan.article.language: name}
    if isinstance(wanted, tuple) and len(wanted) > 1:
        known = {detect(one): one for one in reversed(wanted)}
    return section_for(publication, known)


def publication_for(paper: PrintedPaper, may_make: MayMake, *, slug: str = "") -> PublicationPage:
    """The paper's page, found by name in either language; made if it isn't there and may be.

    Readers get it, as its issues and sections, with the first story of it that is published.
    Raises NewPlaceError.
    """
    if page := named_publication(paper):
        return page
    place = NewPlace(paper.name)
    if not may_make(place):
        raise NewPlaceError(place)
    home = HomePage.objects.first()
    if home is None:
        raise _no_front_page()
    return make_publication(paper, home, slug=slug)


def _no_front_page() -> IntakeError:
    return IntakeError(_("the archive has no front page: run “manage.py archive_setup” first"))
