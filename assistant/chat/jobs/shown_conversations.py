"""Which conversation each browser session shows."""

import threading


class ShownConversations:
    """The id of the conversation that each browser session shows. Thread-safe.

    A page sends its events over several connections, so a slow update for one conversation may
    reach it after it has opened another. The conversation of each update is therefore checked
    against the one recorded here.
    """

    def __init__(self) -> None:
        self._shown: dict[str, str] = {}
        self._lock = threading.Lock()

    def show(self, session: str, address: str) -> None:
        """Note that a session shows a conversation; the empty id stands for a new one."""
        with self._lock:
            self._shown[session] = address

    def show_first(self, session: str, address: str) -> bool:
        """Note what a new session shows; return False if it shows something already."""
        with self._lock:
            if session in self._shown:
                return False
            self._shown[session] = address
            return True

    def shows(self, session: str, address: str) -> bool:
        """Return whether a session shows that conversation, as far as is known."""
        with self._lock:
            return self._shown.get(session, address) == address

    def forget(self, session: str) -> None:
        """Forget a session that has ended."""
        with self._lock:
            self._shown.pop(session, None)
