"""The accounts that `entremise run` prints: what to try, and how to sign in with one click."""

from entremise.accounts.queries import DEMO_EMAIL_DOMAIN
from entremise.demo.story import AWA_PHONE, KARIM_PHONE

ACCOUNTS = [
    ("Demandeuse d'emploi, profil à remplir (code par SMS)", f"Awa Diallo, {AWA_PHONE}"),
    ("Demandeur d'emploi, profil complet (code par SMS)", f"Karim Benali, {KARIM_PHONE}"),
    ("Conseillère entreprises", f"claire.morel@{DEMO_EMAIL_DOMAIN}"),
    ("Conseillère demandeurs", f"nadia.ferrand@{DEMO_EMAIL_DOMAIN}"),
    ("Responsable d'équipe", f"isabelle.roux@{DEMO_EMAIL_DOMAIN}"),
]
