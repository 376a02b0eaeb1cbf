"""Money asked from the candidate, pay hidden or refused, promises that mislead."""

from typing import Final

from entremise.lib.fairwording.codes import Code
from entremise.lib.fairwording.families import Family
from entremise.lib.identifiers import gettext_noop as _

FAMILIES: Final = (
    Family(
        code=Code.FEES,
        article="L. 5321-3, L. 5331-1",
        explanation=_("Chercher un emploi est gratuit : rien ne peut être demandé à la personne qui postule."),
        suggestion=_("Retirez ces frais ; ils sont à la charge de l’employeur."),
        patterns="""
            # euros ..4 =au|=aux|=du candidat*|postulant*
            regl*|pay*|financ*|avanc*|prendre ..1 vous|soi meme ..4 formation|stage|visite|dossier|inscription|billet|
                hebergement|certification|examen
            regl*|pay*|financ*|avanc* ..3 vous|soi memes ..4 formation|stage|visite|dossier|inscription|billet
            formation|stage|module|certification|badge|visite|habilitation|dossier|inscription ...6 factur*|retenu*|
                preleve*|
                deduit*|debite*|regler|avancer|rembourser|verser ...6
            factur*|deduit*|retenu*|preleve*|debite* ...6 formation|stage|visite|badge|dossier|inscription|habilitation
            formation|stage|certification|habilitation|visite ...3 =a votre|vos ?propres frais|charge|compte
            prise en charge par ..1 vous|candidat*|salarie
            # euros ...8 rembours* apres
            acces ...3 annonce*|offre* ...4 payant*|abonnement|euros
            cout ..2 formation|stage|visite|dossier ...6 vous|votre|candidat*|salarie
            payant ...3 candidat*|postul*
            sera|seront|est demande ..1 # euros
            demande # euros
            # euros ...4 a regler|payer|verser|avancer|charge ...6
            a regler|payer|verser par ..1 candidat*|salarie|vous
            a la charge ..1 du|de ..1 candidat*|postulant
            visite ...6 a vos|votre|ses frais|charge
            a vos frais
            de votre poche
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
            regler|payer|verser|reglement|versement|virement|paiement|acquitter|envoyer|versez|reglez|payez|
                participation ...4 # euros
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
            delivr*|emett*|emission ..2 mandat; verifi*|control* ...5 droits
            cesu ...4; en cesu
            factur*|regl*|paiement* ...4 client*|fournisseur*|patient*|famille*
            suivre|suivi* ..2 formation
            formation ...3 est|sera charge; responsable|organisme|centre|ingenierie|charge ..4 formation
            temps|heures|jour|jours ..3 formation ...3 pay*|remuner*
            formation ..4 paye|payee|remuneree|financee|offerte|interne|gratuite
            frais ...4 rembours*|pris|prise|payes|couverts|employeur|entreprise|societe|par
            frais ...2 kilometrique*|deplacement*|repas|transport*|professionnel*|reel* ...3 rembours*|pris|payes|
                indemn*|en
            frais ...3 de|des clients|client|patients|candidatures ...2 gerer
            sans ...2 frais
            aucun ...1 frais
            prime|salaire|remuneration|indemnite|prise|ticket|tickets|panier|remboursement|budget|mutuelle ...6 # euros
            cheque|cheques dejeuner|vacances|cadeau|restaurant
            participation ...2 benefice|interessement|resultat|transport
            formation ...5 pris|prise|financee|payee|remuneree|offerte|gratuite|interne|assuree|entreprise|employeur|
                qualifiante
            ger*|gestion|suivi|trait*|saisi*|control*|encaiss*|note|notes|prepar*|comptabilis*|factur* ...5 frais|
                paiement|reglement|cotisation|inscription|droits|virement|facture
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
        code=Code.FEES,
        article="L. 5321-3, L. 5331-1",
        explanation=_("Chercher un emploi est gratuit : rien ne peut être demandé à la personne qui postule."),
        suggestion=_("Retirez ces frais ; ils sont à la charge de l’employeur."),
        patterns="""
            cout|tarif|prix|montant ..4 inscription|adhesion|dossier|candidature|formation|fichier ...6 # euros
            # euros ..1 vous|lui sera|seront ..1 demande*|facture*|retenu*|preleve*
            avance ...2 # euros ...6 demande*|exige*|verser|vous
            test|dossier|examen|inscription|candidature|entretien|recrutement|badge|formation|visite ...4 coute|cout|
                payant|payable|coutent ...4 # euros
            payable|payables ..1 en|par|a ligne|virement|carte|avance
            frais ...10 a votre|sa|leur charge
            frais ...6 pas|non|jamais rembours*|pris
            pay*|regl*|financez|financer|avanc*|prendre ..1 vous|votre|sa|vos|leur|soi ..2 formation|stage|visite|
                inscription|
                billet|habilitation|certification|permis
            frais|euros|dossier|inscription|formation ...6 non rembours*|restitu*
            formation|stage|module|certification ..2 payante|payant
            formation|stage|visite|dossier|badge|certification|inscription|hebergement|navette ...4 factur*|retenu*|
                preleve*|deduit*|debite* ...6 candidat*|salaire|paie|paye|remuneration|solde|stagiaire|postulant
            factur*|retenons|prelevons|deduisons ...4 candidat*|salaire|paie ...6 formation|stage|visite|dossier|badge
        """,
    ),
    Family(
        code=Code.DEPOSIT,
        article="L. 5321-3",
        explanation=_("Aucune caution ne peut être demandée pour obtenir un emploi ou un outil de travail."),
        suggestion=_("Retirez la caution ; l’employeur fournit le matériel."),
        patterns="""
            cheque ...4 non encaisse
            empreinte ..3 carte
            cheque ...6 vehicule|materiel|badge|cles
            # euros ..2 de|en garantie|caution
            garantie ...4 badge|cles|tenue|outils
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
            gites|gite|camping|vacanciers|hotel|chambres|reservation|reservations
            locataire|locataires|locations|location|logement|clients|immobilier|immobiliere
        """,
    ),
    Family(
        code=Code.PURCHASE,
        article="R. 4323-95, L. 5321-3",
        explanation=_("C’est à l’employeur de fournir la tenue, le matériel et les équipements de protection."),
        suggestion=_("Écrivez « matériel et tenue fournis »."),
        patterns="""
            personnel|personnelle|personnels|personnelles ..3 non|pas fournis|fourni|fournie|fournies
            caisse|trousse|mallette ..1 outils|couteaux ...6 non|pas|personnel*|propre|votre|charge
            kit|pack|mallette|coffret|valise|stock|echantillon* ...4 a acheter|acquerir|payer|commander|regler|financer
            achet*|acquer*|commander|payer|financer|financez|=finance|financerez ...4 kit|pack|mallette|
                coffret|echantillon*|catalogue*|stock
            tenue|uniforme|blouse|chaussures|outillage|outils|materiel|couteaux|telephone ..4 a =acheter|=acquerir
            fournir|apporter|venir ..2 votre|vos|son|ses|propres ?propres materiel|outillage|outils|couteaux|tenue|
                ordinateur|
                chaussures
            salarie|candidat*|vous|employe ...1 achete|achetez|paie|finance|financez ..1 ses|vos|son|votre|
                leurs outil|outils|tenue|materiel|uniforme|equipement*|couteaux
            outils|couteaux|tablier|materiel|tenue|blouse|outillage|ciseaux ...3 a vos|votre|ses|leurs frais|charge
            propre|propres materiel|outil|outils|outillage|vehicule ...2 @req
            a acheter ...4 fournisseur|magasin|boutique
            acheter ...6 # euros
            chaussure|tenue|epi|materiel|equipement|gants|uniforme ...4 non|pas fournies|fourni
            achat|acheter|achete|acquisition|acquerir|achetez|commander ...4 kit|tenue|uniforme|materiel|mallette|
                pack|stock|equipement|blouse|epi|outillage|echantillon*|demarrage|chaussures
            kit|pack|mallette|stock|coffret ...2 demarrage|depart|vendeur|vendeuse|initial|demonstration|
                bienvenue ...4 acheter|charge|payant|achat|frais|@req|payer|regler
            kit|pack|mallette ...1 demarrage|depart
            tenue|uniforme|materiel|equipement|blouse|epi|outillage|vetement|gants|casque|chaussure ...6 a|aux votre|
                vos|sa|ses charge|frais
            tenue|uniforme|materiel|equipement|blouse|epi|outillage|gants|casque|chaussure ...6 charge ...2 salarie|
                candidat*|employe|vous
            tenue|uniforme|materiel|equipement|blouse|epi|outillage|chaussure|casque|gants ...4 a acheter|financer|
                payer|regler
            tenue|uniforme|materiel|equipement|epi|chaussure|gants|casque|kit ...3 non fourni
            tenue|uniforme|materiel|equipement|blouse|epi|kit|mallette|chaussure ...5 facture|paye|payante|payant|
                deduit|preleve|retenu
            tenue|uniforme|materiel|equipement|blouse|epi|kit|mallette|pack|stock ...4 # euros
            @job ...4 achat ...4 produits|stock
            premier ...1 achat|stock ...3
            se fournir ...3 materiel
        """,
        allows="""
            ^ acheter|commander des equipement|stock|materiel|matiere; faire l acquisition
            cout ...4 achat|acquisition; programm*|planifi* ...5 acquisition|achat
            charge|chargee|responsable|gestion|suivi|suiv*|assur*|realis*|negoci*|effectu*|ger*|passer|prepar*|
                conseil* ...6 achat*|commande*|acquisition*|acheter
            kit|tenue|uniforme|materiel|equipement|epi|pack|chaussures ...4 fourni*|offert*|rembours*|gratuit*|remis|
                pris|entretenu
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
            a acheter|acquerir|financer|payer|fournir|prevoir par ..1 salarie|candidat|vous|employe|toi
            outil*|materiel|ordinateur|telephone|couteaux|outillage ..1 personnel* ..1 @req
            a fournir par ..1 salarie|candidat|vous|employe|recrue|soi
            fourni|fournis|fournie|fournies|apporte|achete par ..1 salarie|candidat|employe
            prevoir|prevoyez ..3 achat
            achat|acheter|achetez ..1 de|d ?vos|votre|ses|son vos|votre|ses|son|propre ?propres outils|outillage|
                materiel|tenue|uniforme|couteaux|equipement*
            achat ..1 =de vos|votre|ses|son
            personnel|personnelle|personnels|personnelles ..3 non|pas fournis|fourni|fournie|fournies
            caisse|trousse|mallette ..1 outils|couteaux ...6 non|pas|personnel*|propre|votre|charge
            a vous|toi de|d payer|acheter|fournir|financer|regler|prevoir ...4 tenue|materiel|outil*|couteaux|
                chaussure*|blouse|
                gants|casque|uniforme|telephone
            achet*|pay*|financ*|fourni* ..2 vous|soi|lui meme ...4 tenue|materiel|outil*|couteaux|chaussure*|tablier|
                blouse|
                vetement*|gants|casque|uniforme
            tenue|materiel|outil*|couteaux|chaussure*|tablier|blouse|gants|casque|uniforme ...4 charge ..1 =du|=de|
                =des salarie|
                candidat*|employe|recrue
            tenue|materiel|uniforme|chaussures ...4 a acheter par|chez
            chaussure|tenue|epi|materiel|equipement|gants|uniforme|vetement|outillage|casque ...4 non|
                pas ?ete fournies|fourni
            ne ...3 fourni* pas ...3 tenue|materiel|equipement|uniforme|epi|chaussures
            pas ...1 fourni* ...3 tenue|materiel|equipement|uniforme|epi|chaussures
        """,
    ),
)
