"""Plans and facts in a text of either language: what will be, and what is done already.

A word that plans in one text needs some word of plans, wishes or conditions in the other one; where
that has none and tells of something done instead, one of the two errs. Quotations, which are
translated freely, aren't read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.contrib.checks.sentences import sentences_of
from archive.qa.base import ENGLISH_AND_CHINESE, HEADING_KINDS, Check, Finding, Pair, Span, Story
from archive.text.language import CHINESE
from archive.text.scripts import HAN

_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|《[^《》]*》")
# What surely plans.
_PLANS_EN = (
    r"\b(?:will|(?:plan|intend|propose|aim|hope|expect|vow|pledge|promise|threaten|want|seek|prepare)"
    r"(?:s|d|ed|ing|ned|ning)? to|(?:set|scheduled|going|about|poised) to"
    r"|(?:is|are) to (?:be )?(?!the\b|a\b|date\b)[a-z]+"
    r"|(?:is|are|was|were) (?:considering|planning|weighing|mulling|proposing|seeking)"
    r"|considers|proposes)\b|[’']ll\b"
)
# 将 before what is handled (将其上调至) is no plan.
_HANDLED = (
    r"[^，。；：！？]*?(?:[至到为在给入出走往回下获](?!席)|(?<!达)成(?![功立员果本效长交年绩])|上调"
    r"|上浮|用于|归[因于功]|定于|视[作为]|转|移|列)"
)
_PLANS_ZH = (
    r"(?<!门)(?:即将|或将|将(?:会|于|在|继续|再|首次|正式|全面))"
    rf"|(?<![门老大上小中少主名猛干健推就成率或即因])将(?![军领士帅近官其此他她它这那会于在])(?!{_HANDLED})"
    r"|拟(?![人声态订合音物])|计划(?![生经单书表的、，。“”归（(])|打算|预计(?!的)|有望|力争"
    r"|考虑(?!到)|准备(?![金好充分])|提议"
)
# What may plan, wish, demand or make conditions: it answers a plan.
_MAY_EN = (
    r"|\b(?:would|could|may|might|can|should|must|shall|plan(?:s|ned|ning)?|propos(?!als?\b)\w*|expect\w*"
    r"|consider\w*|inten[dt]\w*|aim(?:s|ed|ing)?|hop(?:e|es|ed|ing)|seek\w*|sought|want\w*|wish\w*"
    r"|promis\w+|vow\w*|pledg\w+|threat\w*|forecast\w*|predict\w*|projected|schedul\w+|prepar\w+"
    r"|likely|possibl\w+|potential\w*|ready|due|future|next|tomorrow|upcoming|coming|outgoing|soon"
    r"|later|until|if|whether|once|yet to|mull\w*|weigh\w*|eye[sd]?|eyeing|poised|bound|thinking of"
    r"|by 20\d\d|need\w*|require\w*|recommend\w*|suggest\w*|call(?:s|ed|ing) (?:for|on)|urg\w+"
    r"|(?:is|are|was|were) to|to be|(?:order|ask)(?:s|ed)? \w+ to|decided to|agree[ds]? to"
    r"|try|trying|tries|tried)\b|[’']d\b"
)
_MAY_ZH = (
    r"|(?<!门)将|(?<![议社协大员国学晚工运机峰例年董理商布展教博联都茶宴聚开与集舞酒拜拍闭省市])"
    r"会(?![议见谈长员场面晤堂上计])"
    r"|可(?![以]?谓)|或(?!者)|愿|想|(?<![不无])(?<!不再)需|(?<![不需])要(?![求闻])|应(?![对用急邀])"
    r"|待(?!遇)|未来|明[年天日]|下[周月个季赛]|今后|希望|建议|承诺|誓|威胁|寻求|目标|旨在|即|是否"
    r"|如果|若|能(?![源力量])|争取|尚|呼吁|敦促|意向|酝酿|预|望|同意|决定|计划|之前|试图|届时|正在|欲"
)
_PLANS = {False: re.compile(_PLANS_EN, re.I), True: re.compile(_PLANS_ZH)}
_MAY_PLAN = {
    False: re.compile(_PLANS_EN + _MAY_EN, re.I),
    True: re.compile(_PLANS_ZH + _MAY_ZH),
}
_DONE = {
    False: re.compile(
        r"\b(?:has|have|had)(?: (?:already|now|just|also|since|been|formally|officially|recently"
        r"|finally|both|all))* (?!to\b|not\b|never\b|no\b|an?\b|the\b)"
        r"[a-z]+(?:ed|en|un|ne|wn|ld|nt|lt|ght|ut|et|it|me|ad|id|st|ft|pt|rn|ck|ng|nk)\b"
        r"|\balready\b|[’']ve\b",
        re.I,
    ),
    True: re.compile(rf"已(?![故知婚])|(?<=[{HAN}])(?<![说除为到罢好极])了(?![解结])"),
}
# Without a perfect English says what is done in the past tense; not that somebody said it.
_PAST = re.compile(
    r"(?<!be )(?<!been )(?<!being )\b(?!(?:called|named|based|aged|indeed|hundred|speed|feed|united"
    r"|limited|added|announced|noted|reported|stressed|revealed|informed)\b)[a-z]{2,}ed\b"
    r"(?! (?:in|by|at|with|from)\b)"
)
_NOT_PAST = re.compile(r"\bto [a-z]+|\b(?:is|are)\b")


@dataclass(frozen=True)
class Turn:
    """Where one text plans and the other has done; spans are in source and target."""

    source: Span
    target: Span
    is_done_in_target: bool


def plans_and_facts(
    source: str, source_language: str, target: str, target_language: str
) -> Iterator[Turn]:
    """Compared by sentence where both texts have as many, else as wholes."""
    texts = [_QUOTED.sub(lambda match: " " * len(match[0]), text) for text in (source, target)]
    chinese = source_language == CHINESE, target_language == CHINESE
    if not any(_PLANS[is_chinese].search(t) for t, is_chinese in zip(texts, chinese, strict=True)):
        return
    ours = sentences_of(texts[0], source_language, is_target=False)
    theirs = sentences_of(texts[1], target_language, is_target=True)
    spans = [((0, len(texts[0])), (0, len(texts[1])))]
    if len(ours) == len(theirs):
        spans = [((a.start, a.end), (b.start, b.end)) for a, b in zip(ours, theirs, strict=True)]
    for here, there in spans:
        if found := _turned(texts[0], here, texts[1], there, is_chinese=chinese[0]):
            yield Turn(*found, is_done_in_target=True)
        elif found := _turned(texts[1], there, texts[0], here, is_chinese=chinese[1]):
            yield Turn(found[1], found[0], is_done_in_target=False)


def _turned(
    text: str, span: Span, other: str, other_span: Span, *, is_chinese: bool
) -> tuple[Span, Span] | None:
    """The plan of the text and what the other one has done."""
    plan = _PLANS[is_chinese].search(text, *span)
    if not plan or _MAY_PLAN[not is_chinese].search(other, *other_span):
        return None
    here = _DONE[is_chinese].findall(text, *span)
    there = [*_DONE[not is_chinese].finditer(other, *other_span)]
    if not there and is_chinese and not here and not _NOT_PAST.search(other, *other_span):
        there = [*_PAST.finditer(other, *other_span)]
    return (plan.span(), there[-1].span()) if len(there) > len(here) else None


class PlanOrFact(Check):
    check_id = "plan-or-fact"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Plan or fact")
    description = gettext_lazy("What is planned is told as done, or what is done as a plan.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        if pair.kind in HEADING_KINDS:
            return
        for turn in plans_and_facts(
            pair.source, story.source_language, pair.target, story.target_language
        ):
            message = (
                _("A plan in the source (“%(source)s”), done in the translation (“%(target)s”).")
                if turn.is_done_in_target
                else _(
                    "Done in the source (“%(source)s”), a plan in the translation (“%(target)s”)."
                )
            ) % {
                "source": pair.source[slice(*turn.source)],
                "target": pair.target[slice(*turn.target)],
            }
            yield self.finding(pair, message, source=(turn.source,), target=(turn.target,))
