"""What can go wrong with a request to one endpoint."""


class UnavailableError(Exception):
    """An endpoint cannot answer now; another one, or a later request, may.

    Attributes:
        wait_s: seconds to wait before the next request; None if the server does not say.
        may_recover: whether the same request may succeed later.
    """

    def __init__(self, reason: str, wait_s: float | None = None, *, may_recover: bool = True):
        super().__init__(reason)
        self.wait_s = wait_s
        self.may_recover = may_recover


class InterruptedStreamError(UnavailableError):
    """An answer ended before it was complete."""


class TooLongError(Exception):
    """A prompt does not fit into the context of an endpoint."""
