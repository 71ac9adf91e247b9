"""Response headers that limit what a browser does with the server's pages."""

import re
from collections.abc import Mapping, Sequence

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


def add_security_headers(app: App, policy: str, framed: Mapping[str, str] | None = None) -> App:
    """Return an app whose responses have the security headers and allow no other origin.

    Args:
        app: the app to protect.
        policy: the Content-Security-Policy.
        framed: the policies of those paths that the server's own pages may show in a frame, by the
            regular expression of the whole path.
    """
    usual = {**_ALWAYS, "content-security-policy": policy}
    others = {
        path: {**usual, "x-frame-options": "SAMEORIGIN", "content-security-policy": its_policy}
        for path, its_policy in (framed or {}).items()
    }

    async def protected(scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope.get("path", ""))
        added = next((others[one] for one in others if re.fullmatch(one, path)), usual)

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
