"""A database's page whose tables say in their first column what the second holds."""

from tests.contrib.intake.formats.reading import stories

ROW = "<tr><td>{}</td><td>{}</td></tr>"


def _table(number: int) -> str:
    rows = (
        ("標題", f"海星號第{number}次點燈"),
        ("作者", "記者邱瑞杰／基隆報導"),
        ("報別", "北濱日報"),
        ("日期", f"2005-09-1{number}"),
        ("版次", "C1 版"),
        ("內文", "<p>燈船昨天由兩艘拖船拉往八斗子。</p><p>市府預計明年六月開放。</p>"),
    )
    return f"<table>{''.join(ROW.format(*row) for row in rows)}</table>"


def test_each_table_is_a_story_and_the_rest_is_furniture() -> None:
    page = f"<html><body><p>全文報紙資料庫</p>{_table(1)}<br>{_table(2)}</body></html>"
    first, second = stories(page.encode(), "db.html")
    assert (first.headline, first.publication, first.page, str(first.published)) == (
        "海星號第1次點燈",
        "北濱日報",
        "C1",
        "2005-09-11",
    )
    assert [(one.name, one.place) for one in second.bylines] == [("邱瑞杰", "基隆")]
    assert [len(one.blocks) for one in (first, second)] == [2, 2]
    assert "全文報紙資料庫" in (*first.furniture, *second.furniture)


def test_a_table_that_cites_a_page_says_where_its_story_was_in_print() -> None:
    cited = (("Publication", "The Gazette"), ("Date", "29 Jan. 1876"), ("Page", "3"))
    table = "".join(ROW.format(*row) for row in (*cited, ("Section", "Local Intelligence")))
    text = "<p>The sexton has wound the church clock for a pension of four shillings.</p>" * 3
    page = f"<html><body><h1>A Clock.</h1><table>{table}</table><div>{text}</div></body></html>"
    article = stories(page.encode(), "gale.html")[0]
    assert (article.headline, article.publication, article.page, article.section) == (
        *("A Clock.", "The Gazette", "3", "Local Intelligence"),
    )
    assert str(article.published) == "1876-01-29"
