"""One story as a file of each format of the web."""

import base64
import json

from tests.contrib.intake.files import JPEG
from tests.contrib.intake.round_story import (
    BODY,
    HEADLINE,
    PHOTO,
    PICTURE,
    RIGHTS,
    STANDFIRST,
    RoundFile,
)
from tests.contrib.web_pages.samples import CHINESE_PAGE

_DATA = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": HEADLINE,
    "datePublished": "2015-09-22T08:30:00+08:00",
    "articleSection": "Business",
    "pageStart": "B8",
    "publisher": {"@type": "Organization", "name": "Harbour Post"},
    "copyrightNotice": RIGHTS,
}
HTML = (
    f'<!DOCTYPE html><html lang="en"><head><title>{HEADLINE} | Harbour Post</title>'
    f'<script type="application/ld+json">{json.dumps(_DATA)}</script></head><body><nav>'
    '<a href="/">Home</a> <a href="/world">World</a></nav><main><article>'
    f'<h1>{HEADLINE}</h1><p class="standfirst">{STANDFIRST}</p>'
    f'<p class="byline">By Wang Wei and Li Na</p>{BODY}</article></main></body></html>'
)


def _mhtml() -> bytes:
    parts = [
        ("text/html; charset=utf-8", "https://harbour.example/port.html", HTML.encode()),
        ("image/jpeg", f"https://harbour.example/{PICTURE}", JPEG),
    ]
    told = [
        f"----x\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Location: {place}\r\n\r\n{base64.encodebytes(data).decode()}\r\n"
        for kind, place, data in parts
    ]
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://harbour.example/port.html"
        f"\r\nSubject: {HEADLINE}\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="--x"\r\n\r\n'
    )
    return f"{head}{''.join(told)}----x--\r\n".encode()


FEED = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour Post</title>
<copyright>{RIGHTS}</copyright><language>en</language><item><title>{HEADLINE}</title>
<dc:creator>Wang Wei and Li Na</dc:creator><pubDate>Tue, 22 Sep 2015 08:30:00 +0800</pubDate>
<category>Business</category><description>{STANDFIRST}</description>
<content:encoded><![CDATA[{BODY}]]></content:encoded></item></channel></rss>"""
_CHINESE = """湛江港开通新航线 李娜 本报湛江电 湛江港星期一开通一条新航线，
两艘货轮载着一千多个集装箱驶向南方，
港口负责人说这条航线比原来缩短了一个星期的航程。港口明年年底以前还将建成两个新泊位，
通往港区的铁路也要铺设第二条轨道，货物到港以后不必再等候火车，装卸的速度将会明显提高。前景
市政府预计，新航线在今后两年内将为港区和周围的仓库带来大约四百个就业岗位，
附近的渔民也可以在港口找到工作，不必再到外地去谋生。"""
ROUND_FILES = {
    "html": RoundFile("port.html", HTML.encode(), ("page",), PHOTO),
    "html in GB 2312": RoundFile(
        "gang.htm", CHINESE_PAGE.encode("gb2312"), said=_CHINESE, has_picture=False
    ),
    "mhtml": RoundFile("port.mht", _mhtml(), ("page",)),
    "feed": RoundFile("port.rss", FEED.encode(), ("page",), PHOTO),
}
