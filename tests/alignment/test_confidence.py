"""What makes a link doubtful, and how its weights are learnt."""

from archive.alignment.aligner import align_texts
from tests.alignment.weights import learn, probability

ENGLISH = [
    "The ferry to Beihai leaves at seven every morning.",
    "Fog kept it in port on Monday, and the passengers waited in the hall.",
    "The company returned the price of 230 tickets.",
]
CHINESE = [
    "开往北海的渡轮每天早上七点出发。",
    "周一有雾，渡轮停在港内，旅客在大厅等候。",
    "公司退还了230张票的票款。",
]


def confidence(english, chinese):
    links = align_texts(english, chinese)
    return {(link.source, link.target): link.confidence for link in links}


def test_a_clause_on_the_wrong_side_of_a_border_makes_both_links_less_sure():
    right = confidence(ENGLISH, CHINESE)
    moved = ["开往北海的渡轮每天早上七点出发，周一有雾。", "渡轮停在港内，旅客在大厅等候。"]
    wrong = confidence(ENGLISH, [*moved, CHINESE[2]])
    for link in (((0,), (0,)), ((1,), (1,))):
        assert wrong[link] < right[link]


def test_what_half_of_the_paths_do_not_have_is_doubtful():
    links = align_texts(["It rained all day."] * 6, ["整天都在下雨。"] * 4)
    inner = [link for link in links if link.is_pair][1:-1]
    assert inner
    assert all(link.confidence < 0.5 for link in inner)


def test_weights_tell_right_links_from_wrong_ones():
    rows = [([1.0, n % 10, (n * 7) % 13], n % 10 > 4) for n in range(200)]
    weights = learn(rows)
    told = [(probability(weights, values) > 0.5) == is_right for values, is_right in rows]
    assert all(told)
    assert abs(weights[2]) < weights[1]
