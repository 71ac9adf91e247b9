"""The Chromium of this machine."""

import os
import shutil

_NAMES = ("chromium", "chromium-browser", "google-chrome")

ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
"""Chromium's arguments for tests."""


def find_chromium() -> str:
    """Return the path of Chromium: ``$CHROMIUM``, or one that is installed; else empty."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), "")
