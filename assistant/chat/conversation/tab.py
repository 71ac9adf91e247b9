"""The chat tab: its event handlers."""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from assistant.chat.conversation.ask import ask, exchange_of_event, follow
from assistant.chat.conversation.export import cited_papers, conversation_markdown, question_set
from assistant.chat.conversation.feedback import feedback_from_event, questions_from_feedback
from assistant.chat.conversation.html.scope_chip import scope_chip
from assistant.chat.conversation.layout import ChatParts, lay_out_chat
from assistant.chat.conversation.mention.part import connect_mentions
from assistant.chat.conversation.view import (
    conversation_view,
    exchanges_of,
    history_view,
    owner_of,
    revision_of,
    session_of,
    toast,
    view_changed_elsewhere,
    welcome_view,
)
from assistant.chat.shell import QUIET, Shell, Updates
from assistant.chat.state import AppState
from assistant.chat.widgets.download import SAVE_FILE
from assistant.chat.widgets.event_fields import text
from assistant.chat.widgets.show_errors import show_errors
from assistant.library import EVERYTHING, Scope

# Fewer than Gradio's worker threads, so that Stop always finds a free one. The model answers only a
# few of these questions at a time; the others wait in the queue.
_QUESTIONS_AT_ONCE = 32
_FOLLOWING = "following"

# How long another tab takes to show a new question of its conversation.
_CHECK_INTERVAL_S = 2.0

_SHOW_LATEST_SOURCES = "() => document.getElementById('sources').scrollTo({top: 0})"
_READ_ADDRESS = "(_, search) => [new URLSearchParams(location.search).get('conversation'), search]"
_READ_CONVERSATION = "() => new URLSearchParams(location.search).get('conversation') || ''"
# A conversation that is opened gets an entry in the browser's history.
_WRITE_ADDRESS = """(id) => {
  document.body.dataset.conversation = id;
  const url = new URL(location);
  if ((url.searchParams.get('conversation') ?? '') === id) return;
  if (id) url.searchParams.set('conversation', id); else url.searchParams.delete('conversation');
  history.pushState(null, '', url);
}"""
_FORGET_UNKNOWN_ADDRESS = """(id) => {
  const url = new URL(location);
  if (id || !url.searchParams.has('conversation')) return;
  url.searchParams.delete('conversation');
  history.replaceState(null, '', url);
}"""
_UNQUEUED: dict[str, Any] = {"queue": False, **QUIET}


def build_chat_tab(app: AppState, shell: Shell, tab: gr.Tab) -> None:
    """Lay out the chat tab and connect its events."""
    parts = lay_out_chat(shell)
    asking = _connect_questions(app, shell, parts)
    _connect_conversations(app, shell, parts, asking)
    _connect_answer_actions(app, parts)
    _connect_sources(shell, parts)
    _connect_scope(app, shell, parts)
    connect_mentions(app, parts.mentions, parts.chip, shell.scope)
    _connect_welcome(app, parts, tab)


def _connect_questions(app: AppState, shell: Shell, parts: ChatParts) -> list[Any]:
    """Connect the events that ask, follow and stop; return those to end when the visitor leaves."""

    def on_ask(
        typed: str,
        address: str,
        search: str,
        scope: Scope,
        event: gr.EventData,
        request: gr.Request,
    ) -> Iterator[Updates]:
        yield from ask(app, parts, typed, address, search, scope, event, request)

    def on_follow(address: str, following: str, request: gr.Request) -> Iterator[Updates]:
        if following and not app.followers.is_following(session_of(request)):
            yield from follow(app, parts, address, request)

    def on_stop(address: str, request: gr.Request) -> None:
        if app.conversations.find(owner_of(request), address) is not None:
            app.answers.stop(address)

    def on_unload(request: gr.Request) -> None:
        app.followers.leave(session_of(request))
        app.shown.forget(session_of(request))

    in_thread = [parts.past.submit, parts.live.submit, parts.chip.submit]
    triggers = [parts.send.click, parts.box.submit, *in_thread]
    gr.on(triggers, js=_SHOW_LATEST_SOURCES, queue=False, show_progress="hidden")
    asking = gr.on(
        # One event instead of four: Gradio then lets a visitor ask one question at a time.
        triggers,
        on_ask,
        [parts.box, parts.address, parts.search, shell.scope],
        parts.all,
        concurrency_limit=_QUESTIONS_AT_ONCE,
        concurrency_id=_FOLLOWING,
        **QUIET,
    )
    following = parts.following.change(
        on_follow,
        [parts.address, parts.following],
        parts.all,
        concurrency_limit=_QUESTIONS_AT_ONCE,
        concurrency_id=_FOLLOWING,
        trigger_mode="multiple",
        **QUIET,
    )
    parts.stop.click(on_stop, parts.address, **_UNQUEUED)
    shell.page.unload(on_unload)
    return [asking, following]


def _connect_conversations(
    app: AppState, shell: Shell, parts: ChatParts, asking: list[Any]
) -> None:
    """Connect the list of conversations and the conversation's URL."""
    outputs = [*parts.all, shell.scope]

    def show(address: str, search: str, request: gr.Request, notice: str = "") -> Updates:
        if address and not notice and app.conversations.find(owner_of(request), address) is None:
            notice = toast("This conversation does not exist. It may have been deleted.")
        exchanges = exchanges_of(app, owner_of(request), address)
        scope = exchanges[-1].scope if exchanges else EVERYTHING
        view = conversation_view(app, parts, request, address, search, notice)
        chip = scope_chip(scope, app.assistant.library.catalogue)
        return {**view, shell.scope: scope, parts.chip: chip}

    def leave_for(address: str, search: str, request: gr.Request, notice: str = "") -> Updates:
        session = session_of(request)
        app.followers.leave(session)
        view = show(address, search, request, notice)
        app.shown.show(session, view[parts.address])
        return view

    @show_errors
    def on_load(address: str | None, search: str | None, request: gr.Request) -> Updates:
        view = show(address or "", search or "", request)
        if not app.shown.show_first(session_of(request), view[parts.address]):
            return {parts.revision: gr.skip()}  # a question was asked meanwhile
        if not view[parts.address]:
            # The library may have limited the scope meanwhile.
            del view[shell.scope], view[parts.chip]
        return view

    @show_errors
    def on_new(search: str, request: gr.Request) -> Updates:
        return leave_for("", search, request)

    @show_errors
    def on_leave(address: str, search: str, event: gr.EventData, request: gr.Request) -> Updates:
        """Open another conversation, or delete the open one."""
        notice = ""
        match text(event, "action"):
            case "open":
                address = text(event, "id")
            case "remove":
                removal = app.conversations.remove(owner_of(request), text(event, "id"))
                notice = toast("The conversation was deleted.", removal)
        return leave_for(address, search, request, notice)

    @show_errors
    def on_change(address: str, search: str, event: gr.EventData, request: gr.Request) -> Updates:
        """Rename a conversation, or delete one that is not open; a running answer continues."""
        owner = owner_of(request)
        notice = ""
        match text(event, "action"):
            case "rename":
                app.conversations.rename(owner, text(event, "id"), text(event, "title"))
            case "remove":
                removal = app.conversations.remove(owner, text(event, "id"))
                notice = toast("The conversation was deleted.", removal)
        view = history_view(app, parts, owner, address, search)
        return {**view, parts.notice: notice or gr.skip()}

    def on_tick(address: str, search: str, revision: str, request: gr.Request) -> Updates:
        """Show what another tab has changed."""
        unchanged: Updates = {parts.revision: gr.skip()}
        if not address or revision_of(app, owner_of(request), address) == revision:
            return unchanged
        view = view_changed_elsewhere(app, parts, request, address, search)
        return view if app.shown.shows(session_of(request), address) else unchanged

    @show_errors
    def on_search(address: str, search: str, request: gr.Request) -> Updates:
        return history_view(app, parts, owner_of(request), address, search)

    @show_errors
    def on_undo(address: str, search: str, event: gr.EventData, request: gr.Request) -> Updates:
        restored = app.conversations.restore(text(event, "removal"))
        notice = "" if restored else toast("It is too late to undo this.")
        return conversation_view(app, parts, request, address, search, notice)

    inputs = [parts.address, parts.search]
    shell.page.load(on_load, inputs, outputs, js=_READ_ADDRESS, **_UNQUEUED).then(
        None, parts.address, js=_FORGET_UNKNOWN_ADDRESS
    )
    parts.address.change(None, parts.address, js=_WRITE_ADDRESS)
    parts.new.click(on_new, parts.search, outputs, cancels=asking, **_UNQUEUED)
    parts.history.select(on_leave, inputs, outputs, cancels=asking, **_UNQUEUED)
    parts.history.click(on_change, inputs, parts.all, **_UNQUEUED)
    parts.search.change(on_search, inputs, parts.all, trigger_mode="always_last", **_UNQUEUED)
    gr.Timer(_CHECK_INTERVAL_S).tick(on_tick, [*inputs, parts.revision], parts.all, **_UNQUEUED)
    parts.notice.click(on_undo, inputs, parts.all, **_UNQUEUED)


def _connect_answer_actions(app: AppState, parts: ChatParts) -> None:
    """Connect the buttons under an answer and the export menu."""

    @show_errors
    def on_action(address: str, search: str, event: gr.EventData, request: gr.Request) -> Updates:
        exchange = exchange_of_event(exchanges_of(app, owner_of(request), address), event)
        notice, action = "", text(event, "action")
        if exchange is None:
            pass
        elif action == "version":
            for version in exchange.versions:
                if str(version) == text(event, "version"):
                    app.conversations.choose_version(address, version)
        elif action == "remove":
            removal = app.conversations.remove_exchange(address, exchange.number)
            notice = toast("The question and its answer were deleted.", removal)
        elif action == "save" and exchange.answer is not None:
            app.conversations.saved_answers.add(owner_of(request), exchange.number)
            notice = toast("The answer is saved. The tab Saved has it, and room for a note.")
        elif action == "unsave":
            removal = app.conversations.saved_answers.remove(owner_of(request), exchange.number)
            notice = toast("The answer is no longer saved.", removal)
        elif action in ("helped", "correct"):
            feedback = feedback_from_event(event, exchange.feedback)
            app.conversations.save_feedback(address, exchange.number, feedback)
            notice = toast("Thank you. Your feedback is saved in this library.")
        return conversation_view(app, parts, request, address, search, notice)

    @show_errors
    def on_export(address: str, event: gr.EventData, request: gr.Request) -> Updates:
        owner = owner_of(request)
        exchanges = exchanges_of(app, owner, address)
        conversation = app.conversations.find(owner, address)
        if text(event, "action") == "feedback":
            records = questions_from_feedback(app.conversations, owner)
            file = question_set(records) if records else None
            missing = "There is no feedback on any answer yet."
        elif text(event, "action") == "bibtex":
            file = cited_papers(exchanges)
            missing = "This conversation cites no papers yet."
        else:
            file = conversation_markdown(conversation.title if conversation else "", exchanges)
            missing = ""
        return {parts.download: file, parts.notice: "" if file else toast(missing)}

    inputs = [parts.address, parts.search]
    gr.on([parts.past.click, parts.live.click], on_action, inputs, parts.all, **_UNQUEUED)
    parts.bar.click(on_export, parts.address, [parts.download, parts.notice], **_UNQUEUED).then(
        None, parts.download, js=SAVE_FILE
    )


def _connect_sources(shell: Shell, parts: ChatParts) -> None:
    def on_open(event: gr.EventData) -> Updates:
        return shell.open_paper(event.id)

    parts.sources.click(on_open, outputs=[shell.opened, shell.tabs], **_UNQUEUED)


def _connect_scope(app: AppState, shell: Shell, parts: ChatParts) -> None:
    def show(scope: Scope) -> str:
        return scope_chip(scope, app.assistant.library.catalogue)

    shell.scope.change(show, shell.scope, parts.chip, **_UNQUEUED)
    # Gradio fires a state's change event only after queued events, so other handlers update the
    # chip themselves.
    parts.chip.click(lambda: (EVERYTHING, ""), outputs=[shell.scope, parts.chip], **_UNQUEUED)


def _connect_welcome(app: AppState, parts: ChatParts, tab: gr.Tab) -> None:
    def on_select(address: str, request: gr.Request) -> Updates:
        """Refresh the welcome of an empty conversation: papers may have been added or removed."""
        exchanges = exchanges_of(app, owner_of(request), address)
        return {parts.live: gr.skip() if exchanges else welcome_view(app)}

    tab.select(on_select, parts.address, [parts.live], js=_READ_CONVERSATION, **_UNQUEUED)
