"""The demo's stories and names as plain values: what the checks of names are measured on."""

from collections.abc import Iterator
from dataclasses import replace

from archive.entities.csv_files import EntityRow, parse_entities
from archive.entities.glossary.terms import Form, Glossary, Term
from archive.qa.base import Pair, Story
from archive.stories.body import TRANSLATABLE
from archive.text.language import ENGLISH, LANGUAGES, column, other
from archive.text.richtext import plain_text
from archive.text.segmentation import RICH, SourceSegment, extract
from newsroom.demo.bodies import BodyBuilder
from newsroom.demo.stories import DATA, SEED, DemoStory, read_stories


def demo_terms() -> list[Term]:
    """The demo's names with made-up ids, in the files' order."""
    rows = [
        row
        for name in ("cities.csv", "people_orgs.csv")
        for row in parse_entities((DATA / name).read_text(encoding="utf-8"), name).rows
    ]
    return [_term(number, row) for number, row in enumerate(rows, start=1)]


def _term(number: int, row: EntityRow) -> Term:
    values = row.values
    names = {language: str(values[column("name", language)]) for language in LANGUAGES}
    forms = [Form(name, language) for language, name in names.items() if name]
    forms += [Form(alias.text, alias.language, alias.kind) for alias in row.aliases]
    return Term(number, row.key, values["kind"], tuple(forms), str(values.get("country") or ""))


def demo_story_values() -> Iterator[DemoStory]:
    """The demo's stories in both languages; the seed's English is the paper's own."""
    for story in read_stories():
        if story.slug == SEED:
            yield _with_english(story)
        elif len(story.languages) == len(LANGUAGES):
            yield story


def _with_english(story: DemoStory) -> DemoStory:
    lines = (DATA / f"{SEED}.txt").read_text(encoding="utf-8").split("\n")
    headline, standfirst, *paragraphs = [line for line in lines if line.strip()]
    # The import takes the credit off; "provided to" is how this paper begins it.
    caption = paragraphs[-2].split(" provided to ")[0]
    blocks = [
        {**block, ENGLISH: text} for block, text in zip(story.blocks, paragraphs, strict=False)
    ]
    return replace(
        story,
        headline={**story.headline, ENGLISH: headline},
        standfirst={**story.standfirst, ENGLISH: standfirst},
        blocks=blocks,
        picture=replace(story.picture, caption={**story.picture.caption, ENGLISH: caption}),
    )


def demo_checked_stories() -> dict[str, Story]:
    """By slug, each demo story as the checks see it."""
    terms = demo_terms()
    ids = {term.key: term.entity_id for term in terms}
    glossary = Glossary(tuple(terms))
    return {
        story.slug: Story(
            tuple(_pairs(story, ids)), story.source_language, other(story.source_language), glossary
        )
        for story in demo_story_values()
    }


def _pairs(story: DemoStory, ids: dict[str, int]) -> Iterator[Pair]:
    source, target = (
        _segments(story, language, ids)
        for language in (story.source_language, other(story.source_language))
    )
    for key, segment in source.items():
        if key in target:
            yield Pair(
                key,
                segment.kind,
                plain(segment),
                plain(target[key]),
                segment.text if segment.markup == RICH else "",
                target[key].text if segment.markup == RICH else "",
            )


def plain(segment: SourceSegment) -> str:
    return plain_text(segment.text) if segment.markup == RICH else segment.text


def _segments(story: DemoStory, language: str, ids: dict[str, int]) -> dict[str, SourceSegment]:
    fields = [
        SourceSegment(name, name, getattr(story, name)[language])
        for name in ("headline", "standfirst")
    ]
    body = BodyBuilder(story, language, ids).build(1 if story.picture else None)
    return {segment.key: segment for segment in [*fields, *extract(body, TRANSLATABLE)]}
