"""The screens of probable pairs, and the one on which two texts are linked."""

import json
from abc import ABC, abstractmethod
from typing import Any

from django.core.paginator import Paginator
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from archive.desk.models import StoryPair, Translation
from archive.desk.pairs import actions
from archive.desk.pairs.actions import PairError, open_pairs
from archive.desk.pairs.candidates import search_pairs, store_pairs, waiting_stories
from archive.desk.pairs.given_text import (
    GivenText,
    laid_out_text,
    left_over_place,
    names_in_both,
)
from archive.desk.pairs.linked_text import TargetPiece
from archive.desk.pairs.links import (
    StoryLinks,
    as_json,
    link_from_json,
    link_json,
    load_links,
    save_links,
)
from archive.desk.pairs.policies import may_pair, may_part, pairs_for
from archive.desk.pairs.segment_links import link_segments
from archive.desk.policies import lock_against, may_work_on, refuse
from archive.desk.segments import source_segments
from archive.stories.models import ArticlePage
from archive.stories.querysets import UNLISTED
from archive.text.language import HTML_CODES, LABELS, other
from archive.text.punctuation import joined
from archive.wagtail_admin import ScreenMixin, body_of

LIST = "archive_pairs:list"
PAIR = "archive_pairs:pair"
LINKS = "archive_pairs:links"
_PER_PAGE = 50
# A request compares so many stories; more are left to the command.
MOST_IN_A_REQUEST = 5000
_DAY = "DATE_FORMAT"


class DecisionsView(ScreenMixin, TemplateView, ABC):
    """Pairs of stories to decide on, a tab for each state, for whoever may publish both."""

    # The first is shown where none is asked for.
    states: type[TextChoices]

    def may_see(self) -> bool:
        return may_pair(self.request.user)

    @abstractmethod
    def lists(self) -> dict[str, Any]:
        """A queryset by state."""

    @abstractmethod
    def shown(self, found: Any) -> Any:
        """What the template is given of a queryset, with all that it needs."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lists = self.lists()
        asked = self.request.GET.get("state", "")
        state = asked if asked in lists else next(iter(lists))
        page = Paginator(self.shown(lists[state]), _PER_PAGE).get_page(self.request.GET.get("p"))
        tabs = [
            {"state": one, "label": self.states(one).label, "count": found.count()}
            for one, found in lists.items()
        ]
        return super().get_context_data(
            rows=page.object_list,
            page_obj=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            state=state,
            tabs=tabs,
            **kwargs,
        )

    @staticmethod
    def asked(request: HttpRequest) -> tuple[str, str]:
        """The verb and the row's key, "0" for one that can't be: `do=confirm:12`."""
        verb, _colon, key = request.POST.get("do", "").partition(":")
        return verb, key if key.isascii() and key.isdigit() and len(key) < 19 else "0"


class PairsView(DecisionsView):
    """The probable pairs, the most probable first."""

    template_name = "archive/admin/pairs/list.html"
    page_title = gettext_lazy("Pairs of stories")
    header_icon = "link"
    states = StoryPair.State

    def lists(self) -> dict[str, Any]:
        own = pairs_for(self.request.user)
        return {
            self.states.OPEN.value: open_pairs(own),
            self.states.CONFIRMED.value: own.filter(state="confirmed").order_by("-decided_at"),
            self.states.REFUSED.value: own.filter(state="refused").order_by("-decided_at"),
        }

    def shown(self, found: Any) -> Any:
        return _with_stories(found)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user = self.request.user
        pairs = [PairRow(pair, may_part=may_part(user, pair)) for pair in context["rows"]]
        return {**context, "pairs": pairs}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "look" in request.POST:
            _look(request)
            return redirect(LIST)
        verb, key = self.asked(request)
        pair = get_object_or_404(pairs_for(request.user), pk=key)
        try:
            translation = _decide(request, pair, verb)
        except PairError as error:
            messages.error(request, str(error))
            return redirect(request.get_full_path())
        if translation and "open" in request.POST and may_work_on(request.user, translation):
            return redirect(LINKS, translation.pk)
        return redirect(request.get_full_path())


def _with_stories(pairs: Any) -> Any:
    found = pairs.select_related("one__publication", "two__publication", "decided_by")
    return found.defer(*(f"{end}__{name}" for end in ("one", "two") for name in UNLISTED))


class PairRow:
    """A pair as the list shows it."""

    def __init__(self, pair: StoryPair, *, may_part: bool = False) -> None:
        self.pair, self.may_part = pair, may_part

    @property
    def stories(self) -> list[dict[str, Any]]:
        kept = self.pair.kept_id or actions.probably_original(self.pair).pk
        return [
            {
                "story": one,
                "language": HTML_CODES[one.source_language],
                "is_kept": one.pk == kept,
            }
            for one in (self.pair.one, self.pair.two)
        ]

    @property
    def percent(self) -> int:
        return round(self.pair.confidence * 100)

    @property
    def reasons(self) -> list[str]:
        words = {
            "day": _("the same day"),
            "page": _("the same page"),
            "figures": _("figures"),
            "names": _("names"),
            "pictures": _("pictures"),
        }
        return [words[one] for one in self.pair.reasons if one in words]


def _look(request: HttpRequest) -> None:
    if waiting_stories().count() > MOST_IN_A_REQUEST:
        text = _("There are too many stories to compare here. Run “manage.py find_pairs --store”.")
        messages.warning(request, text)
        return
    report = search_pairs()
    store_pairs(report)
    text = ngettext(
        "%(pairs)s probable pair, %(new)s new.",
        "%(pairs)s probable pairs, %(new)s new.",
        len(report.found),
    )
    messages.success(request, text % {"pairs": len(report.found), "new": report.new})


def _decide(request: HttpRequest, pair: StoryPair, verb: str) -> Translation | None:
    """Do it, and say so; gives the translation of a confirmed pair. Raises PairError."""
    user, names = request.user, {"one": pair.one.title, "two": pair.two.title}
    if verb in ("confirm", "swap"):
        first = actions.probably_original(pair)
        second = pair.two if first == pair.one else pair.one
        translation = actions.confirm_pair(pair, user, keep=first if verb == "confirm" else second)
        text = _("“%(one)s” and “%(two)s” are one story now; its translation is a draft.")
        if pair.one.live and pair.two.live:
            text = _(
                "“%(one)s” and “%(two)s” are one story at the desk now; its translation is a "
                "draft. Readers still see two stories until the translation is published."
            )
        link = messages.button(reverse(LINKS, args=[translation.pk]), _("Link the two texts"))
        buttons = [link] if may_work_on(user, translation) else []
        messages.success(request, text % names, buttons=buttons)
        if unused := _unused_of(translation):
            messages.warning(request, unused)
        return translation
    if verb == "refuse":
        actions.refuse_pair(pair, user)
        text = _("“%(one)s” and “%(two)s” are different stories. They are not offered again.")
    elif verb == "reopen":
        actions.reopen_pair(pair, user)
        text = _("“%(one)s” and “%(two)s” are to be decided again.")
    else:
        raise PairError(_("This request can't be read. Load the page again."))
    messages.success(request, text % names)
    return None


class _LinksScreen(ScreenMixin, TemplateView):
    """Two texts side by side."""

    template_name = "archive/admin/pairs/links.html"
    page_title = gettext_lazy("Two texts")
    header_icon = "link"
    subject = ""

    def get_page_subtitle(self) -> str:
        return self.subject

    def get_way(self) -> list[dict[str, Any]]:
        may_go = may_pair(self.request.user)
        return [{"url": reverse(LIST), "label": _("Pairs of stories")}] if may_go else []


class PairView(_LinksScreen):
    """A pair that is to be decided: both texts, as they would be linked."""

    page_title = gettext_lazy("A probable pair")

    def may_see(self) -> bool:
        return may_pair(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = pairs_for(self.request.user)
        pair = get_object_or_404(own.select_related("one", "two"), pk=kwargs["pk"])
        kept = pair.kept or actions.probably_original(pair)
        lost = pair.two if kept == pair.one else pair.one
        self.subject = kept.title
        return super().get_context_data(
            row=PairRow(pair),
            pair=pair,
            is_open=pair.state == StoryPair.State.OPEN,
            **_compared(kept, lost),
            source=_named(kept.source_language),
            target=_named(lost.source_language),
            kept=kept,
            lost=lost,
            **kwargs,
        )


def _compared(kept: ArticlePage, lost: ArticlePage) -> dict[str, Any]:
    ours, theirs = (one.get_latest_revision_as_object() for one in (kept, lost))
    sources, targets = source_segments(ours), source_segments(theirs)
    links = link_segments(sources, targets, names=names_in_both())
    texts = {
        "sources": [{"kind": one.kind, "text": one.plain_text} for one in sources],
        "pieces": [{"text": one.plain_text} for one in targets],
        "links": list(map(link_json, links)),
    }
    unused = laid_out_text(ours, GivenText(targets), links).left_over.values()
    return {"texts": texts, "unused": [one.plain_text for one in unused]}


def _unused_of(translation: Translation) -> str:
    """What of the other story's text the translation has no place for, as a sentence."""
    segments = translation.segments.all()
    words = [
        f"“{TargetPiece(one.target, one.markup).plain_text}”"
        for one in segments
        if left_over_place(one) is not None
    ]
    if not words:
        return ""
    text = _("Without a place in the first text, so kept for the translator as unused: %(texts)s")
    return text % {"texts": joined(words)}


def _named(language: str) -> dict[str, str]:
    return {"label": LABELS[language], "code": HTML_CODES[language]}


class LinksView(_LinksScreen):
    """The lines between a translation's two texts; a POST in JSON saves them."""

    page_title = gettext_lazy("Link the two texts")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = Translation.objects.with_story()
        self.translation: Translation = get_object_or_404(found, pk=kwargs["pk"])
        self.subject = self.translation.article.title

    def may_see(self) -> bool:
        return may_work_on(self.request.user, self.translation)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        translation = self.translation
        return super().get_context_data(
            texts=as_json(load_links(translation)),
            lock=lock_against(self.request.user, translation),
            source=_named(other(translation.language)),
            target=_named(translation.language),
            translation=translation,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if lock := lock_against(request.user, self.translation):
            return refuse(lock, 423)
        try:
            saved = self._save(request)
        except PairError as error:
            return refuse(str(error), 409)
        except (ValueError, TypeError, KeyError):
            return refuse(_("This request can't be read. Load the page again."), 400)
        return JsonResponse(as_json(saved))

    def _save(self, request: HttpRequest) -> StoryLinks:
        said = json.loads(body_of(request))
        links = [link_from_json(one) for one in said["links"]]
        return save_links(self.translation, links, str(said["version"]), request.user)
