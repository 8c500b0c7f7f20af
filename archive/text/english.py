"""The words of an English text that carry meaning, as stems."""

import re
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_STEMMER = snowballstemmer.stemmer("english")
_WITHOUT_MEANING = """
a an the this that these those of to in on at by for from with as into onto upon and or but if so
than then there it its he his him she her hers they their them we our us you your i my me is are
was were be been being am do does did done has have had having will would shall should can could
may might must not no nor s t ll re ve d m sb sth one's oneself who whom whose which what where
when how also just very too such some any all each both etc e g ie
"""
_EMPTY = frozenset(_WITHOUT_MEANING.split())
# What else questions are asked with: "how many … become".
ASKING = frozenset(
    [
        "become",
        "becomes",
        "became",
        "many",
        "much",
        "mean",
        "means",
        "stand",
        "stands",
        "between",
        "why",
        "about",
    ]
)
# What asks for any story, and for the paper of a day.
_ANY_STORY = "story stories report reports article articles news archive"
ANY_STORY = frozenset(_ANY_STORY.split())
_ANY_PAPER = """
newspaper newspapers paper papers issue issues edition editions printed print published dated
date day
"""
ANY_PAPER = frozenset(_ANY_PAPER.split())
# Forms that the stemmer doesn't bring together, each row under its first word.
_IRREGULAR = """
say said; go went gone; take took taken; make made; give gave given; get got gotten; come came
see saw seen; know knew known; think thought; find found; tell told; feel felt; leave left
bring brought; buy bought; begin began begun; keep kept; hold held; write wrote written
stand stood; hear heard; mean meant; meet met; run ran; pay paid; sit sat; speak spoke spoken
lead led; grow grew grown; lose lost; fall fell fallen; send sent; build built; spend spent
win won; teach taught; catch caught; fight fought; sell sold; sleep slept; eat ate eaten
drink drank drunk; drive drove driven; ride rode ridden; rise rose risen; fly flew flown
draw drew drawn; throw threw thrown; wear wore worn; break broke broken; choose chose chosen
steal stole stolen; sing sang sung; swim swam swum; shake shook shaken; hide hid hidden
bite bit bitten; forget forgot forgotten; lie lay lain; lend lent; bend bent; seek sought
shoot shot; strike struck; hang hung; wake woke woken; weep wept; sweep swept; bear bore born
blow blew blown; swear swore sworn; tear tore torn; dig dug; feed fed; freeze froze frozen
child children; man men; woman women; foot feet; tooth teeth; wife wives; life lives; mouse mice
knife knives; leaf leaves; half halves; good better best; bad worse worst; die death dead
china chinese; america american; japan japanese; britain british; france french; russia russian
germany german; spain spanish; italy italian; korea korean; india indian; africa african
europe european; australia australian; canada canadian
"""
_BASE = {
    form: row.split()[0]
    for row in _IRREGULAR.replace("\n", ";").split(";")
    if row.strip()
    for form in row.split()[1:]
}


def stems(text: str) -> list[str]:
    """The stems of a text's words in order, words without meaning of their own left out."""
    found = (stem(word) for word in WORD.findall(text))
    return [one for one in found if one]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of one word in any case; "" if it carries no meaning."""
    word = word.lower()
    if word in _EMPTY:
        return ""
    return str(_STEMMER.stemWord(_BASE.get(word, word)))
