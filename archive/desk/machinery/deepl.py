"""DeepL, through version 2 of its HTTP interface: https://developers.deepl.com/docs.

Options: `key` (required); `url` (by default that of the free or paid service, by the key's
ending); `glossaries` ({"en:zh-hans": "id of a glossary at DeepL"}); `english` ("EN-US" or
"EN-GB"); `timeout` and `pause` in seconds.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from archive.desk.machinery.engines import EngineError, MachineEngine, timeout_problems
from archive.desk.machinery.http import EngineAnswer, Service, encoded, error_of, key_refused, said
from archive.text.language import CHINESE, ENGLISH

FREE, PAID = "https://api-free.deepl.com", "https://api.deepl.com"
# A request's limits.
MOST_TEXTS, MOST_BYTES = 50, 128 * 1024
# Room for at least one long paragraph beside the context.
_CONTEXT_BYTES = MOST_BYTES // 2

_SOURCES = {ENGLISH: "EN", CHINESE: "ZH"}


class DeepL(MachineEngine):
    name = "DeepL"
    takes_context = True

    @classmethod
    def problems(cls, options: Mapping[str, Any]) -> list[str]:
        found = [] if options.get("key") else ["“key” is missing: the key of your DeepL account."]
        glossaries = options.get("glossaries", {})
        if not isinstance(glossaries, Mapping) or not set(glossaries) <= {
            "en:zh-hans",
            "zh-hans:en",
        }:
            found.append("“glossaries” must be {'en:zh-hans': 'id', 'zh-hans:en': 'id'}.")
        if options.get("english", "EN-US") not in ("EN-US", "EN-GB"):
            found.append("“english” must be EN-US or EN-GB.")
        return found + timeout_problems(options)

    def translate(
        self,
        segments: Sequence[str],
        source_language: str,
        target_language: str,
        context: str = "",
    ) -> list[str]:
        frame = self._frame(source_language, target_language, context)
        drafts: list[str] = []
        for batch in self._batches(segments, len(encoded({**frame, "text": []}))):
            answer = self._service.post(encoded({**frame, "text": batch}))
            drafts += self.same_number(batch, self._texts(answer))
        return drafts

    def _frame(self, source: str, target: str, context: str) -> dict[str, Any]:
        targets = {ENGLISH: self.options.get("english", "EN-US"), CHINESE: "ZH-HANS"}
        frame = {
            "source_lang": _SOURCES[source],
            "target_lang": targets[target],
            "tag_handling": "html",
        }
        if context:
            frame["context"] = context.encode()[:_CONTEXT_BYTES].decode(errors="ignore")
        if glossary := self.options.get("glossaries", {}).get(f"{source}:{target}"):
            frame["glossary_id"] = glossary
        return frame

    def _batches(self, segments: Sequence[str], frame_bytes: int) -> Iterator[list[str]]:
        batch: list[str] = []
        room = MOST_BYTES - frame_bytes
        left = room
        for segment in segments:
            size = len(encoded({"": segment}))  # Some bytes more than it adds.
            if size > room:
                raise EngineError(
                    _("A segment is too long for %(engine)s.") % {"engine": self.name}
                )
            if len(batch) == MOST_TEXTS or size > left:
                yield batch
                batch, left = [], room
            batch.append(segment)
            left -= size
        if batch:
            yield batch

    @property
    def _service(self) -> Service:
        key = self.options["key"]
        host = self.options.get("url") or (FREE if key.endswith(":fx") else PAID)
        return Service(
            self.name,
            f"{host.rstrip('/')}/v2/translate",
            {"Authorization": f"DeepL-Auth-Key {key}"},
            timeout=self.options.get("timeout", 20),
            pause=self.options.get("pause", 1),
        )

    def _texts(self, answer: EngineAnswer) -> list[Any]:
        if answer.status == 456:
            text = _("The site's quota at %(engine)s is used up for this month.")
            raise EngineError(text % {"engine": self.name})
        if answer.status in (401, 403):
            raise key_refused(self.name)
        if answer.status != 200:
            raise error_of(self.name, answer, said(answer, "message"))
        found = answer.data.get("translations") if isinstance(answer.data, dict) else None
        return [one.get("text") for one in found or [] if isinstance(one, dict)]
