"""Carries out a plan: each story whole or not at all.

Authors are found or created by name; places are found, never created.
"""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from archive.entities.models import Entity
from archive.intake.body import carry_over, compose
from archive.intake.mastheads import PrintedPaper
from archive.intake.plan import ImportPlan, ImportVerdict, log_import
from archive.intake.records import IntakeError, ParsedByline
from archive.stories.actions import issue_for
from archive.stories.archive_page import latin_slug
from archive.stories.body import raw, with_own_ids
from archive.stories.models import ArticleByline, ArticlePage, Author, HomePage, PublicationPage
from archive.stories.policies import check_place, place_for
from archive.text.language import FIRST, column, columns


def signed(
    bylines: tuple[ParsedByline, ...], language: str
) -> tuple[list[ArticleByline], list[str]]:
    """The bylines to store, and what of the printed ones the archive can't hold.

    Writes missing authors.
    """
    stored: list[ArticleByline] = []
    unplaced: list[str] = []
    for order, byline in enumerate(bylines):
        place = find_place(byline.place, language) if byline.place else None
        if byline.place and place is None:
            unplaced.append(f"{byline.name}: {byline.place}")
        role = byline.role if byline.role in ArticleByline.Role.values else None
        stored.append(
            ArticleByline(
                sort_order=order,
                author=author_named(byline.name, language),
                role=role or ArticleByline.Role.REPORTER,
                place=place,
            )
        )
    return stored, unplaced


def author_named(name: str, language: str) -> Author:
    """The author of that name in either language; made if there is none."""
    found = Author.objects.filter(_named(name)).order_by("pk").first()
    return found or Author.objects.create(**{column("name", language): name})


def find_place(printed: str, language: str) -> Entity | None:
    """The one place of that name: "Zhanjiang, Guangdong" is Zhanjiang; None if in warning."""
    for name in dict.fromkeys([printed, printed.split(",")[0].strip()]):
        alias = Q(names__text__iexact=name, names__language=language, names__forbidden=False)
        found: list[Entity] = list(
            Entity.objects.places().filter(_named(name) | alias).distinct()[:2]
        )
        if len(found) == 1:
            return found[0]
    return None


def _named(name: str) -> Q:
    return reduce(or_, (Q(**{f"{column_}__iexact": name}) for column_ in columns("name")))


Completion = Callable[[ArticlePage], None]


def apply_plan(
    plan: ImportPlan, *, publish: bool = False, user: Any = None, complete: Completion | None = None
) -> ArticlePage | None:
    """Writes what the plan says, as a draft unless `publish`; returns the page, if any.

    `complete` sets further fields before the page is saved. Without a `user` nobody's rights are
    asked for. Raises IntakeError; the database is then as it was.
    """
    try:
        with transaction.atomic():
            if user is not None:
                _check_rights(plan, user, publish=publish)
            match plan.verdict:
                case ImportVerdict.CREATE:
                    return _create(plan, publish=publish, user=user, complete=complete)
                case ImportVerdict.UPDATE:
                    return _update(plan, publish=publish, user=user, complete=complete)
                case ImportVerdict.PUBLISH if plan.page and plan.page.latest_revision:
                    plan.page.latest_revision.publish(user=user)
            return plan.page
    except ValidationError as error:
        raise IntakeError(" ".join(error.messages)) from error


def _check_rights(plan: ImportPlan, user: Any, *, publish: bool) -> None:
    """Raises ValidationError where the person may not change the story, or not file it there."""
    live = publish or plan.verdict is ImportVerdict.PUBLISH
    if plan.page:
        here = plan.page.permissions_for_user(user)
        if not here.can_edit() or (live and not here.can_publish()):
            raise IntakeError(_("you do not have permission to change this story"))
    if plan.verdict in (ImportVerdict.CREATE, ImportVerdict.UPDATE):
        paper = named_publication(plan.placement.paper)
        place = place_for(paper, plan.placement.day) if paper else HomePage.objects.first()
        if place:
            check_place(place, user, live=live)


def _create(
    plan: ImportPlan, *, publish: bool, user: Any, complete: Completion | None
) -> ArticlePage:
    issue = issue_for(publication_for(plan.placement.paper), plan.placement.day)
    page = ArticlePage(source_language=plan.article.language, live=False, owner=user)
    _fill(page, plan, complete)
    issue.refresh_from_db()
    issue.add_child(instance=page)
    _save_revision(page, plan, publish=publish, user=user)
    return page


def _update(
    plan: ImportPlan, *, publish: bool, user: Any, complete: Completion | None
) -> ArticlePage:
    assert plan.page is not None  # noqa: S101
    if plan.page.locked:
        raise IntakeError(_("the story is locked in the editor; unlock it, then import again"))
    page: ArticlePage = plan.page.get_latest_revision_as_object()
    _fill(page, plan, complete)
    # A draft need not pass the checks of a publication.
    page.is_being_published = publish
    _save_revision(page, plan, publish=publish, user=user)
    # The row says what was imported last, also while that is only a draft.
    imported = {"import_key": page.import_key, "import_digest": page.import_digest}
    ArticlePage.objects.filter(pk=page.pk).update(**imported)
    return page


def _save_revision(page: ArticlePage, plan: ImportPlan, *, publish: bool, user: Any) -> None:
    revision = page.save_revision(user=user)
    log_import(page, revision, plan.article.source, user)
    if publish:
        revision.publish(user=user)


def _fill(page: ArticlePage, plan: ImportPlan, complete: Completion | None) -> None:
    """Writes the source language's text and the print data; tags and links are the editors'."""
    article, language = plan.article, plan.article.language
    texts = {name: getattr(article, name) or "" for name in ("headline", "standfirst", "dateline")}
    for name, text in texts.items():
        setattr(page, column(name, language), text)
    body = column("body", language)
    field: Any = ArticlePage._meta.get_field(body)
    blocks = carry_over(raw(getattr(page, body)), compose(article))
    setattr(page, body, field.to_python(with_own_ids(blocks)))
    page.publication = publication_for(plan.placement.paper)
    page.print_date = plan.placement.day
    page.print_edition = plan.placement.paper.edition
    page.print_page = article.page or ""
    page.contact = article.contact or ""
    bylines, unplaced = signed(article.bylines, language)
    page.bylines.set(bylines)
    page.unplaced = [*article.unplaced, *unplaced]
    page.import_key, page.import_digest = plan.key, article.digest
    if complete:
        complete(page)


def publication_for(paper: PrintedPaper) -> PublicationPage:
    """The paper's page, found by name in either language; made and published if it isn't there."""
    if page := named_publication(paper):
        return page
    home = HomePage.objects.first()
    if home is None:
        raise IntakeError(_("the archive has no front page: run “manage.py archive_setup” first"))
    name = paper.names.get(FIRST) or next(iter(paper.names.values()))
    names = {column("name", language): text for language, text in paper.names.items()}
    page = PublicationPage(title=name, slug=latin_slug(name) or "publication", **names)
    home.add_child(instance=page)
    return page


def named_publication(paper: PrintedPaper) -> PublicationPage | None:
    """The paper's page, found by name in either language."""
    named = reduce(or_, map(_named, paper.names.values()))
    found: PublicationPage | None = PublicationPage.objects.filter(named).order_by("pk").first()
    return found
