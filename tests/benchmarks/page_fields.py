"""How many headlines, authors, dates and texts of real pages are read right, beside trafilatura.

    git clone https://github.com/flairNLP/fundus /tmp/fundus
    python -m tests.benchmarks.page_fields /tmp/fundus us uk au

The pages are those that Fundus tests its publishers' parsers with; what its parsers say is taken
for true. They aren't ours to keep. Names behind the checkout are its folders, by country; none
means those with English or Chinese publishers. Every second page, by its name in order, may be
looked at; the other half tells how it is with pages that nobody has seen. `--show` lists what is
wrong in the first half alone.
"""

import argparse
import gzip
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from typing import Any

import django

from tests.benchmarks.web_pages import compare

_DATA = Path("tests/resources/parser/test_data")
_COUNTRIES = ("au", "ca", "cn", "ind", "my", "na", "tw", "tz", "uk", "us", "za")


@dataclass(frozen=True)
class Truth:
    name: str
    page: str
    said: dict[str, Any]

    def body(self) -> str:
        body = self.said.get("body") or {}
        sections = body.get("sections") or ()
        texts = [one for part in sections for one in (*part["headline"], *part["paragraphs"])]
        return "\n".join([*(body.get("summary") or ()), *texts])


@dataclass(frozen=True)
class Fields:
    """What a reader says of a page; `day` is ISO's."""

    title: str = ""
    authors: frozenset[str] = field(default_factory=frozenset)
    day: str = ""
    body: str = ""


def truths(checkout: Path, countries: list[str]) -> Iterator[Truth]:
    """The pages whose versions are as many as the parsers' answers."""
    for country in countries:
        for path in sorted((checkout / _DATA / country).glob("*.json")):
            versions = json.loads(path.read_text(encoding="utf-8"))
            pages = sorted(path.parent.glob(f"{path.stem}_[0-9]*.html.gz"))
            for page, version in zip(pages, sorted(versions), strict=False):
                if len(pages) == len(versions):
                    text = gzip.decompress(page.read_bytes()).decode("utf-8", "replace")
                    yield Truth(f"{country}/{page.name}", text, versions[version])


def _names(names: Any) -> frozenset[str]:
    return frozenset(" ".join(str(one).casefold().split()) for one in names if str(one).strip())


def _ours(page: str) -> Fields:
    # Django must be set up first.
    from archive.contrib.intake.records import IntakeError
    from archive.contrib.intake.story_reader import read_story
    from archive.contrib.web_pages.page import read_web_page

    try:
        story = read_story(read_web_page(page), "page.html")
    except IntakeError:
        return Fields()
    names = _names(one.name for one in story.bylines)
    told = [story.standfirst or "", story.dateline or "", *(one.text for one in story.blocks)]
    return Fields(story.headline, names, str(story.published or ""), "\n".join(told))


def _trafilatura(page: str) -> Fields:
    import trafilatura

    found = trafilatura.bare_extraction(page, include_comments=False, with_metadata=True)
    if found is None:
        return Fields()
    said = found if isinstance(found, dict) else found.as_dict()
    names = _names((said.get("author") or "").split(";"))
    return Fields(said.get("title") or "", names, said.get("date") or "", said.get("text") or "")


def _verdicts(truth: Truth, read: Fields) -> Iterator[tuple[str, float, Any, Any]]:
    """Each field that the truth has: how right it is, the truth, and what was read."""
    from archive.contrib.intake.layout.lines import key

    if title := truth.said.get("title"):
        yield "title", float(key(title) == key(read.title)), title, read.title
    if authors := _names(truth.said.get("authors") or ()):
        yield "authors", float(authors == read.authors), sorted(authors), sorted(read.authors)
    if day := str(truth.said.get("publishing_date") or "")[:10]:
        yield "date", float(day == read.day), day, read.day
    if body := truth.body():
        found = compare(read.body, body)
        total = 2 * found.both + found.only_read + found.only_true
        yield "text", 2 * found.both / total if total else 0.0, len(body), len(read.body)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkout", type=Path)
    parser.add_argument("countries", nargs="*")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.test")
    django.setup()
    found = list(truths(options.checkout, options.countries or [*_COUNTRIES]))
    for label, reader in {"ours": _ours, "trafilatura": _trafilatura}.items():
        for part, half in {"looked at": found[::2], "held out": found[1::2]}.items():
            scores: dict[str, list[float]] = {}
            for truth in half:
                for name, share, true, read in _verdicts(truth, reader(truth.page)):
                    scores.setdefault(name, []).append(share)
                    if options.show and part == "looked at" and label == "ours" and share < 0.9:
                        sys.stdout.write(f"{truth.name} {name}: {true} / {read} ({share:.2f})\n")
            said = ", ".join(f"{name} {mean(each):.3f}" for name, each in scores.items())
            sys.stdout.write(f"{label}, {part} ({len(half)} pages): {said}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
