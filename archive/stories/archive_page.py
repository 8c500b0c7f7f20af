"""What all page models of the archive share: parent link, reader's view, and Latin slugs, one
for the addresses in both languages."""

from collections.abc import Mapping
from itertools import chain, count
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import get_script_prefix
from django.utils.text import slugify
from django.utils.translation import get_language
from wagtail.coreutils import WAGTAIL_APPEND_SLASH
from wagtail.url_routing import RouteResult

from archive.base_page import Page
from archive.entities.models import Entity
from archive.entities.romanisation import latin
from archive.text.language import supported

MAX_LENGTH = 80
# For a headline without a letter.
FALLBACK_SLUG = "story"


class PageView:
    """How readers get a kind of page. The site room registers one for each page model.

    Each method may leave the matter to Wagtail: by None, or by adding nothing to the context.
    """

    def route(self, page: Any, request: HttpRequest, components: list[str]) -> RouteResult | None:
        """The page that an address below `page` leads to; raises Http404 where there is none."""
        return None

    def serve(self, page: Any, request: HttpRequest) -> HttpResponse | None:
        """An answer in place of the page, such as a redirect."""
        return None

    def get_context(self, page: Any, request: HttpRequest) -> dict[str, Any]:
        """What the page's template shows beside what Wagtail gives it."""
        return {}


class ArchivePage(Page):
    """The link to Wagtail's page has no reverse name, so that it can't clash with that of a site's
    own model, such as the HomePage that `wagtail start` writes."""

    page_ptr = models.OneToOneField(
        Page, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )
    page_view = PageView()
    is_front_page = False

    class Meta:
        abstract = True

    def complete(self) -> None:
        """Fill in what follows from other fields; called before each check."""

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.complete()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        self.complete()
        super().minimal_clean()

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        found = self.page_view.route(self, request, path_components)
        return found or super().route(request, path_components)

    def get_url_parts(self, request: HttpRequest | None = None) -> Any:
        """Below the language, whether or not the site's own pages are: /en/archive/china-daily/.

        The part below the language is the page's path below the site's root.
        """
        parts = super().get_url_parts(request)
        if parts is None:
            return None
        # Of the site that Wagtail chose; where its own pages aren't served, it gives no address.
        roots = self._get_relevant_site_root_paths(request)
        site_id, root, root_url, _code = next(one for one in roots if one.site_id == parts[0])
        path = f"{get_script_prefix()}{supported(get_language())}/{self.url_path[len(root) :]}"
        # The archive's addresses are included below the front page's, which so keeps its slash.
        ends_so = WAGTAIL_APPEND_SLASH or self.is_front_page
        return site_id, root_url, path if ends_so else path.rstrip("/")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        match = request.resolver_match
        if (
            match
            and match.url_name == "wagtail_serve"
            and not getattr(request, "is_preview", False)
        ):
            # Found through the site's own pages, at an address without a language.
            url = self.get_url(request)
            if url and url != request.path:
                return HttpResponseRedirect(url)
        return self.page_view.serve(self, request) or super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, **self.page_view.get_context(self, request)}


def register_page_view(model: type[ArchivePage], view: PageView) -> None:
    """Have readers served pages of the model, and of models made from it, by `view`."""
    model.page_view = view


def latin_slug(text: str, names: Mapping[str, str] | None = None) -> str:
    """ "City builds on…" -> "city-builds-on", "湛江" -> "zhan-jiang"; at most 80 characters.

    `names` are Chinese names that the archive knows in English: 长滩 -> "long-beach".
    """
    words = slugify(latin(text, names))
    if len(words) <= MAX_LENGTH:
        return words
    return words[:MAX_LENGTH].rsplit("-", 1)[0]


def story_slug(headline: str) -> str:
    """The slug of a headline: names as the archive's list has them in English."""
    return latin_slug(headline, Entity.objects.english_names_in(headline))


def free_slug(base: str, parent: Page | None, page: Any) -> str:
    """The slug, or with a number one that no other child of the parent has: "zhan-jiang-2"."""
    if parent is None:
        return base
    near = parent.get_children().filter(slug__startswith=base).exclude(pk=page.pk)
    taken = set(near.values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in count(2))
    return next(slug for slug in chain([base], numbered) if slug not in taken)
