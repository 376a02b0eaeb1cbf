"""How long the platform's own tables are kept."""

from django.contrib.sessions.models import Session

from entremise.kernel import idempotency
from entremise.kernel.models import IdempotencyKey, MailLink, OutboxMessage
from entremise.kernel.models_mail import MailPause
from entremise.kernel.retention import Class, days_before, declare

MESSAGE_DAYS = 365
LINK_DAYS = 365

declare(
    Class(
        "kernel.forms",
        "Clés des formulaires envoyés",
        "Intérêt légitime : ne pas faire deux fois ce qui est envoyé deux fois",
        f"{idempotency.KEPT.days} jours",
        "l'envoi du formulaire",
        "effacées",
        rows=lambda now: IdempotencyKey.objects.filter(created_at__lt=now - idempotency.KEPT),
    ),
    Class(
        "kernel.journal",
        "Journal des actes et des consultations : identifiants et codes, aucun nom",
        "Obligation légale : sécurité des données, droit de savoir qui a consulté un dossier",
        "aussi longtemps que la base",
        "l'acte",
        "gardé : une ligne scellée ne s'enlève pas sans que cela se voie",
        by="personne : le journal ne s'efface pas",
    ),
    Class(
        "kernel.disclosures",
        "Identités montrées à chaque professionnel, par identifiants",
        "Obligation légale : sécurité des données",
        "aussi longtemps que la base",
        "la consultation",
        "gardées : l'application n'a pas le droit d'y toucher",
        by="personne : seul le propriétaire de la base le peut",
    ),
    Class(
        "kernel.links",
        "Liens envoyés par courriel et SMS, avec leur destinataire",
        "Mission d'intérêt public",
        "1 an",
        "la fin de validité du lien",
        "effacés",
        rows=lambda now: MailLink.objects.filter(expires_at__lt=days_before(now, LINK_DAYS)),
    ),
    Class(
        "kernel.messages",
        "Courriels et SMS partis, refusés ou annulés, avec leur texte",
        "Mission d'intérêt public : dire ce qui a été écrit à qui",
        "1 an",
        "l'écriture du message",
        "effacés",
        rows=lambda now: OutboxMessage.objects.filter(created_at__lt=days_before(now, MESSAGE_DAYS)).exclude(
            state=OutboxMessage.State.WAITING
        ),
    ),
    Class(
        "kernel.pauses",
        "Adresses qui ont mis les rappels en pause, connues par leur empreinte",
        "Mission d'intérêt public : laisser tranquille qui le demande",
        "la durée de la pause",
        "le choix de la personne",
        "effacées",
        rows=lambda now: MailPause.objects.filter(until_at__lt=now),
    ),
    Class(
        "kernel.sessions",
        "Sessions ouvertes dans un navigateur",
        "Intérêt légitime : garder la personne connectée",
        "12 heures",
        "l'ouverture",
        "effacées",
        rows=lambda now: Session.objects.filter(expire_date__lt=now),
    ),
)
