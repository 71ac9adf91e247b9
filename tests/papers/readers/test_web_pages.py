"""Web pages of papers: tags of various publishers, and which of their texts is the abstract."""

import json

import pytest
from reading import papers_of, records_of

from assistant.papers import Paper, Skipped

WHOLE = (
    "Nine snails carry letters over a garden wall of two metres in three days, which is two days "
    "sooner than the post of the town; all of the letters arrive."
)
CITATION = "Bo Melt, Ada Frost. Proceedings of the 2021 Conference on Snails. 2021."
TAGS = (
    '<meta name="citation_title" content="Snail Mail">'
    '<meta name="citation_author" content="Melt, Bo"><meta name="citation_year" content="2021">'
)


def page(head: str = TAGS, body: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


def og(text: str) -> str:
    return f'<meta property="og:description" content="{text}">'


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (TAGS + og(CITATION), f"<div><h5>Abstract</h5><span>{WHOLE}</span></div>"),
        (TAGS + og(WHOLE[:60] + "…"), f"<h2>Abstract</h2><p>{WHOLE}</p><h2>1. Introduction</h2>x"),
        (TAGS + og(WHOLE[:60] + "..."), f"<section class='abstract'><p>{WHOLE}</p></section>x"),
        (TAGS, f"<blockquote class='abstract'><span>Abstract:</span> {WHOLE}</blockquote>"),
        (TAGS, f"<div class='title'>Abstract</div><div>{WHOLE}</div><h3>Keywords</h3>snails"),
        (
            TAGS,
            "<div class='abstract author-highlights'><h2>Highlights</h2><p>Snails are slow.</p>"
            f"</div><div class='abstract author'><h2>Abstract</h2><p>{WHOLE}</p></div>",
        ),
        (TAGS + f'<meta name="citation_abstract" content="{WHOLE}">', "<h2>Abstract</h2>Log in"),
        (TAGS + f'<meta name="dcterms.abstract" content="&lt;p&gt;{WHOLE}&lt;/p&gt;">', ""),
        (TAGS + f'<meta name="dc.description" content="{WHOLE}">', ""),
        (
            TAGS + f'<meta name="dc.description" content="{WHOLE[:90]}">',
            f"<h2>Abstract</h2>{WHOLE}",
        ),
        (TAGS, f"<h2><button>Abstract</button></h2><p>{WHOLE}</p>"),
        (TAGS, f"<button><h2>Abstract</h2></button><p>{WHOLE}</p>"),
        (TAGS, f"<button>Menu<section><h2>Abstract</h2><p>{WHOLE}</p></section>"),
        (TAGS, f"<div><button>Menu</div><div class='abstract'>{WHOLE}</div>"),
    ],
)
def test_abstract_is_the_whole_one(head: str, body: str) -> None:
    [paper] = papers_of(page(head, body))
    assert (paper.title, paper.authors, paper.year) == ("Snail Mail", ("Bo Melt",), 2021)
    assert paper.abstract == WHOLE


@pytest.mark.parametrize(
    "teaser",
    [
        CITATION,
        "Snail Mail, by Bo Melt and others.",
        "Journal of Snow 3 (2021): 12-34.",
        WHOLE[:60] + "…",
        WHOLE[:60] + " ...",
        WHOLE[:60],
    ],
)
@pytest.mark.parametrize("tag", ["og:description", "dc.description"])
def test_teaser_is_no_abstract(teaser: str, tag: str) -> None:
    head = f'{TAGS}<meta name="citation_journal_title" content="Journal of Snow">'
    description = f'<meta name="{tag}" content="{teaser}">'
    [paper] = papers_of(page(head + description, "<p>Log in to read more.</p>"))
    assert paper.abstract == ""


def test_structured_abstract_is_read_to_its_end() -> None:
    body = (
        "<h2>Abstract</h2><h3>Background</h3><p>Snails are slow.</p><h3>Results</h3>"
        "<p>They carry letters.</p><h2>References</h2><p>None.</p>"
    )
    [paper] = papers_of(page(TAGS, body))
    assert paper.abstract == "Background: Snails are slow. Results: They carry letters."


@pytest.mark.parametrize(
    ("results", "funding"),
    [
        ("Snow fell in 12 of 14 nights (86 %)", "None."),
        ("Snow fell often. It lay in 12 of 14 nights (86 %)", "Snow Foundation"),
    ],
)
def test_part_of_an_abstract_without_a_full_stop_is_kept(results: str, funding: str) -> None:
    body = (
        "<h2>Abstract</h2><h3>Background</h3><p>Snails are slow.</p>"
        f"<h3>Results</h3><p>{results}</p><h3>Funding</h3><p>{funding}</p><h2>References</h2>"
    )
    [paper] = papers_of(page(TAGS, body))
    assert f"Background: Snails are slow. Results: {results}" in paper.abstract


@pytest.mark.parametrize(
    "body",
    [
        f"<section><h2>Abstract</h2><div>{WHOLE}</div></section><div>Log in to read on.</div>",
        f"<h2>Abstract</h2><div class='abs-abstract'>{WHOLE}</div><p>Next article</p><p>Top</p>",
        f"<h2>Abstract</h2><p>{WHOLE}</p><button>See 4 more figures</button>",
        f"<section><h2>Abstract</h2><p>{WHOLE}</p><h3>Headings</h3><li>Snails</li><li>Post</li>"
        "</section>",
        f"<div class='Abstracts'><div class='abstract'><h2>Abstract</h2><p>{WHOLE}</p></div>"
        "<div class='abstract graphical'><h2>Graphical abstract</h2>Download image</div></div>",
        f"<div class='abstract'><h2>Abstract</h2><p>{WHOLE}<p></div><p>Cited by 3.</p>",
    ],
)
def test_abstract_ends_before_other_parts_of_the_page(body: str) -> None:
    [paper] = papers_of(page(TAGS, body))
    assert paper.abstract == WHOLE


def test_tags_of_dublin_core() -> None:
    head = (
        '<meta name="DC.Title" content="Rain on Roofs"><meta name="dc.Creator" content="Ice, Cy">'
        '<meta name="DC.Creator" content="Hail, Ed"><meta name="dc.Date" content="2020-03-09">'
        '<meta name="dc.Identifier" scheme="doi" content="10.1000/rain.1">'
        f'<meta name="dc.Description" content="{WHOLE}">'
    )
    [paper] = papers_of(page(head, "<h1>Rain on Roofs</h1><p>Log in</p>"))
    assert (paper.title, paper.authors) == ("Rain on Roofs", ("Cy Ice", "Ed Hail"))
    assert (paper.doi, paper.year, paper.abstract) == ("10.1000/rain.1", 2020, WHOLE)


def test_linked_data() -> None:
    article = {
        "@type": "WebPage",
        "mainEntity": {
            "@type": "ScholarlyArticle",
            "headline": "Rain on Roofs",
            "description": WHOLE,
            "author": [{"@type": "Person", "givenName": "Cy", "familyName": "Ice"}],
            "datePublished": "2020-03-09",
            "sameAs": "https://doi.org/10.1000/rain.1",
            "isPartOf": {"@type": "PublicationIssue", "isPartOf": {"name": "Journal of Rain"}},
        },
    }
    [paper] = papers_of(page(f'<script type="application/ld+json">{json.dumps(article)}</script>'))
    assert (paper.title, paper.authors, paper.venue) == (
        "Rain on Roofs",
        ("Cy Ice",),
        "Journal of Rain",
    )
    assert (paper.doi, paper.published, paper.abstract) == ("10.1000/rain.1", "2020-03-09", WHOLE)


def test_tags_of_digital_commons() -> None:
    [paper] = papers_of(
        page(TAGS.replace("citation_", "bepress_citation_"), f"<h4>Abstract</h4>{WHOLE}")
    )
    assert (paper.title, paper.abstract) == ("Snail Mail", WHOLE)


def test_other_page_of_dublin_core_or_news_holds_no_papers() -> None:
    head = '<meta name="dc.title" content="Town of Snow"><meta name="description" content="Snow.">'
    news = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Snow"}</script>'
    )
    for text in (page(head), page(news)):
        assert not any(isinstance(record, Paper) for record in records_of(text))
        assert all(isinstance(record, Skipped) for record in records_of(text))
