"""``assistant users add | list | remove``: the accounts of the chat page."""

import getpass
import sys
from typing import Annotated

import typer

from assistant.cli.terminal.options import JsonOption, LibraryOption, folder_from
from assistant.cli.terminal.output import print_json, print_note
from assistant.errors import InputError

app = typer.Typer(
    help="Add and remove the accounts of a library's chat page. With one, a login is required.",
    no_args_is_help=True,
)

_NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The login name.")]


@app.command()
def add(
    name: _NameArgument,
    role: Annotated[
        str,
        typer.Option(
            metavar="ROLE",
            help="owner: everything. member: asks, adds papers, removes their own. reader: asks.",
        ),
    ] = "member",
    questions: Annotated[
        int | None,
        typer.Option(metavar="N", min=0, help="Questions in 24 hours. Default: 1,000; owner: any."),
    ] = None,
    papers: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=0, help="New papers in 24 hours. Default: 10,000; owner: any."
        ),
    ] = None,
    library: LibraryOption = None,
) -> None:
    """Add an account, or give one another password or role. The password is asked for.

    It is read from the terminal, or else from the first line of standard input.

    Example:
        $ assistant users add ada --role owner
        Password of ada:
        ada added (owner)
    """
    from assistant.web.login.accounts import FILE_NAME, edited, new_account

    folder = folder_from(library)
    if not folder.is_dir():
        raise InputError(f"There is no library in {folder}. Name its folder with --library.")
    quotas = {"questions": questions, "papers": papers}
    given = {what: count for what, count in quotas.items() if count is not None}
    account = new_account(name, _password(name), role, given)
    with edited(folder / FILE_NAME) as accounts:
        accounts[account.name] = account
    typer.echo(f"{account.name} added ({role})")


@app.command("list")
def list_command(library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """List the accounts and their roles.

    Example:
        $ assistant users list
        ada  owner
    """
    from assistant.web.login.accounts import FILE_NAME, load

    accounts = load(folder_from(library) / FILE_NAME)
    if as_json:
        print_json(
            [{"name": one.name, "role": one.role, "quotas": dict(one.quotas)} for one in accounts]
        )
        return
    width = max((len(one.name) for one in accounts), default=0)
    for one in accounts:
        quotas = "".join(f"  {count:,} {what} a day" for what, count in one.quotas.items())
        typer.echo(f"{one.name:<{width}}  {one.role}{quotas}")


@app.command()
def remove(name: _NameArgument, library: LibraryOption = None) -> None:
    """Remove an account; its open sessions end at once.

    Example:
        $ assistant users remove ada
        ada removed
    """
    from assistant.web.login.accounts import FILE_NAME, edited, load, plain_text

    name, file = plain_text(name), folder_from(library) / FILE_NAME
    missing = InputError(f"There is no account {name}. See `assistant users list`.")
    if not any(account.name == name for account in load(file)):
        raise missing  # before a lock file is created, perhaps in a folder that is no library
    with edited(file) as kept:
        if kept.pop(name, None) is None:
            raise missing
    typer.echo(f"{name} removed")
    if not kept:
        print_note(
            "This was the last account. A running chat page lets nobody in now; one that is "
            "started from now on requires no login."
        )


def _password(name: str) -> str:
    if sys.stdin.isatty():
        password = getpass.getpass(f"Password of {name}: ")
        if getpass.getpass("Again: ") != password:
            raise InputError("The two passwords differ. Try again.")
        return password
    return sys.stdin.readline().rstrip("\n")
