"""Running answers: several followers, leaving, stopping."""

import threading
from collections.abc import Iterator

from assistant.chat.jobs.followers import Followers
from assistant.chat.jobs.running_answers import RunningAnswers


def _counting(limit: int, step: threading.Event) -> Iterator[int]:
    for number in range(1, limit + 1):
        step.wait(10)
        yield number


def test_every_follower_sees_the_last_state_and_leaving_does_not_stop_the_answer() -> None:
    answers: RunningAnswers[int] = RunningAnswers()
    step, leave, stay = threading.Event(), threading.Event(), threading.Event()
    answers.start(7, "dough", 0, lambda _: _counting(3, step))

    assert answers.in_conversation("dough") == {7: 0}
    assert answers.in_conversation("bread") == {}
    leaving, staying = answers.follow(7, leave), answers.follow(7, stay)
    assert (next(leaving), next(staying)) == (0, 0)
    leave.set()
    assert list(leaving) == []
    step.set()
    assert list(staying)[-1] == 3
    assert answers.in_conversation("dough") == {}
    assert list(answers.follow(7, stay)) == []


def test_stop_reaches_the_answers_of_one_conversation() -> None:
    answers: RunningAnswers[int] = RunningAnswers()
    stopped: list[int] = []

    def write(number: int, stop: threading.Event) -> Iterator[int]:
        yield 1
        if stop.wait(10):
            stopped.append(number)

    answers.start(1, "dough", 0, lambda stop: write(1, stop))
    answers.start(2, "bread", 0, lambda stop: write(2, stop))
    answers.stop("dough")
    list(answers.follow(1, threading.Event()))
    assert stopped == [1]
    assert list(answers.in_conversation("bread")) == [2]
    answers.stop("bread")


def test_session_follows_one_answer_at_a_time() -> None:
    followers = Followers()
    with followers.following("tab") as first:
        assert followers.is_following("tab")
        with followers.following("tab") as second:
            assert first.is_set()
            followers.leave("tab")
            assert second.is_set()
            assert not followers.is_following("tab")
        assert not followers.is_following("tab")
