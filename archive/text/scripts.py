"""The characters of Chinese and Japanese: one extent for every room, as parts of a pattern."""

import re

from archive.conf import settings

# By Unicode's blocks: 々 〆 〇, which stand in words and names as characters do; extension A; the
# unified ideographs; those for compatibility, which old files hold; and planes 2 and 3, which are
# kept for rarer ideographs, as in people's names. The hexagrams between the first two aren't words.
IDEOGRAPHS = r"\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KANA = r"\u3041-\u30ff"
# What stands for a word or a part of one by itself, without spaces: kana too where the archive has
# Japanese.
HAN = IDEOGRAPHS + (KANA if "ja" in settings.LANGUAGES else "")

HAN_CHARACTER = re.compile(f"[{HAN}]")
HAN_RUN = re.compile(f"[{HAN}]+")
