"""Work that is not paid, not declared, or paid by promises."""

from typing import Final

from entremise.lib.fairwording.codes import Code, Severity
from entremise.lib.fairwording.families import Family
from entremise.lib.identifiers import gettext_noop as _

FAMILIES: Final = (
    Family(
        code=Code.UNPAID_TRIAL,
        article="L. 3211-1, L. 8221-5",
        explanation=_(
            "Tout travail se paie, y compris une journée d’essai ; "
            "seule une immersion (PMSMP) passe par une convention."
        ),
        suggestion=_("Écrivez « essai rémunéré », ou proposez une immersion professionnelle avec France Travail."),
        patterns="""
            essai|test|journee ...2 offert|offerts|offerte|offertes ..1 par
            paie|payons|paye|payez|paiera ..2 si ...2 garde*|convien*|satisf*|embauch*|prend*|retenu*|reste*|content*
            test* ...6 paie|paye|salaire ..3 si|apres
            journee|jour|semaine|heures ...6 ni salaire|paie|remuneration
            sans ...2 ni salaire|paie|remuneration
            pour voir ...4 sans|gratuit*
            sans salaire
            pas ...1 salaire ...4 essai|premier|mois|semaine|formation
            benevolat ...6 puis|avant|cdi|contrat|embauche
            premier|mois|semaine|jour|debut ...4 en|de benevolat
            essai ...14 pas|non|jamais|ni ...1 payee|paye|payes|payees|remunere|indemnise
            essai|test|formation|periode|journee|semaine|mois|jour|stage|matinee|soiree|shift|service|integration|
                heure|doublure ...5 non|pas|sans|jamais remunere|paye|salaire|indemnise|remuneration|retribue|
                indemnite|retribution|paie
            essai|test|journee|semaine|periode|doublure|formation ...4 ne|n ...3 pas|point ...2 remunere|paye|
                indemnise|retribue
            essai|test|journee|semaine|periode|jour|soiree|matinee|mois|doublure ...4 gratuit|gratuitement|benevole|
                benevolement|gracieu*|blanc
            essai|test|journee|semaine|periode ...3 a titre ?gracieux|gratuit|benevole
            gratuit|gratuite|benevole|gracieux ...2 essai|test|journee|semaine|periode
            premier|premiere|deux|trois|quinze ...3 jour|semaine|mois|heure|journee|soiree ...4 benevole*|gratuit*|
                non|sans
            travail|travailler|travaillez|venir|commencer ...5 gratuitement|benevolement|gratuit
            avant ...2 contrat ...4 non|sans|gratuit*|benevole*
            heures|heure ...1 supplementaires ...2 non|jamais|pas payees|remunerees|compensees
            heures ...1 supplementaires ...2 ne ...2 pas payees|remunerees|comptees
            stage ...2 non remunere
            temps ...3 non paye|remunere
            sans remuneration ...4 essai|test|premier|mois|semaine
            non remunere ...3 essai|test|semaine|jour|mois
            essai|test|formation ...6 sans ...2 contrepartie|contrat
            salaire ...3 apres|qu ...4 essai
        """,
        allows="""
            inscription|entree|participation|acces|parking|visite gratuit*
            appel|service|numero gratuit*; france travail
            non seulement
            benevole|benevoles|benevolat ...4 association
            gratuit*|gratuite ...3 client*
            test|tests|essai|essais ...3 logiciel|laboratoire|qualite|materiaux|client
            pause|repas|dejeuner ...4 non remunere
            temps de pause
            =pmsmp|immersion
            formation gratuite
            periode de mise en situation
        """,
        unless_sentence="""
            pmsmp|immersion
            mise en situation en milieu professionnel
            stage ...4 college|lycee|observation|decouverte|troisieme; stage de moins de deux mois
            conventionne|convention
            pause
            clients|client
        """,
    ),
    Family(
        code=Code.PAY_ONLY_VARIABLE,
        article="L. 3231-2, L. 3211-1",
        explanation=_("Une personne salariée reçoit au moins le salaire minimum, même si une partie est variable."),
        suggestion=_("Indiquez le fixe garanti, puis la part variable."),
        severity=Severity.WARNING,
        patterns="""
            vivez|vivre|vivrez|remunere|remuneree ...3 pourboire*
            paye|paie|remunere|payee|remuneree ..1 @only ..1 si|quand|lorsque
            remuneration|remunere|paye|payee|salaire ..1 =au|=a|=aux ?la pourcentage|rendement|resultat|commission|
                tache|piece
            pas|sans|aucun ..1 minimum garanti
            paye|payee|remunere ?e ...1 au|a|aux ?la|l|le rendez|contrat|dossier|unite|colis|signature|vente|tache|
                course|article|chambre|client
            zero|aucun|pas ...3 zero|aucun|pas salaire
            aucun|sans ...1 fixe ni
            @only ...4 primes|commissions
            remunere|remuneration|paye|salaire|paiement ...3 @only ...3 commission|pourcentage|rendement|pourboire|
                resultat|tache|acte|piece|vente|objectif|variable
            @only ...3 commission|pourcentage|pourboire|rendement
            remunere|remuneration|paye|salaire ...2 # pourcent ...2 variable|commission
            #100 pourcent ...2 variable|commission|commissionnee
            commission|pourcentage|variable|rendement|pourboire ...3 sans ...1 fixe|salaire
            sans|pas|aucun ...2 fixe
            sans ...2 salaire ...1 fixe|minimum
            commission ...1 @only|seule
            paye|remunere|payee|remuneree ...1 au|aux|a ...1 pourboire|rendement|piece|tache|lance|commission|
                pourcentage
            remuneration|salaire au|aux pourboire|commission|lance
            pas de salaire
            sans|aucun salaire garanti|minimum
            salaire ...2 pourboire @only
            tout|entierement|totalement ...1 variable|commission|commissionne
            =remuneration|salaire|paye exclusivement|uniquement variable
        """,
        allows="""
            domicile|date|horaire|horaires|poste|repos|duree|jour|jours|planning fixe
            non|pas @only
            fixe ...2 variable
            salaire ...1 fixe ...3 plus|et
        """,
        unless_sentence="""
            agent commercial; agents commerciaux
            mandataire*; multicarte
            independant|independante|independants
            profession liberale
            smic
            smic garanti; minimum conventionnel
        """,
    ),
    Family(
        code=Code.UNDECLARED_WORK,
        article="L. 8221-1, L. 8221-5",
        explanation=_("Tout travail doit être déclaré : il protège la personne et l’employeur."),
        suggestion=_("Écrivez « contrat et bulletin de paie dès le premier jour »."),
        is_cleared=False,
        patterns="""
            declar* ...5 apres ..3 mois|essai|semaine|semaines
            =au|=en =black
            travail*|paie|paient|paye*|embauch*|employ* ...3 =au =noir
            sans passer par|sur ...4 bulletin|fiche|paie|declaration|contrat
            heures|prime|primes|complement|partie|reste|supplement ...6 hors|sans ..2 bulletin|fiche|paie|declaration
            n apparai* ..1 pas ...4 bulletin|fiche|paie
            pas|non|jamais declare|declaree|declares|declarees
            pas|sans|aucun ..1 besoin ..3 contrat|papiers
            arrange* ...4 especes|liquide|cash|noir|declar*
            declar* ...3 plus tard
            on verra|voit ...4 contrat|declar*
            sans|pas ..1 d|de contrat ...3 debut|debuter|semaine|semaines|mois|jours
            besoin ...1 contrat ...4 confiance
            fait confiance ...4 contrat|papier|papiers
            confiance ..3 sans contrat|papier
            complement ...3 liquide|especes|cash|black
            # ?h|heures declarees|declare ...4 reste
            reste ...3 enveloppe|main|especes|liquide|cash|black
            ne pas|jamais ...2 declarer
            pas|non ...2 declarer
            arrangement ...6 declar*
            remise|remis ...4 liquide|especes
            sans ...2 fiche|bulletin
            au =black
            paye|payee|payes|remunere|paiement|travail|salaire|complement|reste|argent|heures ...4 au noir|black
            travail ...1 dissimule|noir
            non declare
            pas|sans|ni ...2 declare|declaration ...1 ?a ?l ?urssaf
            sans ...2 contrat|bulletin|fiche ...2 ?de ?paie ?ni
            sans|pas ...2 contrat ...3 travail|ecrit|signe|declaration
            sans contrat
            pas de contrat
            sans ...2 bulletin|fiche ...2 paie|paye|salaire
            pas ...2 bulletin|fiche ...2 paie|paye|salaire
            ni contrat|declare|declaration|fiche|bulletin
            de la main a la main
            main a main
            paye|payee|paiement|remunere|reglement|regle|verse|complement|salaire|moitie|partie|reste|solde|heures|
                supplementaire|pourboire|prime ...5 espece|cash|liquide
            @only espece|liquide|cash
            hors ...1 declaration|fiche|bulletin|contrat
            en dehors ...3 contrat|bulletin|fiche
            pas ...1 besoin ...2 contrat|papiers|declaration
            sans papiers accepte*
            partiellement declare
            declare a mi temps|partiel
            declare ...3 seulement|partiellement
            cumul ...2 chomage ...3 discret*|declar*|sans|possible ...3 declarer
            sans ...1 declarer
            complement|arrangement ...4 discretion
            declare* ...2 apres ...3 mois|essai|semaine
            paye ...3 enveloppe
        """,
        allows="""
            habille*|tenue|vetement*|robe ..3 =en =noir
            encaiss*|caisse|fond|fonds|monnaie|retrait|client*|manipulation|comptage|transport ...5 espece|liquide|cash
            especes|liquides protegees|animales|vegetales
            liquide|liquides frigo*|refroidissement|alimentaire
            ticket|sans contact
            sinistres|accident|accidents|valeurs|marchandises non declare
            travail dissimule ...2 lutt*|control*|prevention
            lutt*|control*|prevention|detect* ...5 dissimule|noir
            cash manage*|flow|and
            chocolat|tableau ...2 noir
            plafond
        """,
        unless_sentence="""
            encaissement|encaisser|encaissements|caisse|convoyeu*|distributeur*|guichet
            inspecteur|controleur|inspection
            menu|pizza|chocolat|cafe
            mutation
        """,
    ),
    Family(
        code=Code.MISLEADING,
        article="L. 5331-3",
        explanation=_(
            "Cette promesse risque de tromper : une offre dit le vrai emploi, sa vraie rémunération et son lieu."
        ),
        suggestion=_("Indiquez le métier exercé, le salaire fixe et ce qui est certain."),
        severity=Severity.WARNING,
        patterns="""
            amen*|recrut*|invit*|parrain*|convain* ...3 amis|proches|connaissances|famille|filleul*|
                voisins ...10 gain*|argent|
                prime*|remuner*|gagn*|chacun|tour
            chacun ..2 amen*|recrut*|invit*|parrain*
            parrain*|recrut*|invit*|amen* ...12 touch*|gagn*|percev*|pourcent*|revenu*|commission*|niveau*|bonus
            touch*|gagn*|percev*|revenu*|commission* ...12 parrain*|filleul*|recrut*|reseau|invit*
            qui ..2 parrainent|recrutent|invitent|amenent
            revenu|revenus|rente|commission ..2 a vie
            reseau de distribution|vente|vendeurs ...6 gagn*|revenu*|niveau*
            sur ..2 #2-9 niveaux
            gagn* ..3 # euros
            recrutez ..2 amis|proches|famille|entourage
            emploi|poste|embauche garanti|garantie ...4 a|pour tous|toutes|tout
            # euros ..1 par jour ...6 telephone|maison|chez
            salaire de ministre|star
            # heure par jour
            devenez|devenir riche
            jusqu a #4000-1000000 euros
            #4000-1000000 euros ...3 sans ...2 experience|diplome|effort
            gagn* ...3 jusqu|plus ...4 # euros
            gagn* ...3 # euros ...3 jour|semaine|mois|heures|depuis|effort|chez|sans|facile*
            gagn* ...3 ?de argent ...3 facile*|rapide*|sans
            argent facile|rapide
            gagn* facilement|rapidement
            revenu|gain|salaire|commission|remuneration|argent ...2 illimite|garanti|rapide|passif|facile|
                exceptionnel|mirobolant
            revenus ...3 sans ...2 limite|effort|experience|plafond
            sans ...2 effort
            sans rien|travailler faire
            independance|liberte financiere
            deven* ...2 riche|millionnaire|libre financierement
            fortune
            marketing ...1 ?de reseau
            =mlm
            multi niveau
            vente pyramidale|multiniveau
            parrain* ...4 remunere|gagn*|commission|filleul|recrut*|amis|proches
            recrut* ...3 filleul|parrain|proches|propre equipe
            filleul
            pyramid*
            depuis ...2 votre canape|telephone|smartphone|lit
            travail a domicile ...4 # euros
            seulement|que # heures par|la semaine|jour ...5 # euros
            # heures par|la jour|semaine pour ...2 # euros
            mise sous pli ...4
            crypto*|trading ...4 gain|revenu|rentable|garanti
            aucune competence ...4 # euros
            succes|reussite garanti
            embauche ...2 garantie sans|apres|contre
            opportunite ...2 affaire|unique ...4 revenu|argent|gagner
            changer|changez ...1 ?de|votre vie ...4 revenu|argent|gagn*|financ*
            salaire de reve
            complement ...1 revenu facile|rapide|sans
            arnaque
        """,
        allows="""
            mise sous pli ..1 de|des|du; courrier|routage|facture|document ...6 mise sous pli
            gestion*|impot*|conseil* ...3 fortune; pyramide olfactive
            operation*|machine*|agent*|conducteur*|conductrice ...6 mise sous pli
            prime ..1 de|d ..1 parrainage|cooptation
            prime|# euros ...4 cooptation|collegue|recommand*
            sans ...2 effort ...2 physique
            gagn* ...2 temps|autonomie|experience
            gagn* ...2 jusqu ...3 pourcent
            salaire|remuneration|revenu garanti
            minimum|smic|fixe ...2 garanti
            garanti ...3 fixe|minimum|smic|convention
            bouche a oreille
            prime ...2 parrainage
            parrainage
            effort ...2 physique
            cooptation
            pyramide des|de
        """,
        unless_sentence="""
            smic
            prime de|d cooptation|parrainage
            convention collective
            parrainage ...4 enfant
            benevole*
            mentor*
        """,
    ),
    Family(
        code=Code.PAY_BELOW_MINIMUM,
        article="L. 3231-2",
        explanation=_("Personne ne peut être payé moins que le salaire minimum, même au début ou pendant l’essai."),
        suggestion=_("Indiquez un salaire au moins égal au minimum légal et à celui de votre convention collective."),
        patterns="""
            moins ..1 que|du ..1 smic|minimum
            smic moins|a # ?pourcent
            #1-99 pourcent ..1 du|de ?l ?ancien smic
            sous|inferieur|inferieure|dessous|moins ..2 smic|minimum ?legal
            pas ..2 smic ..2 essai|debut|formation|mois
            demi smic; moitie ..1 du smic
        """,
        allows="""
            pas|jamais|rien ..3 sous|inferieur|dessous|moins ..2 smic|minimum
        """,
        unless_sentence="""
            apprenti*|alternance|alternant*|professionnalisation|stage|stagiaire|gratification
            superieur*|plus|majore*|contrat pro
        """,
    ),
)
