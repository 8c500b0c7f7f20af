"""What a page prints around its stories: navigation, sharing, end marks, copyright. One table."""

import re
from functools import lru_cache
from typing import Literal

from archive.intake.layout.lines import fold

# Words of navigation, each a button or a link; a line of nothing else is furniture.
_BUTTONS = frozenset(
    """
    share|wechat|weibo|sina weibo|qq|qzone|facebook|twitter|x|linkedin|whatsapp|line|instagram
    youtube|pinterest|reddit|telegram|tumblr|e-mail|email|mail|print|printer friendly|save
    bookmark|like|follow us|follow|comments|comment|no comments|add your comment|add comment
    leave a comment|post a comment|write a comment|large|medium|small|font size|text size|a|aa
    a+|a-|larger|smaller|text|font|home|news|back|back to top|top|next|previous|prev|next page
    previous page|read more|more|more news|menu|search|login|log in|sign in|sign up|register
    subscribe|subscribe now|newsletter|download|app|mobile|rss|about us|contact us|contact
    sitemap|site map|privacy policy|terms of use|terms of service|advertise|careers|jobs|help
    english|chinese|中文|英文|français|español|русский|العربية|日本語|한국어|deutsch|繁體|简体
    简体中文|繁體中文|english edition|chinese edition|view|views|read|reads|click|hits
    recommend|recommended|most popular|most read|most viewed|latest news|trending
    adjust font size|skip to content|skip to main content|skip to main|close|accept|accept all
    accept cookies
    reject all|manage cookies|ok|advertisement|ad|sponsored|listen|play|pause|audio|video
    photos|photo|gallery|translate|copy link|link copied|video player|阅读原文|在看|写留言|原创
    导出|保存|纠错/举报|explore xinhuanet|related|related reading|related readings|related news
    related stories|related articles|related story|related links|editor's picks|editors' picks
    you may also like|see also|hot topics|special|specials|photo gallery|today's top news|打印
    收藏|分享|分享到|分享至|转发|评论|我要评论|发表评论|网友评论|查看评论|纠错|我要纠错|举报
    点赞|复制链接|扫一扫|微信|微博|新浪微博|腾讯微博|qq空间|朋友圈|人人网|豆瓣|字号|字体|大|中
    小|大字|小字|放大|缩小|t|t大|参与互动|查看|阅读|阅读量|浏览|浏览量|浏览次数|点击|点击数
    点击量|人气|首页|新闻|返回|返回首页|返回顶部|回到顶部|上一页|下一页|上一篇|下一篇|关闭
    关闭窗口|订阅|登录|注册|搜索|手机版|客户端|下载|下载客户端|更多|更多新闻|广告|推荐|推荐阅读
    相关|相关阅读|相关新闻|相关报道|相关链接|延伸阅读|热门|热点|热点新闻|热门新闻|热门推荐
    猜你喜欢|编辑推荐|今日热点|精彩推荐|图片新闻|专题|繁|简|繁体|手机看|听新闻|播报|朗读|列印
    友善列印|分享文章|字級|字级|語言|语言
    """.replace("\n", "|").split("|")
)
_WORDS = frozenset(part for entry in _BUTTONS if (part := " ".join(entry.split())))
_BETWEEN = re.compile(
    r"\s*[|/·•,:>＞»\-–—_]+\s*|\s{2,}|\s*\(\s*\d*\s*\)\s*|[【】\[\]()]|"
    r"(?<![A-Za-z0-9])\s*\d{1,7}\s*(?:次|人|条)?$"
)
# A heading above links to other stories; the short lines below belong to it.
_LINKS = re.compile(
    r"(?:(?:related|recommended|more|further) (?:reading|readings|news|stories|articles|story"
    r"|links|coverage|topics|videos?|photos?)"
    r"|more (?:from|on|in|about) .{2,40}|(?:you (?:may|might) also like|see also|read also|also "
    r"read|most (?:popular|read|viewed)|latest news|trending(?: now)?"
    r"|editors?['’]? (?:picks?|choice)|today['’]s top news|what['’]s hot|hot topics|photo "
    r"gallery|don['’]t miss)"
    r"|(?:相关|推荐|延伸|更多|热门|精彩|热点|最新|猜你|往期)(?:阅读|新闻|报道|链接|推荐|文章"
    r"|内容|热点|喜欢|资讯|回顾|评论|专题)"
    r"|相关稿件|编辑推荐|图片新闻|今日热点|排行榜|大家都在看)\s?[:：>]*",
    re.IGNORECASE,
)
_END = re.compile(
    r"[(【\[]?\s?(?:完|全文完|本文完|待续|end|ends|the end|enditem|endall|-30-)\s?[)】\]]?"
    r"|-\s?ends?\s?-|\d{6,8}",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"(?P<mark>\s*(?:[(（【\[]\s?(?:完|全文完|end|ends|enditem)\s?[)）】\]]|(?<=[.!?。”\"’])\s?"
    r"(?:Enditem|ENDITEM|Endall|-30-|###|■|◆|●|□)))\s*$",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"(?:copyright|©|\(c\)|all rights reserved|版权所有|版权声明|本网声明|免责声明|特别声明"
    r"|未经.{0,12}(?:授权|许可|同意)|凡.{0,12}注明|if you have (?:a|any) (?:specific|problems)"
    r""
    r"|(?:share|tweet|pin|post) (?:on|to|via|it)\b.{0,60}$"
    r"|this (?:article|story) appeared in|for the latest .{2,30} news|for more (?:news"
    r"|stories|information)|点击.{0,8}(?:蓝字|关注)|点.{0,3}在看|key ?words?\s?:|discover more "
    r"stories|why you can trust|share (?:this|the) (?:story|article|page|post)"
    r"|this (?:material|article|story) (?:may not|is protected|was originally|first appeared"
    r"|originally appeared)"
    r"|(?:this|our) (?:web)?site uses cookies|we use cookies|by (?:continuing|using) (?:to|this)"
    r"|本网站使用cookie|我们使用cookie"
    r"|sign up (?:for|to) (?:our|the)|subscribe to (?:our|the)|follow us (?:on|at)|download "
    r"(?:our|the) app|click here (?:to|for)"
    r"|(?:please )?(?:like|follow) .{2,40} on (?:facebook|twitter|wechat|weibo)|扫描二维码|扫码"
    r"|关注.{0,16}(?:公众号|微信|微博)|长按.{0,8}二维码|京icp|粤icp|沪icp|\S?icp备"
    r"|we welcome your (?:comments|feedback)|have your say|转载.{0,10}(?:请|须)|本文.{0,10}"
    r"(?:转载|来自|系).{0,10}网|本版.{0,8}(?:编辑|责编)|广告热线|新闻热线|爆料)",
    re.IGNORECASE,
)
_COUNTER = re.compile(
    r"(?:views?|reads?|hits|clicks?|comments?|shares?|likes?|阅读(?:量|数|次数)?|浏览(?:量"
    r"|次数)?|点击(?:量|数|次数)?|评论(?:数)?|人气)\s?[:：]?\s?\(?[\d,.]*\s?[kK万次]?\)?"
    r"|\d[\d,.]*\s?(?:k )?(?:views?|reads?|comments?|shares?|likes?|次阅读|次浏览|人阅读|条评论)"
    r"|(?:updated|posted|published)?:?\s?\d{1,2} (?:minutes?|hours?|days?|weeks?|months?) ago|"
    r"(?:\d+ )?min(?:ute)?s? read|\d+ min(?:ute)? read"
    r"|https?://\S{3,200}|www\.\S{3,100}|page \d+ of \d+|第\s?\d+\s?页(?:\s?共\s?\d+\s?页)?"
    # Of databases' and scans' pages: lengths, codes of documents, page numbers.
    r"|(?:length|word count|字数)\s?[:：]\s?\d[\d,]*(?: words|字)?|\d[\d,]* (?:words|字)"
    r"|document [a-z0-9]{12,60}|[-–—]?\s?\d{1,3}\s?[-–—]?"
    r"|(?:body|text|full text|正文)\s?[:：]|(?:load-date|language|graphic|copyright)\s?[:：].{0,80}"
    r"|(?:(?:final|first|second|third|late|early|morning|evening|sunday|saturday|weekend|city|metro"
    r"|home|national|state|county|local) ){1,2}edition"
    r"|责任编辑|首页\s?>.*",
    re.IGNORECASE,
)
_CRUMBS = re.compile(r"[^>/|。.!?]{1,30}(?:\s?(?:>{1,2}|›|»|＞)\s?[^>›»＞]{1,60}){1,6}")
_HOME = re.compile(r"(?:home|index|首页|主页)(?:\s?/\s?[^/.!?。]{1,40}){1,6}", re.IGNORECASE)
_RULE = re.compile(r"[\s_*#=·~○●■□◆◇▲△-]{1,60}")
_JUMP = re.compile(
    r"[(\[]?(?:(?:please )?(?:see|turn to|continued (?:on|from)|continues on|from|jump to)\b.{0,40}"
    r"\bpage\s?[a-z]?\d{1,3}|(?:下转|上接|紧接|详见|转)第?.{1,6}版.{0,12})[)\].]{0,2}",
    re.IGNORECASE,
)
_JUMP_END = re.compile(r"[(](?:下转|上接|紧接|详见)第?[^()]{1,12}版[^()]{0,8}[)]$")
_LONGEST = 300

FurnitureKind = Literal["navigation", "links", "rule", "end", "legal"]


@lru_cache(maxsize=1024)
def read_furniture(printed: str) -> FurnitureKind | None:
    """What kind of furniture a line surely is, or None."""
    text = fold(printed).strip().casefold()
    if (
        _LEGAL.match(text)
        or _LEGAL.match(text.lstrip("(*（"))
        or (len(text) < 200 and text.endswith(("all rights reserved.", "版权所有")))
    ):
        return "legal"
    if len(text) > _LONGEST:
        return None
    if _RULE.fullmatch(text):
        return "rule"
    if _END.fullmatch(text):
        return "end"
    if _LINKS.fullmatch(text.strip("【】[]() ■▶►")):
        return "links"
    return "navigation" if _is_navigation(text) else None


def is_jump(printed: str) -> bool:
    """ "See LAKE, Page A6", "（下转第二版）": where the story goes on in print."""
    return len(printed) < 80 and bool(_JUMP.fullmatch(fold(printed).strip()))


def jump_at(printed: str) -> int:
    """Where such words end a paragraph; 0 where they don't."""
    match = _JUMP_END.search(fold(printed[-24:]))
    start = len(printed) - len(printed[-24:]) + match.start() if match else 0
    return start if match else 0


def is_furniture(printed: str) -> bool:
    return read_furniture(printed) is not None


def read_crumbs(printed: str) -> list[str]:
    """The steps of "Home > China > Society"; [] for any other line."""
    text = fold(printed).strip()
    if not (_CRUMBS.fullmatch(text) or _HOME.fullmatch(text)) or text.startswith(">"):
        return []
    return [step.strip() for step in re.split(r">{1,2}|›|»|\s/\s", text)]


def _is_navigation(text: str) -> bool:
    if _COUNTER.fullmatch(text):
        return True
    pieces = [piece for piece in (_bare(one) for one in _BETWEEN.split(text)) if piece]
    if not pieces:
        return False
    return all(
        (len(piece) == 1 and piece.isascii())
        or piece in _WORDS
        or _COUNTER.fullmatch(piece)
        or _all_words(piece)
        for piece in pieces
    )


def _bare(piece: str) -> str:
    return piece.strip(" .:…!+")


def _all_words(piece: str) -> bool:
    """Whether a piece is buttons one beside the other: "large medium small"."""
    words = piece.split()
    return len(words) > 1 and len(words) <= 12 and all(word in _WORDS for word in words)


def split_end_mark(text: str) -> tuple[str, str]:
    """A last paragraph and the mark that ends it: "…成。（完）"; "" for none."""
    match = _LAST.search(text[-24:])
    if not match:
        return text, ""
    at = len(text) - len(text[-24:]) + match.start("mark")
    return text[:at].rstrip(), text[at:].strip()
