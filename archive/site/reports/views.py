"""The readers' way to the desk: choose a paragraph, say what is wrong, done."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from archive.conf import settings
from archive.desk.corrections.actions import file_report
from archive.desk.corrections.paragraphs import (
    Paragraph,
    is_translated,
    paragraph_of,
    paragraphs_of,
)
from archive.site.modes import MODES
from archive.site.reports import limits
from archive.site.reports.forms import LONGEST, ReportForm
from archive.stories.models import ArticlePage
from archive.text.language import LANGUAGES, VIEW_PARAMETER, supported

# Of a paragraph, in the list to choose from.
SHOWN = 90


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """`?story=12&segment=3f2a…&view=both`; without a segment, the list of paragraphs."""
    article = _story(request)
    key = request.GET.get("segment", "")
    if not key:
        return _choose(request, article)
    paragraph = paragraph_of(article, key)
    if paragraph is None:
        raise Http404(_("This paragraph was deleted from the story."))
    view = _view(request)
    if request.method != "POST":
        form = ReportForm(article=article, view=view)
        return _ask(request, article, paragraph, form, limits.opened(article.pk, key))
    form = ReportForm(request.POST, article=article, view=view)
    return _answer(request, article, paragraph, form)


@never_cache
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    article = _story(request)
    return render(request, "archive/report_thanks.html", _of_story(request, article))


def _story(request: HttpRequest) -> Any:
    """A story that any reader may see, in the version that readers see."""
    number = request.GET.get("story", "")
    pk = int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else 0
    stories = ArticlePage.objects.live().public()
    article = stories.filter(pk=pk).first()
    if article is None:
        raise Http404(_("This story does not exist."))
    if article.alias_of_id:
        # The desk works at the original.
        return stories.filter(pk=article.alias_of_id).first() or article
    return article


def _view(request: HttpRequest) -> str:
    view = request.GET.get(VIEW_PARAMETER, "")
    return view if view in MODES else supported(get_language())


def _of_story(request: HttpRequest, article: Any) -> dict[str, Any]:
    view = request.GET.get(VIEW_PARAMETER, "")
    query = f"?{urlencode({VIEW_PARAMETER: view})}" if view in MODES else ""
    key = request.GET.get("segment", "").partition("/")[0]
    place = key if paragraph_of(article, key) else ""
    return {
        "story": article,
        "story_text": article.in_language(supported(get_language())),
        "story_url": f"{article.get_url(request)}{query}{f'#{place}' if place else ''}",
        "query": request.GET.urlencode(),
    }


def _choose(request: HttpRequest, article: Any) -> HttpResponse:
    """One link for each paragraph, in the language that the reader has before them."""
    view = _view(request)
    language = view if view in LANGUAGES else supported(get_language())
    places = []
    for paragraph in paragraphs_of(article):
        is_target = bool(language == article.target_language and paragraph.target_text)
        text = paragraph.target_text if is_target else paragraph.source_text
        places.append(
            {
                "url": f"?{_query(request, segment=paragraph.key)}",
                "text": Truncator(" ".join(text.split())).chars(SHOWN),
                "language": article.target_language if is_target else article.source_language,
                "label": paragraph.parts[0].label,
            }
        )
    context = {**_of_story(request, article), "places": places}
    return render(request, "archive/report_choose.html", context)


def _query(request: HttpRequest, **values: str) -> str:
    query = request.GET.copy()
    for name, value in values.items():
        query[name] = value
    return query.urlencode()


def _answer(
    request: HttpRequest, article: Any, paragraph: Paragraph, form: ReportForm
) -> HttpResponse:
    """Stored, or the form again with all that was typed."""
    token = request.POST.get("opened", "")
    age = limits.seconds_since(token, article.pk, paragraph.key)
    status = 400
    if form.is_valid():
        if age is None:
            form.add_error(None, _("This form has expired. Your text is kept: send it again."))
        elif age < limits.LEAST_SECONDS:
            form.add_error(
                None, _("The form was sent too quickly. Wait a moment and send it again.")
            )
        elif limits.is_over_limit(request, article.pk):
            status = 429
            form.add_error(None, _("Too many reports were sent this hour. Please try again later."))
        else:
            return _store(request, article, paragraph, form)
    if age is None:
        token = limits.opened(article.pk, paragraph.key)
    return _ask(request, article, paragraph, form, token, status)


def _store(
    request: HttpRequest, article: Any, paragraph: Paragraph, form: ReportForm
) -> HttpResponse:
    data = form.cleaned_data
    said = {name: data[name] for name in ("kind", "language", "text", "email")}
    file_report(article, paragraph, view=form.view, **said)
    return redirect(f"{reverse('archive:report_thanks')}?{request.GET.urlencode()}")


def _ask(
    request: HttpRequest,
    article: Any,
    paragraph: Paragraph,
    form: ReportForm,
    token: str,
    status: int = 200,
) -> HttpResponse:
    context = {
        **_of_story(request, article),
        "paragraph": paragraph,
        "is_translated": is_translated(article),
        "form": form,
        "token": token,
        "longest": LONGEST,
        "days": settings.REPORT_EMAIL_DAYS,
    }
    return render(request, "archive/report.html", context, status=status)
