"""Sentences as the model writes them, and as they are shown."""

from assistant.answering.closed.generate import ground_sentences
from assistant.answering.events import SentenceWritten
from assistant.answering.grounding.grounder import Grounder
from assistant.library import Embedder
from assistant.papers import Paper
from assistant.retrieval import Evidence
from assistant.text.sentences import sentence_spans

TAP = Paper(
    title="Finding Cracks in Bridges from Sound",
    abstract="A hammer taps the deck. Microphones record each tap. It finds 91% of the cracks.",
)


def test_items_of_a_list_lose_their_markers_and_are_listed(embedder: Embedder) -> None:
    evidence = [Evidence(TAP, span, score=1.0) for span in sentence_spans(TAP.abstract)]
    grounder = Grounder("How are cracks found?", evidence, embedder)
    written = ["The paper has three steps:", "- A hammer taps the deck.", "2. 91% are found."]
    events = list(ground_sentences([*written, "Microphones record each tap."], grounder))
    assert all(isinstance(event, SentenceWritten) for event in events)
    assert [(event.sentence.text, event.sentence.listed) for event in events] == [
        ("A hammer taps the deck.", True),
        ("91% are found.", True),
        ("Microphones record each tap.", False),
    ]
