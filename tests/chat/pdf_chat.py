"""A chat over a library with one PDF, and a saved answer that cites its paper."""

import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "papers"))

from made_up_exchanges import made_up_answer, save_conversation
from stones_pdf import stones_pdf

from assistant.answering import AnswerSentence
from assistant.chat.conversation.exchange import Exchange
from assistant.library import Conversations, Embedder, Library
from assistant.library.conversations import FILE_NAME
from assistant.papers import Paper, read_files
from assistant.retrieval import Evidence
from assistant.text.sentences import Span, sentence_spans


@dataclass(frozen=True)
class PdfChat:
    """The chat.

    Attributes:
        address: its URL.
        folder: of its library.
        paper: the paper with the PDF.
        spans: of the sentences of its abstract. The last is on page 2, the others are on page 1.
        conversation: the id of one with an answer. It cites the second sentence of the paper, a
            paper without a PDF, and the third sentence.
    """

    address: str
    folder: Path
    paper: Paper
    spans: list[Span]
    conversation: str

    @property
    def url(self) -> str:
        """The URL of the conversation."""
        return f"{self.address}?conversation={self.conversation}"


def serve_pdf_chat(
    serve: Callable[..., str], embedder: Embedder, other: Paper, folder: Path, **options: object
) -> PdfChat:
    """Make the library in a folder, with one other paper, and serve it."""
    folder.mkdir(parents=True)
    (folder.parent / "stones.pdf").write_bytes(stones_pdf())
    with closing(Library(folder, embedder)) as library:
        library.add([other])
        library.add(read_files(folder.parent / "stones.pdf"))
        paper = library.catalogue.papers()[1]
    spans = sentence_spans(paper.abstract)
    evidence = [
        Evidence(paper, spans[1], 3.0),
        Evidence(other, sentence_spans(other.abstract)[0], 2.0),
        Evidence(paper, spans[2], 1.0),
    ]
    sentences = [
        AnswerSentence("Granite weighs 2.7 kilograms a litre.", (1,), supported=True),
        AnswerSentence("Glaciers melt.", (2,), supported=True),
        AnswerSentence("A third of the stones float in mercury.", (3,), supported=True),
    ]
    exchange = Exchange("What do stones weigh?").with_event(
        made_up_answer("What do stones weigh?", sentences, evidence)
    )
    with closing(Conversations(folder / FILE_NAME)) as store:
        conversation = save_conversation(store, [exchange])
    return PdfChat(serve(folder, **options), folder, paper, spans, conversation)
