"""Sentences about dates, withdrawal, the person named and endorsements."""

from entremise.lib.openbadges.sentences_reading import ASK, LATER, SAFE, Part

NEW_ONE = ("Demandez à l'émetteur s'il peut le renouveler.", "Ask the issuer whether it can be renewed.")
UNKNOWN = (
    "On ne peut donc pas savoir si ce badge vaut encore : prévenez l'émetteur.",
    "So one cannot know whether this badge still counts: let the issuer know.",
)
LIST = ("La liste des badges retirés", "The list of withdrawn badges")


def _list(fr: str, en: str, *more: Part) -> tuple[Part, ...]:
    return ((f"{LIST[0]} {fr}.", f"{LIST[1]} {en}."), *(more or (UNKNOWN,)))


def _holder(fr: str, en: str) -> tuple[Part, ...]:
    return (
        (f"La personne à qui cette attestation appartient {fr}.", f"The owner of this credential {en}."),
        ("Demandez-lui de la montrer de nouveau.", "Ask them to show it again."),
    )


SENTENCES: dict[str, tuple[Part, ...]] = {
    "valid_until": (("Valable jusqu'au {ends}.", "Valid until {ends}."),),
    "valid_without_end": (("Valable, sans date de fin.", "Valid, without an end date."),),
    "expired": (("Ce badge n'est plus valable depuis le {ended}.", "This badge expired on {ended}."), NEW_ONE),
    "not_yet_valid": (
        ("Ce badge ne sera valable qu'à partir du {begins}.", "This badge will only be valid from {begins}."),
        ("Revenez à cette date.", "Come back on that day."),
    ),
    "no_status": (
        (
            "L'émetteur n'a pas prévu de pouvoir retirer ce badge.",
            "The issuer has not provided for withdrawing this badge.",
        ),
    ),
    "status_ok": (("L'émetteur n'a pas retiré ce badge.", "The issuer has not withdrawn this badge."),),
    "hosted_still": (("Le badge est toujours en ligne sur {host}.", "The badge is still online on {host}."),),
    "revoked": (
        ("L'émetteur a retiré ce badge : il ne vaut plus.", "The issuer withdrew this badge: it no longer counts."),
        ("Pour en savoir plus, adressez-vous à l'émetteur.", "To know more, ask the issuer."),
    ),
    "suspended": (
        ("L'émetteur a suspendu ce badge pour le moment.", "The issuer has suspended this badge for the moment."),
        ("Réessayez plus tard ou adressez-vous à l'émetteur.", "Try again later or ask the issuer."),
    ),
    "unknown_status_entry": (
        (
            "L'émetteur dit si ce badge est retiré d'une façon que nous ne savons pas lire.",
            "The issuer tells whether this badge is withdrawn in a way that we cannot read.",
        ),
        ("Demandez-lui de vous le confirmer.", "Ask them to confirm it."),
    ),
    "bad_status_entry": (
        (
            "Ce badge n'indique pas clairement où savoir s'il a été retiré.",
            "This badge does not clearly say where to know whether it was withdrawn.",
        ),
        ASK,
    ),
    "too_many_status_entries": (
        (
            "Ce badge renvoie à trop de listes de retrait.",
            "This badge points to too many lists of withdrawals.",
        ),
        SAFE,
    ),
    "bad_status_list": _list("est illisible", "cannot be read"),
    "status_list_bomb": _list(
        "cache un contenu démesuré : elle est faite pour bloquer qui la lit",
        "hides an enormous content: it is made to block whoever reads it",
        SAFE,
    ),
    "status_list_too_short": _list(
        "est trop courte : la consulter dirait de qui il s'agit",
        "is too short: reading it would tell whose badge it is",
    ),
    "status_list_purpose": _list("sert à autre chose", "is about something else"),
    "status_list_address": _list("n'est pas celle que le badge annonce", "is not the one that the badge announces"),
    "status_list_issuer": _list("est celle d'un autre émetteur", "is another issuer's"),
    "status_list_signature": _list(
        "n'est pas bien signée : elle a pu être modifiée", "is not well signed: it may have been altered"
    ),
    "status_list_expired": _list("n'est plus à jour", "is out of date", LATER),
    "status_list_from_future": _list("est datée du futur", "is dated in the future"),
    "status_list_full": _list("est pleine", "is full"),
    "status_index_outside": _list("ne contient pas ce badge", "does not hold this badge"),
    "recipient_ok": (("Ce badge est bien pour cette personne.", "This badge is for this person."),),
    "recipient_other": (
        ("Ce badge n'est pas pour cette personne.", "This badge is not for this person."),
        (
            "Vérifiez l'adresse de courriel : le badge a pu être donné à une autre.",
            "Check the e-mail address: the badge may have been given to another one.",
        ),
    ),
    "recipient_not_named": (
        ("Ce badge ne dit pas pour qui il est.", "This badge does not say whose it is."),
        ("Demandez à la personne de le prouver autrement.", "Ask the person to prove it in another way."),
    ),
    "recipient_unknown_hash": (
        (
            "Ce badge désigne la personne d'une façon que nous ne savons pas comparer.",
            "This badge names the person in a way that we cannot compare.",
        ),
        ASK,
    ),
    "no_endorsement": (("Aucune recommandation n'accompagne ce badge.", "No endorsement comes with this badge."),),
    "endorsement_ok": (
        ("{name} recommande ce badge, et sa signature est juste.", "{name} endorses this badge, and signed it well."),
    ),
    "endorsement_refused": (
        ("La recommandation de {name} n'est pas retenue.", "The endorsement by {name} does not count."),
        ("Raison : {reason}", "Reason: {reason}"),
    ),
    "endorsement_undecided": (
        ("La recommandation de {name} n'a pas pu être vérifiée.", "The endorsement by {name} could not be checked."),
        ("Raison : {reason}", "Reason: {reason}"),
    ),
    "other_target": (("Elle parle d'autre chose que de ce badge.", "It is about something else than this badge."),),
    "too_many_endorsements": (
        (
            "Ce badge porte beaucoup de recommandations : seules les {limit} premières sont vérifiées.",
            "This badge comes with many endorsements: only the first {limit} are checked.",
        ),
    ),
    "status_other": (
        (
            "L'émetteur donne à ce badge un état que nous ne connaissons pas.",
            "The issuer gives this badge a state that we do not know.",
        ),
        ("Demandez-lui ce qu'il signifie.", "Ask them what it means."),
    ),
    "holder_ok": (
        (
            "La personne qui montre cette attestation est bien celle qui l'a reçue.",
            "Whoever shows this credential is the person who received it.",
        ),
    ),
    "holder_not_asked": (
        (
            "Cette attestation est liée à un portefeuille numérique ; qui la montre n'a pas été vérifié ici.",
            "This credential is bound to a digital wallet; who shows it was not checked here.",
        ),
    ),
    "binding_missing": _holder("n'a pas signé cet envoi", "has not signed what they sent"),
    "binding_without_key": _holder("n'est désignée par aucune clé", "is not named by any key"),
    "binding_type": _holder("a signé autre chose qu'un envoi", "signed something else than what they sent"),
    "binding_signature": _holder("n'est pas celle qui a signé cet envoi", "is not the one who signed what was sent"),
    "binding_nonce": _holder("a répondu à une autre demande", "answered another request"),
    "binding_audience": _holder("a répondu à quelqu'un d'autre", "answered somebody else"),
    "binding_time": _holder("a répondu il y a trop longtemps", "answered too long ago"),
    "binding_content": _holder("a signé un autre contenu", "signed another content"),
}
