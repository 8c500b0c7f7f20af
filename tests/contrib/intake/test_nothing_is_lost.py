"""Every word of a source is in exactly one field of its record, or in `unplaced`."""

import re
import textwrap
from collections import Counter
from html import unescape
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.contrib.intake.pasted import pasted_body, read_copied_story
from archive.contrib.intake.records import IntakeError
from archive.text.richtext import plain_text
from tests.contrib.intake import layout_scores
from tests.contrib.intake.layout_texts import REGRESSION, TUNING, read_sets
from tests.contrib.intake.texts import CHINESE, ENGLISH, SEED, parse

# Words that say which field a line is, and so are not repeated in the field.
LABELS = Counter(
    word
    for phrase in (
        "by in and photos text translated edited contributed to this story report the also",
        "at page pages p source staff for caption reports",
    )
    for word in phrase.split()
)
HAN_LABELS = set("本报记者通讯员责任编辑编译作者文图摄影报道发自第版年月日星期二据来源片说明为")
WORD = re.compile(r"[\u3400-\u9fff]|\d+|[^\W\d_\u3400-\u9fff]+")
LINES = [
    *ENGLISH.splitlines(),
    *CHINESE.splitlines(),
    "By Li Na in Beijing and A. J. Smith in New York, US",
    "Zhao Lei contributed to this story.",
    "Xinhua",
    "(Xinhua)",
    "He agreed. (Xinhua)",
    "He agreed. (China Daily 09/22/2015 page17)",
    "(China Daily 13/33/2015 page 4)",
    "(China Daily)",
    "By Wang Wei (Global Times)",
    "By Lin Yao, Ph.D.",
    "Deng Kefei (PhD), Rural Affairs Editor",
    "Photo by Li Na / Xinhua",
    "Ships dock. Li Na | China Daily",
    "Ships at the port |",
    "Contact the writers at a@example.com and b@example.com Thanks to Zhao Lei",
    "BEIJING, Sept 22 (Xinhua) -- China grows.",
    "图：湛江港夜景。新华社记者 李娜 摄",
    "Dateline: BEIJING",
    "Dateline: Haikou, Hainan",
    "新华社发",
    "■ 本报记者 王　伟 通讯员 李娜 湛江报道",
    "他同意。（记者 王伟）",
    "《人民日报》（2015年09月22日 17版：要闻）",
    "",
    "",
]


def words(text: str) -> Counter[str]:
    """Words in lower case, Han by the character, numbers without leading zeros."""
    found = (word.casefold() for word in WORD.findall(text))
    return Counter(word.lstrip("0") if word.isdigit() else word for word in found)


def strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value or []
    return [text for part in parts for text in strings(part)]


def placed(record: dict[str, Any]) -> Counter[str]:
    own = ("source", "language", "warnings", "format", "item", "fields", "images")
    fields = {name: value for name, value in record.items() if name not in own}
    # The names stand in it once more.
    fields.pop("printed_byline")
    for byline in fields["bylines"]:  # type: ignore[attr-defined]
        byline.pop("role")
    for block in fields["blocks"]:  # type: ignore[attr-defined]
        block.pop("type")
    return words(" ".join(strings(fields)))


def lost(text: str) -> set[str]:
    """Words of the source that its record doesn't hold, the fields' own labels aside."""
    missing = words(text) - placed(parse(text).as_record())
    return {word for word in missing if word not in LABELS and word not in HAN_LABELS}


@pytest.mark.parametrize("text", [SEED.read_text(encoding="utf-8"), ENGLISH, CHINESE])
def test_nothing_of_a_real_story_is_lost(text: str) -> None:
    assert lost(text) == set()


@given(
    st.lists(st.sampled_from(LINES), min_size=1, max_size=14), st.sampled_from(["en", "zh-hans"])
)
@example(["(China Daily)", "Port opens", "He agreed. (Xinhua)", "(Xinhua)"], "en")
@example(["By Wang Wei (Global Times)", "By Wang Wei in Zhanjiang"], "en")
@example(["Ships at the port |", "He left", "Ships at the port |", "新华社发"], "en")
@example(["He agreed. (China Daily 09/22/2015 page17)", "(China Daily 09/22/2015 page17)"], "en")
@example(["Ships at the port |", "He left", "Photo by Li Na / Xinhua", "Ships at the port |"], "en")
def test_nothing_is_lost_in_any_order_of_lines(lines: list[str], language: str) -> None:
    text = "\n".join(lines)
    try:
        record = parse(text, language).as_record()
    except IntakeError:
        return
    missing = words(text) - placed(record)
    assert {w for w in missing if w not in LABELS and w not in HAN_LABELS} <= doubled(lines)


def doubled(lines: list[str]) -> set[str]:
    """Words of lines that the text repeats: one contact or paper stands for all of them."""
    twice = [line for line, count in Counter(lines).items() if count > 1]
    return set(words(" ".join(twice)))


WILD = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"])
    | st.sampled_from(list("()（）|｜。.:/@ \u3000")),
    max_size=40,
)


@given(st.lists(WILD, min_size=1, max_size=12))
@example(["A", "a"])
@example(["A00 reports"])
def test_no_character_of_any_text_is_lost(lines: list[str]) -> None:
    try:
        article = parse("\n".join(lines))
    except IntakeError:
        return
    # As decoded: garbled letters are mended and entities read first; "PA4" is page A4.
    found = placed(article.as_record())
    lost_words = set(words(unescape(article.text)) - found)
    # A headline that is printed twice may be in capitals once; a drop cap joins the next word.
    folded = "\n".join(word.casefold() for word in found)
    lost_words = {word for word in lost_words if word.casefold().removeprefix("p") not in folded}
    assert lost_words <= {*LABELS, *HAN_LABELS}


def test_no_word_is_in_two_fields() -> None:
    for text in (ENGLISH, CHINESE):
        added = placed(parse(text).as_record()) - words(text)
        assert added == Counter()


def lost_by_pasting(text: str) -> set[str]:
    """Words that stand neither in the body nor beside it where no field's proposal is accepted."""
    article = read_copied_story("", text)
    story = pasted_body(article, ())
    said = [plain_text(one) for block in story.blocks for one in strings(block["value"])]
    kept = layout_scores.words(" ".join([*said, *(one.text for one in story.unplaced)]))
    whole = layout_scores.PARTED.sub("", article.text)
    missing = layout_scores.words(article.text) & layout_scores.words(whole)
    return {word for word in missing if not kept[word]}


@pytest.mark.parametrize("width", [0, 44])
def test_every_word_of_a_pasted_text_stays_where_its_proposals_are_closed(width: int) -> None:
    lost = {}
    for one in read_sets([TUNING, REGRESSION]):
        rows = one.text.split("\n")
        text = "\n".join(textwrap.fill(row, width) for row in rows) if width else one.text
        if missing := lost_by_pasting(text) - {*LABELS, *HAN_LABELS, "圖", "photo"}:
            lost[one.name] = missing
    assert lost == {}


@pytest.mark.parametrize(
    "dateline",
    ["NORTH SPIT, Ore. — The price of two hun-", "NORTH SPIT, Ore., and SOUTH SPIT,\nOre. — The"],
)
def test_a_datelines_lines_stay_where_its_proposal_is_closed(dateline: str) -> None:
    text = f"Crab pots go up in price\n\n{dateline}\ndred steel crab pots rose this week, the\n"
    assert lost_by_pasting(f"{text}highest since 1974.") == set()


@pytest.mark.parametrize("mark", ["* * *", "•", "⸻"])
def test_a_separator_is_kept_and_holds_nothing_up(mark: str) -> None:
    article = parse(ENGLISH.replace("Room for growth", f"{mark}\nRoom for growth"))
    assert mark in article.unplaced
    assert mark not in article.missing
