"""What a client sees as one company."""

from dataclasses import dataclass
from hashlib import sha256

from django.db import models
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _

from otklik.core.recent import Recent
from otklik.core.staff.models.organisation import Organisation
from otklik.core.staff.models.team import Team

_house: "Recent[House]" = Recent(15.0)
"""Another process may see a change this much later."""
WORDMARK = 2.2
"""How many times wider than high a picture is that says the name itself."""
LARGEST = 128 * 1024


class LogoManager(models.Manager["Logo"]):
    def keep(self, png: bytes, width: int, height: int, plate: str) -> "Logo":
        """The same picture is kept once."""
        digest = sha256(png + plate.encode()).hexdigest()[:32]
        told = {"png": png, "width": width, "height": height, "plate": plate}
        return self.get_or_create(digest=digest, defaults=told)[0]


class Logo(models.Model):
    """A picture of ours under the digest of its bytes: letters that left with it show it for ever.

    `plate` is the colour that has to stand behind it so that it is seen by day and by night; empty where the picture
    brings its own background.
    """

    digest = models.CharField(max_length=32, primary_key=True)
    png = models.BinaryField(max_length=LARGEST)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    plate = models.CharField(max_length=7, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    objects: LogoManager = LogoManager()

    class Meta:
        verbose_name = _("logo")
        verbose_name_plural = _("logos")

    def __str__(self) -> str:
        return self.digest

    @property
    def path(self) -> str:
        """Its address below that of the desk; anybody may ask for it."""
        return f"/logo/{self.digest}.png"

    @property
    def is_wordmark(self) -> bool:
        """So wide that it surely says the name itself."""
        return self.width > WORDMARK * self.height

    def fitting(self, width: int, height: int) -> tuple[int, int]:
        """Its size inside of a box; it is never made larger."""
        share = min(width / self.width, height / self.height, 1)
        return max(1, round(self.width * share)), max(1, round(self.height * share))


@dataclass(frozen=True)
class House:
    """All brands, and what lines say of themselves; as of some seconds ago, not to be changed."""

    usual: "Brand"
    brands: "dict[int, Brand]"
    lines: dict[int, Team]

    @property
    def has_several(self) -> bool:
        return len(self.brands) > 1

    @property
    def names_languages(self) -> bool:
        return any(brand.language for brand in self.brands.values())

    def brand(self, of_mailbox: int | None, line: int | None) -> "Brand":
        """Whose letter it is: the mailbox that the client wrote to decides.

        A mailbox of no brand has that of the line behind it, and that line, when it has none either, the usual one.
        Who answers in the end changes nothing: the client has written to one company.
        """
        behind = self.lines.get(line or 0)
        for pk in (of_mailbox, behind.brand_id if behind else None):
            if pk and pk in self.brands:
                return self.brands[pk]
        return self.usual


class BrandManager(models.Manager["Brand"]):
    def house(self) -> House:
        """Asked for every letter and every page of a client."""
        return _house.get(self._read)

    def _read(self) -> House:
        brands = {brand.pk: brand for brand in self.select_related("logo").defer("logo__png")}
        usual = next((brand for brand in brands.values() if brand.is_usual), Brand(is_usual=True))
        lines = Team.objects.only("name", "brand", "signature")
        return House(usual, brands, {line.pk: line for line in lines})


class Brand(models.Model):
    """Name, colour, logo, signature and language under which some mailboxes and lines of the company write.

    The usual one is the company itself: what it leaves empty is that of the organisation.  There is exactly one.
    """

    is_usual = models.BooleanField(default=False, editable=False)
    name = models.CharField(_("name"), max_length=120, blank=True)
    sender_name = models.CharField(_("sender's name"), max_length=120, blank=True)
    colour = models.CharField(_("colour"), max_length=7, blank=True)
    logo = models.ForeignKey(Logo, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("logo"))
    signature = models.TextField(_("signature"), max_length=2000, blank=True)
    language = models.CharField(_("language for clients"), max_length=5, blank=True)

    objects: BrandManager = BrandManager()

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")
        ordering = ["-is_usual", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["is_usual"], condition=models.Q(is_usual=True), name="one_usual_brand"),
            models.UniqueConstraint(fields=["name"], name="brand_names_differ"),
            models.CheckConstraint(
                condition=models.Q(is_usual=True) | ~models.Q(name=""), name="other_brands_have_a_name"
            ),
            models.CheckConstraint(
                condition=models.Q(colour="") | models.Q(colour__regex=r"^#[0-9a-f]{6}$"), name="colour_is_a_colour"
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        return self.name or Organisation.objects.current().name

    @property
    def writes_as(self) -> str:
        """The sender of its letters."""
        return self.sender_name or self.shown_name

    @property
    def shown_language(self) -> str:
        return self.language or Organisation.objects.current().language

    @property
    def colours_path(self) -> str:
        """The style sheet of its colour; "" where ours will do."""
        return f"/colours/{self.colour[1:]}.css" if self.colour else ""


for _sender in (Brand, Team):
    post_save.connect(_house.changed, sender=_sender)
    post_delete.connect(_house.changed, sender=_sender)
