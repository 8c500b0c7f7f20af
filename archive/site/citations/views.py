"""A story's citations: a page of them in words, and files for reference managers."""

import re
from dataclasses import replace
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from archive.site.addresses import site_root
from archive.site.caching.site_chrome import front_page
from archive.site.citations.formats import FORMS, CitationFormat
from archive.site.citations.records import CitationRecord, record_of
from archive.site.citations.styles import plain_citations
from archive.site.permalinks import readable_story, story_address
from archive.site.responses import conditional_response
from archive.stories.bylines import each_once
from archive.text.language import supported
from archive.text.punctuation import joined

_BY_CODE = {form.code: form for form in FORMS}


def cite(request: HttpRequest, short: str) -> HttpResponseBase:
    """The story as this language's readers cite it; `?format=ris` is a file, and `?paragraph=`
    gives the address of that paragraph.
    """
    wanted = request.GET.get("format", "")
    if wanted and wanted not in _BY_CODE:
        hint = _("There is no format “%(wanted)s”. There are: %(formats)s.")
        hint %= {"wanted": wanted[:40], "formats": joined(_BY_CODE)}
        return HttpResponseNotFound(f"{hint}\n", content_type="text/plain; charset=utf-8")
    article = readable_story(short)
    text = article.in_language(supported(translation.get_language()), as_printed=True)
    record = record_of(
        text,
        each_once(article.bylines.select_related("author__merged_into")),
        root=site_root(request),
        home=front_page(request),
    )
    part = request.GET.get("paragraph", "")
    if re.fullmatch(r"[\w-]{1,64}", part, re.ASCII):
        record = replace(record, url=f"{record.url}#{part}")
    today = timezone.localdate()
    if wanted:
        response = _file(_BY_CODE[wanted], record, today)
    else:
        context = {
            "article": article,
            "text": text,
            "record": record,
            "citations": plain_citations(record, today, text.requested),
            "forms": FORMS,
            "story_url": story_address(request, article, text.language),
        }
        response = render(request, "archive/cite.html", context)
    # Browsers ask each time: names and publications are merged, and a citation names its day.
    return conditional_response(request, response, 0)


def _file(form: CitationFormat, record: CitationRecord, today: date) -> HttpResponse:
    headers = {
        "Content-Type": f"{form.mime_type}; charset=utf-8",
        "Content-Disposition": f'attachment; filename="{record.key}.{form.extension}"',
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(form.write(record, today), headers=headers)
