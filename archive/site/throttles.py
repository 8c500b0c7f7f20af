"""Tells who logs in, guesses or resets a password or searches too often to wait, and how long."""

import unicodedata
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import LoginView, PasswordResetView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from archive.conf import settings
from archive.site.limits import Limit, client_of

# Guesses at one account from one client, from all clients, and of one client at all accounts:
# a whole newsroom may be one client, so the last leaves room for the mistakes of many.
LOGIN = Limit("login", 10, 600)
LOGIN_ACCOUNT = Limit("login account", 100, 600)
LOGIN_CLIENT = Limit("login client", 100, 600)
# Guesses at the password of one part of the site.
PASSWORD = Limit("password", 10, 600)
PASSWORD_ALL = Limit("password of all", 500, 600)
# Mails to set a new password: to one person asked for by one client, by all, and of one client.
RESET = Limit("password reset", 3, 3600)
RESET_ACCOUNT = Limit("password reset account", 10, 3600)
RESET_CLIENT = Limit("password reset client", 30, 3600)
# The search box asks with every few letters: so often for each search that is allowed.
SUGGESTIONS_PER_SEARCH = 5


def minutes_message(wait: int) -> str:
    """What everybody who must wait is told."""
    minutes = max(1, -(-wait // 60))
    text = ngettext(
        "There were too many attempts. Please try again in %(minutes)d minute.",
        "There were too many attempts. Please try again in %(minutes)d minutes.",
        minutes,
    )
    return text % {"minutes": minutes}


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    """The page that says how long to wait."""
    message = minutes_message(wait)
    if request.GET.get("format") == "json":
        return with_retry(JsonResponse({"error": message}, status=429), wait)
    return with_retry(render(request, "archive/429.html", {"message": message}, status=429), wait)


def with_retry(response: HttpResponse, wait: int) -> HttpResponse:
    response["Retry-After"] = str(wait)
    response["Cache-Control"] = "no-store"
    return response


def count_search(request: HttpRequest, name: str, times: int = 1) -> int:
    """Counts one more search of the account or client; gives the seconds to wait, or 0."""
    user = getattr(request, "user", None)
    whose = f"user {user.pk}" if user and user.is_authenticated else client_of(request)
    most = settings.SEARCHES_PER_MINUTE * times
    return Limit(name, most, 60, is_light=True).count(whose) if whose and most else 0


def limited(
    name: str, times: int = 1
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """For views that search: by account, or by client. `times` as often as the setting says."""

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            wait = count_search(request, name, times)
            return too_many(request, wait) if wait else view(request, *args, **kwargs)

        return counted

    return decorate


# Wagtail's views that take the password of pages and of documents, with what they guard.
_PASSWORD_VIEWS = {
    "wagtailcore_authenticate_with_password": "page_view_restriction_id",
    "wagtaildocs_authenticate_with_password": "restriction_id",
}


class ThrottleMiddleware:
    """Limits guesses at passwords, and mails that set new ones: place it after the middleware for
    CSRF, users and languages.

    Each guess is counted before it is looked at, so that many at once don't slip through.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Both views lead on to somewhere if the password was right.
        if response.status_code == 302:
            for limit, whose in getattr(request, "archive_guesses", ()):
                limit.give_back(*whose)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        counts = _counts(request, view, kwargs) if request.method == "POST" else []
        for limit, whose in counts:
            # Who has used up their own doesn't use up what others share with them.
            if wait := limit.count(*whose):
                if _is_a(LoginView, view) or _is_a(PasswordResetView, view):
                    return _refused_form(request, view, wait)
                return too_many(request, wait)
        if not _is_a(PasswordResetView, view):
            # Of a mail, none is the right one.
            request.archive_guesses = counts  # type: ignore[attr-defined]
        return None


_Counts = list[tuple[Limit, tuple[object, ...]]]


def _counts(request: HttpRequest, view: Any, kwargs: dict[str, Any]) -> _Counts:
    """What a guess or a mail counts towards; nothing for other requests."""
    client, match = client_of(request), request.resolver_match
    limits, account = None, ""
    if _is_a(LoginView, view) or _is_django_login(request):
        limits, account = (LOGIN, LOGIN_ACCOUNT, LOGIN_CLIENT), request.POST.get("username", "")
    elif _is_a(PasswordResetView, view):
        limits, account = (RESET, RESET_ACCOUNT, RESET_CLIENT), request.POST.get("email", "")
    if limits:
        one, of_account, of_client = limits
        account = _account(account)
        # Without a client, the small limit would let anybody lock anybody out.
        by_all: _Counts = [(of_account, (account,))]
        own: _Counts = [(one, (account, client)), *by_all, (of_client, (client,))]
        return own if client else by_all
    if match and (name := _PASSWORD_VIEWS.get(match.url_name or "")):
        guarded = (match.url_name, kwargs[name])
        every: _Counts = [(PASSWORD_ALL, guarded)]
        return [(PASSWORD, (client, *guarded)), *every] if client else every
    return []


def _account(typed: str) -> str:
    """The same for all spellings of a name that Django takes for one: `ｂｏｓｓ` is `boss`.

    Normalizing takes long for long texts; no name is longer than this.
    """
    return unicodedata.normalize("NFKC", typed.strip()[:255]).casefold()


def _is_a(kind: type[Any], view: Any) -> bool:
    return issubclass(getattr(view, "view_class", object), kind)


def _is_django_login(request: HttpRequest) -> bool:
    """The login of Django's own admin, a function."""
    match = request.resolver_match
    return bool(match and match.app_names[-1:] == ["admin"] and match.url_name == "login")


def _refused_form(request: HttpRequest, view: Any, wait: int) -> HttpResponse:
    """The form as it was filled in, with the reason; nothing is looked at or sent."""
    shown: type[Any] = view.view_class
    form_class: type[Any] = shown(**view.view_initkwargs).get_form_class()

    def clean(form: Any) -> None:
        raise ValidationError(minutes_message(wait))

    refusing = type(form_class.__name__, (form_class,), {"clean": clean})
    members = {"get_form_class": lambda self: refusing}
    refusal: type[Any] = type(shown.__name__, (shown,), members)
    response: HttpResponse = refusal.as_view(**view.view_initkwargs)(request)
    response.status_code = 429
    return with_retry(response, wait)
