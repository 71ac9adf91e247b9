"""Chunking of abstracts."""

import itertools

import hypothesis.strategies as st
import pytest
from hypothesis import example, given, settings

from assistant.library import Embedder
from assistant.library.index.chunking import CHUNK_WORD_PIECES, chunk_spans
from assistant.papers import Paper, sample_papers
from assistant.text.sentences import sentence_spans

WORDS = st.sampled_from(
    ["We", "grow", "3.5%", "tomatoes", "et al.", "hyperparameters", "naïve", "ripe.", "Then", "?!",
     "(see", "it)", "β-carotene", "𝛼", "\u2029", "\n"]
)  # fmt: skip
PROSE = st.lists(WORDS, max_size=400).map(" ".join)


def count_words(text: str) -> int:
    """Count words, as a simple substitute for word pieces."""
    return len(text.split())


def paper(abstract: str) -> Paper:
    return Paper(title="On Tomatoes", abstract=abstract)


@given(st.one_of(st.text(max_size=300), PROSE))
@example("ripe " * 500)
@example("It is ripe. " * 100)
@example("x" * 3000)
@settings(deadline=None)
def test_chunks_are_in_order_and_cover_all_but_whitespace(abstract: str) -> None:
    spans = chunk_spans(paper(abstract), count_words)
    assert spans == sorted(spans)
    covered: set[int] = set()
    for span in spans:
        assert 0 <= span.start < span.end <= len(abstract)
        assert span.of(abstract) == span.of(abstract).strip()
        covered.update(range(*span))
    left_out = [abstract[at] for at in range(len(abstract)) if at not in covered]
    assert "".join(left_out).strip() == ""


@given(st.one_of(PROSE, st.just("ripe " * 500), st.just("It is ripe. " * 100)))
@settings(deadline=None, max_examples=15)
def test_no_chunk_exceeds_the_limit(embedder: Embedder, abstract: str) -> None:
    for span in chunk_spans(paper(abstract), embedder.word_pieces):
        assert embedder.word_pieces(span.of(abstract)) <= CHUNK_WORD_PIECES


def test_word_longer_than_chunk_is_split(embedder: Embedder) -> None:
    abstract = "ACGT" * 20
    spans = chunk_spans(paper(abstract), embedder.word_pieces, size=20)
    assert len(spans) > 1
    assert spans[-1].end == len(abstract)


def test_sample_chunks_with_titles_fit_embedder_window(embedder: Embedder) -> None:
    markers = 2
    for sample in sample_papers():
        for span in chunk_spans(sample, embedder.word_pieces):
            pieces = embedder.word_pieces(f"{sample.title}. {span.of(sample.abstract)}")
            assert pieces + markers <= embedder.window, sample.title


def test_chunks_are_whole_sentences_and_overlap() -> None:
    sentences = [f"Tomato number {n} is as ripe as one could wish for." for n in range(40)]
    abstract = " ".join(sentences)
    spans = chunk_spans(paper(abstract), count_words)
    starts = {span.start for span in sentence_spans(abstract)}
    ends = {span.end for span in sentence_spans(abstract)}
    assert len(spans) > 3
    for span, following in itertools.pairwise(spans):
        assert span.start in starts
        assert span.end in ends
        assert following.start < span.end


@pytest.mark.parametrize("abstract", ["", " \n "])
def test_blank_abstract_has_no_chunks(abstract: str) -> None:
    assert chunk_spans(paper(abstract), count_words) == []
