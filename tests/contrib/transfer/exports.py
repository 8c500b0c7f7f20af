"""Export files as WordPress writes them, of a paper in two languages, and the move itself."""

import io
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from django.core.management import CommandError, call_command
from PIL import Image

from archive.models import ArticlePage, Translation
from archive.stories.body import raw

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.6" created="2024-07-01 08:00" -->
<rss version="2.0"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Harbour Post</title><link>https://harbour.example</link>
<language>en-US</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_login><![CDATA[lina]]></wp:author_login>
<wp:author_display_name><![CDATA[Li Na]]></wp:author_display_name></wp:author>
"""

ENGLISH = """<!-- wp:paragraph -->
<p>The port of Zhanjiang <strong>opened</strong> a new quay on Tuesday.</p>
<!-- /wp:paragraph -->
<!-- wp:heading --><h2 class="wp-block-heading">What it costs</h2><!-- /wp:heading -->
<!-- wp:paragraph --><p>The quay cost 300 million yuan.</p><!-- /wp:paragraph -->
<!-- wp:image {"id":34} -->
<figure class="wp-block-image"><img src="https://harbour.example/wp-content/uploads/quay-300x200.png"
 alt="" class="wp-image-34"/><figcaption>The new quay</figcaption></figure>
<!-- /wp:image -->
<!-- wp:list --><ul><li>Two cranes</li><li>One <em>slipway</em></li></ul><!-- /wp:list -->
"""
CHINESE = """<!-- wp:paragraph -->
<p>湛江港周二<strong>启用</strong>新码头。</p>
<!-- /wp:paragraph -->
<!-- wp:heading --><h2 class="wp-block-heading">造价</h2><!-- /wp:heading -->
<!-- wp:paragraph --><p>新码头耗资3亿元。</p><!-- /wp:paragraph -->
<!-- wp:image {"id":34} -->
<figure class="wp-block-image"><img src="https://harbour.example/wp-content/uploads/quay-300x200.png"
 alt="" class="wp-image-34"/><figcaption>新码头</figcaption></figure>
<!-- /wp:image -->
<!-- wp:list --><ul><li>两台起重机</li><li>一座<em>船台</em></li></ul><!-- /wp:list -->
"""


def cdata(text: object) -> str:
    return f"<![CDATA[{text}]]>"


def term(taxonomy: str, id_: int, slug: str, name: str, description: str = "") -> str:
    return (
        f"<wp:term><wp:term_id>{id_}</wp:term_id><wp:term_taxonomy>{cdata(taxonomy)}"
        f"</wp:term_taxonomy><wp:term_slug>{cdata(slug)}</wp:term_slug><wp:term_name>"
        f"{cdata(name)}</wp:term_name><wp:term_description>{cdata(description)}"
        "</wp:term_description></wp:term>\n"
    )


def category(id_: int, slug: str, name: str) -> str:
    return (
        f"<wp:category><wp:term_id>{id_}</wp:term_id><wp:category_nicename>{cdata(slug)}"
        f"</wp:category_nicename><wp:cat_name>{cdata(name)}</wp:cat_name></wp:category>\n"
    )


def item(id_: int, title: str, content: str = "", **values: Any) -> str:
    """A post; `terms` are (taxonomy, slug, name), `meta` the item's fields, the rest as in WXR."""
    terms = "".join(
        f"<category domain={quoteattr(kind)} nicename={quoteattr(slug)}>{cdata(name)}</category>"
        for kind, slug, name in values.pop("terms", ())
    )
    meta = "".join(
        f"<wp:postmeta><wp:meta_key>{cdata(key)}</wp:meta_key><wp:meta_value>{cdata(value)}"
        "</wp:meta_value></wp:postmeta>"
        for key, value in values.pop("meta", {}).items()
    )
    excerpt = values.pop("excerpt", "")
    fields = {
        "post_date": "2015-09-22 08:00:00",
        "status": "publish",
        "post_type": "post",
        "post_password": "",
        **values,
    }
    written = "".join(f"<wp:{name}>{cdata(text)}</wp:{name}>" for name, text in fields.items())
    return (
        f"<item><title>{cdata(title)}</title><link>https://harbour.example/{id_}/</link>"
        f"<dc:creator>{cdata('lina')}</dc:creator><content:encoded>{cdata(content)}"
        f"</content:encoded><excerpt:encoded>{cdata(excerpt)}</excerpt:encoded>"
        f"<wp:post_id>{id_}</wp:post_id>{written}{terms}{meta}</item>\n"
    )


PICTURE = item(
    34,
    "Quay",
    post_type="attachment",
    status="inherit",
    attachment_url="https://harbour.example/wp-content/uploads/quay.png",
    meta={"_wp_attached_file": "quay.png", "_wp_attachment_image_alt": "Cranes on a quay"},
)
POLYLANG = (
    term("language", 2, "en", "English", 'a:1:{s:6:"locale";s:5:"en_US";}')
    + term("language", 3, "cn", "中文", 'a:2:{s:6:"locale";s:5:"zh_CN";s:3:"rtl";i:0;}')
    + category(7, "city", "City")
    + category(8, "chengshi", "城市")
    + term("term_translations", 9, "pll_9", "pll_9", 'a:2:{s:2:"en";i:7;s:2:"cn";i:8;}')
)


def polylang_pair(english: str = ENGLISH, chinese: str = CHINESE, **values: Any) -> str:
    """Posts 101 and 102, and what Polylang says of them; `values` are both posts'."""
    group = ("post_translations", "pll_5", "pll_5")
    return (
        POLYLANG
        + PICTURE
        + item(
            102,
            "湛江港新码头启用",
            chinese,
            terms=[group, ("language", "cn", "中文"), ("category", "chengshi", "城市")],
            post_date="2015-09-23 09:00:00",
            excerpt="码头可停靠大型船舶。",
            **values,
        )
        + item(
            101,
            "Zhanjiang port opens new quay",
            english,
            terms=[group, ("language", "en", "English"), ("category", "city", "City")],
            excerpt="It takes large ships.",
            **values,
        )
    )


def write(folder: Path, content: str) -> Path:
    path = folder / "export.xml"
    path.write_text(f"{HEAD}{content}</channel></rss>", encoding="utf-8")
    media = folder / "uploads"
    media.mkdir(exist_ok=True)
    if not (media / "quay.png").exists():
        data = io.BytesIO()
        Image.new("RGB", (40, 30), "navy").save(data, "PNG")
        (media / "quay.png").write_bytes(data.getvalue())
    return path


def move(folder: Path, content: str, **options: Any) -> tuple[str, str]:
    """What the command says about this export, and the error that it ends with or ""."""
    given = {"media": folder / "uploads", "credit": "Harbour Post", "rights": "© Harbour Post"}
    out, path = io.StringIO(), write(folder, content)
    try:
        call_command(
            "archive_from_wordpress", str(path), stdout=out, stderr=out, **{**given, **options}
        )
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def the_story() -> ArticlePage:
    return ArticlePage.objects.get()


def the_translation() -> Translation:
    """The newest version of the only story's translation."""
    found: Translation = Translation.objects.get().get_latest_revision_as_object()
    return found


def kinds(body: Any) -> list[str]:
    return [block["type"] for block in raw(body)]
