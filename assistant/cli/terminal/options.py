"""Options shared by commands, and the settings and folders they select."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.terminal.completion import complete_model
from assistant.errors import InputError
from assistant.settings import Settings, library_folder

LibraryOption = Annotated[
    Path | None,
    typer.Option(
        "--library",
        metavar="DIR",
        envvar="ASSISTANT_LIBRARY",
        show_envvar=True,
        help="The library folder.",
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="MODEL",
        autocompletion=complete_model,
        help="A name from `assistant models list`, a GGUF file, or hf:owner/repo/file.gguf.",
    ),
]
EndpointOption = Annotated[
    list[str] | None,
    typer.Option(
        "--endpoint",
        metavar="URL",
        help="Let an OpenAI-compatible server run the model: its address, such as "
        "http://127.0.0.1:8080/v1 or http://host:8000/v1#model; or llama-server, to start one. "
        "Can be repeated. docs/backends.md has more.",
    ),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="Change a setting, such as papers_read=5. Can be repeated.",
    ),
]
FilterOption = Annotated[
    list[str] | None,
    typer.Option(
        "--filter",
        metavar="CONDITION",
        help="year>=2023 (or = > < <=), source=TEXT, author=TEXT, title=TEXT, id=TEXT, or "
        "words that the paper contains. Can be repeated; all conditions must hold.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
HostOption = Annotated[str, typer.Option(metavar="HOST", help="The address to listen on.")]
PortOption = Annotated[
    int, typer.Option(metavar="PORT", min=1, max=65535, help="The port to listen on.")
]
AllowHostOption = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-host",
        metavar="NAME",
        help="Answer to a further host name, such as that of a proxy. Can be repeated.",
    ),
]
TlsCertOption = Annotated[
    Path | None,
    typer.Option(
        "--tls-cert", metavar="FILE", help="Serve over HTTPS with this certificate (PEM)."
    ),
]
TlsKeyOption = Annotated[
    Path | None,
    typer.Option("--tls-key", metavar="FILE", help="The private key of the certificate (PEM)."),
]
LogJsonOption = Annotated[
    bool,
    typer.Option("--log-json", help="Log requests to standard error as JSON, without texts."),
]


def settings_from(
    changes: Sequence[str] | None,
    model: str | None = None,
    endpoints: Sequence[str] | None = None,
) -> Settings:
    """Return the default settings with the changes of ``--set``, ``--model`` and ``--endpoint``.

    Raises:
        InputError: a change is not of the form name=value, or names no setting.
    """
    values: dict[str, str] = {}
    for change in changes or ():
        name, equals, value = change.partition("=")
        if not equals:
            raise InputError(
                f"--set takes a name and a value, such as papers_read=5, not {change!r}."
            )
        values[name] = value
    if model is not None:
        values["model"] = model
    if endpoints:
        values["endpoints"] = ",".join(endpoints)
    return Settings().updated(values)


def names_of_changes(
    changes: Sequence[str] | None,
    model: str | None = None,
    endpoints: Sequence[str] | None = None,
) -> list[str]:
    """Return the names of the settings changed by ``--set``, ``--model`` and ``--endpoint``."""
    names = [change.partition("=")[0] for change in changes or ()]
    given = {"model": model is not None, "endpoints": bool(endpoints)}
    return [*names, *(name for name, is_given in given.items() if is_given)]


def folder_from(library: Path | None) -> Path:
    """Return the folder given by ``--library``, or the default one."""
    return library_folder() if library is None else library.expanduser()
