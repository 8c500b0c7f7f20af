"""The server's address: streamable HTTP without sessions, each answer in one piece of JSON."""

from typing import Any

from asgiref.sync import async_to_sync
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST


# Agents have no cookie and no token of a form.
@csrf_exempt
@require_POST
def mcp(request: HttpRequest) -> HttpResponse:
    """One message of the protocol."""
    # Only who has agents waits for the protocol's package.
    from anyio import sleep_forever
    from mcp.server.transport_security import TransportSecuritySettings

    # It imports that package.
    from archive.contrib.mcp.server import make_server

    # Django has looked at the host, and whatever is told is for everybody.
    unguarded = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    host, body = request.get_host(), request.body
    app = make_server(lambda: request).streamable_http_app(
        streamable_http_path=request.path_info,
        json_response=True,
        stateless_http=True,
        transport_security=unguarded,
    )
    headers = [(name.lower(), value) for name, value in request.headers.items()]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": request.scheme,
        "path": request.path_info,
        "raw_path": request.path_info.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(n.encode("latin-1"), v.encode("latin-1", "ignore")) for n, v in headers],
        "client": None,
        "server": (host, None),
    }
    sent: list[dict[str, Any]] = []

    asked = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> dict[str, Any]:
        if message := next(asked, None):
            return message
        # Nobody goes away before the answer: Django has the whole request.
        await sleep_forever()
        raise AssertionError

    async def send(message: Any) -> None:
        sent.append(message)

    async def answer() -> None:
        async with app.router.lifespan_context(app):
            await app(scope, receive, send)

    async_to_sync(answer)()
    start = next(one for one in sent if one["type"] == "http.response.start")
    content = b"".join(one.get("body", b"") for one in sent)
    response = HttpResponse(content, status=start["status"])
    for name, value in start["headers"]:
        if name.lower() != b"content-length":
            response[name.decode()] = value.decode("latin-1")
    response["Cache-Control"] = "no-store"
    return response
