"""A web service: its name, its address and its rate limit."""

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WebService:
    """A web service.

    Attributes:
        name: for display; also the `source` of the papers that come from it.
        key: its name in file names and command-line options.
        address: the default base URL.
        variable: the environment variable that overrides the address.
        pause_s: the pause between two requests that the service asks for, in seconds.
    """

    name: str
    key: str
    address: str
    variable: str
    pause_s: float

    @property
    def base_url(self) -> str:
        """The base URL: the environment variable if it is set, otherwise the address."""
        return (os.environ.get(self.variable) or self.address).rstrip("/")


def hugging_face_is_offline() -> bool:
    """Return whether ``HF_HUB_OFFLINE`` forbids requests to Hugging Face."""
    return os.environ.get("HF_HUB_OFFLINE", "").lower() in ("1", "true", "yes", "on")
