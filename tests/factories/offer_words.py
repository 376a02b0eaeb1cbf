"""Words of invented offers: what employers say of themselves, of the post, of what they give, each in several ways.

Written apart from the dictionary of `entremise.lib.nearduplicates`, and wider than it: half of the synonyms and most
of the ways to say a sentence are unknown to what they test.
"""

_SIGNS = """
    Maison Atelier Établissements Groupe Domaine Comptoir Halles Ferme Clinique Résidence Auberge Garage
    Transports Menuiserie Boulangerie Brasserie Pépinière Imprimerie Cabinet Jardins Fournil Entrepôts
    Laiterie Fabrique Scierie
"""
SIGNS = _SIGNS.split()
_NAMES = """
    Aubertin Bazin Caradec Delmas Escoffre Fabrègue Garnaud Hennequin Isambert Jacquemin Kerbrat Lavergne
    Mazoyer Nolland Ozanne Péricard Quesnel Roustan Sabatier Teyssier Urbain Vasseur Wattel Ymonet Zeller
    Ardouin Bressol Chabanel Drouet Espinas Ferrand Grangier Hamelin Jolivet Lescure Marceau Noirot Palluet
    Rambaud Soubiran Tavernier Valette Baudry Collange Dutheil Fougeray Guilbaud Lachenal Montagne Perrault
    Rivoire Sauvage Thévenet Vernay
"""
NAMES = _NAMES.split()
FORMS = ("SARL", "SAS", "SA", "EURL", "", "", "")

INTROS = (
    ("Entreprise familiale fondée en {year}, {name} emploie {staff} personnes.",
     "{name}, maison familiale depuis {year}, compte {staff} salariés.",
     "Créée en {year}, notre société familiale {name} réunit {staff} collaborateurs."),
    ("{name} est un acteur reconnu de son secteur dans la région.",
     "Dans la région, {name} fait référence dans son domaine.",
     "Acteur régional reconnu, {name} poursuit son développement."),
    ("Nous livrons chaque jour {staff} clients professionnels autour de {town}.",
     "Chaque jour, {staff} professionnels des environs de {town} nous font confiance."),
    ("Notre maison s'est installée à {town} en {year} et ne cesse de grandir.",
     "Présents à {town} depuis {year}, nous grandissons chaque année."),
    ("Labellisée pour ses engagements écologiques, {name} investit dans ses équipes.",
     "{name} porte un label écologique et forme ses équipes tout au long de l'année."),
    ("Filiale d'un groupe de {staff} personnes, {name} garde une taille humaine.",
     "{name}, {staff} personnes avec ses filiales, tient à rester à taille humaine."),
    ("Coopérative née en {year}, {name} partage ses résultats entre ses sociétaires.",
     "{name} est une coopérative ({year}) dont les sociétaires se partagent les résultats."),
    ("Vous intégrerez l'équipe de {chief}, qui réunit {few} personnes.",
     "Rattaché à {chief}, vous rejoindrez une équipe de {few} personnes."),
)  # fmt: skip
DETAILS = (
    "en chambre froide", "avec un chariot électrique", "pour une clientèle de passage", "sur deux étages",
    "avec un logiciel simple", "dans des bureaux neufs", "sur plusieurs chantiers", "en binôme le premier mois",
    "avec un fichier partagé", "chez des particuliers", "pour les collectivités", "au rythme des saisons",
    "à l'aide d'une tablette", "sous la conduite d'un tuteur", "dans un atelier chauffé",
    "en extérieur par tous les temps",
    "avec les fournisseurs locaux", "auprès d'un public âgé", "pour les écoles du secteur",
    "dans le respect du planning",
    "avec un outillage portatif", "en lien avec le bureau d'études", "sur machines récentes", "deux fois par semaine",
    "pour une vingtaine de personnes", "sur un parc de trente machines", "avec le service achats", "le long du fleuve",
)  # fmt: skip
TASKS = (
    "Tenir à jour le cahier de liaison", "Participer à l'inventaire de {season}", "Former les apprentis de {season}",
    "Ouvrir le site et en couper l'alarme", "Tenir la caisse pendant les pauses",
    "Assurer l'astreinte une fois par mois",
    "Rendre compte à {chief}", "Animer la réunion du lundi", "Photographier les travaux finis",
    "Suivre les indicateurs avec {chief}", "Entretenir le véhicule de service",
    "Préparer la fête annuelle de {season}",
    "Répondre aux appels du standard", "Commander les fournitures du site", "Trier les déchets et les palettes",
    "Accompagner les visites de {season}",
)  # fmt: skip
PROFILES = (
    ("Vous aimez le travail en équipe.", "Le travail en équipe vous plaît.", "Goût du travail en équipe."),
    ("Vous êtes ponctuel et rigoureux.", "Ponctualité et rigueur indispensables.",
    "On vous sait rigoureux et ponctuel."),
    ("Permis B indispensable.", "Vous avez le permis B.", "Titulaire du permis B."),
    ("Un CAP ou un bac professionnel est un plus.", "CAP ou bac pro apprécié."),
    ("Vous savez lire un plan.", "Lecture de plans nécessaire."),
    ("Aisance avec l'outil informatique.", "À l'aise avec un ordinateur."),
    ("Vous parlez un anglais courant.", "Anglais courant demandé."),
    ("CACES 3 à jour.", "Vous avez un CACES 3 en cours de validité."),
    ("Le port de charges ne vous gêne pas.", "Port de charges à prévoir."),
    ("Curieux, vous apprenez vite.", "Curiosité et envie d'apprendre."),
    ("Station debout prolongée.", "Vous restez debout une grande partie du service."),
    ("Bonne expression orale.", "Vous vous exprimez bien à l'oral."),
)  # fmt: skip
BENEFITS = (
    ("Mutuelle d'entreprise prise en charge à {few}0 %.", "Complémentaire santé payée à {few}0 %."),
    ("Titres-restaurant de 9 €.", "Tickets restaurant (9 euros)."),
    ("Treizième mois.", "Prime de 13e mois."),
    ("Parking gratuit sur place.", "Stationnement gratuit."),
    ("Logement possible les premières semaines.", "Un logement peut être proposé au début."),
    ("Repas du midi fourni.", "Le repas de midi est offert."),
    ("Prime de fin d'année selon les résultats.", "Intéressement versé chaque année."),
    ("Formation interne de {few} semaines.", "{few} semaines de formation à l'arrivée."),
    ("Véhicule de service pour les tournées.", "Voiture de fonction pour vos tournées."),
    ("Remise de {few}0 % sur nos produits.", "Nos produits à prix réduit (-{few}0 %)."),
)  # fmt: skip
SHIFT_SENTENCES = {
    "day": ("Travail en journée.", "Poste de jour.", "Horaires de jour."),
    "night": ("Travail de nuit.", "Poste de nuit.", "Horaires de nuit, de 21h à 6h."),
    "early": ("Prise de poste le matin à 5h.", "Service du matin."),
    "evening": ("Service du soir.", "Travail le soir jusqu'à 22h."),
    "weekend": ("Travail un week-end sur deux.", "Un week-end travaillé sur deux."),
    "": ("Horaires réguliers.", "Planning donné un mois à l'avance.", ""),
}
CONTRACTS = {
    "cdi": ("CDI", "Contrat à durée indéterminée"),
    "cdd": ("CDD de {months} mois", "Contrat à durée déterminée, {months} mois", "CDD {months} mois"),
    "temporary": ("Intérim, mission de {months} mois", "Mission d'intérim de {months} mois"),
    "seasonal": ("Contrat saisonnier de {months} mois", "Emploi saisonnier, {months} mois"),
}
YEARS = {
    0: ("Débutant accepté.", "Sans expérience, vous serez formé.", "Exp. non exigée."),
    1: ("1 an d'expérience.", "Expérience de 1 an souhaitée.", "Exp. : 1 an"),
    2: ("2 ans d'expérience minimum.", "Expérience exigée : 2 ans.", "Exp. 2 ans"),
    5: ("5 ans d'expérience exigés.", "Expérience de 5 ans demandée.", "Exp. 5 ans min."),
}
BEFORE = (
    "Offre n° {number} – postulez sur www.emplois-{word}.fr", "Annonce publiée le 12/11/2026 par emplois-{word}.com.",
    "Réf. : {word}/{number}", "Cette offre vous est proposée par notre partenaire {word}.",
)  # fmt: skip
AFTER = (
    "Postulez en ligne sur notre site en cliquant sur le bouton ci-dessous !",
    "Envoyez votre CV et votre lettre à recrutement@{word}.fr en rappelant la référence {number}.",
    "Retrouvez toutes nos offres sur www.{word}-carrieres.com.",
    "À compétences égales, poste ouvert aux personnes en situation de handicap.",
    "N'hésitez plus, rejoignez-nous ! Offre diffusée par {word}.",
    "Partagez cette annonce. Date de publication : 14 novembre 2026. Numéro de l'offre : {number}",
)  # fmt: skip
HEADINGS = {
    "intro": ("L'entreprise", "Qui sommes-nous ?", "À propos"), "tasks": ("Vos missions", "Missions", "Le poste"),
    "profile": ("Profil recherché", "Votre profil", "Vous"), "terms": ("Conditions", "Le contrat",
    "Ce que nous offrons"),
}  # fmt: skip
# What a rewriter puts for what; about half is unknown to the dictionary that is tested.
SYNONYMS = {
    "équipe": "brigade", "clients": "usagers", "clientèle": "public", "entretien": "nettoyage", "préparer": "apprêter",
    "vérifier": "contrôler", "réaliser": "effectuer", "assurer": "prendre en charge", "accueillir": "recevoir",
    "aider": "épauler", "commandes": "bons", "produits": "articles", "matériel": "équipement", "véhicule": "camion",
    "locaux": "bâtiments", "respecter": "suivre", "règles": "consignes", "hygiène": "propreté",
    "ranger": "remettre en place",
    "conseiller": "orienter", "organiser": "planifier", "gérer": "piloter", "suivre": "accompagner",
    "nettoyer": "laver", "livrer": "acheminer", "salariés": "collaborateurs", "personnes": "gens",
    "outils": "instruments",
    "travaux": "ouvrages", "documents": "dossiers", "informer": "prévenir", "chaque": "tous les",
    "région": "territoire",
    "poser": "installer", "monter": "assembler", "réparer": "remettre en état", "charger": "remplir",
    "trier": "séparer",
    "aliments": "denrées", "plats": "repas", "sécurité": "sûreté", "besoins": "demandes", "répondre": "donner suite",
    "qualité": "conformité", "stock": "réserve", "stocks": "réserves", "marchandises": "colis",
}  # fmt: skip
SHORT = {
    "temps plein": "TP", "expérience": "exp.", "semaine": "sem.", "heures": "h", "indispensable": "obligatoire",
    "poids lourd": "PL", "minimum": "mini", "environ": "env.", "par mois": "/mois", "téléphone": "tél.",
    "responsable": "resp.", "société": "sté", "établissement": "ets", "rendez-vous": "rdv", "service": "serv.",
}  # fmt: skip
