"""The words of a Chinese text that carry no meaning by themselves, as `english` has its own.

Grammar, pronouns, modal verbs and the commonest adverbs, a character each: after the usual lists of
stop words (Harbin Institute of Technology, Baidu), without what may be a word of content.
"""

EMPTY = frozenset(
    "的了是在和与及或也都就还又把被将从向对为于以而但却则之其这那该此个们着过得地吗呢吧啊呀嘛很更最便才只"
    "可能会要不没无有我你他她它一上中下"
)
