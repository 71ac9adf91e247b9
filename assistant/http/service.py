"""A web service: its name, its address, and how often it may be asked."""

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WebService:
    """A web service.

    Attributes:
        name: for people; also the `source` of the papers that come from it.
        key: its name in file names and command-line options.
        address: its default base URL.
        variable: the environment variable that overrides the address.
        pause_s: the pause between two requests that it asks for, in seconds.
    """

    name: str
    key: str
    address: str
    variable: str
    pause_s: float

    @property
    def base(self) -> str:
        """The base URL: the environment variable if it is set, else the address."""
        return (os.environ.get(self.variable) or self.address).rstrip("/")
