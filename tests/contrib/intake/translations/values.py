"""A story in both languages, and what the archive has of it, without keys and moments."""

from pathlib import Path
from typing import Any

from archive.models import ArticlePage, Translation
from archive.stories.body import TRANSLATABLE, raw
from archive.text.segmentation import extract
from tests.contrib.intake.importing import import_paths

ENGLISH = """Ferry line opens between two islands
By Wang Wei
A new ferry line between Dongshan and Naozhou islands carried its first 240 passengers on Monday.
The crossing takes 35 minutes and costs 18 yuan, harbor manager Li Na said.
Before, people had to travel 90 kilometers by bus over the bridge at the northern end of the bay.
More boats to come
Two larger boats will join the line in May 2016, each with room for 60 cars.
The city has spent 152 million yuan on the new pier since 2013.
(China Daily 09/22/2015 page17)
"""
CHINESE = """两岛之间开通渡轮航线
王伟
周一，东山岛与硇洲岛之间的新渡轮航线运送了首批240名乘客。
港口负责人李娜说，航程35分钟，票价18元。
此前，人们须乘公交车行驶90公里，绕行海湾北端的大桥。
还将增加船只
2016年5月将有两艘更大的船投入该航线，每艘可载60辆汽车。
自2013年以来，该市已在新码头上投入1.52亿元。
（中国日报 2015年09月22日 第17版）
"""
# Another event of the same day, in a file that is named like the first.
OTHER_CHINESE = """市图书馆延长开放时间
市图书馆从十月起每天开放到晚上九点，周末也不例外。
馆长陈明说，去年有46万人次到馆，比前年多出一成。
馆内新设儿童阅览室，藏书8000册。
（中国日报 2015年09月22日 第5版）
"""


def write(folder: Path, **texts: str) -> Path:
    """The texts as files: `port__en` is port.en.txt."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name.replace('__', '.')}.txt").write_text(text, encoding="utf-8")
    return folder


def import_pair(
    folder: Path, english: str = ENGLISH, chinese: str = CHINESE, **options: Any
) -> str:
    return import_paths(write(folder, port__en=english, port__zh=chinese), **options)


def the_translation() -> Translation:
    """The only one, as its translator would find it."""
    translation: Translation = Translation.objects.get().get_latest_revision_as_object()
    return translation


def archive_says() -> dict[str, Any]:
    """The stories and their translations, without what differs between two imports."""
    found: dict[str, Any] = {}
    for page in ArticlePage.objects.order_by("title"):
        texts = [one.text for one in extract(raw(page.source("body")), TRANSLATABLE)]
        facts = (page.source_language, page.live, page.translation_state, page.print_date)
        found[page.title] = [
            facts,
            page.source("headline"),
            texts,
            *map(_says, page.translations.all()),
        ]
    return found


def _says(translation: Translation) -> list[Any]:
    draft = translation.get_latest_revision_as_object()
    counts = (translation.segment_count, translation.done_count, translation.state)
    names = (
        "kind",
        "target",
        "state",
        "origin",
        "joined",
        "left_out",
        "is_doubtful",
        "source_text",
    )
    return [
        (*counts, translation.live, translation.import_key, translation.import_digest),
        *([getattr(one, name) for name in names] for one in draft.segments.all()),
        *(one.source_text for one in draft.segments.all()),
    ]


def retranslate(text: str = "另一个标题") -> None:
    """A translator has other words for the headline, in a draft."""
    draft = the_translation()
    headline, *others = draft.segments.all()
    headline.target = text
    draft.segments = [headline, *others]
    draft.save_revision(clean=False)
