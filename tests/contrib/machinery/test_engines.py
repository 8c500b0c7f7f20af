"""The adapters speak the documented HTTP, keep its limits, and say plainly what went wrong."""

from typing import Any

import pytest

from archive.contrib.machinery.chat import ChatServer
from archive.contrib.machinery.deepl import MOST_BYTES, DeepL
from archive.contrib.machinery.engines import DraftContext, EngineError, MachineEngine
from archive.contrib.machinery.http import encoded
from archive.contrib.machinery.libretranslate import LibreTranslate
from archive.text.language import CHINESE, ENGLISH
from tests.contrib.machinery.fake_server import KEY, FakeServer

Options = dict[str, Any]


def deepl(server: FakeServer, **options: Any) -> DeepL:
    return DeepL({"key": KEY, "url": server.url, "pause": 0, **options})


def libre(server: FakeServer, **options: Any) -> LibreTranslate:
    return LibreTranslate({"url": f"{server.url}/", "pause": 0, **options})


both = pytest.mark.parametrize("make", [deepl, libre])


def into_chinese(engine: MachineEngine, *segments: str, context: str = "") -> list[str]:
    return engine.translate(segments, ENGLISH, CHINESE, DraftContext(context))


@both
def test_texts_come_back_in_order(server: FakeServer, make: Any) -> None:
    drafts = into_chinese(make(server), "one", '<p id="1">two & 三</p>')
    assert drafts == ["ONE", '<p id="1">TWO & 三</p>']


@both
def test_nothing_to_draft_asks_nobody(server: FakeServer, make: Any) -> None:
    assert into_chinese(make(server)) == []
    assert server.requests == []


@pytest.mark.parametrize(
    ("source", "target", "codes"),
    [(ENGLISH, CHINESE, ("EN", "ZH-HANS")), (CHINESE, ENGLISH, ("ZH", "EN-US"))],
)
def test_deepl_gets_html_its_languages_and_the_story(
    server: FakeServer, source: str, target: str, codes: tuple[str, str]
) -> None:
    deepl(server).translate(["x"], source, target, DraftContext("The whole story."))
    assert server.paths == ["/v2/translate"]
    assert server.requests == [
        {
            "text": ["x"],
            "source_lang": codes[0],
            "target_lang": codes[1],
            "tag_handling": "html",
            "context": "The whole story.",
        }
    ]
    assert server.headers[0]["Authorization"] == f"DeepL-Auth-Key {KEY}"


def test_deepl_gets_the_glossary_of_the_direction(server: FakeServer) -> None:
    engine = deepl(server, glossaries={"en:zh-hans": "abc"}, english="EN-GB")
    into_chinese(engine, "x")
    engine.translate(["x"], CHINESE, ENGLISH)
    assert server.requests[0]["glossary_id"] == "abc"
    assert "glossary_id" not in server.requests[1]
    assert server.requests[1]["target_lang"] == "EN-GB"


@pytest.mark.parametrize(
    ("key", "host"),
    [("abc:fx", "https://api-free.deepl.com"), ("abc", "https://api.deepl.com")],
)
def test_the_keys_ending_says_which_deepl(key: str, host: str) -> None:
    assert DeepL({"key": key}).url == f"{host}/v2/translate"


def test_deepls_limits_are_kept(server: FakeServer) -> None:
    short = [f"n{number}" for number in range(120)]
    long = ["长" * 20_000] * 5  # 60,000 bytes each
    assert into_chinese(deepl(server), *short, *long) == [
        *(text.upper() for text in short),
        *long,
    ]
    assert all(len(request["text"]) <= 50 for request in server.requests)
    assert all(len(encoded(request)) <= MOST_BYTES for request in server.requests)


def test_a_long_story_leaves_room_for_the_text(server: FakeServer) -> None:
    into_chinese(deepl(server), "x" * 50_000, context="史" * 100_000)
    [request] = server.requests
    assert len(encoded(request)) <= MOST_BYTES
    assert len(request["context"]) > 20_000


def test_a_segment_beyond_every_limit_is_refused_before_it_is_sent(server: FakeServer) -> None:
    with pytest.raises(EngineError, match="too long for DeepL"):
        into_chinese(deepl(server), "x" * MOST_BYTES)
    assert server.requests == []


def test_libretranslate_gets_html_its_languages_and_its_key(server: FakeServer) -> None:
    libre(server, key=KEY, batch=2).translate(
        ["a", "b", "c"], CHINESE, ENGLISH, DraftContext("unused")
    )
    assert server.paths == ["/translate", "/translate"]
    frame = {"source": "zh", "target": "en", "format": "html", "api_key": KEY}
    assert server.requests == [{**frame, "q": ["a", "b"]}, {**frame, "q": ["c"]}]


@pytest.mark.parametrize(
    ("make", "answer", "message"),
    [
        (deepl, (403, ""), "DeepL refuses the site's key"),
        (deepl, (456, {"message": "Quota exceeded"}), "quota at DeepL is used up"),
        (deepl, (413, {}), "too much text for DeepL"),
        (deepl, (400, {"message": "Value for 'x'"}), r"DeepL refused \(400\)"),
        (deepl, (200, {"translations": []}), "returned an unreadable answer"),
        (deepl, (200, {"translations": [{"text": None}]}), "unreadable"),
        (deepl, (200, "<html>"), "unreadable"),
        (deepl, (200, ["x"]), "unreadable"),
        (deepl, (307, ""), r"DeepL refused \(307\)"),
        (libre, (403, {"error": "Invalid API key"}), "LibreTranslate refuses the site's key"),
        (libre, (400, {"error": "Visit … to get an API key"}), "refuses the site's key"),
        (libre, (400, {"error": "zh is not supported"}), r"LibreTranslate refused \(400\)"),
        (libre, (200, {"translatedText": "one for all"}), "unreadable"),
        (libre, (200, {"translatedText": []}), "unreadable"),
    ],
)
def test_what_went_wrong_is_said_plainly(
    server: FakeServer, make: Any, answer: tuple[int, Any], message: str
) -> None:
    server.answers = [answer]
    with pytest.raises(EngineError, match=message):
        into_chinese(make(server), "x")
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [400, 401, 500])
@pytest.mark.parametrize(
    "make",
    [
        deepl,
        lambda server: libre(server, key=KEY),
        lambda server: ChatServer({"url": server.url, "model": "m", "key": KEY, "pause": 0}),
    ],
)
def test_no_translator_or_log_is_shown_the_key(
    server: FakeServer, make: Any, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    words = f"bad key {KEY}, says Bearer {KEY}"
    server.answers = [(status, {"message": words, "error": {"message": words}})] * 3
    with pytest.raises(EngineError) as caught:
        into_chinese(make(server), "x")
    assert KEY not in str(caught.value) + caplog.text
    assert "bad key" not in str(caught.value)


@pytest.mark.parametrize("key", ["secret key\n", "secret 键"])
def test_a_key_that_no_header_holds_is_told_and_not_shown(server: FakeServer, key: str) -> None:
    assert any("key" in one for one in DeepL.problems({"key": key}))
    with pytest.raises(EngineError) as caught:
        into_chinese(deepl(server, key=key), "x")
    assert "secret" not in str(caught.value)


@both
@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(server: FakeServer, make: Any, status: int) -> None:
    server.answers = [(status, {}), (status, {})]
    assert into_chinese(make(server), "x") == ["X"]
    assert len(server.requests) == 3


@both
@pytest.mark.parametrize(
    ("status", "message"), [(429, "is busy"), (503, r"is unavailable \(503\)")]
)
def test_but_not_for_ever(server: FakeServer, make: Any, status: int, message: str) -> None:
    server.answers = [(status, {})] * 9
    with pytest.raises(EngineError, match=message):
        into_chinese(make(server), "x")
    assert len(server.requests) == 3


@both
def test_the_key_is_never_sent_after_a_redirect(server: FakeServer, make: Any) -> None:
    server.answers = [(302, "")]
    with pytest.raises(EngineError):
        into_chinese(make(server), "x")
    assert "/elsewhere" not in server.paths


@pytest.mark.parametrize("make", [DeepL, LibreTranslate])
def test_a_server_that_is_away_is_named(make: Any) -> None:
    engine = make({"key": KEY, "url": "http://127.0.0.1:9", "timeout": 1})
    with pytest.raises(EngineError, match=f"{engine.name} can't be reached"):
        into_chinese(engine, "x")


@both
def test_a_server_that_is_silent_is_given_up(server: FakeServer, make: Any) -> None:
    import threading

    release = threading.Event()
    server.words = lambda text: str(release.wait(5))
    with pytest.raises(EngineError, match="no response in time"):
        into_chinese(make(server, timeout=0.2), "x")
    release.set()
