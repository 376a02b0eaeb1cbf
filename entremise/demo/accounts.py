"""The accounts that `entremise run` prints and how to sign in; read before Django starts, a test compares."""

AWA_PHONE, KARIM_PHONE = "+33639980001", "+33639980002"  # numbers kept for fiction
ACCOUNTS = [
    ("Demandeuse d'emploi, profil à remplir (code par SMS)", AWA_PHONE),
    ("Demandeur d'emploi, profil complet (code par SMS)", KARIM_PHONE),
    ("Conseillère entreprises", "claire.morel@demo.entremise.example"),
    ("Conseillère demandeurs", "nadia.ferrand@demo.entremise.example"),
    ("Formatrice qui remet des badges", "camille.vidal@demo.entremise.example"),
    ("Recruteur d'un espace certifié (code par courriel)", "marc.garnier@demo.entremise.example"),
    ("Responsable d'équipe", "isabelle.roux@demo.entremise.example"),
]
