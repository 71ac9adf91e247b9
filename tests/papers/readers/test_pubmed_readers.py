"""PubMed: groups, suffixes, translated titles, other abstracts, chapters; errors of arXiv."""

from reading import papers_of, skipped_of

ABSTRACT = "Nine snails carry letters over a garden wall of two metres."


def article(inside: str, after: str = "") -> str:
    return (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID>"
        f"<Article>{inside}</Article>{after}</MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )


def abstract_xml(text: str = ABSTRACT, label: str = "") -> str:
    return f'<Abstract><AbstractText Label="{label}">{text}</AbstractText></Abstract>'


def test_nbib_has_groups_and_suffixes() -> None:
    [paper] = papers_of(
        f"PMID- 3\nTI  - [Snail mail].\nAB  - {ABSTRACT}\nFAU - Melt, Bo Jr\nAU  - Melt B Jr\n"
        "CN  - Snow Study Group\n"
    )
    assert paper.authors == ("Bo Melt Jr", "Snow Study Group")
    assert paper.author_names[0].suffix == "Jr"
    assert paper.title == "Snail mail"


def test_nbib_may_be_in_lower_case() -> None:
    [paper] = papers_of(f"pmid- 3\nti  - Snail mail\nab  - {ABSTRACT}\n      AI - based.\n")
    assert (paper.title, paper.abstract) == ("Snail mail", f"{ABSTRACT} AI - based.")
    assert paper.ids == (("pmid", "3"),)


def test_records_of_nbib_are_reported_at_their_first_lines() -> None:
    text = "PMID- 1\nAB  - Snails.\n\nPMID- 2\nAB  - Walls.\n"
    assert skipped_of(text) == [("line 1", "no title"), ("line 4", "no title")]
    assert skipped_of(f"\n\n{text}") == [("line 3", "no title"), ("line 6", "no title")]


def test_translated_title_has_no_brackets_and_an_unlabelled_abstract_no_label() -> None:
    title = "<ArticleTitle>[Snail mail [and ants]].</ArticleTitle>"
    [paper] = papers_of(article(title + abstract_xml(label="UNLABELLED")))
    assert (paper.title, paper.abstract) == ("Snail mail [and ants]", ABSTRACT)


def test_brackets_inside_a_title_stay() -> None:
    title = "<ArticleTitle>[Retracted] Snail mail [again]</ArticleTitle>"
    [paper] = papers_of(article(title + abstract_xml()))
    assert paper.title == "[Retracted] Snail mail [again]"


def test_abstract_in_another_language_is_read_if_there_is_no_other() -> None:
    other = (
        '<OtherAbstract Type="plain-language-summary"><AbstractText>Snails are slow.'
        '</AbstractText></OtherAbstract><OtherAbstract Language="spa"><AbstractText>'
        "Nueve caracoles llevan cartas.</AbstractText></OtherAbstract>"
    )
    [paper] = papers_of(article("<ArticleTitle>Caracoles</ArticleTitle>", other))
    assert paper.abstract == "Nueve caracoles llevan cartas."


def test_chapter_of_a_book_is_read() -> None:
    [paper] = papers_of(
        "<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>3</PMID><Book><Publisher>"
        "<PublisherName>Ice Press</PublisherName></Publisher><BookTitle>Snails</BookTitle><PubDate>"
        "<Year>2020</Year></PubDate></Book><ArticleTitle>Mail</ArticleTitle><AuthorList><Author>"
        "<LastName>Frost</LastName><ForeName>Ada</ForeName><Suffix>Jr</Suffix></Author></AuthorList>"
        f"{abstract_xml()}</BookDocument></PubmedBookArticle></PubmedArticleSet>"
    )
    assert (paper.title, paper.venue, paper.publisher) == ("Mail", "Snails", "Ice Press")
    assert (paper.type, paper.year, paper.authors) == ("book", 2020, ("Ada Frost Jr",))
    assert paper.abstract == ABSTRACT


def test_error_of_arxiv_is_no_paper() -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/api/errors#x</id>'
        "<title>Error</title><summary>incorrect id format for 1234</summary></entry></feed>"
    )
    reason = "arXiv answered with an error: incorrect id format for 1234"
    assert skipped_of(feed) == [("entry 1", reason)]
