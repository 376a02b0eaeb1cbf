"""Loss of autonomy, disability: L. 1132-1, L. 5213-6."""

from typing import Final

from entremise.lib.fairwording.codes import Code
from entremise.lib.fairwording.families import Family
from entremise.lib.identifiers import gettext_noop as _

FAMILIES: Final = (
    Family(
        code=Code.AUTONOMY_LOSS,
        article="L. 1132-1",
        explanation=_(
            "La perte d’autonomie ne peut écarter une personne : l’employeur cherche avec elle un aménagement."
        ),
        suggestion=_("Décrivez les gestes du poste et les aides possibles."),
        sensitive="""
            apa
            aide ..2 domicile
            aidant|aidants
            perte ..1 autonomie
            tierce personne
            personne dependante
            dependant ..2 tiers|personne|aide
            aide ..1 humaine
            aide ..2 personne
            auxiliaire de vie
        """,
        asked="""
            aide ..1 tiers|tierce|humaine
            autonomie physique
        """,
        patterns="""
            aucune|sans|besoin|ni ..3 aide ...6 gestes|quotidien*|tiers|toilette|deplacements
            gestes ..2 quotidien*|vie ...4 seul|sans|autonome
            aidant ...4 dependant|proche|parent|familial
            proche ..1 dependant
            s habiller|laver|deplacer|nourrir ...6 seul|seule|sans aide
            se laver|habiller|deplacer|nourrir ...4 seul|seule|sans
            pouvoir ...2 seul ...3 gestes|toilettes
            deplacer ..2 sans aide|assistance
            besoin ..2 d ?un aidant
            sans|aucune|pas|non ..2 perte ..1 autonomie
            perte ..1 autonomie ..4 @out|exclu|abstenir|incompatible|pas
            autonomie physique|fonctionnelle|motrice ..3 @req|totale|complete
            ne ..3 depend* ..3 tiers|personne|aide|autrui|aidant
            sans ..2 dependance|aide ..3 physique|tiers|tierce|humaine|personne
            sans ..2 tierce personne
            sans assistance ..2 tiers|personne|humaine
            sans|pas ..2 auxiliaire de vie
            besoin ..3 tierce|tiers|aidant|aide humaine
            sans ..1 aide humaine
            physiquement|pleinement|totalement autonome dans|pour ..2 gestes|deplacements|vie
            autonome ..2 gestes ?de ?la ?vie quotidien*|courant*
            dependan* ..3 abstenir
            personne dependante ..4 pas|abstenir|exclu*
            invalid*|dependant ..2 tiers
            gir #
        """,
        groups="""
            perte ..1 autonomie
            dependant ..2 tiers|personne|aide
        """,
        allows="""
            certificat|specialisation|diplome|mention ...4 aide a domicile
            aide a domicile h|f|aupres|diplome|experimente
            poste|emploi|metier|service|services ..2 aide a domicile
            personne|resident|public|senior|aine|adulte|patient|beneficiaire|parent|usager|agees|
                handicap ..6 perte ..1 autonomie
            situation de perte|dependance
            accompagn*|aid*|intervien*|aupres|maintien|evalu*|prevention ...6 perte ..1 autonomie
            maintien ..2 autonomie
            autonomie ..3 residents|personnes|beneficiaires
        """,
        unless_sentence="""
            aupres|beneficiaires|residents|usagers|accompagner|accompagnement|intervenir|ehpad
            personnes ...6 gir; actes ..1 essentiels|quotidien|vie; toilette
        """,
    ),
    Family(
        code=Code.DISABILITY,
        article="L. 1132-1, L. 5213-6",
        explanation=_(
            "Une offre ne peut écarter les personnes handicapées : le poste peut être aménagé, et des aides existent."
        ),
        suggestion=_("Décrivez le poste et écrivez « poste ouvert aux personnes en situation de handicap »."),
        sensitive="""
            =handi
            bequille*|prothese auditive|appareillage
            chien guide; chien d assistance
            deficience|deficient|surdite|begaiement|dyslexi*|nanisme
            pension ..1 invalidite
            daltonien|daltonienne
            fauteuils roulants
            handicap ..1 visible|lourd|moteur|mental|psychique|invisible
            handicapes
            sourd|malentendant|aveugle|malvoyant|begue|autiste|dyslexique|invalide|infirmite|infirme|paraplegique
            fauteuil roulant
            en fauteuil
        """,
        asked="""
            handicap*
            rqth|mdph|aah
            reconnu|reconnue|reconnaissance ..3 handicap*
            invalid*|daltonien*|appareille
        """,
        patterns="""
            pas|sans|ni|aucun ..1 d ?un appareil|prothese|appareillage ..1 auditi*
            rqth|handicap* ..1 =non
            rqth ..1 s abstenir
            sans|aucun|ni|exempt|exempte ..3 handicap*|rqth|infirmite|invalidite|deficience
            hors rqth|handicap*
            toute|tout ..2 facultes|capacites|moyens ..1 physique|mental|intellectuel*
            possession ..3 moyens|facultes ..2 physique*|mental*|intellectuel*
            valide ..3 @req|@only|physiquement
            personne|candidat|homme|individu|vendeur|collaborateur|employe|salarie valide
            personnes|candidats valides
            #100 pourcent valide
            physiquement valide
            handicap* ..3 s abstenir
            handicap* ..1 ?moteur|mental ..2 @out
            handicap* ..1 ne ..4 pas
            sourd|malentendant|aveugle|malvoyant|begue|becgue|muet|boiteux|autiste|dyslexique|handicape|
                tdah ..3 abstenir
            inapte ..2 abstenir
            fauteuil roulant ...4 abstenir|pas|impossible|exclu
            sans ..2 amenagement ..2 poste
            aucun amenagement
            pas ..2 amenagement ..3 poste
            elocution ..1 parfaite ..2 sans ..1 begaie*
            sans ..1 begaie*
        """,
        refused="""
            begaiement|begaiements|dyslexie|daltonisme|surdite|cecite
            handicap*
            personne|travailleur|candidat|salarie handicap*
            rqth
            sourd|malentendant|aveugle|malvoyant|begue|autiste|dyslexique|invalide|infirme|paraplegique
            personne ..2 mobilite reduite
            pmr|cotorep|mdph
            fauteuil ?roulant
            situation de handicap
            boe|boeth
            neuroatypique
        """,
        wanted="""
            =valides|=valide physiquement
            valide
        """,
        lacking="""
            handicap*
            rqth
            deficience
        """,
        allows="""
            valide|valident le|la|les|des|un|une|l|ses|=vos; qui valide
            appareillage|pose|reglage|vente|fabrication ..2 prothese*
            malvoyant* ou|et non ?voyant*; classification ...3 deficiences; pour ..1 deficient
            deficient sensoriel|visuel|auditif
            peut|peuvent|sera|possible|etre ..2 amenage* ...6 sourd|malentendant|aveugle|malvoyant|handicap*
            reserve|reserves ...8 handicap*
            ou|et travailleurs handicapes
            chien guide ..3 accepte|bienvenu
            avec ou sans ...2 handicap*
            handicap* ...4 bienvenu*|accepte|encourage|etudie*|ouvert*|reserve|priorite
            reconnu|reconnaissance ..3 handicap*
            ouvert|accessible|adapte|reserve|destine ..3 handicap*|rqth|pmr|situation|personne
            entreprise adaptee
            aupres|accompagn*|accueil*|educat*|enfant|adulte|jeune|residents|usagers|prise ...5 handicap*|autiste|
                deficien*|sourd|aveugle
            handicap* ..1 bienvenu
            permis ..1 ?b ?en ?cours valide
            permis|carte|titre|diplome|certificat|caces|habilitation|passeport|fimo|autorisation|attestation|agrement|
                cqp|visa|assurance|recyclage ..6 valide
            toujours valide
            avoir|ayant|avez|aurez|=ont|=a ..1 valide; valide par
            mission handicap
            politique|referent handicap
            a competences egales
            obligation d emploi
            beneficiaires de l obligation
            n est|pas un frein|obstacle
            lieu|local|locaux|batiment|bureaux|site|accueil ..4 accessible ...4
            non ..1 discrimin*
            agefiph|fiphfp|esat|cap emploi|duoday
            sans exclure
            ne ...4 obstacle|frein
        """,
        unless_sentence="""
            agefiph|fiphfp|esat|duoday|bienvenu|bienvenus|bienvenue|bienvenues|handibienveillante|handifriendly
            entreprise adaptee
            permis|caces|habilitation|visa|licence ..6 valide
        """,
        not_after="""
            accompagn*|accueil*|aupres|enfants|adultes|public|jeunes|prise
        """,
    ),
    Family(
        code=Code.DISABILITY,
        article="L. 1132-1, L. 5213-6",
        explanation=_(
            "Une offre ne peut écarter les personnes handicapées : le poste peut être aménagé, et des aides existent."
        ),
        suggestion=_("Décrivez le poste et écrivez « poste ouvert aux personnes en situation de handicap »."),
        patterns="""
            handicap*|rqth ..2 non|pas ..1 @taken
            handicap*|rqth|mobilite|fauteuil ..2 ne pourra*|peu* pas
            non|pas ..1 ouvert|accessible|adapte|amenageable|compatible|convenable|convient|approprie ...5 handicap*|
                rqth|pmr|fauteuil|mobilite
            incompatible|inaccessible|inadapte|impossible|ferme|interdit|deconseille ...5 handicap*|rqth|pmr|fauteuil|
                mobilite
            ne ..1 convient|conviendra|peut|peuvent|pourra|permet|saurait ..1 pas ...5 handicap*|rqth|pmr|fauteuil|
                mobilite
            ne|n ..2 pas|jamais|plus|aucun ...7 handicap*|rqth|fauteuil
        """,
        unless_sentence="""
            locaux|batiment|bureau|obstacle|frein|discrimin*|exclu*|aupres|accompagn*
        """,
    ),
)
