"""What can be found in the text of an offer: kinds, severities, codes, and the article each code cites.

Labels of the corpora (`tests/lib/fairwording_*.csv`) are the values of `Code`. A code has one kind:
`discrimination` and `illegal` are what the measure counts; a `hint` is advice and is never counted.
"""

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a finding is about."""

    DISCRIMINATION = "discrimination"
    ILLEGAL = "illegal"
    HINT = "hint"


class Severity(StrEnum):
    """What a finding does: stops the publication, asks an adviser to look, or only advises."""

    BLOCKING = "blocking"
    WARNING = "warning"
    ADVICE = "advice"


class Code(StrEnum):
    """One thing an offer may say, or fail to say. The comments give an example of each."""

    # Discrimination: the criteria of L. 1132-1, in the order of the article.
    ORIGIN = "origin"  # « de type européen », « né en France », « bleu blanc rouge », « BBR »
    SEX = "sex"  # « nous recherchons un homme », « poste réservé aux femmes », « elle assurera l’accueil »
    GENDERED_TITLE = "gendered_title"  # a title open to one sex only: « Hôtesse d’accueil », « Serveuse »
    MORALS = "morals"  # « bonnes mœurs exigées », « vie privée irréprochable », « non-fumeur »
    SEXUAL_ORIENTATION = "sexual_orientation"  # « hétérosexuel », « gay s’abstenir »
    GENDER_IDENTITY = "gender_identity"  # « pas de personne trans »
    AGE = "age"  # « moins de 35 ans », « jeune diplômé », « profil junior de 20 à 30 ans », « senior s’abstenir »
    FAMILY = "family"  # « célibataire », « sans enfant », « sans charge de famille », « marié »
    PREGNANCY = "pregnancy"  # « pas de projet de grossesse », « femme enceinte s’abstenir »
    GENETICS = "genetics"  # « test ADN », « antécédents génétiques »
    ECONOMIC_VULNERABILITY = "economic_vulnerability"  # « bénéficiaires du RSA s’abstenir », « pas de SDF »
    ETHNICITY = "ethnicity"  # ethnic group, nation, alleged race: « nationalité française », « pas de Roms »
    POLITICS = "politics"  # « apolitique », « proche de nos idées politiques »
    UNION = "union"  # « non syndiqué », « pas de militant syndical », mutual-fund activity, right to strike
    ELECTED_OFFICE = "elected_office"  # « sans mandat électif », « élus locaux s’abstenir »
    RELIGION = "religion"  # « de confession catholique », « sans voile », « ne pratiquant pas le ramadan »
    APPEARANCE = "appearance"  # « belle présentation », « physique agréable », « taille mannequin », « sans tatouage »
    SURNAME = "surname"  # « nom à consonance française »
    RESIDENCE = "residence"  # « habiter Valence », « résidant à moins de 10 km », « pas de candidat du 93 »
    BANK = "bank"  # « compte dans une banque française », « compte domicilié au Crédit X »
    HEALTH = "health"  # « en bonne santé », « pas de mal de dos », « vacciné » where no law asks it
    AUTONOMY_LOSS = "autonomy_loss"  # « sans perte d’autonomie », « ne pas dépendre d’un tiers »
    DISABILITY = "disability"  # « pas de RQTH », « poste non accessible aux personnes handicapées », « valide »
    LANGUAGE = "language"  # ability in another language as origin: « anglais langue maternelle », « sans accent »
    WHISTLEBLOWER = "whistleblower"  # « lanceurs d’alerte s’abstenir », « jamais signalé son employeur »

    # Illegal, other than discrimination.
    PAY_BELOW_MINIMUM = "pay_below_minimum"  # « 9 € brut de l’heure », « 1 200 € brut pour 35 h »
    PAY_ONLY_VARIABLE = "pay_only_variable"  # « rémunéré uniquement à la commission, sans fixe » for an employee
    UNPAID_TRIAL = "unpaid_trial"  # « essai non rémunéré », « une semaine de test gratuite »
    TRIAL_TOO_LONG = "trial_too_long"  # « période d’essai de 12 mois »
    FEES = "fees"  # « frais de dossier à votre charge », « formation payante avant l’embauche »
    DEPOSIT = "deposit"  # « caution de 200 € demandée », « chèque de garantie »
    PURCHASE = "purchase"  # « achat du kit de démarrage », « tenue à acheter »
    PREMIUM_NUMBER = "premium_number"  # « appelez le 0 899 12 34 56 », an SMS to 5 digits
    FALSE_SELF_EMPLOYMENT = "false_self_employment"  # « statut auto-entrepreneur exigé » for an employee's post
    UNDECLARED_WORK = "undeclared_work"  # « payé au noir », « une partie en espèces non déclarée »
    EXCESSIVE_HOURS = "excessive_hours"  # « 60 heures par semaine », « 7 jours sur 7 sans repos »
    MISLEADING = "misleading"  # « revenus illimités garantis », « gagnez 5 000 € sans effort », pyramid selling
    FOREIGN_TEXT = "foreign_text"  # the text, or whole sentences of it, not in French
    PHOTO = "photo"  # « CV avec photo obligatoire »
    PERSONAL_DOCUMENTS = "personal_documents"  # identity card, carte Vitale, bank details asked to apply
    CRIMINAL_RECORD = "criminal_record"  # « casier judiciaire vierge » outside a regulated job
    PRIVATE_LIFE = "private_life"  # questions with no link to the job: spouse, profiles on social networks, hobbies

    # Hints: advice, never counted in the measure (do not label with them).
    MISSING_CONTRACT = "missing_contract"
    MISSING_PLACE = "missing_place"
    MISSING_START = "missing_start"
    MISSING_HOURS = "missing_hours"
    MISSING_PAY = "missing_pay"
    TITLE_TOO_VAGUE = "title_too_vague"
    DRIVING_LICENCE = "driving_licence"  # a licence asked while nothing in the text says why
    FOREIGN_TERM = "foreign_term"  # a foreign job word where a French one exists: « sales manager »
    TEAM_AGE = "team_age"  # « équipe jeune »: lawful when it describes, better left out
    VAGUE_PAY = "vague_pay"  # « salaire selon profil » and no amount
    TEXT_TOO_LONG = "text_too_long"  # read only in part


LAST_DISCRIMINATION: Final = Code.WHISTLEBLOWER
LAST_ILLEGAL: Final = Code.PRIVATE_LIFE


def _kinds() -> dict[Code, Kind]:
    order = list(Code)
    discrimination, illegal = order.index(LAST_DISCRIMINATION), order.index(LAST_ILLEGAL)
    return {
        code: Kind.DISCRIMINATION if at <= discrimination else Kind.ILLEGAL if at <= illegal else Kind.HINT
        for at, code in enumerate(order)
    }


_KINDS: Final = _kinds()


def kind_of(code: Code) -> Kind:
    """Return the kind of a code: the order of the enumeration says it."""
    return _KINDS[code]
