"""Which conversation a browser session shows."""

from assistant.chat.jobs.shown_conversations import ShownConversations


def test_update_for_a_conversation_that_was_left_is_recognised() -> None:
    shown = ShownConversations()
    shown.show("tab", "dough")
    shown.show("other tab", "glaciers")
    assert shown.shows("tab", "dough")
    shown.show("tab", "")
    assert not shown.shows("tab", "dough")
    assert shown.shows("other tab", "glaciers")


def test_page_that_loads_slowly_does_not_hide_a_question_asked_meanwhile() -> None:
    shown = ShownConversations()
    assert shown.show_first("quick", "")
    shown.show("slow", "dough")
    assert not shown.show_first("slow", "")
    assert shown.shows("slow", "dough")


def test_session_of_before_a_restart_shows_what_it_says() -> None:
    shown = ShownConversations()
    assert shown.shows("tab", "dough")
    shown.show("tab", "bread")
    shown.forget("tab")
    assert shown.shows("tab", "dough")
