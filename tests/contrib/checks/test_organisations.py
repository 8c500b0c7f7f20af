"""Ministries, courts, banks and companies are the source's, by name or by what they are for."""

import pytest

from archive.contrib.checks.organisations import bodies_in
from archive.text.language import CHINESE, ENGLISH
from tests.qa.cases import ids


@pytest.mark.parametrize(
    ("source", "target", "is_found"),
    [
        ("The World Bank lent the money.", "世界银行贷出了这笔钱。", False),
        ("The World Bank lent the money.", "亚洲开发银行贷出了这笔钱。", True),
        ("The World Bank lent the money.", "非洲建设银行贷出了这笔钱。", True),
        ("The commerce ministry said so.", "商务部这样表示。", False),
        ("The commerce ministry said so.", "财政部门这样表示。", False),
        ("The commerce ministry said so.", "教育部这样表示。", True),
        ("省教育厅和卫生厅表示", "The provincial education and health departments said", False),
        ("省教育厅表示", "The Department of Agriculture said", True),
        ("最高法院驳回上诉。", "The Supreme Court rejected the appeal.", False),
        ("最高法院驳回上诉。", "The Constitutional Court rejected the appeal.", True),
        ("Toyota opened a plant.", "丰田开设了一家工厂。", False),
        ("Toyota opened a plant.", "本田开设了一家工厂。", True),
        ("BBC记者报道", "A BBC reporter said", False),
        ("He left the party.", "他离开了教育部。", False),
        ("An apple a day", "每天一个苹果，少去北京大学", False),
        ("Britain's central bank cut rates.", "英国央行降息。", False),
    ],
)
def test_a_body_is_the_same_one(source, target, is_found):
    assert ("organisation-value" in ids(source, target)) == is_found


def test_a_name_reaches_as_far_as_it_goes():
    english, chinese = "The Ministry of Science and Technology said", "国家科学技术部表示"
    (one,), (other,) = bodies_in(english, ENGLISH), bodies_in(chinese, CHINESE)
    assert english[one.start : one.end] == "Ministry of Science and Technology"
    assert chinese[other.start : other.end] == "国家科学技术部"
    assert one.topics & other.topics
