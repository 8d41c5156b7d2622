"""The key by which push services know this desk (RFC 8292)."""

from cryptography.hazmat.primitives.asymmetric import ec
from django.db import models

from otklik.core.notices import webpush
from otklik.core.staff import seal


class SignatureManager(models.Manager["Signature"]):
    def key(self) -> ec.EllipticCurvePrivateKey:
        """Made at the first use; two first uses at once keep one of theirs."""
        row = self.filter(pk=1).first()
        if row is None:
            fresh = webpush.written(ec.generate_private_key(ec.SECP256R1()))
            row, _made = self.get_or_create(pk=1, defaults={"sealed": seal.close(fresh)})
        return webpush.read_key(seal.open_(row.sealed))


class Signature(models.Model):
    """One row; the private half is sealed as other secrets are."""

    sealed = models.TextField()

    objects: SignatureManager = SignatureManager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_signature_of_the_desk")]
