"""Settings for asking again."""

from assistant.chat.conversation.html.actions import retry_settings
from assistant.settings import Settings


def test_retry_reads_more_papers_or_never_abstains() -> None:
    settings = Settings(papers_read=3, evidence_sentences=6, abstention_threshold=0.3)
    assert retry_settings("again", settings) == settings
    wider = retry_settings("wider", settings)
    assert wider.papers_read > settings.papers_read
    assert wider.evidence_sentences > settings.evidence_sentences
    assert retry_settings("bold", settings).abstention_threshold == 0.0
