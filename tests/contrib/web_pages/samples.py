"""Web pages in the shapes that newspapers' sites have, with words of our own."""

NAVIGATION = """<header class="site"><a href="/"><img src="/logo.png" alt="Harbour Post"></a>
<nav><ul><li><a href="/world">World</a></li><li><a href="/trade">Trade</a></li></ul></nav></header>
<div class="cookie-banner"><p>We use cookies to make this site better for all its readers.</p></div>
"""
FOOTER = """<aside class="related"><h3>Related reading</h3><ul>
<li><a href="/1">Ferries return to the strait after a winter without them</a></li>
<li><a href="/2">What the new quay means for the fishing fleet</a></li></ul></aside>
<footer><p>Copyright 2015 Harbour Post. All rights reserved by the publisher.</p></footer>"""
JSON_LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "WebSite", "name": "Harbour Post"}, {"@type": "NewsArticle",
"headline": "Port opens a new route", "datePublished": "2015-09-22T08:30:00+08:00",
"dateModified": "2015-09-23T09:00:00+08:00", "articleSection": "Trade", "inLanguage": "en",
"author": [{"@type": "Person", "name": "By Li Na"}, {"@type": "Person", "name": "Wang Wei"}],
"publisher": {"@type": "Organization", "name": "Harbour Post"},
"keywords": "ports, shipping"}]}</script>"""
BODY = """<h1>Port opens a new route</h1>
<p class="standfirst">Ships reach the south a week sooner</p>
<div class="byline">By <a rel="author" href="/li">Li Na</a> and Wang Wei</div>
<figure><img src="port_files/quay.jpg" alt="Two cranes" width="800"><figcaption>Cranes at the new
quay. <span class="credit">Photo by Zhao Lei</span></figcaption></figure>
<div class="article-body">
<p>The port of Zhanjiang opened a <a href="https://example.org/route">new route</a> on Monday, and
two ships left for the south with <em>more than a thousand</em> containers on board.</p>
<p>The harbour master said that the ships would need a week less than they did before, because
they no longer have to call at three other ports on their way.</p>
<p><strong>Room for growth</strong></p>
<p>Two more berths are to be built by the end of next year, and the railway to the harbour is
to have a second track, so that goods need not wait for a train.</p>
<div class="share-tools"><a href="#">Share</a> <a href="#">WeChat</a></div>
<blockquote><p>We have waited ten years for this.</p><cite>Chen Gang, a captain</cite></blockquote>
<ul><li>Berths: two</li><li>Cranes: <b>five</b></li></ul>
<table><tr><th>Year</th><th>Ships</th></tr><tr><td>2014</td><td>12</td></tr>
<tr><td>2015</td><td>31</td></tr></table>
<p>The city expects that the route will bring work to some four hundred people in the harbour
and in the warehouses around it within the coming two years.</p>
<p>(Xinhua)</p>
</div>"""
TITLE = "<title>Port opens a new route | Harbour Post</title>"
ENGLISH_PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">{TITLE}
<link rel="canonical" href="https://harbour.example/trade/port-opens.html">
<meta property="og:site_name" content="Harbour Post">{JSON_LD}</head><body>{NAVIGATION}
<main><article>{BODY}</article></main>{FOOTER}</body></html>"""

# As sites of the early 2000s: tables for layout, line breaks for paragraphs, GB 2312.
CHINESE_PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>湛江港开通新航线--港口日报</title></head><body>
<table width="900"><tr><td><a href="/">首页</a> <a href="/gn">国内</a> <a href="/gj">国际</a></td>
</tr></table>
<table width="900"><tr><td width="600">
<table><tr><td align="center"><h1>湛江港开通新航线</h1></td></tr>
<tr><td class="source">2015年09月22日08:30　来源：港口日报　作者：李娜</td></tr>
<tr><td><font size="3">
　　本报湛江9月22日电　湛江港星期一开通一条新航线，两艘货轮载着一千多个集装箱驶向南方，
港口负责人说这条航线比原来缩短了一个星期的航程。<br>
　　港口明年年底以前还将建成两个新泊位，通往港区的铁路也要铺设第二条轨道，
货物到港以后不必再等候火车，装卸的速度将会明显提高。<br><br>
　　<b>前景</b><br><br>
　　市政府预计，新航线在今后两年内将为港区和周围的仓库带来大约四百个就业岗位，
附近的渔民也可以在港口找到工作，不必再到外地去谋生。</font></td></tr></table>
</td><td width="300"><ul><li><a href="/a">渔船队回港过冬</a></li>
<li><a href="/b">海峡轮渡恢复通航</a></li></ul>
</td></tr></table></body></html>"""

LIST_PAGE = "<html><body><main>{}</main></body></html>".format(
    "".join(
        f"<article><h2>Story {number}</h2>"
        + f"<p>{'The harbour is open again and the ships are leaving it one by one. ' * 6}</p>" * 3
        + "</article>"
        for number in range(3)
    )
)
