"""The memory in the admin: a search for words, also beside the desk."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import Button

from archive.desk.memory.units import text_of
from archive.desk.models import MemoryUnit, Translation
from archive.desk.policies import refuse_work_on
from archive.desk.querysets import SENTENCE
from archive.text.language import HAS_CHINESE, LABELS, other
from archive.text.normalisation import to_simplified
from archive.wagtail_admin import ScreenMixin, action_buttons

PAGE = 25
# Offsets cost what they leave out; nobody reads on so far.
MOST_PAGES = 200
MOST_CHARACTERS = 200
# Hits beside the desk.
MOST_BESIDE = 9
_QUOTES = str.maketrans(dict.fromkeys('"“”', " "))
_WORDS = re.compile(r'["“”]([^"“”]+)["“”]|([^\s"“”]+)')


def words_in(text: str) -> list[str]:
    """What is searched for: each word, or several in quotation marks as they stand."""
    groups = _WORDS.findall(text[:MOST_CHARACTERS])
    return [found for quoted, word in groups if (found := (quoted or word).strip())]


def marked(text: str, words: list[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is a hit; capitals don't count. Needs a word."""
    # The longest first: 湛江港 isn't 湛江 and 港.
    wanted = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    pieces = re.split(f"({wanted})", text, flags=re.IGNORECASE)
    return [(piece, number % 2 == 1) for number, piece in enumerate(pieces) if piece]


class MemorySearch:
    """A page of the units with all the words in one of their texts, newest first; two queries.

    Where all words are in one sentence of which the translation is known, it stands for its
    paragraph. They aren't counted: that would read the whole memory for words that are everywhere.
    """

    def __init__(self, text: str, language: str = "", page: int = 1) -> None:
        self.text, self.language, self.page = text, language, min(max(page, 1), MOST_PAGES)
        self.words = words_in(text)
        self.marked = [*self.words, *map(to_simplified, self.words)] if HAS_CHINESE else self.words
        start = (self.page - 1) * PAGE
        every = MemoryUnit.objects.paragraphs()
        found = every.containing(self.words, language) if self.words else every.none()
        units = list(found[start : start + PAGE + 1])
        self.units, self.has_more = self._by_sentence(units[:PAGE]), len(units) > PAGE

    def _by_sentence(self, units: list[MemoryUnit]) -> list[MemoryUnit]:
        """The sentences with all the words, each in place of its paragraph; else the paragraphs."""
        stories = {unit.article_id for unit in units if unit.article_id}
        if not stories:
            return units
        keys = [unit.key for unit in units]
        sentences = MemoryUnit.objects.filter(kind=SENTENCE, article__in=stories, key__in=keys)
        found: dict[tuple[int | None, str], list[MemoryUnit]] = {}
        for one in sentences.containing(self.words, self.language).order_by("pk"):
            found.setdefault((one.article_id, one.key), []).append(one)
        return [one for unit in units for one in found.get((unit.article_id, unit.key), [unit])]

    @property
    def rows(self) -> Iterator[tuple[list[tuple[str, list[tuple[str, bool]]]], MemoryUnit]]:
        """Each unit with its texts, the one that was written first first."""
        for unit in self.units:
            order = (unit.written_in, other(unit.written_in))
            yield [(one, marked(text_of(unit, one), self.marked)) for one in order], unit

    @property
    def previous_url(self) -> str:
        return self._url(self.page - 1) if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        return self._url(self.page + 1) if self.has_more and self.page < MOST_PAGES else ""

    def _url(self, page: int) -> str:
        values = {"words": self.text, "language": self.language, "p": page}
        return f"{reverse('archive_memory:search')}?{urlencode(values)}"


class SearchForm(forms.Form):
    """What to search for, and where; an unknown language is either one."""

    words = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        max_length=MOST_CHARACTERS,
        help_text=gettext_lazy("All words must match. Put phrases in quotation marks."),
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=[("", gettext_lazy("Both languages")), *LABELS.items()],
    )


def may_search(user: Any) -> bool:
    return bool(user.has_perm("archive.change_translation"))


class MemoryView(ScreenMixin, TemplateView):
    template_name = "archive/admin/memory.html"
    page_title = gettext_lazy("Translation memory")
    header_icon = "history"

    def may_see(self) -> bool:
        return may_search(self.request.user)

    @property
    def header_more_buttons(self) -> list[Button]:
        return action_buttons("memory", self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form, page = SearchForm(self.request.GET), self.request.GET.get("p", "")
        asked = form.cleaned_data if form.is_valid() else {}
        words, language = asked.get("words", ""), asked.get("language", "")
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "asked": MemorySearch(words, language, int(page) if page.isdecimal() else 1),
        }


@require_GET
def concordance(request: HttpRequest, pk: int) -> HttpResponse:
    """Where `?words=…` of either language stand together, to be inserted; a fragment of HTML."""
    translation: Any = Translation.objects.with_story().filter(pk=pk).first()
    if refused := refuse_work_on(request, translation):
        return refused
    words = request.GET.get("words", "").translate(_QUOTES).strip()[: MOST_CHARACTERS - 2]
    asked = f'"{words}"' if words else ""
    search = MemorySearch(asked)
    hits = [(text_of(unit, translation.language), *row, unit) for *row, unit in search.rows]
    context = {
        "words": words,
        "hits": hits[:MOST_BESIDE],
        "has_more": search.has_more or len(hits) > MOST_BESIDE,
        "target_language": translation.language,
        "search_url": f"{reverse('archive_memory:search')}?{urlencode({'words': asked})}",
    }
    return render(request, "archive/admin/sidebar/concordance.html", context)
