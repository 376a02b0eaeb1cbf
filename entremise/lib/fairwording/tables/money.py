"""Money asked from the candidate, pay hidden or refused, promises that mislead."""

from typing import Final

from entremise.lib.fairwording.codes import Code, Severity
from entremise.lib.fairwording.families import Family
from entremise.lib.identifiers import gettext_noop as _

FAMILIES: Final = (
    Family(
        code=Code.FEES,
        article="L. 5321-3, L. 5331-1",
        explanation=_("Chercher un emploi est gratuit : rien ne peut être demandé à la personne qui postule."),
        suggestion=_("Retirez ces frais ; ils sont à la charge de l’employeur."),
        patterns="""
            # euros de|pour ..1 frais
            prevoir|prevoyez ...3 # euros
            demandons ...6 # euros
            regler|reglez|payer|payez|verser|versez|debourser ...8 # euros
            frais administratifs
            frais ...3 # euros
            # euros ...4 etude|dossier|inscription|adhesion|candidature
            cout ...3 formation ...5 salaire|charge|candidat*|retenu*
            visite medicale ...6 charge
            frais ...4 ?a ?la|votre|sa charge ?du|de|des ...1 candidat*|postulant|salarie|vous
            frais ...5 a|aux|sont votre|vos|sa|ses|leur charge|frais
            frais ...2 dossier|inscription|candidature|gestion|traitement|agence|placement|recrutement ...4 #
            frais ...1 dossier|inscription|candidature|agence|placement|recrutement|adhesion
            frais ...4 candidat* #
            frais ...6 charge ...1 ?du|de candidat*|postulant|salarie|recrue
            droit ...1 inscription|entree ...2 #
            droit ...1 inscription|entree
            formation|stage|module|certification ...3 payante|payant|payer|facturee|charge ...3
            formation ...6 charge ...1 candidat*|salarie|stagiaire
            formation ...6 a votre charge|frais
            formation ...4 # euros
            formation ...6 remboursee|remboursable|retenue|prelevee|deduite ...4 salaire|paie
            regler|payer|verser|reglement|versement|virement|paiement|acquitter|envoyer|versez|reglez|payez|participation ...4 # euros
            participation ...2 frais|financiere ...4 # euros
            participation financiere
            cotisation|adhesion ...3 # euros
            abonnement ...3 # euros ...4 candidat*|offre
            acces|consult* ...4 offre* payant*
            moyennant ...3 # euros
            contre ...2 ?paiement|reglement|versement de|d # euros
            mandat cash|pcs|western|transcash|neosurf
            western union
            coupon* recharge|pcs|transcash|neosurf
            carte prepayee
            envoyer|envoi|envoyez ...4 argent|cheque|mandat
            cheque de # euros
            investissement ...2 depart|initial|personnel|requis|minimum ...3
            apport ...2 personnel|requis|financier
            investir ...3 # euros
            visite medicale ...4 charge ...3 candidat*|votre
            visite medicale a votre|vos charge|frais
            dossier ...2 payant
            candidature payante
            payer ...3 formation|dossier|inscription
            #1-10000 euros ...3 pour ...3 dossier|inscription|candidature|postuler|formation
            billet|visa|passeport ...4 avancer|avance ...3 candidat*|vos|votre
            debours*|avancer|avance|avancez ...4 frais
            retenue|retenu|preleve|deduit ...4 salaire|paie ...6
            honoraires ...4 candidat*
        """,
        allows="""
            frais ...4 rembours*|pris|prise|payes|couverts|employeur|entreprise|societe|par
            frais ...2 kilometrique*|deplacement*|repas|transport*|professionnel*|reel* ...3 rembours*|pris|payes|indemn*|en
            frais ...3 de|des clients|client|patients|candidatures ...2 gerer
            sans ...2 frais
            aucun ...1 frais
            prime|salaire|remuneration|indemnite|prise|ticket|tickets|panier|remboursement|budget|mutuelle ...6 # euros
            cheque|cheques dejeuner|vacances|cadeau|restaurant
            participation ...2 benefice|interessement|resultat|transport|frais
            formation ...5 pris|prise|financee|payee|remuneree|offerte|gratuite|interne|assuree|entreprise|employeur|qualifiante
            ger*|gestion|suivi|trait*|saisi*|control*|encaiss*|note|notes|prepar*|comptabilis*|factur* ...5 frais|paiement|reglement|cotisation|inscription|droits|virement|facture
            frais ...2 scolarite ...3
            aucune ...4
            ne ...3 frais
            avance ...2 frais ...3 rembours*
            a la charge ...1 ?de ?l employeur|entreprise|societe
            charge de ...1 l|notre employeur|entreprise|societe
            honoraires ...3 charge ...2 entreprise|client
            vendre|vente|mandataire ...4 # euros
            carte prepayee ...2 clients
        """,
        unless_sentence="""
            encaisser|encaissement|comptabilite|comptable|caisse|facturation|clients|client|clientele|adherents
            pris en charge
            prise en charge
            prises en charge
            frais de port
            gratuit|gratuite|gratuitement
            rembourse|rembourses
            offert|offerte
        """,
    ),
    Family(
        code=Code.DEPOSIT,
        article="L. 5321-3",
        explanation=_("Aucune caution ne peut être demandée pour obtenir un emploi ou un outil de travail."),
        suggestion=_("Retirez la caution ; l’employeur fournit le matériel."),
        patterns="""
            demand* ...3 caution
            une|=la caution
            caution ...4 #
            caution ...3 @req|verser|deposer|remettre|tenue|vehicule|materiel|restituee|encaissee|badge|salarie
            cheque ...1 caution|garantie
            depot ...1 garantie
            @req ...2 caution
            verser|verse|versez|deposer|laisser|remettre|fournir ...4 caution|garantie
            contre ...1 caution
            sous caution
            cautionnement
            somme ...3 garantie ...4 @req|remise
            garantie financiere ...2 @req
            garantie ...2 # euros
            carte bancaire ...3 empreinte|caution|garantie
            empreinte ...2 carte bancaire
        """,
        allows="""
            sans|aucune|pas ...2 caution
            caution scientifique|morale|bancaire
            gestion|ger*|encaiss*|etat|restitution|suivi|location ...6 caution|garantie
            depot ...1 garantie ...3 locataire*|clients
            logement ...6 caution|garantie
            garantie decennale|constructeur|pieces|commerciale
        """,
        unless_sentence="""
            locataire|locataires|locations|location|logement|clients|immobilier|immobiliere
        """,
    ),
    Family(
        code=Code.PURCHASE,
        article="R. 4323-95, L. 5321-3",
        explanation=_("C’est à l’employeur de fournir la tenue, le matériel et les équipements de protection."),
        suggestion=_("Écrivez « matériel et tenue fournis »."),
        patterns="""
            acheter ...6 # euros
            chaussure|tenue|epi|materiel|equipement|gants|uniforme ...4 non|pas fournies|fourni
            achat|acheter|achete|acquisition|acquerir|achetez|commander ...4 kit|tenue|uniforme|materiel|mallette|pack|stock|equipement|blouse|epi|outillage|echantillon*|demarrage|chaussures
            kit|pack|mallette|stock|coffret ...2 demarrage|depart|vendeur|vendeuse|initial|demonstration|bienvenue ...4 acheter|charge|payant|achat|frais|@req|payer|regler
            kit|pack|mallette ...1 demarrage|depart
            tenue|uniforme|materiel|equipement|blouse|epi|outillage|vetement|gants|casque|chaussure ...6 a|aux votre|vos|sa|ses charge|frais
            tenue|uniforme|materiel|equipement|blouse|epi|outillage|gants|casque|chaussure ...6 charge ...2 salarie|candidat*|employe|vous
            tenue|uniforme|materiel|equipement|blouse|epi|outillage|chaussure|casque|gants ...4 a acheter|financer|payer|regler
            tenue|uniforme|materiel|equipement|epi|chaussure|gants|casque|kit ...3 non fourni
            tenue|uniforme|materiel|equipement|blouse|epi|kit|mallette|chaussure ...5 facture|paye|payante|payant|deduit|preleve|retenu
            tenue|uniforme|materiel|equipement|blouse|epi|kit|mallette|pack|stock ...4 # euros
            @job ...4 achat ...4 produits|stock
            premier ...1 achat|stock ...3
            se fournir ...3 materiel
        """,
        allows="""
            charge|chargee|responsable|gestion|suivi|suiv*|assur*|realis*|negoci*|effectu*|ger*|passer|prepar*|conseil* ...6 achat*|commande*|acquisition*|acheter
            kit|tenue|uniforme|materiel|equipement|epi|pack|chaussures ...4 fourni*|offert*|rembours*|gratuit*|remis|pris|entretenu
            kit|pack ...2 bienvenue
            achat|acheter ...4 rembours*
            commander ...3 materiel|stock
            acheteu*
            clients|client ...4 acheter
            materiel|tenue|uniforme|equipement ...3 ne|n ...4 pas
            aucun ...4
            prime ...2 # euros
            valeur ...2 # euros
        """,
        unless_sentence="""
            fournisseurs|fournisseur|approvisionnement*|clients|client|clientele|acheteu*
            fourni|fournis|fournie|fournies
            offert|offerts|offerte
            prime
            politique achats
            logiciel*
        """,
    ),
    Family(
        code=Code.PURCHASE,
        article="R. 4323-95",
        explanation=_("C’est à l’employeur de fournir la tenue, le matériel et les équipements de protection."),
        suggestion=_("Écrivez « matériel et tenue fournis »."),
        patterns="""
            chaussure|tenue|epi|materiel|equipement|gants|uniforme|vetement|outillage|casque ...4 non|pas ?ete fournies|fourni
            ne ...3 fourni* pas ...3 tenue|materiel|equipement|uniforme|epi|chaussures
            pas ...1 fourni* ...3 tenue|materiel|equipement|uniforme|epi|chaussures
        """,
    ),
    Family(
        code=Code.UNPAID_TRIAL,
        article="L. 3211-1, L. 8221-5",
        explanation=_(
            "Tout travail se paie, y compris une journée d’essai ; seule une immersion (PMSMP) passe par une convention."
        ),
        suggestion=_("Écrivez « essai rémunéré », ou proposez une immersion professionnelle avec France Travail."),
        patterns="""
            essai|test|formation|periode|journee|semaine|mois|jour|stage|matinee|soiree|shift|service|integration|heure|doublure ...5 non|pas|sans|jamais remunere|paye|salaire|indemnise|remuneration|retribue|indemnite|retribution|paie
            essai|test|journee|semaine|periode|doublure|formation ...4 ne|n ...3 pas|point ...2 remunere|paye|indemnise|retribue
            essai|test|journee|semaine|periode|jour|soiree|matinee|mois|doublure ...4 gratuit|gratuitement|benevole|benevolement|gracieu*|blanc
            essai|test|journee|semaine|periode ...3 a titre ?gracieux|gratuit|benevole
            gratuit|gratuite|benevole|gracieux ...2 essai|test|journee|semaine|periode
            premier|premiere|deux|trois|quinze ...3 jour|semaine|mois|heure|journee|soiree ...4 benevole*|gratuit*|non|sans
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
            non seulement
            benevole|benevoles|benevolat ...4 association
            gratuit*|gratuite ...3 client*
            test|tests|essai|essais ...3 logiciel|laboratoire|qualite|materiaux|client
            pause|repas|dejeuner ...4 non remunere
            temps de pause
            =pmsmp|immersion
            periode d essai
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
            @only ...4 primes|commissions
            remunere|remuneration|paye|salaire|paiement ...3 @only ...3 commission|pourcentage|rendement|pourboire|resultat|tache|acte|piece|vente|objectif|variable
            @only ...3 commission|pourcentage|pourboire|rendement
            remunere|remuneration|paye|salaire ...2 # pourcent ...2 variable|commission
            #100 pourcent ...2 variable|commission|commissionnee
            commission|pourcentage|variable|rendement|pourboire ...3 sans ...1 fixe|salaire
            sans|pas|aucun ...2 fixe
            sans ...2 salaire ...1 fixe|minimum
            commission ...1 @only|seule
            paye|remunere|payee|remuneree ...1 au|aux|a ...1 pourboire|rendement|piece|tache|lance|commission|pourcentage
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
            mandataire*
            independant|independante|independants
            profession liberale
            smic
            minimum ...2 garanti
        """,
    ),
    Family(
        code=Code.UNDECLARED_WORK,
        article="L. 8221-1, L. 8221-5",
        explanation=_("Tout travail doit être déclaré : il protège la personne et l’employeur."),
        suggestion=_("Écrivez « contrat et bulletin de paie dès le premier jour »."),
        patterns="""
            remise|remis ...4 liquide|especes
            sans ...2 fiche|bulletin
            au =black|=noir
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
            paye|payee|paiement|remunere|reglement|regle|verse|complement|salaire|moitie|partie|reste|solde|heures|supplementaire|pourboire|prime ...5 espece|cash|liquide
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
            revenu|gain|salaire|commission|remuneration|argent ...2 illimite|garanti|rapide|passif|facile|exceptionnel|mirobolant|deplafonne
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
)
