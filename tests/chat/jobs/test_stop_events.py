"""Stop events of browser sessions."""

from assistant.chat.jobs.stop_events import StopEvents


def test_stop_affects_one_session_and_a_new_question_stops_the_earlier_one() -> None:
    stops = StopEvents()
    with stops.answering("one") as one, stops.answering("other") as other:
        assert stops.is_answering("one")
        stops.stop("one")
        assert not stops.is_answering("one")
        assert stops.is_answering("other")
        assert one.is_set()
        assert not other.is_set()
        with stops.answering("other") as newer:
            assert other.is_set()
            assert not newer.is_set()
    assert newer.is_set()
    assert not stops.is_answering("other")
    stops.stop("one")
