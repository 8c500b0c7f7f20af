"""What a page prints around its stories: navigation, sharing, end marks, copyright. One table."""

import re
from functools import lru_cache
from typing import Literal

from archive.contrib.intake.layout.lines import fold, remembered

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
    收藏|分享|分享到|分享至|转发|评论|我要评论|发表评论|网友评论|查看评论|纠错|我要纠错|举报|点赞|复制链接|扫一扫|微信|微博|新浪微博|腾讯微博|qq空间|朋友圈|人人网|豆瓣|字号|字体|大|中
    小|大字|小字|放大|缩小|t|t大|参与互动|查看|阅读|阅读量|浏览|浏览量|浏览次数|点击|点击数
    点击量|人气|首页|新闻|返回|返回首页|返回顶部|回到顶部|上一页|下一页|上一篇|下一篇|关闭
    关闭窗口|订阅|登录|注册|搜索|手机版|客户端|下载|下载客户端|更多|更多新闻|广告|推荐|推荐阅读
    相关|相关阅读|相关新闻|相关报道|相关链接|延伸阅读|热门|热点|热点新闻|热门新闻|热门推荐
    猜你喜欢|编辑推荐|今日热点|精彩推荐|图片新闻|专题|繁|简|繁体|手机看|听新闻|播报|朗读|列印
    友善列印|分享文章|分享工具|分享本文|工具|赞|按讚|share tools|share this|tools|写评论|发送
    投稿|复制|打印本页|关闭本页|上一版|下一版|返回目录|版面导航|标题导航|上一期|下一期|默认|网摘|商城|存新闻|unsubscribe
    update your preferences|forward to a friend|view in browser|reuse this content|shares|回目录
    存档|archives|wisenews|wisesearch|factiva|lexisnexis|nexis|newsbank|proquest|buy now
    关注|下一篇新闻|上一篇新闻|read later|in this issue|just in|top stories|printable version
    send to a friend|e-mail this to a friend|article history|clip|link copied|low graphics
    love|funny|wow|sad|angry|sms|view comments|we recommend|add your comment|show more
    advertising|commenting policy|order reprint|order reprint →|eedition|e-edition|invalid email
    email story|email this article|print this article|easy print|discuss this article|post comment
    sign the guestbook|read next|sections|classifieds|what's on|in your area|more on|your say
    text only|print this page|see all|skip to navigation|my account|account|videos|纯文字|列印本页
    latest|breaking news|social sharing|article content|show caption|hide caption|listen live
    latest headlines|manage options|a-z index|about the archive|scroll to continue
    听报道|听文章|收听|听音频|load more|topics?|tags?|留言|转寄|引用
    回应|推文|字級|字级|語言|语言|易信|用line传送|用line傳送
    """.replace("\n", "|").split("|")
)
_WORDS = frozenset(part for entry in _BUTTONS if (part := " ".join(entry.split())))
_BETWEEN = re.compile(
    r"\s*[|/·•,:>＞»\-–—_]+\s*|\s{2,}|\s*\(\s*\d*\s*\)\s*|[【】\[\]()]|"
    r"(?<![A-Za-z0-9])\s*\d{1,7}\s*(?:次|人|条)?$"
)
# One link on a line of its own: "More: …", "下一篇：…".
_POINTER = re.compile(
    r"(?:more|related|read(?: more| also)?|see also|also read|watch|topic|tags?|filed under"
    r"|next|previous"
    r"|相关|另见|更多|下一篇|上一篇|前一篇|后一篇|标签|关键[词字]|tag|话题)\s?[:：>|]\s?\S.{1,120}",
    re.IGNORECASE,
)
# A heading above links to other stories; the short lines below belong to it.
_LINKS = re.compile(
    r"(?:(?:related|recommended|more|further) (?:internet )?"
    r"(?:reading|readings|news|stories|articles|story"
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
    r"[(【\[—–-]{0,2}\s?(?:完|全文完|本文完|待续|end|ends|the end|enditem|endall|-30-"
    r"|end of story)\s?[)】\]—–-]{0,2}"
    r"|-\s?ends?\s?-|\d{6,8}",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"(?P<mark>\s*(?:[(（【\[]\s?(?:完|全文完|end|ends|enditem)\s?[)）】\]]|(?<=[.!?。”\"’)])\s?"
    r"(?:Enditem|ENDITEM|Endall|-30-|###|■|◆|●|□)"
    # An agency's desk signs with initials: "… he said. tv/jmh/gd".
    r"|(?<=[.!?”\"’])\s(?-i:[a-z]{2,4}(?:/[a-z]{2,4}){1,3})))\s*$",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"(?:.{0,30}(?:版权|著作权).{0,20}(?:所有|归|拥有)|copyright|©|\(c\)|all rights reserved"
    r"|版权所有"
    r"|版权声明|本网声明|免责声明|特别声明"
    r"|未经.{0,12}(?:授权|许可|同意)|凡.{0,12}注明|if you have (?:a|any) (?:specific|problems)"
    r"|(?:share|tweet|pin|post) (?:on|to|via|it)\b.{0,60}$"
    r"|this (?:article|story) appeared in|for the latest .{2,30} news|for more (?:news"
    r"|stories|information)|点击.{0,8}(?:蓝字|关注)|点击(?:进入|查看|这里|此处|收听)"
    r".{0,30}$|进入.{2,20}(?:专区|论坛|下载).{0,20}$|点.{0,3}在看|key ?words?\s?:|discover more "
    r"stories|why you can trust|share (?:this|the) (?:story|article|page|post)"
    r"|this (?:material|article|story) (?:may not|is protected|was originally|first appeared"
    r"|originally appeared)"
    r"|(?:this|our) (?:web)?site uses cookies|we use cookies|by (?:continuing|using) (?:to|this)"
    r"|本网站使用cookie|我们使用cookie"
    r"|reproduced with (?:the )?permission|(?:further|any) reproduction .{0,40}prohibited"
    r"|to (?:order|buy|purchase|request) (?:re)?(?:prints?|photos?|copies)\b"
    r"|sign up (?:for|to) (?:our|the)|subscribe to (?:our|the)|follow us (?:on|at)|download "
    r"(?:our|the) app|click here (?:to|for)"
    r"|.{0,40}delivered to your inbox|(?:点我|按我|立即)(?:下载|看|订阅|注册)|.{0,20}未经.{0,6}不得"
    r"|本文章.{0,4}知[识識]产[权權]"
    r"|(?:please )?(?:like|follow) .{2,40} on (?:facebook|twitter|wechat|weibo)|扫描二维码|扫码"
    r"|关注.{0,16}(?:公众号|微信|微博)|[点↑↓▲▼ ]{1,6}.{0,24}(?:关注我们|蓝字)|长按.{0,8}二维码"
    r"|京icp|粤icp|沪icp|\S?icp备"
    r"|we welcome your (?:comments|feedback)|have your say|转载.{0,10}(?:请|须)|本文.{0,10}"
    r"(?:转载|来自|系).{0,10}网|本版.{0,8}(?:编辑|责编)|广告热线|新闻热线|爆料)",
    re.IGNORECASE,
)
# What a page says to its readers amid a story; it doesn't end there.
_PROMPT = re.compile(
    r"e-?mail\s?\|\s?print\b|video player|distributed by |visit .{2,40} at (?:www|http)|"
    r"(?:view|open|read) this (?:e-?mail|newsletter)|you(?:['’]re| are) receiving this"
    r"|(?:story|article|text) continues below|continue reading|begin forwarded message"
    r"|sent from my"
    r"|(?:join|be part of) the conversation|we (?:invite|encourage|welcome) (?:you|your)\b"
    r"|reading time\s?:|choose your listening|this is a digitized version|terms and conditions"
    r"|(?:proquest )?document link|document \d+ of \d+|\d+ of \d+ documents|for immediate release"
    r"|(?:news|press|media) release$|about (?:the |this )?(?:author|company|report)s?$"
    r"|our standards\s?:"
    # Of databases: their names, and what they warn of.
    r"|gale (?:academic|general|literature|onefile|in context|ebooks?|primary|business)\b.{0,40}$"
    r"|(?:ebsco(?:host)?|jstor|access world news|newspapers\.com|pressreader|trove"
    r"|chronicling america|pro ?quest)\b.{0,40}$|disclaimer\s?:|source citation\b"
    r"|(?:kindly|please) share this\b|before you go$|unlock .{2,60}[!.]?$"
    r"|in the headlines$|(?:please )?sign in to\b|to (?:join the conversation|view this video)\b"
    r"|we use your sign-?up\b|was this (?:page|article|story) (?:helpful|useful)\b"
    r"|privacy notice\s?:"
    r"|(?:fund|support) (?:our |independent )+journalism\b|free (?:daily|weekly) newsletter"
    r"|下载.{2,16}(?:app|客户端)\b|本?(?:内容|文章|资料)经?由.{2,20}提供$"
    # Of sites in Taiwan: warnings of health, and requests to be followed.
    r"|[☆★※]\s?(?:提醒|.{0,24}(?:不漏接|按[赞讚]|追[踪蹤]|粉[丝絲]))"
    # Of Wikisource, and of archives of scans.
    r"|from wikisource|jump to (?:navigation|search|content)|this work is in the public domain"
    r"|retrieved from \S|accessed \d{1,2} \w+ \d{4}"
    r"|我是广告|(?:广告\s?)?请继续(?:往下|阅读)|(?:请)?同意.{0,8}隐私|隐私权|.{0,16}非经.{0,6}授权|.{0,20}不得转载"
    r"|.{0,14}(?:数据库|资料库|知识库)$|(?:新闻|文章)来源说明|eds\s?:|(?:bc|am"
    r"|pm)-\S.{0,60},\d{3,4}$"
    r"|(?:\w{1,5} ){0,3}(?:bc|am|pm)-\S.{0,60}\s\d{3,4}$|[a-z]\d{4}$|select voice$"
    # Subscriptions, letters, comments and their rules.
    r"|(?:already|not yet|not) an? (?:subscriber|member)\s?\?|already have an account"
    r"|comments will be moderated|(?:people|readers) (?:are|who read this) also read"
    r"|(?:subscribe|sign up|register|log in|join|donate) (?:now|here|today)\b"
    r"|(?:please )?support (?:our|local|independent|quality|free)\b.{0,20}(?:journalism|press)"
    r"|help (?:us|keep|safeguard|support)\b.{0,60}(?:journalism|press freedom|by sharing)"
    r"|have (?:views|an opinion|something to say|a (?:view|question|tip|story|comment|news tip))\b"
    r".{0,80}\?|(?:send|e-?mail|write) (?:us )?your (?:letters?|views|comments|stories|tips)\b"
    r"|to (?:continue|keep) reading\b|to (?:un)?subscribe,"
    r"|if you (?:wish|want|would like) to comment"
    r"|comments: our rules|we want our (?:comments|readers)|get involved with the news"
    r"|(?:this|our) (?:web)?site and (?:its |our )?associated|get (?:the|our) .{2,40}delivered\b"
    r"|click to (?:share|print|e-?mail|enlarge|view)\b"
    r"|(?:send|e-?mail|print|share) this (?:article|story|page)\b.{0,40}$"
    # Of scans, and of other sites.
    r"|.{0,80}\boptical character recognition\b|(?:this|the) (?:article|text|page|story) "
    r"(?:has been|was|is) (?:digiti[sz]ed|scanned|machine|automatically)"
    r"|the .{2,30} is not responsible for (?:the )?content"
    r"|(?:视频|video)\s?[:|].{2,60}[(]\d{1,2}:\d{2}[)]$|[(]?(?:文中|本文).{0,16}化名"
    r"|(?:kindly |please )?share this (?:story|article|post)\b.{0,20}$"
    r"|[(]?(?:资料来源|原题为?)\s?[:：《].{2,60}$"
    r"|更多.{2,24}请(?:订阅|关注|下载|点击|浏览).{0,20}$|欢迎(?:订阅|关注|投稿)|[【\[]?.{0,12}声明[】\]:].{0,12}(?:本[文网报站刊]|转载|仅)",
    re.IGNORECASE,
)
_COUNTER = re.compile(
    r"pages?:?(?:\s\d{1,2}){1,10}(?:\s(?:next|last|>{1,2})){0,2}|"
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
    r"|(?:(?:final|first|second|third|late|early|morning|evening|sunday|saturday|weekend"
    r"|city|metro"
    r"|home|national|state|county|local) ){1,2}edition"
    r"|责任编辑|首页\s?>.*"
    # A post's age, or a stamp without its year.
    r"|.{2,20}\s(?:今天|昨天|前天|刚刚|\d{1,2}\s?(?:分钟|小时|天)前)"
    r"|[(\[]?(?:更新|发布)?\s?\d{1,2}[-/]\d{1,2}(?: \d{1,2}:\d{2})?\s?(?:更新|发布)?[)\]]?"
    r"|@\w{2,30}|\d{12,60}"
    # What databases say of an article.
    r"|(?:(?:文章|新闻|稿件|文件|article|document|record|accession)\s?(?:编号|代码|id|no\.?|number)"
    r"|doc(?:ument)? ?id|series|correction|index terms|subject|industry|geographic|person|company"
    r"|ticker|column|memo|publication[- ]type|issn|database|copyright)\s?[:：].{0,120}",
    re.IGNORECASE,
)
_CRUMBS = re.compile(r"[^>/|。.!?]{1,30}(?:\s?(?:>{1,2}|›|»|→)\s?[^>›»→]{1,120}){1,6}")
_HOME = re.compile(
    r"(?!.*\s{2}\S)(?:home|index|首页|主页)(?:\s?/\s?[^/.!?。]{1,40}){1,6}", re.IGNORECASE
)
_SECTIONS = re.compile(
    r"(?:china|world|business|sports?|opinion|life|culture|society|nation(?:al)?|cover story"
    r"|feature|special report|news|travel|asia|europe|"
    r"hong kong|beijing|shanghai|regional|technology|comment|focus"
    r"|youth|money|property|motoring"
    r"|food(?: (?:&|and) drink)?|theatre|theater|books|music|film|movies|tv|recipes|reviews"
    r"|local(?: news)?|politics|economy|arts?|people|lifestyle|entertainment|health"
    r"|education|science"
    r"|environment|transport|housing|courts|crime|letters|op-?ed|perspectives?"
    r"|top news|headlines|community|region|state"
    r"|obituaries|features|weekend"
    r"|metro|living|editorial|letters|page one|commentary|exclusive|in depth"
    r"|markets|companies|commodities|forum|rural affairs|agriculture|counties"
    r"|interviews?|profiles?|investigations?|analysis|ideas|essays?|arts & culture|letters to the "
    r"editor|readers['’] letters|opinion (?:&|and) analysis|classifieds|property & living"
    r"|封面故事|要闻|国内|(?:即时|生活|社会|国际|国内|财经|经济|娱乐|体育|地方|政治|港澳|香港|中国|大陆"
    r"|台湾|两岸|本地|焦点|热点|综合)(?:新闻|要闻)"
    r"|国际|社会|财经|经济|体育|文化|评论|深度|视点|特写|"
    r"专题|时政|民生|综合|本地|城事|今日关注|焦点|港闻|副刊|两岸|台湾|香港|中国新闻|国际新闻"
    r"|生活|科技|教育|健康|娱乐|地方|人物|理论|广告|地区|区域|澳闻|都会|世界|观点|论坛"
    r"|头版|新闻|热点|调查|军事|港澳|华人|侨务|读书|旅游|美食|专版|城市|社区|都市|读者来信|来论"
    r"|社评|逝者|对话|访谈|读者来信|来信|社区专题|评论版|国内国际|乡村|三农|农业|财富|楼市)",
    re.IGNORECASE,
)
# Steps of a breadcrumb that aren't the story's section.
_NO_SECTION = re.compile(
    r"home|index|.{0,12}(?:首页|主页)|正文|内容|详情|article|content|text|story|全文", re.I
)
_ROW = re.compile(r"\s*[|•·]\s*|\s{2,}|\t")
_SECTION_MARKS = "()[]【】《》 /|:"
# A picture without words in a text with Markdown's marks is a rule, too.
_RULE = re.compile(r"[\s_*#=·~○●■□◆◇▲△▽▼–—-]{1,200}|!\[\]\([^()\s]{0,300}\)")
_JUMP = re.compile(
    r"[(\[]?(?:(?:please )?(?:see|turn to|continued (?:on|from)|continues on|from"
    r"|jump to)\b.{0,40}"
    r"\bpage\s?[a-z]?\d{1,3}[a-z]?|[a-z’' -]{2,24}, from page\s?[a-z]?\d{1,3}[a-z]?|(?:下转"
    r"|上接|紧接|详见|转)第?.{1,6}版.{0,12})[)\].]{0,2}",
    re.IGNORECASE,
)
_JUMP_END = re.compile(r"[(](?:下转|上接|紧接|详见)第?[^()]{1,12}版[^()]{0,8}[)]$")
# "What you need to know:" above points that sum the story up.
_POINTS = re.compile(
    r"(?:what (?:you need|to) to? ?know|key (?:points|takeaways|facts)|in (?:short|brief|summary)"
    r"|at a glance|highlights|the (?:gist|main points)|story highlights|summary|why it matters"
    r"|(?:内容|新闻|文章)?(?:要点|重点|提要|摘要|看点)|核心提示|懒人包|三大重点)\s?[:：]?",
    re.IGNORECASE,
)
_LONGEST = 300

FurnitureKind = Literal["navigation", "links", "rule", "end", "legal"]


@lru_cache(maxsize=1024)
def read_furniture(printed: str) -> FurnitureKind | None:
    """What kind of furniture a line surely is, or None."""
    text = fold(printed).strip().casefold()
    text = text[2:] if text.startswith(("* ", "• ")) else text
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
    if _PROMPT.match(text) or is_menu(text):
        return "navigation"
    if _POINTER.fullmatch(text) and not text.endswith((".", "。")):
        return "navigation"
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
    return [step.strip() for step in re.split(r">{1,2}|›|»|→|\s/\s", text)]


def is_section(printed: str) -> bool:
    """Whether all of a text is a section's name: "OPINION", "（要闻）"."""
    return bool(_SECTIONS.fullmatch(fold(printed).strip(_SECTION_MARKS)))


def names_section(printed: str) -> bool:
    """Whether it is a section's name, or one with "News": "Business News" is no paper."""
    name, _space, last = printed.rpartition(" ")
    return is_section(printed) or (last == "News" and is_section(name.removeprefix("More ")))


def heads_points(printed: str) -> bool:
    """Whether a line stands above a story's main points."""
    return len(printed) < 40 and bool(_POINTS.fullmatch(fold(printed).strip()))


@remembered
def is_menu(folded: str) -> bool:
    """Whether a line without a date is a site's own row of sections, not the way to one of them."""
    pieces = [piece for piece in _ROW.split(folded.strip()) if piece]
    if len(pieces) < 3 or len(folded) > _LONGEST or read_crumbs(folded):
        return False
    known = sum(_bare(one.casefold()) in _WORDS or is_section(one) for one in pieces)
    return known >= 3 and known * 2 > len(pieces)


def is_row_of_links(printed: str) -> bool:
    """Whether most words of a line, three or more, are sections or buttons."""
    words = [word for word in re.split(r"[\s|/·•>＞]+", fold(printed).casefold()) if word]
    known = sum(word in _WORDS or bool(_SECTIONS.fullmatch(word)) for word in words)
    return len(words) >= 3 and known * 2 > len(words)


def read_section(printed: str) -> str:
    """The section that all of a line names: "OPINION", "CHINA / National", "Home > China"."""
    if len(printed) > 100 or is_menu(fold(printed)):
        return ""
    crumbs = read_crumbs(printed)
    steps = crumbs or re.split(r"\s?[/|·-]\s?", fold(printed).strip(_SECTION_MARKS))
    known = [step for step in steps if is_section(step)]
    is_path = " / " in printed and is_section(steps[0])
    if not (crumbs or is_path) and (not known or len(known) < len(steps) <= 2):
        return ""
    named = [step for step in steps if not _NO_SECTION.fullmatch(step) and len(step) <= 24]
    section = named[-1] if named else steps[-1]
    at = fold(printed).rfind(section)
    return printed[at : at + len(section)]


def _is_navigation(text: str) -> bool:
    if _COUNTER.fullmatch(text):
        return True
    pieces = [piece for piece in (_bare(one) for one in _BETWEEN.split(text)) if piece]
    if not pieces:
        return False
    known = [_is_button(piece) for piece in pieces]
    # Of many short words in a row most are buttons that we know.
    words = text.split()
    if len(words) >= 4 and max(map(len, words)) <= 12 and not text.endswith((".", "。")):
        known_words = sum(len(word) > 1 and _bare(word) in _WORDS for word in words)
        return all(known) or known_words * 2 >= len(words)
    return all(known)


def is_button(word: str) -> bool:
    """Whether a word is one that pages print on buttons."""
    return fold(word).casefold() in _WORDS


def _is_button(piece: str) -> bool:
    return bool(
        (len(piece) == 1 and piece.isascii())
        or piece in _WORDS
        or _COUNTER.fullmatch(piece)
        or _all_words(piece)
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
