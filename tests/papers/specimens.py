"""The same two papers in every format, as other programs write it."""

import json

from json_specimens import JSON_SPECIMENS
from package_specimens import PACKAGE_SPECIMENS
from small_pdf import Line, pdf_of
from specimen_papers import PLANES, TOMATO
from text_specimens import TEXT_SPECIMENS
from xml_specimens import XML_SPECIMENS

from assistant.papers.writers import FOLDER_WRITERS, WRITERS

_LATEX = TOMATO.abstract.replace("é", r"\'e").replace("%", r"\%")
_HALF = TOMATO.abstract.index(" the films")
_WRAPPED = f"{TOMATO.abstract[:_HALF]}\n{TOMATO.abstract[_HALF:].lstrip()}"

HF_TEXT = f"""new

Get new papers in your letter box!

Mar 13

{TOMATO.title}

{_LATEX}

Mar 14

{PLANES.title}

{PLANES.abstract}

Next
"""

_HF_DATA = {
    "dailyPapers": [
        {
            "paper": {
                "id": "2103.00001",
                "title": TOMATO.title.replace(" When", "\nWhen"),
                "summary": _LATEX,
                "authors": [{"name": name, "hidden": False} for name in TOMATO.authors],
                "publishedAt": "2021-03-01T10:00:00.000Z",
            },
            "title": TOMATO.title,
        }
    ]
}
_IN_ATTRIBUTE = json.dumps(_HF_DATA).replace("&", "&amp;").replace('"', "&quot;")
HF_DATA_HTML = f"""<!doctype html>
<html><head><title>Daily Papers</title><script>let x = "<p>";</script></head>
<body><nav><a href="/models">Models</a></nav>
<div data-target="DailyPapers" data-props="{_IN_ATTRIBUTE}"><section><h3>Nothing</h3></section>
</div></body></html>
"""

HF_HTML = f"""<!-- saved from url=(0025)https://example.org/papers -->
<html lang="en"><head><meta charset="utf-8"><title>Papers</title>
<style>p {{ color: red }}</style></head>
<body><header><p>Get new papers in your letter box!</p></header>
<article><a href="/papers/2101.99999"><img src="x.png"></a>
<h3><a href="/papers/2103.00001">{TOMATO.title}</a></h3>
<p>{TOMATO.abstract.replace("RedGuess", "<em>RedGuess</em>")}</p></article>
<article><h3><a href="/papers/slug">{PLANES.title}</a></h3>
<div>{PLANES.abstract.replace(" ", "&#32;", 3)}</div></article>
<footer>Next</footer></body></html>
"""

ARXIV_ATOM = f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">arXiv Query: all:tomato</title>
  <id>http://arxiv.org/api/query</id>
  <entry>
    <id>http://arxiv.org/abs/2103.00001v2</id>
    <updated>2022-01-01T00:00:00Z</updated>
    <published>2021-03-01T00:00:00Z</published>
    <title>Knowing When
  a Tomato is Ripe</title>
    <summary>  {_LATEX}
</summary>
    <author><name>Ada Frost</name></author>
    <author><name>Jörg Møller</name>
      <arxiv:affiliation xmlns:arxiv="http://arxiv.org/schemas/atom">Garden</arxiv:affiliation>
    </author>
    <arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.5555/tomato.1</arxiv:doi>
  </entry>
  <entry>
    <id>http://arxiv.org/abs/1905.00002v1</id>
    <published>2019-05-01T00:00:00Z</published>
    <title>{PLANES.title}</title>
    <summary>{PLANES.abstract}</summary>
    <author><name>Cy Fold</name></author>
  </entry>
</feed>
"""

_DUMP = {
    "id": "2103.00001",
    "submitter": "Ada Frost",
    "authors": 'Ada Frost and J\\"org M{\\o}ller',
    "title": "Knowing When a\n  Tomato is Ripe",
    "doi": "10.5555/tomato.1",
    "abstract": f"  {_LATEX}\n",
    "versions": [{"version": "v1", "created": "Mon, 1 Mar 2021 10:00:00 GMT"}],
    "update_date": "2022-01-01",
    "authors_parsed": [["Frost", "Ada", ""], ["Møller", "Jörg", ""]],
}
ARXIV_DUMP = json.dumps(_DUMP) + "\n" + json.dumps(_DUMP | {"id": "1905.00002", "abstract": ""})

ARXIV_PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><title>[2103.00001] {TOMATO.title}</title>
<meta name="citation_title" content="{TOMATO.title}" />
<meta name="citation_author" content="Frost, Ada" />
<meta name="citation_author" content="Møller, Jörg" />
<meta name="citation_date" content="2021/03/01" />
<meta name="citation_arxiv_id" content="2103.00001" />
<meta name="citation_doi" content="10.5555/tomato.1" />
<meta name="citation_abstract" content="{_LATEX}" />
<meta property="og:url" content="http://arxiv.org/abs/2103.00001v2" />
</head><body><h1>Title: {TOMATO.title}</h1><blockquote>{TOMATO.abstract}</blockquote></body></html>
"""

BIBTEX = rf"""% exported
@string{{jo = "Journal of Gardens"}}

@article{{frost2021,
  title = {{Knowing When a {{Tomato}} is Ripe}},
  author = "Frost, Ada and M{{\o}}ller, J{{\"o}}rg",
  journal = jo # " and Fields",
  abstract = {{{_LATEX}}},
  doi = {{10.5555/tomato.1}},
  eprint = {{2103.00001}}, archivePrefix = {{arXiv}},
  url = {{http://arxiv.org/abs/2103.00001v2}},
  year = 2021
}}

@misc{{fold2019, title={{{PLANES.title}}}, author={{Cy Fold}}, year={{2019}},
 abstract={{{PLANES.abstract}}}}}
@book{{bare, title={{Without an Abstract}}}}
"""

RIS = f"""TY  - JOUR
AU  - Frost, Ada
AU  - Møller, Jörg
TI  - {TOMATO.title}
PY  - 2021/03/01/
AB  - {_WRAPPED}
DO  - 10.5555/tomato.1
UR  - http://arxiv.org/abs/2103.00001v2
ER  -

TY  - GEN
T1  - {PLANES.title}
A1  - Fold, Cy
Y1  - 2019
N2  - {PLANES.abstract}
ER  -
"""

CSV = (
    "\ufeffAuthors,Title,Year,Source title,DOI,Link,Abstract\r\n"
    f'"Frost, Ada; Møller, Jörg",{TOMATO.title},2021,Gardens,10.5555/tomato.1,{TOMATO.url},'
    f'"{_WRAPPED}"\r\n'
    f'Cy Fold,"{PLANES.title}",2019,,,,"{PLANES.abstract}"\r\n'
)
TSV = f"title\tabstract\tauthors\n{PLANES.title}\t{PLANES.abstract}\tCy Fold\n"

SEMANTIC_SCHOLAR = json.dumps(
    {
        "total": 1,
        "data": [
            {
                "paperId": "a" * 40,
                "externalIds": {"ArXiv": "2103.00001", "DOI": "10.5555/tomato.1", "CorpusId": 1},
                "url": "http://arxiv.org/abs/2103.00001v2",
                "title": TOMATO.title,
                "abstract": TOMATO.abstract,
                "year": 2021,
                "authors": [{"authorId": "1", "name": name} for name in TOMATO.authors],
            },
            {"paperId": "b" * 40, "title": "Without an Abstract", "abstract": None},
        ],
    }
)

_WORDS = TOMATO.abstract.split()
OPENALEX = json.dumps(
    {
        "meta": {"count": 1},
        "results": [
            {
                "id": "https://openalex.org/W1",
                "doi": "https://doi.org/10.5555/tomato.1",
                "title": TOMATO.title,
                "publication_year": 2021,
                "authorships": [{"author": {"display_name": name}} for name in TOMATO.authors],
                "primary_location": {"landing_page_url": "http://arxiv.org/abs/2103.00001v2"},
                "abstract_inverted_index": {
                    word: [at for at, other in enumerate(_WORDS) if other == word]
                    for word in sorted(_WORDS)
                },
            }
        ],
    },
    indent=1,
)

CROSSREF = json.dumps(
    {
        "status": "ok",
        "message": {
            "DOI": "10.5555/tomato.1",
            "URL": "http://arxiv.org/abs/2103.00001v2",
            "title": [TOMATO.title],
            "abstract": f"<jats:title>Abstract</jats:title><jats:p>{TOMATO.abstract}</jats:p>",
            "author": [{"given": "Ada", "family": "Frost"}, {"given": "Jörg", "family": "Møller"}],
            "issued": {"date-parts": [[2021, 3]]},
        },
    }
)

PUBMED_XML = f"""<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://example.org/p.dtd">
<PubmedArticleSet>
<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">12345</PMID>
<Article PubModel="Print"><Journal><JournalIssue><PubDate><Year>2021</Year><Month>Mar</Month>
</PubDate></JournalIssue></Journal>
<ArticleTitle>Knowing When a <i>Tomato</i> is Ripe</ArticleTitle>
<ELocationID EIdType="doi" ValidYN="Y">10.5555/tomato.1</ELocationID>
<Abstract><AbstractText Label="AIM">{_WRAPPED}</AbstractText>
<AbstractText Label="RESULT">It works.</AbstractText></Abstract>
<AuthorList><Author><LastName>Frost</LastName><ForeName>Ada</ForeName></Author>
<Author><LastName>Møller</LastName><ForeName>Jörg</ForeName></Author>
<Author><CollectiveName>The Gardeners</CollectiveName></Author></AuthorList>
</Article></MedlineCitation></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>777</PMID><Article><ArticleTitle>Without an Abstract
</ArticleTitle></Article></MedlineCitation></PubmedArticle>
</PubmedArticleSet>
"""

NBIB = f"""
PMID- 12345
OWN - NLM
DP  - 2021 Mar
TI  - Knowing When a
      Tomato is Ripe
LID - S1234 [pii]
LID - 10.5555/tomato.1 [doi]
AB  - {TOMATO.abstract[:_HALF].rstrip()}
      {TOMATO.abstract[_HALF:].lstrip()}
FAU - Frost, Ada
AU  - Frost A
FAU - Møller, Jörg
AU  - Møller J

PMID- 777
TI  - Without an Abstract
"""

NOTES = f"""Title: {TOMATO.title}
Authors: Ada Frost, Jörg Møller
Date: March 2021
arXiv: 2103.00001v2
Abstract: {_WRAPPED}
Tags: garden, red
"""

MARKDOWN = f"""---
tags: [garden]
---

# What I have read

## {TOMATO.title}

**Authors:** Ada Frost, Jörg Møller
**Year:** 2021
**arXiv:** [2103.00001](http://arxiv.org/abs/2103.00001v2)

### Abstract

{_LATEX.replace("RedGuess", "*RedGuess*")}

### My thoughts

{"I liked the films. " * 20}

## {PLANES.title}

Cy Fold, 2019

### Abstract

{PLANES.abstract}
"""

PDF = pdf_of(
    [
        Line(TOMATO.title, 18),
        Line("Ada Frost and Jörg Møller"),
        Line("arXiv:2103.00001v2  [cs.CV]  1 Mar 2021", 9),
        Line("Abstract", 12),
        *(Line(" ".join(_WORDS[at : at + 10])) for at in range(0, len(_WORDS), 10)),
        Line("1 Introduction", 12),
        Line("Tomatoes are red. We begin with their history."),
    ],
    title="main.dvi",
)

SPECIMENS: dict[str, bytes] = {
    "hf.txt": HF_TEXT.encode(),
    "hf-data.html": HF_DATA_HTML.encode(),
    "hf.html": HF_HTML.encode(),
    "arxiv.atom": ARXIV_ATOM.encode(),
    "arxiv-dump.jsonl": ARXIV_DUMP.encode(),
    "arxiv.html": ARXIV_PAGE.encode(),
    "refs.bib": BIBTEX.encode(),
    "refs.ris": RIS.encode(),
    "table.csv": CSV.encode(),
    "table.tsv": TSV.encode(),
    "s2.json": SEMANTIC_SCHOLAR.encode(),
    "openalex.json": OPENALEX.encode(),
    "crossref.json": CROSSREF.encode(),
    "pubmed.xml": PUBMED_XML.encode(),
    "pubmed.nbib": NBIB.encode(),
    "notes.txt": NOTES.encode(),
    "notes.md": MARKDOWN.encode(),
    "exported.md": "".join(WRITERS["md"].write([TOMATO, PLANES])).encode(),
    "exported-note.md": next(
        text for _, text in FOLDER_WRITERS["obsidian"].write([TOMATO])
    ).encode(),
    "exported.xml": "".join(WRITERS["endnote"].write([TOMATO, PLANES])).encode(),
    "exported.csv": "".join(WRITERS["csv"].write([TOMATO, PLANES])).encode(),
    "paper.pdf": PDF,
    **JSON_SPECIMENS,
    **PACKAGE_SPECIMENS,
    **TEXT_SPECIMENS,
    **XML_SPECIMENS,
}
"""A file in each format. Each contains `TOMATO`; some contain `PLANES` too."""

BINARY = {"paper.pdf", *PACKAGE_SPECIMENS}
"""The names of those that are no text."""
