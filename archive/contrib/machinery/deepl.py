"""DeepL, through version 2 of its HTTP interface: https://developers.deepl.com/docs.

Options: `key` (required); `url` (by default that of the free or paid service, by the key's
ending); `glossaries` ({"en:zh-hans": "id of a glossary at DeepL"}); `english` ("EN-US" or
"EN-GB"); `timeout` and `pause` in seconds.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from archive.contrib.machinery.engines import DraftContext, EngineError
from archive.contrib.machinery.http import EngineAnswer, HttpEngine, encoded
from archive.text.language import ENGLISH, FIRST, LANGUAGES, SECOND

FREE, PAID = "https://api-free.deepl.com", "https://api.deepl.com"
# A request's limits.
MOST_TEXTS, MOST_BYTES = 50, 128 * 1024
# Room for at least one long paragraph beside the context.
_CONTEXT_BYTES = MOST_BYTES // 2

_SOURCES = {code: code.partition("-")[0].upper() for code in LANGUAGES}
_DIRECTIONS = (f"{FIRST}:{SECOND}", f"{SECOND}:{FIRST}")


class DeepL(HttpEngine):
    name = "DeepL"
    takes_context = True
    texts_key = "text"
    message_key = "message"

    @classmethod
    def problems(cls, options: Mapping[str, Any]) -> list[str]:
        found = [] if options.get("key") else ["“key” is missing: the key of your DeepL account."]
        glossaries = options.get("glossaries", {})
        if not isinstance(glossaries, Mapping) or not set(glossaries) <= set(_DIRECTIONS):
            found.append(f"“glossaries” must be {dict.fromkeys(_DIRECTIONS, 'id')}.")
        if options.get("english", "EN-US") not in ("EN-US", "EN-GB"):
            found.append("“english” must be EN-US or EN-GB.")
        return found + super().problems(options)

    @property
    def url(self) -> str:
        host = self.options.get("url") or (FREE if self.options["key"].endswith(":fx") else PAID)
        return f"{host.rstrip('/')}/v2/translate"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"DeepL-Auth-Key {self.options['key']}"}

    def frame(
        self, source_language: str, target_language: str, context: DraftContext
    ) -> dict[str, Any]:
        is_english = target_language == ENGLISH
        frame = {
            "source_lang": _SOURCES[source_language],
            "target_lang": (
                self.options.get("english", "EN-US") if is_english else target_language.upper()
            ),
            "tag_handling": "html",
        }
        if context.story:
            frame["context"] = context.story.encode()[:_CONTEXT_BYTES].decode(errors="ignore")
        direction = f"{source_language}:{target_language}"
        if glossary := self.options.get("glossaries", {}).get(direction):
            frame["glossary_id"] = glossary
        return frame

    def batches(self, segments: Sequence[str], frame: dict[str, Any]) -> Iterator[list[str]]:
        batch: list[str] = []
        left = room = MOST_BYTES - len(encoded({**frame, self.texts_key: []}))
        for segment in segments:
            size = len(encoded({"": segment}))  # Some bytes more than it adds.
            if size > room:
                message = _("A segment is too long for %(engine)s.")
                raise EngineError(message % {"engine": self.name})
            if len(batch) == MOST_TEXTS or size > left:
                yield batch
                batch, left = [], room
            batch.append(segment)
            left -= size
        if batch:
            yield batch

    def special_error(self, answer: EngineAnswer, message: str) -> EngineError | None:
        if answer.status != 456:
            return None
        text = _("The site's monthly quota at %(engine)s is used up.")
        return EngineError(text % {"engine": self.name})

    def drafts_in(self, data: Mapping[str, Any]) -> list[Any]:
        found = data.get("translations") or []
        return [one.get("text") for one in found if isinstance(one, dict)]
