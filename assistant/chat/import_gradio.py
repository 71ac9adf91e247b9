"""Importing Gradio in half the time: without the type stubs it writes of its own components."""

import importlib
import inspect


def import_gradio() -> None:
    """Import Gradio, so that the imports that follow cost nothing.

    At each import Gradio parses the source of its components and writes stub files beside them,
    for editors; that takes as long as all the rest. It leaves out classes that stand in no file,
    so while it is imported, its components seem to.
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
