"""All middleware around a web page, in the order in which it is effective."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.web.asgi import App, Scope, client_address
from assistant.web.headers import add_security_headers, content_security_policy
from assistant.web.hosts import allow_hosts
from assistant.web.json_bodies import Check, repair_json
from assistant.web.limits import Rate, limit_bodies, limit_rate
from assistant.web.login.sign_in import ACCOUNT, LOGIN, LOGOUT, MAX_FORM, SignIn, require_sign_in
from assistant.web.origins import refuse_cross_site
from assistant.web.presence import Presence
from assistant.web.routes import Route, allow_routes
from assistant.web.storage import StorageLimit, limit_storage

_SIGN_IN_ROUTES = (
    Route("GET", LOGIN),
    Route("POST", LOGIN, max_body=MAX_FORM),
    Route("POST", LOGOUT, max_body=MAX_FORM),
)


@dataclass(frozen=True, slots=True)
class Protection:
    """What a page is protected with.

    Attributes:
        hosts: the host names that it answers to; see `known_hosts`.
        proxies: the public names of proxies that replace the Host header of requests.
        routes: the routes that it needs; all others are refused.
        sign_in: who may use it.
        rate: the rate limit for changes, per account, or per address if there are no accounts.
        storage: the limit on waiting uploads; None without uploads.
        check_body: returns why a JSON body is refused; empty if it is not.
        client_of: returns the client that a request's open stream belongs to; empty for none.
        presence: the clients with an open stream.
        policy: the Content-Security-Policy.
        framed: the policies of paths that the page shows in a frame; see `add_security_headers`.
    """

    hosts: Collection[str]
    routes: Sequence[Route]
    sign_in: SignIn
    rate: Rate
    client_of: Callable[[Scope], str]
    storage: StorageLimit | None = None
    check_body: Check = lambda _: ""
    proxies: Collection[str] = ()
    presence: Presence = field(default_factory=Presence)
    policy: str = field(default_factory=content_security_policy)
    framed: Mapping[str, str] = field(default_factory=dict)


def protect(app: App, protection: Protection) -> App:
    """Return an app behind all layers of a protection."""
    routes = (*_SIGN_IN_ROUTES, *protection.routes)
    # From the inside out: the last one sees a request first.
    app = protection.presence.watch(app, protection.client_of)
    app = repair_json(app, protection.check_body)
    if protection.storage is not None:
        app = limit_storage(app, protection.storage, _counted_for)
    app = limit_rate(app, protection.rate, _counted_for)
    app = require_sign_in(app, protection.sign_in)
    app = limit_bodies(app, routes)
    app = allow_routes(app, routes)
    # Only the names of proxies, not all host names: a page on another port is another site.
    app = refuse_cross_site(app, protection.proxies)
    app = allow_hosts(app, protection.hosts)
    return add_security_headers(app, protection.policy, protection.framed)


def _counted_for(scope: Scope) -> str:
    account = scope.get(ACCOUNT)
    return f"account {account.name}" if account else f"address {client_address(scope)}"
