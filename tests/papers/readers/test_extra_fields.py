"""Fields of a record that no attribute of a paper is for."""

import json
from dataclasses import replace

import pytest
from reading import papers_of

from assistant.papers.extra_fields import MAX_CHARACTERS, extra_from

BIBTEX = r"""@inproceedings{frost2021,
  title = {Snail Mail}, author = {Ada Frost}, year = 2021, abstract = {Snails carry letters.},
  series = {Lecture Notes in Snow}, address = {K{\"o}ln}, note = {To appear \& pp. 3--5},
  howpublished = {Talk}, eprint = {hal-123}, eprinttype = {HAL}, ORGANIZATION = {Ice Society},
  annote = {Ask Bo.}, file = {:/home/ada/snail.pdf:PDF}, owner = {ada}, timestamp = {2021-03-09},
  link = {file:///home/ada/snail.pdf}, bdsk-file-1 = {YnBsaXN0MDA=}, crossref = {snow}
}"""


def test_bibtex_keeps_fields_under_their_names() -> None:
    [paper] = papers_of(BIBTEX)
    assert paper.abstract == "Snails carry letters."
    assert dict(paper.extra) == {
        "series": "Lecture Notes in Snow",
        "address": "Köln",
        "note": "To appear & pp. 3–5",
        "howpublished": "Talk",
        "eprint": "hal-123",
        "eprinttype": "HAL",
        "organization": "Ice Society",
        "annote": "Ask Bo.",
    }


def test_fields_that_are_read_as_attributes_are_not_kept_twice() -> None:
    [paper] = papers_of(
        "@misc{a, title = {Snail Mail}, abstract = {Slow.}, eprint = {2101.00001}, "
        r"archiveprefix = {arXiv}, howpublished = {\url{https://example.org/a_b}}, pubstate = {"
        "prepublished}}"
    )
    assert (paper.arxiv_id, paper.url) == ("2101.00001", "https://example.org/a_b")
    assert paper.extra == ()


def test_address_is_kept_as_it_is() -> None:
    [paper] = papers_of("@misc{a, title = {A}, year = 2021, urls = {https://a.org/~b/c--d_e%20}}")
    assert paper.extra == (("urls", "https://a.org/~b/c--d_e%20"),)


def test_ris_has_extra_fields() -> None:
    [paper] = papers_of(
        "TY  - CONF\nTI  - Snail Mail\nPY  - 2021\nDO  - 10.5555/1\nT3  - Snow Notes\n"
        "CY  - Köln\nET  - 2\nN1  - <p>Ask Bo.</p>\nN1  - 10.5555/1\nL1  - C:\\snail.pdf\nER  - \n"
    )
    assert paper.abstract == ""
    assert dict(paper.extra) == {
        "series": "Snow Notes",
        "address": "Köln",
        "edition": "2",
        "note": "Ask Bo.",
    }


def test_csl_json_has_extra_fields() -> None:
    item = {
        "id": "frost2021",
        "type": "paper-conference",
        "title": "Snail Mail",
        "author": [{"family": "Frost", "given": "Ada"}],
        "container-title": "Proceedings of Snow",
        "event-title": "Snow Days",
        "collection-title": "Snow Notes",
        "publisher-place": "Köln",
        "edition": 2,
        "accessed": {"date-parts": [[2021, 3, 9]]},
        "references": "Snails, 1999",
        "archive": {"no": "text"},
    }
    [paper] = papers_of(json.dumps([item]))
    assert dict(paper.extra) == {
        "eventtitle": "Snow Days",
        "series": "Snow Notes",
        "address": "Köln",
        "edition": "2",
        "urldate": "2021-03-09",
        "references": "Snails, 1999",
    }


def test_zotero_has_extra_fields() -> None:
    item = {
        "itemType": "conferencePaper",
        "title": "Snail Mail",
        "creators": [{"creatorType": "author", "firstName": "Ada", "lastName": "Frost"}],
        "place": "Köln",
        "series": "Snow Notes",
        "extra": "Citation Key: frost",
        "accessDate": "2021-03-09T12:00:00Z",
        "key": "ABCD1234",
    }
    [paper] = papers_of(json.dumps([item]))
    assert dict(paper.extra) == {
        "address": "Köln",
        "series": "Snow Notes",
        "note": "Citation Key: frost",
        "urldate": "2021-03-09T12:00:00Z",
    }


def test_endnote_has_extra_fields() -> None:
    [of_xml] = papers_of(
        "<xml><records><record><titles><title>Snail Mail</title><tertiary-title>Snow Notes"
        "</tertiary-title></titles><dates><year>2021</year></dates><pub-location>Köln"
        "</pub-location><notes>In press</notes></record></records></xml>"
    )
    [of_refer] = papers_of("%0 Book\n%T Snail Mail\n%D 2021\n%S Snow Notes\n%C Köln\n%Z In press\n")
    assert of_xml.extra == of_refer.extra
    assert dict(of_xml.extra) == {"address": "Köln", "note": "In press", "series": "Snow Notes"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("title", "Snail Mail"),
        ("file", "snail.pdf"),
        ("pdf", "snail.pdf"),
        ("mendeley-groups", "snails"),
        ("a name", "with a space"),
        ("note", "x" * (MAX_CHARACTERS + 1)),
        ("note", " "),
        ("note", r"C:\Users\ada\snail.pdf"),
        ("note", None),
    ],
)
def test_attributes_bookkeeping_paths_and_long_texts_are_left_out(name: str, text: object) -> None:
    assert extra_from({name: text, "series": "Snow"}) == (("series", "Snow"),)


def test_paper_with_extra_fields_is_hashable_and_has_another_digest() -> None:
    [paper] = papers_of(BIBTEX)
    assert hash(paper) == hash(replace(paper))
    assert replace(paper, extra=()).content_hash() != paper.content_hash()
