"""An answer in words: for the person, kindly (the fact, why, what she can do now); for the recruiter, a draft."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.reciprok.enums import ApplicationState, AsideReason, Count, RefusalReason, Step
from entremise.reciprok.models import Application

_STANDING: dict[str, tuple[Any, Any]] = {
    ApplicationState.SENT: (
        gettext_lazy("Votre candidature est partie."),
        gettext_lazy("Vous n'avez rien à faire : nous vous écrivons dès que l'employeur la lit ou répond."),
    ),
    ApplicationState.ACKNOWLEDGED: (
        gettext_lazy("Votre candidature est bien arrivée."),
        gettext_lazy("Vous n'avez rien à faire : nous relançons l'employeur à votre place."),
    ),
    ApplicationState.READ: (
        gettext_lazy("L'employeur a lu votre candidature."),
        gettext_lazy("Vous n'avez rien à faire : nous relançons l'employeur à votre place."),
    ),
    ApplicationState.HIRED: (
        gettext_lazy("Bravo : le poste est pour vous !"),
        gettext_lazy("Votre agence peut vous accompagner pour la prise de poste."),
    ),
    ApplicationState.REFUSED: (
        gettext_lazy("Votre candidature n'est pas retenue cette fois."),
        gettext_lazy("Voyez ci-dessous ce que vous pouvez faire maintenant."),
    ),
    ApplicationState.WITHDRAWN: (
        gettext_lazy("Vous avez retiré cette candidature."),
        gettext_lazy("L'employeur ne voit plus votre profil."),
    ),
    ApplicationState.UNANSWERED: (
        gettext_lazy("Cet employeur n'a pas répondu. Vous méritiez une réponse."),
        gettext_lazy("Ce silence ne dit rien de vous. Il compte dans la note publique de cet employeur."),
    ),
}
_ITS_END = (
    gettext_lazy("Cet établissement a fermé : il ne répondra plus."),
    gettext_lazy("Cela ne tient pas à votre candidature. Voyez ci-dessous ce que vous pouvez faire maintenant."),
)
_SLOTS = gettext_lazy("Dès qu'il propose des créneaux, vous en choisissez un sur la page de votre candidature.")
_UNCOUNTED = gettext_lazy("Ce silence ne dit rien de vous.")
_STEPS: dict[str, tuple[Any, Any]] = {
    Step.MEETING: (
        gettext_lazy("Bonne nouvelle : l'employeur souhaite vous rencontrer."),
        _SLOTS,
    ),
    Step.CALL: (
        gettext_lazy("Bonne nouvelle : l'employeur souhaite vous parler."),
        gettext_lazy("Gardez votre téléphone près de vous : il vous appelle."),
    ),
    Step.TEST: (
        gettext_lazy("Bonne nouvelle : l'employeur vous propose un essai."),
        _SLOTS,
    ),
    Step.IMMERSION: (
        gettext_lazy("Bonne nouvelle : l'employeur vous propose une immersion, pour découvrir le poste."),
        gettext_lazy("Votre agence prépare la convention avec vous et lui."),
    ),
}
_REASONS: dict[str, Any] = {
    RefusalReason.SKILLS: gettext_lazy("Ce poste demande une compétence que votre profil ne montre pas encore."),
    RefusalReason.EXPERIENCE: gettext_lazy("L'employeur cherche quelqu'un qui a exercé plus longtemps ce métier."),
    RefusalReason.DISTANCE: gettext_lazy("Le trajet semble trop long pour ce poste."),
    RefusalReason.AVAILABILITY: gettext_lazy("Les horaires ou les dates de ce poste ne vont pas avec les vôtres."),
    RefusalReason.OTHER_KEPT: gettext_lazy("Une autre personne a été retenue."),
    RefusalReason.FILLED: gettext_lazy("Le poste est pourvu."),
    RefusalReason.STOPPED: gettext_lazy("L'employeur arrête ce recrutement : ce n'est pas votre candidature."),
    RefusalReason.NO_NEED: gettext_lazy("Cet employeur n'a pas de besoin en ce moment."),
    RefusalReason.OTHER: gettext_lazy("L'employeur vous explique son choix ci-dessous."),
}
_DRAFTS: dict[str, Any] = {
    RefusalReason.SKILLS: gettext_lazy(
        "Merci de votre candidature. Le poste demande une compétence que nous n'avons pas trouvée dans votre profil. "
        "Nous vous souhaitons de trouver vite un poste qui vous convienne."
    ),
    RefusalReason.EXPERIENCE: gettext_lazy(
        "Merci de votre candidature. Nous cherchons cette fois une personne qui a déjà exercé ce métier plus "
        "longtemps. Nous vous souhaitons une bonne continuation."
    ),
    RefusalReason.DISTANCE: gettext_lazy(
        "Merci de votre candidature. Le trajet entre chez vous et le poste nous semble trop long, compte tenu des "
        "horaires. Nous vous souhaitons de trouver plus près."
    ),
    RefusalReason.AVAILABILITY: gettext_lazy(
        "Merci de votre candidature. Vos disponibilités ne correspondent pas à celles du poste. N'hésitez pas à "
        "revenir vers nous si elles changent."
    ),
    RefusalReason.OTHER_KEPT: gettext_lazy(
        "Merci de votre candidature. Nous avons retenu une autre personne. Votre profil nous a intéressés, et nous "
        "vous souhaitons de réussir ailleurs."
    ),
    RefusalReason.FILLED: gettext_lazy(
        "Merci de votre candidature. Le poste vient d'être pourvu. Nous vous souhaitons une bonne continuation."
    ),
    RefusalReason.STOPPED: gettext_lazy(
        "Merci de votre candidature. Nous arrêtons ce recrutement : cela ne tient pas à vous. Nous vous souhaitons "
        "une bonne continuation."
    ),
    RefusalReason.NO_NEED: gettext_lazy(
        "Merci de votre candidature. Nous n'avons pas de besoin en ce moment. N'hésitez pas à nous écrire de nouveau "
        "dans quelques mois."
    ),
}


@dataclass(frozen=True, slots=True)
class News:
    """How an application stands, in kind words: the fact, why, what comes next."""

    fact: str
    reason: str
    next_step: str


def news(application: Application, state: str = "") -> News:
    """Return how an application stands, or would in another state, for the person, in the active language."""
    state = state or application.state
    if state == ApplicationState.FAVOURABLE:
        fact, next_step = _STEPS[application.step or Step.CALL]
    elif state == ApplicationState.UNANSWERED and not is_silence(application):
        fact, next_step = _ITS_END
    else:
        fact, next_step = _STANDING[state]
        if state == ApplicationState.UNANSWERED and application.count == Count.ASIDE:
            next_step = _UNCOUNTED
    reason = _REASONS.get(application.reason, "") if state == ApplicationState.REFUSED else ""
    return News(str(fact), str(reason), str(next_step))


def is_silence(application: Application) -> bool:
    """Tell whether nobody answered though somebody could: an establishment that closed kept nobody waiting."""
    return application.count == Count.SILENT or (
        application.count == Count.ASIDE and application.aside_reason != AsideReason.CLOSED
    )


def draft(reason: str) -> str:
    """Return the words proposed to the recruiter for a reason; empty when only they can explain."""
    return str(_DRAFTS.get(reason, ""))


def drafts() -> dict[str, str]:
    """Return every draft by its reason."""
    return {str(reason): draft(reason) for reason in RefusalReason.values}


def what_for(application: Application) -> str:
    """Return what somebody applied to, in words."""
    offer = application.inbox.offer
    return offer.title if offer else _("Candidature spontanée")
