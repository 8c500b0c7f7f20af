"""Which column of a table of stories is what: guessed from their names, or said in a mapping file.

A mapping file is TOML or JSON:

    body_format = "html"            # or "markdown", "text"; else as each text looks
    date_format = "%d/%m/%Y"        # else as dates are written
    [columns]
    headline = "post_title"
    body = ["lead", "content"]      # several columns, one below the other
    date = "发布日期"
"""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from archive.contrib.intake.records import IntakeError
from archive.text.punctuation import joined
from archive.text.stored_messages import message as _

BodyFormat = Literal["", "html", "markdown", "text"]

# The usual names of each field's column, in English and Chinese, without space and marks.
NAMES: dict[str, tuple[str, ...]] = {
    "headline": (
        *("headline", "title", "posttitle", "heading", "head", "hed"),
        *("标题", "題目", "题目", "新闻标题", "主标题", "標題", "题名"),
    ),
    "standfirst": (
        *("standfirst", "subtitle", "subheadline", "subhead", "deck", "dek", "summary", "abstract"),
        *("excerpt", "lead", "lede", "intro", "description", "teaser", "postexcerpt"),
        *("副标题", "副题", "摘要", "导语", "简介", "提要", "副標題", "導語"),
    ),
    "byline": (
        *("byline", "author", "authors", "writer", "reporter", "by", "creator", "postauthor"),
        *("作者", "记者", "署名", "撰稿", "撰文", "記者", "责任者"),
    ),
    "date": (
        *("date", "published", "publishdate", "publisheddate", "pubdate", "publishedat"),
        *("publicationdate", "printdate", "issuedate", "postdate", "datetime", "created"),
        *(
            "日期",
            "发布日期",
            "出版日期",
            "发表日期",
            "见报日期",
            "发布时间",
            "时间",
            "刊期",
            "發布日期",
        ),
    ),
    "body": (
        *("body", "content", "text", "article", "story", "html", "fulltext", "bodyhtml"),
        *("postcontent", "articlebody", "bodytext", "maintext"),
        *("正文", "内容", "全文", "文章内容", "新闻内容", "文章", "內容"),
    ),
    "publication": (
        *("publication", "newspaper", "paper", "source", "journal", "media", "publisher"),
        *("报纸", "来源", "媒体", "出版物", "报刊", "刊名", "报名", "报纸名称", "來源"),
    ),
    "page": ("page", "pagenumber", "pageno", "pages", "版面", "版次", "版", "版号", "页码", "版名"),
    "section": (
        *("section", "category", "categories", "channel", "desk", "column"),
        *("栏目", "频道", "分类", "类别", "专栏", "欄目"),
    ),
    "keywords": (
        *("keywords", "keyword", "tags", "tag", "subjects", "topics"),
        *("关键词", "关键字", "标签", "主题", "關鍵詞"),
    ),
    "dateline": ("dateline", "location", "city", "电头", "電頭", "发稿地"),
    "language": ("language", "lang", "locale", "语言", "语种", "語言"),
    "url": ("url", "link", "permalink", "address", "href", "网址", "链接", "原文链接", "網址"),
    "contact": ("contact", "email", "联系方式", "邮箱"),
    "rights": ("rights", "copyright", "license", "licence", "版权", "版權"),
    "identifier": ("id", "guid", "uuid", "articleid", "storyid", "postid", "编号", "文号", "編號"),
    "image": (
        *("image", "images", "photo", "picture", "imageurl", "photourl", "featuredimage"),
        *("图片", "照片", "图片地址", "圖片"),
    ),
    "caption": ("caption", "photocaption", "imagecaption", "图片说明", "图注", "图说", "圖說"),
    "credit": ("credit", "photocredit", "photographer", "摄影", "摄影者", "图片来源", "攝影"),
    "alt_text": ("alt", "alttext", "imagealt", "替代文本"),
}
FIELDS = tuple(NAMES)
_FIELD_OF = {name: one for one, names in NAMES.items() for name in names}
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class ColumnMapping:
    """`columns` are the columns' names by field (one of FIELDS); several stand one below the other.

    `date_format` is one of strptime; "" for any way in which dates are written. `body_format` ""
    takes each text as it looks.
    """

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    body_format: BodyFormat = ""
    date_format: str = ""

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> "ColumnMapping":
        """Raises IntakeError for what is no mapping; says which part is wrong."""
        if unknown := sorted(set(said) - {"columns", "body_format", "date_format"}):
            raise IntakeError(_("a mapping has no “%(name)s”") % {"name": unknown[0]})
        columns = said.get("columns", {})
        if not isinstance(columns, Mapping) or not columns:
            raise IntakeError(_("a mapping needs “columns”: the name of a column for each field"))
        if wrong := sorted(set(columns) - set(FIELDS)):
            reason = _("a mapping has no field “%(name)s”; the fields are %(names)s")
            raise IntakeError(reason % {"name": wrong[0], "names": joined(FIELDS)})
        body_format = said.get("body_format", "")
        if body_format not in get_args(BodyFormat):
            raise IntakeError(_("body_format is html, markdown or text"))
        chosen = {name: _column_names(value) for name, value in columns.items()}
        return cls(chosen, body_format, str(said.get("date_format", "")))

    def to_dict(self) -> dict[str, Any]:
        """What `from_dict` reads, and JSON and TOML can hold."""
        columns = {
            name: names[0] if len(names) == 1 else list(names)
            for name, names in self.columns.items()
        }
        return {
            "columns": columns,
            "body_format": self.body_format,
            "date_format": self.date_format,
        }

    @property
    def names(self) -> set[str]:
        """All columns that it names."""
        return {name for names in self.columns.values() for name in names}

    @property
    def is_enough(self) -> bool:
        """Whether a table with these columns holds stories, and not addresses or prices."""
        return len(self.columns) > 1 and not {"headline", "body"}.isdisjoint(self.columns)


def _column_names(value: Any) -> tuple[str, ...]:
    names = (value,) if isinstance(value, str) else value
    if not isinstance(names, list | tuple) or not all(isinstance(one, str) for one in names):
        raise IntakeError(_("a column is a name, or a list of names"))
    return tuple(names)


def guess_mapping(names: Iterable[str]) -> ColumnMapping:
    """What columns of these names are, of two for one field the first; others are left out."""
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        known = _FIELD_OF.get(_MARKS.sub("", name).casefold())
        if known and known not in found:
            found[known] = (name,)
    return ColumnMapping(found)


def read_mapping(path: Path) -> ColumnMapping:
    """A mapping file. Raises IntakeError, with the file's name."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        said = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
        return ColumnMapping.from_dict(said)
    except OSError as error:
        reason = _("%(name)s can't be read (%(error)s); check the path")
        raise IntakeError(reason % {"name": path, "error": error.strerror}) from error
    except IntakeError as error:
        raise IntakeError(f"{path}: {error}") from error
    except ValueError as error:
        reason = _("%(name)s is neither TOML nor JSON (%(error)s)")
        raise IntakeError(reason % {"name": path, "error": error}) from error
