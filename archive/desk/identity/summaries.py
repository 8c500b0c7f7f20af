"""What a merge changes, in lines for the editor: counted from the record of its changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.utils.translation import ngettext

from archive.desk.identity.ledger import Entry

_TAG, _TIE = "archive.articleentity", "archive.tie"
# Not worth a line of their own: they say nothing that another line doesn't.
_SILENT = {"archive.double", "archive.entity", "archive.formerkey", "archive.identitychange"}


def summary(entries: Iterable[Entry]) -> list[str]:
    """One line for each kind of row, with how many of them change."""
    counts = Counter(_kind(entry) for entry in entries)
    mentions = Counter[str]()
    for entry in entries:
        if entry["op"] == "mentions":
            mentions[entry["model"]] += len(entry["places"])
    counts["mention"] = mentions["archive.articlepage"]
    counts["segment"] = mentions["archive.segment"]
    counts["version"] = len({e["pk"] for e in entries if e["model"] == "wagtailcore.revision"})
    known = [say(counts.pop(kind)) for kind, say in _LINES.items() if counts.get(kind)]
    return [*known, *(_other(kind, n) for kind, n in sorted(counts.items()) if n and "." in kind)]


def _kind(entry: Entry) -> str:
    model, op = entry["model"], entry["op"]
    if op in ("mentions", "lists") or model in _SILENT:
        return ""
    changed = entry.get("after", {})
    if model == _TAG:
        return "tag joined" if op == "delete" else "tag" if "entity_id" in changed else ""
    if model == _TIE:
        moved = {"place_a_id", "place_b_id"} & changed.keys()
        return "tie gone" if op == "delete" else "tie" if moved else ""
    if model == "archive.entityname":
        return {"create": "name made", "update": "name", "delete": "name gone"}[op]
    return str(model)


def _other(kind: str, number: int) -> str:
    names: Any = apps.get_model(kind)._meta
    label = names.verbose_name if number == 1 else names.verbose_name_plural
    return f"{label}: {number}"


_LINES: dict[str, Callable[[int], str]] = {
    "tag": lambda n: (
        ngettext(
            "%(count)s story is tagged with the name that is kept.",
            "%(count)s stories are tagged with the name that is kept.",
            n,
        )
        % {"count": n}
    ),
    "tag joined": lambda n: (
        ngettext(
            "%(count)s story has both names as tags: they become one, and “about” wins.",
            "%(count)s stories have both names as tags: they become one, and “about” wins.",
            n,
        )
        % {"count": n}
    ),
    "mention": lambda n: (
        ngettext(
            "%(count)s mention in published texts leads to it.",
            "%(count)s mentions in published texts lead to it.",
            n,
        )
        % {"count": n}
    ),
    "segment": lambda n: (
        ngettext(
            "%(count)s mention in translations’ segments leads to it.",
            "%(count)s mentions in translations’ segments lead to it.",
            n,
        )
        % {"count": n}
    ),
    "version": lambda n: (
        ngettext(
            "%(count)s draft or earlier version is brought in step.",
            "%(count)s drafts and earlier versions are brought in step.",
            n,
        )
        % {"count": n}
    ),
    "tie": lambda n: (
        ngettext("%(count)s tie is led over.", "%(count)s ties are led over.", n) % {"count": n}
    ),
    "tie gone": lambda n: (
        ngettext(
            "%(count)s tie goes: it joins one that is there, or was between these names.",
            "%(count)s ties go: they join ones that are there, or were between these names.",
            n,
        )
        % {"count": n}
    ),
    "archive.tieevidence": lambda n: (
        ngettext(
            "%(count)s piece of evidence goes along.", "%(count)s pieces of evidence go along.", n
        )
        % {"count": n}
    ),
    "archive.office": lambda n: (
        ngettext("%(count)s office is led over.", "%(count)s offices are led over.", n)
        % {"count": n}
    ),
    "archive.articlebyline": lambda n: (
        ngettext(
            "%(count)s byline’s place is led over.", "%(count)s bylines’ places are led over.", n
        )
        % {"count": n}
    ),
    "name": lambda n: (
        ngettext("%(count)s other name is taken over.", "%(count)s other names are taken over.", n)
        % {"count": n}
    ),
    "name made": lambda n: (
        ngettext("%(count)s name becomes an other name.", "%(count)s names become other names.", n)
        % {"count": n}
    ),
    "name gone": lambda n: (
        ngettext(
            "%(count)s other name is there already.", "%(count)s other names are there already.", n
        )
        % {"count": n}
    ),
}
