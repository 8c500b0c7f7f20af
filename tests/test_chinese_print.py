"""The Chinese of screens, guides and demo: one word for one thing, set as newspapers set it.

The tables below are the desk's list. To change a word, change it here first: the tests then name
every catalogue, guide, demo story and table of names that still has the old one.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
import pytest
from django.apps import apps
from django.utils.translation import gettext, ngettext, npgettext, override, pgettext
from django.utils.translation.trans_real import DjangoTranslation
from wagtail.forms import TaskStateCommentForm

from archive.text.punctuation import aside, joined, labelled
from newsroom.demo.site import AUTHORS, HOME, PUBLICATIONS, SECTIONS
from tests.test_demo_stories import CHINESE, DEMO, all_text

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = [
    *sorted((ROOT / "archive/locale/zh_Hans/LC_MESSAGES").glob("*.po")),
    ROOT / "locale/zh_Hans/LC_MESSAGES/django.po",
    *sorted((ROOT / "archive/contrib").glob("*/locale/zh_Hans/LC_MESSAGES/django.po")),
    *sorted((ROOT / "docs/locale/zh_CN/LC_MESSAGES/guides").glob("*.po")),
]


class Text(NamedTuple):
    """A Chinese text, what it says in English where a catalogue has it, and where it stands."""

    chinese: str
    english: str
    place: str


# What the English says, and the word that its Chinese has.
TERMS = (
    (r"[Ss]egments?\b", "句段"),
    (r"[Mm]achine drafts?\b", "机器草稿"),
    (r"[Aa]lternative texts?\b|Alt text|alt text", "替代文字"),
    (r"[Cc]omments?\b", "批注"),
    (r"[Tt]ranslators?\b", "译者"),
    (r"\bCAT tools?\b", "翻译工具"),
    (r"[Aa]ccounts?\b", "账号"),
    (r"\b[Ff]ields?\b", "字段"),
    (r"\b[Ss]ections?\b", "栏目"),
    (r"\b[Tt]hat key\b|\bthe key of\b|\b[Kk]ey and address", "标识"),
    (r"\b[Pp]rofiles?\b", "方案"),
    (r"\b[Ff]orbidden name|[Mm]isspelt name|[Ii]nconsistent name|[Mm]issing name", "译名"),
)
# Where the English word means something else, or its sentence does without it in Chinese.
FREE = re.compile(
    r"^This section isn’t|^This field is for spam|[Ii]n a field( too)?[:,]|^Comment$|^<byline>"
    r"|in the margin|Readers' comments|^Translator$|^Translated by|of one author"
    r"|translators' desk\]"
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
# Words that the desk doesn't write, and the ones it does.
WRONG = (
    (r"译台|工作台", "译文台"),
    (r"译员", "译者"),
    (r"机器译稿|机器翻译稿", "机器草稿"),
    (r"替代文本", "替代文字"),
    (r"帐号|帐户", "账号"),
    (r"语种", "语言"),
    (r"此栏|各栏", "字段"),
    (r"版面栏目", "栏目"),
    (r"报库", "资料库"),
    (r"承担者", "负责人"),
    (r"译入", "译文语言"),
    (r"自何时起", "起始日期"),
    (r"文字数目", "数词"),
    (r"同写", "同涉"),
    (r"暂存", "保存"),
    (r"旧闻", "历史报道"),
    (r"你", "您"),
    (r"(?<!世纪)\d{4}年代", "21世纪头十年"),
    (r"第[1-9][座对]", "第二座"),
    (r"\d,\d{3}(?!\d)", "1000"),
    (r"“%\((?:story|headline|paper)\)s”", "《》"),
)
HAN = "\u3007\u4e00-\u9fff"
MARKS = "，。；：？！（）、《》“”‘’…［］"
HALF_WIDTH = re.compile(
    rf"""[{HAN}{MARKS}](?:[,;:!?()"']|\.(?![a-z]))|[,;:!?()."'][{HAN}]|[,;:!?](?:\s|$)"""
)
BEFORE, AFTER = rf"{HAN}{MARKS}", r"A-Za-z0-9%{}<>`*"
SPACED = re.compile(rf"[{BEFORE}] +[{BEFORE}{AFTER}\[]|[{AFTER})] +[{BEFORE}]")
ELLIPSIS = re.compile(r"(?<!…)…(?!…)|……….|\.\.\.|。。")
DIGITS_IN_HAN = re.compile(r"[一二三四五六七八九〇]{2,4}年[一二三四五六七八九十]+月")
PAIRS = ("“”", "‘’", "《》", "（）", "［］")
# Bylines are set with a space between the office and the name; examples of what one types.
AS_PRINTED = re.compile(
    r"\{names\}|^By Li Na|Type a byline|sign of equality|- Select an option -|^yes,no,"
)
ABOUT_MARKS = re.compile(
    r"^ ?[()]$|ellipsis|quotations are written|are not paired|full width|a “\?” stands"
)
# Of Wagtail's own sentences.
SAME_IN_CHINESE = ("URL",)
LINK_TARGET = re.compile(r"\]\([^()]*\)")


def catalogue_texts() -> Iterator[Text]:
    for path in CATALOGUES:
        for entry in polib.pofile(str(path)):
            english = f"{entry.msgid} {entry.msgid_plural}".strip()
            for chinese in [entry.msgstr, *entry.msgstr_plural.values()]:
                if chinese and not entry.obsolete:
                    place = f"{path.relative_to(ROOT)}: {entry.msgid!r}"
                    yield Text(LINK_TARGET.sub("]", chinese), english, place)


def demo_texts() -> Iterator[Text]:
    for slug, story in CHINESE.items():
        yield from (Text(text, "", slug) for text in all_text(story, "zh-hans"))
    for row in (HOME, *PUBLICATIONS, *SECTIONS):
        yield from (Text(row[name], "", row["slug"]) for name in row if name.endswith("_zh"))
    yield from (Text(chinese, "", "authors") for _english, chinese in AUTHORS.values())
    for path in sorted((DEMO / "data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                first = next(iter(row.values()))
                texts = [row[name] for name in row if name.endswith("_zh") and "alias" not in name]
                yield from (Text(text, "", f"{path.name}: {first}") for text in texts)


TEXTS = [*catalogue_texts(), *demo_texts()]


def told(found: list[str]) -> str:
    return "\n".join(["", *found])


def test_every_kind_of_text_is_read() -> None:
    assert len(TEXTS) > 3000
    places = " ".join(text.place for text in TEXTS)
    for kind in (
        "archive/locale",
        " locale/zh_Hans",
        "guides/editor.po",
        "people_orgs.csv",
        "ties.csv",
    ):
        assert kind in places


def test_one_thing_has_one_word() -> None:
    found = [
        f"{one.place}: {right}, in {one.chinese!r}"
        for one in TEXTS
        for english, right in TERMS
        if right not in one.chinese and not FREE.search(one.english)
        if re.search(english, PLACEHOLDER.sub("", one.english))
    ]
    assert not found, told(found)


def test_words_that_the_desk_does_not_write_are_gone() -> None:
    found = [
        f"{one.place}: {right}, not {match[0]}, in {one.chinese!r}"
        for one in TEXTS
        for wrong, right in WRONG
        if (match := re.search(wrong, one.chinese))
    ]
    assert not found, told(found)


@pytest.mark.parametrize("rule", [HALF_WIDTH, SPACED, ELLIPSIS, DIGITS_IN_HAN])
def test_chinese_is_set_with_its_own_marks_and_without_spaces(rule: re.Pattern[str]) -> None:
    found = [
        f"{one.place}: {match[0]!r} in {one.chinese!r}"
        for one in TEXTS
        if re.search(f"[{HAN}]", one.chinese) and not AS_PRINTED.search(one.english)
        if not ABOUT_MARKS.search(one.english) and (match := rule.search(one.chinese))
    ]
    assert not found, told(found)


def test_wagtails_own_sentences_are_set_so_too() -> None:
    found = []
    with override("zh-hans"):
        for path in wagtails_catalogues():
            for entry in polib.pofile(str(path)):
                one, many, context = entry.msgid, entry.msgid_plural or entry.msgid, entry.msgctxt
                chinese = npgettext(context, one, many, 2) if context else ngettext(one, many, 2)
                wrong = (
                    SPACED,
                    HALF_WIDTH,
                    ELLIPSIS,
                    *(re.compile(word) for word, _right in WRONG),
                )
                if re.search(f"[{HAN}]", chinese) and any(rule.search(chinese) for rule in wrong):
                    found.append(f"{path.parts[-5]}: {entry.msgid!r}: {chinese!r}")
    assert not found, told(found)


def wagtails_catalogues() -> Iterator[Path]:
    for app in apps.get_app_configs():
        path = Path(app.path, "locale", "zh_Hans", "LC_MESSAGES", "django.po")
        if app.name.startswith("wagtail") and path.exists():
            yield path


def test_marks_that_come_in_pairs_are_paired() -> None:
    found = [
        f"{one.place}: {pair} in {one.chinese!r}"
        for one in TEXTS
        for pair in PAIRS
        if one.chinese.count(pair[0]) != one.chinese.count(pair[1])
        if not ABOUT_MARKS.search(one.english)
    ]
    assert not found, told(found)


WORDED = re.compile(r"\{% blocktrans(?:late)?\b")
JOINT = re.compile(r"(?:\}\}|%\}|</(?!kbd|code)\w+>)(?:[:,;] ?| \()(?=\{[{%]|<)")


def test_templates_take_the_marks_between_words_from_the_catalogue() -> None:
    found = []
    for path in sorted((ROOT / "archive").rglob("templates/**/*.html")):
        parts = WORDED.split(path.read_text(encoding="utf-8"))
        outside = [parts[0], *(part.partition("{% endblocktrans")[2] for part in parts[1:])]
        found += [f"{path.name}: {match[0]}" for match in JOINT.finditer("{%".join(outside))]
    assert not found, told(found)


@pytest.mark.parametrize(
    ("language", "list_", "label", "brackets"),
    [("en", "A, B", "Kind: A", "A (3)"), ("zh-hans", "A、B", "Kind：A", "A（3）")],
)
def test_words_are_joined_by_the_marks_of_the_language(
    language: str, list_: str, label: str, brackets: str
) -> None:
    with override(language):
        assert joined(["A", "B"]) == list_
        assert labelled("A", "Kind") == label
        assert "A" + aside(3) == brackets
        assert labelled("A", "") == "A"


def of_wagtail(name: str) -> Iterator[polib.POEntry]:
    """What the installed apps of Wagtail say, by their own catalogues."""
    for app in apps.get_app_configs():
        path = Path(app.path, "locale/en/LC_MESSAGES", name)
        if app.name.split(".")[0] == "wagtail" and path.exists():
            yield from (entry for entry in polib.pofile(str(path)) if not entry.obsolete)


def test_every_sentence_of_wagtails_has_its_chinese() -> None:
    with override("zh-hans"):
        found = [
            entry.msgid
            for entry in of_wagtail("django.po")
            if entry.msgid not in SAME_IN_CHINESE and chinese_of(entry) in ("", entry.msgid)
        ]
    assert not found, told(found)


def test_wagtails_sentences_have_the_marks_and_the_courtesy_of_the_archives() -> None:
    with override("zh-hans"):
        told_in_chinese = [chinese_of(entry) for entry in of_wagtail("django.po")]
    ill_set = re.compile(rf"""{HALF_WIDTH.pattern}|[{HAN}]\s+['"]|\.\.\.|你""")
    found = [chinese for chinese in told_in_chinese if ill_set.search(chinese)]
    assert not found, told(found)


def test_a_reviewers_comment_has_a_chinese_label() -> None:
    with override("zh-hans"):
        assert TaskStateCommentForm()["comment"].label == "批注"


def chinese_of(entry: polib.POEntry) -> str:
    if entry.msgid_plural:
        found = ngettext(entry.msgid, entry.msgid_plural, 2)
        return found if found != entry.msgid_plural else ""
    return pgettext(entry.msgctxt, entry.msgid) if entry.msgctxt else gettext(entry.msgid)


def test_what_wagtails_scripts_say_has_its_chinese() -> None:
    own = Path(apps.get_app_config("wagtailadmin").path, "locale")
    folders = [str(own), str(ROOT / "archive/locale")]
    known = DjangoTranslation("zh-hans", domain="djangojs", localedirs=folders)
    found = []
    for entry in of_wagtail("djangojs.po"):
        words, more = entry.msgid, entry.msgid_plural
        said = known.ngettext(words, more, 2) if more else known.gettext(words)
        found += [words] if said in (words, more) else []
    assert not found, told(found)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Comments", "批注"),
        # Of a list's pages, whatever an app around the archive calls its own.
        ("Previous", "上一页"),
        ("Next", "下一页"),
        ("model log entries", "操作记录"),
        ("'%(object)s' unpublished.", "“%(object)s”已取消发布。"),
        ("Locale: ", "语言区域："),
        ("Awaiting your review", "等您审核"),
        ("%(time_period)s ago", "%(time_period)s前"),
    ],
)
def test_wagtails_own_screens_say_the_same_words(english: str, chinese: str) -> None:
    with override("zh-hans"):
        assert gettext(english) == chinese
