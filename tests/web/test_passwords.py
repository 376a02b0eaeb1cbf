"""What a password may be: long, of any characters, not known to everybody, not made of the service's own words."""

import pytest
from django.conf import settings
from django.contrib.auth.hashers import identify_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from entremise.web.public.forms import NewPasswordForm, PasswordSignInForm


@pytest.mark.parametrize(
    "password",
    ["Entremise2026!", "francetravail26", "Azerty123456789", "conseiller-emploi-2026", "Bonjour!Bonjour1"],
)  # fmt: skip
def test_the_words_of_the_service_are_not_enough(password: str) -> None:
    with pytest.raises(ValidationError, match=r"se devine|trop courant|trop court"):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    [
        "password1234567", "iloveyou-2026!", "sunshine????99", "monkeymonkey", "qwertyuiopasdfgh", "azertyuiop1234",
        "123456789012", "098765432109", "aaaaaaaaaaaaaa", "abcdefghijklmn", "iloveyou", "court",
        "ééééàààà ùùùù çççç",
    ],
)  # fmt: skip
def test_known_and_short_passwords_are_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    [
        "quatre mots choisis au hasard", "correct cheval pile agrafe", "8472-9931-2277-4410", "dès Noël où ça naîtra",
        "mon emploi est tuteur de vélos", "🙂 trois renards dans la neige", "lampadaire vert " * 8,
    ],
)  # fmt: skip
def test_any_long_phrase_is_welcome_whatever_its_characters(password: str) -> None:
    validate_password(password)
    form = NewPasswordForm({"password": password, "again": password})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["password"] == password


def test_a_password_is_taken_as_it_is_typed_and_hidden_while_typed() -> None:
    for form in (NewPasswordForm(), PasswordSignInForm()):
        field = form.fields["password"]
        assert field.strip is False
        assert field.max_length is None
        assert field.widget.input_type == "password"
        assert field.widget.attrs["autocomplete"] in {"new-password", "current-password"}
        assert "onpaste" not in str(form)


@pytest.mark.usefixtures("hashes_as_served")
def test_a_password_is_kept_as_a_slow_hash() -> None:
    assert settings.PASSWORD_HASHERS[0].endswith("PBKDF2PasswordHasher")
    kept = make_password("quatre mots choisis au hasard", hasher="pbkdf2_sha256")
    assert identify_hasher(kept).iterations >= 600_000  # OWASP's figure for PBKDF2 with SHA-256
    assert "quatre" not in kept
