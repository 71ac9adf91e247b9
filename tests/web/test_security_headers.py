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


def test_only_some_paths_may_be_framed_and_only_by_the_own_pages(ask: Ask) -> None:
    framed = {"/pdf(/[0-9]+)?": content_security_policy(frame_ancestors="'self'")}
    app = add_security_headers(echo, content_security_policy(), framed)
    for path, ancestors, option in [
        ("/pdf", "'self'", "SAMEORIGIN"),
        ("/pdf/12", "'self'", "SAMEORIGIN"),
        ("/pdf/12/x", "'none'", "DENY"),
        ("/", "'none'", "DENY"),
    ]:
        headers = ask(app, "GET", path).headers
        assert f"frame-ancestors {ancestors}" in headers["content-security-policy"]
        assert headers["x-frame-options"] == option
        assert headers["x-content-type-options"] == "nosniff"
