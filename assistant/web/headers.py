"""Response headers that limit what a browser does with the server's pages."""

from collections.abc import Sequence

from assistant.web.asgi import App, Message, Receive, Scope, Send

_ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not "no-referrer": the login form would be sent without its origin.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_CORS = b"access-control-"


def content_security_policy(**sources: str) -> str:
    """Return a Content-Security-Policy that allows only the server itself.

    Args:
        sources: other sources by directive, with underscores for hyphens.
    """
    policy = {
        "default-src": "'self'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "object-src": "'none'",
        **{name.replace("_", "-"): value for name, value in sources.items()},
    }
    return "; ".join(f"{name} {value}" for name, value in policy.items())


def add_security_headers(app: App, policy: str) -> App:
    """Return an app whose responses have the security headers and allow no other origin.

    Args:
        app: the app to protect.
        policy: the Content-Security-Policy.
    """
    added = {**_ALWAYS, "content-security-policy": policy}

    async def protected(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _headers(message.get("headers", ()), added)}
            await send(message)

        await app(scope, receive, send_with_headers)

    return protected


def _headers(
    sent: Sequence[tuple[bytes, bytes]], added: dict[str, str]
) -> list[tuple[bytes, bytes]]:
    kept = [
        (name, value)
        for name, value in sent
        if name.decode("latin-1").lower() not in added and not name.lower().startswith(_CORS)
    ]
    return [*kept, *((name.encode(), value.encode()) for name, value in added.items())]
