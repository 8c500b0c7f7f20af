"""Two translators and an editor at the seed story at once: nothing is lost, conflicts are shown."""

import random
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import Revision
from wagtail.test.utils.form_data import rich_text

from archive.desk.editor.forms import TARGET, field_name
from archive.desk.segments import Row, rows
from archive.models import ArticlePage, Translation
from archive.stories.blocks import TEXT_FEATURES
from archive.text.segmentation import RICH
from tests.browser import acting, server
from tests.contrib.intake.importing import import_paths
from tests.contrib.intake.texts import SEED
from tests.desk.helpers import Person
from tests.factories import make_article, make_editor, make_publication, make_translator

# A quarter with every change, all of them with a release.
SAVES = [50, pytest.param(200, marks=pytest.mark.exhaustive)]
TYPED_EACH, EDITED_EACH = 16, 25
HEADLINE = field_name(TARGET, "headline")


@dataclass
class Translator:
    """Knows of each segment only what their own screen has shown."""

    name: str
    person: Person
    bases: dict[str, str] = field(default_factory=dict)


@dataclass
class Books:
    """What each segment must hold, who wrote it, and what became of every text."""

    translation: Translation
    rows: dict[str, Row]
    holds: dict[str, tuple[str, str]] = field(default_factory=dict)
    replaced: list[tuple[str, str]] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)

    def save(self, who: Translator, key: str, text: str, luck: random.Random) -> None:
        outcome = self._send(who, key, text)
        if outcome["kind"] == "conflict":
            self._see_theirs(key, outcome)
            version = re.search(r'data-version="(\w*)"', outcome["conflict"])
            assert version
            who.bases[key] = version[1]
            if luck.random() < 0.5:
                self.outcomes["theirs taken"] += 1
                return
            outcome = self._send(who, key, text)
            self.outcomes["mine kept"] += 1
        assert outcome["kind"] == "saved", outcome
        who.bases[key] = outcome["version"]
        self.wrote(who.name, key, text)

    def _send(self, who: Translator, key: str, text: str) -> dict[str, Any]:
        is_rich = self.rows[key].source.markup == RICH
        target = rich_text(f"<p>{text}</p>", features=TEXT_FEATURES) if is_rich else text
        change = {"key": key, "target": target, "base": who.bases.get(key, "")}
        with server.turn:
            response = who.person.saves(self.translation.pk, change)
        outcome: dict[str, Any] = response.json()["outcomes"][0]
        self.outcomes[outcome["kind"]] += 1
        return outcome

    def _see_theirs(self, key: str, outcome: dict[str, Any]) -> None:
        shown = re.sub(r"<del>.*?</del>|<[^>]+>", "", outcome["conflict"])
        assert self.holds[key][1] in shown

    def wrote(self, name: str, key: str, text: str) -> None:
        if key in self.holds and self.holds[key][0] != name:
            self.replaced.append(self.holds[key])
        self.holds[key] = (name, text)


@pytest.fixture
def story() -> ArticlePage:
    make_publication()
    import_paths(SEED)
    article = ArticlePage.objects.get()
    article.get_latest_revision().publish()
    return ArticlePage.objects.get()


def stored(translation: Translation) -> dict[str, str]:
    draft = Translation.objects.get(pk=translation.pk).get_latest_revision_as_object()
    return {s.key: re.sub(r"<[^>]+>", "", s.target) for s in draft.segments.all() if s.target}


def rewrite_ninth(editor: Person, story: ArticlePage, words: str) -> str:
    """The editor publishes other words in the ninth paragraph; gives its key."""
    with server.turn:
        form = editor.edits(ArticlePage.objects.get(pk=story.pk))
        blocks = form.blocks["body_en"]
        ninth = [block for block in blocks if block["type"] == "paragraph"][8]
        changed = {**ninth, "value": f"<p>{words}</p>"}
        form.put_blocks("body_en", [changed if b is ninth else b for b in blocks]).publish()
    return str(ninth["id"])


def type_headline(page: Page, text: str) -> str:
    """Type into the headline on the screen; gives what became of it."""
    box = acting.field(page, HEADLINE)
    box.click()
    box.press("ControlOrMeta+a")
    box.press_sequentially(text)
    box.blur()
    summary = page.locator("[data-desk-summary]:is([data-kind=saved], [data-kind=conflict])")
    expect(summary).to_be_visible()
    kind = summary.get_attribute("data-kind")
    assert kind
    return kind


@pytest.mark.exhaustive
@pytest.mark.parametrize("saves", SAVES)
def test_interleaved_saves_lose_nothing(open_tab, story, saves):
    luck = random.Random(20150922)
    translation = story.translations.get()
    books = Books(translation, {row.source.key: row for row in rows(translation)})
    keys = list(books.rows)
    users = [make_translator(name) for name in ("li", "wang")]
    people = [Translator(user.username, Person(user)) for user in users]
    editor = Person(make_editor())
    tabs = [open_tab(user) for user in users]
    for tab in tabs:
        acting.edit(tab, translation)
        acting.wait_until_watched(tab)
    ninth, shown_conflicts = "", 0
    typed_at = {at: n for n, at in enumerate(range(0, saves, TYPED_EACH))}
    edited_at = range(7, saves, EDITED_EACH)
    for number in range(saves):
        if number in edited_at:
            ninth = rewrite_ninth(editor, story, f"The ninth paragraph, mended {number} times.")
        who = luck.choice(people)
        if number in typed_at:
            place = typed_at[number] % 2
            text = f"{people[place].name}标题{number}"
            shown_conflicts += keeps_mine(tabs[place], text, books)
            books.wrote(people[place].name, "headline", text)
        else:
            books.save(who, luck.choice(keys), f"{who.name}的译文{number}", luck)
    check_books(books, translation)
    was_before = ninth in books.holds and number_of(books.holds[ninth][1]) < max(edited_at)
    assert stale_in(translation) == ([ninth] if was_before else [])
    assert shown_conflicts
    assert books.outcomes["conflict"] >= saves / 10
    assert books.outcomes["saved"] >= saves / 2


def keeps_mine(tab: Page, text: str, books: Books) -> bool:
    """Types a headline; where a colleague's came first, looks at it and keeps the own one."""
    if type_headline(tab, text) == "saved":
        return False
    conflict = acting.desk_row(tab, "headline").locator("[data-desk-theirs]")
    theirs = books.holds["headline"][1]
    assert theirs in (conflict.get_attribute("data-desk-theirs") or "").encode().decode(
        "unicode_escape"
    )
    conflict.get_by_role("button", name="Keep mine").click()
    acting.wait_for_autosave(tab)
    return True


def check_books(books: Books, translation: Translation) -> None:
    held = {key: text for key, (_name, text) in books.holds.items()}
    assert stored(translation) == held
    versions = Revision.objects.for_instance(translation).values_list("content", flat=True)
    history = str(list(versions))
    assert [text for _name, text in books.replaced if text not in history] == []


SAVE_ON_AND_ON = """() => {
  const { saveUrl } = document.querySelector("[data-archive-desk]").dataset;
  const headers = { "Content-Type": "application/json" };
  const about = { base: "", note: "", left_out: false, joined: false };
  window.refused = [];
  const save = async (number) => {
    const changes = [{ key: "headline", target: `${number}`, ...about }];
    const sent = { method: "POST", headers, body: JSON.stringify({ changes }) };
    const refuse = (error) => window.refused.push(`${error}`);
    await window.ArchiveSession.ask(saveUrl, sent).catch(refuse);
    if (!window.isOver) await save(number + 1);
  };
  window.saved = save(1);
}"""


def test_a_test_and_the_server_take_turns_at_the_database(desk) -> None:
    """They share its one connection: each would end the other's transactions."""
    desk.evaluate(SAVE_ON_AND_ON)
    for number in range(10):
        make_article(f"Story {number}")
    desk.evaluate("window.isOver = true; window.saved.then(() => null)")
    assert desk.evaluate("window.refused") == []
    assert ArticlePage.objects.filter(slug__startswith="story-").count() == 10


def number_of(text: str) -> int:
    """The save's number, which ends each text."""
    return int(re.findall(r"\d+", text)[-1])


def stale_in(translation: Translation) -> list[str]:
    draft = Translation.objects.get(pk=translation.pk).get_latest_revision_as_object()
    return [row.source.key for row in rows(draft) if row.is_stale]
