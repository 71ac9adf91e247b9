"""Import Gradio in half the time, without the stub files that it generates."""

import importlib
import inspect


def import_gradio() -> None:
    """Import Gradio.

    On each import, Gradio parses the source of its components and writes ``.pyi`` stubs for
    editors, which takes as long as the rest of the import. It skips classes without a source file,
    so `inspect.getfile` fails for its components during the import.
    """
    real = inspect.getfile

    def getfile(thing: object) -> str:
        if getattr(thing, "__module__", "").startswith("gradio."):
            raise OSError("no stubs")
        return real(thing)  # type: ignore[arg-type]

    inspect.getfile = getfile  # type: ignore[assignment]
    try:
        importlib.import_module("gradio")
    finally:
        inspect.getfile = real
