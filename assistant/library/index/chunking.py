"""How an abstract is cut into chunks that the embedder reads whole."""

from collections.abc import Callable

from assistant.papers import Paper
from assistant.text.sentences import Span, sentence_spans

# Word pieces of a chunk, about three sentences.
CHUNK_WORD_PIECES = 100
# The next chunk repeats half of one: an answer and what it is about are then together in at least
# one chunk.
_OVERLAP = 0.5


def chunk_spans(
    paper: Paper, word_pieces: Callable[[str], int], size: int = CHUNK_WORD_PIECES
) -> list[Span]:
    """Return the spans of the chunks of a paper's abstract, in order, overlapping.

    Chunks are made of whole sentences; only a sentence longer than a chunk is cut, between words.

    Args:
        paper: the paper; its abstract is cut.
        word_pieces: counts the embedder's word pieces of a text.
        size: word pieces of a chunk at most.
    """
    # Imported here because it takes a quarter of a second, which `assistant --help` must not.
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    # A sentence mark that cannot occur in the text makes the sentence ends a separator.
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=size,
        chunk_overlap=int(size * _OVERLAP),
        length_function=word_pieces,
        separators=[_SENTENCE_MARK, " ", ""],
        keep_separator="end",
        strip_whitespace=False,
    )
    marked = _mark_sentences(paper.abstract)
    spans = []
    end = 0
    for chunk in splitter.split_text(marked):
        # Where a text repeats itself a chunk is found in several places: the last that leaves no
        # gap behind the chunk before is taken, so that the chunks always reach the end.
        at = marked.rindex(chunk, 0, end + len(chunk))
        end = at + len(chunk)
        start = at - marked.count(_SENTENCE_MARK, 0, at)
        spans.append(_trim(paper.abstract, start, start + len(chunk.replace(_SENTENCE_MARK, ""))))
    return sorted({span for span in spans if span.start < span.end})


_SENTENCE_MARK = "\N{PARAGRAPH SEPARATOR}"


def _mark_sentences(text: str) -> str:
    text = text.replace(_SENTENCE_MARK, " ")
    starts = [span.start for span in sentence_spans(text)][1:]
    pieces = [text[a:b] for a, b in zip([0, *starts], [*starts, len(text)], strict=True)]
    return _SENTENCE_MARK.join(pieces)


def _trim(text: str, start: int, end: int) -> Span:
    stretch = text[start:end]
    return Span(end - len(stretch.lstrip()), start + len(stretch.rstrip()))
