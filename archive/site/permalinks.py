"""Permanent addresses of stories, in no language: /s/1h2/; and /s/1h2/zh/ for one of them.

Their short ids are a page's number in NOID's digits, and a check character. NOID (Nice Opaque
Identifiers) leaves out vowels and "l": no id is a word, and none is misread. The check character
finds any one wrong character and any two that have traded places.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers

from archive.addresses import address
from archive.stories.models import ArticlePage
from archive.text.language import BY_SHORT_CODE, SHORT_CODES, supported


def permalink(request: HttpRequest, short: str, suffix: str = "") -> HttpResponse:
    """To where the story is now, in the language asked for, or else in the one it was written in.

    Browsers take the fragment along, so a link to a paragraph stays one.
    """
    if suffix and suffix not in BY_SHORT_CODE:
        raise Http404
    article = readable_story(short)
    wanted = BY_SHORT_CODE.get(suffix) or supported(translation.get_language())
    language = wanted if wanted in article.languages() else article.source_language
    place = story_address(request, article, language)
    query = request.META.get("QUERY_STRING", "")
    # Not for good: a story may move, and get its translation.
    response = redirect(f"{place}?{query}" if query else place)
    if not suffix:
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def permanent_path(article: Any, language: str = "") -> str:
    """The path of the story's permanent address, in one of its languages or in none."""
    if not language:
        return address("archive_permalink", short_id(article.pk))
    return address("archive_permalink_in", short_id(article.pk), SHORT_CODES[language])


def story_address(request: HttpRequest, article: Any, language: str) -> str:
    """Where the story is now, in one of its languages; Http404 where no site has it."""
    with translation.override(language):
        place = article.get_url(request)
    if not place:
        raise Http404
    return str(place)


def readable_story(short: str) -> Any:
    """The story of a short id, if any reader may see it; else Http404. Two queries."""
    number = number_of(short)
    stories = ArticlePage.objects.cards().shown_to_public()
    article = stories.filter(pk=number).first() if number else None
    if article is None:
        raise Http404
    return article


DIGITS = "0123456789bcdfghjkmnpqrstvwxz"
# What people type for a digit that they read.
_MISREAD = str.maketrans("oil", "011")
# A number of this many digits fits the database's key.
_LONGEST = 12


def short_id(number: int) -> str:
    """44 -> "1gp"; the number is at least 1."""
    digits = ""
    while number:
        number, digit = divmod(number, len(DIGITS))
        digits = DIGITS[digit] + digits
    return digits + _check(digits)


def number_of(text: str) -> int | None:
    """The number of a short id, in small or capital letters; None for one that is mistyped."""
    known = text.lower().translate(_MISREAD)
    digits, check = known[:-1], known[-1:]
    if not 0 < len(digits) <= _LONGEST or not set(known) <= set(DIGITS):
        return None
    if digits.startswith("0") or _check(digits) != check:
        return None
    number = 0
    for digit in digits:
        number = number * len(DIGITS) + DIGITS.index(digit)
    return number


def _check(digits: str) -> str:
    total = sum(place * DIGITS.index(digit) for place, digit in enumerate(digits, 1))
    return DIGITS[total % len(DIGITS)]
