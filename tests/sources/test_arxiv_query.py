"""Translating search queries for arXiv."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.sources.arxiv_query import arxiv_query


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("cat:cs.CL AND training scheme", "cat:cs.CL AND all:training AND all:scheme"),
        ("snails", "all:snails"),
        ('"training scheme" cat:cs.CL', 'all:"training scheme" AND cat:cs.CL'),
        ('ti:"snail mail" ANDNOT au:slow', 'ti:"snail mail" ANDNOT au:slow'),
        ("cat:cs.CL AND (snail OR slug)", "cat:cs.CL AND (all:snail OR all:slug)"),
        ("ti:(snail OR (slug au:slow)) mail", "(ti:snail OR (ti:slug AND au:slow)) AND all:mail"),
        ("  snail \n mail ", "all:snail AND all:mail"),
        ("and or", "all:and AND all:or"),
        ("low-rank", "all:low-rank"),
    ],
)
def test_words_get_a_field_and_are_joined_by_and(text: str, query: str) -> None:
    assert arxiv_query(text) == query


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("AND snails", "missing before AND"),
        ("snails OR", "missing at its end"),
        ("snails AND OR slugs", "missing before OR"),
        ("()", r"missing before \)"),
        ("(snails", "not closed"),
        ("snails)", "not opened"),
        ('"snails', "quotation mark"),
        ('ti:"snails', "quotation mark"),
    ],
)
def test_invalid_query_raises(text: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        arxiv_query(text)


@given(st.text(st.sampled_from('ab:() "AND OR'), max_size=30) | st.text())
def test_any_text_is_a_balanced_query_or_raises(text: str) -> None:
    try:
        query = arxiv_query(text)
    except InputError:
        return
    without_phrases = re.sub(r'"[^"]*"', "", query)
    assert without_phrases.count("(") == without_phrases.count(")")
    assert '"' not in without_phrases


@given(st.lists(st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True), min_size=1, max_size=6))
def test_translated_query_is_not_changed_again(words: list[str]) -> None:
    query = arxiv_query(" ".join(words))
    assert arxiv_query(query) == query
