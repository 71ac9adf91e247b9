"""The errors a person can meet. Each message is a sentence that says what to do next."""


class AssistantError(Exception):
    """Something the user can act on. The command line prints it and exits with code 2."""


class InputError(AssistantError):
    """A file, question or argument that cannot be used as given."""


class ModelError(AssistantError):
    """A model that is unknown, missing, damaged or out of reach."""


class LibraryError(AssistantError):
    """A library folder that cannot be opened or written."""


class NetworkError(AssistantError):
    """A server on the network that is out of reach, or gives no answer that can be used."""


class Cancelled(AssistantError):  # noqa: N818 - a stop the caller asked for is not a failure
    """The caller stopped the work before it was done."""
