"""Records of stories that nobody would write: for what files must give back."""

import string
from dataclasses import replace
from html import escape
from typing import Any

from hypothesis import strategies as st

from archive.interchange.records import (
    BylineRecord,
    EvidenceRecord,
    FiledRecord,
    LinkRecord,
    NameFormRecord,
    NameRecord,
    PictureRecord,
    RecordedTie,
    TagRecord,
    TextRecord,
    TranslationRecord,
    WholeStory,
)

# What XML can hold; and of it what files get wrong: marks of Markdown, of XML and of YAML, spaces.
CHARACTERS = st.one_of(
    st.sampled_from("\t\n\r  \u3000\u2028\u0085 *_`[]()<>&\"'#+-=!|~\\{}:.0123456789"),
    st.sampled_from(string.ascii_letters + "湛江港口友好城市鹽，。：“”《》"),
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"
    ),
)
TEXTS = st.text(CHARACTERS, max_size=40)
LINES = TEXTS.map(lambda text: " ".join(text.split()))
WORDS = LINES.filter(bool)
KEYS = st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True)
DAYS = st.dates().map(lambda day: day.isoformat())
IDS = st.uuids(version=4).map(str)
NAME_URL, STORY_URL = "https://news.example/en/entities/%s/", "https://news.example/s/%s/en/"


def in_both(texts: st.SearchStrategy[str] = WORDS) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({}, optional={"en": texts, "zh-hans": texts}).filter(bool)


ABOUT = st.one_of(st.just({}), in_both())
NAMES = st.builds(
    NameRecord,
    key=KEYS,
    kind=st.sampled_from(["person", "organisation", "place", "event", "topic"]),
    names=in_both(),
    descriptions=ABOUT,
    forms=st.lists(
        st.builds(
            NameFormRecord, WORDS, st.sampled_from(["en", "zh-hans"]), st.just("alias"),
            st.booleans(), st.sampled_from(["", "1980", "1980-01"]),
        ),
        max_size=2,
        unique_by=lambda one: (one.text, one.language),
    ).map(tuple),
    latitude=st.one_of(st.none(), st.floats(-90, 90)),
    longitude=st.one_of(st.none(), st.floats(-180, 180)),
    geonames_id=st.one_of(st.none(), st.integers(1, 2**31 - 1)),
    wikidata_id=st.sampled_from(["", "Q59144"]),
    is_published=st.booleans(),
)  # fmt: skip
PICTURES = st.builds(
    lambda key, **said: PictureRecord(key=key, file=f"pictures/{key}.jpg", **said),
    st.from_regex(r"[0-9a-f]{40}", fullmatch=True),
    title=WORDS,
    captions=ABOUT,
    alt_texts=ABOUT,
    credit=LINES,
    rights=LINES,
    ai_prompt=TEXTS,
    width=st.integers(1, 5000),
    height=st.integers(1, 5000),
)


@st.composite
def rich_texts(draw: Any, urls: list[str]) -> str:
    """Inline rich text in database form, whose links are addresses."""
    parts = []
    for _at in range(draw(st.integers(1, 4))):
        words = escape(draw(TEXTS), quote=draw(st.booleans()))
        match draw(st.sampled_from(["", "b", "i", "both", "a", "br"])):
            case "b" | "i" as tag:
                parts.append(f"<{tag}>{words}</{tag}>")
            case "both":
                parts.append(f"<b>x<i>{words}</i></b>")
            case "a":
                url = escape(draw(st.sampled_from(urls)))
                parts.append(f'<a href="{url}">{words}</a>')
            case "br":
                parts.append(f"{words}<br/>")
            case _:
                parts.append(words)
    return "".join(parts)


@st.composite
def blocks(draw: Any, urls: list[str], pictures: list[PictureRecord]) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(_VALUES)))
    return {"type": kind, "value": _VALUES[kind](draw, urls, pictures), "id": draw(IDS)}


def _paragraph(draw: Any, urls: list[str], _pictures: Any) -> str:
    return f"<p>{draw(rich_texts(urls))}</p>"


def _picture(draw: Any, _urls: Any, pictures: list[PictureRecord]) -> dict[str, Any]:
    keys = [None, *(one.key for one in pictures)]
    said = {name: draw(TEXTS) for name in ("caption", "alt_text", "credit")}
    return {"image": draw(st.sampled_from(keys)), **said}


def _items(draw: Any, value: Any) -> list[dict[str, Any]]:
    return [
        {"type": "item", "value": value(), "id": draw(IDS)}
        for _at in range(draw(st.integers(1, 3)))
    ]


def _list(draw: Any, urls: list[str], _pictures: Any) -> dict[str, Any]:
    items = _items(draw, lambda: f"<p>{draw(rich_texts(urls))}</p>")
    return {"ordered": draw(st.booleans()), "items": items}


def _gallery(draw: Any, urls: list[str], pictures: list[PictureRecord]) -> dict[str, Any]:
    shown = _items(draw, lambda: _picture(draw, urls, pictures))
    return {"title": draw(LINES), "pictures": shown}


def _fact_box(draw: Any, urls: list[str], _pictures: Any) -> dict[str, Any]:
    words = draw(rich_texts(urls))
    # Programs leave out the paragraph.
    text = draw(st.sampled_from([f"<p>{words}</p><ul><li>{words}</li></ul>", f"x{words}"]))
    return {"title": draw(WORDS), "text": text}


def _correction(draw: Any, urls: list[str], _pictures: Any) -> dict[str, Any]:
    text = f"<p>{draw(rich_texts(urls))}</p>"
    return {"text": text, "date": draw(st.one_of(st.none(), DAYS)), "words": draw(LINES)}


def _table(draw: Any, _urls: Any, _pictures: Any) -> dict[str, Any]:
    width = draw(st.integers(1, 3))
    cells = st.one_of(st.none(), TEXTS)
    rows = st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=3)
    is_head = draw(st.booleans())
    return {
        "data": draw(rows),
        "cell": [],
        "first_row_is_table_header": is_head,
        "first_col_is_header": False,
        "table_header_choice": "row" if is_head else "neither",
        "table_caption": draw(LINES),
    }


_VALUES = {
    "paragraph": _paragraph,
    "subhead": lambda draw, _urls, _pictures: draw(TEXTS),
    "pull_quote": lambda draw, _urls, _pictures: {
        "quote": draw(TEXTS), "attribution": draw(LINES)
    },
    "list": _list,
    "image": _picture,
    "gallery": _gallery,
    "embed": lambda draw, _urls, _pictures: {
        "url": draw(st.sampled_from(["https://video.example/?a=1&b=<2>", ""])),
        "caption": draw(LINES),
    },
    "fact_box": _fact_box,
    "correction": _correction,
    "table": _table,
    # Of a site's own kind.
    "timeline": lambda draw, _urls, _pictures: {"rows": [draw(TEXTS), None, 3]},
}  # fmt: skip


@st.composite
def texts_of(draw: Any, urls: list[str], pictures: list[PictureRecord]) -> TextRecord:
    return TextRecord(
        headline=draw(WORDS),
        standfirst=draw(TEXTS),
        dateline=draw(LINES),
        body=tuple(draw(st.lists(blocks(urls, pictures), min_size=1, max_size=5))),
    )


@st.composite
def stories(draw: Any) -> WholeStory:
    """A record as exports give it: whatever it names is in it."""
    names = draw(st.lists(NAMES, max_size=4, unique_by=lambda one: one.key))
    pictures = draw(st.lists(PICTURES, max_size=2, unique_by=lambda one: one.key))
    others = draw(st.lists(IDS, max_size=2, unique=True))
    links = [LinkRecord(NAME_URL % one.key, name=one.key) for one in names]
    links += [LinkRecord(STORY_URL % one[:8], story=one) for one in others]
    urls = [
        *(one.url for one in links),
        "https://paper.example/?q=湛江&p=(1)",
        "mailto:a@b.example",
    ]
    language = draw(st.sampled_from(["en", "zh-hans"]))
    languages = draw(st.sampled_from([[language], ["en", "zh-hans"]]))
    found = {one: draw(texts_of(urls, pictures)) for one in languages}
    places = [one.key for one in names if one.kind == "place"]
    tie = RecordedTie(
        tuple(sorted(places[:2])), "sister_city", "in_force", since="1985-12-14",
        evidence=(EvidenceRecord(draw(in_both()), "", found[language].body[0]["id"]),),
    )  # fmt: skip
    roles = st.sampled_from(["reporter", "photographer", "translator", "agency"])
    signers = st.builds(BylineRecord, in_both(), roles, st.sampled_from(["", *places]), about=ABOUT)
    record = WholeStory(
        id=draw(IDS),
        language=language,
        is_live=True,
        texts=found,
        slug=draw(KEYS),
        kind=draw(st.sampled_from(["", "news", "letter"])),
        script=draw(st.sampled_from(["", "hant"])) if language != "en" else "",
        is_sample=draw(st.booleans()),
        publication=FiledRecord(draw(in_both()), draw(KEYS)),
        section=draw(st.one_of(st.none(), st.builds(FiledRecord, in_both(), KEYS))),
        print_date=draw(DAYS),
        print_edition=draw(LINES),
        printed_byline=draw(TEXTS),
        print_page=draw(st.sampled_from(["", "17", "B8", "头版"])),
        source_url=draw(st.sampled_from(["", "https://paper.example/a?b=1&c=2"])),
        rights=draw(LINES),
        seo_title=draw(LINES),
        search_description=draw(TEXTS),
        bylines=tuple(draw(st.lists(signers, max_size=3))),
        tags=tuple(
            TagRecord(one.key, draw(st.sampled_from(["about", "mentioned"]))) for one in names
        ),
        names=tuple(sorted(names, key=lambda one: one.key)),
        ties=(tie,) if len(places) > 1 else (),
        pictures=tuple(pictures),
        links=tuple(sorted(links, key=lambda one: one.url)),
        related=tuple(others),
    )
    if len(languages) > 1:
        marks = TranslationRecord(True, "2024-09-28T08:00:00+00:00", machine=("headline",))
        record = replace(record, translation=marks)
    return record
