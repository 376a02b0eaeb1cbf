"""Words from which the invented people and companies are made; any likeness is chance."""

from dataclasses import dataclass

FIRST_NAMES = (
    "Amina", "Bilal", "Camille", "Chloé", "Claire", "David", "Élodie", "Fatou", "Farid", "Gabriel", "Hugo",
    "Inès", "Ibrahim", "Jade", "Jeanne", "Julien", "Karim", "Kenza", "Laura", "Léa", "Lina", "Lucas", "Maëlle",
    "Malik", "Manon", "Marc", "Marion", "Mehdi", "Nadia", "Nathan", "Nicolas", "Olga", "Ousmane", "Paul",
    "Rachid", "Romain", "Samia", "Sandrine", "Sofia", "Sylvie", "Thomas", "Valérie", "Victor", "Yanis",
    "Yvonne", "Zoé",
)  # fmt: skip
LAST_NAMES = (
    "Aubert", "Barbier", "Belkacem", "Benali", "Bernard", "Blanchet", "Bonnet", "Camara", "Chevalier", "Colin",
    "Da-Silva", "Delmas", "Diallo", "Dumas", "Fabre", "Fernandes", "Fontaine", "Garnier", "Giraud", "Haddad",
    "Imbert", "Jacquet", "Keita", "Lambert", "Leroux", "Marchand", "Mercier", "Morel", "Nguyen", "Noël",
    "Okafor", "Perrin", "Petrenko", "Picard", "Ribeiro", "Roche", "Rousseau", "Sanchez", "Simon", "Traoré",
    "Vidal", "Weber", "Yilmaz",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trade:
    """A kind of company: how it is called, its activity (NAF), who works there (ROME codes), a contact's function."""

    names: tuple[str, ...]
    naf: str
    romes: tuple[str, ...]
    function: str


OWN_NAMES = (
    "des Lilas", "du Vercors", "de la Gare", "des Tilleuls", "du Midi", "Belle-Rive", "des Deux-Rives",
    "du Moulin", "Saint-Roch", "de l'Isère", "des Alpes", "du Pont-Neuf", "de la Fontaine", "des Cerisiers",
    "du Belvédère", "Mistral", "des Quatre-Vents", "du Lavoir", "de la Plaine", "des Oliviers", "du Rhône",
    "Grand-Rue", "des Remparts", "du Parc",
)  # fmt: skip
TRADES = (
    Trade(("Résidence", "EHPAD"), "87.10A", ("J1501", "J1301", "K1302", "J1506", "G1609"), "cadre de santé"),
    Trade(
        ("Aide à domicile", "Services à la personne"), "88.10A", ("K1302", "K1304", "K1303"), "responsable de secteur"
    ),
    Trade(("Restaurant", "Brasserie", "Auberge"), "56.10A", ("G1609", "G1602", "G1803"), "chef de cuisine"),
    Trade(("Hôtel",), "55.10Z", ("G1501", "G1703", "G1803"), "gouvernante générale"),
    Trade(("Boulangerie", "Fournil"), "10.71C", ("D1102", "D1106"), "gérante"),
    Trade(("Supermarché", "Marché"), "47.11D", ("D1505", "D1507", "D1101"), "directrice de magasin"),
    Trade(("Transports", "Messagerie"), "49.41A", ("N4101", "N4105", "N1105"), "responsable d'exploitation"),
    Trade(("Entrepôt", "Plateforme logistique"), "52.10B", ("N1101", "N1103", "N1105"), "chef d'équipe"),
    Trade(("Maçonnerie", "Bâtiment"), "43.99C", ("F1703", "F1704", "F1606"), "conducteur de travaux"),
    Trade(("Électricité", "Plomberie"), "43.21A", ("F1602", "F1603"), "artisan"),
    Trade(("Propreté", "Net-Services"), "81.21Z", ("K2205", "I1203"), "cheffe d'équipe"),
    Trade(("Conserverie", "Fromagerie"), "10.39B", ("H2105", "H3302", "I1304"), "responsable de production"),
    Trade(("Atelier de mécanique", "Métallerie"), "25.62B", ("H2913", "H2909", "I1304"), "chef d'atelier"),
    Trade(("Garage",), "45.20A", ("I1604",), "patron"),
    Trade(("Crèche", "École"), "88.91A", ("J1304", "K1308", "K1303", "G1203"), "directrice"),
    Trade(("Verger", "Pépinières"), "01.24Z", ("A1401", "A1402", "A1203"), "exploitant"),
    Trade(("Cabinet", "Bureau"), "69.20Z", ("M1203", "M1607", "M1602", "M1601"), "responsable administrative"),
    Trade(("Studio", "Agence web"), "62.01Z", ("M1855", "E1205", "E1101", "I1401"), "cofondatrice"),
    Trade(("Salon de coiffure",), "96.02A", ("D1202",), "gérante"),
    Trade(("Sécurité",), "80.10Z", ("K2503",), "responsable d'agence"),
)
WISHED_ALSO = ("N4103", "D1408", "H2206", "J1305", "K1306", "B1803")
ANSWER_WORDS = (
    "Merci, profil intéressant pour nos remplacements d'été.",
    "Nous recherchons quelqu'un pour janvier, pouvons-nous convenir d'un rendez-vous ?",
    "Le profil est bon, mais nous n'avons pas de poste en ce moment.",
    "À garder pour l'ouverture de notre deuxième équipe.",
    "",
)
CONVERSATIONS = (
    "Besoin de renfort à partir du mois prochain, surtout le week-end.",
    "Très satisfaite de la dernière personne présentée.",
    "Préfère être appelée le matin avant dix heures.",
    "Ouvre un second site l'an prochain : quatre postes à prévoir.",
)
NEXT_ACTIONS = (
    "Rappeler pour connaître la décision",
    "Proposer deux profils du vivier",
    "Passer sur place",
    "Envoyer la fiche PMSMP",
)
