"""The state that all tabs and visitors share."""

import logging
import threading
from dataclasses import dataclass, field
from typing import Any

from assistant.answering import Assistant
from assistant.chat.jobs.eval_runs import EvalRuns
from assistant.chat.jobs.followers import Followers
from assistant.chat.jobs.model_loading import ModelLoading
from assistant.chat.jobs.question_queue import QuestionQueue
from assistant.chat.jobs.running_answers import RunningAnswers
from assistant.chat.jobs.shown_conversations import ShownConversations
from assistant.chat.quotas import Quotas
from assistant.library import Conversations
from assistant.library.conversations import FILE_NAME
from assistant.llm import ANSWERS_AT_ONCE
from assistant.web.login.accounts import Accounts
from assistant.web.login.audit import FILE_NAME as AUDIT_FILE
from assistant.web.login.audit import AuditLog
from assistant.web.presence import Presence

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class AppState:
    """The state of one served page.

    Attributes:
        assistant: answers questions and holds the library. Read this attribute at each use: a
            change of settings replaces it.
        loading: the loading of its model.
        conversations: the saved conversations, feedback and settings.
        answers: the answers that are being written, as `Exchange`.
        followers: the browser sessions that are following one.
        shown: the conversation that each browser session shows.
        queue: the questions that wait for the model.
        accounts: who may sign in; none if everybody may use the page.
        audit: who changed what, while there are accounts.
        quotas: what the accounts have used.
        runs: the runs of question sets.
        adding: a lock held while papers are added, so that they are attributed to one visitor.
        presence: the browser sessions with an open page; None if the server does not track them.
    """

    assistant: Assistant
    loading: ModelLoading
    conversations: Conversations
    answers: RunningAnswers[Any] = field(default_factory=RunningAnswers)
    followers: Followers = field(default_factory=Followers)
    shown: ShownConversations = field(default_factory=ShownConversations)
    queue: QuestionQueue = field(default_factory=lambda: QuestionQueue(ANSWERS_AT_ONCE))
    accounts: Accounts = field(default_factory=Accounts)
    audit: AuditLog = field(init=False)
    quotas: Quotas = field(init=False)
    runs: EvalRuns = field(init=False)
    adding: threading.Lock = field(default_factory=threading.Lock)
    presence: Presence | None = None

    def __post_init__(self) -> None:
        self.audit = AuditLog(self.assistant.library.folder / AUDIT_FILE)
        self.quotas = Quotas(self.audit)
        self.runs = EvalRuns(self.assistant.library.folder)


def new_state(
    assistant: Assistant,
    loading: ModelLoading | None = None,
    accounts: Accounts | None = None,
) -> AppState:
    """Return the state of a server over an assistant's library.

    Args:
        assistant: answers the questions.
        loading: the loading of its model; by default the first question starts it.
        accounts: who may sign in; by default everybody may use the page.
    """
    conversations = Conversations(assistant.library.folder / FILE_NAME, changes_private_copy=True)
    if conversations.is_read_only:
        _log.warning(
            "The library %s cannot be written: conversations and settings are kept until the chat "
            "ends.",
            assistant.library.folder,
        )
    conversations.purge()  # no open page can undo a deletion from before the start
    return AppState(
        assistant,
        loading or ModelLoading(assistant.load),
        conversations,
        accounts=accounts or Accounts(),
    )
