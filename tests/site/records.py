"""Records of stories for the tests of citations, in both languages."""

from dataclasses import replace
from datetime import date

from archive.site.citations.records import CitationRecord, CitedName, name_in_parts

ACCESSED = date(2026, 11, 25)
LI_NA = name_in_parts("Li Na", chinese="李娜")
REED = name_in_parts("Tom J. Reed", chinese="汤姆·里德")

ENGLISH_STORY = CitationRecord(
    key="city-builds-1h2",
    title="City builds on long history with US",
    language="en",
    url="https://archive.example/s/1h2/en/",
    container="China Daily",
    authors=(LI_NA,),
    edition="USA",
    section="World",
    day=date(2015, 9, 22),
    page="17",
    abstract="Ports & trade: 50% more",
)
CHINESE_STORY = CitationRecord(
    key="city-builds-1h2",
    title="湛江续写百年对美交往新篇",
    language="zh-hans",
    url="https://archive.example/s/1h2/zh/",
    container="报刊资料库",
    authors=(CitedName(literal="李娜"),),
    translators=(CitedName(literal="王芳"),),
    day=date(2026, 10, 8),
    original=ENGLISH_STORY,
    is_printed=False,
)
ENGLISH_TRANSLATION = CitationRecord(
    key="muwanju-2k3",
    title="Wooden toys leave the port",
    language="en",
    url="https://archive.example/s/2k3/en/",
    container="Newsroom Archive",
    authors=(LI_NA,),
    translators=(CitedName(literal="Newsroom Archive"),),
    day=date(2026, 10, 8),
    original=CitationRecord(
        key="muwanju-2k3",
        title="木制玩具出港",
        language="zh-hans",
        url="https://archive.example/s/2k3/zh/",
        container="中国日报",
        authors=(CitedName(literal="李娜"),),
        day=date(1998, 5, 3),
        page="4",
        english_title="Wooden toys leave the port",
    ),
    is_printed=False,
)
CHINESE_ORIGINAL = ENGLISH_TRANSLATION.printed
SAMPLE = replace(
    ENGLISH_STORY,
    authors=(CitedName(literal="Archive project"),),
    container="Newsroom Archive",
    edition="",
    section="",
    day=None,
    page="",
    is_printed=False,
)
