"""An edit form as a browser holds it: what stands in it, what is typed, and the buttons."""

from __future__ import annotations

import html
import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

import bs4
from django.utils import timezone
from lxml.html import document_fromstring
from wagtail.test.utils.form_data import rich_text

from archive.desk.editor.forms import (
    BASE,
    DRAFTS_KNOWN,
    JOINED,
    LEFT_OUT,
    NOTE,
    SEEN,
    STILL_RIGHT,
    TARGET,
    field_name,
    key_of,
)
from archive.stories.blocks import TEXT_FEATURES
from archive.stories.body import raw
from archive.stories.stale_save import CONSENT
from archive.text.language import LANGUAGES, column
from tests.desk.form_data import Blocks, body_fields, controls

if TYPE_CHECKING:
    from tests.desk.helpers import Person


class Form:
    """An edit form as a browser holds it, autosave included."""

    def __init__(self, person: Person, url: str) -> None:
        self.person = person
        self.url = url
        self._take(person.client.get(url))
        assert self.response.status_code == 200, (url, self.response.status_code)

    def _take(self, response: Any) -> None:
        self.response = response
        self.overwrites = ""
        if response.status_code != 200:
            return
        # Without a soup: to look at forms would take longer than to make them.
        [form] = document_fromstring(response.content.decode()).xpath("//form[@data-edit-form]")
        self.url = form.get("action") or self.url
        self.data = controls(form)
        self.blocks: dict[str, Blocks] = {}
        bound = response.context["form"]
        for language in LANGUAGES:
            name = column("body", language)
            if name in bound.fields:
                self.put_blocks(name, raw(bound[name].value()))

    def put_blocks(self, name: str, blocks: Blocks) -> Form:
        self.blocks[name] = blocks
        for old in [key for key in self.data if key.startswith(f"{name}-")]:
            del self.data[old]
        self.data.update(
            {k: ("" if v is None else str(v)) for k, v in body_fields(name, blocks).items()}
        )
        return self

    def type(self, **values: str) -> Form:
        """Type into plain inputs; only those that are on the screen."""
        for name, value in values.items():
            assert name in self.data, name
            self.data[name] = value
        return self

    def sneaks(self, **values: Any) -> Form:
        """What no browser would post."""
        self.data.update({k.replace("__dash__", "-"): str(v) for k, v in values.items()})
        return self

    # The translator's fields

    def keys(self) -> list[str]:
        return [key for name in self.data if (key := key_of(name))]

    def shows(self, key: str) -> str:
        """The words in a segment's input, plain or rich."""
        value = self.data[field_name(TARGET, key)]
        if '"blocks"' not in value:
            return value
        return "\n".join(block["text"] for block in json.loads(value)["blocks"])

    def put(self, key: str, text: str) -> Form:
        """Type a segment's translation; paragraphs are wrapped for the rich text editor."""
        name = field_name(TARGET, key)
        assert name in self.data, key
        is_rich = self.data[name].startswith("{") or '"blocks"' in self.data[name]
        self.data[name] = rich_text(f"<p>{text}</p>", features=TEXT_FEATURES) if is_rich else text
        return self

    def fill(self, mark: str) -> Form:
        """Translate every segment with words that are found nowhere else."""
        for number, key in enumerate(self.keys()):
            self.put(key, f"{mark}之{number}")
        return self

    def tick(self, part: str, key: str) -> Form:
        self.data[field_name(part, key)] = "on"
        return self

    def leave_out(self, key: str, note: str = "") -> Form:
        self.data[field_name(NOTE, key)] = note
        return self.tick(LEFT_OUT, key).put(key, "")

    def still_right(self, key: str) -> Form:
        return self.tick(STILL_RIGHT, key)

    def go_live_at(self, when: datetime | None) -> Form:
        return self._at("go_live_at", when)

    def expire_at(self, when: datetime | None) -> Form:
        return self._at("expire_at", when)

    def _at(self, name: str, when: datetime | None) -> Form:
        text = timezone.localtime(when).strftime("%Y-%m-%d %H:%M") if when else ""
        return self.type(**{name: text})

    # The buttons

    def press(self, action: str = "", **extra: str) -> Any:
        """Save, or "publish", "submit", "workflow-action"…; the form then shows the answer."""
        # Whoever is asked about drafts goes on.
        pressed = {f"action-{action}": f"action-{action}", DRAFTS_KNOWN: "on"} if action else {}
        response = self.person.client.post(self.url, {**self.data, **pressed, **extra})
        if response.status_code == 200:
            self._take(response)
        elif response.status_code == 302:
            self.saved_to = response.url
        return response

    def save(self, action: str = "", **extra: str) -> Form:
        response = self.press(action, **extra)
        assert response.status_code == 302, errors_of(response)
        return self

    def publish(self) -> Form:
        return self.save("publish")

    def refused(self, action: str = "", **extra: str) -> str:
        """Press a button that must be refused; returns what the page then shows."""
        response = self.press(action, **extra)
        assert response.status_code == 200, "was not refused"
        return page_text(response)

    def autosave(self) -> dict[str, Any]:
        """What the admin's script does while one types, field updates included."""
        if self.keys():
            return self.autosave_segments()
        data = {
            **self.data,
            **({"overwrite_revision_id": self.overwrites} if self.overwrites else {}),
        }
        response = self.person.client.post(self.url, data, headers={"Accept": "application/json"})
        answer: dict[str, Any] = json.loads(response.content)
        if answer.get("success"):
            self.overwrites = str(answer["revision_id"])
            for name, value in answer["field_updates"].items():
                if name in self.data:
                    self.data[name] = value
        return answer

    def autosave_segments(self, *keys: str) -> dict[str, Any]:
        """What the desk's script does while one types: each row is saved for itself."""
        sent = [self.change(key) for key in keys or self.keys()]
        pk = self.url.rstrip("/").split("/")[-1]
        response = self.person.saves(pk, *sent)
        answer: dict[str, Any] = json.loads(response.content)
        if response.status_code != 200:
            return {**answer, "success": False}
        for outcome in answer["outcomes"]:
            if outcome["kind"] in ("saved", "unchanged"):
                self.data[field_name(BASE, outcome["key"])] = outcome["version"]
        kinds = {outcome["kind"] for outcome in answer["outcomes"]}
        return {**answer, "success": kinds <= {"saved", "unchanged"}}

    def change(self, key: str) -> dict[str, Any]:
        """A row as the desk's script sends it."""
        texts = {"target": TARGET, "base": BASE, "seen": SEEN, "note": NOTE}
        boxes = {"left_out": LEFT_OUT, "joined": JOINED, "still_right": STILL_RIGHT}
        return {
            "key": key,
            **{name: self.data.get(field_name(part, key), "") for name, part in texts.items()},
            **{name: field_name(part, key) in self.data for name, part in boxes.items()},
        }

    def conflicts(self) -> dict[str, str]:
        """What colleagues saved meanwhile, by the segments' keys, as the refused form shows it."""
        soup = bs4.BeautifulSoup(self.response.content, "lxml")
        return {
            row["data-key"]: row.select_one(".archive-desk__theirs").get_text().strip()
            for row in soup.select("[data-desk-row]")
            if row.select_one(".archive-desk__theirs")
        }

    def keep_mine(self, *keys: str) -> Form:
        """Press the buttons beside a colleague's texts: all of them, or those of these rows."""
        soup = bs4.BeautifulSoup(self.response.content, "lxml")
        for row in soup.select("[data-desk-row]:has([data-desk-theirs])"):
            if not keys or row["data-key"] in keys:
                seen = row.select_one("[data-desk-theirs]")["data-version"]
                self.data[field_name(BASE, row["data-key"])] = seen
        return self

    def consent(self) -> Form:
        """Tick the box that a refused form shows."""
        soup = bs4.BeautifulSoup(self.response.content, "lxml")
        self.data[CONSENT] = soup.find("input", attrs={"name": CONSENT})["value"]
        return self


def page_text(response: Any) -> str:
    """A page with its scripts' data as a person would read it."""
    text = html.unescape(html.unescape(response.content.decode()))
    return re.sub(r"\\+u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text)


def errors_of(response: Any) -> Any:
    form = response.context and response.context.get("form")
    return (response.status_code, form.errors if form is not None else page_text(response)[:2000])
