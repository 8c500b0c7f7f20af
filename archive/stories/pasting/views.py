"""What the story's form asks the reader of texts: of a text that is pasted, of a typed byline."""

import json
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import include, path, reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.blocks import StreamBlock
from wagtail.permission_policies.pages import PagePermissionPolicy

from archive.entities.fields import text_in
from archive.entities.models import Entity
from archive.entities.rich_text import EDIT_URL_NAME
from archive.stories.lookup import author_called, author_named, lock_authors, places_called
from archive.stories.models import ArticleByline, ArticlePage, Author
from archive.stories.pasting.clipboard import left_out_of
from archive.stories.pasting.reader import PastedStory, PastingError, PrintedName, pasted_reader
from archive.stories.unplaced import place_words, stored_unplaced
from archive.text.language import FIRST, LANGUAGES, column, supported
from archive.text.segmentation import Raw

_FOUND = "archive/admin/story_form/found.html"
_BYLINE = "archive/admin/story_form/byline_rows.html"
_EDIT_AUTHOR = "wagtailsnippets_archive_author:edit"
# More names sign no story; each costs two queries.
_MOST_NAMES = 40


@require_POST
def paste(request: HttpRequest) -> JsonResponse:
    """Reads `html` and `text` of a clipboard: {"language", "blocks", "unplaced", "found", …}.

    `blocks` are the form's state of a body, which has all words of the text but `unplaced`;
    `found` is HTML, "" unless `whole` says that the text is a story and not a piece of one;
    "message" says what was done. `filled` names the fields of the form that have words already:
    what the text says for them is shown, and can't be accepted. Stores nothing; 400 with "error"
    for what can't be read.
    """
    _check_writes(request.user)
    markup, text = request.POST.get("html", ""), request.POST.get("text", "")
    reader = pasted_reader()
    try:
        if not request.POST.get("whole"):
            language = request.POST.get("language") or FIRST
            piece = PastedStory(language, reader.read_blocks(markup, text))
            said = [_pasted(len(piece.blocks)), *left_out_of(markup)]
            return _answer(piece, "", " ".join(said))
        filled = set(request.POST.getlist("filled"))
        story = reader.read_story(markup, text, filled=filled, user=request.user)
    except PastingError as error:
        message = _("This can't be pasted: %(reason)s") % {"reason": error}
        return JsonResponse({"error": message}, status=400)
    found = [replace(one, takes=_takes(one.name, story)) for one in story.found]
    context = {
        "found": found,
        "can_accept": any(not one.waits for one in found),
        "warnings": story.warnings,
    }
    html = render_to_string(_FOUND, context, request) if found or story.warnings else ""
    return _answer(story, html, _pasted(len(story.blocks)))


def _pasted(count: int) -> str:
    said = ngettext("%(count)d block was pasted.", "%(count)d blocks were pasted.", count)
    return said % {"count": count}


def _takes(name: str, story: PastedStory) -> list[dict[str, Any]]:
    """What accepting a proposal takes out of the body, as the form's script reads it."""
    return [
        {
            "id": one.id,
            "proposals": one.proposals,
            "rest": _form_state([one.rest], story.language)[0] if one.rest else None,
            "left": one.left,
        }
        for one in story.taken
        if name in one.proposals
    ]


def _answer(story: PastedStory, found: str, message: str) -> JsonResponse:
    language = story.language
    state = _form_state(story.blocks, language if language in LANGUAGES else FIRST)
    unplaced = stored_unplaced(story.unplaced)
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
    names = _read_bylines(request)[:_MOST_NAMES]
    with transaction.atomic():
        if keeps and names:
            # Another request may be about to make the same author.
            lock_authors()
        rows = [
            _row(one, language if language in LANGUAGES else FIRST, request.user, keeps=keeps)
            for one in names
        ]
    notes = [row["note"] for row in rows if row["note"]]
    html = render_to_string(_BYLINE, {"rows": rows}, request)
    return JsonResponse({"rows": rows, "html": html, "notes": notes})


def _read_bylines(request: HttpRequest) -> list[PrintedName]:
    try:
        given = json.loads(request.POST.get("bylines") or "null")
        return [
            PrintedName(str(one["name"])[:160], str(one["role"]), str(one["place"] or "") or None)
            for one in given or []
        ] or pasted_reader().read_byline(request.POST.get("text", ""))
    except (ValueError, KeyError, TypeError, RecursionError):
        return []


def _row(one: PrintedName, language: str, user: Any, *, keeps: bool) -> dict[str, Any]:
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
    unplaced = place_words(one.name, one.place) if one.place and found is None else ""
    role = one.role if one.role in ArticleByline.Role.values else ArticleByline.Role.REPORTER.value
    return {
        "name": one.name,
        "author": _chosen(author, _EDIT_AUTHOR) if author else None,
        "role": role,
        "role_label": str(ArticleByline.Role(role).label),
        "place": _chosen(found, EDIT_URL_NAME) if found else None,
        "unplaced": unplaced,
        "note": note,
    }


def _chosen(thing: Author | Entity, address: str) -> dict[str, Any]:
    """As Wagtail's choosers keep what was chosen."""
    title = text_in(thing, "name", supported(get_language())).text
    url = reverse(address, args=[thing.pk])
    return {"id": thing.pk, "title": title, "string": title, "edit_url": url}


def _check_writes(user: Any) -> None:
    if not PagePermissionPolicy().user_has_any_permission(user, {"add", "change"}):
        raise PermissionDenied


urlpatterns = [
    path("paste/", paste, name="paste"),
    path("byline/", byline, name="byline"),
]

admin_urls = [path("story-form/", include((urlpatterns, "archive_story_form")))]
