"""A stand-in for an OpenSearch server: takes the client's requests, answers in its format."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from opensearchpy.connection import Connection
from opensearchpy.exceptions import ConnectionError as NoConnection


class Server(Connection):  # type: ignore[misc]
    """Knows indices, aliases and documents; a search gets the answer that a test has laid out.

    Its state is the class's: the client makes connections as it likes.
    """

    indices: dict[str, dict[str, Any]] = {}
    aliases: dict[str, str] = {}
    answer: dict[str, Any] = {}
    asked: list[dict[str, Any]] = []
    is_away = False

    @classmethod
    def start(cls) -> None:
        cls.indices, cls.aliases, cls.answer, cls.asked = {}, {}, {}, []
        cls.is_away = False

    def perform_request(
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None = None,
        body: bytes | str | None = None,
        timeout: float | None = None,
        ignore: Collection[int] = (),
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, dict[str, str], str]:
        if self.is_away:
            raise NoConnection("N/A", "rejected", Exception("rejected"))
        text = body.decode() if isinstance(body, bytes) else body or ""
        status, answer = self._answer(method, url.strip("/").split("/"), text)
        if not 200 <= status < 300 and status not in ignore and method != "HEAD":
            self._raise_error(status, json.dumps(answer))
        if status == 404 and method == "HEAD":
            self._raise_error(404, "")
        return status, {"content-type": "application/json"}, json.dumps(answer)

    def _answer(self, method: str, path: list[str], body: str) -> tuple[int, Any]:
        match method, path:
            case "HEAD", ["_alias", name]:
                return (200 if name in self.aliases else 404), {}
            case "GET", ["_alias", name]:
                return 200, {self.aliases[name]: {"aliases": {name: {}}}}
            case "POST", ["_aliases"]:
                return 200, self._change_aliases(json.loads(body)["actions"])
            case "PUT", [name]:
                made = json.loads(body)
                self.indices[name] = {"made": made, "documents": {}}
                self.aliases.update(dict.fromkeys(made["aliases"], name))
                return 200, {"acknowledged": True, "index": name}
            case "DELETE", [name]:
                del self.indices[name]
                for alias in [one for one, index in self.aliases.items() if index == name]:
                    del self.aliases[alias]
                return 200, {"acknowledged": True}
            case "POST" | "PUT", ["_bulk"]:
                return 200, self._bulk([json.loads(line) for line in body.splitlines() if line])
            case "POST", [name, "_search"] if json.loads(body).get("_source") == ["documents"]:
                return 200, self._scanned(self._held(name).values())
            case "POST", ["_search", "scroll"]:
                return 200, self._scanned([])
            case "DELETE", ["_search", "scroll"]:
                return 200, {"succeeded": True}
            case "POST", [name, "_delete_by_query"]:
                wanted = set(json.loads(body)["query"]["terms"]["documents"])
                held = self._held(name)
                for key in [k for k, one in held.items() if wanted & set(one["documents"])]:
                    del held[key]
                return 200, {"failures": []}
            case "POST", [_name, "_search"]:
                self.asked.append(json.loads(body))
                return 200, self.answer
            case "POST", [_name, "_refresh"]:
                return 200, {"_shards": {"total": 1, "successful": 1, "failed": 0}}
            case _:
                raise AssertionError(f"{method} {path}")

    def _held(self, name: str) -> dict[str, Any]:
        held: dict[str, Any] = self.indices[self.aliases.get(name, name)]["documents"]
        return held

    def _scanned(self, documents: Collection[Any]) -> Any:
        hits = [{"_source": one} for one in documents]
        shards = {"total": 1, "successful": 1, "skipped": 0, "failed": 0}
        return {"_scroll_id": "1", "_shards": shards, "hits": {"hits": hits}}

    def _change_aliases(self, actions: list[dict[str, Any]]) -> Any:
        for action in actions:
            for verb, what in action.items():
                if verb == "add":
                    self.aliases[what["alias"]] = what["index"]
                elif self.aliases.get(what["alias"]) == what["index"]:
                    del self.aliases[what["alias"]]
        return {"acknowledged": True}

    def _bulk(self, lines: list[dict[str, Any]]) -> Any:
        items = []
        while lines:
            ((verb, where),) = lines.pop(0).items()
            held = self.indices[self.aliases[where["_index"]]]["documents"]
            if verb == "index":
                held[str(where["_id"])] = lines.pop(0)
                items.append({verb: {**where, "status": 201}})
            else:
                status = 200 if held.pop(str(where["_id"]), None) else 404
                items.append({verb: {**where, "status": status}})
        return {"took": 1, "errors": False, "items": items}
