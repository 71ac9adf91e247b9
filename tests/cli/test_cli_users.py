"""``assistant users``."""

import io
import json
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.web.login.accounts import Accounts


def users(
    *arguments: str, library: Path, password: str = "", monkeypatch: pytest.MonkeyPatch
) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    return main(["users", *arguments, "--library", str(library)])


def test_account_is_added_listed_changed_and_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: str, password: str = "") -> str:
        code = users(*arguments, library=tmp_path, password=password, monkeypatch=monkeypatch)
        assert code == 0
        return capsys.readouterr().out

    run("add", "ada", "--role", "owner", password="frost")
    assert run("add", "bo", "--questions", "1200", password="melt") == "bo added (member)\n"
    assert run("list") == "ada  owner\nbo   member  1,200 questions a day\n"
    run("add", "bo", "--role", "reader", password="thaw")
    [_, bo] = json.loads(run("list", "--json"))
    assert bo == {"name": "bo", "role": "reader", "quotas": {}}
    accounts = Accounts(file=tmp_path / "accounts.json")
    assert accounts.check("bo", "thaw")
    assert not accounts.check("bo", "melt")
    run("remove", "bo")
    assert run("list") == "ada  owner\n"


def test_wrong_names_roles_and_quotas_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, problem in [
        (["add", "a:b"], "no colon"),
        (["add", "ada", "--role", "king"], "king is no role"),
        (["add", "ada", "--questions", "-1"], "--questions"),
        (["remove", "ada"], "There is no account ada"),
    ]:
        code = users(*arguments, library=tmp_path, password="x", monkeypatch=monkeypatch)
        assert code == 2
        assert problem in capsys.readouterr().err
    assert users("add", "ada", library=tmp_path, monkeypatch=monkeypatch) == 2  # no password
    assert list(tmp_path.iterdir()) == []
    nowhere = tmp_path / "nowhere"
    assert users("add", "ada", library=nowhere, password="x", monkeypatch=monkeypatch) == 2
    assert "There is no library" in capsys.readouterr().err
