"""Tables of people's rights: what was taken back from an archive, warnings before an erasure, the erasures done."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.kernel.models import Identified
from entremise.people.models import OwnedQuerySet, Person


class PastRecord(Identified):
    """A row of an archive that came back as history: hers to read, never shown nor counted as a proof."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="past_records", verbose_name=_("profil"))
    table = models.CharField(_("nature"), max_length=60)  # of the archive
    facts = models.JSONField(_("contenu"))  # as the archive said: its columns are those of another time or place
    taken_back_at = models.DateTimeField(_("repris le"))

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("souvenir d'un autre compte")
        verbose_name_plural = _("souvenirs d'un autre compte")

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.person_id


class InactivityWarning(models.Model):
    """A person was told that her account will be erased; coming back before that day cancels it."""

    person = models.OneToOneField(
        Person, models.CASCADE, primary_key=True, related_name="inactivity_warning", verbose_name=_("profil")
    )
    sent_at = models.DateTimeField(_("prévenue le"))

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("avertissement d'inactivité")
        verbose_name_plural = _("avertissements d'inactivité")

    def __str__(self) -> str:
        return str(self.person_id)

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.person_id


class Erasure(models.Model):
    """Somebody was erased: the digest of an identifier that said nothing of her; replayed after a restore."""

    person_hash = models.CharField(max_length=64, primary_key=True)
    erased_at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("effacement")
        verbose_name_plural = _("effacements")

    def __str__(self) -> str:
        return self.person_hash[:8]


class RetentionRun(Identified):
    """One passage of the nightly job over one class of data: how many rows it let go."""

    code = models.CharField(_("classe de données"), max_length=60)
    count = models.PositiveIntegerField(_("lignes"))
    ran_at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("passage de la conservation")
        verbose_name_plural = _("passages de la conservation")
        indexes = [models.Index(fields=["code", "-ran_at"], name="retentionrun_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.count}"
