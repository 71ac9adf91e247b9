"""Refuse requests that other sites make the browser send."""

from collections.abc import Collection
from urllib.parse import urlsplit

from assistant.web.asgi import App, Receive, Scope, Send, header, refuse_connection

_SAFE_METHODS = ("GET", "HEAD")
_MESSAGE = "This request comes from another site, or from a program that does not say its origin."


def refuse_cross_site(app: App, hosts: Collection[str] = ()) -> App:
    """Return an app that answers 403 to requests of other sites.

    A request that may change something has to prove its origin: Sec-Fetch-Site, which no script
    can set, or Origin, has to be the server's own. Every browser sends one of them. Another site
    may only link to a page (a navigation), not load or send anything.

    Args:
        app: the app to protect.
        hosts: host names that are the server's own although the Host header is another, because
            a proxy changes it.
    """

    async def protected(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan" and not _is_own(scope, hosts):
            await refuse_connection(scope, send, 403, _MESSAGE)
            return
        await app(scope, receive, send)

    return protected


def _is_own(scope: Scope, hosts: Collection[str]) -> bool:
    site, origin = header(scope, "sec-fetch-site"), header(scope, "origin")
    if origin is not None and not _same_origin(origin, scope, hosts):
        return False
    if scope["type"] == "http" and scope["method"] in _SAFE_METHODS:
        return site in (None, "same-origin", "none") or _is_navigation(scope)
    return site == "same-origin" or (site is None and origin is not None)


def _is_navigation(scope: Scope) -> bool:
    return (
        header(scope, "sec-fetch-mode") == "navigate"
        and header(scope, "sec-fetch-dest") == "document"
    )


def _same_origin(origin: str, scope: Scope, hosts: Collection[str]) -> bool:
    try:
        parts = urlsplit(origin)
        name = parts.hostname
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and (
        parts.netloc.lower() == (header(scope, "host") or "").lower() or name in hosts
    )
