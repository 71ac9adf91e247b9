"""The chat tab: what happens when its buttons are pressed."""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from assistant.chat.conversation.ask import ask, by_number
from assistant.chat.conversation.export import cited_papers, conversation_markdown, question_set
from assistant.chat.conversation.feedback import questions_from_feedback
from assistant.chat.conversation.html.scope_chip import scope_chip
from assistant.chat.conversation.layout import ChatParts, lay_out_chat
from assistant.chat.conversation.view import (
    conversation_view,
    done,
    exchanges_of,
    greeting,
    listing_view,
    owner_of,
)
from assistant.chat.shell import Shell, Updates
from assistant.chat.state import AppState
from assistant.chat.widgets.show_errors import show_errors
from assistant.library import EVERYTHING, Feedback, Scope

# Fewer than the threads that Gradio works with, so that Stop always finds a free one. The model
# answers some questions at a time anyway; the others wait for it in line.
_QUESTIONS_AT_ONCE = 32

_SHOW_LATEST_SOURCES = "() => document.getElementById('sources').scrollTo({top: 0})"
_READ_ADDRESS = "(_, search) => [new URLSearchParams(location.search).get('conversation'), search]"
_READ_CONVERSATION = "() => new URLSearchParams(location.search).get('conversation') || ''"
_WRITE_ADDRESS = """(id) => {
  const url = new URL(location);
  if (id) url.searchParams.set('conversation', id); else url.searchParams.delete('conversation');
  history.replaceState(history.state, '', url);
}"""
_SAVE_FILE = """(file) => {
  if (!file) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([file.text], {type: 'text/plain'}));
  link.download = file.name;
  link.click();
  URL.revokeObjectURL(link.href);
}"""

_QUIETLY: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_AT_ONCE: dict[str, Any] = {"queue": False, **_QUIETLY}


def build_chat_tab(app: AppState, shell: Shell, tab: gr.Tab) -> None:
    """Lay out the chat tab within the page and say what its buttons do."""
    parts = lay_out_chat()
    asking = _wire_asking(app, shell, parts)
    _wire_conversations(app, shell, parts, asking)
    _wire_answers(app, parts)
    _wire_scope(app, shell, parts)
    _wire_welcome(app, parts, tab)


def _wire_asking(app: AppState, shell: Shell, parts: ChatParts) -> Any:
    def ask_here(
        typed: str,
        address: str,
        search: str,
        scope: Scope,
        event: gr.EventData,
        request: gr.Request,
    ) -> Iterator[Updates]:
        yield from ask(app, parts, typed, address, search, scope, event, request)

    def stop_answering(request: gr.Request) -> None:
        app.stops.stop(request.session_hash or "")

    asked = [parts.send.click, parts.box.submit, parts.past.submit, parts.live.submit]
    gr.on(asked, js=_SHOW_LATEST_SOURCES, queue=False, show_progress="hidden")
    asking = gr.on(
        # One event, not four: Gradio then lets a visitor ask one question at a time.
        asked,
        ask_here,
        [parts.box, parts.address, parts.search, shell.scope],
        parts.all,
        concurrency_limit=_QUESTIONS_AT_ONCE,
        **_QUIETLY,
    )
    parts.stop.click(stop_answering, **_AT_ONCE)
    shell.page.unload(stop_answering)
    return asking


def _wire_conversations(app: AppState, shell: Shell, parts: ChatParts, asking: Any) -> None:
    """Wire the side bar, and the address by which a conversation is found again."""
    outputs = [*parts.all, shell.scope]

    def show(address: str, search: str, request: gr.Request, notice: str = "") -> Updates:
        exchanges = exchanges_of(app, owner_of(request), address)
        scope = exchanges[-1].scope if exchanges else EVERYTHING
        view = conversation_view(app, parts, request, address, search, notice)
        chip = scope_chip(scope, app.assistant.library.catalogue)
        return {**view, shell.scope: scope, parts.chip: chip}

    @show_errors
    def arrive(address: str | None, search: str | None, request: gr.Request) -> Updates:
        return show(address or "", search or "", request)

    @show_errors
    def begin(search: str, request: gr.Request) -> Updates:
        app.stops.stop(request.session_hash or "")
        return show("", search, request)

    @show_errors
    def leave(address: str, search: str, event: gr.EventData, request: gr.Request) -> Updates:
        """Open another conversation, or remove the one that is open."""
        app.stops.stop(request.session_hash or "")
        if event.do == "open":
            return show(event.id, search, request)
        removal = app.conversations.remove(owner_of(request), event.id)
        return show(address, search, request, done("The conversation was deleted.", removal))

    @show_errors
    def change(address: str, search: str, event: gr.EventData, request: gr.Request) -> Updates:
        """Rename a conversation, or remove another than the open one, which goes on."""
        owner = owner_of(request)
        if event.do == "rename":
            app.conversations.rename(owner, event.id, event.title)
            return listing_view(app, parts, owner, address, search)
        removal = app.conversations.remove(owner, event.id)
        notice = done("The conversation was deleted.", removal)
        return {**listing_view(app, parts, owner, address, search), parts.notice: notice}

    @show_errors
    def look(address: str, search: str, request: gr.Request) -> Updates:
        return listing_view(app, parts, owner_of(request), address, search)

    @show_errors
    def undo(address: str, search: str, event: gr.EventData, request: gr.Request) -> Updates:
        found = app.conversations.restore(event.removal)
        notice = "" if found else done("It is too late to undo this.")
        return conversation_view(app, parts, request, address, search, notice)

    here = [parts.address, parts.search]
    shell.page.load(arrive, here, outputs, js=_READ_ADDRESS, **_AT_ONCE)
    parts.address.change(None, parts.address, js=_WRITE_ADDRESS)
    parts.new.click(begin, parts.search, outputs, cancels=[asking], **_AT_ONCE)
    parts.listing.select(leave, here, outputs, cancels=[asking], **_AT_ONCE)
    parts.listing.click(change, here, parts.all, **_AT_ONCE)
    parts.search.change(look, here, parts.all, trigger_mode="always_last", **_AT_ONCE)
    parts.notice.click(undo, here, parts.all, **_AT_ONCE)


def _wire_answers(app: AppState, parts: ChatParts) -> None:
    """Wire what can be done with an answer, and with all of them."""

    @show_errors
    def act(address: str, search: str, event: gr.EventData, request: gr.Request) -> Updates:
        exchange = by_number(exchanges_of(app, owner_of(request), address), event)
        notice = ""
        if exchange is None:
            pass
        elif event.do == "remove":
            removal = app.conversations.remove_exchanges(address, exchange.number)
            notice = done("Question and answer were deleted.", removal)
        else:
            feedback = _feedback(event, exchange.feedback)
            app.conversations.judge(address, exchange.number, feedback)
            notice = done("Thank you. What you said is kept in this library.")
        return conversation_view(app, parts, request, address, search, notice)

    @show_errors
    def take_away(address: str, event: gr.EventData, request: gr.Request) -> Updates:
        owner = owner_of(request)
        exchanges = exchanges_of(app, owner, address)
        conversation = app.conversations.find(owner, address)
        if event.do == "feedback":
            lines = questions_from_feedback(app.conversations, owner)
            file = question_set(lines) if lines else None
            missing = "No answer has been judged yet."
        elif event.do == "bibtex":
            file = cited_papers(exchanges)
            missing = "No paper is cited yet."
        else:
            file = conversation_markdown(conversation.title if conversation else "", exchanges)
            missing = ""
        return {parts.download: file, parts.notice: "" if file else done(missing)}

    here = [parts.address, parts.search]
    gr.on([parts.past.click, parts.live.click], act, here, parts.all, **_AT_ONCE)
    parts.bar.click(take_away, parts.address, [parts.download, parts.notice], **_AT_ONCE).then(
        None, parts.download, js=_SAVE_FILE
    )


def _wire_scope(app: AppState, shell: Shell, parts: ChatParts) -> None:
    def show(scope: Scope) -> str:
        return scope_chip(scope, app.assistant.library.catalogue)

    shell.scope.change(show, shell.scope, parts.chip, **_AT_ONCE)
    # Gradio tells of a state's change after queued events alone: others change the chip themselves.
    parts.chip.click(lambda: (EVERYTHING, ""), outputs=[shell.scope, parts.chip], **_AT_ONCE)


def _wire_welcome(app: AppState, parts: ChatParts, tab: gr.Tab) -> None:
    def greet(address: str, request: gr.Request) -> Updates:
        """Show in an empty conversation what can be asked now: papers may have come and gone."""
        exchanges = exchanges_of(app, owner_of(request), address)
        return {parts.live: gr.skip() if exchanges else greeting(app)}

    tab.select(greet, parts.address, [parts.live], js=_READ_CONVERSATION, **_AT_ONCE)


def _feedback(event: gr.EventData, before: Feedback) -> Feedback:
    """Return what a visitor thinks of an answer now; the same thumb again takes it back."""
    if event.do == "helped":
        return Feedback() if before.helpful else Feedback(helpful=True)
    return Feedback(
        helpful=False,
        correction=str(event.correction),
        unanswerable=getattr(event, "unanswerable", "") == "1",
    )
