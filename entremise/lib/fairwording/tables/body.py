"""Physical appearance, health, loss of autonomy, disability: L. 1132-1."""

from typing import Final

from entremise.lib.fairwording.codes import Code
from entremise.lib.fairwording.families import Family
from entremise.lib.fairwording.tables.sex import ROLES
from entremise.lib.identifiers import gettext_noop as _

FAMILIES: Final = (
    Family(
        code=Code.APPEARANCE,
        article="L. 1132-1",
        explanation=_(
            "L’apparence physique ne peut être un critère : seule une tenue utile au travail peut être demandée."
        ),
        suggestion=_("Écrivez par exemple « tenue soignée » ou « contact agréable avec la clientèle »."),
        sensitive="""
            dreadlocks
            cheveux colores|longs|crepus|afro|rouges|bleus
            boucles d oreille
            maquillage
            minijupe|decollete|talons
            tatou*|piercing|barbe
            surpoids|obese|corpulent*|corpulence
            mince|svelte|elance|elancee|silhouette|minois|photogenique|seduisant*|sexy
            blonde|blond|brune|rousse
            physique agreable|avantageu*|attrayant*
            apparence physique
            belle|joli|jolie visage|personne|sourire|femme|minois
            apparence
            yeux bleus
            taille mannequin
        """,
        patterns="""
            minceur ..1 @req
            physique ..2 mannequin
            #1-2 m #40-99 ..5 minimum|mini|@req
            minimum ..3 #1-2 m #
            #1-2 m|metre ..1 minimum|mini
            #150-200 cm ..3 minimum|mini|@req
            belle et|jolie
            etes ..1 belle|beau|jolie|mince|grande|grand
            taille de guepe
            belle|bonne|tres|excellente|parfaite|jolie|agreable|superbe presentation|apparence|allure|prestance ?exigee
            tres bonne presentation
            presentation|apparence|physique|silhouette|plastique|allure ..2 agreable|avantageu*|attrayant*|irreprochable|impeccable|elegante|sportive|harmonieu*|attractive
            presentation ..1 exigee|physique
            physique ..1 agreable|avenant|avantageux|attrayant|seduisant|gracieux
            atout physique
            taille ..1 mannequin|minimum|minimale|fine|exigee|elancee|requise
            taille #1-2 ..1 minimum|m|metre
            mesur* ..2 #1-2 ?m|metre
            mesur* ..2 #150-210 cm
            mesurer|mesurant ..2 #
            #1-2 m ?# minimum|mini ..2 taille
            minimum #1-2 m # ..1 taille
            taille ..2 #150-210
            taille ..2 #1-2 cm|m|metre
            poids|corpulence ...2 @req|proportion*|maximum|ideal|normal|inferieur|mince
            rapport taille poids
            corpulence ..1 mince|sportive|normale|athletique|fine|moyenne|forte
            imc ..2 inferieur|normal|@req
            mince|svelte|elance|elancee|filiforme ..2 @req
            moins de #40-130 kg|kilos
            peser|pesant ..2 #
            visible* tatouage
            tatou*|piercing|=barbe|dreadlocks|rasta|=locks ..3 @out
            tatou*|piercing|barbe ..2 non|s
            tatou*|piercing|barbe ..1 ne ..4 pas
            ni|sans|pas|aucun|aucune ..2 tatou*|piercing|barbe|dreadlocks|boucle ..1 ?d ?oreille
            cheveux ..1 courts|longs|lisses|blonds|attaches|naturels @req
            cheveux ..1 longs|lisses|blonds|crepus|bruns|roux|afro|frises|colores
            coupe|coiffure afro|africaine ..2 @out
            pas|sans|ni ..2 cheveux
            coloration ..2 @out
            yeux bleus|verts|clairs
            physique de reve|reve
            belle|jolie|charmante|ravissante|sexy|glamour personne|femme|fille|hotesse|serveuse|vendeuse|assistante|secretaire|gueule|plante
            beau|joli|belle sourire ..1 ?et physique
            sexy|glamour|seduisant*|photogenique|charmeu* ..3 @req
            sexy|glamour
            talons ..2 @req|hauts
            maquillage|maquillee|maquille ..2 @req
            jupe|minijupe|decollete ..2 @req
            jupe obligatoire
            minijupe|decollete
            look|style vestimentaire|physique ..3 jeune|sexy|moderne @req
            elegance naturelle ..2 @req
            charisme physique
            bien ?de sa|dans son personne|corps
            belle gueule
            beaute ..3 @req
            physiquement ..1 agreable|attirant|attrayant|seduisant
            physique ..1 athletique|imposant|sportif|costaud|muscle
            carrure ..2 imposante|athletique|sportive|rugbyman|@req
            gabarit ..2 imposant|mince|sportif|@req
            dentition|denture ..2 @req|parfaite|saine|impeccable
            teint|peau clair|claire|sans
            acne
            presentant ..1 bien
            bien presente
            presenter bien
            vous ..1 presentez ?tres bien
        """,
        groups="obese|gros|grosse|corpulent\nsurpoids\n=petit|=petits|=petite gabarit\ntatoue\nmince|svelte|elancee|longiligne|filiforme"
        "\nbarbu\nblonde|blond|brune|rousse|roux\nphotogenique|seduisant*|sexy\nbeau|belle|jolie|ravissante\nmuscle|costaud|baraque|athletique"
        "\nchauve",
        lacking="tatou*\npiercing\nbarbe\nsurcharge ponderale\nsurpoids\ndreadlocks",
        allows="""
            tatou*|piercing|barbe ?et|ou ?tatouages|piercings|piercing ?sont =acceptes|=acceptees|bienvenus|autorises|=accepte|possible
            taille|tailles # ..2
            sante financiere
            presentation|apparence ..2 produit|rayon|vitrine|vitrines|plat|plats|assiette|marchandise|dossier|offre|entreprise|poste|resultat|comptes|linge|voiture|projet|orale|ecrite
            presentation soignee
            soin|soigner|soigne ..3 presentation
            belle|beau|bon|bonne|tres|jolie|excellente ..1 presentation des|du|de ?la|l
            belle|jolie|beau|beaux|=belles|gros|grosse ..1 entreprise|ville|cadre|projet|equipe|region|marque|maison|opportunite|vitrine|cuisine|ambiance|carte|commune|cuves|oeuvre|volume|electromenager|reparations
            gros oeuvre|volume|engin|porteur|clients|oeuvre|chantiers
            gros|grosse|petit|petite
            cheveux ..1 attaches ..4 hygiene|securite
            cheveux ..4 clients|clientes|client|cliente
            coiffeu*|coupe ..4 cheveux
            tatoueu*|perceu*|pierceu*
            rasage|barbier|barbe ..3 taille|soin
            taille|soin ..2 barbe
            taille ..2 vigne|haies|arbres|pierre|humaine|arbustes|vignes|fruitiers|moyenne|entreprise
            presentation ..3 client|clientele|clients du|des
            salon de tatouage
            visible* ...3
        """,
        unless_sentence="""
            charlotte
            masque ..3 etancheite|respiratoire|ffp|protection
            appareil respiratoire
            bijoux|agroalimentaire; hygiene alimentaire; salle blanche
            salon de coiffure
            barbier
            tatoueu*
            studio de tatouage
        """,
        unless_text=ROLES,
    ),
    Family(
        code=Code.HEALTH,
        article="L. 1132-1",
        explanation=_(
            "L’état de santé ne se demande pas dans une offre : seul le médecin du travail dit si une personne est apte."
        ),
        suggestion=_("Décrivez le travail : « port de charges jusqu’à 15 kg », « station debout »."),
        sensitive="""
            bilan ..1 sante
            maladie|malades|malade
            pathologie
            fragile|fragiles
            handicap ..1 invisible
            antecedent ..1 medical|medicaux|psychiatrique*
            depression
            burn out
            problemes ..1 genoux|coeur|vue|audition
            en forme
            inaptitude
            etat ..1 de sante
            probleme|souci|antecedent|ennui ..2 sante|medical|medicaux
            diabetique*|epileptique*|seropositif*|depressi*|asthm*|allergi*
            mal ..1 de dos
            mal de dos
            problemes ..1 de dos
            arret ..1 maladie|travail
            maladie chronique
            sous ..1 traitement
            bonne|parfaite|excellente sante
            questionnaire ..1 medical|sante
            certificat ..1 medical|sante
            vaccin*
            traitement medical
        """,
        patterns="""
            bilan|check ..2 sante ..3 @req
            dossier|fiche ..1 medical|sante
            bonne|parfaite|excellente|tres|robuste|solide|pleine ?bonne sante ?physique @req
            en ..1 bonne|parfaite|excellente|pleine ..1 sante
            bonne|parfaite|excellente ..1 sante|etat ?physique|general|mentale|psychique ?@req
            bon|bonne|parfait|excellent etat ?general|physique ?de sante
            bonne condition ..1 physique et|de ?sante
            sante ..1 irreprochable|parfaite|robuste|solide|fer|excellente|impeccable|fragile|precaire
            sante ..2 @req
            etat ..1 sante ..3 @req|compatible|precis*|indiqu*|bon|irreprochable
            probleme|souci|ennui|antecedent|passif|passe|trouble|fragilite|pathologie|traitement|maladie ..2 sante|medical|medicaux|dos|chronique|dorsaux|physique|psy*|articulaire|cardia*|lombaire|longue ..3 @out
            sans|aucun|aucune|ni|pas|exempt ..2 probleme|souci|ennui|antecedent|passif|passe|trouble|fragilite|pathologie|traitement|maladie|mal|allergie|douleur
            mal|maux ..1 dos ..3 @out|abstenir
            pas|sans|ni|jamais|aucun ..3 arret|conge|absence ..2 maladie|medical|travail
            jamais ..2 malade|arret|arrete
            certificat ..1 medical|sante ..3 @req|joindre|fournir
            certificat medical
            carnet ..2 vaccin*|sante
            questionnaire ..1 medical|sante
            schema vaccinal|vaccination ...2 @req
            vaccin* ..3 @req|covid
            @req ..2 vaccin*
            pass sanitaire|vaccinal
            seropositif*|vih|hepatite|diabet*|epilep*|depressi*|cancer|asthm* ..4 @out|abstenir
            =ne|=n ..2 souffr* ...2 d|de|aucun|aucune|pas
            souffr* ..4 s abstenir
            vue|vision|audition|ouie ..1 parfaite|excellente|irreprochable
            #10 / #10
            sans|pas ..2 lunettes
            depressi* abstenir
            dossier medical
            traitement medical
            precis*|indiqu*|mention* ...4 sante|allergies|maladies
            equilibre ..1 psychologique|psychique|mental @req
            stabilite psychologique|emotionnelle|mentale @req
            stable|equilibre psychologiquement|mentalement
            apte|aptitude physique* ..2 sans|totale|irreprochable
            restriction ..1 medicale|medicales
            inaptitude
            addiction*
            test|depistage ..3 drogue|toxicologique|salivaire|stupefiant|alcool|urinaire|cannabis
        """,
        groups="malade|maladif|maladive\ndiabetique|epileptique|depressif|depressive|seropositif*|asthmatique|cardiaque|allergique|cancereux|bipolaire"
        "\ntoxicomane|alcoolique|drogue\nen arret maladie\naccidente ..2 travail\nmi temps therapeutique"
        "\npersonne fragile|vulnerable\nsante fragile|precaire",
        allows="""
            eviter|prevenir|prevention|reduire|limiter ...3 mal|maux|accident ?de|du ?dos
            gestes et postures
            sante financiere|economique
            bonne|tres ..1 condition physique
            mutuelle|complementaire|assurance|prevoyance|centre|maison|etablissement|professionnel*|secteur|cadre|ecole|agence|directeur|controle ..2 sante
            sante ..2 securite|publique|travail|environnement|residents|patients|animale|mentale|communautaire
            securite ..2 sante
            sante et
            conge|arret maladie ..3 paye|indemnise|remplace*|maintien|pris
            remplac* ..4 maladie|maladies|arret|malade
            maladie ...3 remplac*
            aupres|soin|soins|soigne*|accompagn*|patient*|suivi|resident* ...5 malade|alzheimer|diabet*|epilep*|depressi*|cancer|addiction*|toxicomane|pathologie
            service|unite|centre|structure|csapa|pole ..3 addicto*|addiction*|cancer*
            probleme|souci ..2 technique|informatique|mecanique|qualite|client
            resolution|resoudre|analyse ..3 probleme
            test|controle ..2 qualite|alcool ?test
            produits allergisants|allergenes
            visite ..2 medical*|information
            suivi medical|individuel
            sans traitement de
            traitement ..2 donnees|commande|facture|dossier|eau|dechet|texte|surface|signal|reclamation|courrier|deche*|paie
            aucune|sans|pas ..2 difficulte
            absence ..3 remplac*
            medecin|medecine ..2 travail
        """,
        unless_sentence="""
            remplacement
            hepatite b
            soignant*|infirmi*|medecin|hospitalier|ehpad|hopital|laboratoire|clinique; secretaire medical*; secretariat medical
            article l #
            transport ..2 aerien|ferroviaire
            plongeu*|scaphandrier
            federation; licence sportive
            marin|navigant|pilote
            obligation vaccinale
            produits ..2 chimiques
        """,
    ),
    Family(
        code=Code.AUTONOMY_LOSS,
        article="L. 1132-1",
        explanation=_(
            "La perte d’autonomie ne peut écarter une personne : l’employeur cherche avec elle un aménagement."
        ),
        suggestion=_("Décrivez les gestes du poste et les aides possibles."),
        sensitive="""
            perte ..1 autonomie
            tierce personne
            personne dependante
            dependant ..2 tiers|personne|aide
            aide ..1 humaine
            aide ..2 personne
            auxiliaire de vie
        """,
        patterns="""
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
        groups="perte ..1 autonomie\ndependant ..2 tiers|personne|aide",
        allows="""
            personne|resident|public|senior|aine|adulte|patient|beneficiaire|parent|usager|agees|handicap ..6 perte ..1 autonomie
            situation de perte|dependance
            accompagn*|aid*|intervien*|aupres|maintien|evalu*|prevention ...6 perte ..1 autonomie
            maintien ..2 autonomie
            autonomie ..3 residents|personnes|beneficiaires
        """,
        unless_sentence="""
            aupres|beneficiaires|residents|usagers|accompagner|accompagnement|domicile|intervenir|ehpad
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
            sourd|malentendant|aveugle|malvoyant|begue|autiste|dyslexique|invalide|infirmite|infirme|paraplegique
            fauteuil roulant
            en fauteuil
        """,
        patterns="""
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
            sourd|malentendant|aveugle|malvoyant|begue|becgue|muet|boiteux|autiste|dyslexique|handicape|tdah ..3 abstenir
            inapte ..2 abstenir
            fauteuil roulant ...4 abstenir|pas|impossible|exclu
            sans ..2 amenagement ..2 poste
            aucun amenagement
            pas ..2 amenagement ..3 poste
            elocution ..1 parfaite ..2 sans ..1 begaie*
            sans ..1 begaie*
        """,
        refused="handicap*\npersonne|travailleur|candidat|salarie handicap*\nrqth\nsourd|malentendant|aveugle|malvoyant|begue|autiste|dyslexique|invalide|infirme|paraplegique"
        "\npersonne ..2 mobilite reduite\npmr|cotorep|mdph\nfauteuil ?roulant\nsituation de handicap\nboe|boeth\nneuroatypique",
        wanted="=valides|=valide physiquement\nvalide",
        lacking="handicap*\nrqth\ndeficience",
        allows="""
            avec ou sans ...2 handicap*
            handicap* ...4 bienvenu*|accepte|encourage|etudie*|ouvert*|reserve|priorite
            reconnu|reconnaissance ..3 handicap*
            ouvert|accessible|adapte|reserve|destine ..3 handicap*|rqth|pmr|situation|personne
            entreprise adaptee
            aupres|accompagn*|accueil*|educat*|enfant|adulte|jeune|residents|usagers|prise ...5 handicap*|autiste|deficien*|sourd|aveugle
            handicap* ..1 bienvenu
            permis ..1 ?b ?en ?cours valide
            permis|carte|titre|diplome|certificat|caces|habilitation|passeport|fimo|autorisation|attestation|agrement|cqp|visa|assurance|recyclage ..6 valide
            toujours valide
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
            non|pas ..1 ouvert|accessible|adapte|amenageable|compatible|convenable|convient|approprie ...5 handicap*|rqth|pmr|fauteuil|mobilite
            incompatible|inaccessible|inadapte|impossible|ferme|interdit|deconseille ...5 handicap*|rqth|pmr|fauteuil|mobilite
            ne ..1 convient|conviendra|peut|peuvent|pourra|permet|saurait ..1 pas ...5 handicap*|rqth|pmr|fauteuil|mobilite
            ne|n ..2 pas|jamais|plus|aucun ...7 handicap*|rqth|fauteuil
        """,
        unless_sentence="""
            locaux|batiment|bureau|obstacle|frein|discrimin*|exclu*|aupres|accompagn*
        """,
    ),
)
