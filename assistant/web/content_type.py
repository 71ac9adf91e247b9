"""The Content-Type of a request, read with the parser that the frameworks use."""

from dataclasses import dataclass

from assistant.web.asgi import Scope

JSON = "application/json"
MULTIPART = "multipart/form-data"
FORMS = ("application/x-www-form-urlencoded", MULTIPART)


@dataclass(frozen=True, slots=True)
class ContentType:
    """What a request says about its body.

    Attributes:
        kind: the media type in lower case, without parameters.
        boundary: what separates the parts of a multipart body; empty for other bodies.
    """

    kind: str = ""
    boundary: bytes = b""


def content_type(scope: Scope) -> ContentType:
    """Return the content type of a request; an empty one if the header is missing or repeated.

    Of repeated headers, a framework may read a different one from the one that our checks read.
    """
    from python_multipart.multipart import parse_options_header

    values = [value for name, value in scope["headers"] if name == b"content-type"]
    if len(values) != 1:
        return ContentType()
    kind, parameters = parse_options_header(values[0])
    return ContentType(kind.decode("latin-1"), parameters.get(b"boundary", b""))
