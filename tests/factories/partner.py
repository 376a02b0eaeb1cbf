"""A small honest platform: it registers, sends a person to be asked, exchanges her answer for tokens, reads, writes.

It knows the site's addresses only by what the site publishes, as a real one does.
"""

import base64
import datetime as dt
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.test import Client

from entremise.accounts.models_partners import Grant, PartnerApplication
from entremise.kernel import clock
from entremise.lib.openbadges import di, ob3, vcjwt
from entremise.lib.openbadges.claims import Achievement, Claim, Issuer
from entremise.lib.openbadges.keys import Algorithm, PrivateKey
from tests.factories.badges import claim

JSON = "application/json"
PREFIX = "https://purl.imsglobal.org/spec/ob/v3p0/scope/"
READ, WRITE = f"{PREFIX}credential.readonly", f"{PREFIX}credential.upsert"
SEE_PROFILE, CHANGE_PROFILE = f"{PREFIX}profile.readonly", f"{PREFIX}profile.update"
ALL = (READ, WRITE, SEE_PROFILE, CHANGE_PROFILE)
CALLBACK = "https://plateforme.example/retour?de=entremise"


@dataclass
class Partner:
    """One platform and what it was told."""

    method: str = "client_secret_basic"
    browser: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True, raise_request_exception=False))
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(40))
    state: str = field(default_factory=lambda: secrets.token_urlsafe(8))
    client_id: str = ""
    secret: str = ""
    access: str = ""
    refresh: str = ""

    def __post_init__(self) -> None:
        self.service = self.read("/ims/ob/v3p0/discovery")
        self.security = self.service["components"]["securitySchemes"]["OAuth2ACG"]
        self.flow = self.security["flows"]["authorizationCode"]
        self.server = self.read("/.well-known/oauth-authorization-server")

    def read(self, path: str) -> Any:
        """Read a public document."""
        answer = self.browser.get(path)
        assert answer.status_code == 200, path
        return json.loads(answer.content)

    def register(self, **changed: Any) -> Any:
        """Say who it is; keep what it is given."""
        said = {
            "client_name": "Ma Plateforme",
            "client_uri": "https://plateforme.example",
            "policy_uri": "https://plateforme.example/donnees",
            "redirect_uris": [CALLBACK],
            "token_endpoint_auth_method": self.method,
            "grant_types": ["authorization_code", "refresh_token"],
            "response_types": ["code"],
            "scope": " ".join(ALL),
            "software_statement": "eyJhbGciOiJub25lIn0.e30.",
        }
        said = {name: value for name, value in {**said, **changed}.items() if value is not None}
        address = urlsplit(self.security["x-imssf-registrationUrl"]).path
        answer = self.browser.post(address, json.dumps(said), content_type=JSON)
        if answer.status_code == 201:
            told = answer.json()
            self.client_id, self.secret = told["client_id"], told.get("client_secret", "")
        return answer

    def question(self, *scopes: str, **changed: Any) -> str:
        """Return the address to which it sends the person."""
        said = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": CALLBACK,
            "scope": " ".join(scopes or ALL),
            "state": self.state,
            "code_challenge": self.challenge,
            "code_challenge_method": "S256",
        }
        said = {name: value for name, value in {**said, **changed}.items() if value is not None}
        return f"{urlsplit(self.flow['authorizationUrl']).path}?{urlencode(said)}"

    @property
    def challenge(self) -> str:
        """Return the hash of its verifier (RFC 7636 §4.2)."""
        made = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(made).rstrip(b"=").decode()

    def ask(self, person: Client, *scopes: str, answer: str = "yes", **changed: Any) -> dict[str, str]:
        """Send the person, who answers; return what comes back with her."""
        address = self.question(*scopes, **changed)
        assert person.get(address).status_code == 200
        return came_back(person.post(address, {"answer": answer}))

    def exchange(self, code: str, **changed: Any) -> Any:
        """Exchange a code for tokens."""
        said = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": CALLBACK,
            "code_verifier": self.verifier,
        }
        return self._kept(self.token(**{**said, **changed}))

    def renew(self, **changed: Any) -> Any:
        """Exchange its refresh token for new ones."""
        return self._kept(self.token(**{"grant_type": "refresh_token", "refresh_token": self.refresh, **changed}))

    def token(self, **said: Any) -> Any:
        """Ask for tokens, proving who it is as it registered."""
        return self._post(self.flow["tokenUrl"], {name: value for name, value in said.items() if value is not None})

    def revoke(self, token: str) -> Any:
        """Give up a token."""
        return self._post(self.server["revocation_endpoint"], {"token": token})

    def allowed(self, person: Client, *scopes: str) -> "Partner":
        """Go all the way to tokens."""
        if not self.client_id:
            assert self.register().status_code == 201
        code = self.ask(person, *scopes)["code"]
        assert self.exchange(code).status_code == 200
        return self

    def get(self, path: str, **query: Any) -> Any:
        """Read with its token."""
        return self.browser.get(f"/ims/ob/v3p0{path}", query, **self._bearer())

    def send(self, body: bytes, media_type: str = JSON) -> Any:
        """Bring a badge."""
        return self.browser.post("/ims/ob/v3p0/credentials", body, content_type=media_type, **self._bearer())

    def put(self, told: dict[str, Any]) -> Any:
        """Correct the profile."""
        body = json.dumps(told)
        return self.browser.put("/ims/ob/v3p0/profile", body, content_type=JSON, **self._bearer())

    def _bearer(self) -> dict[str, str]:
        return {"HTTP_AUTHORIZATION": f"Bearer {self.access}"} if self.access else {}

    def _post(self, address: str, said: dict[str, str]) -> Any:
        headers = {}
        if self.method == "client_secret_basic":
            pair = base64.b64encode(f"{self.client_id}:{self.secret}".encode()).decode()
            headers["HTTP_AUTHORIZATION"] = f"Basic {pair}"
        else:
            said = {**said, "client_id": self.client_id} | ({"client_secret": self.secret} if self.secret else {})
        kind = "application/x-www-form-urlencoded"
        return self.browser.post(urlsplit(address).path, urlencode(said), content_type=kind, **headers)

    def _kept(self, answer: Any) -> Any:
        if answer.status_code == 200:
            self.access, self.refresh = answer.json()["access_token"], answer.json()["refresh_token"]
        return answer


def came_back(answer: Any) -> dict[str, str]:
    """Return what a person brings back to the platform."""
    assert answer.status_code == 302, answer.content
    assert answer["Location"].startswith(CALLBACK)
    assert answer["Referrer-Policy"] == "no-referrer"
    found = parse_qs(urlsplit(answer["Location"]).query)
    assert found.pop("de") == ["entremise"]
    return {name: values[0] for name, values in found.items()}


def granted(user: Any, *, name: str = "Ma Plateforme", scopes: tuple[str, ...] = ALL) -> Grant:
    """Return what somebody allowed an application, as rows."""
    now = clock.now()
    application = PartnerApplication.objects.create(
        name=name, redirects=[CALLBACK], scopes=list(scopes), authentication="none", created_at=now
    )
    until = now + dt.timedelta(days=365)
    return Grant.objects.create(application=application, user=user, scopes=list(scopes), created_at=now, until=until)


KEY = PrivateKey.generate(Algorithm.EDDSA)


def elsewhere(number: int = 1, *, key: PrivateKey = KEY, **changed: Any) -> bytes:
    """Return a badge that another platform signed, with a key that its identifier says (did:key)."""
    name = f"did:key:{key.public.multikey()}"
    document = ob3.build(_told(number, name, **changed))
    return ob3.serialised(di.sign(document, key, f"{name}#{key.public.multikey()}", clock.now()))


def elsewhere_token(number: int = 1) -> bytes:
    """Return the same as a token (VC-JWT)."""
    name = f"did:key:{KEY.public.multikey()}"
    document = ob3.build(_told(number, name))
    return vcjwt.sign_credential(document, KEY, f"{name}#{KEY.public.multikey()}").encode()


def _told(number: int, issuer: str, *, title: str = "Secouriste", **changed: Any) -> Claim:
    achievement = Achievement(
        id=f"https://ecole.example/badges/{number}", name=title, description="Sait porter secours.", criteria="Examen."
    )
    facts: dict[str, Any] = {
        "id": f"urn:uuid:6f2c1c1e-6d4f-4b5e-9d55-{number:012d}",
        "issuer": Issuer(issuer, "École d'ailleurs"),
        "achievement": achievement,
        "statuses": (),
        "valid_from": clock.now(),
        "awarded_at": clock.now(),
        "valid_until": None,
        **changed,
    }
    return claim(**facts)
