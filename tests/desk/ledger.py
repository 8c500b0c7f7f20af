"""Keeps the books on one story that two people work on, and audits the row after every step."""

import json
from copy import copy
from itertools import count
from typing import Self

from wagtail.models import Revision

from archive.models import ArticlePage, Translation
from archive.text.language import CHINESE, column, other
from tests.desk.helpers import Person, again, source_words, target_words, translation_of
from tests.factories import make_article, make_body, make_editor, make_translator
from tests.site.reading import HTML_CODES, address, language_of, one, opened_at, words


class Ledger:
    """One story, its editor and its translator. Each writes words that are found nowhere else."""

    def __init__(
        self, source: str = "en", *, editor_reads: str = "en", translator_reads: str = "en"
    ) -> None:
        self.source, self.target = source, other(source)
        self.editor = Person(make_editor(), editor_reads)
        self.translator = Person(make_translator(), translator_reads)
        printed = self._words("Printed")
        self.article = make_article(printed, body=make_body(printed, printed), language=source)
        self.translation = translation_of(self.article)
        self.first = self.article.latest_revision
        self.numbers = count(1)
        # What readers of each language must get; "" for nothing of its own.
        self.in_source, self.in_target = printed, ""
        self.drafted = self.in_source
        self.translated: list[str] = []
        self.first_translated: Revision | None = None
        # One person's saves of segments in a row are one version.
        self.is_sitting = False

    def branch(self) -> Self:
        """The books as they stand, to be gone on with; these stay as they are."""
        branch = copy(self)
        branch.translated = [*self.translated]
        return branch

    def _words(self, name: str) -> str:
        return f"见报{name}" if self.source == CHINESE else f"{name} story"

    # The editor

    def _edited(self) -> tuple[object, str]:
        # No figures: a translation that has others couldn't be published.
        words = f"{self._words('Edit')} {_in_letters(next(self.numbers))}."
        form = self.editor.edits(again(self.article))
        name = column("body", self.source)
        blocks = [{**block, "value": f"<p>{words}</p>"} for block in form.blocks[name]]
        form.put_blocks(name, blocks)
        return form.type(**{column("headline", self.source): words}), words

    def e_saves(self) -> None:
        form, words = self._edited()
        form.save()
        self._drafts(words)

    def e_autosaves(self) -> None:
        form, words = self._edited()
        assert form.autosave()["success"]
        assert form.autosave()["success"]
        self._drafts(words)

    def e_publishes(self) -> None:
        form, words = self._edited()
        form.publish()
        self.in_source = self.drafted = words

    def e_reverts(self) -> None:
        self.editor.reverts(self.article, self.first).publish()
        self.in_source = self.drafted = self._words("Printed")

    def e_reverts_a_draft(self) -> None:
        self.editor.reverts(self.article, self.first).save()
        self._drafts(self._words("Printed"))

    def e_unpublishes(self) -> None:
        if again(self.article).live:
            self.editor.unpublishes(self.article)
            assert not again(self.article).live

    def _drafts(self, words: str) -> None:
        self.drafted = words
        if not again(self.article).live:
            self.in_source = words

    # The translator

    def _translated(self) -> tuple[object, str]:
        words = f"{'译文' if self.target == CHINESE else 'Rendered'}{next(self.numbers)}"
        return self.translator.edits(self.translation).fill(words), words

    def t_saves(self) -> None:
        form, words = self._translated()
        form.save()
        self._remember(words)

    def t_autosaves(self) -> None:
        form, words = self._translated()
        assert form.autosave()["success"]
        assert form.autosave()["success"]
        if self.is_sitting:
            self.translated[-1] = words
        self._remember(words)
        self.is_sitting = True

    def t_publishes(self) -> None:
        form, words = self._translated()
        form.publish()
        self._remember(words)
        self.in_target = words

    def t_reverts(self) -> None:
        if self.first_translated:
            self.translator.reverts(self.translation, self.first_translated).publish()
            self.in_target = self.translated[0]
            self.is_sitting = False

    def t_unpublishes(self) -> None:
        if again(self.translation).live:
            self.translator.unpublishes(self.translation)
            self.in_target = ""

    def _remember(self, words: str) -> None:
        if not self.is_sitting or self.translated[-1] != words:
            self.translated.append(words)
        self.is_sitting = False
        if self.first_translated is None:
            self.first_translated = Translation.objects.get(pk=self.translation.pk).latest_revision

    # The auditor

    def does(self, step: str) -> None:
        getattr(self, step)()
        self.audit(step)

    def audit(self, step: str) -> None:
        article, translation = again(self.article), again(self.translation)
        assert bool(target_words(article)) == translation.live == bool(self.in_target), step
        assert source_words(article).count(self.in_source) == 3, (step, source_words(article))
        self._audit_target(article, step)
        self._audit_readers(article, step)
        self._audit_history(step)

    def _audit_target(self, article: ArticlePage, step: str) -> None:
        found = target_words(article)
        expected = [f"{self.in_target}之{n}" for n in range(3)] if self.in_target else []
        assert all(words in found for words in expected), (step, found)
        strangers = [w for w in self.translated if w != self.in_target and f"{w}之" in found]
        assert not strangers, (step, strangers)

    def _audit_readers(self, article: ArticlePage, step: str) -> None:
        path = address(article, self.target)
        if not article.live:
            # It was there once: it was taken back.
            opened_at(path, 410)
            return
        page = opened_at(path)
        language = self.target if self.in_target else self.source
        assert words(page, "h1") == (
            f"{self.in_target}之0" if self.in_target else self.in_source
        ), step
        assert language_of(one(page, ".story-body")) == HTML_CODES[language], step
        assert bool(page.select(".notice-missing")) == (not self.in_target), step
        assert article.in_language(self.source).headline == self.in_source, step

    def _audit_history(self, step: str) -> None:
        pages = json.dumps(_history(self.article), ensure_ascii=False)
        assert not [w for w in self.translated if f"{w}之" in pages], step
        translations = json.dumps(_history(self.translation), ensure_ascii=False)
        assert not [w for w in self.translated if f"{w}之" not in translations], step
        assert self.drafted in pages, step


def _in_letters(number: int) -> str:
    """1 is "bx", 12 is "bcx": none is the beginning of another."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number)) + "x"


def _history(thing: ArticlePage | Translation) -> list[object]:
    return list(Revision.objects.for_instance(thing).values_list("content", flat=True))
