"""Countries and cities are the source's, whatever the paper calls them."""

import pytest

from archive.contrib.checks.places import _tables
from archive.entities.countries import country_name
from archive.text.language import CHINESE, ENGLISH
from tests.qa.cases import ids


@pytest.mark.parametrize(
    ("source", "target", "is_found"),
    [
        ("A Peruvian ship left Callao.", "一艘秘鲁船驶离卡亚俄。", False),
        ("A Peruvian ship left at dawn.", "一艘玻利维亚船黎明启航。", True),
        ("中新两国", "China and Singapore", False),
        ("He flew to Oslo.", "他飞往哥本哈根。", True),
        ("Washington denied it.", "美国否认。", False),
        ("South Korean and North Korean envoys", "韩国和朝鲜使节", False),
        ("In Guinea-Bissau", "在几内亚比绍", False),
        ("In Guinea-Bissau", "在几内亚", True),
        ("The United States and India", "美印两国", False),
        ("Israel Mensah won.", "门萨获胜，对手是约旦选手。", False),
        ("The country has a port.", "越南有一座港口。", False),
        ("中国与乌干达", "China and Rwanda", True),
        ("São Paulo", "圣保罗", False),
        ("Hungary said Budapest would pay.", "匈牙利称布达佩斯会付款。", False),
        ("Hungary said Budapest would pay.", "匈牙利称布加勒斯特会付款。", True),
        ("They met in Hunan.", "他们在湖南见面。", False),
        ("They met in Hunan.", "他们在湖北见面。", True),
        ("Africa's largest port", "亚洲最大的港口", True),
        (
            "The coach Michael Jordan came to Tokyo, and Jordan said that he liked it.",
            "教练迈克尔·乔丹来到东京，乔丹说他很喜欢。秘鲁也在列。",
            False,
        ),
        ("The ships went up the Columbia River to Jordan.", "船沿哥伦比亚河驶向约旦。", False),
        (
            "Columbia River salmon came back from Peru.",
            "哥伦比亚河的鲑鱼回来了。",
            False,
        ),
    ],
)
def test_a_country_or_city_is_the_same_one(source, target, is_found):
    assert ("place-value" in ids(source, target)) == is_found


def test_the_list_agrees_with_the_archives_own_countries():
    english, chinese = _tables()
    codes = {code for names in english.countries.values() for code in names}
    assert len(codes) > 180
    for code in ("BR", "VN", "EG", "FI", "PA", "KZ"):
        assert code in english.countries[country_name(code, ENGLISH)]
        assert code in chinese.countries[country_name(code, CHINESE)]
