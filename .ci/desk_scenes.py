"""Scenes for `screenshots.py`: what the desk shows when work goes wrong, what a form suggests."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth import get_user_model
from playwright.sync_api import Page

from archive.desk.models import Segment, Translation
from archive.desk.saving import SegmentChange, save_segments, version_of
from archive.desk.segments import rows
from archive.models import ArticlePage
from archive.stories.body import raw
from archive.text.language import ENGLISH, column

# The ninth paragraph of the story, and what an editor makes of it.
NINTH = 9
CHANGED = ("sister city", "sister city since 2008")
# Wrong on purpose, for the checks: an amount, a currency, a name.
WRONG = (("王中丙", "王中平"), ("美元", "元"), ("两个方面", "三个方面"))
# What a colleague makes of a word, and what is typed meanwhile.
WORDINGS = ("表示", "指出")
MINE = "他期待合作。"

Scene = tuple[str, str, Callable[[Page], None] | None]


def scenes(article: ArticlePage) -> Iterator[Scene]:
    """(name, address, what to do on the page) of each, made ready as it is asked for."""
    translation = Translation.objects.get(article=article)
    edit = translation.get_edit_url()
    number = _change_ninth(article)
    yield "stale", f"{edit}#row-{number}", _focus(number)
    _spoil(translation)
    first_wrong = _first_with(translation, WRONG[0][1])
    yield "checks", f"{edit}#row-{first_wrong}", _focus(first_wrong)
    yield "conflict", f"{edit}#row-{NINTH - 2}", _conflict(translation, NINTH - 2)


def leave_names_untagged(article: ArticlePage) -> None:
    """A draft that is tagged with the first name only, so that its form suggests the others."""
    draft = article.get_latest_revision_as_object()
    draft.entity_tags.set(list(draft.entity_tags.all())[:1])
    draft.save_revision(user=_user("editor"))


def show_suggestions(page: Page) -> None:
    page.locator("[href='#tab-names_and_links']").first.click()
    page.wait_for_timeout(1000)


def _user(name: str) -> Any:
    return get_user_model().objects.get(username=name)


def _change_ninth(article: ArticlePage) -> int:
    """As the editor publishes it; gives the row's number."""
    name = column("body", ENGLISH)
    draft = article.get_latest_revision_as_object()
    blocks = raw(getattr(draft, name))
    paragraphs = [block for block in blocks if block["type"] == "paragraph"]
    ninth = paragraphs[NINTH - 1]
    old = ninth["value"]
    ninth["value"] = old.replace(*CHANGED) if CHANGED[0] in old else old.replace(".", " too.", 1)
    setattr(draft, name, draft._meta.get_field(name).to_python(blocks))
    draft.save_revision(user=_user("editor")).publish(user=_user("editor"))
    translation = Translation.objects.get(article=article)
    keys = [row.source.key for row in rows(translation)]
    return keys.index(ninth["id"]) + 1


def _newest(translation: Translation) -> list[Any]:
    row = Translation.objects.get(pk=translation.pk)
    return rows(row.get_latest_revision_as_object())


def _spoil(translation: Translation) -> None:
    changes = []
    for row in _newest(translation):
        target = row.target
        for right, wrong in WRONG:
            target = target.replace(right, wrong)
        if target != row.target:
            changes.append(SegmentChange(row.source.key, target, base=version_of(row.segment)))
    save_segments(translation, changes, user=_user("translator"))


def _first_with(translation: Translation, words: str) -> int:
    laid_out = _newest(translation)
    return next(number for number, row in enumerate(laid_out, 1) if words in row.target)


def _start_editor(page: Page, number: int) -> Any:
    row = page.locator(f"#row-{number}")
    row.scroll_into_view_if_needed()
    box = row.locator("[data-desk-field] :is(textarea, .public-DraftEditor-content)").first
    box.wait_for()
    box.click()
    return box


def _to_the_top(page: Page, selector: str) -> None:
    place = "element => scrollBy(0, element.getBoundingClientRect().top - 180)"
    page.locator(selector).first.evaluate(place)
    page.wait_for_timeout(400)


def _focus(number: int) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        _start_editor(page, number)
        # The sidebar comes a moment after the row has the focus.
        page.wait_for_timeout(1500)
        _to_the_top(page, f"#row-{number}")

    return act


def _conflict(translation: Translation, number: int) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        box = _start_editor(page, number)
        page.wait_for_timeout(800)
        _save_as_colleague(translation, number)
        box.press("ControlOrMeta+End")
        box.press_sequentially(MINE)
        page.locator("[data-desk-theirs]").wait_for()
        page.wait_for_timeout(800)
        _to_the_top(page, f"#row-{number}")

    return act


def _save_as_colleague(translation: Translation, number: int) -> None:
    row = _newest(translation)[number - 1]
    now, then = WORDINGS if WORDINGS[0] in row.target else reversed(WORDINGS)
    target = row.target.replace(now, then)
    change = SegmentChange(
        row.source.key, target, base=version_of(row.segment), origin=Segment.Origin.HUMAN
    )
    save_segments(translation, [change], user=_user("reviewer"))
