"""Each statement stays with whoever makes it."""

import pytest

from archive.contrib.checks.speakers import roles_in, statements_in
from archive.text.language import CHINESE, ENGLISH
from tests.qa.cases import ids


@pytest.mark.parametrize(
    ("source", "target", "is_found"),
    [
        # By role
        (
            "The nurse said he slept; his wife said he did not.",
            "护士说他睡着，妻子说他没睡。",
            False,
        ),
        (
            "The nurse said he slept; his wife said he did not.",
            "妻子说他睡着，护士说他没睡。",
            True,
        ),
        (
            "房东称屋顶不漏，租客则坚称漏水。",
            "The landlord said the roof was sound, but the tenant insisted it leaked.",
            False,
        ),
        (
            "房东称屋顶不漏，租客则坚称漏水。",
            "The tenant said the roof was sound, but the landlord insisted it leaked.",
            True,
        ),
        ("“It is over,” the mayor said.", "“结束了。”市长说。", False),
        ("“It is over,” the mayor said.", "“结束了。”镇长说。", False),
        ("“It is over,” the mayor said.", "“结束了。”消防员说。", True),
        ("“It is over,” a brother of Li Hua said.", "“结束了。”李华的哥哥说。", False),
        ("“结束了。”李华说。", "“It is over,” said a brother of Li Hua.", True),
        # By country
        ("法国外交部说，德国已同意。", "France's foreign ministry said Germany had agreed.", False),
        ("法国外交部说，德国已同意。", "Germany's foreign ministry said France had agreed.", True),
        # By name
        (
            "Anna Weber beat Maria Lopez. Weber said it was close.",
            "安娜·韦伯战胜玛丽亚·洛佩斯。韦伯说，比赛很胶着。",
            False,
        ),
        (
            "Anna Weber beat Maria Lopez. Weber said it was close.",
            "安娜·韦伯战胜玛丽亚·洛佩斯。洛佩斯说，比赛很胶着。",
            True,
        ),
        (
            "王芳说水退了，李强说还没有。",
            "Wang Fang said the water was down, Li Qiang said not yet.",
            False,
        ),
        (
            "王芳说水退了，李强说还没有。",
            "Li Qiang said the water was down, Wang Fang said not yet.",
            True,
        ),
        # Nobody in particular, or another number of statements
        ("“It is over,” she said.", "“结束了。”市长说。", False),
        (
            "The mayor said it was over, and that he was glad.",
            "市长说，结束了。他说自己很高兴。",
            False,
        ),
    ],
)
def test_a_statement_stays_with_its_speaker(source, target, is_found):
    assert ("speaker-changed" in ids(source, target)) == is_found


def test_who_speaks_stands_before_or_behind():
    english = "“No,” said the baker, a father of two. It is late, the pilot said."
    assert [english[a.start : a.end].strip() for a in statements_in(english, ENGLISH)] == [
        "the baker, a father of two",
        "the pilot",
    ]
    chinese = "“不。”面包师对记者说。飞行员则表示，天晚了。"
    assert [chinese[a.start : a.end] for a in statements_in(chinese, CHINESE)] == [
        "面包师",
        "飞行员则",
    ]


def test_a_role_is_known_by_its_longest_words():
    assert roles_in("head teachers", ENGLISH) == roles_in("headmaster", ENGLISH)
    assert not roles_in("head teacher", ENGLISH) & roles_in("教师", CHINESE)
