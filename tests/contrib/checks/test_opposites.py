"""Up isn't down, and yes isn't no."""

import pytest

from archive.contrib.checks import opposites
from tests.qa.cases import ids


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("Wages climbed again.", "工资再次上涨。", set()),
        ("Wages climbed again.", "工资再次下跌。", {"opposite"}),
        ("Wages climbed, then fell.", "工资先涨后跌。", set()),
        ("工资再次下跌。", "Wages climbed again.", {"opposite"}),
        ("She sold the mill.", "她买下了磨坊。", {"opposite"}),
        ("He is a poet.", "她是诗人。", {"opposite"}),
        ("The water is not safe.", "水不安全。", set()),
        ("The water is not safe.", "水很安全。", {"negation"}),
        ("The mill is open.", "磨坊没有关闭。", {"negation"}),
        ("They never met again.", "他们后来又见面了。", {"negation"}),
        ("他们从未见过面。", "They met often.", {"negation"}),
        ("他们从未见过面。", "They failed to meet.", set()),
        ("No 7 King Street", "国王街7号", set()),
        ("不少人来了。", "Many came.", set()),
        ("他不得不走。", "He had to go.", set()),
        ("It did not stop.", "它没有停止。", set()),
        ("It did not stop.", "它停止了。", {"negation"}),
        ("They did not say that he should stay.", "他们并没有说他不应留下。", {"negation"}),
        ("It is not clear if it is safe.", "尚不清楚它是否安全。", set()),
        ("No one was hurt or killed.", "没有人受伤，也没有人死亡。", set()),
        ("Exports rose 4% and imports fell 3%.", "出口增长4%，进口下降3%。", set()),
        ("Exports rose 4% and imports fell 3%.", "出口下降4%，进口增长3%。", {"opposite"}),
        ("More than 60 came.", "逾60人前来。", set()),
        ("More than 60 came.", "60余人前来。", set()),
        ("More than 60 came.", "近60人前来。", {"opposite"}),
        ("Prices are up 3%.", "价格下跌3%。", {"opposite"}),
        ("It made up 38 percent, down from 41 percent.", "它占38%，高于之前的41%。", {"opposite"}),
        ("It made up 38 percent, down from 41 percent.", "它占38%，低于之前的41%。", set()),
        ("它占38%，高于之前的29%。", "It made up 38 percent, down from 29 percent.", {"opposite"}),
        ("They set up a firm.", "他们成立公司，股价却下跌。", set()),
        ("They expect rates to be raised; the yuan fell.", "因加息预期，人民币下调。", set()),
        ("The auction house acquired it.", "拍卖行购得此物。", set()),
        ("She says they have it.", "她说他们有。", set()),
        ("He will pay by the end of June.", "他6月底开始付款。", set()),
        ("He was off duty.", "他没有当班。", set()),
        ("事故致1死4伤。", "One person died and four were hurt.", set()),
        ("爆炸致3伤。", "The blast killed three.", {"opposite"}),
        ("女工何丽说", "He Li, a worker, said", set()),
        ("他已归还借款。", "He has repaid the loan.", set()),
        ("方案尚需批准。", "The plan has yet to be approved.", set()),
        ("The yen weakened as the dollar firmed.", "美元走强，日元走低。", set()),
        ("The yen weakened as the dollar firmed.", "美元走强，日元走高。", {"opposite"}),
        ("They asked whether it is true.", "他们没有问是否属实。", {"negation"}),
        (
            "The teacher had 62 in class, all good students.",
            "老师上课，有62名学生，都很好。",
            set(),
        ),
        ("3 men and 4 women came.", "来了3名男子、4名女子。", set()),
        ("3 men and 4 women came.", "来了3名女子、4名男子。", {"opposite"}),
        ("The man delivered her baby.", "男子接生，产妇是一名女子。", set()),
    ],
)
def test_the_opposite_of_the_source_is_found(source, target, found):
    assert ids(source, target) & {"opposite", "negation"} == found


OF_NOW = "目前，该港有三十多座码头。", "Currently, the port does not have more than thirty piers."


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        # 前, 先 and 首 are parts of words that negate nothing, or that the other text has as well.
        (*OF_NOW, {"negation"}),
        ("委员会先后访问了两座城市。", "The committee did not visit two cities.", {"negation"}),
        ("工厂停止生产。", "The mill does not produce.", set()),
        ("工厂停止生产。", "The mill did not stop production.", {"negation"}),
        ("会谈以失败告终。", "The talks did not succeed.", set()),
    ],
)
def test_a_word_that_the_dictionary_knows_answers_by_what_it_means(source, target, found):
    assert ids(source, target) & {"negation"} == found


def test_without_the_dictionary_any_such_character_answers(monkeypatch):
    monkeypatch.setattr(opposites, "installed_glosses", lambda: None)
    assert "negation" not in ids(*OF_NOW)
