"""Markdown twins: each page of the tree at its address with `.md` in place of the last slash.

A twin is made of the page's own HTML, so it says what readers see and no more. The front page's is
`index.md`. A program that asks a page for `text/markdown` is sent to its twin.
"""

import re
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from markdownify import ATX, MarkdownConverter

from archive.conf import settings
from archive.site.addresses import page_addresses, site_root
from archive.site.caching.site_chrome import front_page, site_chrome
from archive.site.permalinks import permanent_path
from archive.stories.models import ArticlePage
from archive.text.language import supported

MARKDOWN = "text/markdown"
SUFFIX, FRONT = ".md", "index"


def wants_markdown(request: HttpRequest) -> bool:
    """Whether the program would rather have Markdown than HTML; browsers never say so."""
    if not settings.MARKDOWN or MARKDOWN not in request.headers.get("Accept", ""):
        return False
    return request.get_preferred_type(["text/html", MARKDOWN]) == MARKDOWN


def twin_path(path: str, page: Any) -> str:
    """ "/en/china-daily/" -> "/en/china-daily.md"; of the front page "/en/index.md"."""
    return f"{path}{FRONT}{SUFFIX}" if page.is_front_page else f"{path.rstrip('/')}{SUFFIX}"


def to_twin(request: HttpRequest, page: Any) -> HttpResponse:
    """No cache may keep the answer, not even one that doesn't know that it varies."""
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponseRedirect(twin_path(request.path, page) + (f"?{query}" if query else ""))
    response["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["Accept"])
    return response


def twin(request: HttpRequest, path: str) -> HttpResponse:
    """The twin of a live page that every reader may see; Http404 for any other."""
    front = front_page(request)
    if front is None or not settings.MARKDOWN:
        raise Http404
    parts = [part for part in path.split("/") if part]
    parts = [] if parts == [FRONT] else parts
    page = front.route(request, parts).page
    if site_chrome(request).restricted and page.get_view_restrictions().exists():
        raise Http404
    own, info = request.path, request.path_info
    end = len(f"{FRONT}{SUFFIX}") if not parts else len(SUFFIX)
    try:
        # The page is to name its own address.
        request.path, request.path_info = own[:-end], info[:-end]
        if parts:
            request.path, request.path_info = f"{request.path}/", f"{request.path_info}/"
        response = page.serve(request)
        if isinstance(response, HttpResponseRedirect):
            to, mark, query = response.url.partition("?")
            return HttpResponseRedirect(twin_path(to, page) + mark + query)
        if not isinstance(response, TemplateResponse):
            raise Http404
        html = response.render().content.decode()
        return _answer(request, page, html)
    finally:
        request.path, request.path_info = own, info


def _answer(request: HttpRequest, page: Any, html: str) -> HttpResponse:
    permanent = ""
    article = page if isinstance(page, ArticlePage) else None
    language = supported(translation.get_language())
    at = page_addresses(request, article, language)
    if article:
        published = article.languages()
        language = language if language in published else published[0]
        permanent = f"{site_root(request)}{permanent_path(article, language)}"
    text = to_markdown(html, f"{site_root(request)}{request.path}", permanent)
    headers = {
        "Content-Type": f"{MARKDOWN}; charset=utf-8",
        "Link": f'<{at.canonical}>; rel="canonical"',
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(text, headers=headers)


# What only a browser uses, and pictures that say nothing.
_SKIPPED = (
    *("script", "style", "form", "button", "svg", "nav", "template", "select", "noscript"),
    *("dialog", "input", "[hidden]", "img:not([alt])", "img[alt='']"),
)
# Blocks that markdownify takes for running text.
_BLOCKS = (
    *("address", "aside", "details", "dd", "figure", "footer", "header", "hgroup", "main"),
    "summary",
)
# Where a link may stand at the end of a block's last line: not in a table or code.
_LINES = {"blockquote", "div", "li", "ol", "p", "ul"}
# What would end a picture's words, or a cell of a table.
_SPECIAL = re.compile(r"([\\\[\]|])")


def to_markdown(html: str, address: str, permanent: str = "") -> str:
    """The element `main`: without what only a browser uses, such as forms and navigation.

    Links are absolute, as seen from `address`. With `permanent`, each block that has an id of its
    own ends in a link to it: `permanent#id`.
    """
    soup = BeautifulSoup(html, "lxml")
    main = soup.main or soup.new_tag("main")
    for element in main.select(",".join(_SKIPPED)):
        element.decompose()
    for name in ("href", "src"):
        for element in main.select(f"[{name}]"):
            element[name] = urljoin(address, str(element[name]))
    for element in main.select("img"):
        element["alt"] = _SPECIAL.sub(r"\\\1", str(element["alt"]))
    for element in main.select("dt"):
        # A bold line: CommonMark has no lists of terms.
        element.name = "strong"
        element.wrap(soup.new_tag("p"))
    for element in main.select("cite"):
        element.name = "em"
    for element in [main, *main.select(",".join(_BLOCKS))]:
        element.name = "div"
    for block in main.select(".block[id]") if permanent else ():
        link = soup.new_tag("a", href=f"{permanent}#{block['id']}", string="¶")
        _end_of(block).extend([" ", link])
    # Long lines: where a text breaks in the HTML says nothing.
    converter = MarkdownConverter(
        bullets="-", escape_misc=True, heading_style=ATX, wrap=True, wrap_width=None
    )
    return converter.convert_soup(main).strip() + "\n"


def _end_of(block: Tag) -> Tag:
    """The innermost element at the block's end that is lines of text."""
    inner = [one for one in block.children if isinstance(one, Tag) or str(one).strip()]
    last = inner[-1] if inner else None
    return _end_of(last) if isinstance(last, Tag) and last.name in _LINES else block
