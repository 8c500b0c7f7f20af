"""LibreTranslate, on a server of one's own or another's: https://docs.libretranslate.com.

Options: `url` (required: "http://127.0.0.1:5000"); `key`, where the server asks for one; `batch`
(segments a request, 20); `timeout` and `pause` in seconds. It has no use for context.
"""

from collections.abc import Mapping
from typing import Any

from archive.contrib.machinery.engines import DraftContext, EngineError
from archive.contrib.machinery.http import EngineAnswer, HttpEngine, server_problems
from archive.text.language import LANGUAGES

# Every version knows "zh", the newer ones as another name of "zh-Hans".
_CODES = {code: code.partition("-")[0] for code in LANGUAGES}


class LibreTranslate(HttpEngine):
    name = "LibreTranslate"
    texts_key = "q"
    message_key = "error"
    default_timeout = 60

    @classmethod
    def problems(cls, options: Mapping[str, Any]) -> list[str]:
        wanted = "the address of the server, as “http://127.0.0.1:5000”"
        return server_problems(options, wanted) + super().problems(options)

    @property
    def url(self) -> str:
        return f"{self.options['url'].rstrip('/')}/translate"

    def frame(
        self, source_language: str, target_language: str, context: DraftContext
    ) -> dict[str, Any]:
        key = self.options.get("key")
        return {
            "source": _CODES[source_language],
            "target": _CODES[target_language],
            "format": "html",
            **({"api_key": key} if key else {}),
        }

    def special_error(self, answer: EngineAnswer, message: str) -> EngineError | None:
        return self.key_refused() if answer.status == 400 and "API key" in message else None

    def drafts_in(self, data: Mapping[str, Any]) -> list[Any]:
        found = data.get("translatedText")
        return found if isinstance(found, list) else []
