"""The security headers of every response."""

from protected_app import Ask, echo

from assistant.web.headers import add_security_headers, content_security_policy


def test_page_cannot_be_framed_sniffed_or_read_by_other_sites(ask: Ask) -> None:
    app = add_security_headers(echo, content_security_policy(img_src="'self' data:"))
    headers = ask(app, "GET", "/", headers={"origin": "http://evil.example"}).headers
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'self'" in policy
    assert "img-src 'self' data:" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert not [name for name in headers if name.startswith("access-control-")]
