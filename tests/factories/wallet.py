"""A small honest wallet: reads an offer, asks for a token with the code, proves its key, keeps what it was given.

It knows the standard and the site's addresses only by what the site publishes, as a real one does.
"""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.test import Client

from entremise.kernel import clock
from entremise.lib.openbadges import jws
from entremise.lib.openbadges.keys import Algorithm, PrivateKey
from entremise.lib.openbadges.oid4vci import GRANT, SCHEME

JSON = "application/json"


@dataclass
class Wallet:
    """One wallet and what it read of one offer."""

    link: str
    key: PrivateKey = field(default_factory=lambda: PrivateKey.generate(Algorithm.ES256))
    browser: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True, raise_request_exception=False))
    token: str = ""
    notification: str = ""

    def __post_init__(self) -> None:
        scheme, _, rest = self.link.partition("?")
        assert scheme == SCHEME
        self.offer = json.loads(parse_qs(rest)["credential_offer"][0])
        self.issuer = self.offer["credential_issuer"]
        self.metadata = self.get(f"{self.issuer}/.well-known/openid-credential-issuer")
        assert self.metadata["credential_issuer"] == self.issuer  # §12.2.1: else the document is thrown away
        assert "authorization_servers" not in self.metadata
        self.server = self.get(f"{self.issuer}/.well-known/oauth-authorization-server")
        assert self.server["issuer"] == self.issuer
        (self.configuration,) = self.offer["credential_configuration_ids"]

    @property
    def grant(self) -> dict[str, Any]:
        """Return what the offer says of its code."""
        found: dict[str, Any] = self.offer["grants"][GRANT]
        return found

    def get(self, address: str) -> Any:
        """Read a document of the site."""
        answer = self.browser.get(urlsplit(address).path)
        assert answer.status_code == 200, address
        return json.loads(answer.content)

    def ask_token(self, tx_code: str | None, **changed: Any) -> Any:
        """Send the code; keep the token when there is one."""
        said = {"grant_type": GRANT, "pre-authorized_code": self.grant["pre-authorized_code"], "tx_code": tx_code}
        said = {name: value for name, value in {**said, **changed}.items() if value is not None}
        answer = self.post(self.server["token_endpoint"], said)
        self.token = answer.json().get("access_token", "")
        return answer

    def nonce(self) -> str:
        """Ask for a number to sign."""
        answer = self.browser.post(urlsplit(self.metadata["nonce_endpoint"]).path)
        assert answer["Cache-Control"] == "no-store"
        return str(answer.json()["c_nonce"])

    def proof(self, *, header: dict[str, Any] | None = None, key: PrivateKey | None = None, **changed: Any) -> str:
        """Sign a proof of the key; members given as None are left out."""
        said = {"aud": self.issuer, "iat": int(clock.now().timestamp()), **changed}
        if "nonce" not in said:
            said["nonce"] = self.nonce()
        told = {"typ": "openid4vci-proof+jwt", "jwk": self.key.public.jwk(), **(header or {})}
        given = [{name: value for name, value in one.items() if value is not None} for one in (told, said)]
        return jws.sign(given[0], jws.compact(given[1]), key or self.key)

    def ask_credential(self, proof: str | None = None, *, token: str | None = None, **changed: Any) -> Any:
        """Ask for the credential; members given as None are left out."""
        asked = {
            "credential_configuration_id": self.configuration,
            "proofs": {"jwt": [proof if proof is not None else self.proof()]},
            **changed,
        }
        answer = self.send(
            self.metadata["credential_endpoint"],
            {name: value for name, value in asked.items() if value is not None},
            token=token,
        )
        self.notification = answer.json().get("notification_id", "")
        return answer

    def take(self, tx_code: str) -> str:
        """Do all that a wallet does; return the credential."""
        assert self.ask_token(tx_code).status_code == 200
        answer = self.ask_credential()
        assert answer.status_code == 200, answer.content
        (one,) = answer.json()["credentials"]
        return str(one["credential"])

    def tell(self, event: str, **changed: Any) -> Any:
        """Tell what became of the credential."""
        told = {"notification_id": self.notification, "event": event, **changed}
        return self.send(self.metadata["notification_endpoint"], told)

    def send(self, address: str, content: Any, *, token: str | None = None, media_type: str = JSON) -> Any:
        """Send JSON with the token."""
        bearer = self.token if token is None else token
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        return self.browser.post(urlsplit(address).path, body, content_type=media_type, headers=headers)

    def post(self, address: str, form: dict[str, Any]) -> Any:
        """Send a form, as RFC 6749 wants it."""
        pairs = [
            (name, one) for name, value in form.items() for one in (value if isinstance(value, list) else [value])
        ]
        path = urlsplit(address).path
        return self.browser.post(path, urlencode(pairs), content_type="application/x-www-form-urlencoded")
