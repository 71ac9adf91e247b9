"""Chunking: abstracts are split into overlapping chunks that fit the embedder's window."""

from collections.abc import Callable

from assistant.papers import Paper
from assistant.text.sentences import Span, sentence_spans

# The maximum length of a chunk; about three sentences.
CHUNK_WORD_PIECES = 100
# The fraction of a chunk that the next one repeats, so that an answer and its context are together
# in at least one chunk.
_OVERLAP = 0.5


def chunk_spans(
    paper: Paper, word_pieces: Callable[[str], int], size: int = CHUNK_WORD_PIECES
) -> list[Span]:
    """Return the spans of the overlapping chunks of a paper's abstract, in order.

    Chunks consist of whole sentences. A sentence longer than a chunk is split between words, and
    a word longer than a chunk between characters.

    Args:
        paper: the paper whose abstract to split.
        word_pieces: counts the embedder's word pieces in a text.
        size: the maximum number of word pieces in a chunk.
    """
    # Imported here because the import takes a quarter of a second, too long for
    # `assistant --help`.
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    # A separator that cannot occur in the text marks the ends of sentences.
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=size,
        chunk_overlap=int(size * _OVERLAP),
        length_function=word_pieces,
        separators=[_SENTENCE_END, " ", ""],
        keep_separator="end",
        strip_whitespace=False,
    )
    marked = _mark_sentences(paper.abstract)
    spans = []
    end = 0
    for chunk in splitter.split_text(marked):
        # In repetitive text a chunk may occur in several places. The last one that leaves no gap
        # after the previous chunk is used, so that the chunks always cover the whole text.
        at = marked.rindex(chunk, 0, end + len(chunk))
        end = at + len(chunk)
        start = at - marked.count(_SENTENCE_END, 0, at)
        spans.append(_trim(paper.abstract, start, start + len(chunk.replace(_SENTENCE_END, ""))))
    return sorted({span for span in spans if span.start < span.end})


_SENTENCE_END = "\N{PARAGRAPH SEPARATOR}"


def _mark_sentences(text: str) -> str:
    text = text.replace(_SENTENCE_END, " ")
    starts = [span.start for span in sentence_spans(text)][1:]
    pieces = [text[a:b] for a, b in zip([0, *starts], [*starts, len(text)], strict=True)]
    return _SENTENCE_END.join(pieces)


def _trim(text: str, start: int, end: int) -> Span:
    chunk = text[start:end]
    return Span(end - len(chunk.lstrip()), start + len(chunk.rstrip()))
