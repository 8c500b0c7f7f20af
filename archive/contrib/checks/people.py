"""People whom no list knows: Pinyin against characters, transliterations by their sound, and what
the story's other segments call them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from anyascii import anyascii
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pypinyin import lazy_pinyin
from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal
from rapidfuzz import fuzz

from archive.contrib.checks.places import places_in
from archive.qa.base import ENGLISH_AND_CHINESE, Check, Finding, Pair, Span, Story, remembered
from archive.qa.checks.names import names_of, near_names
from archive.qa.sounds import (
    ALIKE,
    CAPITALISED,
    CLASSES,
    FEWEST,
    chinese_sound,
    english_sound,
)
from archive.text.language import CHINESE, ENGLISH
from archive.text.scripts import HAN
from archive.text.surnames import DOUBLE, READINGS, SURNAMES

_TWO = re.compile(r"\b([A-Z][a-zü]+(?:['’-][A-Za-z]+)?) ([A-Z][a-zü]+(?:['’-][A-Za-z]+)?)\b")
_LONGEST_PART = 7
# What transliterations are written with; a name ends where another character stands.
_SOUNDS = frozenset(
    "阿埃艾爱安昂奥澳敖巴白拜班邦包保鲍贝本比彼毕边宾滨波伯博布卜查察柴昌彻茨慈楚春达戴丹当道德得登邓迪蒂狄丁东杜"
    "敦顿多朵俄厄恩尔法凡范方菲非费芬丰冯佛夫弗福富盖甘冈高戈哥格葛根贡古顾瓜圭郭果哈海汉翰豪赫黑亨洪侯胡华怀惠霍"
    "基吉季济加贾嘉简姜杰捷金津京君卡凯坎康考柯科克肯孔库夸奎昆拉腊来莱赖兰朗劳勒雷蕾黎李里丽莉理利历立莲连廉良列"
    "烈林琳伶留刘柳龙隆卢鲁露路吕伦罗洛马玛麦迈满曼芒毛梅门蒙孟米密敏明缪摩莫墨默姆木穆拿娜纳乃南内嫩能尼年涅宁牛"
    "纽农努诺女欧帕派潘庞培佩彭蓬皮匹平泼珀普期齐奇契恰强乔钦琴青琼丘屈让热仁日荣茹儒瑞若撒萨塞赛三桑瑟森沙莎山珊"
    "尚绍舍申胜圣施石什史士世寿舒朔斯司丝苏素孙索所塔泰坦唐陶特腾提汀廷通图土吐托娃瓦万汪旺威韦维魏卫文翁沃乌伍武"
    "西希悉锡席夏香肖歇谢辛欣兴休修叙许雪逊雅亚扬尧耶叶伊依宜易因英永尤于约云宰赞泽曾扎詹张章珍芝治朱祖卓兹子佐弥思"
    "妮娅姬芙菈茜薇黛琪婕虹珂帖铁宗松忠仲措绰翠村邹滕地温耳灵肯蓓蒙诗冠"
)
_DOT = "[·•・‧]"
# Between two dots stands a part of a name; anything else parts two people.
_DOTTED = re.compile(
    rf"[{HAN}]{{1,12}}(?:{_DOT}[{''.join(sorted(_SOUNDS))}-]{{1,9}}(?={_DOT}))*"
    rf"{_DOT}[{HAN}]{{1,12}}(?:-[{HAN}]{{1,12}})?"
)
# The same for a surname by itself, whose consonants are weighed: capitals may be said in two ways,
# "R" not at all.
_SURNAME_SPELLINGS = (
    *(("mc", "mk"), ("tch", "s"), ("sch", "s"), ("sh", "s"), ("ch", "S"), ("ph", "f"), ("th", "T")),
    *(("ck", "k"), ("dg", "s"), ("gh", ""), ("kn", "n"), ("ng", "n"), ("wh", "w"), ("ce", "se")),
    *(
        ("ci", "si"),
        ("cy", "si"),
        ("ge", "Ge"),
        ("gi", "Gi"),
        ("gy", "Gi"),
        ("c", "k"),
        ("x", "ks"),
    ),
    ("q", "k"),
)
_SILENT_R = re.compile("(?<=[aeiouy])r(?![aeiouy])")
_SILENT = re.compile("(?<=[aeiouy])[hw](?![aeiouy])")
_NASAL = re.compile("(?<=[aeiouy])m(?![aeiouym])")
_MAY_BE = {("S", "s"), ("S", "k"), ("T", "s"), ("T", "d"), ("G", "k"), ("G", "s"), ("R", "l")}
_NEAR = {"mn": 0.3, "ks": 0.7, "ds": 0.6, "bf": 0.7, "fk": 0.9, "ln": 1.2, "fm": 0.8}
# What transliterations put in, and what they leave out, costs less than another consonant.
_PUT_IN = {"l": 0.35, "s": 0.5, "n": 0.5}
_LEFT_OUT = {"R": 0.1, **dict.fromkeys("Tdskf", 0.45)}
_OTHER, _AT_THE_END = 0.8, 1.5
# Above this distance two surnames aren't one: no right one of 300 in print is, read in full.
_FAR = 0.245
_SHORTEST = 2
# By so many characters a name may be longer than it looks.
_MORE = 3


@dataclass(frozen=True)
class Name:
    """A person's name at text[start:end]."""

    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return self.start, self.end


@lru_cache(maxsize=8192)
def _readings(character: str) -> tuple[str, ...]:
    """All its Pinyin, without tones; ü also as passports and keyboards write it."""
    toned = PINYIN_DICT.get(ord(character), "")
    plain = {to_normal(one).replace("v", "ü") for one in toned.split(",") if one}
    spelt = {one.replace("ü", other) for one in plain for other in ("ü", "u", "v", "yu")}
    return tuple(spelt)


@cache
def _syllables() -> re.Pattern[str]:
    known = {one for code in range(0x4E00, 0x9FA6) for one in _readings(chr(code))}
    return re.compile(f"(?:{'|'.join(sorted(known, key=len, reverse=True))}){{1,2}}")


@cache
def _surnames() -> frozenset[str]:
    return frozenset({*("".join(lazy_pinyin(name)) for name in [*SURNAMES, *DOUBLE]), *READINGS})


def _letters(word: str) -> str:
    return re.sub("['’-]", "", word).lower()


@lru_cache(maxsize=2048)
def pinyin_names(text: str) -> tuple[Name, ...]:
    """People in an English text whose names are Pinyin, either part first."""
    found = []
    at = 0
    while match := _TWO.search(text, at):
        one, other = map(_letters, match.groups())
        is_first = one in _surnames() and _syllables().fullmatch(other)
        is_last = other in _surnames() and len(one) > 3 and _syllables().fullmatch(one)
        is_longer = CAPITALISED.match(text, match.end() + 1) and text[match.end()] == " "
        if (is_first or is_last) and not is_longer and not places_in(match[0], ENGLISH):
            found.append(Name(match[0], *match.span()))
            at = match.end()
        else:
            at = match.start(2)
    return tuple(found)


@lru_cache(maxsize=4096)
def heard_in(name: str, chinese: str) -> str:
    """The characters of the Chinese text that read like the Pinyin name; "" without any."""
    one, other = map(_letters, name.split(" "))
    for letters in (one + other, other + one):
        for start in range(len(chinese)):
            if end := _reads_as(chinese, start, letters):
                return chinese[start:end]
    return ""


def _reads_as(chinese: str, at: int, letters: str) -> int:
    """Where the characters that read so end; 0 if they don't."""
    if not letters:
        return at
    if at < len(chinese):
        for reading in _readings(chinese[at]):
            if letters.startswith(reading) and (
                end := _reads_as(chinese, at + 1, letters[len(reading) :])
            ):
                return end
    return 0


@lru_cache(maxsize=2048)
def dotted_names(chinese: str) -> tuple[Name, ...]:
    """Foreigners in a Chinese text: 玛丽·居里; without what runs into them on either side."""
    found = []
    at = 0
    while match := _DOTTED.search(chinese, at):
        start, at = match.start(), match.end()
        if re.match(_DOT, chinese[at : at + 1]):
            # Its last part is the first one of somebody else too.
            at = max(chinese.rfind(dot, start, at) for dot in "·•・‧") + 1
        first, last = re.search(r"[^·•・‧]+", match[0]), re.search(r"[^·•・‧]+$", match[0])
        if first and last:
            begin = first.end()
            while begin and match[0][begin - 1] in _SOUNDS and first.end() - begin < 6:
                begin -= 1
            stop = last.start()
            longest = _LONGEST_PART * (1 + ("-" in last[0]))
            while stop < len(match[0]) and stop - last.start() < longest:
                if match[0][stop] not in _SOUNDS and match[0][stop] != "-":
                    break
                stop += 1
            if begin < first.end() and stop > last.start():
                found.append(Name(match[0][begin:stop], start + begin, start + stop))
    return tuple(found)


@lru_cache(maxsize=2048)
def sounds_like(name: str, english: str) -> tuple[int, Name | None]:
    """How well (0 to 100) the likeliest words of the English text match the dotted name."""
    parts = re.split("[·•・‧]", name)
    forms = [*_trimmed(parts)]
    last = {chinese_sound(part) for part in (parts[-1], parts[-1][:-1]) if len(part) >= _SHORTEST}
    words = list(CAPITALISED.finditer(english))
    sounds = [english_sound(word[0]) for word in words]
    best: tuple[int, Name | None] = (0, None)
    for first in range(len(words)):
        for count in range(max(1, len(parts) - 1), len(parts) + 2):
            sound = "".join(sounds[first : first + count])
            found = [*(fuzz.ratio(form, sound) for form in forms if count >= len(parts))]
            found += [0.95 * fuzz.ratio(form, sound) for form in last if count < len(parts)]
            if (score := int(max(found, default=0))) > best[0]:
                start, end = words[first].start(), words[first : first + count][-1].end()
                best = score, Name(english[start:end], start, end)
    return best


@lru_cache(maxsize=4096)
def _surname_sound(word: str) -> str:
    letters = re.sub("[^a-z]", "", anyascii(re.sub("['’]s$", "", word)).lower())
    for spelt, spoken in _SURNAME_SPELLINGS:
        letters = letters.replace(spelt, spoken)
    letters = _NASAL.sub("n", _SILENT.sub("", _SILENT_R.sub("R", letters)))
    sound, before = "", ""
    for letter in letters:
        group = letter if letter in "STGR" else CLASSES.get(letter, "")[:1]
        sound += group if letter != before else ""
        before = letter
    return sound


@lru_cache(maxsize=8192)
def _distance(english: str, chinese: str) -> float:
    """How far two sounds are from each other, for each consonant of the English one."""
    row = [0.0]
    for sound in chinese:
        row.append(row[-1] + _PUT_IN.get(sound, _OTHER))
    for i, one in enumerate(english):
        out = _LEFT_OUT.get(one, _OTHER) if i or one == "R" else _OTHER
        new = [row[0] + out]
        for j, other in enumerate(chinese):
            is_last = i == len(english) - 1 and j == len(chinese) - 1
            same = one == other or (one, other) in _MAY_BE
            cost = 0.0 if same else _NEAR.get("".join(sorted(one + other)), 1.0)
            cost *= _AT_THE_END if is_last else 1
            new.append(min(row[j] + cost, row[j + 1] + out, new[j] + _PUT_IN.get(other, _OTHER)))
        row = new
    return row[-1] / max(len(english), 1)


def is_another_surname(name: Name, heard: Name, chinese: str, english: str) -> bool:
    """Whether the given name alone sounds like the English one, the surname like no word there."""
    parts = re.split("[·•・‧]", name.text)
    words = heard.text.split(" ")
    if len(words) != len(parts) or not all(word[:1].isupper() for word in words):
        return False
    begin = name.end - len(parts[-1])
    run = re.match(f"[{HAN}-]*", chinese[begin : name.end + _MORE])
    whole = run[0] if run else parts[-1]
    # Where a name ends is told by its characters alone: it may be longer, or a verb may follow.
    shortest = max(1, len(parts[-1]) - 1)
    ways = {chinese_sound(whole[:size]) for size in range(shortest, len(whole) + 1)}
    following = CAPITALISED.match(english, heard.end + 1)
    others = [following[0]] if following and english[heard.end : heard.end + 1] == " " else []
    sounds = {_surname_sound(word) for word in (words[-1], *others)}
    # Two consonants are too few to tell names apart.
    if any(len(sound) < FEWEST for sound in sounds):
        return False
    return all(_distance(sound, way) > _FAR for sound in sounds for way in ways)


def _trimmed(parts: list[str]) -> Iterator[str]:
    """A title may stand right before a name, a verb after it."""
    for head in range(3):
        for tail in range(2):
            first, last = parts[0][head:], parts[-1][: len(parts[-1]) - tail]
            if (first and last) and (not head or len(first) > 1) and (not tail or len(last) > 1):
                yield chinese_sound("".join([first, *parts[1:-1], last]))


def spoken_part(characters: str, word: str) -> str:
    """The beginning that sounds most like the word: what follows may be a verb."""
    sound = english_sound(word)
    prefixes = [characters[:end] for end in range(len(characters), 1, -1)]
    return max(prefixes, key=lambda one: fuzz.ratio(chinese_sound(one), sound), default=characters)


def is_alike(score: int) -> bool:
    return score >= ALIKE


@dataclass(frozen=True)
class Sides:
    """A pair's English and Chinese text, whichever is the source."""

    english: str
    chinese: str


def _sides(pair: Pair, story: Story) -> Sides:
    if story.target_language == CHINESE:
        return Sides(pair.source, pair.target)
    return Sides(pair.target, pair.source)


class StoryPeople:
    """Who is who in a story, as far as the sound tells."""

    def __init__(self, story: Story) -> None:
        self.sides = {pair.key: _sides(pair, story) for pair in story.pairs}
        self.all_english = "\n".join(sides.english for sides in self.sides.values())
        self.all_chinese = "\n".join(sides.chinese for sides in self.sides.values())
        # Each name's two forms where the story first has them both: English, Chinese.
        self.forms: dict[str, str] = {}
        for sides in self.sides.values():
            for name in pinyin_names(sides.english):
                if heard := heard_in(name.text, sides.chinese):
                    self.forms.setdefault(name.text, heard)
            for name in dotted_names(sides.chinese):
                score, english = sounds_like(name.text, sides.english)
                if english and is_alike(score) and " " in english.text:
                    surname = re.sub("['’]s$", "", english.text.split(" ")[-1])
                    characters = re.split("[·•・‧]", name.text)[-1]
                    self.forms.setdefault(surname, spoken_part(characters, surname))


people_of = remembered(StoryPeople)


class PersonName(Check):
    check_id = "person-name"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Person's name")
    description = gettext_lazy("A person's name does not read like the one in the source.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        people = people_of(story)
        sides = _sides(pair, story)
        is_english_source = sides.english is pair.source
        known = names_of(story).pairs[pair.key]
        for name, in_english in self._unheard(people, sides):
            is_in_source = in_english == is_english_source
            hits = known.source if is_in_source else known.target
            if any(hit.start < name.end and name.start < hit.end for hit in hits):
                continue
            if is_in_source:
                message = _("No name in the translation reads like “%(name)s”.")
                yield self.finding(pair, message % {"name": name.text}, source=(name.span,))
            else:
                message = _("No name in the source reads like “%(name)s”.")
                yield self.finding(pair, message % {"name": name.text}, target=(name.span,))

    def _unheard(self, people: StoryPeople, sides: Sides) -> Iterator[tuple[Name, bool]]:
        """Names that the other text doesn't have, and whether they stand in the English one."""
        for name in pinyin_names(sides.english):
            texts = (sides.chinese, people.all_chinese)
            if name.text not in sides.chinese and not any(heard_in(name.text, t) for t in texts):
                yield name, True
        for name in dotted_names(sides.chinese):
            texts = (sides.english, people.all_english)
            score, english = sounds_like(name.text, sides.english)
            if not any(is_alike(sounds_like(name.text, text)[0]) for text in texts) or (
                english
                and is_alike(score)
                and is_another_surname(name, english, sides.chinese, sides.english)
            ):
                yield name, False


class PersonVaries(Check):
    check_id = "person-varies"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Varying name")
    description = gettext_lazy("A person's name is written otherwise than earlier in the story.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        into_chinese = story.target_language == CHINESE
        taken = [(hit.start, hit.end) for hit in names_of(story).pairs[pair.key].target]
        for english, chinese in people_of(story).forms.items():
            said, wanted = (english, chinese) if into_chinese else (chinese, english)
            if said not in pair.source or wanted in pair.target:
                continue
            for span in near_names(pair.target, wanted, taken, surname=True):
                message = _("“%(found)s” here, but %(before)s earlier in the story.")
                message %= {"found": pair.target[slice(*span)], "before": wanted}
                yield self.finding(pair, message, target=(span,))
