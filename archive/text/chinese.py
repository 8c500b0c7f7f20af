"""The words of a Chinese text that carry no meaning by themselves, as `english` has its own.

Grammar, pronouns, modal verbs and the commonest adverbs, a character each: after the usual lists of
stop words (Harbin Institute of Technology, Baidu), without what may be a word of content.
"""

import re

import rjieba

from archive.text.scripts import HAN

_WORD = re.compile(f"[{HAN}]{{2,}}")
EMPTY = frozenset(
    "的了是在和与及或也都就还又把被将从向对为于以而但却则之其这那该此个们着过得地吗呢吧啊呀嘛很更最便才只"
    "可能会要不没无有我你他她它一上中下"
)
# Particles, which end what they stand behind: 结好的|城市.
_ENDING = frozenset("的了着过们")
# What leans on the words behind it: 上海港|与洛杉矶港, 铜川|在加利福尼亚州.
_LINKING = frozenset("与和及在于并")
# What questions are asked with, as a dictionary parts them: 什么时候成为.
ASKING = frozenset(
    (
        *("什么", "时候", "什么时候", "何时", "多少", "多久", "哪些", "哪里", "哪年", "哪个", "哪"),
        *(
            "几",
            "几个",
            "为什么",
            "怎么",
            "怎样",
            "怎么样",
            "如何",
            "某",
            "里",
            "里面",
            "当中",
            "谁",
            "吗",
            "呢",
            "吧",
            "有",
            "成为",
            "结为",
        ),
        *(
            "哪位",
            "什么叫",
            "哪天",
            "哪对",
            "哪一年",
            "哪一天",
            "应该",
            "是",
            "意思",
            "到底",
            "究竟",
            "一共",
            "这里",
            "可以",
        ),
    )
)

# What asks for any story, and for the paper of a day.
ANY_STORY = frozenset(("报道", "新闻", "文章", "稿件", "资料库"))
_ANY_PAPER = """
报纸 报 期 一期 那期 这期 这一期 当天 当日 那天 这天 那一天 出版 刊出 刊发 见报 发行
"""
ANY_PAPER = frozenset(_ANY_PAPER.split())


def phrases(text: str) -> list[str]:
    """A headline in pieces between which a line may break: words, as a dictionary parts them.

    One character by itself is half a name to the dictionary (长滩|港), or leans on a neighbour.
    """
    found, before = [""], ""
    for word in rjieba.cut(text):
        begins = _WORD.fullmatch(word) or (word.isascii() and word.isalnum())
        links = word in _LINKING and before not in _LINKING and before[-1:].isalnum()
        if links or (begins and (_WORD.fullmatch(before) or before in _ENDING)):
            found.append("")
        found[-1] += word
        before = word
    return found
