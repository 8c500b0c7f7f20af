"""Embeds, as readers get them: a player of another site is loaded only when they ask for it."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from wagtail.embeds.models import Embed

from archive.conf import settings


@dataclass(frozen=True)
class Player:
    """`src` is the address that a frame would load, "" where there is no player to load.

    Its `site` is told to readers, such as "youtube.com". `title` may be "".
    """

    title: str
    src: str = ""
    site: str = ""
    is_video: bool = False

    @classmethod
    def of(cls, embed: Embed) -> Self:
        """The frame in what the provider sent; its scripts and pictures are left out.

        Players of hosts that aren't in `ARCHIVE_EMBED_HOSTS` are left out as well: the content
        security policy wouldn't let them in.
        """
        frame = BeautifulSoup(embed.html, "html.parser").iframe
        src = urljoin("https:", str(frame.get("src", ""))) if frame else ""
        parts = urlsplit(src)
        if parts.scheme != "https" or parts.netloc not in settings.EMBED_HOSTS:
            return cls(embed.title)
        return cls(embed.title, src, parts.netloc.removeprefix("www."), embed.type == "video")
