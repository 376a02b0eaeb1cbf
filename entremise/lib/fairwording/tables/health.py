"""Health, loss of autonomy, disability: L. 1132-1."""

from typing import Final

from entremise.lib.fairwording.codes import Code
from entremise.lib.fairwording.families import Family
from entremise.lib.identifiers import gettext_noop as _

FAMILIES: Final = (
    Family(
        code=Code.HEALTH,
        article="L. 1132-1",
        explanation=_(
            "L’état de santé ne se demande pas dans une offre : "
            "seul le médecin du travail dit si une personne est apte."
        ),
        suggestion=_("Décrivez le travail : « port de charges jusqu’à 15 kg », « station debout »."),
        sensitive="""
            migraine*|fatigable|cardiaque*|insomni*|lumbago|sciatique
            longue maladie
            ald
            certificat ..2 medecin
            mot ..2 medecin
            dos fragile
            diabete|epilepsie|depression|asthme|hernie|sclerose|arthrose|lombalgie
            probleme ..1 coeur|dos|genou|vue|peau|poids|thyroide
            medecin traitant
            traitement|traitements
            antidepresseur*|medicament*|psychiatr*
            mal au dos
            sante mentale|fragile
            arrets ..1 maladie|travail
            hospitalis*|operation|opere
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
        asked="""
            sante
            malad*
            traitement*|medicament*|medecin
            arret|arrets ..1 maladie|travail
            antecedent* ..1 medical|medicaux
            allerg*|asthm*|diabet*|epilep*|depressi*
            vaccin*
            mal ..2 dos
            opere|operation|hospitalis*
            probleme|problemes ..1 dos|coeur|vue|audition|physique|physiques|sommeil
        """,
        strong="""
            diabetique*|epileptique*|seropositif*|depressif*
        """,
        patterns="""
            parfaite|bonne|excellente ..1 condition ..1 de sante
            aucune|sans|pas|ni ..2 reserve|restriction|contre|limitation|inaptitude ..1 ?indication ?d medical*|sante|
                physique*
            vaccin* ...8 obligatoire*|exige*|impera*
            bonne|parfaite|excellente|tres ?bonne sante $
            bonne|parfaite|excellente ..1 sante ..1 @req
            dos ..1 solide|fragile
            jamais ..3 accident
            accident ..1 du travail ...3 jamais|pas|abstenir|exclu
            tomb* ..2 malade
            sante|constitution de fer|robuste|solide
            constitution robuste|solide
            resistance ..1 physique a toute epreuve
            mot|attestation|lettre|certificat ..3 medecin
            aucun|sans|pas ..1 traitement|medicament ..2 medical|lourd
            prenez ..2 traitement|medicament
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
            probleme|souci|ennui|antecedent|passif|passe|trouble|fragilite|pathologie|traitement|maladie ..2 sante|
                medical|medicaux|dos|chronique|dorsaux|physique|psy*|articulaire|cardia*|lombaire|longue ..3 @out
            sans|aucun|aucune|ni|pas|exempt ..2 probleme|souci|ennui|antecedent|passif|passe|trouble|fragilite|
                pathologie|traitement|maladie|mal|allergie|douleur
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
        groups="""
            malade|maladif|maladive
            diabetique|epileptique|depressif|depressive|seropositif*|asthmatique|cardiaque|allergique|cancereux|
                bipolaire
            toxicomane|alcoolique|drogue
            en arret maladie
            accidente ..2 travail
            mi temps therapeutique
            personne fragile|vulnerable
            sante fragile|precaire
        """,
        allows="""
            sensibilis*|prevention|lutte ...6 addiction*
            sante ..1 au travail
            sans doute ..1 mal
            eviter|prevenir|prevention|reduire|limiter ...3 mal|maux|accident ?de|du ?dos
            gestes et postures
            sante financiere|economique
            bonne|tres ..1 condition physique
            mutuelle|complementaire|assurance|prevoyance|centre|maison|etablissement|professionnel*|secteur|cadre|
                ecole|agence|directeur|controle ..2 sante
            sante ..1 securite|publique|environnement|residents|patients|animale|communautaire
            service|centre|pole|secteur|unite|infirmier|hopital|prevention|promotion ...3 sante mentale
            securite ..2 sante
            sante et
            conge|arret maladie ..3 paye|indemnise|remplace*|maintien|pris
            remplac* ..4 maladie|maladies|arret|malade
            maladie ...3 remplac*
            aupres|soin|soins|soigne*|accompagn*|patient*|suivi|resident* ...5 malade|alzheimer|diabet*|epilep*|
                depressi*|cancer|addiction*|toxicomane|pathologie
            service|unite|centre|structure|csapa|pole ..3 addicto*|addiction*|cancer*
            probleme|souci ..2 technique|informatique|mecanique|qualite|client
            resolution|resoudre|analyse ..3 probleme
            test|controle ..2 qualite|alcool ?test
            produits allergisants|allergenes
            visite ..2 medical*|information
            suivi medical|individuel
            sans traitement de
            traitement ..2 donnees|commande|facture|dossier|eau|dechet|texte|surface|signal|reclamation|courrier|
                deche*|paie
            aucune|sans|pas ..2 difficulte
            absence ..3 remplac*
            medecin|medecine ..2 travail
        """,
        unless_sentence="""
            remplacement
            hepatite b
            soignant*|infirmi*|medecins|hospitalier|ehpad|hopital|laboratoire|
                clinique; secretaire medical*; secretariat medical
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
