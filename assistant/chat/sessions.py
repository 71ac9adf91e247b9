"""The server's state for each page load: kept small, and dropped once the page is gone.

Gradio copies the configuration of all components for each page load, 0.2 MB, and keeps up to 10,000
of these copies. Only its deep links read them, and the page does not use any.
"""

import datetime
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import gradio as gr
from fastapi import FastAPI
from gradio.routes import App as GradioApp
from gradio.state_holder import SessionState, StateHolder
from starlette.routing import Mount

KEPT_S = 3600.0
"""How long a session is kept after its page was last heard of. A page whose machine slept for less
keeps its state; Gradio keeps the values of closed pages just as long."""


class _Session(SessionState):
    """The values of one page load, without copies of the components' configuration."""

    def __init__(self, blocks: gr.Blocks) -> None:
        # Gradio copies the configuration of each block that `blocks` has.
        without_blocks: Any = SimpleNamespace(default_config=blocks.default_config, blocks={})
        super().__init__(without_blocks)

    def __setitem__(self, key: int, value: Any) -> None:
        """Keep the new value of a component."""
        super().__setitem__(key, value)
        self.config_values.clear()

    def _update_config(self, key: int) -> None:
        """Keep no configuration."""

    def _update_value_in_config(self, key: int, value: Any) -> None:
        """Keep no configuration."""


class Sessions(StateHolder):
    """The sessions of a page by their ids. Gradio calls `delete_all_expired_state` every second."""

    def __init__(
        self,
        is_open: Callable[[str], bool],
        on_forget: Callable[[str], None],
        kept_s: float = KEPT_S,
    ) -> None:
        """Start without sessions.

        Args:
            is_open: returns whether the page of a session is still open.
            on_forget: called with the id of each session that is forgotten.
            kept_s: how long a session is kept after its page was last heard of, in seconds.
        """
        super().__init__()  # type: ignore[no-untyped-call]
        self._is_open, self._on_forget = is_open, on_forget
        self._kept = datetime.timedelta(seconds=kept_s)

    def __getitem__(self, session_id: str) -> SessionState:
        """Return a session; a new one if the id is unknown."""
        if session_id not in self.session_data:
            self.session_data[session_id] = _Session(self.blocks)
        return super().__getitem__(session_id)

    def delete_all_expired_state(self) -> None:
        """Forget the sessions whose pages are gone, with the messages that still wait for them."""
        queue = self.blocks._queue
        now = datetime.datetime.now()
        for session_id, last_used in list(self.time_last_used.items()):
            if self._is_open(session_id):
                # A page in the background is open, but sends no requests.
                self.time_last_used[session_id] = now
                continue
            if last_used > now - self._kept:
                continue
            self.delete_state(session_id)
            self.session_data.pop(session_id, None)
            self.time_last_used.pop(session_id, None)
            queue.pending_messages_per_session.pop(session_id, None)
            queue.pending_event_ids_session.pop(session_id, None)
            self._on_forget(session_id)


def keep_sessions_in(app: FastAPI, sessions: Sessions) -> None:
    """Make the page that is mounted on an app keep its sessions in ``sessions``."""
    [page] = [route.app for route in app.routes if isinstance(route, Mount)]
    assert isinstance(page, GradioApp)
    page.state_holder = sessions
    sessions.set_blocks(page.get_blocks())
