"""What the tabs of the page share."""

from dataclasses import dataclass, field

from assistant.answering import Assistant
from assistant.chat.jobs.model_loading import ModelLoading
from assistant.chat.jobs.question_queue import QuestionQueue
from assistant.chat.jobs.stop_events import StopEvents
from assistant.library import Conversations
from assistant.llm import ANSWERS_AT_ONCE


@dataclass(slots=True)
class AppState:
    """What all tabs and all visitors of one page work with.

    Attributes:
        assistant: answers, and holds the library. Look it up at each use: when the settings change,
            another takes its place.
        loading: of its model.
        conversations: what was asked and answered, what was thought of it, and the settings.
        stops: ends what a visitor is being answered.
        line: where questions wait for their turn.
    """

    assistant: Assistant
    loading: ModelLoading
    conversations: Conversations
    stops: StopEvents = field(default_factory=StopEvents)
    line: QuestionQueue = field(default_factory=lambda: QuestionQueue(ANSWERS_AT_ONCE))
