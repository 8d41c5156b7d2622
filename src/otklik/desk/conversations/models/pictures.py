"""From whom a colleague wants to see pictures that lie on other servers."""

from django.db import models

from otklik.core.staff.models import User


class PicturesFromManager(models.Manager["PicturesFrom"]):
    def always(self, user: User, address: str) -> None:
        """From now on this person sees remote pictures of letters of this address."""
        self.get_or_create(user=user, address=address.lower()[:320])

    def ask_again(self, user: User, address: str) -> None:
        self.filter(user=user, address=address.lower()[:320]).delete()

    def wants(self, user: User, address: str) -> bool:
        return bool(address) and self.filter(user=user, address=address.lower()[:320]).exists()

    def wanted(self, user_id: int, addresses: set[str]) -> set[str]:
        """Those of `addresses` (in lower case) whose pictures this person wants."""
        return set(self.filter(user_id=user_id, address__in=addresses).values_list("address", flat=True))


class PicturesFrom(models.Model):
    """One colleague's word for one sender; nobody decides it for others."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    address = models.CharField(max_length=320)

    objects: PicturesFromManager = PicturesFromManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "address"], name="pictures_wanted_once")]

    def __str__(self) -> str:
        return self.address
