"""How long what the accounts note is kept."""

from entremise.accounts.models import SignIn
from entremise.accounts.rules_devices import RETENTION_DAYS
from entremise.kernel.retention import Class, days_before, declare

declare(
    Class(
        "accounts.sign_ins",
        "Connexions réussies et manquées : date, navigateur, système ; aucune adresse de réseau",
        "Intérêt légitime : la sécurité des comptes",
        f"{RETENTION_DAYS} jours",
        "la connexion",
        "effacées",
        rows=lambda now: SignIn.objects.filter(at__lt=days_before(now, RETENTION_DAYS)),
    )
)
