"""What may not be asked at the time of applying: L. 1221-6 (a direct and necessary link with the job)."""

from typing import Final

from entremise.lib.fairwording.codes import Code, Severity
from entremise.lib.fairwording.families import Family
from entremise.lib.fairwording.tables.sex import ROLES
from entremise.lib.identifiers import gettext_noop as _

FAMILIES: Final = (
    Family(
        code=Code.PHOTO,
        article="L. 1221-6",
        explanation=_(
            "Une photo ne dit rien des compétences et ouvre la porte aux discriminations : ne la demandez pas."
        ),
        suggestion=_("Écrivez « envoyez votre CV », sans plus."),
        severity=Severity.WARNING,
        patterns="""
            photo ..1 de preference|serait|sinon
            idealement ..2 photo
            photo ...4 attendue|attendu|souhaitee|exigee|demandee|bienvenue|obligatoire|fournir|fournie
            photo de vous
            selfie
            cv|candidature|dossier|lettre|curriculum ...3 avec|et|accompagne|comportant|incluant|plus ...3 photo|
                photographie|selfie|portrait|photos
            photo|photographie|selfie|photos ...3 @req|identite|pied|plain|recente|joindre|jointe|recentes
            cv|candidature photo
            cv ...2 photo
            joindre|joignez|envoyer|envoyez|ajouter|ajoutez|fournir|transmettre|adresser|merci|envoi ...5 photo|
                photographie|selfie|photos|portrait
            @req ...1 photo
            photo en pied
            votre|une|=avec ...1 photo ...2 recente|identite|portrait
            avec photo
            candidature|candidatures sans photo
            video ...3 de|pour|vous presentation @req
            lien ...2 instagram
        """,
        allows="""
            realis*|effectu* ...2 photo
            sans|ni|pas|aucune ...2 photo
            photos ...3 produits|plats|biens|annonces|chantier|vehicules|client|realisations|projets
            photo ...2 produits|plats|biens|annonces|chantier|studio|book|realisations|journal|reportage
            book photo
            =en|formation|diplome|cap|bac|bts|licence ..2 photo|photographie
            vos photos
            prise|prises|prendre|retouche*|banque|shooting|laboratoire|studio|rayon|materiel ...3 photo
        """,
        unless_sentence="""
            photographe|retouche|reportage|portfolio|shooting|book|realisations|chantiers|biens
        """,
        unless_text=ROLES,
    ),
    Family(
        code=Code.PHOTO,
        article="L. 1221-6",
        explanation=_(
            "Une photo ne dit rien des compétences et ouvre la porte aux discriminations : ne la demandez pas."
        ),
        suggestion=_("Écrivez « envoyez votre CV », sans plus."),
        severity=Severity.WARNING,
        patterns="""
            sans ..2 photo|photographie|portrait ...8 ne ...4 pas|jamais|point
            sans ..2 photo|photographie|portrait ...6 ignor*|refus*|elimin*|ecart*|rejet*|exclu*|incomplet*|poubelle|
                jete*|class*|abstenir|inutile|=non|irrecevable*|supprim*
            aucun|aucune|pas ...6 sans ..1 photo|photographie
            ne ...6 sans ..1 photo|photographie|portrait
            n oubliez pas ...3 photo|photographie|portrait
            photo|photographie|portrait ..4 cv|candidature|lettre|dossier|message|mail
            photo|photographie|portrait ...6 accompagn*|obligatoire*|indispensable*|impera*
        """,
        unless_sentence="""
            photographe|retouche|reportage|portfolio|shooting|book|realisations|chantiers|biens|produits|plats
            sans photo ..3 acceptes|acceptees|accepte|acceptee|bienvenus|bienvenues|suffit
            anonym*
        """,
        unless_text=ROLES,
    ),
    Family(
        code=Code.PERSONAL_DOCUMENTS,
        article="L. 1221-6",
        explanation=_(
            "Ces documents ne se demandent qu’après l’embauche : à la candidature, "
            "ils exposent la personne à la fraude."
        ),
        suggestion=_("Demandez seulement un CV et un moyen de contact."),
        severity=Severity.WARNING,
        patterns="""
            acte|extrait ..1 de naissance
            =rib|=iban ..1 de preference|serait|sinon
            idealement ..2 =rib
            releve|releves ...1 ?de compte|compte|identite|bancaires|bancaire
            carte ...1 ?d|nationale ?d identite
            passeport ...3 @req
            piece d identite
            copie|photocopie|scan|photo|recto ...3 carte|piece|passeport|titre|permis|livret|papiers ...3 identite|
                sejour|famille|vitale
            copie|photocopie|scan|photo ...3 identite|passeport|vitale|rib|=cni
            joindre|joignez|envoyer|envoyez|fournir|transmettre|adresser|produire|communiquer|apporter|merci|envoi|
                muni|munir ...7 carte|piece|papiers ...2 identite|vitale|sejour|electeur
            joindre|joignez|envoyer|envoyez|fournir|transmettre|adresser|produire|communiquer|apporter|envoi|muni|
                munir ...7 vitale|=rib|=cni|passeport|iban
            joindre|joignez|envoyer|envoyez|fournir|transmettre|adresser|produire|communiquer ...6 securite sociale
            joindre|joignez|envoyer|envoyez|fournir|transmettre|adresser|produire|communiquer ...6 avis|
                releve ...1 imposition|bancaire|impots|compte
            joindre|joignez|envoyer|envoyez|fournir|transmettre|adresser|produire|communiquer ...6 bulletins|
                fiches ...1 salaire|paie|paye
            joindre|joignez|envoyer|envoyez|fournir|transmettre|adresser|produire ...6 livret de famille
            joindre|joignez|envoyer|envoyez|fournir|transmettre|adresser|produire ...6 justificatif de domicile
            joindre|joignez|envoyer|envoyez|fournir|transmettre ...6 acte de naissance
            cv ...4 carte|piece ...1 ?d identite|vitale
            cv ...4 =rib|=cni|passeport
            numero ...1 ?de securite|secu ?sociale ...3
            numero ...1 ?de carte bancaire|bleue
            numero de secu
            carte vitale
            coordonnees|releve|identifiants bancaire*
            =rib ...4 @req|candidature|cv|joindre
            avis d imposition
            trois|deux|dernier|derniers ...1 bulletins|fiches ...1 salaire|paie|paye
            dernier|derniers|vos|votre bulletins|bulletin|fiche|fiches ...1 salaire|paie|paye
            identifiants|mot|mots ...1 ?de ?passe ...3 compte|reseaux|facebook|france
            piece ...1 identite ...4 @req|postuler|candidature
            @req ...4 piece|carte|copie ...1 identite
            livret ...1 famille
            =rib|=iban|=cni|passeport|vitale|identite|imposition|domicile|paie|salaire ...5 accompagn*|joint|jointe|
                joints|joindre|avec|dans|complet* ..3 cv|candidature|lettre|dossier|message|mail|courrier
            cv|candidature|dossier|lettre ...6 =rib|=iban|=cni|vitale|identite|imposition|passeport
            =des ?la|l ?votre candidature ...6 =rib|=iban|=cni|vitale|identite|passeport
            =rib|=iban|=cni|vitale|identite|passeport ...4 =des ?la|l ?votre candidature|postul*
        """,
        allows="""
            edition|edit*|etabli*|elabor*|realis*|prepar*|saisi*|gestion|produire|paie|verifi*|control*|traite*|
                analyse|collecte* ...8 bulletin*|fiche*|carte*|vitale|=rib|identite|releve*|bancaire*|avis|passeport*
            lecture|lecteur|teletrans*|saisi*|borne ...4 vitale
            entretien|rendez ...6
            apres|lors|au|moment ...3 embauche ...6
            clients|patients|assures|usagers|adherents ...4
        """,
        unless_sentence="""
            une fois ...4 signe; apres ..3 signature|embauche; contrat signe
            a l embauche
            patients|assures|clients|usagers|locataires|adherents|visiteurs|voyageurs|salaries
            apres|suite|fois ...4 embauche|entretien|recrutement|recrute|recrutee|selection
            =cv|candidature seul|suffit
            lors ...3 embauche|signature
            jour ...3 embauche
            en cas d embauche
            jour de l embauche; signature du contrat; premier jour; prise de poste
            gestionnaire|comptable|paies
            secretariat medical
            officine|pharmacie
        """,
    ),
    Family(
        code=Code.CRIMINAL_RECORD,
        article="L. 1221-6",
        explanation=_("Le casier judiciaire ne peut être demandé que pour les métiers où une loi le prévoit."),
        suggestion=_("Retirez cette mention, ou citez le texte qui l’impose pour ce métier."),
        severity=Severity.WARNING,
        asked="""
            casier
            condamne|condamnee|condamnation|condamnations
            prison; garde a vue
            ennuis|demeles ..2 justice
        """,
        patterns="""
            bulletin ..2 #2-3
            pas|sans|aucun ..1 casier
            casier vierge
            sorti|sortant|sortie ..2 prison
            affaire a|avec la justice|police
            ennui* ..2 justice
            demeles ..2 justice
            casier ...1 judiciaire
            casier ...2 vierge
            extrait|bulletin ...2 casier
            bulletin ...1 #2-3 ...2 @req
            sans|aucun|aucune|ni|pas|jamais ...2 condamnation|antecedent ...1 ?penal*|judiciaire*
            antecedent ...1 judiciaire*
            condamnation penale
            ancien|anciens|ex detenu*
            sortant ...2 prison
            jamais ...2 condamne
            passe judiciaire
            bracelet electronique
        """,
        allows="""
            accompagn*|aupres|insertion|public ...5 detenu*|prison|justice
            chantier ...5 detenu*
        """,
        unless_text="""
            securite|surveillance|convoyeu*|gardien*|rondier; transport ...2 fonds
            enfance|enfant|enfants|mineurs|creche|scolaire|periscolaire|ecole|colonie|bafa|animateur|
                animatrice; assistant* maternel*
            taxi|vtc|ambulanci*; transport ...2 personnes|voyageurs|public
            banque|bancaire|assurance|financier|financiere|courti*
            fonction publique; fonctionnaire|police|gendarm*|justice|penitentiaire|douane|armee|militaire|aeroport*|
                nucleaire|defense|arme|armes
            avocat|notaire|huissier|commissaire|medecin|infirmi*|pharmaci*|ehpad|vulnerables|handicap*|
                educat*; aide soignant*; personnes agees; medico social
            casino|croupier|jeux|paris
            expert comptable; commissaire aux comptes; agent immobilier; carte professionnelle; cnaps
            obligation legale
            article|conformement|code ...3
            debit ...2 boissons
            accompagn*|insertion
        """,
    ),
    Family(
        code=Code.PRIVATE_LIFE,
        article="L. 1221-6",
        explanation=_("Les informations demandées doivent avoir un lien direct et nécessaire avec l’emploi."),
        suggestion=_("Retirez cette question et demandez ce qui sert au poste."),
        severity=Severity.WARNING,
        asked="""
            proprietaire|proprietaires|locataire|locataires
            week|weekend|weekends ?ends
            loisirs|hobbies|hobby
            animal|animaux|chien|chiens|chat
            credits|credit
            =conjoint|=conjointe|=mari|=epouse|=epoux
            vie ..1 privee|personnelle|sentimentale|intime|couple
            soirees|temps libre
        """,
        patterns="""
            consult*|regard*|verifi*|examin*|visit* ...2 vos|votre ..1 reseaux|facebook|profil|instagram|comptes
            vos|votre ..1 identifiants
            vos|votre mots|mot de passe
            votre|vos compagnon|compagne|compagnons
            que fait votre compagnon|compagne
            acces ..3 votre|vos ..3 profil|compte|reseaux|facebook|instagram|telephone|messagerie
            votre|vos ..2 profil|compte|page|reseaux ..2 facebook|instagram|tiktok|snapchat|personnel*|prives
            ce que vous faites ...4 week|soir|vacances|temps|weekend
            faites ..2 vos|votre week|soirees|vacances|temps|weekend
            que faites|fait ..1 vos|votre parents|conjoint|mari|femme|pere|mere
            amis|relations|voisins ..3 interrog*|contact*|questionn*
            que fait votre mari|femme|conjoint|epoux
            avec qui vivez
            vivez vous seul|seule|couple
            votre mari|femme|epouse|conjoint
            passez vos week|weekends|vacances|soirees|loisirs
            qui vous frequentez
            vos frequentations|amis|relations ?personnelles
            vos temps libre
            votre temps libre
            parlez nous de votre famille|couple|conjoint|vie
            quels sont vos loisirs|hobbies
            vos loisirs
            projets ..2 couple|famille|mariage
            votre vie|situation sentimentale|intime|amoureuse
            que font vos parents
            vos parents ...4 metier|profession
            metier|profession ...2 parents
            proprietaire ou ..1 locataire|heberge
            profession|metier|activite|nom|emploi|employeur|salaire ...2 conjoint|conjointe|mari|epoux|epouse|parents|
                pere|mere
            conjoint|conjointe|mari|epouse|epoux ...3 @req|precis*|travaill*
            profil|compte|lien|page|liens|identifiant|acces|profils|comptes ...3 facebook|instagram|tiktok|snapchat|
                reseaux|twitter|meta
            facebook|instagram|tiktok|snapchat ...3 @req|personnel|prive
            reseaux sociaux personnels|prives
            signe ...1 astro*|zodiaque
            signe astrologique
            vie privee ...2 doit|sera|@req
            parl* ...2 vie privee|sentimentale|famille
            decri* ...4 vie privee|personnelle|familiale
            vie sentimentale
            loisirs|hobbies|passe temps|centres d interet @req
            precis*|indiqu*|mention*|detaill*|parlez|decri* ...4 loisirs|hobbies|vacances|conjoint|proprietaire|
                locataire|animaux
            proprietaire ou locataire
            proprietaire ...2 logement
            animaux domestiques ...3 @out
            graphologi*|ecriture manuscrite|numerolog*|astrolog*|manuscrite
            groupe sanguin
            detecteur de mensonge
            enquete ...2 moralite|voisinage|vie
            proprietaire ...3 @req
            test ...2 personnalite ...3 intime
        """,
        allows="""
            analys*|classif*|determin*|laboratoire ..4 groupes sanguins
            recherche|activite|action|projet|comite|programme|travaux|demarche conjoint|conjointe
            rapport|compte detaille*; =mention ..2 loisirs
            mutuelle|logement|billet*|avantage*|ouvert*|profit*|reduction* ...6 conjoint|conjointe|compagnon|compagne|
                famille
            anim*|ger*|gestion|aliment*|community|publi*|moderation|developp*|suivi|communication|publicite|
                campagne* ...8 facebook|instagram|tiktok|reseaux|snapchat|twitter
            vie privee ...3 respect*|equilibre|conciliation|professionnelle
            equilibre ...4 vie
            conciliation ...4 vie
            respect ...4 vie
            suivez|retrouvez|suivre|rejoignez|=notre|=nos ...5 facebook|instagram|reseaux|page
            =proprietaire|proprietaires ...3 bailleurs|chiens|biens|recherche
            centres|centre de loisirs
            acces ...3 comite|avantages
        """,
        unless_sentence="""
            community|communication; reseaux sociaux de l entreprise; nos reseaux
            suivez nous
            locataires|biens|location|syndic|bailleur; gestion locative
            centre de loisirs
            promesse manuscrite
            equilibre
        """,
    ),
)
