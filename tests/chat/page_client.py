"""A client of the page's server that is no browser: it can send anything."""

import json
import re
import uuid
from typing import Any

import httpx

_CONFIG = re.compile(r"window\.gradio_config = (\{.*?\});</script>", re.DOTALL)


class PageClient:
    """A visitor of a served page, who may be signed in."""

    def __init__(self, address: str, login: tuple[str, str] | None = None) -> None:
        self.address = address.rstrip("/")
        self.http = httpx.Client(
            base_url=self.address,
            headers={"origin": self.address},
            timeout=120,
            trust_env=False,
            follow_redirects=True,
        )
        if login is not None:
            form = {"name": login[0], "secret": login[1]}
            assert self.http.post("/login", data=form).status_code == 200
        match = _CONFIG.search(self.http.get("/").text)
        assert match is not None
        self.config = json.loads(match[1])

    def upload(self, name: str, content: bytes) -> str:
        """Upload a file; return its path on the server."""
        response = self.http.post("/gradio_api/upload", files={"files": (name, content)})
        return str(response.raise_for_status().json()[0])

    def send(
        self,
        elem_id: str,
        event: str,
        data: list[Any],
        fields: Any = None,
        *,
        listens: bool = True,
    ) -> str:
        """Send an event of a component; return the updates of the page as JSON.

        Args:
            elem_id: of the component.
            event: such as ``click``.
            data: the values of the event's inputs.
            fields: the data of the event.
            listens: whether to be there for the answer.
        """
        dependency = self._dependency(elem_id, event)
        session = uuid.uuid4().hex[:11]
        body = {
            "data": data,
            "fn_index": dependency["id"],
            "session_hash": session,
            "event_data": fields,
            "trigger_id": dependency["targets"][0][0],
        }
        if not dependency["queue"]:
            return self._post("/gradio_api/run/predict", body).text
        if not listens:
            return self._post("/gradio_api/queue/join", body).raise_for_status().text
        with self.http.stream("GET", f"/gradio_api/heartbeat/{session}"):
            self._post("/gradio_api/queue/join", body).raise_for_status()
            query = {"session_hash": session}
            with self.http.stream("GET", "/gradio_api/queue/data", params=query) as messages:
                return "\n".join(_until_completed(messages))

    def _post(self, path: str, body: dict[str, Any]) -> httpx.Response:
        # Not httpx's own JSON, which cannot send half of a surrogate pair.
        headers = {"content-type": "application/json"}
        return self.http.post(path, content=json.dumps(body), headers=headers)

    def _dependency(self, elem_id: str, event: str) -> dict[str, Any]:
        ids = {
            one["id"] for one in self.config["components"] if one["props"].get("elem_id") == elem_id
        }
        return next(
            one
            for one in self.config["dependencies"]
            if one["backend_fn"]
            and any(id_ in ids and name == event for id_, name in one["targets"])
        )


def _until_completed(messages: httpx.Response) -> list[str]:
    lines = []
    for line in messages.iter_lines():
        lines.append(line)
        if '"process_completed"' in line:
            break
    return lines
