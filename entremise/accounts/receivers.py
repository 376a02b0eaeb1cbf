"""How long what the accounts note is kept."""

from entremise.accounts import actions_partners, actions_recruiters, queries_partners
from entremise.accounts.models import SignIn
from entremise.accounts.models_partners import GrantToken
from entremise.accounts.rules_devices import RETENTION_DAYS
from entremise.kernel.retention import Class, days_before, declare

LOADED = (actions_partners, actions_recruiters, GrantToken)  # with the domain

declare(
    Class(
        "accounts.sign_ins",
        "Connexions réussies et manquées : date, navigateur, système ; aucune adresse de réseau",
        "Intérêt légitime : la sécurité des comptes",
        f"{RETENTION_DAYS} jours",
        "la connexion",
        "effacées",
        rows=lambda now: SignIn.objects.filter(at__lt=days_before(now, RETENTION_DAYS)),
    ),
    Class(
        "accounts.grant_tokens",
        "Codes et jetons donnés aux applications partenaires, gardés hachés",
        "Mission d'intérêt public : porter ses badges d'une plateforme à l'autre",
        "90 jours au plus",
        "le don du jeton",
        "effacés",
        rows=queries_partners.spent_tokens,
    ),
    Class(
        "accounts.grants",
        "Autorisations données à des applications partenaires",
        "Consentement de la personne",
        "1 an",
        "la fin de l'autorisation",
        "effacées",
        rows=queries_partners.over,
    ),
    Class(
        "accounts.partners",
        "Applications partenaires inscrites : nom, site, adresses de retour ; aucune donnée de personne",
        "Mission d'intérêt public : porter ses badges d'une plateforme à l'autre",
        "30 jours",
        "l'inscription, si personne ne l'autorise",
        "effacées",
        rows=queries_partners.unused,
    ),
)
