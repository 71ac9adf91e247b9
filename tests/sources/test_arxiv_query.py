"""What people type is asked of arXiv as they mean it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.sources.arxiv_query import arxiv_query


@pytest.mark.parametrize(
    ("typed", "asked"),
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
def test_bare_words_look_everywhere_and_all_must_be_there(typed: str, asked: str) -> None:
    assert arxiv_query(typed) == asked


@pytest.mark.parametrize(
    ("typed", "reason"),
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
def test_what_arxiv_would_not_understand_is_told(typed: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        arxiv_query(typed)


@given(st.text(st.sampled_from('ab:() "AND OR'), max_size=30) | st.text())
def test_any_text_is_a_whole_query_or_an_input_error(text: str) -> None:
    try:
        asked = arxiv_query(text)
    except InputError:
        return
    without_phrases = re.sub(r'"[^"]*"', "", asked)
    assert without_phrases.count("(") == without_phrases.count(")")
    assert '"' not in without_phrases


@given(st.lists(st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True), min_size=1, max_size=6))
def test_a_query_that_is_whole_stays_as_it_is(words: list[str]) -> None:
    asked = arxiv_query(" ".join(words))
    assert arxiv_query(asked) == asked
