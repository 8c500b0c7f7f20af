"""What is planned isn't done yet, and what is done is no plan."""

import pytest

from tests.qa.cases import ids


@pytest.mark.parametrize(
    ("source", "target", "is_found"),
    [
        ("The mill will close.", "磨坊将关闭。", False),
        ("The mill will close.", "磨坊已关闭。", True),
        ("The mill will close.", "磨坊明年关闭。", False),
        ("The mill is to close, the owner said.", "磨坊主说，磨坊已经关了门。", True),
        ("They have signed the deal.", "双方已签署协议。", False),
        ("They have signed the deal.", "双方将签署协议。", True),
        ("They have signed the deal.", "双方有望签署协议。", True),
        ("该厂拟裁员百人。", "The plant plans to cut 100 jobs.", False),
        ("该厂拟裁员百人。", "The plant has cut 100 jobs.", True),
        ("该厂拟裁员百人。", "The plant dismissed 100 people.", True),
        ("该厂已裁员百人。", "The plant is considering 100 layoffs.", True),
        ("该厂已裁员百人。", "The plant has laid off 100.", False),
        # 将 before what is handled, the keeper, quotations, words of another clause.
        ("公司将价格上调至9元。", "The company has raised the price to 9 yuan.", False),
        ("The goalkeeper has parried it.", "门将扑出此球。", False),
        ("“We will see,” she said after they had left.", "他们走了以后，她说：“走着瞧吧。”", False),
        ("如获批准，新线明年动工。", "Once approved, the line will be begun next year.", False),
        (
            "The strike has ended in the port. Talks will go on next week in the town hall.",
            "港口罢工已经结束。谈判下周将在市政厅继续。",
            False,
        ),
        (
            "The strike has ended in the port. Talks will go on next week in the town hall.",
            "港口罢工即将结束。谈判下周将在市政厅继续。",
            True,
        ),
    ],
)
def test_a_plan_stays_a_plan(source, target, is_found):
    assert ("plan-or-fact" in ids(source, target)) == is_found


def test_a_headline_may_leave_the_future_out():
    assert "plan-or-fact" not in ids("Mill will close", "磨坊关了", kind="headline")


def test_what_may_be_is_not_certain():
    assert "opposite" in ids("The vase may be a fake.", "花瓶无疑是赝品。")
    assert "opposite" not in ids("The vase may be a fake.", "花瓶可能是赝品。")
    assert "opposite" in ids("花瓶可能是赝品。", "The vase is certainly a fake.")
