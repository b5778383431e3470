"""A tiny OpenID Connect provider on this machine: discovery, keys, token and userinfo.

Its sign-in page lets everybody through as `person`, as a real one does who is already known.
"""

from __future__ import annotations

import json
import threading
import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = ("parelkaart", "a secret of the client")


class Provider:
    def __init__(self) -> None:
        self.person: dict[str, Any] = {"sub": "1"}
        self.methods: list[str] = ["pwd"]
        self.audience = CLIENT[0]
        self.codes: dict[str, dict[str, str]] = {}
        self.problems: list[str] = []
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        handler = type("Bound", (Handler,), {"provider": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    # What is asked with GET.

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [public | {"kid": "1", "use": "sig", "alg": "RS256"}]}

    def authorize(self, query: dict[str, str]) -> str:
        """The address that the browser is sent back to."""
        code = uuid4().hex
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    # What is posted.

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or (form.get("client_id"), form.get("client_secret")) != CLIENT:
            self.problems.append("unknown code or client")
            return None
        verifier = sha256(form.get("code_verifier", "").encode()).digest()
        if urlsafe_b64encode(verifier).rstrip(b"=").decode() != asked.get("code_challenge"):
            self.problems.append("no proof of the key")
            return None
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": self.audience, "iat": now, "exp": now + 60}
        claims |= self.person | {"amr": self.methods}
        signed = jwt.encode(claims, self.key, "RS256", headers={"kid": "1"})
        return {"access_token": "for-userinfo", "token_type": "Bearer", "id_token": signed}


class Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if url.path == "/authorize":
            query = {name: values[0] for name, values in parse_qs(url.query).items()}
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(query))
            self.end_headers()
            return
        answers = {
            "/.well-known/openid-configuration": self.provider.discovery,
            "/keys": self.provider.keys,
            "/userinfo": lambda: self.provider.person,
        }
        self.answer(answers[url.path]())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self.answer(self.provider.token(form))

    def answer(self, content: Any) -> None:
        body = json.dumps(content or {"error": "invalid_grant"}).encode()
        self.send_response(200 if content else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name it has
        pass
