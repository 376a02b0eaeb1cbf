"""Sentences about what was given and what was fetched: files, pictures, addresses, JSON."""

Part = tuple[str, str]  # French, English

ASK = ("Demandez à l'émetteur de vous redonner ce badge.", "Ask the issuer to give you this badge again.")
SAFE = ("Par sécurité, nous nous arrêtons là.", "To be safe, we stop there.")
GIVE = (
    "Donnez le fichier du badge, son image PNG ou SVG, son adresse ou son texte complet.",
    "Give the file of the badge, its PNG or SVG picture, its address or its whole text.",
)
OTHER_FILE = (
    "Essayez avec le fichier d'origine, sans le retoucher ni le convertir.",
    "Try with the original file, neither edited nor converted.",
)
LATER = ("Réessayez dans quelques minutes.", "Try again in a few minutes.")
TELL_ISSUER = ("Prévenez l'émetteur.", "Let the issuer know.")
CHECK_ADDRESS = ("Vérifiez l'adresse.", "Check the address.")

SENTENCES: dict[str, tuple[Part, ...]] = {
    "read_ok": (("Le badge se lit bien.", "The badge reads well."),),
    "empty": (("Il n'y a rien à vérifier.", "There is nothing to check."), GIVE),
    "unknown_kind": (("Ce que vous avez donné n'est pas un badge.", "What you gave is not a badge."), GIVE),
    "unreadable": (
        (
            "Ce badge est écrit d'une façon que nous ne savons pas lire.",
            "This badge is written in a way we cannot read.",
        ),
        ASK,
    ),
    "html_page": (
        (
            "L'adresse mène à une page à lire, pas au badge lui-même.",
            "The address leads to a page to read, not to the badge itself.",
        ),
        (
            "Cherchez sur cette page comment télécharger le badge.",
            "Look on that page for a way to download the badge.",
        ),
    ),
    "too_large": (("Ce badge est trop gros (plus de 1 Mo).", "This badge is too large (over 1 MB)."), SAFE),
    "too_deep": (("Ce badge emboîte trop de niveaux.", "This badge nests too many levels."), SAFE),
    "too_many_values": (("Ce badge contient trop d'éléments.", "This badge holds too many items."), SAFE),
    "not_utf8": (("Le texte de ce badge est abîmé.", "The text of this badge is damaged."), ASK),
    "not_json": (("Ce badge est incomplet ou abîmé.", "This badge is incomplete or damaged."), ASK),
    "not_an_object": (
        ("Ce fichier n'a pas la forme d'un badge.", "This file does not have the form of a badge."),
        GIVE,
    ),
    "duplicate_member": (
        (
            "Ce badge dit deux fois la même chose, peut-être différemment.",
            "This badge says the same thing twice, perhaps differently.",
        ),
        SAFE,
        ASK,
    ),
    "lone_surrogate": (
        ("Ce badge contient un caractère qui n'existe pas.", "This badge holds a character that does not exist."),
        ASK,
    ),
    "number_out_of_range": (
        ("Ce badge contient un nombre impossible à lire.", "This badge holds a number that cannot be read."),
        ASK,
    ),
    "image_kind": (
        (
            "Cette image ne peut pas contenir de badge : il faut une image PNG ou SVG.",
            "This picture cannot carry a badge: it takes a PNG or SVG picture.",
        ),
        OTHER_FILE,
    ),
    "image_too_large": (("Cette image est trop grosse.", "This picture is too large."), OTHER_FILE),
    "image_malformed": (
        ("Cette image est abîmée ou incomplète.", "This picture is damaged or incomplete."),
        OTHER_FILE,
    ),
    "image_checksum": (("Cette image est abîmée.", "This picture is damaged."), OTHER_FILE),
    "image_bomb": (
        (
            "Cette image cache un contenu démesuré : elle est faite pour bloquer qui la lit.",
            "This picture hides an enormous content: it is made to block whoever reads it.",
        ),
        SAFE,
    ),
    "image_without_badge": (
        (
            "Cette image ne contient pas de badge. Une capture d'écran ou une image convertie le perd.",
            "This picture carries no badge. A screenshot or a converted picture loses it.",
        ),
        OTHER_FILE,
    ),
    "image_with_several_badges": (
        (
            "Cette image contient plusieurs badges : on ne peut pas savoir lequel elle montre.",
            "This picture carries several badges: one cannot know which one it shows.",
        ),
        ASK,
    ),
    "image_badge_text": (
        ("Le badge contenu dans cette image est illisible.", "The badge inside this picture cannot be read."),
        ASK,
    ),
    "svg_active": (
        ("Cette image contient un programme.", "This picture holds a program."),
        SAFE,
        ASK,
    ),
    "svg_entity": (
        ("Cette image essaie de charger d'autres fichiers.", "This picture tries to load other files."),
        SAFE,
        ASK,
    ),
    "svg_doctype": (
        (
            "Cette image contient des consignes de lecture que nous ne suivons pas.",
            "This picture holds reading instructions that we do not follow.",
        ),
        SAFE,
        ASK,
    ),
    "svg_outside": (
        ("Cette image va chercher des éléments ailleurs.", "This picture takes elements from elsewhere."),
        SAFE,
        ASK,
    ),
    "address_malformed": (("Cette adresse est mal écrite.", "This address is badly written."), CHECK_ADDRESS),
    "address_not_https": (
        (
            "L'adresse n'est pas sécurisée : elle doit commencer par https://.",
            "The address is not secure: it must start with https://.",
        ),
        CHECK_ADDRESS,
    ),
    "address_credentials": (
        (
            "L'adresse contient un identifiant ou un mot de passe.",
            "The address holds a user name or a password.",
        ),
        ("Retirez-les, puis recommencez.", "Remove them and try again."),
    ),
    "address_port": (
        ("L'adresse désigne un accès inhabituel du site {host}.", "The address names an unusual door of {host}."),
        SAFE,
    ),
    "address_private": (
        (
            "L'adresse mène à un réseau privé ({host}), que nous n'allons pas visiter.",
            "The address leads to a private network ({host}), which we do not visit.",
        ),
        CHECK_ADDRESS,
    ),
    "name_unknown": (("Le site {host} est introuvable.", "The site {host} cannot be found."), CHECK_ADDRESS, LATER),
    "unreachable": (
        ("Le site {host} ne répond pas comme il faut.", "The site {host} does not answer properly."),
        LATER,
    ),
    "too_slow": (("Le site {host} met trop de temps à répondre.", "The site {host} takes too long to answer."), LATER),
    "not_found": (("Le site {host} n'a rien à cette adresse.", "The site {host} has nothing there."), CHECK_ADDRESS),
    "too_many_fetches": (
        (
            "Pour vérifier ce badge, il faudrait consulter plus de {limit} adresses.",
            "Checking this badge would take more than {limit} addresses.",
        ),
        ("Nous nous arrêtons là.", "We stop there."),
    ),
    "redirect_loop": (
        ("Le site {host} nous fait tourner en rond.", "The site {host} sends us round in circles."),
        TELL_ISSUER,
    ),
    "too_many_redirects": (
        ("Le site {host} nous renvoie trop de fois ailleurs.", "The site {host} sends us elsewhere too many times."),
        TELL_ISSUER,
    ),
    "answer_too_large": (("La réponse du site {host} est trop grosse.", "What {host} answers is too large."), SAFE),
    "answer_encoded": (
        (
            "Le site {host} répond dans un format compressé non demandé.",
            "{host} answers compressed, which was not asked.",
        ),
        SAFE,
    ),
    "answer_type": (
        ("Le site {host} répond autre chose qu'un badge.", "{host} answers something else than a badge."),
        CHECK_ADDRESS,
    ),
}
