"""The readers' way to the desk: choose a paragraph, say what is wrong, done.

What keeps machines from filling the desk: a signed clock, and limits an hour.
"""

import time
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from archive.contrib.reader_reports.actions import file_report
from archive.contrib.reader_reports.conf import settings
from archive.contrib.reader_reports.models import ReaderReport
from archive.contrib.reader_reports.paragraphs import is_translated, paragraph_of, paragraphs_of
from archive.site.limits import Limit, client_of
from archive.site.lists import readable_pages
from archive.site.modes import MODES
from archive.site.throttles import with_retry
from archive.stories.models import ArticlePage
from archive.text.labels import row_key
from archive.text.language import LANGUAGES, VIEW_PARAMETER, language_name, supported

LONGEST = 2000
Kind = ReaderReport.Kind
# What these say is said by choosing them.
_CLEAR = (Kind.MISALIGNED, Kind.MISSING)
# Of a paragraph, in the list to choose from.
SHOWN = 90


class ReportForm(forms.Form):
    """Afterwards `kind` and `language` say what is wrong in which text."""

    choice = forms.ChoiceField(
        label=gettext_lazy("What is wrong?"),
        widget=forms.RadioSelect(),
        choices=(),
        error_messages={"required": gettext_lazy("Choose what is wrong.")},
    )
    text = forms.CharField(
        label=gettext_lazy("In your own words"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address, if you want an answer"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    # People don't see it; programs fill in whatever there is.
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, article: Any, view: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article, self.view = article, view
        languages = article.languages()
        # A slip may be in either text; all else but “something else” is about the translation.
        of_translation = (Kind.MISALIGNED, Kind.WRONG, Kind.MISSING) if len(languages) > 1 else ()
        typo = _("Typo in the %(language)s text")
        self.fields["choice"].choices = [  # type: ignore[attr-defined]
            *((kind.value, kind.label) for kind in of_translation),
            *(
                (f"{Kind.TYPO}:{code}", typo % {"language": language_name(code)})
                for code in LANGUAGES
                if code in languages
            ),
            (Kind.OTHER.value, Kind.OTHER.label),
        ]

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\x00", "").strip()

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("This field is for spam protection. Leave it empty."))
        return ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        choice = data.get("choice")
        if not choice:
            return data
        kind, _colon, language = choice.partition(":")
        if kind not in _CLEAR and not data.get("text") and "text" not in self.errors:
            self.add_error("text", _("Say in a few words what is wrong."))
        return {**data, "kind": kind, "language": language or self._language_of(kind)}

    def _language_of(self, kind: str) -> str:
        if not is_translated(self.article):
            return str(self.article.source_language)
        if kind == Kind.OTHER and self.view in LANGUAGES:
            return self.view
        return str(self.article.target_language)


# Nobody reads two paragraphs and says what is wrong in less; nobody takes longer than a day.
LEAST_SECONDS, MOST_SECONDS = 3, 24 * 3600
PER_CLIENT, PER_STORY = Limit("report client", 10, 3600), Limit("report story", 40, 3600)
_SALT = "archive.report"


def opened(article_id: int, key: str) -> str:
    """Says, signed, when the form of this paragraph was given out."""
    return signing.dumps([article_id, key, time.time()], salt=_SALT)


def seconds_since(token: str, article_id: int, key: str) -> float | None:
    """How long ago that was; None for a token that is forged, too old, or another form's."""
    try:
        pk, of, at = signing.loads(token, salt=_SALT, max_age=MOST_SECONDS)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return time.time() - at if (pk, of) == (article_id, key) else None


def wait_for(request: HttpRequest, article_id: int) -> int:
    """Counts one more report; gives the seconds to wait if it is one too many, and else 0.

    What a client sends beyond its own number doesn't use up the story's: nobody shuts it for all.
    """
    client = client_of(request)
    return (PER_CLIENT.count(client) if client else 0) or PER_STORY.count(article_id)


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
    is_sent = request.method == "POST"
    form = ReportForm(request.POST if is_sent else None, article=article, view=_view(request))
    wait = 0
    token, status = request.POST.get("opened", ""), 400 if is_sent else 200
    age = seconds_since(token, article.pk, key)
    if form.is_valid():
        if age is None:
            form.add_error(None, _("This form has expired. Your text is kept: send it again."))
        elif age < LEAST_SECONDS:
            form.add_error(
                None, _("The form was sent too quickly. Wait a moment and send it again.")
            )
        elif wait := wait_for(request, article.pk):
            status = 429
            form.add_error(None, _("Too many reports were sent this hour. Please try again later."))
        else:
            said = {name: form.cleaned_data[name] for name in ("kind", "language", "text", "email")}
            file_report(article, paragraph, view=form.view, **said)
            return redirect(f"{reverse('archive:report_thanks')}?{request.GET.urlencode()}")
    context = {
        **_of_story(request, article),
        "paragraph": paragraph,
        "is_translated": is_translated(article),
        "form": form,
        "token": opened(article.pk, key) if age is None else token,
        "longest": LONGEST,
        "languages": LANGUAGES,
        "days": settings.REPORT_EMAIL_DAYS,
    }
    response = render(request, "archive_reader_reports/report.html", context, status=status)
    return with_retry(response, wait) if wait else response


@never_cache
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    article = _story(request)
    return render(request, "archive_reader_reports/report_thanks.html", _of_story(request, article))


def _story(request: HttpRequest) -> Any:
    """A story that any reader may see, in the version that readers see."""
    stories = readable_pages(ArticlePage, request)
    article = stories.filter(pk=row_key(request.GET.get("story", ""))).first()
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
                "url": f"?{urlencode({**request.GET.dict(), 'segment': paragraph.key})}",
                "text": Truncator(" ".join(text.split())).chars(SHOWN),
                "language": article.target_language if is_target else article.source_language,
                "label": paragraph.parts[0].label,
            }
        )
    context = {**_of_story(request, article), "places": places}
    return render(request, "archive_reader_reports/report_choose.html", context)
