"""How a story is read: in its address's language, side by side, or with the other to reveal.

`view` in the address counts, then what the reader chose last (a cookie, set by that choice alone).
To read the other text alone is to change the page's language: a page is in one language, with its
frame and its `lang`. Whatever else has to know it, such as a cache, asks `view_of`.
"""

from dataclasses import dataclass
from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
    QueryDict,
)
from django.urls import NoReverseMatch
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import get_language_from_path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from archive.addresses import pattern
from archive.text.cached import gettext as _
from archive.text.language import (
    BOTH,
    LABELS,
    LANGUAGES,
    PAIRED,
    REVEAL,
    VIEW_PARAMETER,
    other,
)

COOKIE = "archive_view"
# What asks for the characters of the print: ?script=printed.
SCRIPT_PARAMETER, AS_PRINTED = "script", "printed"
MODES = (*LANGUAGES, *PAIRED)


@dataclass(frozen=True)
class View:
    """`mode` is one of MODES; `language` that of the main text; `as_printed`: a text in traditional
    characters is left in them."""

    mode: str
    language: str
    as_printed: bool = False

    @property
    def is_paired(self) -> bool:
        """Both texts are on the page."""
        return self.mode in PAIRED

    @property
    def other_language(self) -> str:
        return other(self.language)


@dataclass(frozen=True)
class ModeChoice:
    """A link of the mode bar."""

    mode: str
    label: str
    url: str
    is_current: bool

    @property
    def is_language(self) -> bool:
        """The label is in the language that it names."""
        return self.mode in LANGUAGES


def view_of(request: HttpRequest, article: Any, interface: str) -> View:
    """How the request reads the story, in a page of the language `interface`.

    A value that is unknown, or makes no sense for a story in one language, is ignored.
    """
    asked = "" if getattr(request, "is_preview", False) else asked_mode(request)
    as_printed = article.is_traditional and request.GET.get(SCRIPT_PARAMETER) == AS_PRINTED
    is_paired = asked in PAIRED and len(article.languages()) > 1
    return View(asked if is_paired else interface, interface, as_printed)


def language_asked(request: HttpRequest, article: Any, interface: str) -> str:
    """The other language, where the address asks for the story's text in it; else ""."""
    asked = request.GET.get(VIEW_PARAMETER, "")
    is_other = asked in LANGUAGES and asked != interface
    return asked if is_other and len(article.languages()) > 1 else ""


def script_query(request: HttpRequest, *, as_printed: bool) -> str:
    """The query with which this very page gives a text as printed, or in simplified characters."""
    query = request.GET.copy()
    query.pop(SCRIPT_PARAMETER, None)
    if as_printed:
        query[SCRIPT_PARAMETER] = AS_PRINTED
    return f"?{query.urlencode()}" if query else ""


def asked_mode(request: HttpRequest) -> str:
    """The mode that the address asks for, or else the reader's last choice; "" for neither."""
    asked = request.GET.get(VIEW_PARAMETER, "")
    return asked if asked in MODES else chosen_mode(request)


def chosen_mode(request: HttpRequest) -> str:
    """The reader's last choice, which is one of PAIRED; "" for one who never chose."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in PAIRED else ""


def choices(request: HttpRequest, article: Any, view: View) -> list[ModeChoice]:
    """The modes that make sense for this story; [] where there is nothing to choose."""
    if getattr(request, "is_preview", False) or len(article.languages()) < 2:
        return []
    labels = {
        **LABELS,
        BOTH: _("Side by side"),
        # Translators: a way to read: each paragraph's translation opens below it.
        REVEAL: _("Tap to reveal"),
    }
    # The characters that were asked for stay.
    printed = urlencode({SCRIPT_PARAMETER: AS_PRINTED}) if view.as_printed else ""
    try:
        # Where a choice ("%s") is remembered, and from where it leads on to the story.
        to = urlencode({"to": f"{request.path}?{printed}" if printed else request.path})
        url = f"{pattern('archive_view')}?{to.replace('%', '%%')}"
    except NoReverseMatch:  # A site that doesn't mount it: nothing is remembered.
        url = f"?{VIEW_PARAMETER}=%s" + (f"&{printed}" if printed else "")
    return [ModeChoice(mode, labels[mode], url % mode, mode == view.mode) for mode in MODES]


def query_in(request: HttpRequest, language: str) -> str:
    """The query of this story's address in a language, for who changes the page's language.

    Side by side stays so; a text in one language changes along.
    """
    if asked_mode(request) not in PAIRED:
        return query_of_text(request, language)
    return "".join(request.get_full_path().partition("?")[1:])


def query_of_text(request: HttpRequest, language: str) -> str:
    """The query with which the story's address in a language shows that text, and no other."""
    query = request.GET.copy()
    query.pop(VIEW_PARAMETER, None)
    if chosen_mode(request):
        query[VIEW_PARAMETER] = language
    return f"?{query.urlencode()}" if query else ""


ONE_YEAR = 365 * 24 * 3600


@never_cache
@require_safe
def choose(request: HttpRequest, mode: str) -> HttpResponse:
    """`to` is the path of the story. A text alone is read at the address in its language, which
    needs no cookie, and so leaves none.

    Of its query, only what asks for the characters of the print goes on to the story.
    """
    path, _mark, query = request.GET.get("to", "").partition("?")
    language = get_language_from_path(path)
    # A path of this site in one of its languages; never another host's address.
    if mode not in MODES or not language or not url_has_allowed_host_and_scheme(path, None):
        return HttpResponseBadRequest()  # After a 404 Django would look for /en/view/….
    is_plain = mode in LANGUAGES
    if is_plain:
        path = f"/{mode}/{path[1:].partition('/')[2]}"
    asked = {} if is_plain else {VIEW_PARAMETER: mode}
    if QueryDict(query).get(SCRIPT_PARAMETER) == AS_PRINTED:
        asked[SCRIPT_PARAMETER] = AS_PRINTED
    response = HttpResponseRedirect(f"{path}?{urlencode(asked)}" if asked else path)
    response.headers["X-Robots-Tag"] = "noindex"
    if is_plain:
        response.delete_cookie(COOKIE, samesite="Lax")
    else:
        secure = request.is_secure()
        response.set_cookie(COOKIE, mode, ONE_YEAR, secure=secure, httponly=True, samesite="Lax")
    return response
