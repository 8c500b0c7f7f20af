"""LibreTranslate, on a server of one's own or another's: https://docs.libretranslate.com.

Options: `url` (required: "http://127.0.0.1:5000"); `key`, where the server asks for one; `batch`
(segments a request, 20); `timeout` and `pause` in seconds. It has no use for context.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from archive.desk.machinery.engines import MachineEngine, timeout_problems
from archive.desk.machinery.http import EngineAnswer, Service, encoded, error_of, key_refused, said
from archive.text.language import CHINESE, ENGLISH

# Every version knows "zh", the newer ones as another name of "zh-Hans".
_CODES = {ENGLISH: "en", CHINESE: "zh"}


class LibreTranslate(MachineEngine):
    name = "LibreTranslate"

    @classmethod
    def problems(cls, options: Mapping[str, Any]) -> list[str]:
        url, batch = str(options.get("url", "")), options.get("batch", 1)
        found = []
        if not url.startswith(("http://", "https://")):
            found.append("“url” is missing: the address of the server, as “http://127.0.0.1:5000”.")
        if not isinstance(batch, int) or batch < 1:
            found.append("“batch” must be a positive whole number of segments.")
        return found + timeout_problems(options)

    def translate(
        self,
        segments: Sequence[str],
        source_language: str,
        target_language: str,
        context: str = "",
    ) -> list[str]:
        frame = {
            "source": _CODES[source_language],
            "target": _CODES[target_language],
            "format": "html",
        }
        if key := self.options.get("key"):
            frame["api_key"] = key
        size = self.options.get("batch", 20)
        drafts: list[str] = []
        for start in range(0, len(segments), size):
            batch = list(segments[start : start + size])
            answer = self._service.post(encoded({**frame, "q": batch}))
            drafts += self.same_number(batch, self._texts(answer))
        return drafts

    @property
    def _service(self) -> Service:
        return Service(
            self.name,
            f"{self.options['url'].rstrip('/')}/translate",
            {},
            timeout=self.options.get("timeout", 60),
            pause=self.options.get("pause", 1),
        )

    def _texts(self, answer: EngineAnswer) -> list[Any]:
        message = said(answer, "error")
        if answer.status in (401, 403) or (answer.status == 400 and "API key" in message):
            raise key_refused(self.name)
        if answer.status != 200:
            raise error_of(self.name, answer, message)
        found = answer.data.get("translatedText") if isinstance(answer.data, dict) else None
        return found if isinstance(found, list) else []
