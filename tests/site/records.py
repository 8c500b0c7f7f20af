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
    container="中国日报",
    authors=(CitedName(literal="李娜"),),
    translators=(CitedName(literal="王芳"),),
    day=date(2015, 9, 22),
    page="17",
    original_title="City builds on long history with US",
    english_title="City builds on long history with US",
)
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
