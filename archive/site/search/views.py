"""The results page, for readers and as JSON, and a saved search: what it finds, as a feed."""

import logging
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive.conf import settings
from archive.search import facets as facet_room
from archive.search import matching
from archive.search.apart import parted
from archive.search.correction import corrected
from archive.search.documents import body_text
from archive.search.engines import (
    NEWEST,
    OLDEST,
    RELEVANCE,
    Filters,
    FoundStory,
    Results,
    SearchError,
    Spread,
)
from archive.search.names import looked_up_once
from archive.search.query import Query, conditions_of, parse, unquoted
from archive.search.snippets import Marker, marked, snippet
from archive.search.suggestions import examples
from archive.site.caching.site_chrome import front_page
from archive.site.feeds.documents import (
    Feed,
    asked_form,
    feed_alternates,
    feed_links,
    feed_response,
    feed_stories,
)
from archive.site.lists import illustrated
from archive.site.search.answers import SearchAsked, search_answers
from archive.site.search.result_files import FILES, MOST_STORIES, file_response
from archive.site.search.trends import results_line, trends_address
from archive.site.throttles import limited
from archive.stories import body as body_room
from archive.stories.article_text import ArticleText
from archive.stories.models import ArticlePage
from archive.text.labels import row_key
from archive.text.language import other, supported

logger = logging.getLogger(__name__)

# In an address: the query as it is typed, and no other.
EXACT = "exact"
# A correction is offered beside no more stories than these.
FEW = 3
SORTS = (RELEVANCE, NEWEST, OLDEST)
MOST_PAGES = 1000
# Of a query that finds nothing, so many words are looked for alone.
MOST_WORDS = 4


@dataclass(frozen=True)
class SearchHit:
    """A story in the results: its text for this reader, and the passage that was found.

    `passage_language` differs from the text's where only the other language has the words.
    """

    article: ArticlePage
    text: ArticleText
    headline: SafeString
    passage: SafeString
    passage_language: str
    other_language: str
    score: float
    languages: tuple[str, ...]


@dataclass(frozen=True)
class QueryCorrection:
    """Another way to write the query; `url` searches for it, or for what was typed if it was
    put in the query's place. `is_parted`: the same words, no longer together, as they stand in
    `in_a_row` if they were typed so; `is_nearest`: no story has all of them."""

    text: str
    typed: str
    url: str
    is_applied: bool
    is_parted: bool = False
    in_a_row: str = ""
    is_nearest: bool = False


@dataclass(frozen=True)
class WordAlone:
    """A word of a query that finds nothing, and what it finds by itself."""

    text: str
    url: str
    number: int


@dataclass(frozen=True)
class SearchPage:
    """Everything that a results page shows."""

    query: Query
    sort: str
    number: int
    pages: int
    total: int
    hits: list[SearchHit]
    facets: list[facet_room.Facet]
    chosen: facet_room.Chosen
    # See `Results`.
    spread: Spread
    found: list[FoundStory]


@limited("search")
@looked_up_once()
def search(request: HttpRequest) -> HttpResponse:
    """Stories that match the address's query and filters; a fixed number of queries."""
    language, form = supported(get_language()), request.GET.get("format", "")
    is_json = form == "json"
    try:
        if form in FILES:
            wanted = [(pk, language) for pk in _keys(request.GET)]
            return file_response(request, FILES[form], wanted)
        asked, answer, correction = corrected_search(request.GET, language)
    except SearchError:
        # Say so, and offer the other ways through the archive.
        logger.exception("The search engine does not answer.")
        if is_json:
            response: HttpResponse = JsonResponse({"error": "unavailable"}, status=503)
        else:
            response = render(request, "archive/search_error.html", status=503)
        response["Retry-After"] = "60"
        return response
    if is_json:
        found = _as_json(request, asked, answer, correction)
        return JsonResponse(found, json_dumps_params={"ensure_ascii": False})
    return render(
        request, "archive/search.html", _context(request, asked, answer, correction, language)
    )


def _context(
    request: HttpRequest,
    asked: QueryDict,
    answer: SearchPage,
    correction: QueryCorrection | None,
    language: str,
) -> dict[str, Any]:
    is_narrowed = bool(answer.chosen.filters)
    queries = {sort: {"sort": sort} if sort != RELEVANCE else {} for sort in SORTS}
    kept = facet_room.without(asked, "sort", "exact").urlencode()
    told = asked_of(answer, correction)
    is_whole = told.is_whole
    # A question stays as it was asked, though fewer words of it were searched for.
    in_box = answer.query.text
    if correction and (correction.is_parted or correction.is_nearest):
        in_box = correction.typed
    feed = f"{reverse('archive:search_feed')}{f'?{kept}' if kept else ''}"
    return {
        "search": answer,
        "correction": correction,
        "in_box": in_box,
        # A new query keeps the order.
        "kept": [("sort", answer.sort)] if answer.sort != RELEVANCE else [],
        "sorts": [
            (sort, facet_room.address(_with(asked, "sort", **query)), sort == answer.sort)
            for sort, query in queries.items()
        ],
        "is_narrowed": is_narrowed,
        # What goes on from a search goes on from all of its words: not from most of them.
        "is_whole": is_whole,
        "trend": results_line(request, answer.query.text, answer.spread, answer.chosen.filters.year)
        if is_whole
        else None,
        "trends_url": trends_address(asked, answer.query.text),
        "active_filters": facet_room.active_filters(asked, answer.chosen, answer.facets, language),
        "unfiltered_url": facet_room.address(facet_room.without(asked, *facet_room.HEADINGS)),
        "previous_url": _page_url(asked, answer, -1),
        "next_url": _page_url(asked, answer, +1),
        "examples": [] if answer.total else examples(language),
        "words_alone": []
        if (answer.total and is_whole) or is_narrowed
        else _words_alone(asked, answer.query),
        "files": [
            (one.name, facet_room.address(_with(asked, format=one.code)))
            for one in FILES.values()
            if answer.total and is_whole
        ],
        "most_stories": MOST_STORIES,
        "answers": [] if is_narrowed or answer.number > 1 else search_answers(request, told),
        "feeds": feed_links(feed) if is_whole and (answer.query or is_narrowed) else [],
    }


def asked_of(answer: SearchPage, correction: QueryCorrection | None) -> SearchAsked:
    """What apps that answer searches are told of this one."""
    typed = correction.typed if correction else answer.query.text
    is_whole = not (correction and correction.is_nearest)
    return SearchAsked(typed, answer.query, answer.found, is_whole=is_whole)


def _keys(parameters: QueryDict) -> list[int]:
    """Of the first stories that the query finds, in the order that is asked for."""
    sort, filters = parameters.get("sort", ""), facet_room.chosen(parameters).filters
    found = matching.find(
        conditions_of(parse(parameters.get("q", ""))),
        filters,
        sort=sort if sort in SORTS else RELEVANCE,
        count=MOST_STORIES,
    )
    return [one.article_id for one in found.found]


def corrected_search(
    parameters: QueryDict, language: str
) -> tuple[QueryDict, SearchPage, QueryCorrection | None]:
    """What was asked for and found; for a query that finds nothing, its correction instead.

    `parameters` are those of a results page's address. Raises SearchError."""
    answer = _answer(parameters, language)
    is_exact = EXACT in parameters or bool(answer.chosen.filters)
    query = answer.query
    if is_exact or answer.total > FEW or not query:
        return parameters, answer, None
    if answer.total:
        return parameters, answer, _offered(parameters, answer, language)
    # What it may mean by its words, then by other words; at last what has most of them.
    bare = parse(text) if (text := unquoted(query)) else query
    apart = parse(text) if (text := parted(bare)) else bare
    right = parse(text) if (text := corrected(apart)) else apart
    named = parse(text) if apart != bare and (text := corrected(bare)) else apart
    # Where it has but names once they are written right, these are meant: 威奇塔 is no tower, but
    # 湛江市长 has a name as it is.
    is_slip = conditions_of(named).is_named and not conditions_of(apart).entities
    order = (named, apart, right) if is_slip else (apart, right)
    for tried in dict.fromkeys(order):
        for is_nearest in (False, True) if tried is right else (False,):
            changed = _with(parameters, q=tried.text)
            better = _answer(changed, language, is_nearest=is_nearest)
            if not better.total:
                continue
            # The page of what is shown that the address names, if it names one.
            if "p" in parameters:
                changed["p"] = str(parameters["p"])
                better = _answer(changed, language, is_nearest=is_nearest)
            url = facet_room.address(_with(parameters, **{EXACT: "1"}))
            is_parted = tried is apart and not is_nearest
            is_in_a_row = bare is not query or " " not in query.text
            in_a_row = bare.text if is_parted and is_in_a_row else ""
            told = QueryCorrection(
                *(tried.text, query.text, url, True, is_parted, in_a_row, is_nearest)
            )
            return changed, better, told
    return parameters, answer, None


def _offered(parameters: QueryDict, answer: SearchPage, language: str) -> QueryCorrection | None:
    """Of a query that finds few stories, the correction that finds more."""
    text = corrected(answer.query)
    changed = _with(parameters, EXACT, q=text)
    if not text or _answer(changed, language).total <= answer.total:
        return None
    return QueryCorrection(text, answer.query.text, facet_room.address(changed), is_applied=False)


def _words_alone(parameters: QueryDict, query: Query) -> list[WordAlone]:
    """What each word finds by itself, of a query that finds nothing; those that find something."""
    clauses = parse(parted(query) or query.text).clauses
    words = dict.fromkeys(one.terms[0].text for one in clauses if one.is_plain)
    if len(clauses) < 2:
        return []
    found = []
    for word in list(words)[:MOST_WORDS]:
        if number := matching.find(conditions_of(parse(word)), Filters(), count=0).total:
            url = facet_room.address(_with(parameters, EXACT, *facet_room.HEADINGS, q=word))
            found.append(WordAlone(word, url, number))
    return found


def _with(parameters: QueryDict, *without: str, **values: str) -> QueryDict:
    """The parameters from their first page on, without some and with others."""
    changed = facet_room.without(parameters, *without)
    for name, value in values.items():
        changed[name] = value
    return changed


def _answer(parameters: QueryDict, language: str, *, is_nearest: bool = False) -> SearchPage:
    query = parse(parameters.get("q", ""))
    chosen = facet_room.chosen(parameters)
    sort = parameters.get("sort", "")
    sort = sort if sort in SORTS else RELEVANCE
    size = settings.PAGE_SIZE
    given = parameters.get("p", "")
    number = min(max(1, row_key(given) or 1), MOST_PAGES) if len(given) < 6 else 1
    conditions = conditions_of(query)

    def page_of(number: int) -> Results:
        if is_nearest:
            start = (number - 1) * size
            return matching.nearest(conditions, chosen.filters, start=start, count=size)
        return matching.find(
            conditions,
            chosen.filters,
            sort=sort,
            start=(number - 1) * size,
            count=size,
            restricted=chosen.restricted,
        )

    results = page_of(number)
    pages = max(1, -(-results.total // size))
    if number > pages:
        number = pages
        results = page_of(number)
    stories, marker = matching.stories(results.found), Marker(conditions.phrases)
    illustrated(stories.values())
    hits = [
        _hit(stories[found.article_id], found, marker, language)
        for found in results.found
        if found.article_id in stories
    ]
    facets = [] if is_nearest else facet_room.facets(results, chosen, parameters, language)
    return SearchPage(
        *(query, sort, number, pages, results.total, hits, facets, chosen, results.spread),
        found=results.found,
    )


def _hit(article: ArticlePage, found: FoundStory, marker: Marker, language: str) -> SearchHit:
    text = article.in_language(language)
    published = article.languages()
    passage_language = text.language if text.language in found.languages else found.languages[0]
    if passage_language not in published:
        passage_language = text.language
    passage = text if passage_language == text.language else article.in_language(passage_language)
    words = "\n".join(filter(None, (passage.abstract, body_text(body_room.raw(passage.body)))))
    return SearchHit(
        article=article,
        text=text,
        headline=marked(text.headline, marker),
        passage=snippet(words, marker, passage_language),
        passage_language=passage_language,
        other_language=other(text.language) if len(published) > 1 else "",
        score=found.score,
        languages=found.languages,
    )


def _page_url(parameters: QueryDict, answer: SearchPage, step: int) -> str:
    number = answer.number + step
    if not 1 <= number <= min(answer.pages, MOST_PAGES):
        return ""
    return facet_room.address(_with(parameters, **({"p": str(number)} if number > 1 else {})))


def _as_json(
    request: HttpRequest, asked: QueryDict, answer: SearchPage, correction: QueryCorrection | None
) -> dict[str, Any]:
    here = request.build_absolute_uri(request.path)
    following, previous = (_page_url(asked, answer, step) for step in (+1, -1))
    return {
        "query": answer.query.text,
        "typed": correction.typed if correction else answer.query.text,
        "did_you_mean": correction.text if correction and not correction.is_applied else None,
        "words_apart": bool(correction and correction.is_parted),
        "most_words": bool(correction and correction.is_nearest),
        "sort": answer.sort,
        "page": answer.number,
        "pages": answer.pages,
        "total": answer.total,
        "next": f"{here}{following}&format=json" if following else None,
        "previous": f"{here}{previous}&format=json" if previous else None,
        "results": [
            {
                "id": hit.article.pk,
                "url": request.build_absolute_uri(hit.article.get_url(request) or ""),
                "headline": hit.text.headline,
                "language": hit.text.language,
                "languages": hit.article.languages(),
                "matched_languages": list(hit.languages),
                "score": round(hit.score, 6),
                **_printed(hit.text),
                "snippet": str(hit.passage),
                "snippet_language": hit.passage_language,
            }
            for hit in answer.hits
        ],
        "facets": {
            facet.name: [
                {"value": one.value, "label": one.label, "count": one.number}
                for one in facet.values
            ]
            for facet in answer.facets
        },
    }


def _printed(text: ArticleText) -> dict[str, Any]:
    """The day and the page of the text, which may have been printed apart from the original."""
    if text.is_translation and (apart := text.article.translation_print):
        return {"print_date": apart["date"], "print_page": apart["page"]}
    return {"print_date": text.article.print_date, "print_page": text.article.print_page}


@limited("search")
def search_feed(request: HttpRequest) -> HttpResponseBase:
    """What the page of the same parameters finds, in its language, the latest published first."""
    form, language = asked_form(request), supported(get_language())
    query = parse(request.GET.get("q", ""))
    chosen, conditions = facet_room.chosen(request.GET), conditions_of(query)
    stories = ArticlePage.objects.all()
    if conditions.is_void:
        stories = stories.none()
    elif conditions or chosen.filters:
        try:
            stories = stories.filter(pk__in=matching.matching(conditions, chosen.filters))
        except SearchError:
            logger.exception("The search engine does not answer.")
            return HttpResponse(status=503, headers={"Retry-After": "60"})
    site = str(front_page(request) or _("Newspaper archive"))
    named = filter(None, [query.text[:120], *dict.fromkeys(map(str, chosen.entities.values()))])
    page = f"{reverse('archive:search')}?{facet_room.without(request.GET).urlencode()}"
    feed = Feed(
        title=_("%(query)s: search in %(site)s")
        % {"query": " · ".join(named) or _("All stories"), "site": site},
        description=_("The newest stories that this search finds."),
        language=language,
        page_url=request.build_absolute_uri(page),
        site_name=site,
        alternates=feed_alternates(request, form, language),
    )
    return feed_response(request, feed, feed_stories(stories, language), form)
