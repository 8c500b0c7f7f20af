"""A whole page copied from a browser: the site's menus above, other stories' headlines below."""

from tests.intake.texts import parse

PAGE = """登录后可收藏本站内容
要闻
娱乐
湛江港新航线首航 灯塔为船队亮灯
湛江港新航线首航 灯塔为船队亮灯
2019-09-07 09:59:22　来源：海边网
分享到：
易信
图片默认标题
船队驶出港池。视频截图
海边网报道（记者李娜、王伟 整合）：湛江港的新航线9月6日首航，十二艘货船依次驶出港池。
灯塔守护人说，他二十年来第一次看到这么多船同时出海。
港务局表示，新航线每周开行三班，十月起增至五班。
首航的货船预计九天后抵达对岸，返程时将运回木材和小麦。
（资料来源：海边日报、港口网等）
责任编辑：周敏
1、省里部署秋季渔业生产 要求抓好抓细..
2、港口三期工程动工 市民可登高观看..
3、周末将有阵雨 出海请带雨具
"""


def test_the_story_is_told_from_the_page_around_it() -> None:
    record = parse(PAGE).as_record()
    assert record["headline"] == "湛江港新航线首航 灯塔为船队亮灯"
    assert [one["name"] for one in record["bylines"]] == ["李娜", "王伟"]
    assert record["captions"] == [{"text": "船队驶出港池。", "credit": "视频截图"}]
    texts = [block["text"] for block in record["blocks"]]
    assert [text[:4] for text in texts] == ["湛江港的", "灯塔守护", "港务局表", "首航的货"]
    assert not record["standfirst"] or record["standfirst"] == "图片默认标题"
    for line in (
        "易信",
        "（资料来源：海边日报、港口网等）",
        "1、省里部署秋季渔业生产 要求抓好抓细..",
    ):
        assert line in record["unplaced"]


def test_a_name_before_its_paper_signs() -> None:
    text = PAGE.replace("分享到：", "石佳/海边青年报").replace("（记者李娜、王伟 整合）", "")
    record = parse(text).as_record()
    assert [one["name"] for one in record["bylines"]] == ["石佳"]
