"""The llama.cpp library: importing it, its log, and its abort callback."""

import ctypes
import logging
import sys
from typing import Any

from assistant.openmp import spin_briefly

_log = logging.getLogger(__name__)
_callbacks: list[object] = []


def load_llama_cpp() -> Any:
    """Import ``llama_cpp`` and redirect its output to the ``logging`` module."""
    spin_briefly()
    import llama_cpp

    llama_cpp.llama_log_set(_log_callback(llama_cpp), None)
    return llama_cpp


def abort_if_not_empty(llama_cpp: Any) -> Any:
    """Return an abort callback that aborts if the C string it is passed is not empty.

    llama.cpp calls it after every node of the compute graph. A callback written in Python would
    have to acquire the GIL each time. With another busy Python thread, that makes the model several
    times slower. The C library's ``strlen`` reads the same byte without the interpreter: it returns
    0 for an empty string and 1 for a string of one character.
    """
    library = ctypes.CDLL("msvcrt" if sys.platform == "win32" else None)
    return ctypes.cast(library.strlen, llama_cpp.ggml_abort_callback)


def _log_callback(llama_cpp: Any) -> object:
    """Return the log callback; the module keeps a reference, since llama.cpp does not."""
    if not _callbacks:

        def log(_level: int, text: bytes, _data: object) -> None:
            _log.debug("%s", text.decode(errors="replace").rstrip())

        _callbacks.append(llama_cpp.llama_log_callback(log))
    return _callbacks[0]
