"""Escaping: no text becomes markup."""

from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.chat.widgets.markup import Mark, link, marked_abstract
from assistant.text.sentences import Span

_HOSTILE = "<script>x</script>'\" & </mark> &lt; onerror="


class _Parsed(HTMLParser):
    """The tags, attributes and text that a browser would find in some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[dict[str, str | None]] = []
        self.text = ""
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.append(dict(attrs))

    def handle_data(self, data: str) -> None:
        self.text += data


@st.composite
def _abstract_and_marks(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    abstract = draw(st.text(alphabet=st.characters(exclude_characters="\r\0"), min_size=1))
    ends = st.integers(0, len(abstract))
    spans = draw(st.lists(st.tuples(ends, ends).map(sorted), max_size=4))
    labels = draw(st.lists(st.sampled_from(["", "1", "2b"]), min_size=4, max_size=4))
    return abstract, [Mark(Span(*span), one) for span, one in zip(spans, labels, strict=False)]


@given(_abstract_and_marks())
@example((_HOSTILE, [Mark(Span(3, 20), "1"), Mark(Span(10, 30))]))
def test_marked_abstract_keeps_its_text_and_has_only_mark_tags(
    given: tuple[str, list[Mark]],
) -> None:
    abstract, marks = given
    parsed = _Parsed(marked_abstract(abstract, marks))
    assert parsed.text == abstract
    assert set(parsed.tags) <= {"mark"}


def test_marked_characters_are_those_of_the_span() -> None:
    html = marked_abstract("One. Two & three. Four.", [Mark(Span(5, 17), "2")])
    assert 'One. <mark class="quote">Two &amp; three.</mark> Four.' in html


@given(st.text(), st.text())
@example("title", "https://example.org/\"onclick='x")
@example("<b>title</b>", "javascript:alert(1)//https://example.org")
def test_link_is_one_anchor_to_a_web_page_or_text(text: str, url: str) -> None:
    parsed = _Parsed(link(text, url))
    assert set(parsed.tags) <= {"a"}
    for attributes in parsed.attributes:
        assert (attributes["href"] or "").lower().startswith(("http://", "https://"))
        assert set(attributes) == {"href", "target", "rel"}


@pytest.mark.parametrize("url", ["http://example.org", "https://example.org/a?b=1&c=2#d"])
def test_web_addresses_become_links(url: str) -> None:
    assert _Parsed(link("A paper", url)).attributes[0]["href"] == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "//example.org",
        "https:",
        "http://[",
    ],
)
def test_other_addresses_do_not_become_links(url: str | None) -> None:
    assert link("A <paper>", url) == "A &lt;paper&gt;"
