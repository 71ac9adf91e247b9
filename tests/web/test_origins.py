"""What other sites make the browser send is refused."""

import pytest
from protected_app import Ask, echo

from assistant.web.origins import refuse_cross_site

OWN = {"origin": "http://localhost"}
FOREIGN = {"origin": "http://evil.example"}


def fetch(site: str, mode: str = "cors", dest: str = "empty") -> dict[str, str]:
    return {"sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest}


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("POST", OWN, 200),
        ("POST", fetch("same-origin"), 200),
        ("POST", OWN | fetch("same-origin"), 200),
        ("POST", {}, 403),
        ("POST", FOREIGN, 403),
        ("POST", {"origin": "null"}, 403),
        ("POST", {"origin": "http://localhost.evil.example"}, 403),
        ("POST", {"origin": "http://localhost:81"}, 403),
        ("POST", fetch("cross-site"), 403),
        ("POST", fetch("same-site"), 403),
        ("POST", fetch("none"), 403),
        ("POST", FOREIGN | fetch("same-origin"), 403),
        ("POST", fetch("cross-site", "navigate", "document"), 403),
        ("DELETE", FOREIGN, 403),
        ("GET", {}, 200),
        ("GET", fetch("none", "navigate", "document"), 200),
        ("GET", fetch("cross-site", "navigate", "document"), 200),
        ("GET", fetch("cross-site", "navigate", "iframe"), 403),
        ("GET", fetch("cross-site", "no-cors", "image"), 403),
        ("GET", FOREIGN, 403),
    ],
)
def test_origin_has_to_be_our_own(
    ask: Ask, method: str, headers: dict[str, str], status: int
) -> None:
    assert ask(refuse_cross_site(echo), method, "/", headers=headers).status_code == status


def test_proxy_that_changes_the_host_header_is_named(ask: Ask) -> None:
    headers = {"origin": "https://papers.example", "host": "127.0.0.1:7860"}
    assert ask(refuse_cross_site(echo), "POST", "/", headers=headers).status_code == 403
    app = refuse_cross_site(echo, ["papers.example"])
    assert ask(app, "POST", "/", headers=headers).status_code == 200
