"""The signed heads of the journal, one for each batch of lines that was sealed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JournalHead(models.Model):
    """How far the journal goes after one batch, signed; triggers refuse any change, copies are kept in files."""

    number = models.BigIntegerField(_("numéro"), primary_key=True)
    at = models.DateTimeField(_("le"))
    last_transaction = models.BigIntegerField()  # the place of its last line
    last_id = models.BigIntegerField()
    text = models.TextField()  # the signed head, as in the files
    nodes = models.BinaryField()  # the subtrees of batches that this one completes
    leaves = models.BinaryField()  # the hash of each of its lines, so that a wrong one is named

    class Meta:
        verbose_name = _("tête de journal")
        verbose_name_plural = _("têtes de journal")
        indexes = [
            models.Index(fields=["at"], name="journal_head_at"),
            models.Index(fields=["last_transaction", "last_id"], name="journal_head_end"),
        ]

    def __str__(self) -> str:
        return str(self.number)
