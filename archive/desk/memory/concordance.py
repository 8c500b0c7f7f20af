"""The concordance beside the desk: where the selected words stand in the memory, to be inserted."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from archive.desk.memory.units import text_of
from archive.desk.memory.views import MOST_CHARACTERS, MemorySearch
from archive.desk.models import Translation
from archive.desk.policies import refuse_work_on

MOST = 9
_MARKS = str.maketrans(dict.fromkeys('"“”', " "))


@require_GET
def concordance(request: HttpRequest, pk: int) -> HttpResponse:
    """`?words=…` of either language, together as they stand, as a fragment of HTML."""
    translation: Any = Translation.objects.with_story().filter(pk=pk).first()
    if refused := refuse_work_on(request, translation):
        return refused
    words = request.GET.get("words", "").translate(_MARKS).strip()[: MOST_CHARACTERS - 2]
    asked = f'"{words}"' if words else ""
    search = MemorySearch(asked)
    hits = [(text_of(unit, translation.language), *row, unit) for *row, unit in search.rows]
    context = {
        "words": words,
        "hits": hits[:MOST],
        "has_more": search.has_more or len(hits) > MOST,
        "target_language": translation.language,
        "search_url": f"{reverse('archive_memory:search')}?{urlencode({'words': asked})}",
    }
    return render(request, "archive/admin/sidebar/concordance.html", context)
