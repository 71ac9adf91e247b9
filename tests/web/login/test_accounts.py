"""Accounts, their file and their hashed secrets."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.web.login.accounts import (
    Account,
    Accounts,
    edited,
    load,
    new_account,
    parse_login,
    save,
)


@pytest.mark.parametrize(
    ("login", "name", "role", "secret"),
    [
        ("ada:frost", "ada", "owner", "frost"),
        ("ada:frost:reader", "ada", "reader", "frost"),
        ("ada:fr:ost:member", "ada", "member", "fr:ost"),
        ("ada:fr:ost", "ada", "owner", "fr:ost"),
    ],
)
def test_login_has_a_name_a_secret_and_a_role(
    login: str, name: str, role: str, secret: str
) -> None:
    account = parse_login(login)
    assert (account.name, account.role) == (name, role)
    assert Accounts([account]).check(name, secret) == account
    assert Accounts([account]).check(name, secret + "x") is None
    assert secret not in account.secret_hash


@pytest.mark.parametrize(
    "login", ["ada", "ada:", ":frost", "", "a/b:frost", "a\nb:frost", " ada:frost", "ada :frost"]
)
def test_malformed_login_is_an_error(login: str) -> None:
    with pytest.raises(InputError, match="such as ada:frost:member"):
        parse_login(login)


def test_name_and_secret_are_the_same_from_every_keyboard() -> None:
    composed, decomposed = "zo\u00eb", "zoe\u0308"
    accounts = Accounts([parse_login(f"{decomposed}:{composed}:member")])
    assert accounts.check(composed, decomposed) is not None
    assert accounts.check(decomposed, composed) is not None


def test_accounts_that_two_processes_add_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    file = tmp_path / "accounts.json"

    def add(number: int) -> None:
        with edited(file) as accounts:
            accounts[f"name{number}"] = Account(f"name{number}", "reader", "")

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add, range(24)))
    assert len(load(file)) == 24


def test_accounts_in_a_read_only_folder_are_an_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    if os.access(tmp_path, os.W_OK):
        pytest.skip("this user may write everywhere")
    with pytest.raises(InputError, match="cannot be written"), edited(tmp_path / "accounts.json"):
        pass


def test_unknown_name_and_damaged_hash_do_not_match() -> None:
    accounts = Accounts([parse_login("ada:frost")])
    assert accounts.check("bo", "frost") is None
    assert accounts.check("", "") is None


def test_file_is_private_and_read_again_when_it_changes(tmp_path: Path) -> None:
    file = tmp_path / "accounts.json"
    accounts = Accounts(file=file)
    assert not accounts.exist
    ada = new_account("ada", "frost", "member", {"questions": 20})
    save(file, [ada])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "frost" not in file.read_text()
    assert load(file) == [ada]
    assert accounts.exist
    assert accounts.find("ada") == ada
    save(file, [])
    assert accounts.find("ada") is None
    assert list(tmp_path.iterdir()) == [file]


def test_server_that_had_accounts_stays_closed_without_them(tmp_path: Path) -> None:
    file = tmp_path / "accounts.json"
    removed, lost = Accounts(file=file), Accounts(file=file)
    save(file, [new_account("ada", "frost", "owner")])
    assert removed.exist
    assert lost.exist
    save(file, [])
    assert removed.exist
    file.unlink()
    assert lost.exist
    assert not Accounts(file=file).exist


def test_damaged_file_is_an_error_and_lets_nobody_in(tmp_path: Path) -> None:
    file = tmp_path / "accounts.json"
    account = '"name": "ada", "secret_hash": "", "role"'
    for damaged in (
        "{",
        f'{{"accounts": [{{{account}: "king"}}]}}',
        f'{{"accounts": [{{{account}: "owner", "quotas": {{"papers": "x"}}}}]}}',
        f'{{"accounts": [{{{account}: "owner", "quotas": 3}}]}}',
    ):
        file.write_text(damaged)
        with pytest.raises(InputError, match=r"cannot be read .* `assistant users add`"):
            Accounts(file=file).exist  # noqa: B018
