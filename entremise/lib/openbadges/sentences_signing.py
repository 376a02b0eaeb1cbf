"""Sentences about the form of a badge, its issuer, keys and signature."""

from entremise.lib.openbadges.sentences_reading import ASK, GIVE, SAFE, TELL_ISSUER, Part

DISTRUST = (
    "Ne vous y fiez pas : demandez une confirmation à l'émetteur.",
    "Do not rely on it: ask the issuer to confirm.",
)
FORGERY = ("Le badge a pu être modifié ou fabriqué.", "The badge may have been altered or made up.")
MALFORMED = ("Ce badge est mal écrit", "This badge is badly written")


def _malformed(fr: str, en: str) -> tuple[Part, ...]:
    return ((f"{MALFORMED[0]} : {fr}.", f"{MALFORMED[1]}: {en}."), ASK)


def _unsafe(fr: str, en: str) -> tuple[Part, ...]:
    return ((fr, en), SAFE, ASK)


def _altered(fr: str, en: str) -> tuple[Part, ...]:
    return ((f"Cette attestation n'est pas intacte : {fr}.", f"This credential is not intact: {en}."), DISTRUST)


SENTENCES: dict[str, tuple[Part, ...]] = {
    "form_ok": (("La forme est correcte : {form}.", "The form is right: {form}."),),
    "not_a_badge": (("Ce document n'est pas un badge.", "This document is not a badge."), GIVE),
    "not_an_endorsement": (("Ce document n'est pas une recommandation.", "This document is not an endorsement."), ASK),
    "presentation": (
        (
            "C'est un envoi de portefeuille numérique, qui peut contenir plusieurs attestations.",
            "This is something sent by a digital wallet, which may hold several credentials.",
        ),
        ("Donnez l'attestation elle-même.", "Give the credential itself."),
    ),
    "schema": _malformed(
        "il ne suit pas la norme Open Badges à l'endroit « {where} »",
        "it leaves the Open Badges standard at “{where}”",
    ),
    "bad_credential": _malformed("il manque des éléments obligatoires", "compulsory items are missing"),
    "bad_json_ld": _malformed("ses mots sont mal employés", "its words are misused"),
    "bad_value": _malformed("une valeur n'a pas le bon format", "a value does not have the right format"),
    "bad_time": _malformed("une date est illisible", "a date cannot be read"),
    "bad_proof": _malformed("sa signature est incomplète", "its signature is incomplete"),
    "bad_token": _malformed("le jeton est incomplet ou abîmé", "the token is incomplete or damaged"),
    "relative_reference": _malformed("une adresse est incomplète", "an address is incomplete"),
    "unexpected_keyword": _unsafe(
        "Ce badge emploie une instruction inattendue (« {term} »), qui pourrait en changer le sens.",
        "This badge uses an unexpected instruction (“{term}”), which might change its meaning.",
    ),
    "inline_context": _unsafe(
        "Ce badge redéfinit lui-même le sens des mots qu'il emploie.",
        "This badge redefines by itself the meaning of its words.",
    ),
    "unknown_context": _unsafe(
        "Ce badge emploie un vocabulaire que nous ne connaissons pas.",
        "This badge uses a vocabulary that we do not know.",
    ),
    "nested_context": _unsafe(
        "Ce badge change en chemin le sens des mots qu'il emploie.",
        "This badge changes the meaning of its words halfway.",
    ),
    "described_twice": _unsafe(
        "Ce badge décrit deux fois la même chose, peut-être différemment.",
        "This badge describes the same thing twice, perhaps differently.",
    ),
    "nested_array": _malformed("des listes y sont emboîtées", "it nests lists in lists"),
    "too_many_contexts": _unsafe(
        "Ce badge emploie trop de vocabulaires à la fois.", "This badge uses too many vocabularies at once."
    ),
    "unknown_term": (
        (
            "Ce badge contient une information que sa signature ne protège pas (« {term} »).",
            "This badge holds an information that its signature does not protect (“{term}”).",
        ),
        FORGERY,
        DISTRUST,
    ),
    "unknown_type": (
        (
            "Ce badge emploie un type inconnu (« {term} »), que sa signature ne protège pas.",
            "This badge uses an unknown type (“{term}”), which its signature does not protect.",
        ),
        DISTRUST,
    ),
    "too_symmetric": _unsafe(
        "Ce badge est construit comme un labyrinthe : il est fait pour bloquer qui le lit.",
        "This badge is built as a maze: it is made to block whoever reads it.",
    ),
    "claim_mismatch": (
        (
            "Ce badge se contredit : son enveloppe et son contenu ne disent pas la même chose.",
            "This badge contradicts itself: its envelope and its content do not say the same.",
        ),
        DISTRUST,
    ),
    "issuer_ok": (("Émis par {name}, identifié par {place}.", "Issued by {name}, identified by {place}."),),
    "no_issuer": (
        ("Ce badge ne dit pas clairement qui l'a émis.", "This badge does not clearly say who issued it."),
        DISTRUST,
    ),
    "unknown_issuer_kind": (
        (
            "L'émetteur est désigné d'une façon que nous ne savons pas encore vérifier.",
            "The issuer is named in a way that we cannot check yet.",
        ),
        ("Demandez-lui une confirmation.", "Ask them to confirm."),
    ),
    "issuer_unprovable": (
        (
            "L'émetteur ne donne qu'un numéro : rien ne prouve que la clé qui signe est la sienne.",
            "The issuer only gives a number: nothing proves that the key that signs is theirs.",
        ),
        DISTRUST,
    ),
    "issuer_elsewhere": (
        (
            "La fiche de l'émetteur, sur {host}, parle d'un autre émetteur.",
            "The issuer's page, on {host}, speaks of another issuer.",
        ),
        DISTRUST,
    ),
    "wrong_controller": (
        (
            "Ce badge est signé avec la clé de quelqu'un d'autre que l'émetteur annoncé.",
            "This badge is signed with the key of somebody else than the announced issuer.",
        ),
        DISTRUST,
    ),
    "unknown_key": (
        (
            "L'émetteur ne publie pas, ou plus, la clé qui a signé ce badge.",
            "The issuer does not publish, or no longer, the key that signed this badge.",
        ),
        ASK,
    ),
    "not_authorised": (
        (
            "L'émetteur n'autorise pas, ou plus, cette clé à signer des badges.",
            "The issuer does not let this key sign badges, or not any more.",
        ),
        ASK,
    ),
    "revoked_key": (
        ("L'émetteur a retiré la clé qui a signé ce badge.", "The issuer withdrew the key that signed this badge."),
        ASK,
    ),
    "bad_key": (("La clé de l'émetteur est inutilisable.", "The issuer's key cannot be used."), TELL_ISSUER),
    "bad_did": (("L'identifiant de l'émetteur est mal écrit.", "The issuer's identifier is badly written."), ASK),
    "bad_did_document": (
        ("La liste des clés de l'émetteur est mal écrite.", "The issuer's list of keys is badly written."),
        TELL_ISSUER,
    ),
    "certificate_not_trusted": (
        (
            "L'émetteur ne se prouve que par un certificat que nous ne connaissons pas.",
            "The issuer is only proved by a certificate that we do not know.",
        ),
        ("Demandez-lui de vous confirmer l'attestation.", "Ask them to confirm the credential."),
    ),
    "signature_ok": (
        ("La signature est juste : rien n'a été changé.", "The signature is right: nothing was changed."),
    ),
    "hosted_ok": (
        (
            "L'émetteur publie lui-même ce badge sur {host}.",
            "The issuer itself publishes this badge on {host}.",
        ),
    ),
    "wrong_signature": (
        ("La signature ne correspond pas au contenu du badge.", "The signature does not match what the badge says."),
        FORGERY,
        DISTRUST,
    ),
    "no_proof": (
        (
            "Ce badge n'est pas signé : n'importe qui a pu l'écrire.",
            "This badge is not signed: anybody may have written it.",
        ),
        DISTRUST,
    ),
    "not_checked": (
        (
            "La signature n'a pas pu être vérifiée sans connaître la clé de l'émetteur.",
            "The signature could not be checked without the issuer's key.",
        ),
    ),
    "too_much_work": _unsafe(
        "Ce badge demande trop de travail à qui le vérifie.", "This badge takes too much work to check."
    ),
    "too_many_proofs": _unsafe("Ce badge porte trop de signatures.", "This badge bears too many signatures."),
    "unsupported_suite": (
        (
            "Ce badge est signé d'une façon que nous ne savons pas encore vérifier ({suite}).",
            "This badge is signed in a way that we cannot check yet ({suite}).",
        ),
        ("Demandez une confirmation à l'émetteur.", "Ask the issuer to confirm."),
    ),
    "unknown_suite": (
        (
            "Ce badge est signé d'une façon qui n'existe pas, ou que nous ne connaissons pas ({suite}).",
            "This badge is signed in a way that does not exist, or that we do not know ({suite}).",
        ),
        DISTRUST,
    ),
    "unknown_algorithm": (
        (
            "Ce badge est signé d'une façon qui ne prouve rien ou que nous ne connaissons pas ({algorithm}).",
            "This badge is signed in a way that proves nothing or that we do not know ({algorithm}).",
        ),
        DISTRUST,
    ),
    "wrong_key_type": (
        (
            "La signature n'est pas de la sorte que la clé de l'émetteur sait faire.",
            "The signature is not of the kind that the issuer's key can make.",
        ),
        FORGERY,
        DISTRUST,
    ),
    "wrong_purpose": (
        (
            "La signature a été faite pour autre chose que délivrer un badge.",
            "The signature was made for something else than issuing a badge.",
        ),
        DISTRUST,
    ),
    "proof_chain": _unsafe(
        "Les signatures de ce badge dépendent les unes des autres, ce que nous ne savons pas vérifier.",
        "The signatures of this badge depend on each other, which we cannot check.",
    ),
    "proof_context": (
        (
            "La signature porte sur d'autres mots que ceux du badge.",
            "The signature is about other words than those of the badge.",
        ),
        DISTRUST,
    ),
    "proof_expired": (("La signature n'est plus valable depuis le {ended}.", "The signature ended on {ended}."), ASK),
    "proof_from_future": (
        ("La signature est datée du {created}, dans le futur.", "The signature is dated {created}, in the future."),
        DISTRUST,
    ),
    "header_not_allowed": _unsafe(
        "L'enveloppe de ce badge contient une consigne que nous ne suivons pas (« {name} »).",
        "The envelope of this badge holds an instruction that we do not follow (“{name}”).",
    ),
    "token_type": (("Ce jeton n'est pas un badge ({type}).", "This token is not a badge ({type})."), GIVE),
    "token_without_key": (
        (
            "Ce badge ne dit pas quelle clé de l'émetteur l'a signé : une clé apportée par le badge ne prouve rien.",
            "This badge does not say which key of its issuer signed it: a key that comes in the badge proves nothing.",
        ),
        DISTRUST,
    ),
    "verification_unknown": (
        ("Ce badge ne dit pas comment le vérifier.", "This badge does not say how to check it."),
        ASK,
    ),
    "hosted_elsewhere": (
        (
            "Ce badge est publié sur {host}, un site que l'émetteur ne dit pas être le sien.",
            "This badge is published on {host}, a site that the issuer does not call its own.",
        ),
        DISTRUST,
    ),
    "hosted_differs": (
        (
            "Ce badge n'est pas le même que celui que l'émetteur publie.",
            "This badge is not the same as the one that the issuer publishes.",
        ),
        FORGERY,
        DISTRUST,
    ),
    "hosted_gone": (
        ("L'émetteur ne publie plus ce badge sur {host}.", "The issuer no longer publishes this badge on {host}."),
        DISTRUST,
    ),
    "sd_jwt_without_tilde": (
        (
            "Cette attestation de portefeuille est incomplète : il en manque la fin.",
            "This wallet credential is incomplete: its end is missing.",
        ),
        ("Copiez tout le texte, jusqu'au dernier « ~ ».", "Copy the whole text, up to the last “~”."),
    ),
    "missing_claim": _malformed("il manque « {name} »", "“{name}” is missing"),
    "unknown_hash": _malformed("son calcul de contrôle est inconnu", "its way of checking is unknown"),
    "bad_disclosure": _malformed("un élément montré est illisible", "an item shown cannot be read"),
    "too_many_disclosures": _unsafe("Trop d'éléments sont montrés à la fois.", "Too many items are shown at once."),
    "disclosure_repeated": _altered("un élément est montré deux fois", "an item is shown twice"),
    "disclosure_unreferenced": _altered(
        "un élément montré n'est pas de l'émetteur, ou a été modifié",
        "an item shown is not the issuer's, or was altered",
    ),
    "digest_repeated": _altered("un élément y figure deux fois", "an item is in it twice"),
    "claim_repeated": _altered("« {name} » y figure deux fois", "“{name}” is in it twice"),
    "reserved_claim": _altered("elle emploie un mot réservé (« {name} »)", "it uses a reserved word (“{name}”)"),
    "claim_must_be_plain": _altered("« {name} » y est caché", "“{name}” is hidden in it"),
    "unknown_disclosure": (
        ("Vous voulez montrer un élément qui n'y est pas.", "You want to show an item that is not in it."),
        ("Choisissez parmi ceux de la liste.", "Choose among those listed."),
    ),
    "already_presented": (
        (
            "Cette attestation a déjà été préparée pour quelqu'un.",
            "This credential was already prepared for somebody.",
        ),
        ("Repartez de l'attestation d'origine.", "Start again from the original credential."),
    ),
}
