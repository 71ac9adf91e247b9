"""What the tabs of the page share."""

from dataclasses import dataclass, field

from assistant.answering import Assistant
from assistant.chat.loading import Loading
from assistant.chat.stops import Stops


@dataclass(slots=True)
class Desk:
    """What all tabs and all visitors of one page work with.

    Attributes:
        assistant: answers, and holds the library. Look it up at each use: when the settings change,
            another takes its place.
        loading: of its model.
        stops: ends what a visitor is being answered.
    """

    assistant: Assistant
    loading: Loading
    stops: Stops = field(default_factory=Stops)
