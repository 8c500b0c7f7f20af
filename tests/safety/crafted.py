"""What somebody posts who knows the addresses, and what would take effect if it were theirs."""

import json
from typing import Any

from tests.desk.form_data import body_fields
from tests.safety.world import World

# To addresses that have no entry of their own.
ANYTHING = {
    "title": "Stolen",
    "slug": "stolen",
    "headline_en": "Stolen",
    "name_en": "Stolen",
    "action-publish": "action-publish",
    "restriction_type": "none",
    "comment": "Stolen",
    "state": "done",
    "note": "Stolen",
    "reason": "Stolen",
    "text": "Stolen",
    "key": "headline",
    "confirm": "yes",
    "next": "/",
    "body_en-count": "0",
    "body_zh_hans-count": "0",
    "bylines-TOTAL_FORMS": "0",
    "bylines-INITIAL_FORMS": "0",
    "entity_tags-TOTAL_FORMS": "0",
    "entity_tags-INITIAL_FORMS": "0",
    "related_links-TOTAL_FORMS": "0",
    "related_links-INITIAL_FORMS": "0",
    "comments-TOTAL_FORMS": "0",
    "comments-INITIAL_FORMS": "0",
}


def crafted(world: World, name: str, paper: str) -> dict[str, Any]:
    """The arguments of the test client's `post`."""
    mine, other = ("open", "chinese") if paper == "alpha" else ("chinese", "open")
    kind = name.rpartition(":")[2]
    if kind == "save_segment":
        changes = [{"key": "headline", "target": "Stolen", "base": ""}]
        return {"data": json.dumps({"changes": changes}), "content_type": "application/json"}
    if name == "archive_mcp":
        call = {"name": "search", "arguments": {"query": "harbour"}}
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
        accepted = {"accept": "application/json, text/event-stream"}
        return {
            "data": json.dumps(message),
            "content_type": "application/json",
            "headers": accepted,
        }
    return {"data": {**ANYTHING, **_special(world, kind, mine, other)}}


def _special(world: World, kind: str, mine: str, other: str) -> dict[str, Any]:
    pages, rows = world.pages, world.rows
    text = [{"type": "paragraph", "value": "<p>Stolen</p>", "id": ""}]
    story = {
        "source_language": "en",
        "headline_en": "Stolen",
        "print_date": "2015-09-22",
        "publication": pages["beta"].pk,
        "slug": "stolen",
        **body_fields("body_en", text),  # type: ignore[arg-type]
    }
    place = pages[other].get_parent().pk
    return {
        **dict.fromkeys(("add", "edit", "revisions_revert"), story),
        "copy": {"new_title": "Stolen", "new_slug": "stolen", "new_parent_page": place},
        "move": {"new_parent_page": place},
        "wagtail_bulk_action page move": {"chooser": place},
        "wagtail_bulk_action articlepage move": {"chooser": place},
        "wagtail_bulk_action articlepage edit": {"rights": "Stolen"},
        "mark": {"entity": rows["city"].pk, "base": "0"},
        "settle_report": {"state": "done"},
        "answer": {"answers": json.dumps([{"entity": rows["city"].pk, "verdict": "rejected"}])},
        "add_evidence": {"story": pages[mine].pk, "sentence": "Stolen", "language": "en"},
        "merge": {"id": [rows["city"].pk, rows["other"].pk], "kept": rows["city"].pk},
        "take": {"target": "Stolen", "base": "", "seen": "", "source": ""},
    }.get(kind, {})
