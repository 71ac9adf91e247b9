"""The updates that show a conversation in the chat tab."""

from collections.abc import Sequence
from dataclasses import replace

import gradio as gr
from markupsafe import Markup

from assistant.chat.conversation.examples import SAMPLE_EXAMPLES, example_questions
from assistant.chat.conversation.exchange import Exchange
from assistant.chat.conversation.exchange_store import saved_exchanges
from assistant.chat.conversation.html.history import conversation_bar, history_list
from assistant.chat.conversation.html.sources_panel import sources_panel
from assistant.chat.conversation.html.thread import thread, welcome
from assistant.chat.conversation.layout import ChatParts
from assistant.chat.shell import Updates
from assistant.chat.state import AppState
from assistant.library.browse import BrowseQuery, count_by_source, find_page
from assistant.papers.identity.merging import SAMPLE_SOURCE


def owner_of(request: gr.Request) -> str:
    """Return the visitor's login name, which owns their conversations; empty without logins."""
    return request.username or ""


def session_of(request: gr.Request) -> str:
    """Return the id of the visitor's browser session; empty without one."""
    return request.session_hash or ""


def exchanges_of(app: AppState, owner: str, address: str) -> tuple[Exchange, ...]:
    """Return the exchanges of an owner's conversation; none if there is no such conversation."""
    if app.conversations.find(owner, address) is None:
        return ()
    # Read before the saved exchanges: an answer that ends in between is shown as pending for a
    # moment.
    running = app.answers.in_conversation(address)
    return tuple(
        replace(running[one.number], versions=one.versions) if one.number in running else one
        for one in saved_exchanges(app.conversations, address)
    )


def revision_of(app: AppState, owner: str, address: str) -> str:
    """Return a string that changes whenever pages that show a conversation have to be updated.

    It does not change with each word of a running answer. Empty without a conversation.
    """
    conversation = app.conversations.find(owner, address)
    if conversation is None:
        return ""
    running = sorted(app.answers.in_conversation(address))
    return f"{conversation.changed} {conversation.title} {running}"


def conversation_view(
    app: AppState,
    parts: ChatParts,
    request: gr.Request,
    address: str,
    search: str,
    notice: str = "",
) -> Updates:
    """Return the updates that show a conversation, or a new one if the owner has none of that id.

    If an answer is running that the page does not follow yet, the updates make it follow.
    """
    owner = owner_of(request)
    history = history_view(app, parts, owner, address, search)
    exchanges = exchanges_of(app, owner, address)
    running = [one.number for one in exchanges if one.pending]
    follows = app.followers.is_following(session_of(request))
    return {
        **history,
        **thread_view(app, parts, exchanges),
        **buttons(parts, pending=bool(running)),
        parts.notice: notice,
        parts.following: gr.skip() if follows else " ".join(map(str, running)),
    }


def view_changed_elsewhere(
    app: AppState, parts: ChatParts, request: gr.Request, address: str, search: str
) -> Updates:
    """Return the updates that show what another tab has changed in the open conversation.

    A deleted conversation stays on the page: asking a question restores it. This tab's own notice
    stays, too.
    """
    owner = owner_of(request)
    removal = app.conversations.removal_of(owner, address)
    if removal is None:
        view = conversation_view(app, parts, request, address, search)
        del view[parts.notice]
        return view
    view = history_view(app, parts, owner, address, search)
    del view[parts.address]
    return {**view, parts.notice: toast("This conversation was deleted in another tab.", removal)}


def history_view(app: AppState, parts: ChatParts, owner: str, address: str, search: str) -> Updates:
    """Return the updates of the conversation's title and of the list of conversations."""
    conversation = app.conversations.find(owner, address)
    current = conversation.id if conversation else ""
    return {
        parts.revision: revision_of(app, owner, address),
        parts.address: current,
        parts.bar: conversation_bar(conversation),
        parts.history: history_list(app.conversations.all(owner, search), current, search),
    }


def thread_view(app: AppState, parts: ChatParts, exchanges: Sequence[Exchange]) -> Updates:
    """Return the updates that show exchanges and their sources."""
    return {
        parts.past: thread(exchanges[:-1]),
        parts.live: thread(exchanges[-1:]) if exchanges else welcome_view(app),
        parts.sources: sources_view(app, exchanges),
    }


def sources_view(app: AppState, exchanges: Sequence[Exchange]) -> str:
    """Return the HTML of the sources of exchanges, with links to the PDFs that the library has."""
    ids = {one.paper.id for exchange in exchanges for one in exchange.evidence}
    with_pdf = app.assistant.library.catalogue.pdfs.of(ids)
    return sources_panel(exchanges, with_pdf.keys())


def welcome_view(app: AppState) -> str:
    """Return the HTML of a new conversation: example questions, or how to add papers."""
    catalogue = app.assistant.library.catalogue
    count = catalogue.count()
    only_samples = bool(count) and set(count_by_source(catalogue)) == {SAMPLE_SOURCE}
    newest = find_page(catalogue, BrowseQuery(), page=1, size=2).papers
    examples = SAMPLE_EXAMPLES if only_samples else example_questions(newest, count)
    return welcome(count, only_samples=only_samples, examples=examples)


def buttons(parts: ChatParts, *, pending: bool) -> Updates:
    """Return the updates that show Stop while an answer is pending, else Send."""
    return {
        parts.send: gr.Button(visible=not pending),
        parts.stop: gr.Button(visible=pending),
    }


def toast(text: str, removal: str = "") -> str:
    """Return a notice's HTML, escaped.

    Args:
        text: what was done.
        removal: the id of the removal that Undo restores; empty without Undo.
    """
    undo = Markup('<button type="button" data-action="undo" data-removal="{}">Undo</button>')
    return str(
        Markup('<div class="toast" role="status"><span>{}</span>{}</div>').format(
            text, undo.format(removal) if removal else ""
        )
    )
