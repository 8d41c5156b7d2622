"""A provider of mailboxes that lets applications in: OAuth 2.0 with PKCE (RFC 6749, RFC 7636), on a local port."""

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit


class Refusal(Exception):
    def __init__(self, error: str, about: str = "") -> None:
        self.error, self.about = error, about


class Provider:
    """`issued` hears of each access token, as the mail servers of the provider do; `consents` is what a person says."""

    client_id, client_secret = "desk-client", "desk-secret"

    def __init__(self, back: str) -> None:
        self.back, self.consents, self.rotates = back, True, False
        self.codes: dict[str, dict[str, str]] = {}
        self.refreshing: set[str] = set()
        self.issued: list[Callable[[str], object]] = []
        self.asked: list[str] = []
        self.lives = 3600
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def revoke(self) -> None:
        """The person takes the grant back."""
        self.refreshing.clear()

    def visited(self, url: str) -> str:
        """What a browser is sent back to after the consent page at `url`."""
        told = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert told["response_type"] == "code" and told["client_id"] == self.client_id
        assert told["redirect_uri"] == self.back and told["code_challenge_method"] == "S256"
        if not self.consents:
            return f"{self.back}?{urlencode({'error': 'access_denied', 'state': told['state']})}"
        code = secrets.token_hex(8)
        self.codes[code] = told
        return f"{self.back}?{urlencode({'code': code, 'state': told['state']})}"

    def answer(self, told: dict[str, str]) -> dict[str, object]:
        self.asked.append(told["grant_type"])
        if (told.get("client_id"), told.get("client_secret")) != (self.client_id, self.client_secret):
            raise Refusal("invalid_client", "The OAuth client was not found.")
        if told["grant_type"] == "authorization_code":
            self._check_code(told)
            return self._tokens(secrets.token_hex(8))
        if told.get("refresh_token") not in self.refreshing:
            raise Refusal("invalid_grant", "Token has been expired or revoked.")
        if not self.rotates:
            return self._tokens("")
        self.refreshing.discard(told["refresh_token"])
        return self._tokens(secrets.token_hex(8))

    def _check_code(self, told: dict[str, str]) -> None:
        asked = self.codes.pop(told["code"], None)
        hashed = hashlib.sha256(told["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(hashed).decode().rstrip("=")
        if asked is None or asked["code_challenge"] != challenge or told["redirect_uri"] != self.back:
            raise Refusal("invalid_grant", "Bad code")

    def _tokens(self, refresh: str) -> dict[str, object]:
        access = secrets.token_hex(16)
        for hear in self.issued:
            hear(access)
        if refresh:
            self.refreshing.add(refresh)
        given = {"access_token": access, "expires_in": self.lives, "token_type": "Bearer"}
        return {**given, "refresh_token": refresh} if refresh else given

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
                try:
                    status, said = 200, provider.answer({name: one[0] for name, one in parse_qs(body).items()})
                except Refusal as refusal:
                    status, said = 400, {"error": refusal.error, "error_description": refusal.about}
                content = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        return Handler
