"""What the story's form asks the reader of texts: of a text that is pasted, of a typed byline."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.blocks import StreamBlock
from wagtail.permission_policies.pages import PagePermissionPolicy

from archive.conf import settings
from archive.entities.fields import text_in
from archive.entities.models import Entity
from archive.entities.rich_text import EDIT_URL_NAME
from archive.intake.apply import (
    author_called,
    author_named,
    named_publication,
    named_section,
    places_called,
)
from archive.intake.body import Raw
from archive.intake.clipboard import found_fields, read_copied_blocks, read_copied_story
from archive.intake.pasted import PastedBody, pasted_body
from archive.intake.plan import place
from archive.intake.records import IntakeError, ParsedArticle, ParsedByline
from archive.intake.sources import check_size
from archive.intake.story_fields import bylines_of
from archive.stories.models import ArticleByline, ArticlePage, Author
from archive.stories.policies import papers_for
from archive.stories.unplaced import place_words, stored_unplaced
from archive.text.language import FIRST, LANGUAGES, column, supported
from archive.text.punctuation import aside, joined

_FOUND = "archive/admin/story_form/found.html"
_BYLINE = "archive/admin/story_form/byline_rows.html"
_EDIT_AUTHOR = "wagtailsnippets_archive_author:edit"
# More names sign no story; each costs two queries.
_MOST_NAMES = 40


@dataclass(frozen=True)
class FoundField:
    """What a pasted text says of a story: words to look at, and what accepting them does.

    `values` are the form's, by its fields' names; `bylines` are rows for `ParsedByline`; `takes`
    are the blocks that leave the body with it: {"id", "proposals", "rest"}, see `TakenBlock`.
    `waits` says why it can't be accepted; `is_whole` that the fields hold all that its lines say:
    other lines stay in the body.
    """

    name: str
    label: str
    shown: str
    values: dict[str, Any] = field(default_factory=dict)
    bylines: list[dict[str, Any]] = field(default_factory=list)
    takes: list[dict[str, Any]] = field(default_factory=list)
    waits: str = ""
    is_whole: bool = True

    @property
    def json(self) -> str:
        rest = {"values": self.values, "bylines": self.bylines, "takes": self.takes}
        return json.dumps({"name": self.name, **rest}, ensure_ascii=False)


@require_POST
def paste(request: HttpRequest) -> JsonResponse:
    """Reads `html` and `text` of a clipboard: {"language", "blocks", "unplaced", "found", …}.

    `blocks` are the form's state of a body, which has all words of the text but `unplaced`;
    `found` is HTML, "" unless `whole` says that the text is a story and not a piece of one;
    "message" says what was done. `filled` names the fields of the form that have words already:
    none is proposed for them. Stores nothing; 400 with "error" for what can't be read.
    """
    _check_writes(request.user)
    markup, text = request.POST.get("html", ""), request.POST.get("text", "")
    try:
        for given in (markup, text):
            size = len(given.encode("utf-8", "surrogatepass"))
            check_size(size, settings.INTAKE_MAX_BYTES, "ARCHIVE_INTAKE_MAX_BYTES")
        if not request.POST.get("whole"):
            blocks = read_copied_blocks(markup, text)
            language = request.POST.get("language") or FIRST
            return _answer(language, PastedBody(blocks, [], []), "", "")
        article = read_copied_story(markup, text)
    except IntakeError as error:
        message = _("This can't be pasted: %(reason)s") % {"reason": error}
        return JsonResponse({"error": message}, status=400)
    filled = set(request.POST.getlist("filled"))
    # Day and paper are filled in from where the story lies; accepting others can be undone.
    found = [
        one
        for one in _found(article, request.user)
        if one.name == "citation" or not filled & set(one.values)
    ]
    body = pasted_body(article, {one.name for one in found if one.is_whole and not one.waits})
    found = [replace(one, takes=_takes(one.name, body, article.language)) for one in found]
    context = {
        "found": found,
        "can_accept": any(not one.waits for one in found),
        "warnings": article.warnings,
    }
    html = render_to_string(_FOUND, context, request)
    message = ngettext(
        "%(count)d block was pasted.", "%(count)d blocks were pasted.", len(body.blocks)
    ) % {"count": len(body.blocks)}
    return _answer(article.language, body, html if found or article.warnings else "", message)


def _takes(name: str, body: PastedBody, language: str) -> list[dict[str, Any]]:
    """What accepting a proposal takes out of the body, as the form's script reads it."""
    return [
        {
            "id": one.id,
            "proposals": one.proposals,
            "rest": _form_state([one.rest], language)[0] if one.rest else None,
        }
        for one in body.taken
        if name in one.proposals
    ]


def _answer(language: str, body: PastedBody, found: str, message: str) -> JsonResponse:
    state = _form_state(body.blocks, language if language in LANGUAGES else FIRST)
    unplaced = stored_unplaced(body.unplaced)
    answer = {"language": language, "blocks": state, "found": found, "message": message}
    return JsonResponse({**answer, "unplaced": unplaced})


def _form_state(blocks: list[Raw], language: str) -> list[Raw]:
    """The blocks as the form's StreamField keeps them."""
    field_: Any = ArticlePage._meta.get_field(column("body", language))
    stream: StreamBlock = field_.stream_block
    state: list[Raw] = stream.get_form_state(stream.to_python(blocks))
    return state


@require_POST
def byline(request: HttpRequest) -> JsonResponse:
    """The byline that is typed or was found: {"rows", "html", "notes"}.

    `text` is as printed, or `bylines` a list of name, role and place. With `keep` the authors that
    nobody knows yet are made; without, such rows have no author. A row's `unplaced` is its printed
    place where that is no place of the archive, with the name; else "".
    """
    _check_writes(request.user)
    language = request.POST.get("language") or FIRST
    keeps = bool(request.POST.get("keep"))
    rows = [
        _row(one, language if language in LANGUAGES else FIRST, request.user, keeps=keeps)
        for one in _read_bylines(request)[:_MOST_NAMES]
    ]
    notes = [row["note"] for row in rows if row["note"]]
    html = render_to_string(_BYLINE, {"rows": rows}, request)
    return JsonResponse({"rows": rows, "html": html, "notes": notes})


def _read_bylines(request: HttpRequest) -> list[ParsedByline]:
    try:
        given = json.loads(request.POST.get("bylines") or "null")
        return [
            ParsedByline(str(one["name"])[:160], str(one["role"]), str(one["place"] or "") or None)
            for one in given or []
        ] or list(bylines_of(request.POST.get("text", "")))
    except (ValueError, KeyError, TypeError, RecursionError):
        return []


def _row(one: ParsedByline, language: str, user: Any, *, keeps: bool) -> dict[str, Any]:
    """A row of the form's bylines: author and place as choosers take them, and the role."""
    author, note = author_called(one.name), ""
    if author is None and keeps and user.has_perm("archive.add_author"):
        author = author_named(one.name, language)
    elif author is None and keeps:
        note = _("“%(name)s” is no author yet, and you may not add one.") % {"name": one.name}
    places = places_called(one.place, language) if one.place else []
    found = places[0] if len(places) == 1 else None
    if one.place and found is None:
        text = (
            _("“%(place)s” is the name of several places: choose one in the row of %(name)s.")
            if places
            else _("“%(place)s” is not among the places: it is kept with the words not placed.")
        )
        note = text % {"place": one.place, "name": one.name}
    role = one.role if one.role in ArticleByline.Role.values else ArticleByline.Role.REPORTER.value
    return {
        "name": one.name,
        "author": _chosen(author, _EDIT_AUTHOR) if author else None,
        "role": role,
        "role_label": str(ArticleByline.Role(role).label),
        "place": _chosen(found, EDIT_URL_NAME) if found else None,
        "unplaced": place_words(one.name, one.place) if one.place and found is None else "",
        "note": note,
    }


def _chosen(thing: Author | Entity, address: str) -> dict[str, Any]:
    """As Wagtail's choosers keep what was chosen."""
    title = text_in(thing, "name", supported(get_language())).text
    url = reverse(address, args=[thing.pk])
    return {"id": thing.pk, "title": title, "string": title, "edit_url": url}


def _found(article: ParsedArticle, user: Any) -> list[FoundField]:
    said, language = found_fields(article), article.language
    found = []
    for name in ("headline", "standfirst"):
        if text := said.get(name):
            found.append(FoundField(name, _label(name), text, {column(name, language): text}))
    if article.bylines:
        found.append(_found_byline(article))
    if text := said.get("dateline"):
        field_ = column("dateline", language)
        found.append(FoundField("dateline", _label("dateline"), text, {field_: text}))
    found += _found_citation(article, said.get("print_page"), user)
    for name in ("contact", "source_url", "rights"):
        if text := said.get(name):
            found.append(FoundField(name, _label(name), text, {name: text}))
    return found


def _label(name: str) -> str:
    field_: Any = ArticlePage._meta.get_field(name)
    label = str(field_.verbose_name)
    return label[:1].upper() + label[1:]


def _found_byline(article: ParsedArticle) -> FoundField:
    rows = [{"name": one.name, "role": one.role, "place": one.place} for one in article.bylines]
    shown = [one.name + aside(one.place) if one.place else one.name for one in article.bylines]
    return FoundField("byline", _("Byline"), joined(shown), bylines=rows)


def _found_citation(article: ParsedArticle, page: str | None, user: Any) -> list[FoundField]:
    """Publication, date, page and section as one: what the paper printed as one line.

    Day and page of a paper that isn't the person's would file the story under another.
    """
    printed = place(article)
    values: dict[str, Any] = {}
    shown, waits = [article.publication or ""], ""
    paper = named_publication(printed.paper) if printed.paper else None
    if printed.paper and paper and papers_for(user).filter(pk=paper.pk).exists():
        values["publication"] = paper.pk
        values["print_edition"] = printed.paper.edition
        if section := named_section(paper, article.section or ""):
            values["section"] = section.pk
    elif article.publication:
        shown = [_("%(paper)s (not among your publications)") % {"paper": article.publication}]
        waits = _("Its line stays in the text: fill in publication, date and page yourself.")
    if printed.day:
        values["print_date"] = printed.day.isoformat()
        shown.append(date_format(printed.day))
    if page:
        values["print_page"] = page
        shown.append(_("page %(page)s") % {"page": page})
    if article.section:
        shown.append(article.section)
    values = {name: value for name, value in values.items() if value}
    if not any(shown):
        return []
    words = joined(filter(None, shown))
    if waits:
        return [FoundField("citation", _("Printed in"), words, waits=waits)]
    is_whole = not article.section or "section" in values
    return [FoundField("citation", _("Printed in"), words, values, is_whole=is_whole)]


def _check_writes(user: Any) -> None:
    if not PagePermissionPolicy().user_has_any_permission(user, {"add", "change"}):
        raise PermissionDenied
