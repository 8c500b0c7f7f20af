"""What readers collect in their own browsers: the page that shows it, and citations of it.

The server knows of no collection. It is told which stories to cite, never a reader's notes.
"""

import re

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from archive.conf import settings
from archive.site.permalinks import number_of
from archive.site.search.result_files import FILES, MOST_STORIES, file_response
from archive.site.throttles import limited
from archive.stories.models import ArticlePage
from archive.text.language import BY_SHORT_CODE
from archive.text.punctuation import joined

# What a collection is cited as.
CITATIONS = [form for code, form in FILES.items() if code not in ("csv", "jsonl")]
# As in a permanent address: "1h2/en".
_STORY = re.compile(r"([0-9a-z]{2,13})/([a-z-]+)")


def saved(request: HttpRequest) -> HttpResponse:
    """What this browser has collected and kept, listed by its scripts; the same for everyone."""
    context = {"citations": CITATIONS, "keeps_copies": settings.OFFLINE}
    return render(request, "archive/saved.html", context)


# It changes nothing, and a page that is read without a connection has no token of a form. By POST,
# since a thousand stories are too long for an address.
@csrf_exempt
@require_POST
@limited("citations")
def cite_stories(request: HttpRequest) -> HttpResponseBase:
    """The stories that are named ("1h2/en 1h3/zh"), cited in a `format`; those that the public
    can't read are left out. Six queries.
    """
    forms = {form.code: form for form in CITATIONS}
    form = forms.get(request.POST.get("format", ""))
    named = [_STORY.fullmatch(one) for one in request.POST.get("stories", "").split()]
    if form is None or not 0 < len(named) <= MOST_STORIES:
        text = _("Name at most %(most)s stories, and one of these formats: %(formats)s.")
        hint = text % {"most": MOST_STORIES, "formats": joined(forms)}
        return HttpResponseBadRequest(f"{hint}\n", content_type="text/plain; charset=utf-8")
    asked = {
        (number_of(one[1]) or 0, BY_SHORT_CODE[one[2]]): None
        for one in named
        if one and one[2] in BY_SHORT_CODE
    }
    public = ArticlePage.objects.order_by().shown_to_public()
    readable = set(public.filter(pk__in={pk for pk, _code in asked}).values_list("pk", flat=True))
    wanted = [(pk, language) for pk, language in asked if pk in readable]
    response = file_response(request, form, wanted, "stories")
    # For the page's script, which says how many of its stories are here no longer.
    response["Archive-Cited"] = str(len(wanted))
    return response
