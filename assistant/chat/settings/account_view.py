"""Who is signed in, and the button that signs out."""

import gradio as gr
from markupsafe import Markup

from assistant.chat.rights import role_of
from assistant.chat.state import AppState
from assistant.web.login.sign_in import LOGOUT


def account_view(app: AppState, request: gr.Request) -> str:
    """Return the HTML, escaped; empty without accounts."""
    if not request.username:
        return ""
    # A form, because its response redirects to the login page. The URL is relative, because a proxy
    # may add a path.
    return str(
        Markup(
            '<form method="post" action="{}"><h2>Account</h2><p>You are signed in as '
            '<strong>{}</strong> ({}). <button class="secondary">Sign out</button></p></form>'
        ).format(LOGOUT.removeprefix("/"), request.username, role_of(app, request))
    )
