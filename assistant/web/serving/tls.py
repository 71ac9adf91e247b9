"""The certificate and the key with which a server is reached over HTTPS."""

import ssl
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError

_NO_PASSWORD = b""


@dataclass(frozen=True, slots=True)
class Tls:
    """The files of a certificate and its private key, both in PEM.

    Attributes:
        certificate: the server's certificate, followed by those of intermediate authorities.
        key: its private key, without a password.
    """

    certificate: Path
    key: Path


def tls_from(certificate: Path | None, key: Path | None) -> Tls | None:
    """Return the certificate and key given by options; None if none are given.

    Raises:
        InputError: only one of them is given, a file cannot be read or used, or they do not belong
            together.
    """
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        raise InputError("HTTPS needs both files: give --tls-cert and --tls-key.")
    tls = Tls(certificate.expanduser().absolute(), key.expanduser().absolute())
    for option, file in (("--tls-cert", tls.certificate), ("--tls-key", tls.key)):
        _check_readable(option, file)
    try:
        # The server does the same. Without a password, OpenSSL would ask for it at the terminal.
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls.certificate, tls.key, password=_NO_PASSWORD)
    except ssl.SSLError as error:
        raise InputError(_problem(tls, error)) from error
    return tls


def _check_readable(option: str, file: Path) -> None:
    try:
        with file.open("rb") as opened:
            opened.read(1)
    except OSError as error:
        raise InputError(
            f"{file} cannot be read ({error.strerror}). Name a file in PEM with {option}."
        ) from error


def _problem(tls: Tls, error: ssl.SSLError) -> str:
    if error.reason == "KEY_VALUES_MISMATCH":
        return (
            f"The key in {tls.key} does not belong to the certificate in {tls.certificate}. Name "
            "the key that it was made with."
        )
    if "ENCRYPTED" in tls.key.read_text("latin-1"):
        return f"The key in {tls.key} has a password. Save it without one, readable by you only."
    if not _is_certificate(tls.certificate):
        return f"{tls.certificate} is no certificate in PEM. Name one with --tls-cert."
    return f"{tls.key} is no private key in PEM. Name the certificate's key with --tls-key."


def _is_certificate(file: Path) -> bool:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(file)
    except ssl.SSLError:
        return False
    return True
