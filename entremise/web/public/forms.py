"""Forms of the sign-in pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm
from django import forms
from django.contrib.auth import password_validation
from django.core.cache import cache
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from entremise.accounts import rules
from entremise.accounts.models import User

TOTP_LIFE_SECONDS = 120  # longer than a code is accepted
CODE_INPUT = {"inputmode": "numeric", "autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}


class IdentifierForm(forms.Form):
    """A mobile number or an e-mail address."""

    identifier = forms.CharField(
        label=_("Votre numéro de téléphone ou votre adresse électronique"),
        help_text=_("Par exemple 06 12 34 56 78 ou prenom@exemple.fr. Nous y envoyons un code à 6 chiffres."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "off", "spellcheck": "false"}),
        error_messages={"required": _("Indiquez votre numéro de téléphone portable ou votre adresse électronique.")},
    )

    def __init__(self, *args: Any, by_phone: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_phone:
            field = self.fields["identifier"]
            field.label = _("Votre adresse électronique")
            field.help_text = _(
                "Par exemple prenom@exemple.fr. Nous y envoyons un code à 6 chiffres. "
                "Ce site n'envoie pas de SMS pour l'instant : un numéro de téléphone ne suffit pas."
            )

    def clean_identifier(self) -> rules.Identifier:
        """Read what was typed, or say what is wrong with it."""
        try:
            return rules.parse_identifier(self.cleaned_data["identifier"])
        except rules.IdentifierUnusable as refusal:
            raise forms.ValidationError(_now(refusal.message) % refusal.params) from None


class CodeForm(forms.Form):
    """The six digits received."""

    code = forms.CharField(
        label=_("Le code à 6 chiffres"),
        max_length=20,
        widget=forms.TextInput(attrs=CODE_INPUT | {"class": "control-code"}),
        error_messages={"required": _("Tapez le code à 6 chiffres que vous avez reçu.")},
    )


class ShortCodeForm(forms.Form):
    """The code printed on a letter."""

    code = forms.CharField(
        label=_("Le code de votre lettre"),
        help_text=_("Dix lettres et chiffres, en majuscules ou en minuscules, avec ou sans espaces."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Tapez le code imprimé sur votre lettre.")},
    )


class EmailForm(forms.Form):
    """A professional's address."""

    email = forms.EmailField(
        label=_("Votre adresse électronique professionnelle"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={
            "required": _("Indiquez votre adresse électronique."),
            "invalid": _("Cette adresse électronique n'est pas complète."),
        },
    )


class PasswordSignInForm(EmailForm):
    """A professional's address and password."""

    password = forms.CharField(
        label=_("Votre mot de passe"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Indiquez votre mot de passe.")},
    )


class NewPasswordForm(forms.Form):
    """A new password, typed twice."""

    password = forms.CharField(
        label=_("Choisissez un mot de passe"),
        help_text=_("Au moins 12 caractères. Une phrase que vous seul connaissez est un bon mot de passe."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Choisissez un mot de passe.")},
    )
    again = forms.CharField(
        label=_("Tapez-le une seconde fois"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Tapez le mot de passe une seconde fois.")},
    )

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Refuse a weak password with the reasons."""
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        """Compare the two passwords."""
        cleaned = super().clean() or {}
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("Les deux mots de passe sont différents."))
        return cleaned


class JoinForm(NewPasswordForm):
    """What an invited professional says about themselves."""

    first_name = forms.CharField(
        label=_("Votre prénom"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Indiquez votre prénom.")},
    )
    last_name = forms.CharField(
        label=_("Votre nom"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": _("Indiquez votre nom.")},
    )
    field_order = ["first_name", "last_name", "password", "again"]


class SecondFactorForm(AuthenticateForm):  # type: ignore[misc]  # allauth has no stubs
    """The code of the application, or a recovery code; a code of the application serves once."""

    code = forms.CharField(
        label=_("Le code à 6 chiffres de votre application"),
        max_length=20,
        widget=forms.TextInput(attrs=CODE_INPUT | {"class": "control-code"}),
        error_messages={"required": _("Tapez le code affiché par votre application.")},
    )

    def clean_code(self) -> str:
        """Check the code, then burn it for as long as it could still be accepted."""
        code = str(super().clean_code())
        if not cache.add(f"second_factor:{self.user.pk}:{code}", 1, timeout=TOTP_LIFE_SECONDS):
            raise forms.ValidationError(_("Ce code a déjà servi. Attendez que votre application en affiche un autre."))
        return code


class ConfirmPasswordForm(forms.Form):
    """Asks for the password again before a second factor changes."""

    password = PasswordSignInForm.base_fields["password"]


class SetUpApplicationForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth has no stubs
    """The first code of an authenticator application."""

    code = forms.CharField(
        label=_("Le code à 6 chiffres affiché par l'application"),
        max_length=20,
        widget=forms.TextInput(attrs=CODE_INPUT | {"class": "control-code"}),
        error_messages={"required": _("Tapez le code affiché par votre application.")},
    )


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth has no stubs
    """A security key and the name its owner gives it."""

    name = forms.CharField(
        label=_("Nom de la clé"), max_length=60, required=False, help_text=_("Par exemple « clé bleue du trousseau ».")
    )

    def clean(self) -> dict[str, Any]:
        """Check the answer of the key, whatever was sent in its place."""
        with _key_refused(_("Cette clé n'a pas pu être enregistrée. Recommencez, ou choisissez une application.")):
            return dict(super().clean())


class UseKeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth has no stubs
    """The answer of a security key."""

    def clean_credential(self) -> Authenticator:
        """Check the answer of the key, whatever was sent in its place."""
        with _key_refused(
            _("Cette clé n'ouvre pas ce compte : elle n'y est pas enregistrée, ou elle en a été retirée.")
        ):
            return super().clean_credential()


@contextmanager
def _key_refused(sentence: Any) -> Iterator[None]:
    """Say it of a key where the library speaks of a code, or stumbles on what no key would send."""
    try:
        yield
    except forms.ValidationError as refusal:
        if refusal.code != "incorrect_code":
            raise
        raise forms.ValidationError(sentence) from None
    except (AttributeError, KeyError, TypeError, ValueError):
        raise forms.ValidationError(sentence) from None
