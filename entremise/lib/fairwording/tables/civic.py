"""Politics, unions, elected office, whistle-blowing: L. 1132-1 to L. 1132-3-3."""

from typing import Final

from entremise.lib.fairwording.codes import Code
from entremise.lib.fairwording.families import Family
from entremise.lib.identifiers import gettext_noop as _

FAMILIES: Final = (
    Family(
        code=Code.POLITICS,
        article="L. 1132-1",
        explanation=_("Les opinions politiques sont libres : elles ne peuvent ni aider ni nuire à une candidature."),
        suggestion=_("Retirez cette mention ; pour un poste public, écrivez « respect du devoir de réserve »."),
        strong="""
            opinion|opinions|conviction|convictions|idees|engagement|engagements|sensibilite|bord|couleur politique|
                politiques; parti|partis politique|politiques
        """,
        sensitive="""
            insoumis|lfi|frontiste|zemmour*|gilets jaunes|ecologistes|ecologiste
            manifestant|manifestants
            engagement ..2 parti
            manifest* ...1 politique
            gilet jaune
            militant|militantisme|milite*
            opinion|conviction|idee|engagement|sensibilite|bord|couleur|orientation politique
            extreme droite|gauche
            parti politique
            sympathisant*
            militant politique
            gauchiste|communiste|socialiste|macroniste
        """,
        asked="""
            vote
            parti ?politique
            opinion|idee|engagement|bord|sensibilite|conviction ..1 politique
            politique
        """,
        patterns="""
            opinion|idee|sensibilite|valeurs|conviction|bord|tendance|orientation|penchants|culture ..2 gauche|droite|
                extreme
            pour qui|quel|quoi ..2 vot*
            vous|=qui votez; votez ..2 gauche|droite|pour|blanc|=rn|=lfi
            electeur*|militant*|sympathisant*|encarte|adherent*|membre ..3 =rn|=fn|=lfi|=ps|=lr|=npa|=pcf|=eelv|
                reconquete|insoumis*|national|parti|gauche|droite
            =rn|=fn|=lfi|=ps|=lr|=npa|=pcf|=eelv ..3 abstenir|@out
            encarte
            gens|personnes|quelqu =de gauche|droite
            personne|gens|candidat*|profil*|quelqu|collegue* ..1 de gauche|droite
            engage|engages|engagee ..3 gauche|droite
            engagement|adhesion|carte ..2 parti
            ecolo|gaucho|facho|bobo|wokiste|woke
            electeur*
            militant ...2 abstenir
            de droite|gauche $
            valeurs ..1 de droite|gauche|patriote|patriotes
            patriote
            engagement ..3 parti
            vote|votez|votes ...4 elections|presidentielle|pour
            qui vous avez ..1 vote
            avez ..1 vote
            apoliti*
            idee|opinion|conviction|sensibilite|orientation|couleur|engagement|appartenance|
                preference politique ...4 @req|conforme|proche
            proche ..3 idee|opinion|conviction|sensibilite ..1 politique
            proche ..2 parti
            proche du|de ..2 gauche|droite|majorite|opposition|syndicat
            partag* ...4 idee|opinion|conviction|orientation|valeurs ..1 politique
            sans|aucun|aucune|ni|pas ..2 engagement|appartenance|opinion|etiquette|activite|affiliation|
                conviction ..1 politique
            precis*|indiqu* ...3 politique
            sensibilite ..1 de gauche|droite
            sensibilite|bord politique
            de gauche|droite @req
            personne|candidat ..1 de gauche|droite
            voter|votant|vote ..2 pour|a ?gauche|droite|ecolo|rn
            parti politique ...2 @out
            membre|adherent|encarte|sympathisant ..3 parti
            opinion|conviction politique
        """,
        groups="""
            gilet|gilets jaune|jaunes; insoumis; frontiste; communiste; gauchiste; militant
            militant politique
            militant
            encarte|encartee
            gauchiste|communiste|socialiste|ecologiste|macroniste|royaliste|anarchiste|lepeniste
            sympathisant*
            adherent ..3 parti
            politise*
        """,
        allows="""
            parti prenante
            science politique
            politique ..2 commercial*|qualite|rh|publi*|securite|sociale|prix|tarif*|achat|urbaine|ville|recrutement
            militant* associati*
            association|ong|syndicat ..4 militant
            engagement militant
            journaliste|redacteur|attache|collaborateur ..3 politique
        """,
        unless_sentence="""
            assistant parlementaire|parlementaire
            collaborateur ..3 groupe|elu|depute|senateur|cabinet
            devoir de reserve
            neutralite du service public
            permanent* du parti
        """,
    ),
    Family(
        code=Code.UNION,
        article="L. 1132-1, L. 1132-2, L. 2141-5",
        explanation=_(
            "Adhérer à un syndicat, agir dans une mutuelle ou faire grève est un droit : l’offre ne peut l’écarter."
        ),
        suggestion=_("Retirez cette mention."),
        sensitive="""
            profil delegue
            benevole* ..2 mutuelle
            =cgt|=cfdt|=fo|=unsa|=cftc|=sud
            delegue
            administrat* ..2 mutuelle
            syndica*
            syndicat
            representant ..1 personnel|syndicaux
            mutualiste
            syndique|syndicaliste
            greve
            greviste
            syndicat
            appartenance|activite|engagement|mandat|antecedent|passe syndica*
            delegue syndical|du personnel
        """,
        asked="""
            syndique|syndicaliste
            syndicat
            greve|greviste
            delegue ..1 personnel|syndical
        """,
        strong="""
            =greve|=greves; =cgt|=cfdt|=cftc|=unsa
            syndique|syndiques|syndiquee|syndicaliste|greviste
        """,
        patterns="""
            delegue =cgt|=cfdt|=fo|=cftc|=unsa
            =cgt|=cfdt|=cftc|=unsa ...6 paix|abstenir|pas
            administrat* ..2 mutuelle
            non syndique|greviste|syndicaliste|syndical
            activite|engagement|appartenance|passe|antecedent|mandat|etiquette|affiliation|adhesion|
                revendication syndica* ..4 @out|exclu|abstenir
            sans|aucun|aucune|pas|ni ..3 activite|engagement|appartenance|passe|antecedent|mandat|etiquette|
                affiliation|adhesion|attache|casquette syndica*
            ne ...4 syndi*
            hors ..1 syndicat
            pas ..2 syndicat
            jamais ..1 syndique|greve
            esprit ..1 syndica*|greviste
            ne ..2 fai* ..1 pas ..2 greve
            renonc* ...4 greve|syndi*
            adherer ..2 syndicat
            precis*|indiqu* ...3 syndicale
            activites|engagement mutualiste
            faire greve
            pas|jamais|sans|ni|aucun ..2 greve
            participe ...3 greve
            droit de greve ...4 pas|renonc*|exclu
        """,
        groups="""
            syndique|syndicaliste
            militant syndical
            delegue syndical|du|personnel
            greviste
            representant ..1 personnel|syndical
            elu ..2 cse|ce
            mutualiste
            encarte ..2 syndicat
        """,
        allows="""
            general|generale ..2 delegue; delegue ..1 directrice|directeur
            delegue ..1 de|medical|pharmaceutique|commercial|general|regional|departemental|territorial|ministeriel
            syndicat mixte|intercommunal|copropriete|departemental|electrification|energie|eau
            syndicat ..1 des|d|de ..1 eaux|copropriete|initiative|ordures|transport*|energie*|dechet*|proprietaires
            accord*|protocole|charte ...4 signe* ..1 avec|par ..1 syndicat|syndicats|organisations
            signe* ..1 avec|par ..1 syndicat|syndicats|organisations
            relation|negociation ..4 syndica*|representant|delegue
            representant ..2 personnel ..3 negocia*
            dialogue social
            syndicat ..2 copropriete|mixte|initiative|intercommunal|des eaux
            juriste|conseiller|secretaire|permanent ..3 syndicat|syndical
        """,
        unless_sentence="""
            dialogue social
            instances|irp|negociations
            organisation syndicale recrute|recherche
        """,
    ),
    Family(
        code=Code.ELECTED_OFFICE,
        article="L. 1132-1",
        explanation=_("Exercer un mandat d’élu est un droit : il ne peut écarter d’un emploi."),
        suggestion=_("Retirez cette mention ; précisez les horaires, la personne dira s’ils lui conviennent."),
        sensitive="""
            maires|maire|adjoints|adjoint
            conseiller departementa*|regiona*|municip*|communautaire
            mandat ..2 electif|municipal|local|electoral|elu
            conseiller municip*
            elu ..1 local|locaux|municipal|municipaux
            fonction elective
        """,
        asked="""
            elu ?local
            mandat ..2 electif|municipal|local|elu|politique
            conseiller municip*
        """,
        patterns="""
            candidat*|elu|elue|liste ..2 aux|municipales|elections ?municipales|legislatives|departementales|
                regionales|cantonales
            mandat ...2 conseiller|maire|adjoint|depute ...6 incompatible|pas|abstenir
            conseiller|adjoint|maire ...3 incompatible|abstenir
            ni adjoints|elus|maires
            mandat ..2 electif|local|locale|municipal|elu|politique|electoral|public|electoraux ..4 @out|exclu|
                abstenir|incompatible
            sans|aucun|pas|ni ..3 mandat ..1 electif|local|municipal|elu|politique|electoral|public|electoraux
            sans mandat
            ne|n ...4 mandat
            incompatible|inconciliable ...4 mandat
            mandat ..2 electif|electoral|municipal ..2 refuse|non|a
            etre elu
            fonction|fonctions elective|electives
            non elu|elue
            elu ..1 de|du ..3 s abstenir
            ni elu
        """,
        groups="""
            elu ?local|municipal|municipale|locaux
            =elus
            conseiller|conseillers|conseillere municip*|departementa*|regiona*|communautaire
            adjoint au maire
            maire
            titulaire ..1 d un mandat
        """,
        allows="""
            adjoint|adjointe ..2 au|aux ..1 responsable|directeur|chef|directrice
            general|generale ..1 adjoint|adjointe
            directeur|directrice|secretaire ...5 adjoint|adjointe; adjoint ..1 general|generale
            adjoint|adjointe ..1 de|administratif|technique|territorial|responsable|chef
            maire ..2 de|recrute
            responsable|directeur|chef|assistant|agent ..2 adjoint|adjointe
            aupres ..3 elu
            relation|interlocuteur|conseil|assister|appui|cabinet|presentation|avec ..3 elu|maire
            elu|elus ..1 meilleur*
            produit|prix|site|enseigne elu
            agent immobilier|mandat de|recherche|vente
            gendarme|gendarmes|securite|policier|policiers adjoint
            elu ..3 beneficie*|disposent|conge*|autorisation*
            mandat ..1 de|recherche|vente|exclusif|gestion
        """,
        unless_sentence="""
            mandats de vente; mandats exclusifs
            negociateur|negociatrice
            immobilier|immobiliere
            proposer aux
        """,
        not_after="""
            aupres|avec|assist*|conseil*|relation|cabinet|accompagn*|directeur|collaborateur|rencontr*|presenter
        """,
    ),
    Family(
        code=Code.WHISTLEBLOWER,
        article="L. 1132-3-3",
        explanation=_("La loi protège les personnes qui ont signalé des faits, témoigné ou saisi la justice."),
        suggestion=_("Retirez cette mention."),
        strong="""
            prudhom*; prud hommes|homale|homal; lanceur|lanceurs|lanceuse|lanceuses
        """,
        sensitive="""
            signalement|signalements|denonce|denonciation
            ayant|avez|deja|jamais|=ont|=a ..2 signale; signale ..3 employeur|patron|inspection|fraude|harcelement
            prud hommes|homale
            alerte|alertes
            temoigne ..3 contre|employeur|justice
            inspection du travail
            tribunal|justice|plainte
            litige|contentieux
            lanceu* ?d alerte
            lanceuse ..1 alerte
            prudhom*
            prud
            procedurier
            attaque* ..3 employeur|patron|justice
            denonce* ..3 employeur|patron|entreprise
        """,
        asked="""
            prud|prudhom*
            proces|plainte
            inspection ..1 travail
        """,
        patterns="""
            litige|contentieux|proces|conflit|differend|histoires|souci|probleme ...4 employeur*|patron*|prud*|
                prudhom*|hierarchie
            signaler|denoncer|rapporter|cafter ..3 administration|autorites|inspection|exterieur|presse|syndicats
            fouineu*|mouchard*|balance* ...6 chemin|abstenir|tour|pas|exclu*
            ce qui se passe ..3 reste ..2 entreprise|interne
            lance*|soutenu|soutenir|donne|tire ..4 alerte
            balance*|denonce*|signale* ..5 inspection|journaliste|presse|employeur|autorites|police|urssaf
            jamais ...4 balance*
            loyal|loyale|discret ...6 inspection|journaliste|prud*
            lanceu*|lanceuse|donneu* ..1 alerte
            jamais|pas|sans|aucun ..4 denonc*|signale|plainte|temoign*|balance|prudhom*|prud|tribunal|proces|
                poursuivi|attaque ..4 employeur|prud|patron|entreprise|hommes|hierarchie|direction
            jamais|pas|sans|aucun ..4 denonc*|prudhom*|prud
            n ayant jamais|pas ..2 saisi|attaque|assigne|poursuivi|porte|denonce|signale|temoigne
            litige|contentieux|proces|conflit ..3 employeur|prud|ancien|anciens|prudhom*
            passe|antecedent|historique|dossier ..3 prud|prudhom*
            saisi ..3 prud|prudhom*
            signale|denonce ..3 employeur|ancien|precedent|faits
            ayant|avez|deja|jamais|=ont ..2 signale ..3 anomalie|dysfonctionnement
            ne pas ...3 signal*|denonc*|alert* ..3 autorites|inspection|hierarchie|presse|exterieur
            delateu*|balance s abstenir
            inspection du travail ...4 jamais|abstenir|pas
            jamais ...4 inspection du travail
            signalement ...4 @out|abstenir
        """,
        groups="""
            lanceu* ?d alerte
            lanceuse ..1 alerte
            facilitateur d alerte
            delateu*
            procedurier|procedurieres
        """,
        allows="""
            huissier|commissaire|administrateur|mandataire|expert|juriste|maison|avocat|greffier|medecin ..1 de justice
            alerte en cas; alerte les|le ..1 secours|pompiers|services
            anomalie ...3 autorite*; lanceur|lanceuse|lanceurs ..1 de|/ fabrication|lanceuse|lanceur
            ministere|procedure|palais|cour|officier|auxiliaire|acces|decision|proteger|protection ..2 justice
            temoigner en justice
            reglement|regler|regle|resoudre|resout|resolution|traite ...4 litige|contentieux
            ne ..2 signale* ..2 pas ..2 candidature
            alerte|alertes|alerter|alertez ..2 securite|incendie|qualite|meteo|responsable|chef|equipe|stock|sanitaire
            juriste|juridique|avocat|gestion|suivi|dossiers ...4 litige|contentieux|plainte|tribunal
            dispositif|protection|procedure|referent|ligne|recueil|cellule|canal|statut ...4 lanceu*
            procedure ..2 alerte
            protege|protegeons ...3 lanceu*
            protection ...3 lanceu*
            alertes|signalements des|de ..2 lanceu*
        """,
        unless_sentence="""
            juriste|compliance|conformite|avocat|canal|protege|protegent|gerer|gestion|traiter|traitement|dispositif|
                protection|recueil|recueillez|recueillir
        """,
    ),
)
