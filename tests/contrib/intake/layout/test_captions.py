"""Captions and credits in their forms."""

import pytest

from archive.contrib.intake.layout.captions import bare_credit, read_caption
from tests.contrib.intake.texts import parse, subheads


@pytest.mark.parametrize(
    ("line", "text", "credit"),
    [
        ("Ships dock. provided to China Daily |", "Ships dock.", "provided to China Daily"),
        ("Ships dock. PROVIDED TO CHINA DAILY", "Ships dock.", "PROVIDED TO CHINA DAILY"),
        ("Ships dock. Photo by Li Na", "Ships dock.", "Photo by Li Na"),
        ("Ships dock. Photos by Li Na / Xinhua", "Ships dock.", "Photos by Li Na / Xinhua"),
        ("Ships dock. Li Na / China Daily", "Ships dock.", "Li Na / China Daily"),
        ("Ships dock. LI NA / CHINA DAILY", "Ships dock.", "LI NA / CHINA DAILY"),
        ("Ships dock. Li Na for China Daily", "Ships dock.", "Li Na for China Daily"),
        ("Ships dock. Xinhua", "Ships dock.", "Xinhua"),
        ("Ships dock. File photo", "Ships dock.", "File photo"),
        ("Ships dock. — LI NA / The Ledger", "Ships dock.", "LI NA / The Ledger"),
        ("Ships dock.  Photo: agencyphoto", "Ships dock.", "Photo: agencyphoto"),
        ("Ships dock. Courtesy of J. Smith", "Ships dock.", "Courtesy of J. Smith"),
        (
            "Ships dock [Photo by Li Na/chinadaily.com.cn]",
            "Ships dock",
            "Photo by Li Na/chinadaily.com.cn",
        ),
        ("Ships dock (Photo: Xinhua)", "Ships dock", "Photo: Xinhua"),
        ("Ships dock. Li Na | China Daily", "Ships dock.", "Li Na | China Daily"),
        ("Ships dock | Xinhua", "Ships dock", "Xinhua"),
        ("Ships dock. someone unheard of |", "Ships dock.", "someone unheard of"),
        ("Ships at the port |", "Ships at the port", ""),
        ("Ships dock at the port Picture: Li Na", "Ships dock at the port", "Picture: Li Na"),
        ("Ships dock. Photo: Li Na/HKFP.", "Ships dock.", "Photo: Li Na/HKFP"),
        ("Photograph: Two ships dock at noon. (Li Na)", "Two ships dock at noon.", "Li Na"),
    ],
)
def test_reads_an_english_caption(line: str, text: str, credit: str) -> None:
    caption = read_caption(line)
    assert caption is not None
    assert (caption.text, caption.credit) == (text, credit)


@pytest.mark.parametrize(
    ("line", "text", "credit"),
    [
        ("图：湛江港夜景。新华社记者 李娜 摄", "湛江港夜景。", "新华社记者 李娜 摄"),
        ("图片说明：湛江港", "湛江港", ""),
        ("配图 1 幅：湛江港（港务局供稿）", "湛江港", "港务局供稿"),
        ("照片：王师傅教徒弟。（李娜 摄）", "王师傅教徒弟。", "李娜 摄"),
        ("图为湛江港。李娜摄", "图为湛江港。", "李娜摄"),
        ("图①：湛江港。", "图①：湛江港。", ""),
        ("湛江港夜景（李娜 摄）", "湛江港夜景", "李娜 摄"),
        ("湛江港夜景 新华社发（李娜 摄）", "湛江港夜景", "新华社发（李娜 摄）"),
        ("湛江港夜景。中国日报供图", "湛江港夜景。", "中国日报供图"),
        ("湛江港夜景。湛江市委宣传部供图", "湛江港夜景。", "湛江市委宣传部供图"),
        ("湛江港夜景。 湛江港集团提供", "湛江港夜景。", "湛江港集团提供"),
        ("湛江港夜景。图/视觉中国", "湛江港夜景。", "图/视觉中国"),
        ("湛江港夜景。图片来源：新华社", "湛江港夜景。", "图片来源：新华社"),
        ("湛江港夜景｜视觉中国", "湛江港夜景", "视觉中国"),
    ],
)
def test_reads_a_chinese_caption(line: str, text: str, credit: str) -> None:
    caption = read_caption(line)
    assert caption is not None
    assert (caption.text, caption.credit) == (text, credit)


@pytest.mark.parametrize(
    "line", ["He told Xinhua.", "Name | Age | City", "A | He said so at length."]
)
def test_running_text_and_tables_are_no_captions(line: str) -> None:
    assert read_caption(line) is None


@pytest.mark.parametrize("line", ["他说，要加快开发", "深化改革 描绘蓝图", "航空 拍摄"])
def test_chinese_running_text_is_no_caption(line: str) -> None:
    assert read_caption(line) is None


@pytest.mark.parametrize("line", ["Room for growth", "Pictures by the sea", "Images from the past"])
def test_subheads_are_no_credits(line: str) -> None:
    assert bare_credit(line) is None
    assert subheads(parse(f"Headline\nOne.\n{line}\nTwo.")) == [line]


@pytest.mark.parametrize("line", ["加快开发", "宏伟蓝图", "航空拍摄", "风光摄影", "描绘未来"])
def test_chinese_subheads_are_no_credits(line: str) -> None:
    assert bare_credit(line) is None


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("Head\nOne.\nTwo.\n\nA ship.\nPhoto by Li Na", "A ship.", "Photo by Li Na"),
        ("标题\n第一段。\n第二段。\n\n湛江港夜景\n李娜 摄", "湛江港夜景", "李娜 摄"),
    ],
)
def test_a_credit_on_its_own_line_belongs_to_the_caption_above(
    text: str, caption: str, credit: str
) -> None:
    article = parse(text)
    assert [(c.text, c.credit) for c in article.captions] == [(caption, credit)]


def test_a_credit_without_a_caption_is_kept_and_reported() -> None:
    article = parse("Headline\nOne.\nPhoto by Li Na\nTwo.")
    assert [(c.text, c.credit, c.after) for c in article.captions] == [("", "Photo by Li Na", 1)]
    assert any("no caption" in warning for warning in article.warnings)


def test_a_caption_may_say_where_on_the_page_its_picture_is() -> None:
    shown = ["ABOVE LEFT: Li Na skims the pan.", "BELOW: The tractor takes the last two loads."]
    body = [
        "The mill at the bend has pressed cane since the flood, and nobody knows who built it.",
        "On Saturday the mule was excused halfway through, which surprised the mule.",
        "The family boiled the juice down to 38 gallons, which were sold before they cooled.",
    ]
    article = parse("\n\n".join(["Last load of cane", "By Li Na", *body, *shown]))
    assert [one.text for one in article.captions] == shown


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (
            "[Image] One of the six sledges of 1910. Photo: Polar Museum",
            "One of the six sledges of 1910.",
        ),
        ("【图说】潘秀妹在杂货店门口写字。", "潘秀妹在杂货店门口写字。"),
    ],
)
def test_a_label_in_brackets_is_no_word_of_the_caption(line: str, text: str) -> None:
    caption = read_caption(line)
    assert caption is not None
    assert caption.text == text


def test_a_sentence_right_below_a_credit_is_its_caption() -> None:
    article = parse(
        "The last smith of Corrie\n\nPHOTO BY SUE TANNER / THE HIGHLAND PRESS\n"
        "Angus Munro, 88, at his forge. He has shod horses for kings.\n\nBy Ewan Laird\n\n"
        "Angus Munro lights the forge at five.\n\nHe will let it go out on Saturday.\n"
    )
    (caption,) = article.captions
    assert caption.text == "Angus Munro, 88, at his forge. He has shod horses for kings."
    assert caption.credit == "PHOTO BY SUE TANNER / THE HIGHLAND PRESS"


def test_a_page_of_marked_pictures_has_captions_alone() -> None:
    article = parse(
        "图片新闻\n▲昨天，市民在东湖边看荷花。 本报记者 李娜 摄\n"
        "▲东湖荷花今年比往年早开。 通讯员 王伟 摄\n（滨湖时报 2012年6月20日 05版）\n"
    )
    assert [one.credit for one in article.captions] == ["本报记者 李娜 摄", "通讯员 王伟 摄"]


def test_a_page_of_pictures_has_captions() -> None:
    article = parse(
        "THE SUNDAY HARBINGER      25 AUGUST 1985      PAGE 24\n\nA day at the Marsh Regatta\n\n"
        "Photographs by NEIL TRASK\n\n"
        "1. The Rev Anne Plum steers the parish punt to second place.\n\n"
        "2. Over she goes! Bosun, a spaniel, leaves the boat.\n\n"
        "3. Flags in the High Street. (Harbinger archive)\n"
    )
    assert [one.text for one in article.captions] == [
        "The Rev Anne Plum steers the parish punt to second place.",
        "Over she goes! Bosun, a spaniel, leaves the boat.",
        "Flags in the High Street.",
    ]
    assert [one.credit for one in article.captions] == [
        "Photographs by NEIL TRASK",
        "Photographs by NEIL TRASK",
        "Harbinger archive",
    ]
    assert article.blocks == ()


def test_who_wrote_a_page_of_pictures_signs_it() -> None:
    article = parse(
        "赣江画报　2006年6月17日　第8版　影像\n\n龙舟下水前夜\n\n"
        "　　六月的赣江涨了半尺，龙舟要下水了。\n\n"
        "摄影/文 本报记者 熊志明\n\n①六十二岁的船师郭传根给龙头点睛。\n\n②天亮了，龙舟下水。\n"
    )
    assert [one.text for one in article.captions] == [
        "六十二岁的船师郭传根给龙头点睛。",
        "天亮了，龙舟下水。",
    ]
    assert [one.name for one in article.bylines] == ["熊志明"]
