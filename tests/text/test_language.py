"""The two languages: their columns, and which one a text is in."""

from importlib.util import module_from_spec
from typing import Any

import pytest

from archive.text import language as language_module
from archive.text.language import CHINESE, ENGLISH, column, columns, detect, other, supported


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("City builds on long history with US", ENGLISH),
        ("湛江续写百年对美交往新篇", CHINESE),
        ("湛江与 Atlantic City 结为友好城市", CHINESE),
        ("Zhanjiang (湛江) is a port in Guangdong province", ENGLISH),
        ("中国日报 China Daily USA", ENGLISH),
        ("2015年9月22日", CHINESE),
        ("2015-09-22", ENGLISH),
        ("", ENGLISH),
        ("廣州灣", CHINESE),
        ("𠮷野家", CHINESE),
    ],
)
def test_tells_the_language_by_the_script(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("en", ENGLISH),
        ("en-gb", ENGLISH),
        ("zh-hans", CHINESE),
        ("zh-CN", CHINESE),
        ("ZH", CHINESE),
        ("fr", ENGLISH),
        ("", ENGLISH),
        (None, ENGLISH),
    ],
)
def test_serves_every_code_with_one_of_the_two(code: str | None, language: str) -> None:
    assert supported(code) == language


def test_names_the_columns_as_modeltranslation_does() -> None:
    assert column("name", CHINESE) == "name_zh_hans"
    assert columns("a", "b") == ["a_en", "a_zh_hans", "b_en", "b_zh_hans"]


def test_each_language_is_the_others_other() -> None:
    assert (other(ENGLISH), other(CHINESE)) == (CHINESE, ENGLISH)


def with_these_settings() -> Any:
    """A module of its own: the archive's is made once, by the settings that it started with."""
    spec: Any = language_module.__spec__
    fresh = module_from_spec(spec)
    spec.loader.exec_module(fresh)
    return fresh


@pytest.mark.parametrize(
    ("pair", "text", "language"),
    [
        ("en fr", "Le maire a ouvert les portes de la ville dans la nuit.", "fr"),
        ("en fr", "The mayor opened the gates of the city in the night.", "en"),
        ("en fr", "Genève", "en"),
        ("fr de", "Der Bürgermeister hat die Tore der Stadt nicht geöffnet.", "de"),
        ("ja en", "市場は12年ぶりに再開した", "ja"),
        ("ja en", "The port of 東京", "en"),
        ("zh-hans ja", "港に新しい市場が開く", "ja"),
        ("zh-hans ja", "港口新市场开业", "zh-hans"),
        ("ja zh-hans", "港口新市场开业", "zh-hans"),
        ("ru en", "Порт открыт", "ru"),
        ("en zh-hans ja", "港に新しい市場が開く", "zh-hans"),
    ],
)
def test_any_pair_is_told_apart(settings: Any, pair: str, text: str, language: str) -> None:
    settings.MODELTRANSLATION_LANGUAGES = pair.split()
    assert with_these_settings().detect(text) == language


def test_names_every_language_in_itself_and_in_short(settings: Any) -> None:
    settings.MODELTRANSLATION_LANGUAGES = ("pt-br", "zh-hant")
    fresh = with_these_settings()
    assert fresh.LABELS == {"pt-br": "Português Brasileiro", "zh-hant": "繁體中文"}
    assert fresh.HTML_CODES == {"pt-br": "pt-BR", "zh-hant": "zh-Hant"}
    assert fresh.SHORT_CODES == {"pt-br": "pt", "zh-hant": "zh"}
    assert [fresh.supported(code) for code in ("zh-tw", "pt", "de")] == [
        "zh-hant",
        "pt-br",
        "pt-br",
    ]
