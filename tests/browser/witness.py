"""Notes what should happen on no screen: script errors, dead links, requests to other hosts."""

import re

from playwright.sync_api import ConsoleMessage, Page, Request, Response

# The console repeats each refused request; the requests themselves are watched. Wagtail tells it
# of the line that a test has cut, and what its checks find in a text.
_TOLD_TWICE = re.compile(r"Failed to (load resource|fetch)|axe\.run results")
# What a form answers to an autosave that it refuses.
_REFUSALS = (400, 409)


class Witness:
    """Watches tabs of the site at this address."""

    def __init__(self, address: str) -> None:
        # Statuses that a test is about.
        self.awaited: tuple[int, ...] = _REFUSALS
        self.own = (address, "data:", "blob:", "about:")
        self.complaints: list[str] = []

    def watch(self, tab: Page) -> None:
        tab.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        tab.on("console", self._hear)
        tab.on("request", self._see_request)
        tab.on("response", self._see_response)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _TOLD_TWICE.search(message.text):
            self.complaints.append(f"console: {message.text}")

    def _see_request(self, request: Request) -> None:
        if not request.url.startswith(self.own):
            self.complaints.append(f"another host: {request.url}")

    def _see_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.awaited:
            self.complaints.append(f"{response.status}: {response.url}")
