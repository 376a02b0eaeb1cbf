"""Advice on an offer, and the wordings of fraud."""

from entremise.offers.rules_fraud import fraud_signs
from entremise.offers.rules_hints import HintFacts, completeness, hints

FRAUDS = {
    "money_transfer": ("Paiement par Western Union.", "Vous achetez des coupons de recharge pour nos clients"),
    "use_my_account": (
        "Vous recevez des virements sur votre compte et les reversez à nos clients.",
        "Utilisez votre compte pour encaisser nos chèques",
    ),
    "parcels": ("Réexpédition depuis votre domicile de colis reçus à votre domicile", "Recevez des colis chez vous."),
    "bank_details": ("Joignez votre RIB à la candidature", "Merci de donner vos coordonnées bancaires"),
    "identity_copy": ("Envoyez une copie de votre carte d’identité", "photo de la carte vitale demandée"),
    "messaging_only": ("Contactez-nous uniquement par WhatsApp", "Telegram uniquement"),
    "advance_fee": ("Frais de dossier : 49 €", "vous devrez payer la formation avant l'embauche"),
    "easy_money": ("Gagnez 1 500 € par semaine", "Argent facile !", "Sans expérience, touchez 4 000 € net"),
}
HONEST = (
    "Comptable : vous encaissez les chèques des clients et tenez leur compte.",
    "Chauffeur-livreur : vous livrez des colis au domicile des clients.",
    "Salaire : 1 850 € brut par mois, prime de 200 € par an.",
    "Agent de sécurité : vous contrôlez les cartes d'identité à l'entrée.",
    "Vous animez le compte Instagram et la messagerie WhatsApp du magasin.",
    "Le logement demande un signal : appelez le gardien.",
)


def test_each_wording_of_fraud_is_seen_with_its_words() -> None:
    missed = [
        (code, text) for code, texts in FRAUDS.items() for text in texts
        if code not in {sign.code for sign in fraud_signs(text)}
    ]  # fmt: skip
    assert missed == []
    (sign,) = fraud_signs("Contactez-nous uniquement par WhatsApp")
    assert sign.quote == "Contactez-nous uniquement par WhatsApp"  # as written, capitals and accents


def test_honest_offers_are_left_alone() -> None:
    assert [(text, fraud_signs(text)) for text in HONEST if fraud_signs(text)] == []


# Written by somebody who plays the fraud, then by somebody who recruits honestly and has the same words.
PLAYED = (
    "Un chèque vous sera adressé : encaissez-le et renvoyez la différence à notre fournisseur.",
    "Vous recevrez des fonds sur votre compte personnel et les reverserez, 8 % restent pour vous.",
    "Paiements de clients à faire transiter par votre compte, commission de 10 %.",
    "Réception de colis à votre adresse, étiquetage puis envoi à l'étranger, 40 € par colis.",
    "Travail à domicile : vous contrôlez et réexpédiez des colis reçus à votre adresse.",
    "Envoyez-nous une photo recto verso de votre carte d'identité et votre RIB pour préparer le contrat.",
    "CNI + RIB par mail pour réserver votre place",
    "Ajoutez notre responsable sur WhatsApp, aucun appel.",
    "L'entretien se fait par WhatsApp, on ne répond pas au téléphone.",
    "Pour bloquer le poste, versez 49 € de frais de traitement.",
    "Caution de 150 € à régler par coupon PCS pour le matériel.",
    "Achetez d'abord le pack de formation (79 €), remboursé avec la première paie.",
    "Achetez des cartes cadeaux pour nos clients et envoyez-nous les codes.",
    "Gagnez 300 € par jour depuis chez vous, sans expérience.",
    "Communiquez vos identifiants bancaires pour le versement de l'avance.",
    "RIB, carte vitale et justificatif à fournir avant l'entretien.",
)
ALIKE = (
    "Caissier : encaissement en espèces et par carte bancaire.",
    "Vous vérifiez les RIB des fournisseurs et demandez aux clients leurs coordonnées bancaires.",
    "Gestion des dépôts de garantie des locataires. La mission inclut le suivi des frais de dossier.",
    "Vous réceptionnez les colis et les rangez. Vous renvoyez les colis non distribués au dépôt.",
    "Contactez-nous par téléphone ou par WhatsApp.",
    "Vous pouvez nous écrire sur WhatsApp ou au numéro du magasin.",
    "À l'embauche, nous vous demanderons votre RIB et votre carte d'identité pour le contrat.",
    "Agent d'état civil : délivrance des passeports et des cartes d'identité.",
    "Agent de sécurité au PCS de l'hôpital.",
    "Vous conseillez nos clients sur les cryptomonnaies.",
)


def test_played_frauds_are_seen_and_what_only_resembles_them_is_not() -> None:
    assert [text for text in PLAYED if not fraud_signs(text)] == []
    assert [(text, fraud_signs(text)) for text in ALIKE if fraud_signs(text)] == []


def test_an_empty_offer_is_told_all_that_is_missing_and_a_full_one_nothing() -> None:
    assert completeness(hints(HintFacts())) == 0
    full = HintFacts(
        description="Vous accueillez les clients.\n- " + "Vous préparez les commandes. " * 12,
        company="Une librairie de quartier, trois personnes.", has_pay=True, benefit_count=2, evolution="responsable",
        has_hours=True, has_start=True, experience_months=0, skill_count=4, essential_count=2,
    )  # fmt: skip
    assert hints(full) == []
    assert completeness(hints(full)) == 100


def test_pay_comes_first_and_too_much_asked_is_said() -> None:
    asked = HintFacts(experience_months=60, training_level=7, essential_count=9, skill_count=9)
    codes = [hint.code for hint in hints(asked)]
    assert codes[0] == "pay"
    assert {"experience", "level", "essentials"} <= set(codes)
    assert completeness(hints(asked)) < 100
