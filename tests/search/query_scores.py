"""Scores queries of the demo's search: `python -m tests.search.query_scores SET [--show]`.

A set is a list of queries with the pages of which one should stand first
(tests/data/queries/README.md); the first one is the first answer, or else the first story.
"""

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

_FOUND = re.compile(r'<section class="search-list.*?(?=<details class="search-narrow|</main)', re.S)
_HEADING = re.compile(r'<h3[^>]*>\s*<a href="([^"]+)"')


def score_set(path: Path, *, show: bool) -> Iterator[str]:
    """The lines that the command prints."""
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for number, query in enumerate(json.loads(path.read_text(encoding="utf-8"))):
        kind, wanted = query["kind"], list(map(unquote, query["first"]))
        found = _found(client, query, number)
        every[kind] += 1
        if found and found[0] in wanted:
            right[kind] += 1
        elif show:
            yield f"{kind}: {query['q']}\n  - {wanted}\n  + {found[:3]}"
    yield f"{right.total()} of {every.total()}"
    yield from (f"{kind:12} {right[kind]}/{number}" for kind, number in every.items())


def _found(client: Any, query: dict[str, Any], number: int) -> list[str]:
    # Each from an address of its own: one that asks so much is told to wait.
    address = f"10.{number // 250}.{number % 250}.1"
    path = f"/{query['lang']}/search/"
    page = client.get(path, {"q": query["q"]}, REMOTE_ADDR=address).content.decode()
    listed = _FOUND.search(page)
    return list(map(unquote, _HEADING.findall(listed[0]))) if listed else []


def main(arguments: list[str]) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.dev")
    django.setup()
    for line in score_set(Path(arguments[0]), show="--show" in arguments):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
