"""What an account may use in 24 hours."""

from pathlib import Path

import pytest

from assistant.chat.quotas import Quotas
from assistant.errors import InputError
from assistant.web.login.accounts import Account
from assistant.web.login.audit import AuditLog

DAY_S = 24 * 3600
ADA = Account("ada", "member", "", {"questions": 3})
OWNER = Account("bo", "owner", "")


class Clock:
    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


def test_account_uses_its_quota_in_any_24_hours(tmp_path: Path) -> None:
    clock = Clock()
    quotas = Quotas(AuditLog(tmp_path / "audit.jsonl"), clock)
    for _ in range(3):
        quotas.check(ADA, "questions")
        quotas.count(ADA, "questions")
        clock.now += 3600
    with pytest.raises(InputError, match=r"may ask 3 questions in 24 hours.* in 21 hours"):
        quotas.check(ADA, "questions")
    clock.now += DAY_S - 3 * 3600
    quotas.check(ADA, "questions")
    with pytest.raises(InputError):
        quotas.check(ADA, "questions", 2)


def test_roles_have_quotas_of_their_own(tmp_path: Path) -> None:
    quotas = Quotas(AuditLog(tmp_path / "audit.jsonl"))
    quotas.check(OWNER, "questions", 1_000_000)
    quotas.check(ADA, "papers", 10_000)
    with pytest.raises(InputError, match="may add 10,000 papers"):
        quotas.check(ADA, "papers", 10_001)
    with pytest.raises(InputError, match="may ask 1,000 questions"):
        quotas.check(Account("cy", "reader", ""), "questions", 1001)


def test_restart_does_not_forget_what_was_used(tmp_path: Path) -> None:
    audit = AuditLog(tmp_path / "audit.jsonl")
    audit.write("ada", "ask", count=2)
    audit.write("cy", "ask", count=2)
    with (tmp_path / "audit.jsonl").open("a") as log:
        log.write('{"at": "once", "account": "ada", "action": "ask"}\n{"action": []}\n')
        log.write('{"at": "2020-01-01T00:00:00+00:00", "account": "ada", "action": "ask"}\n')
    quotas = Quotas(audit)
    quotas.check(ADA, "questions")
    with pytest.raises(InputError):
        quotas.check(ADA, "questions", 2)


@pytest.mark.parametrize("ahead_s", [365 * DAY_S, -365 * DAY_S])
def test_clock_that_was_wrong_for_a_while_locks_nobody_out(tmp_path: Path, ahead_s: int) -> None:
    clock = Clock()
    quotas = Quotas(AuditLog(tmp_path / "audit.jsonl"), clock)
    clock.now += ahead_s
    quotas.count(ADA, "questions", 3)
    clock.now -= ahead_s
    quotas.check(ADA, "questions", 3)


def test_clock_that_is_set_back_frees_nothing(tmp_path: Path) -> None:
    clock = Clock()
    quotas = Quotas(AuditLog(tmp_path / "audit.jsonl"), clock)
    quotas.count(ADA, "questions", 3)
    clock.now -= 3600
    with pytest.raises(InputError):
        quotas.check(ADA, "questions")
