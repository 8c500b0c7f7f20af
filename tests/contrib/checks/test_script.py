"""The right script in the right place, without stray blanks or words."""

import pytest

from archive.text.language import CHINESE, ENGLISH
from tests.qa.cases import findings, ids


@pytest.mark.parametrize(
    ("target", "wrong"),
    [
        ("湛江的經濟發展很快。", "經濟發"),
        ("这是一座大學城。", "學"),
        ("著名的乾隆皇帝登高瞭望。", ""),
        ("一片狼藉，慰藉人心。", ""),
        ("皇后在里屋，头发干了，他很快乐。", ""),
        ("复辟、反复、覆盖。", ""),
    ],
)
def test_traditional_characters_are_found_and_simplified_ones_left_alone(target, wrong):
    found = [f for f in findings("Something else.", target) if f.check_id == "traditional"]
    assert "".join(target[s:e] for f in found for s, e in f.target_spans) == wrong


@pytest.mark.parametrize(
    ("target", "left"),
    [
        ("湛江的maritime economy发展很快。", "maritime economy"),
        ("双方加强cooperation。", "cooperation"),
        ("他说the city is growing fast，很好。", "the city is growing fast"),
        ("亚太经合组织（APEC）和GDP。", ""),
        ("苹果公司的iPhone和微软的Windows。", ""),
        ("全长30km，重5kg。", ""),
        ("绿色航运走廊（green shipping corridor）的建设。", ""),
        ("联系邮箱：reporter@example.org，网址www.example.org。", ""),
        ("《The Old Man and the sea》的作者。", ""),
        ("约翰·F·肯尼迪（John F. Kennedy）来访。", ""),
        ("作者是Vincent van Gogh。", ""),
    ],
)
def test_english_words_are_left_over_but_names_and_units_arent(target, left):
    found = [f for f in findings("x " * 20, target, into=CHINESE) if f.check_id == "latin-left"]
    assert "".join(target[s:e] for f in found for s, e in f.target_spans) == left


@pytest.mark.parametrize(
    ("target", "is_left"),
    [
        ("The mayor is 王中丙 now.", True),
        ("The mayor, Wang Zhongbing (王中丙), spoke.", False),
        ("The mayor spoke.", False),
    ],
)
def test_chinese_is_left_over_unless_it_stands_in_brackets(target, is_left):
    assert ("han-left" in ids("市长讲了话。", target, into=ENGLISH)) == is_left


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("湛江有 114 条航线。", {"spacing"}),
        ("中国GDP 增长。", {"spacing"}),
        ("湛江 港口。", {"spacing"}),
        ("湛江， 港口。", {"spacing"}),
        ("湛江有114条航线，GDP增长。", set()),
        ("乔治·W. 布什来访。", set()),
        ("New  York有航线。", {"doubled-space"}),
        ("湛江的的港口。", {"doubled-word"}),
        ("这的的确确是港口。", set()),
        ("天天看看人人的家家户户。", set()),
        ("友好城市友好城市的港口。", {"doubled-word"}),
        ("他是是非非都不管。", set()),
    ],
)
def test_blanks_and_doubled_words_in_chinese(target, found):
    assert (
        ids("114 routes here and there.", target) & {"spacing", "doubled-space", "doubled-word"}
        == found
    )


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("The the port is big.", {"doubled-word"}),
        ("The port is is big.", {"doubled-word"}),
        ("He had had enough, and said that that was so.", set()),
        ("They went to Walla Walla.", set()),
        ("The port , is big.", {"spacing"}),
        ("The port,is big.", {"spacing"}),
        ("The port is big.It grows.", {"spacing"}),
        ("The port  is big.", {"doubled-space"}),
        ("The U.S. port, at 10:30 a.m., is 1,000 m long (see www.example.org).", set()),
    ],
)
def test_blanks_and_doubled_words_in_english(target, found):
    checks = {"spacing", "doubled-space", "doubled-word"}
    assert ids("港口很大。", target, into=ENGLISH) & checks == found


@pytest.mark.parametrize(
    ("text", "kind", "into", "is_found"),
    [
        ("The port is growing fast.", "paragraph", CHINESE, True),
        ("The port is growing", "headline", CHINESE, True),
        ("港口发展很快。", "paragraph", ENGLISH, True),
        ("Jane Roe for China Daily", "credit", CHINESE, False),
        ("The Port Of Long Beach", "caption", CHINESE, False),
        ("GDP", "cell", CHINESE, False),
        ("1985–2015", "subhead", CHINESE, False),
    ],
)
def test_a_copied_source_is_an_error_unless_it_is_but_names(text, kind, into, is_found):
    assert ("untranslated" in ids(text, text, kind=kind, into=into)) == is_found
