"""The errors that users can encounter; each message says what to do next."""


class AssistantError(Exception):
    """An error that the user can act on; the command line prints it and exits with code 2."""


class InputError(AssistantError):
    """A file, question or argument is not valid."""


class ModelError(AssistantError):
    """A model is unknown, missing, damaged or unreachable."""


class LibraryError(AssistantError):
    """A library folder cannot be opened or written."""


class DiskFullError(AssistantError):
    """A file cannot be written because the disk, or the user's share of it, is full."""

    def __init__(self, path: object) -> None:
        """Describe the error.

        Args:
            path: what cannot be written.
        """
        super().__init__(
            f"{path} cannot be written: the disk is full. Free some space and try again."
        )


class NetworkError(AssistantError):
    """A server is unreachable, or its response cannot be used."""


class Cancelled(AssistantError):  # noqa: N818 - a requested stop is not an error
    """The caller stopped the work before it was finished."""
