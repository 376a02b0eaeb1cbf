"""Health: L. 1132-1."""

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
            cancer*|sclerose|parkinson|=vih|sida|hepatite|tuberculose|obesite|schizophren*|bipolaire|rhumatism*|
                endometriose|eczema|psoriasis|=covid|vertige*|phobi*|insulin*
            migraine*|fatigable|cardiaque*|insomni*|lumbago|sciatique
            longue maladie
            ald
            certificat ..2 medecin
            mot ..2 medecin
            dos fragile
            diabete|epilepsie|depression|asthme|hernie|sclerose|arthrose|lombalgie
            probleme ..1 coeur|dos|genou|vue|peau|poids|thyroide
            medecin traitant
            traitement ..1 medical|lourd|long|regulier|quotidien|medicamenteux|eventuel|hormonal|en cours|psychiatrique
            suivre|suit|suivant|suivent|=vos|votre traitement
            antidepresseur*|medicament*|psychiatr*
            mal au dos
            sante mentale|fragile
            arrets ..1 maladie|travail
            hospitalis*
            ete|etre|etes|deja|recemment|personne|candidat|=vous opere; opere ..1 du|de|recemment
            operation ..1 chirurgicale|recente|du|au|dos|genou
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
            accident|accidents ..1 travail
            blessure|blessures|fracture|invalidite
            pathologie|maladie|allergie|asthme|diabete|depression|epilepsie|handicap
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
            arret|arrets maladie; etat de sante; probleme|problemes|souci|soucis ..1 sante; antecedent|
                antecedents ..1 medical|medicaux; maladie|maladies chronique|chroniques|grave|
                graves; sante fragile; bonne|excellente|parfaite sante; certificat|dossier|questionnaire medical
            diabetique*|epileptique*|seropositif*|depressif*
        """,
        patterns="""
            personne|candidat*|profil ..1 =saine|=sain|robuste|valide|endurante
            bon|solide|excellent dos
            dos ..1 solide|fragile|sain|@req
            arret|arrets ..1 longue|longs|long ?duree
            arret|arrets prolonge*|repetes|frequents|a repetition|rallonge
            arret|arrets a repetition|rallonge
            sante ..1 a toute epreuve
            sante ..1 inebranlable|infaillible|sans faille|exemplaire|optimale
            bonne|excellente|parfaite ..1 vue|ouie|audition|vision
            joindre|joignez|fournir|envoyer|apporter|passer|resultats ...3 analyse|analyses|prise|bilan ..1 sang|
                sanguin*|urine|medical*
            analyse|bilan ..1 sang|sanguin* ..3 @req
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
            met|mets en forme; vaccin* ...6 peuvent
            personne*|public*|patient*|resident*|enfant* fragile*
            administrer|fournir|prescrire|dispenser ..2 traitement medical
            nutrition|alimentation ..1 personnes en bonne
            foyer de maladies
            vaccin* ...2 peu*|pourr*; certain ..1 vaccination; vertige* ...8 toit|toits|nacelle|echafaudage
            a l etat de sante; produit ...10 medicament
            dans ..1 dossier medical; dossier medical du|de|des|d
            demande*|avis|reclassement|procedure ...5 inaptitude
            systeme|metiers|sciences|ingenierie|management|organisations|biologie|produits|economie ..2 sante
            =mention ...4 sante|medicament
            questionnaires de sante; signe|conduite|situation ..2 addiction; accouchement sans douleur
            classification ...2 maladies|medicament
            salarie|salaries ...8 restrictions medicales
            mise|remise|mettre|mettent|remettre ..1 en forme; forme de|des
            hauteur|echelle|echafaudage|nacelle|toit|toiture ...8 vertige*; vertige* ...8 hauteur|echelle|toiture
            vaccin* antirabique|antitetanique; vaccin* ..1 prevu ..1 par
            assurance|caisse|branche maladie; etat de sante de|des|du
            immunisation ..4 vaccin*; interpret*|lecture|rendu|saisi* ...2 resultat
            logiciel|gestion|suivi|saisie|saisir|traitement|declaration|declarations|enregistr* ...5 arrets maladie
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
            apres ..2 embauche; delivre*
            code de ..1 sante; vaccin* ..1 et|ou antirabique|antitetanique; ambulan*|prefectoral*
            expert|specialiste|medecin ..1 des|du|en|de
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
)
